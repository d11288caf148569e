using System.Collections.Immutable;
using ConsultHub.Journal;
using Orleans.Runtime;

namespace ConsultHub.Rostering;

/// <summary>What concerns two weeks: duties that reach over the week's end, duties that move to another week; and messages from other authorities.</summary>
internal sealed partial class RosterGrain
{
    private static readonly TimeSpan HoldLapses = TimeSpan.FromMinutes(2);

    public Task<ImmutableArray<PersonSlot>> EdgesAsync(DateTimeOffset from, DateTimeOffset to)
    {
        var slots = ImmutableArray.CreateBuilder<PersonSlot>();
        foreach (var duty in Stored.Engagements.Values)
        {
            if (!duty.TakesTime || duty.End <= from || duty.Start >= to) continue;
            foreach (var person in duty.Consultants) slots.Add(new(person, new Slot(duty.Id, duty.Hospital, duty.Start, duty.End)));
        }
        return Task.FromResult(slots.DrainToImmutable());
    }

    /// <summary>A duty that will reach past the week's end first takes its time there; one that will move is first checked there.</summary>
    private async Task<RosterReply?> HoldBeyondAsync(EngagementChanged change, RosterCommand command)
    {
        var facts = _book.Facts!;
        if (change.After?.Moving is { } target)
        {
            var check = await GrainFactory.GetGrain<IRosterGrain>($"{facts.Network.Id}/{target.Week}").CheckAsync(Actor.System, AsPlan(change.After, target));
            var against = check.Findings.RemoveAll(f => f.Overridable && !string.IsNullOrWhiteSpace(command.Reason));
            return check.Allowed && against.IsEmpty ? Unchanged(change) : new Refused(against, change.Before);
        }
        if (!RosterTelling.Reaches(change.After, facts.Bounds.End)) return null;
        var refusals = await GrainFactory.GetGrain<IRosterGrain>($"{facts.Network.Id}/{_week.Next}").HoldAsync(change.After!);
        return refusals.IsEmpty ? Unchanged(change) : new Refused(refusals, change.Before);
    }

    /// <summary>While the other week was asked, this one may have changed; then the person decides anew.</summary>
    private Refused? Unchanged(EngagementChanged change)
    {
        var id = (change.After ?? change.Before)!.Id;
        var now = Head.Engagements.GetValueOrDefault(id);
        if (now?.Version == change.Before?.Version && PlacementRules.Check(Head, change.After!, _book.Facts!).All(f => f.Overridable)) return null;
        return new Refused([new Finding("roster.stale", "The week has changed meanwhile.")], now);
    }

    public async Task<ImmutableArray<Finding>> HoldAsync(Engagement engagement)
    {
        await _book.ReadAsync([engagement.Hospital], engagement.Consultants);
        if (_book.Facts is not { } facts) return [new Finding("roster.unknown-network", "There is no such network.")];
        var refusals = PlacementRules.Check(Head, engagement, facts).RemoveAll(f => f.Overridable);
        if (refusals.IsEmpty)
            await CommitAsync(new(Actor.System, Guid.Empty, [new HoldPlaced(new Hold(engagement, Clock.GetUtcNow() + HoldLapses))]));
        return refusals;
    }

    private async Task LetLapsedHoldsGoAsync()
    {
        var now = Clock.GetUtcNow();
        ImmutableArray<RosterEvent> lapsed = [.. Head.Holds.Values.Where(h => h.Until < now).Select(h => new HoldReleased(h.Engagement.Id))];
        if (!lapsed.IsEmpty) await CommitAsync(new(Actor.System, Guid.Empty, lapsed));
    }

    protected override async Task PrepareToReceiveAsync(GrainId sender, OutboxMessage message)
    {
        if (message.Payload is RosterFactsChanged changed) _book.Forget(changed.Owner);
        var (hospitals, people) = message.Payload switch
        {
            BookSession book => ([book.Hospital], book.Consultants),
            HoldForMove move => ([move.Engagement.Hospital], move.Engagement.Consultants),
            RosterFactsChanged => (Head.Engagements.Values.Select(e => e.Hospital).Distinct(), Head.Engagements.Values.SelectMany(e => e.Consultants).Distinct()),
            _ => (Enumerable.Empty<HospitalId>(), Enumerable.Empty<PersonId>()),
        };
        await _book.ReadAsync(hospitals, people);
    }

    protected override Decision<RosterEvent>? Receive(GrainId sender, OutboxMessage message)
    {
        if (_book.Facts is not { } facts) return null;
        return message.Payload switch
        {
            BookSession book => Book(book, facts),
            RosterFactsChanged => Recheck(facts),
            ConfirmHold hold => new(Actor.System, Guid.Empty, [new HoldPlaced(new Hold(hold.Engagement, null))]),
            ReleaseHold release => Head.Holds.ContainsKey(release.Engagement) ? new(Actor.System, Guid.Empty, [new HoldReleased(release.Engagement)]) : null,
            HoldForMove move => HoldForMove(sender, move, facts),
            MoveHeld held => LetGo(held.Engagement),
            MoveRefused refused => Stay(refused),
            CompleteMove move => TakeIn(move),
            _ => null,
        };
    }

    private Decision<RosterEvent> Book(BookSession book, RosterFacts facts)
    {
        var id = new EngagementId($"s-{book.Conference}-{book.Session}"[..Math.Min(80, book.Conference.Value.Length + book.Session.Value.Length + 3)]);
        var conference = GrainId.Create("conference", book.Conference.Value);
        if (Head.Engagements.TryGetValue(id, out var known) && known.TakesTime)
            return new(Actor.System, Guid.Empty, []) { Outbox = [new(0, conference, new Conferences.SessionRescheduled(book.Session, known, _week), book.Session.Value)] };
        var plan = new Plan
        {
            CommandId = Guid.Empty, Engagement = id, Kind = book.Kind, Title = book.Title.Length > RosterRules.LongestTitle ? book.Title[..RosterRules.LongestTitle] : book.Title,
            Hospital = book.Hospital, Room = book.Room, Consultants = book.Consultants, Specialty = book.Specialty, Start = book.Start, End = book.End,
            Session = new SessionReference(book.Conference, book.Session), Confirmed = true, Reason = "Conference programme",
        };
        var outcome = RosterRules.Decide(Head, Actor.System, plan, facts, Clock.GetUtcNow());
        return outcome.Change is { } change
            ? Decision(change, Actor.System, Guid.Empty, null)
            : new(Actor.System, Guid.Empty, []) { Outbox = [new(0, conference, new Conferences.SessionBookingRefused(book.Session, [.. outcome.Findings.Select(f => f.Code).Distinct()]))] };
    }

    /// <summary>What is planned, held against facts that have changed: reasons for attention come and go.</summary>
    private Decision<RosterEvent>? Recheck(RosterFacts facts)
    {
        ImmutableArray<RosterEvent> changes = [.. Head.Engagements.Values.Select(duty => AttentionRules.Recheck(Head, duty, facts, Clock.GetUtcNow())).OfType<RosterEvent>()];
        if (changes.IsEmpty) return null;
        var (now, told) = (Clock.GetUtcNow(), changes.Cast<EngagementChanged>());
        return new(Actor.System, Guid.Empty, changes)
        {
            Subjects = [.. told.SelectMany(c => RosterTelling.Subjects(c).AsEnumerable()).Distinct()],
            Outbox = [.. told.SelectMany(c => RosterTelling.Of(c, facts, Actor.System, null, now).AsEnumerable())],
        };
    }

    private Decision<RosterEvent> HoldForMove(GrainId sender, HoldForMove move, RosterFacts facts)
    {
        var refusals = PlacementRules.Check(Head, move.Engagement, facts).RemoveAll(f => f.Overridable);
        return refusals.IsEmpty
            ? new(Actor.System, Guid.Empty, [new HoldPlaced(new Hold(move.Engagement, null))]) { Outbox = [new(0, sender, new MoveHeld(move.Engagement.Id))] }
            : new(Actor.System, Guid.Empty, []) { Outbox = [new(0, sender, new MoveRefused(move.Engagement.Id, [.. refusals.Select(f => f.Code).Distinct()]))] };
    }

    /// <summary>The other week holds the duty: it leaves this one, and is told that it may begin there.</summary>
    private Decision<RosterEvent>? LetGo(EngagementId id)
    {
        if (!Head.Engagements.TryGetValue(id, out var duty) || duty.Moving is not { } target) return null;
        var arrived = duty with { Moving = null, Start = target.Start, End = target.End, Room = target.Room };
        var gone = new EngagementChanged(Change.MovedAway, duty, null);
        return new(Actor.System, Guid.Empty, [gone])
        {
            Subjects = RosterTelling.Subjects(gone),
            Outbox = [.. RosterTelling.Of(gone, _book.Facts!, Actor.System, null, Clock.GetUtcNow()), new(0, RosterTelling.RosterOf(_book.Facts!, target.Week), new CompleteMove(arrived, duty, Actor.System.Person))],
        };
    }

    private Decision<RosterEvent>? Stay(MoveRefused refused)
    {
        if (!Head.Engagements.TryGetValue(refused.Engagement, out var duty) || duty.Moving is null) return null;
        var change = new EngagementChanged(Change.MoveRefused, duty, duty with { Moving = null, Attention = [.. duty.Attention, AttentionReason.BookingRefused] });
        return Decision(change, Actor.System, Guid.Empty, string.Join(", ", refused.Codes));
    }

    private Decision<RosterEvent> TakeIn(CompleteMove move)
    {
        var change = new EngagementChanged(Change.MovedIn, move.Before, move.Engagement);
        return Decision(change, Actor.System, Guid.Empty, null) with { Events = [new HoldReleased(move.Engagement.Id), change] };
    }

    /// <summary>A duty that would move here, as if it were planned anew: what stands against it is the same.</summary>
    private static Plan AsPlan(Engagement duty, MoveTarget target) => new()
    {
        CommandId = Guid.NewGuid(), Engagement = duty.Id, Kind = duty.Kind, Title = duty.Title, Hospital = duty.Hospital, Room = target.Room, Consultants = duty.Consultants,
        Specialty = duty.Specialty, Start = target.Start, End = target.End, Attendees = duty.Attendees,
    };
}
