using System.Collections.Immutable;
using ConsultHub.Conferences;
using ConsultHub.Inboxes;
using ConsultHub.Journal;
using Orleans.Runtime;

namespace ConsultHub.Rostering;

/// <summary>Whom a change is told: the people it concerns, the conference it serves, the week it reaches into. Pure.</summary>
public static class RosterTelling
{
    public static ImmutableArray<OutboxMessage> Of(EngagementChanged change, RosterFacts facts, Actor by, string? reason, DateTimeOffset now)
    {
        var messages = ImmutableArray.CreateBuilder<OutboxMessage>();
        var (before, after) = (change.Before, change.After);
        if (after is not null) TellPeople(change.What, before, after, facts, by, reason, now, messages);
        TellConference(before, after, facts, messages);
        TellNextWeek(before, after, facts, messages);
        if (after?.Moving is { } target && before?.Moving is null)
            messages.Add(new(0, RosterOf(facts, target.Week), new HoldForMove(Arrived(after, target), reason)));
        return messages.DrainToImmutable();
    }

    /// <summary>A moving duty as its new week will have it.</summary>
    private static Engagement Arrived(Engagement duty, MoveTarget target) => duty with { Moving = null, Start = target.Start, End = target.End, Room = target.Room };

    public static GrainId RosterOf(RosterFacts facts, Week week) => GrainId.Create("roster", $"{facts.Network.Id}/{week}");

    private static void TellPeople(
        Change what, Engagement? before, Engagement after, RosterFacts facts, Actor by, string? reason, DateTimeOffset now, ImmutableArray<OutboxMessage>.Builder messages)
    {
        void Tell(PersonId person, AlertKind kind, bool urgent = false)
        {
            if (person == by.Person) return;
            var alert = new RaiseAlert(kind, facts.Network.Id, facts.Week, after, before, by.Person, urgent, reason);
            messages.Add(new(0, GrainId.Create("inbox", person.Value), alert, after.Id.Value));
        }

        void TellDuty(AlertKind kind)
        {
            if (facts.OnDuty(now) is { } coordinator) Tell(coordinator, kind, urgent: true);
        }

        if (before is { } old)
        {
            var urgent = what == Change.EmergencyMoved;
            foreach (var person in old.Consultants)
                if (!after.Consultants.Contains(person)) Tell(person, AlertKind.Released, urgent);
            if (old.Proposal is { } gone && gone.Id != after.Proposal?.Id && what is not (Change.Accepted or Change.Declined))
                Tell(gone.Candidate, AlertKind.ProposalWithdrawn);
        }
        if (after.Proposal is { } asked && asked.Id != before?.Proposal?.Id) Tell(asked.Candidate, AlertKind.Proposed, urgent: true);
        foreach (var person in after.Consultants)
        {
            if (before is null || !before.Consultants.Contains(person)) Tell(person, what == Change.EmergencyMoved ? AlertKind.EmergencyMoved : AlertKind.Assigned, what == Change.EmergencyMoved);
            else if (Kind(what, before, after) is { } kind) Tell(person, kind, what is Change.EmergencyMoved or Change.Cancelled);
        }
        if (before?.Proposal is { } answered)
        {
            if (what is Change.Accepted or Change.Declined)
                messages.Add(new(0, GrainId.Create("inbox", answered.Candidate.Value), new SettleAlert(after.Id, answered.Id)));
            if (what == Change.Accepted) Tell(answered.ProposedBy, AlertKind.ProposalAccepted);
            if (what == Change.Declined) Tell(answered.ProposedBy, AlertKind.ProposalDeclined);
            if (what is Change.Declined or Change.Expired && after.Proposal is null) TellDuty(AlertKind.NobodyAnswered);
        }
        if (what is Change.AttentionChanged or Change.MoveRefused && after.Attention.Length > (before?.Attention.Length ?? 0)) TellDuty(AlertKind.NeedsAttention);
    }

    /// <summary>What a consultant who stays on the duty is told.</summary>
    private static AlertKind? Kind(Change what, Engagement before, Engagement after) => what switch
    {
        Change.EmergencyMoved => AlertKind.EmergencyMoved,
        Change.Cancelled => AlertKind.Cancelled,
        _ when before.Start != after.Start || before.End != after.End => AlertKind.TimeChanged,
        _ when before.Room != after.Room => AlertKind.RoomChanged,
        _ => null,
    };

    private static void TellConference(Engagement? before, Engagement? after, RosterFacts facts, ImmutableArray<OutboxMessage>.Builder messages)
    {
        if ((after ?? before)?.Session is not { } session || after is null) return;
        var conference = GrainId.Create("conference", session.Conference.Value);
        if (before is null) messages.Add(new(0, conference, new SessionBooked(session.Session, after.Id, facts.Week)));
        else if (before.Start != after.Start || before.End != after.End || before.Room != after.Room || before.Status != after.Status || !before.Consultants.SequenceEqual(after.Consultants))
            messages.Add(new(0, conference, new SessionRescheduled(session.Session, after, facts.Week), session.Session.Value));
    }

    /// <summary>A duty that reaches past the week's end takes time of the next week; when it no longer does, that is let go.</summary>
    private static void TellNextWeek(Engagement? before, Engagement? after, RosterFacts facts, ImmutableArray<OutboxMessage>.Builder messages)
    {
        var end = facts.Bounds.End;
        var (reached, reaches) = (Reaches(before, end), Reaches(after, end));
        if (reaches) messages.Add(new(0, RosterOf(facts, facts.Week.Next), new ConfirmHold(after!)));
        else if (reached) messages.Add(new(0, RosterOf(facts, facts.Week.Next), new ReleaseHold(before!.Id)));
    }

    public static bool Reaches(Engagement? duty, DateTimeOffset end) => duty is { TakesTime: true } && duty.End > end;

    /// <summary>Whose histories a change belongs to.</summary>
    public static ImmutableArray<string> Subjects(EngagementChanged change)
    {
        var subjects = ImmutableArray.CreateBuilder<string>(6);
        void Add(string subject)
        {
            if (!subjects.Contains(subject)) subjects.Add(subject);
        }

        foreach (var duty in (ReadOnlySpan<Engagement?>)[change.After, change.Before])
        {
            if (duty is null) continue;
            Add(duty.Key);
            Add("hospital/" + duty.Hospital.Value);
            if (duty.Room is { } room) Add($"room/{duty.Hospital.Value}/{room.Value}");
            foreach (var person in duty.Consultants) Add("person/" + person.Value);
            if (duty.Proposal is { } proposal) Add("person/" + proposal.Candidate.Value);
        }
        return subjects.DrainToImmutable();
    }
}
