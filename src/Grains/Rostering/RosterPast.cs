using System.Collections.Immutable;

namespace ConsultHub.Rostering;

/// <summary>One change of an engagement, as far as it is needed to find earlier states of a week.</summary>
/// <param name="Version">The version of the roster after the change.</param>
/// <param name="Before">The engagement before the change, without its case reference. Null if it was not in the week before.</param>
[GenerateSerializer, Immutable, Alias("hub.EngagementStep")]
public sealed record EngagementStep(
    [property: Id(0)] long Version,
    [property: Id(1)] EngagementId Engagement,
    [property: Id(2)] Engagement? Before
);

/// <summary>Finds earlier states of a week: it takes later changes back, the newest first. Pure.</summary>
public static class RosterPast
{
    public static EngagementStep StepOf(EngagementChanged change, long version) =>
        // An engagement that was planned or moved in was not in this week before.
        new(
            version,
            (change.After ?? change.Before)!.Id,
            change.What is Change.Planned or Change.MovedIn ? null : change.Before?.ForOthers()
        );

    /// <summary>Whether a figure may differ before and after a change. Other changes are left out when a week is archived.</summary>
    public static bool Matters(EngagementChanged change) =>
        change is not { Before: { } before, After: { } after }
        || change.What == Change.MovedIn
        || before.Kind != after.Kind
        || before.Status != after.Status
        || before.Hospital != after.Hospital
        || before.Specialty != after.Specialty
        || before.Start != after.Start
        || before.Attendees != after.Attendees
        || before.Work != after.Work
        || !before.Consultants.SequenceEqual(after.Consultants);

    /// <summary>Takes a change back.</summary>
    public static void TakeBack(Dictionary<EngagementId, Engagement> engagements, EngagementStep step)
    {
        if (step.Before is { } before)
            engagements[step.Engagement] = before;
        else
            engagements.Remove(step.Engagement);
    }
}
