using System.Collections.Immutable;

namespace ConsultHub.Rostering;

/// <summary>Rules about the people who still have to acknowledge an emergency move.</summary>
public static partial class RosterRules
{
    /// <summary>
    /// The change after a consultant has acknowledged an emergency move. Null if nothing changes, for example because there is a newer
    /// emergency move or this person does not have to acknowledge the move.
    /// </summary>
    public static EngagementChanged? Acknowledge(Roster roster, EmergencyAcknowledged told)
    {
        if (
            roster.IsArchived
            || roster.Engagements.GetValueOrDefault(told.Engagement) is not { Emergency: true } known
            || known.Unacknowledged?.Move != told.Move
        )
            return null;
        // Earlier releases did not store the people who have to acknowledge the move. In that case all consultants have to acknowledge it.
        var people = known.Unacknowledged?.People ?? known.Consultants;
        return people.Contains(told.Person)
            ? new(Change.Acknowledged, known, AwaitedOf(known, told.Move, people.Remove(told.Person)))
            : null;
    }

    /// <summary>
    /// The engagement with an emergency move that the given people still have to acknowledge. If no people are given, nobody has to
    /// acknowledge anything.
    /// </summary>
    private static Engagement AwaitedOf(Engagement engagement, Guid? move, ImmutableArray<PersonId> people) =>
        people.IsEmpty ? Acknowledged(engagement) : engagement with { Emergency = true, Unacknowledged = new(move, people) };

    /// <summary>
    /// The engagement after one consultant no longer has to acknowledge the move. The others still have to acknowledge it.
    /// </summary>
    private static Engagement AwaitedWithout(Engagement engagement, PersonId person) =>
        !engagement.Emergency
            ? engagement
            : AwaitedOf(
                engagement,
                engagement.Unacknowledged?.Move,
                (engagement.Unacknowledged?.People ?? engagement.Consultants).Remove(person)
            );

    /// <summary>The engagement without anything that people have to acknowledge.</summary>
    private static Engagement Acknowledged(Engagement engagement) =>
        engagement.Emergency || engagement.Unacknowledged is not null
            ? engagement with
            {
                Emergency = false,
                Unacknowledged = null,
            }
            : engagement;

    /// <summary>
    /// Removes the people who are no longer consultants of the engagement from those who have to acknowledge its emergency move.
    /// </summary>
    private static Engagement AwaitedOfWhoStays(Engagement engagement) =>
        engagement.Unacknowledged is { } waits && !waits.People.All(engagement.Consultants.Contains)
            ? AwaitedOf(engagement, waits.Move, waits.People.RemoveAll(p => !engagement.Consultants.Contains(p)))
            : engagement;

    /// <summary>
    /// Returns the state to which an undo goes back. If that state and the undone state wait for acknowledgements of the same emergency
    /// move, the people who have not acknowledged the move yet still have to do so. Otherwise nobody has to acknowledge anything.
    /// </summary>
    private static Engagement WithDemandOf(Engagement before, Engagement known) =>
        before.Emergency && known.Emergency && before.Unacknowledged?.Move == known.Unacknowledged?.Move
            ? before with
            {
                Unacknowledged = known.Unacknowledged,
            }
            : Acknowledged(before);
}
