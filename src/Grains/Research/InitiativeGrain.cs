using System.Collections.Immutable;
using ConsultHub.Directories;
using ConsultHub.Inboxes;
using ConsultHub.Journal;
using ConsultHub.Networks;
using ConsultHub.Records;
using ConsultHub.Rostering;
using Orleans.Concurrency;
using Orleans.Runtime;

namespace ConsultHub.Research;

/// <summary>The leads or the coordinator on call were told of late milestones, or a lead has acknowledged one.</summary>
[GenerateSerializer, Immutable, Alias("hub.LateMilestonesTold")]
internal sealed record LateMilestonesTold([property: Id(0)] ImmutableArray<LateMilestone> Late) : ProfileEvent<Initiative>
{
    public override Initiative? After(Initiative? profile) => profile?.WithLate(Late);
}

/// <summary>Decides about an initiative, tells the people concerned, and tells the network's board of research.</summary>
[Reentrant, GrainType("initiative")]
internal sealed class InitiativeGrain(AuthorityServices services) : RecordGrain<Initiative>("initiative", services), IInitiativeGrain
{
    private const int MostStages = 50,
        MostRead = 2_000;

    /// <summary>After this time at the latest, the grain looks again. A grain that is not active is woken by its reminder.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);

    private IGrainTimer? _next;

    private InitiativeId Id => new(this.GetPrimaryKeyString());

    public Task<Initiative?> GetAsync() =>
        Task.FromResult(Stored.Profile is { } initiative ? initiative with { Version = Stored.Version } : null);

    public Task<bool> TakesAsync(NetworkId network, Purpose purpose) => Task.FromResult(Stored.Profile?.Profile.Network == network);

    public async Task<DateTimeOffset?> EnteredAsync() =>
        await HistoryAsync(null, before: 2).Select(first => (DateTimeOffset?)first.Entry.At).FirstOrDefaultAsync();

    public async Task<RecordReply> DecideAsync(Actor actor, InitiativeCommand command)
    {
        var zone = Lateness.ZoneOf(await NetworkAsync());
        if (IsRepeat(command.CommandId, out var version))
        {
            await WhenStoredAsync(version);
            return new RecordsEdited(version);
        }
        var now = Clock.GetUtcNow();
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, zone).DateTime);
        var (edit, fault) = InitiativeCommands.EditOf(Head.Profile, actor.Person, command, now, today);
        return fault is null ? await EditAsync(actor, new(command.CommandId, [edit!], command.Reason)) : new RecordsRefused([fault]);
    }

    public async Task<ImmutableArray<StageChange>> StagesAsync()
    {
        var (found, read) = (ImmutableArray.CreateBuilder<StageChange>(), 0);
        await foreach (var (entry, _) in HistoryAsync(InitiativeProfile.At.Subject, null))
        {
            found.AddRange(
                from happened in entry.Events.OfType<RecordsChanged<Initiative>>()
                from change in happened.Changes
                where change.After is InitiativeProfile after && (change.Before as InitiativeProfile)?.Stage != after.Stage
                select new StageChange(((InitiativeProfile)change.After!).Stage, entry.At, entry.By.Person)
            );
            if (found.Count >= MostStages || ++read >= MostRead)
                break;
        }
        return found.DrainToImmutable();
    }

    protected override IEnumerable<IListing> ListingsOf(Initiative? before, Initiative? after, long version) =>
        (after ?? before) is { Profile: var profile }
            ?
            [
                new Listing(
                    $"{profile.Network}/initiatives",
                    new(profile.Id.Value, profile.Title, version) { Record = profile, Gone = after is null }
                ),
            ]
            : [];

    protected override IEnumerable<RecordFault> FaultsOf(Actor actor, Initiative? before, ImmutableArray<RecordChange> changes) =>
        ResearchRules.FaultsOf(actor, before, changes);

    protected override IEnumerable<OutboxMessage> MessagesOf(Actor actor, Initiative? before, Initiative? after, long version) =>
        [
            .. after is null
                ? []
                : (OutboxMessage[])[BoardOf(after, version), .. NewTasks(actor, before, after), .. NewDecisions(before, after)],
            .. after is null && before is not null ? (OutboxMessage[])[Gone(before)] : [],
            .. before is null ? [] : EndedAlerts(before, after),
        ];

    /// <summary>
    /// Tells owners of their new tasks. Nobody is told of a task that is done already, or of the own decision to take it.
    /// </summary>
    private static IEnumerable<OutboxMessage> NewTasks(Actor actor, Initiative? before, Initiative after)
    {
        var known = (before?.Tasks ?? []).ToDictionary(t => t.Id, t => t.Owner);
        return after
            .Tasks.Where(t => t.Done is null && t.Owner != actor.Person && (!known.TryGetValue(t.Id, out var owner) || owner != t.Owner))
            .Select(t => To(t.Owner, Raise(after, AlertKind.TaskGiven, new(t.Title), actor.Person) with { Due = t.Due }));
    }

    private static IEnumerable<OutboxMessage> NewDecisions(Initiative? before, Initiative after) =>
        from decision in after.Decisions
        where !(before?.Decisions ?? []).Contains(decision)
        let proposal = after.Proposals.FirstOrDefault(p => p.Id == decision.Proposal)
        where proposal is not null
        select To(
            proposal.Proposer,
            Raise(after, AlertKind.ProposalDecided, new(proposal.Title), decision.By) with
            {
                Outcome = decision.Outcome,
            }
        );

    /// <summary>
    /// An alert about a late milestone ends when the milestone is done, is due on another day, or is gone, and when the initiative is
    /// closed. For a person it also ends when the person no longer leads the initiative.
    /// </summary>
    private static IEnumerable<OutboxMessage> EndedAlerts(Initiative before, Initiative? after) =>
        from late in before.Late
        let was = before.Milestones.FirstOrDefault(m => m.Id == late.Milestone)
        let now = after?.Milestones.FirstOrDefault(m => m.Id == late.Milestone)
        where was is { Done: null } && was.Due == late.Due
        let stays = now is { Done: null } && now.Due == late.Due && after?.Profile.Stage != InitiativeStage.Closed
        from lead in before.Leads
        where !stays || !after!.Leads.Contains(lead)
        select To(lead, new EndAlert(Lateness.AlertOf(before.Profile.Id, late.Milestone, late.Due)));

    protected override Decision<ProfileEvent<Initiative>>? Receive(GrainId sender, OutboxMessage message) =>
        Head.Profile is not { } initiative
            ? null
            : message.Payload switch
            {
                AlertReported report => Reported(initiative, report),
                PurposeTold told => Told(initiative, told, message.At),
                _ => null,
            };

    private Decision<ProfileEvent<Initiative>>? Reported(Initiative initiative, AlertReported report) =>
        initiative.Late.FirstOrDefault(l => Lateness.AlertOf(Id, l.Milestone, l.Due) == report.Alert) is { Acknowledged: false } late
            ? new(new(report.Person, Role.System), Guid.Empty, [new LateMilestonesTold([late with { Acknowledged = true }])])
            {
                Outbox = [BoardOf(initiative.WithLate([late with { Acknowledged = true }]), HeadVersion + 1)],
            }
            : null;

    /// <summary>Follows what a roster tells of a meeting, and tells the leads.</summary>
    private Decision<ProfileEvent<Initiative>>? Told(Initiative initiative, PurposeTold told, DateTimeOffset at)
    {
        var (known, meeting) = (initiative.Meetings.FirstOrDefault(m => m.Engagement == told.Engagement.Id), Meeting.Of(told, at));
        // A message of the week that the engagement has left can arrive after one of its new week. One week's messages keep their order.
        if (known is null ? told.IsGone : known.Week != told.Week && at < known.ToldAt)
            return null;
        var now = Clock.GetUtcNow();
        var isNews = Meeting.IsNews(known, meeting) && (meeting.End > now || known?.End > now);
        return new(new(told.By, Role.System), Guid.Empty, [new MeetingTold(meeting)])
        {
            Outbox =
            [
                BoardOf(initiative.With(meeting), HeadVersion + 1),
                .. isNews
                    ? initiative
                        .Leads.Where(lead => lead != told.By && !meeting.Consultants.Contains(lead)) // consultants are told by the roster
                        .Select(lead =>
                            To(
                                lead,
                                Raise(initiative, AlertKind.MeetingChanged, new(meeting.Title), told.By) with
                                {
                                    // New meetings make one alert together.
                                    Alert = known is null ? $"meeting:{Id}" : $"meeting:{Id}:{meeting.Engagement}",
                                    IsCancelled = !meeting.TakesPlace,
                                }
                            )
                        )
                    : [],
            ],
        };
    }

    protected override bool HasOpenWork(ProfileState<Initiative> state) => state.Profile is { } known && Lateness.HasOpenWork(known);

    protected override void OnStored(ProfileState<Initiative> before, ProfileState<Initiative> after) => LookAfter(TimeSpan.Zero);

    protected override async Task ReconcileAsync()
    {
        if (!HasOpenWork(Head))
            return;
        var network = await NetworkAsync();
        if (Head.Profile is not { } initiative)
            return;
        var (zone, now) = (Lateness.ZoneOf(network), Clock.GetUtcNow());
        var onCall = network?.OnCall(now);
        var due = Lateness.DueAt(initiative, zone, now, onCall is not null);
        if (!due.IsEmpty)
        {
            ImmutableArray<LateMilestone> late = [.. due.Select(d => d.Late)];
            await CommitAsync(
                new(Actor.System, Guid.Empty, [new LateMilestonesTold(late)])
                {
                    Outbox =
                    [
                        BoardOf(initiative.WithLate(late), HeadVersion + 1),
                        .. due.SelectMany(d => d.Late.Escalated ? [Escalation(d.Milestone, onCall!.Value)] : ToLeads(d.Milestone)),
                    ],
                }
            );
        }
        else if (Lateness.NextOf(initiative, zone) - now is { } wait)
            LookAfter(wait < LongestWait ? wait : LongestWait);

        IEnumerable<OutboxMessage> ToLeads(Milestone milestone) =>
            initiative.Leads.Select(lead =>
                To(lead, OfLate(milestone) with { Alert = Lateness.AlertOf(Id, milestone.Id, milestone.Due), Asker = this.GetGrainId() })
            );

        OutboxMessage Escalation(Milestone milestone, PersonId coordinator) => To(coordinator, OfLate(milestone) with { Escalated = true });

        RaiseResearch OfLate(Milestone milestone) =>
            Raise(initiative, AlertKind.MilestoneLate, milestone.Name, Actor.System.Person) with
            {
                Due = milestone.Due,
            };
    }

    /// <summary>Looks once more after a time. A look that was planned before is given up.</summary>
    private void LookAfter(TimeSpan time)
    {
        _next?.Dispose();
        _next = null;
        if (HasOpenWork(Stored))
            // If nobody is on call, the time may be over already.
            _next = this.RegisterGrainTimer(
                _ => ReconcileAsync(),
                new GrainTimerCreationOptions(time < TimeSpan.Zero ? TimeSpan.FromMinutes(1) : time, Timeout.InfiniteTimeSpan)
                {
                    Interleave = true,
                }
            );
    }

    private Task<Network?> NetworkAsync() =>
        Head.Profile is { } initiative
            ? GrainFactory.GetGrain<INetworkGrain>(initiative.Profile.Network.Value).GetAsync()
            : Task.FromResult<Network?>(null);

    private static RaiseResearch Raise(Initiative initiative, AlertKind kind, LocalName thing, PersonId by) =>
        new(kind, initiative.Profile.Id, initiative.Profile.Network, initiative.Profile.Title, thing, null, null, by);

    private static OutboxMessage To(PersonId person, OutboxPayload payload) => new(0, GrainId.Create("inbox", person.Value), payload);

    private static OutboxMessage BoardOf(Initiative initiative, long version) =>
        new(
            0,
            GrainId.Create("research", initiative.Profile.Network.Value),
            new TellResearch(InitiativeItem.Of(initiative, version)),
            "board"
        );

    private static OutboxMessage Gone(Initiative initiative) =>
        new(0, GrainId.Create("research", initiative.Profile.Network.Value), new ForgetInitiative(initiative.Profile.Id), "board");
}
