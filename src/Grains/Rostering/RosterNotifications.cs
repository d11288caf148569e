using System.Collections.Immutable;
using ConsultHub.Journal;
using Orleans.Runtime;

namespace ConsultHub.Rostering;

/// <summary>
/// Makes the messages about a change: to the people concerned, to the conference of the engagement, and to the week that the engagement
/// reaches into or moves to. Pure.
/// </summary>
public static class RosterNotifications
{
    public static ImmutableArray<OutboxMessage> Of(
        EngagementChanged change,
        RosterFacts facts,
        Actor by,
        string? reason,
        DateTimeOffset now
    )
    {
        var messages = ImmutableArray.CreateBuilder<OutboxMessage>();
        var (before, after) = (change.Before, change.After);
        if (after is not null)
            TellPeople(change.What, before, after, facts, by, reason, now, messages);
        TellConference(before, after, facts, messages);
        TellPurpose(before, after, facts, by, messages);
        TellNextWeek(before, after, facts, messages);
        if (after?.Moving is { } target && before?.Moving is null)
            messages.Add(new(0, RosterOf(facts, target.Week), new HoldForMove(Arrived(after, target), reason, by)));
        return messages.DrainToImmutable();
    }

    /// <summary>A moving engagement in the form that it will have in its new week.</summary>
    private static Engagement Arrived(Engagement engagement, MoveTarget target) =>
        engagement with
        {
            Moving = null,
            Start = target.Start,
            End = target.End,
            Room = target.Room,
        };

    public static GrainId RosterOf(RosterFacts facts, Week week) => GrainId.Create("roster", $"{facts.Network.Id}/{week}");

    private static void TellPeople(
        Change what,
        Engagement? before,
        Engagement after,
        RosterFacts facts,
        Actor by,
        string? reason,
        DateTimeOffset now,
        ImmutableArray<OutboxMessage>.Builder messages
    )
    {
        HashSet<PersonId> told = [];

        void Tell(PersonId person, AlertKind kind, bool urgent = false, PersonId? asker = null, PersonId? of = null)
        {
            if (person == by.Person)
                return;
            told.Add(person);
            var alert = new RaiseAlert(
                kind,
                facts.Network.Id,
                facts.Week,
                after.ForOthers(),
                before?.ForOthers(),
                asker ?? of ?? by.Person,
                urgent,
                asker is null ? reason : null
            );
            messages.Add(new(0, GrainId.Create("inbox", person.Value), alert, GivesWay(what, kind, urgent) ? after.Id.Value : null));
        }

        void TellOnCall(AlertKind kind)
        {
            if (facts.OnCall(now) is { } coordinator)
                Tell(coordinator, kind, urgent: true);
        }

        // One alert says who declined or did not answer, why, and whether another candidate is asked. A second alert about the same
        // engagement would replace the first in the inbox.
        void TellWhoAsked(Proposal answered)
        {
            if (after.Proposal is not null)
            {
                Tell(
                    answered.ProposedBy,
                    what == Change.Declined ? AlertKind.ProposalDeclined : AlertKind.ProposalExpired,
                    of: answered.Candidate
                );
                return;
            }
            var onCall = facts.OnCall(now);
            Tell(
                answered.ProposedBy,
                AlertKind.NobodyAnswered,
                urgent: onCall is null || onCall == answered.ProposedBy,
                of: answered.Candidate
            );
            if (onCall is { } coordinator && coordinator != answered.ProposedBy)
                Tell(coordinator, AlertKind.NobodyAnswered, urgent: true, of: answered.Candidate);
        }

        if (before is { } old)
        {
            var urgent = what == Change.EmergencyMoved;
            foreach (var person in old.Consultants)
                if (!after.Consultants.Contains(person))
                    Tell(person, AlertKind.Released, urgent);
            if (old.Proposal is { } gone && gone.Id != after.Proposal?.Id && what is not (Change.Accepted or Change.Declined))
                Tell(gone.Candidate, AlertKind.ProposalWithdrawn);
        }
        // If a later candidate is asked, or the room changes, the alert names the person who made the proposal. It leaves out the reason
        // that another person gave for declining or for the new room.
        if (after.Proposal is { } asked && (asked.Id != before?.Proposal?.Id || IsMoved(before!, after)))
            Tell(asked.Candidate, AlertKind.Proposed, asker: what == Change.Proposed ? null : asked.ProposedBy);
        foreach (var person in after.Consultants)
        {
            if (before is null || !before.Consultants.Contains(person))
                Tell(person, what == Change.EmergencyMoved ? AlertKind.EmergencyMoved : AlertKind.Assigned, what == Change.EmergencyMoved);
            else if (Kind(what, before, after) is { } kind)
                Tell(person, kind, kind is AlertKind.EmergencyMoved or AlertKind.Cancelled or AlertKind.Reinstated);
        }
        // Some people no longer have to acknowledge the move, for example because they have arrived. If such a person gets no new alert,
        // this message closes the old alert.
        if (what != Change.Acknowledged && before?.Unacknowledged is { } waited)
            foreach (var person in waited.People)
                if (!told.Contains(person) && after.Unacknowledged?.People.Contains(person) != true)
                    messages.Add(new(0, GrainId.Create("inbox", person.Value), new DemandEnded(after.Id)));
        // If the engagement no longer needs attention, the coordinator on call no longer has to acknowledge the alert about it.
        if (before is { Attention.IsEmpty: false } && after.Attention.IsEmpty && facts.OnCall(now) is { } onCall)
            messages.Add(new(0, GrainId.Create("inbox", onCall.Value), new DemandEnded(after.Id)));
        if (before?.Proposal is { } answered)
        {
            if (what is Change.Accepted or Change.Declined)
                messages.Add(new(0, GrainId.Create("inbox", answered.Candidate.Value), new SettleAlert(after.Id, answered.Id)));
            if (what == Change.Accepted)
                Tell(answered.ProposedBy, AlertKind.ProposalAccepted);
            if (what is Change.Declined or Change.Expired)
                TellWhoAsked(answered);
        }
        if (what is Change.AttentionChanged or Change.MoveRefused && after.Attention.Length > (before?.Attention.Length ?? 0))
            TellOnCall(AlertKind.NeedsAttention);
    }

    /// <summary>The alert for a consultant who stays on the engagement, or null for none.</summary>
    private static AlertKind? Kind(Change what, Engagement before, Engagement after) =>
        what switch
        {
            Change.EmergencyMoved => AlertKind.EmergencyMoved,
            Change.Cancelled => AlertKind.Cancelled,
            Change.Undone when before.Status == EngagementStatus.Cancelled => AlertKind.Reinstated,
            _ when before.Start != after.Start || before.End != after.End => AlertKind.TimeChanged,
            _ when before.Room != after.Room => AlertKind.RoomChanged,
            Change.Undone when before.Status != after.Status => AlertKind.ChangeUndone,
            _ => null,
        };

    private static bool IsMoved(Engagement before, Engagement after) =>
        before.Start != after.Start || before.End != after.End || before.Room != after.Room;

    /// <summary>
    /// Whether a newer message about the same engagement may replace an alert that is not sent yet. An alert is never replaced if it
    /// demands an acknowledgement or is about a proposal.
    /// </summary>
    private static bool GivesWay(Change what, AlertKind kind, bool urgent) =>
        !urgent
        && what != Change.Accepted
        && kind
            is AlertKind.Assigned
                or AlertKind.Released
                or AlertKind.TimeChanged
                or AlertKind.RoomChanged
                or AlertKind.ChangeUndone
                or AlertKind.NeedsAttention;

    private static void TellConference(
        Engagement? before,
        Engagement? after,
        RosterFacts facts,
        ImmutableArray<OutboxMessage>.Builder messages
    )
    {
        if ((after ?? before)?.Session is not { } session || after is null)
            return;
        var conference = GrainId.Create("conference", session.Conference.Value);
        if (before is null)
            messages.Add(new(0, conference, new SessionBooked(session.Session, after.Id, facts.Week)));
        else if (IsChanged(before, after))
            messages.Add(new(0, conference, new SessionRescheduled(session.Session, after.ForOthers(), facts.Week), session.Session.Value));
    }

    /// <summary>
    /// Tells the course or the initiative for which the engagement takes place. If the engagement has left for another week, that week
    /// tells it.
    /// </summary>
    private static void TellPurpose(
        Engagement? before,
        Engagement? after,
        RosterFacts facts,
        Actor by,
        ImmutableArray<OutboxMessage>.Builder messages
    )
    {
        if (after is null)
            return;
        if (before?.Purpose is { } old && old != after.Purpose)
            Tell(old, isGone: true);
        if (after.Purpose is { } now && (before is null || before.Purpose != now || IsChanged(before, after)))
            Tell(now, isGone: false);

        void Tell(Purpose purpose, bool isGone) =>
            messages.Add(new(0, OwnerOf(purpose), new PurposeTold(after.ForOthers(), facts.Week, by.Person, isGone), after.Id.Value));
    }

    private static GrainId OwnerOf(Purpose purpose) =>
        purpose.Initiative is { } initiative
            ? GrainId.Create("initiative", initiative.Value)
            : GrainId.Create("course", $"{purpose.Programme}/{purpose.Cohort}");

    private static bool IsChanged(Engagement before, Engagement after) =>
        IsMoved(before, after) || before.Status != after.Status || !before.Consultants.SequenceEqual(after.Consultants);

    /// <summary>
    /// Confirms the hold in the next week for an engagement that reaches past the end of this week. Releases the hold if the engagement no
    /// longer reaches so far.
    /// </summary>
    private static void TellNextWeek(
        Engagement? before,
        Engagement? after,
        RosterFacts facts,
        ImmutableArray<OutboxMessage>.Builder messages
    )
    {
        var end = facts.Bounds.End;
        var (reached, reaches) = (Reaches(before, end), Reaches(after, end));
        if (reaches)
            messages.Add(new(0, RosterOf(facts, facts.Week.Next), new ConfirmHold(after!)));
        else if (reached)
            messages.Add(new(0, RosterOf(facts, facts.Week.Next), new ReleaseHold(before!.Id)));
    }

    public static bool Reaches(Engagement? engagement, DateTimeOffset end) => engagement is { TakesTime: true } && engagement.End > end;

    /// <summary>The subjects whose histories show a change.</summary>
    public static ImmutableArray<string> Subjects(EngagementChanged change)
    {
        var subjects = ImmutableArray.CreateBuilder<string>(6);
        void Add(string subject)
        {
            if (!subjects.Contains(subject))
                subjects.Add(subject);
        }

        foreach (var engagement in (ReadOnlySpan<Engagement?>)[change.After, change.Before])
        {
            if (engagement is null)
                continue;
            Add(engagement.Key);
            Add("hospital/" + engagement.Hospital.Value);
            if (engagement.Room is { } room)
                Add($"room/{engagement.Hospital.Value}/{room.Value}");
            foreach (var person in engagement.Consultants)
                Add("person/" + person.Value);
            if (engagement.Proposal is { } proposal)
                Add("person/" + proposal.Candidate.Value);
        }
        return subjects.DrainToImmutable();
    }
}
