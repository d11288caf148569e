using System.Collections.Immutable;

namespace ConsultHub.Rostering;

/// <summary>Who has yet to acknowledge an emergency move.</summary>
public static partial class RosterRules
{
    /// <summary>A consultant has acknowledged an emergency move. Null where it changes nothing: another move waits now, or nothing of this
    /// person.</summary>
    public static EngagementChanged? Acknowledge(Roster roster, EmergencyAcknowledged told)
    {
        if (
            roster.IsArchived
            || roster.Engagements.GetValueOrDefault(told.Engagement) is not { Emergency: true } known
            || known.Unacknowledged?.Move != told.Move
        )
            return null;
        // Earlier releases stored only that somebody has to acknowledge it: that is everybody.
        var people = known.Unacknowledged?.People ?? known.Consultants;
        return people.Contains(told.Person)
            ? new(Change.Acknowledged, known, AwaitedOf(known, told.Move, people.Remove(told.Person)))
            : null;
    }

    /// <summary>The engagement with an emergency move that these people have to acknowledge.</summary>
    private static Engagement AwaitedOf(Engagement engagement, Guid? move, ImmutableArray<PersonId> people) =>
        people.IsEmpty ? Acknowledged(engagement) : engagement with { Emergency = true, Unacknowledged = new(move, people) };

    /// <summary>The engagement once one of its consultants need no longer acknowledge it; the others still do.</summary>
    private static Engagement AwaitedWithout(Engagement engagement, PersonId person) =>
        !engagement.Emergency
            ? engagement
            : AwaitedOf(
                engagement,
                engagement.Unacknowledged?.Move,
                (engagement.Unacknowledged?.People ?? engagement.Consultants).Remove(person)
            );

    /// <summary>The engagement without anything that has to be acknowledged.</summary>
    private static Engagement Acknowledged(Engagement engagement) =>
        engagement.Emergency || engagement.Unacknowledged is not null
            ? engagement with
            {
                Emergency = false,
                Unacknowledged = null,
            }
            : engagement;

    /// <summary>Whoever is no longer on the engagement need not acknowledge its emergency move.</summary>
    private static Engagement AwaitedOfWhoStays(Engagement engagement) =>
        engagement.Unacknowledged is { } waits && !waits.People.All(engagement.Consultants.Contains)
            ? AwaitedOf(engagement, waits.Move, waits.People.RemoveAll(p => !engagement.Consultants.Contains(p)))
            : engagement;

    /// <summary>An undo brings back no demand that has ended since, and keeps one that has not.</summary>
    private static Engagement WithDemandOf(Engagement before, Engagement known) =>
        before.Emergency && known.Emergency && before.Unacknowledged?.Move == known.Unacknowledged?.Move
            ? before with
            {
                Unacknowledged = known.Unacknowledged,
            }
            : Acknowledged(before);
}
