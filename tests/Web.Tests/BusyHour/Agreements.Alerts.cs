using ConsultHub.Inboxes;
using ConsultHub.Rostering;

namespace ConsultHub.Tests.BusyHour;

/// <summary>Checks that the newest alerts agree with the current state.</summary>
internal static partial class Agreements
{
    private static Alert? Newest(Surfaces s, PersonId person, EngagementId engagement) =>
        s.Inboxes[person].LastOrDefault(a => a.Engagement?.Id == engagement);

    /// <summary>
    /// If a consultant is on an engagement, the consultant's newest alert about it has its present time and room, and says correctly
    /// whether it is cancelled. The alert also names the consultant, unless the consultant has accepted a proposal for the engagement. If a
    /// consultant is not on an engagement, the newest alert about it does not say that the consultant is on it.
    /// </summary>
    private static IEnumerable<string> BoardAndNewestAlert(Surfaces s)
    {
        foreach (var person in s.World.Consultants)
        foreach (var (_, engagement) in s.Engagements)
        {
            var told = Newest(s, person, engagement.Id);
            if (engagement.Consultants.Contains(person))
            {
                if (told?.Engagement is not { } known)
                    yield return $"{person} is on {engagement.Id} and was never told.";
                else if (!known.Consultants.Contains(person) && !HasAccepted(s, person, engagement))
                    yield return $"{person} is on {engagement.Id}, but was last told ({told.Kind}) that somebody else is.";
                else if (told.Kind == AlertKind.Cancelled && engagement.Status != EngagementStatus.Cancelled)
                    yield return $"{person} was told that {engagement.Id} is cancelled, although it is {engagement.Status}.";
                else if (known.Status != EngagementStatus.Cancelled && engagement.Status == EngagementStatus.Cancelled)
                    yield return $"{engagement.Id} is cancelled, but {person} was last told ({told.Kind}) that it takes place.";
                else if (told.Kind is AlertKind.Released)
                    yield return $"{person} is on {engagement.Id}, but was last told that they are released from it.";
                else if ((known.Start, known.End, known.Room) != (engagement.Start, engagement.End, engagement.Room))
                    yield return $"{engagement.Id} is {When(engagement.Start)} to {When(engagement.End)} in {engagement.Room}, "
                        + $"but {person} was last told ({told.Kind}) {When(known.Start)} to {When(known.End)} in {known.Room}.";
            }
            else if (told?.Engagement is { } past && past.Consultants.Contains(person) && told.Kind != AlertKind.Released)
                yield return $"{person} is not on {engagement.Id}, but was last told ({told.Kind}) that they are on it.";
        }
    }

    /// <summary>Whether the person has accepted a proposal for the engagement. Such a person knows the result and gets no alert.</summary>
    private static bool HasAccepted(Surfaces s, PersonId person, Engagement engagement) =>
        s.Histories[engagement.Id].Any(h => h.What == Change.Accepted && h.By == person);

    /// <summary>
    /// The candidate of an open proposal has an alert with the proposal's deadline. The candidate's newest alert about the engagement has
    /// the engagement's present time and room. The newest alert of every other consultant does not ask for an answer.
    /// </summary>
    private static IEnumerable<string> ProposalAndAlert(Surfaces s)
    {
        foreach (var person in s.World.Consultants)
        foreach (var (_, engagement) in s.Engagements)
        {
            var told = Newest(s, person, engagement.Id);
            if (engagement.Proposal is { } proposal && proposal.Candidate == person)
            {
                var question = s.Inboxes[person].LastOrDefault(a => a.Proposal == proposal.Id);
                if (question is null)
                    yield return $"{person} is asked to take {engagement.Id} and has no alert about it.";
                else if (question.Deadline != proposal.Deadline)
                    yield return $"{person} must answer about {engagement.Id} by {When(proposal.Deadline)}, and the alert says "
                        + $"{When(question.Deadline)}.";
                else if (
                    told!.Engagement is { } known
                    && (known.Start, known.End, known.Room) != (engagement.Start, engagement.End, engagement.Room)
                )
                    yield return $"{person} is asked to take {engagement.Id}, {When(engagement.Start)} in {engagement.Room}, "
                        + $"but the newest alert ({told.Kind}) says {When(known.Start)} in {known.Room}.";
            }
            else if (told is { Kind: AlertKind.Proposed, AcknowledgedAt: null })
                yield return $"{person} is still asked to take {engagement.Id}, although the proposal is no longer open.";
        }
    }

    /// <summary>
    /// If the board says that a consultant has not yet acknowledged an emergency move, an alert asks that consultant to acknowledge it. No
    /// other consultant is asked to acknowledge the move.
    /// </summary>
    private static IEnumerable<string> EmergencyAndDemand(Surfaces s)
    {
        foreach (var (_, engagement) in s.Engagements)
        foreach (var person in s.World.Consultants)
        {
            var demands = s.Inboxes[person]
                .Where(a => a is { Urgent: true, AcknowledgedAt: null, Proposal: null } && a.Engagement?.Id == engagement.Id)
                .ToList();
            var waits = engagement is { Emergency: true, Unacknowledged: { } waiting } && waiting.People.Contains(person);
            if (waits && demands.Count == 0)
                yield return $"The board says that {person} has not yet acknowledged the emergency of {engagement.Id}, but no "
                    + "alert asks for it.";
            if (!waits && demands.Any(a => a.Kind == AlertKind.EmergencyMoved))
                yield return $"{person} must acknowledge the emergency of {engagement.Id}, but the board does not say so.";
        }
    }

    /// <summary>
    /// A consultant who has neither acknowledged the last emergency move of an engagement nor arrived still has an urgent alert about the
    /// engagement, even if it has changed since. If somebody has undone a change since the move, this is not checked.
    /// </summary>
    private static IEnumerable<string> UrgentAlertStays(Surfaces s) =>
        from one in s.Engagements
        where one.Engagement.Status is EngagementStatus.Planned or EngagementStatus.Confirmed
        let last = s.Histories[one.Engagement.Id].LastOrDefault(h => h.What == Change.EmergencyMoved)
        where last is not null && !s.Histories[one.Engagement.Id].Any(h => h.What == Change.Undone && h.At >= last.At)
        from person in one.Engagement.Consultants
        where last.After!.Consultants.Contains(person) && last.By != person
        where
            !s.Inboxes[person]
                .Any(a =>
                    a.Engagement?.Id == one.Engagement.Id
                    && a.Urgent
                    && a.Proposal is null
                    && (a.AcknowledgedAt is null || a.AcknowledgedAt >= last.At)
                )
        select $"{person} was told about the emergency of {one.Engagement.Id}, has not acknowledged it, and no longer has an "
            + "urgent alert about it.";

    /// <summary>
    /// The person who made a proposal gets an alert when it is accepted, or when it is not accepted and no other candidate is asked.
    /// </summary>
    private static IEnumerable<string> WhoAskedHears(Surfaces s) =>
        from history in s.Histories
        from entry in history.Value
        where entry.What is Change.Accepted or Change.Declined or Change.Expired
        let asked = entry.Before!.Proposal!
        let over = entry.What == Change.Accepted || entry.After?.Proposal is null
        where over && !s.Inboxes[asked.ProposedBy].Any(a => a.Engagement?.Id == history.Key && a.At >= entry.At)
        select $"{asked.ProposedBy} asked {asked.Candidate} to take {history.Key}. The proposal was {entry.What}, and no alert says so.";
}
