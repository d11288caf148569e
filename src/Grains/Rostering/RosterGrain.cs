using System.Collections.Immutable;
using ConsultHub.Directories;
using ConsultHub.Journal;
using Orleans.Concurrency;
using Orleans.Runtime;

namespace ConsultHub.Rostering;

/// <summary>Reads facts, decides with <see cref="RosterRules"/>, stores the decisions, and expires proposals at their deadlines.</summary>
[Reentrant, GrainType("roster")]
internal sealed partial class RosterGrain : AuthorityGrain<Roster, RosterEvent>, IRosterGrain
{
    private readonly FactBook _book;
    private readonly Week _week;
    private IGrainTimer? _deadline;
    private DateTimeOffset _deadlineAt = DateTimeOffset.MaxValue;

    public RosterGrain(AuthorityServices services)
        : base("roster", services)
    {
        var key = this.GetPrimaryKeyString();
        var slash = key.LastIndexOf('/');
        _week = Week.Parse(key[(slash + 1)..], null);
        _book = new FactBook(
            GrainFactory,
            this.GetGrainId(),
            key[..slash],
            _week,
            () => Head.Engagements.Values.Concat(Head.Holds.Values.Select(h => h.Engagement)).Select(e => e.Hospital)
        );
    }

    public async Task<RosterReply> DecideAsync(Actor actor, RosterCommand command)
    {
        if (CommandLimits.Against(command) is { } beyond)
            return new Refused([beyond], Stored.Engagements.GetValueOrDefault(command.Engagement));
        if (IsRepeat(command.CommandId, out var version))
            return await RepeatAsync(command, version);
        if (Stored.IsArchived)
            await CatchUpAsync(); // the week may have been brought back
        if (await ReadFactsAsync(command) is { } unknown)
            return unknown;
        if (IsRepeat(command.CommandId, out version))
            return await RepeatAsync(command, version);
        var outcome = RosterRules.Decide(Head, actor, command, _book.Facts!, Clock.GetUtcNow());
        if (outcome.Change is not null && ConcernsAnotherWeek(outcome.Change))
            outcome = await DecideWithOtherWeekAsync(actor, command, outcome.Change);
        if (outcome.Change is null)
            return new Refused(outcome.Findings, Head.Engagements.GetValueOrDefault(command.Engagement));
        version = await CommitAsync(Decision(outcome.Change, actor, command.CommandId, command.Reason));
        return new Decided(outcome.Change.After! with { Version = version }, version, outcome.Findings);
    }

    public async Task<ImmutableArray<RosterReply>> DecideAllAsync(Actor actor, ImmutableArray<RosterCommand> commands)
    {
        if (commands.Length > CommandLimits.MostCommands)
            return
            [
                new Refused(
                    [new Finding(RosterCodes.TooMany, $"At most {CommandLimits.MostCommands} commands are decided together.")],
                    null
                ),
            ];
        foreach (var command in commands)
            if (CommandLimits.Against(command) is { } beyond)
                return [new Refused([beyond], null)];
        foreach (var command in commands)
            if (await ReadFactsAsync(command) is { } unknown)
                return [unknown];
        var (roster, now) = (Head, Clock.GetUtcNow());
        var version = StoredVersion;
        List<(EngagementChanged Change, ImmutableArray<Finding> Warnings, Decision<RosterEvent> Decision)> decided = [];
        foreach (var command in commands)
        {
            if (IsRepeat(command.CommandId, out _))
                continue;
            var outcome = RosterRules.Decide(roster, actor, command, _book.Facts!, now);
            if (outcome.Change is null)
                return [new Refused(outcome.Findings, roster.Engagements.GetValueOrDefault(command.Engagement))];
            if (RosterNotifications.Reaches(outcome.Change.After, _book.Facts!.Bounds.End) || outcome.Change.After?.Moving is not null)
                return
                [
                    new Refused(
                        [new Finding(RosterCodes.WrongWeek, "A command that concerns another week must be sent alone.")],
                        outcome.Change.Before
                    ),
                ];
            var decision = Decision(outcome.Change, actor, command.CommandId, command.Reason);
            if (command is Plan { Quiet: true })
                decision = decision with { Outbox = [.. decision.Outbox.Where(m => m.Payload is not RaiseAlert)] };
            decided.Add((outcome.Change, outcome.Findings, decision));
            roster = roster.Apply(
                new JournalEntry<RosterEvent>(++version, now, actor, command.CommandId, decision.Events, [], null, [], null)
            );
        }
        var last = await CommitAllAsync([.. decided.Select(d => d.Decision)]);
        return
        [
            .. decided.Select(
                (d, i) =>
                    new Decided(d.Change.After! with { Version = last - decided.Count + 1 + i }, last - decided.Count + 1 + i, d.Warnings)
            ),
        ];
    }

    private async Task<RosterReply> RepeatAsync(RosterCommand command, long version)
    {
        await WhenStoredAsync(version);
        return Stored.Engagements.TryGetValue(command.Engagement, out var now)
            ? new Decided(now, version, [])
            : new Refused([new Finding(RosterCodes.UnknownEngagement, "The engagement has moved to another week.")], null);
    }

    public async Task<RosterCheck> CheckAsync(Actor actor, RosterCommand command)
    {
        if (CommandLimits.Against(command) is { } beyond)
            return new(false, [beyond]);
        if (await ReadFactsAsync(command) is { } unknown)
            return new(false, ((Refused)unknown).Findings);
        // The check uses a placeholder reason, so that warnings alone do not lead to a refusal. The result lists all warnings. The command
        // is allowed if there are only warnings.
        var outcome = RosterRules.Decide(Stored, actor, command with { Reason = command.Reason ?? "?" }, _book.Facts!, Clock.GetUtcNow());
        if (outcome.Change is not { } change || !ConcernsAnotherWeek(change))
            return new(outcome.Change is not null, outcome.Findings);
        if (change.After!.Moving is { } target)
        {
            var there = await Of(target.Week).CheckAsync(Actor.System, AsPlan(change.After, target));
            return there with
            {
                Findings = [.. outcome.Findings, .. there.Findings.Where(f => outcome.Findings.All(o => o.Code != f.Code))],
            };
        }
        var taken = await Of(_week.Next).HoldAsync(change.After, tryOnly: true);
        return new(taken.IsEmpty, outcome.Findings.AddRange(taken));
    }

    public async Task<ImmutableArray<Candidate>?> CandidatesAsync(EngagementId id)
    {
        if (!Stored.Engagements.TryGetValue(id, out var engagement))
            return null;
        await _book.ReadAsync([engagement.Hospital], engagement.Consultants);
        var people = await _book.ReadConsultantsAsync();
        await _book.ReadEdgesAsync(Clock.GetUtcNow());
        return _book.Facts is { } facts ? Candidates.Rank(Stored, engagement, people, facts) : [];
    }

    public Task<ImmutableArray<Engagement>> OfPersonAsync(PersonId person) =>
        Task.FromResult<ImmutableArray<Engagement>>([
            .. Stored.Engagements.Values.Where(e => e.Concerns(person)).Select(e => e.ForOthers()),
        ]);

    public Task<Engagement?> GetAsync(EngagementId engagement) => Task.FromResult(Stored.Engagements.GetValueOrDefault(engagement));

    public async Task<bool> IsArchivedAsync()
    {
        await CatchUpAsync();
        return Stored.IsArchived;
    }

    public async Task<ImmutableArray<HistoryEntry>> HistoryAsync(HistorySubject subject, string? id, long? before, int take)
    {
        var key = subject switch
        {
            HistorySubject.Week => null,
            HistorySubject.Consultant => "person/" + id,
            _ => $"{subject.ToString().ToLowerInvariant()}/{id}",
        };
        var found = ImmutableArray.CreateBuilder<HistoryEntry>();
        await foreach (var (entry, reason) in HistoryAsync(key, before))
        {
            // One entry may concern many engagements. A page never ends inside an entry, because the next page begins with the entries
            // before this page's last entry.
            foreach (var change in entry.Events.OfType<EngagementChanged>())
                if (key is null || RosterNotifications.Subjects(change).Contains(key))
                    found.Add(
                        new(
                            entry.Version,
                            entry.At,
                            entry.By.Person,
                            change.What,
                            reason,
                            change.Before,
                            change.After,
                            entry.CommandId,
                            entry.By.Role
                        )
                    );
            if (found.Count >= take)
                break;
        }
        return found.DrainToImmutable();
    }

    private Decision<RosterEvent> Decision(EngagementChanged change, Actor actor, Guid command, string? reason) =>
        new(actor, command, [change])
        {
            Reason = reason,
            Subjects = RosterNotifications.Subjects(change),
            Outbox = RosterNotifications.Of(change, _book.Facts!, actor, reason, Clock.GetUtcNow()),
        };

    /// <summary>Reads the facts that a decision on the command needs. Returns a refusal if the network does not exist.</summary>
    private async ValueTask<RosterReply?> ReadFactsAsync(RosterCommand command)
    {
        if (CommandLimits.PurposeOf(command) is { } purpose && !await TakesAsync(purpose))
            return new Refused([new Finding(RosterCodes.UnknownPurpose, "The network has no such cohort or initiative.")], null);
        var known = Head.Engagements.GetValueOrDefault(command.Engagement);
        var (hospital, people) = (command is Plan plan ? plan.Hospital : known?.Hospital, People(command, known));
        if (!_book.Knows(hospital, people.AsSpan()))
            await _book.ReadAsync(hospital is { } id ? [id] : [], people);
        if (_book.Facts is not { } facts)
            return new Refused([new Finding(RosterCodes.UnknownNetwork, "There is no such network.")], null);
        if (NearEdge(command, known, facts))
            await _book.ReadEdgesAsync(Clock.GetUtcNow());
        return null;
    }

    /// <summary>Whether the cohort or the initiative exists in the network. No grain wakes up for an invented id.</summary>
    private async Task<bool> TakesAsync(Purpose purpose)
    {
        var (kind, id) = purpose.Programme is { } programme
            ? ("programme", programme.Value)
            : ("initiative", purpose.Initiative!.Value.Value);
        return (await GrainFactory.GetGrain<IDirectoryGrain>($"{_book.Network}/{kind}s").ListAsync()).Any(e => e.Id == id)
            && await GrainFactory.GetGrain(GrainId.Create(kind, id)).AsReference<IPurposeOwner>().TakesAsync(new(_book.Network), purpose);
    }

    private ImmutableArray<PersonId> People(RosterCommand command, Engagement? known)
    {
        ImmutableArray<PersonId> named = command switch
        {
            Plan plan => plan.Consultants,
            Assign assign => assign.Consultants,
            EmergencyMove { Consultants: { } consultants } => consultants,
            Propose propose => [propose.Candidate, .. propose.Ladder.IsDefault ? [] : propose.Ladder],
            Undo => Head.Undoable.GetValueOrDefault(command.Engagement)?.Consultants ?? [],
            _ => [],
        };
        if (named.IsDefault)
            named = [];
        if (known is null)
            return named;
        return named.IsEmpty && known.Proposal is null
            ? known.Consultants
            : [.. named, .. known.Consultants, .. known.Proposal is { } p ? [p.Candidate, .. p.Ladder] : Array.Empty<PersonId>()];
    }

    private bool NearEdge(RosterCommand command, Engagement? known, RosterFacts facts)
    {
        if (command is Undo && Head.Undoable.GetValueOrDefault(command.Engagement) is { } before)
            known = before;
        var (start, end) = command switch
        {
            Plan plan => (plan.Start, plan.End),
            ChangeTime change => (change.Start, change.End),
            EmergencyMove move when known is not null => (move.Start ?? known.Start, move.End ?? known.End),
            _ => (known?.Start ?? facts.Bounds.Start + TimeSpan.FromDays(3), known?.End ?? facts.Bounds.Start + TimeSpan.FromDays(3)),
        };
        return start - facts.Bounds.Start < TimeSpan.FromHours(24) || facts.Bounds.End - end < TimeSpan.FromHours(24);
    }
}
