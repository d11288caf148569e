using System.Collections.Immutable;
using ConsultHub.Conferences.Audience;
using ConsultHub.Conferences.Edits;
using ConsultHub.Conferences.Releases;
using ConsultHub.Consultants;
using ConsultHub.Hospitals;
using ConsultHub.Journal;
using ConsultHub.Networks;
using ConsultHub.Rostering;

namespace ConsultHub.Conferences;

/// <summary>The commands by which people create, edit, withdraw and delete the conference and its sessions without a file.</summary>
internal sealed partial class ConferenceGrain
{
    public async Task<EditReply> EditConferenceAsync(Actor actor, EditConference command)
    {
        var facts = await FactsAsync(command);
        if (!command.Preview && await IsDoneAsync(command.CommandId))
            return new(Conference: EditedConference(), Draft: Stored.Draft is not null);
        var isNew = Head.Header is null;
        var outcome = ConferenceEditRules.Decide(Head, Id, actor.Person, command, facts, Clock.GetUtcNow());
        if (Answered(outcome, command.Preview) is { } answer)
            return answer with { Conference = EditedConference() };
        await CommitAsync(
            new(actor, command.CommandId, outcome.Events)
            {
                Outbox = outcome.Outbox,
                Reason = ReasonIn(command.Reason),
                Subjects = [$"conference/{Id}"],
            }
        );
        await ListAsync();
        return new(Conference: EditedConference(), Effects: outcome.Effects, Draft: outcome.Effects.Draft, Created: isNew);
    }

    public async Task<EditReply> EditSessionAsync(Actor actor, EditSession command)
    {
        SessionEditFacts facts;
        do facts = await FactsAsync(command);
        while (facts.Release != (Head.Header?.Release ?? 0));
        if (!command.Preview && await IsDoneAsync(command.CommandId))
            return Reply(command.Session, new() { Draft = Stored.Draft is not null }, false);
        var isNew = SessionEditRules.Edited(Head, command.Session) is null;
        var outcome = SessionEditRules.Decide(Head, Id, actor.Person, command, facts, Clock.GetUtcNow());
        if (Answered(outcome, command.Preview) is { } answer)
        {
            if (command.Preview && answer.Code is null)
                answer = answer with { Effects = await WithChecksAsync(command, outcome.Effects) };
            return answer with { Conference = EditedConference(), Session = SessionEditRules.Edited(Stored, command.Session) };
        }
        await CommitAsync(
            new(actor, command.CommandId, outcome.Events)
            {
                Outbox = outcome.Outbox,
                Reason = ReasonIn(command.Reason),
                Subjects = [$"session/{command.Session}"],
            }
        );
        if (outcome.Events.OfType<ProgrammeImported>().Any(e => !e.Tasks.IsEmpty))
            await FollowRosterAsync(command.Session);
        return Reply(command.Session, outcome.Effects, isNew);
    }

    public Task<EditReply> ReadEditedAsync(SessionId? session) =>
        Task.FromResult(
            new EditReply(
                Conference: EditedConference(),
                Session: session is { } id ? SessionEditRules.Edited(Stored, id) : null,
                Draft: Stored.Draft is not null
            )
        );

    /// <summary>Returns the answer if nothing is to be stored: a refusal, or the effects of a preview. Otherwise null.</summary>
    private static EditReply? Answered(EditOutcome outcome, bool preview) =>
        outcome.Refusal is { } refusal && !(preview && IsConsequence(outcome))
            ? new(
                refusal.Code,
                refusal.Message,
                refusal.Place,
                Effects: outcome.Effects,
                Findings: refusal.Findings.IsDefault ? null : refusal.Findings
            )
        : preview ? new(Effects: outcome.Effects)
        : null;

    /// <summary>
    /// Whether the effects of a preview show the reason for a refusal: a missing reason for what the edit leads to, uses that prevent a
    /// deletion, or findings of the roster.
    /// </summary>
    private static bool IsConsequence(EditOutcome outcome) =>
        outcome.Effects.NeedsReason || outcome.Effects.Uses > 0 || !outcome.Effects.Findings.IsEmpty;

    private EditReply Reply(SessionId session, EditEffects effects, bool isNew) =>
        new(
            Conference: EditedConference(),
            Session: SessionEditRules.Edited(Stored, session),
            Effects: effects,
            Draft: effects.Draft,
            Created: isNew
        );

    /// <summary>
    /// The conference as an edit would find it. The draft's copy of it does not follow the release and the registrations.
    /// </summary>
    private Conference? EditedConference() =>
        Stored is { Header: { } live, Draft.Head.Conference: { } drafted }
            ? drafted with
            {
                Version = live.Version,
                Public = live.Public,
                Release = live.Release,
                HasDraft = true,
                SelfRegistration = live.SelfRegistration,
                RegistrationUntil = live.RegistrationUntil,
                MostRegistrations = live.MostRegistrations,
                Registered = live.Registered,
            }
            : Stored.Header;

    private static string? ReasonIn(string? reason) => string.IsNullOrWhiteSpace(reason) ? null : reason.Trim();

    private async Task<ConferenceEditFacts> FactsAsync(EditConference command)
    {
        var hospitals = ImmutableDictionary.CreateBuilder<HospitalId, Hospital>();
        var named = command.Text?.Rooms is { IsDefault: false } rooms
            ? rooms.Select(r => r.Hospital).OfType<HospitalId>().Distinct().Take(EditFaults.MostRooms)
            : [];
        foreach (var hospital in named)
            if (await GrainFactory.GetGrain<IHospitalGrain>(hospital.Value).GetAsync() is { } known)
                hospitals[hospital] = known;
        var network = Stored.Header?.Network ?? command.Text?.Network;
        var ends = command.Text is null || ConferenceEditRules.Withdraws(Stored, command);
        return new(
            await BookingFactsAsync(
                network,
                [.. Stored.Sessions.Values.Where(s => s.Booking is BookingState.None or BookingState.Refused)]
            ),
            network is { } id && await GrainFactory.GetGrain<INetworkGrain>(id.Value).GetAsync() is not null,
            hospitals.ToImmutable(),
            ends ? await ReachAsync([.. Stored.Sessions.Keys]) : AudienceReach.None
        );
    }

    private async Task<SessionEditFacts> FactsAsync(EditSession command)
    {
        var release = Stored.Header?.Release ?? 0;
        var live = Stored.Sessions.GetValueOrDefault(command.Session);
        var ends = command.Text is null or { Cancelled: true };
        ImmutableArray<Speaker> speakers = command.Text?.Speakers is { IsDefault: false } given ? given : [];
        var unknown = ImmutableHashSet.CreateBuilder<PersonId>();
        foreach (var person in speakers.Select(s => s.Consultant).OfType<PersonId>().Distinct().Take(DraftRules.MostSpeakers))
            if (await GrainFactory.GetGrain<IConsultantGrain>(person.Value).GetAsync() is null)
                unknown.Add(person);
        return new(
            await BookingFactsAsync(
                Stored.Header?.Network,
                [
                    new()
                    {
                        Id = command.Session,
                        Title = "",
                        Speakers = speakers,
                    },
                ]
            ),
            unknown.ToImmutable(),
            live is null || Stored.Draft is not null ? AudienceReach.None : await ReachAsync([command.Session]),
            ends ? await ReleasesWithAsync(command.Session) : [],
            release,
            await FindingsAsync(command, live)
        );
    }

    private Task<AudienceReach> ReachAsync(ImmutableArray<SessionId> sessions) =>
        GrainFactory.GetGrain<IAudienceGrain>(Id.Value).ReachAsync(sessions);

    /// <summary>Returns the numbers of the releases that have the session. The content of the newest one may still be on its way.</summary>
    private async Task<ImmutableArray<int>> ReleasesWithAsync(SessionId session)
    {
        var releases = Stored.Releases;
        var isLive = Stored.Sessions.ContainsKey(session);
        var has = await Task.WhenAll(
            releases.Select(r =>
                r.Settling ? Task.FromResult(isLive) : GrainFactory.GetGrain<IReleaseGrain>($"{Id}/{r.Number}").HasAsync(session)
            )
        );
        return [.. releases.Zip(has).Where(r => r.Second).Select(r => r.First.Number)];
    }

    /// <summary>Asks the roster that has booked a session what it says against new values. Empty if it need not decide.</summary>
    private async Task<ImmutableArray<Finding>> FindingsAsync(EditSession command, ConferenceSession? live)
    {
        if (
            live is not { Booking: BookingState.Booked, Cancelled: false, Week: { } week }
            || Stored is not { Draft: null, Header: { } header }
            || command.Text is not { Cancelled: false } written
            || After(header, live, command) is not { } after
        )
            return [];
        var move = RosterRequest.Move(header, live, after, command.Reason ?? "");
        if (move.Code is { } code)
            return [new Finding(code, code.Message ?? "The roster of the session cannot make this change.")];
        var findings = ImmutableArray.CreateBuilder<Finding>();
        foreach (
            var asked in new RosterCommand?[]
            {
                move.Command,
                RosterRequest.Assign(live, after, command.Reason ?? ""),
            }.OfType<RosterCommand>()
        )
            findings.AddRange((await RosterOf(week).CheckAsync(Actor.System, asked)).Findings);
        return findings.ToImmutable();
    }

    /// <summary>Returns the session after an edit of the text. Null if the text has faults.</summary>
    private static ConferenceSession? After(Conference header, ConferenceSession? before, EditSession command)
    {
        var text = EditFaults.Clean(command.Text!);
        return EditFaults.Of(text, header, before, []) is null
            ? DraftRules.Written(header, before ?? new ConferenceSession { Id = command.Session, Title = text.Title }, text)
            : null;
    }

    /// <summary>Adds to a preview what a roster would say against a new booking, and which sessions overlap.</summary>
    private async Task<EditEffects> WithChecksAsync(EditSession command, EditEffects effects)
    {
        if (
            command.Text is not { Cancelled: false }
            || SessionEditRules.Header(Stored) is not { } header
            || After(header, SessionEditRules.Edited(Stored, command.Session), command) is not { } after
        )
            return effects;
        var live = Stored.Sessions.GetValueOrDefault(command.Session);
        var isBooked = live is { Booking: BookingState.Booked, Cancelled: false } && Stored.Draft is null;
        var programme = Stored.Draft is { } draft ? draft.Sessions.Values.Select(s => s.Session) : Stored.Sessions.Values;
        var check = new SessionCheck(
            effects.Findings,
            isBooked ? [] : await TryAsync(header, Stored.Draft is null ? null : live, after),
            SessionRules.Overlaps(after, programme)
        ).WithoutRepeats();
        return effects with { NotBooked = check.NotBooked, Overlaps = check.Overlaps };
    }

    /// <summary>
    /// Waits until rosters have decided about the tasks, and gives the session the values of its engagement. The roster also reports them
    /// by its outbox, but the person who edits sees them at once.
    /// </summary>
    private async Task FollowRosterAsync(SessionId id)
    {
        await ReconcileAsync();
        if (
            Stored.Sessions.GetValueOrDefault(id) is not { Booking: BookingState.Booked, Engagement: { } engaged, Week: { } week }
            || await RosterOf(week).GetAsync(engaged) is not { Moving: null } engagement
        )
            return;
        await ReadNamesAsync(engagement);
        engagement = Newest(week, engagement);
        if (Head.Sessions.GetValueOrDefault(id) is { } now && now.Engagement == engaged && now.Week == week)
        {
            var follows = Following(now, engagement, week);
            if (!SessionRules.SameContent(follows, now))
                await CommitAsync(Changed(Actor.System, Guid.Empty, follows, now));
        }
        await WhenAllStoredAsync();
    }
}
