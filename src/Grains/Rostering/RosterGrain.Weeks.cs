using System.Collections.Immutable;
using ConsultHub.Journal;
using ConsultHub.Networks;
using ConsultHub.Records;
using Orleans.Runtime;

namespace ConsultHub.Rostering;

/// <summary>
/// Handles engagements that concern two weeks: those that reach past the end of the week and those that move to another week. Also handles
/// messages from other authorities.
/// </summary>
internal sealed partial class RosterGrain
{
    private static readonly TimeSpan HoldLapses = TimeSpan.FromMinutes(2);

    public Task<ImmutableArray<PersonSlot>> EdgesAsync(DateTimeOffset from, DateTimeOffset to)
    {
        var slots = ImmutableArray.CreateBuilder<PersonSlot>();
        foreach (var engagement in Stored.Engagements.Values)
        {
            if (!engagement.TakesTime || engagement.End <= from || engagement.Start >= to)
                continue;
            foreach (var person in PeopleOf(engagement))
                slots.Add(new(person, new Slot(engagement.Id, engagement.Hospital, engagement.Start, engagement.End)));
        }
        return Task.FromResult(slots.DrainToImmutable());
    }

    private IRosterGrain Of(Week week) => GrainFactory.GetGrain<IRosterGrain>($"{_book.Network}/{week}");

    /// <summary>
    /// Whether another week must be asked about a change. This is so if the change moves the engagement there. It is also so if the changed
    /// engagement reaches into the next week, and did not do so before or has a new start, end, room or person.
    /// </summary>
    private bool ConcernsAnotherWeek(EngagementChanged change)
    {
        var (before, after, end) = (change.Before, change.After, _book.Facts!.Bounds.End);
        if (after?.Moving is not null)
            return true;
        if (!RosterNotifications.Reaches(after, end))
            return false;
        return !RosterNotifications.Reaches(before, end)
            || before!.Start != after!.Start
            || before.End != after.End
            || before.Room != after.Room
            || PeopleOf(after).Except(PeopleOf(before)).Any();
    }

    private static IEnumerable<PersonId> PeopleOf(Engagement engagement) =>
        engagement.Proposal is { } proposal ? engagement.Consultants.Append(proposal.Candidate) : engagement.Consultants;

    /// <summary>
    /// Decides a command that also concerns another week. If the engagement will reach past the end of this week, its time is first
    /// reserved in the next week. If the engagement will move, the other week first checks the move. Because this week may have changed in
    /// the meantime, the command is then decided again. A candidate of the ladder who has no time in the next week is skipped, so that a
    /// decline or an expiry does not fail because of this candidate.
    /// </summary>
    private async Task<RosterOutcome> DecideWithOtherWeekAsync(Actor actor, RosterCommand command, EngagementChanged change)
    {
        for (ImmutableArray<PersonId> passedOver = []; ; )
        {
            var against = change.After!.Moving is { } target
                ? await CheckMoveAsync(change.After, target, command.Reason)
                : await Of(_week.Next).HoldAsync(change.After);
            if (!against.IsEmpty)
            {
                if (command is not (Decline or Expire) || change.After.Proposal is not { } next)
                    return new(null, against);
                passedOver = passedOver.Add(next.Candidate);
            }
            var outcome = RosterRules.Decide(Head, actor, command, _book.Facts!, Clock.GetUtcNow(), passedOver);
            if (outcome.Change is not { } again || !ConcernsAnotherWeek(again))
                return outcome;
            if (against.IsEmpty)
                return
                    again.Before?.Version == change.Before?.Version && again.After!.Proposal?.Candidate == change.After.Proposal?.Candidate
                    ? outcome
                    : RosterOutcome.Refuse(RosterCodes.Stale, "The week has changed meanwhile.");
            change = again;
        }
    }

    /// <summary>
    /// Findings of the other week against an engagement that would move there. Warnings are left out if there is a reason.
    /// </summary>
    private async Task<ImmutableArray<Finding>> CheckMoveAsync(Engagement engagement, MoveTarget target, string? reason)
    {
        var check = await Of(target.Week).CheckAsync(Actor.System, AsPlan(engagement, target));
        return check.Findings.RemoveAll(f => f.Overridable && !string.IsNullOrWhiteSpace(reason));
    }

    public async Task<ImmutableArray<Finding>> HoldAsync(Engagement engagement, bool tryOnly = false)
    {
        await _book.ReadAsync([engagement.Hospital], PeopleOf(engagement));
        if (_book.Facts is not { } facts)
            return [new Finding(RosterCodes.UnknownNetwork, "There is no such network.")];
        var taken = Taken(engagement, facts);
        if (taken.IsEmpty && !tryOnly)
            await CommitAsync(new(Actor.System, Guid.Empty, [new HoldPlaced(new Hold(engagement, Clock.GetUtcNow() + HoldLapses))]));
        return taken;
    }

    /// <summary>
    /// Returns the reasons why this week cannot reserve time for an engagement of another week, for example because another engagement
    /// already takes the time. The caller checks all other rules.
    /// </summary>
    private ImmutableArray<Finding> Taken(Engagement engagement, RosterFacts facts) =>
        Head.IsArchived ? [RosterRules.Archived]
        : Head.Engagements.ContainsKey(engagement.Id)
            ? [new Finding(RosterCodes.IdTaken, $"Week {_week} has an engagement {engagement.Id} already.", ConflictsWith: engagement.Id)]
        : PlacementRules.Check(Head, engagement, facts).RemoveAll(f => f.Overridable || f.ConflictsWith is null);

    /// <summary>
    /// Settles holds that were not confirmed in time. Asks the roster of the week before for the engagement. If the engagement still
    /// reaches into this week, the hold is confirmed. Otherwise the reserved time becomes free again.
    /// </summary>
    private async Task SettleLapsedHoldsAsync()
    {
        foreach (var hold in Stored.Holds.Values.Where(h => h.Until < Clock.GetUtcNow()).ToList())
        {
            await _book.ReadAsync([], []);
            if (_book.Facts is not { } facts)
                return;
            var engagement = await Of(_week.Previous).GetAsync(hold.Engagement.Id);
            if (Head.Holds.GetValueOrDefault(hold.Engagement.Id) != hold)
                continue;
            RosterEvent settled = RosterNotifications.Reaches(engagement, facts.Bounds.Start)
                ? new HoldPlaced(new Hold(engagement!, null))
                : new HoldReleased(hold.Engagement.Id);
            await CommitAsync(new(Actor.System, Guid.Empty, [settled]));
        }
    }

    protected override async Task PrepareToReceiveAsync(GrainId sender, OutboxMessage message)
    {
        if (message.Payload is RosterFactsChanged changed)
            _book.Forget(changed.Owner);
        var (hospitals, people) = message.Payload switch
        {
            BookSession book when CommandLimits.Against(book.AsPlan(1)) is null => ([book.Hospital], book.Consultants),
            HoldForMove move => ([move.Engagement.Hospital], move.Engagement.Consultants),
            CompleteMove move => ([move.Engagement.Hospital], move.Engagement.Consultants),
            RosterFactsChanged => (
                Head.Engagements.Values.Select(e => e.Hospital).Distinct(),
                Head.Engagements.Values.SelectMany(e => e.Consultants).Distinct()
            ),
            _ => (Enumerable.Empty<HospitalId>(), Enumerable.Empty<PersonId>()),
        };
        await _book.ReadAsync(hospitals, people);
    }

    protected override Decision<RosterEvent>? Receive(GrainId sender, OutboxMessage message)
    {
        if (_book.Facts is not { } facts)
            return null;
        return message.Payload switch
        {
            BookSession book => Book(book, facts),
            RosterFactsChanged => Recheck(facts),
            ConfirmHold hold => new(Actor.System, Guid.Empty, [new HoldPlaced(new Hold(hold.Engagement, null))]),
            ReleaseHold release => Head.Holds.ContainsKey(release.Engagement)
                ? new(Actor.System, Guid.Empty, [new HoldReleased(release.Engagement)])
                : null,
            HoldForMove move => HoldForMove(sender, move, facts),
            MoveHeld held => LetGo(held),
            MoveRefused refused => Stay(refused),
            CompleteMove move => TakeIn(move, facts),
            EmergencyAcknowledged told => RosterRules.Acknowledge(Head, told) is { } change
                ? Decision(change, new Actor(told.Person, Role.Consultant), Guid.Empty, null)
                : null,
            _ => null,
        };
    }

    private Decision<RosterEvent> Book(BookSession book, RosterFacts facts)
    {
        var conference = GrainId.Create("conference", book.Conference.Value);
        var (attempt, plan) = (1, book.AsPlan(1));
        Engagement? known;
        while ((known = Head.Engagements.GetValueOrDefault(plan.Engagement)) is { TakesTime: false })
            plan = book.AsPlan(++attempt) with { Purpose = known.Purpose };
        if (known is not null)
            return new(Actor.System, Guid.Empty, [])
            {
                Outbox = [new(0, conference, new SessionRescheduled(book.Session, known.ForOthers(), _week), book.Session.Value)],
            };
        var outcome = RosterRules.Decide(Head, Actor.System, plan, facts, Clock.GetUtcNow());
        return outcome.Change is { } change
            ? Decision(change, Actor.System, Guid.Empty, null)
            : new(Actor.System, Guid.Empty, [])
            {
                Outbox =
                [
                    new(0, conference, new SessionBookingRefused(book.Session, [.. outcome.Findings.Select(f => f.Code).Distinct()])),
                ],
            };
    }

    /// <summary>Checks the engagements against changed facts, and adds or removes reasons for attention.</summary>
    private Decision<RosterEvent>? Recheck(RosterFacts facts)
    {
        if (Head.IsArchived)
            return null;
        ImmutableArray<RosterEvent> changes =
        [
            .. Head
                .Engagements.Values.Select(engagement => AttentionRules.Recheck(Head, engagement, facts, Clock.GetUtcNow()))
                .OfType<RosterEvent>(),
        ];
        if (changes.IsEmpty)
            return null;
        var (now, told) = (Clock.GetUtcNow(), changes.Cast<EngagementChanged>());
        return new(Actor.System, Guid.Empty, changes)
        {
            Subjects = [.. told.SelectMany(c => RosterNotifications.Subjects(c).AsEnumerable()).Distinct()],
            Outbox = [.. told.SelectMany(c => RosterNotifications.Of(c, facts, Actor.System, null, now).AsEnumerable())],
        };
    }

    private Decision<RosterEvent> HoldForMove(GrainId sender, HoldForMove move, RosterFacts facts)
    {
        var refusals = Taken(move.Engagement, facts);
        if (refusals.IsEmpty)
            refusals = PlacementRules.Check(Head, move.Engagement, facts).RemoveAll(f => f.Overridable);
        return refusals.IsEmpty
            ? new(Actor.System, Guid.Empty, [new HoldPlaced(new Hold(move.Engagement, null))])
            {
                Outbox = [new(0, sender, new MoveHeld(move.Engagement.Id, move.By, move.Reason))],
            }
            : new(Actor.System, Guid.Empty, [])
            {
                Outbox = [new(0, sender, new MoveRefused(move.Engagement.Id, [.. refusals.Select(f => f.Code).Distinct()]))],
            };
    }

    /// <summary>
    /// Removes an engagement for which the other week has reserved time, and sends a message that completes the move there.
    /// </summary>
    private Decision<RosterEvent>? LetGo(MoveHeld held)
    {
        if (!Head.Engagements.TryGetValue(held.Engagement, out var engagement) || engagement.Moving is not { } target)
            return null;
        var arrived = engagement with { Moving = null, Start = target.Start, End = target.End, Room = target.Room };
        var (gone, by) = (new EngagementChanged(Change.MovedAway, engagement, null), held.By ?? Actor.System);
        var step = Decision(gone, by, Guid.Empty, held.Reason);
        return step with
        {
            Outbox =
            [
                .. step.Outbox,
                new(
                    0,
                    RosterNotifications.RosterOf(_book.Facts!, target.Week),
                    new CompleteMove(arrived, engagement, by.Person, by, held.Reason)
                ),
            ],
        };
    }

    private Decision<RosterEvent>? Stay(MoveRefused refused)
    {
        if (!Head.Engagements.TryGetValue(refused.Engagement, out var engagement) || engagement.Moving is null)
            return null;
        var change = new EngagementChanged(
            Change.MoveRefused,
            engagement,
            engagement with
            {
                Moving = null,
                Attention = [.. engagement.Attention.Remove(AttentionReason.BookingRefused), AttentionReason.BookingRefused],
            }
        );
        var decision = Decision(change, Actor.System, Guid.Empty, string.Join(", ", refused.Codes));
        return engagement.Session is not { } session
            ? decision
            : decision with
            {
                Outbox = decision.Outbox.Add(
                    new(
                        0,
                        GrainId.Create("conference", session.Conference.Value),
                        new SessionBookingRefused(session.Session, refused.Codes)
                    )
                ),
            };
    }

    private Decision<RosterEvent> TakeIn(CompleteMove move, RosterFacts facts)
    {
        var change = new EngagementChanged(
            Change.MovedIn,
            move.Before,
            AttentionRules.Settle(move.Engagement, PlacementRules.Check(Head, move.Engagement, facts))
        );
        return Decision(change, move.Mover ?? new Actor(move.By, Role.System), Guid.Empty, move.Reason) with
        {
            Events = [new HoldReleased(move.Engagement.Id), change],
        };
    }

    /// <summary>
    /// Describes the move of an engagement as a plan for the other week, because a new plan is checked against the same rules as a move.
    /// </summary>
    private static Plan AsPlan(Engagement engagement, MoveTarget target) =>
        new()
        {
            CommandId = Guid.NewGuid(),
            Engagement = engagement.Id,
            Kind = engagement.Kind,
            Title = engagement.Title,
            Hospital = engagement.Hospital,
            Room = target.Room,
            Consultants = engagement.Consultants,
            Specialty = engagement.Specialty,
            Start = target.Start,
            End = target.End,
            Attendees = engagement.Attendees,
            Needs = engagement.Needs,
        };
}
