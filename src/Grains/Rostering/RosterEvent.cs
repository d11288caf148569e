using System.Collections.Immutable;

namespace ConsultHub.Rostering;

/// <summary>The kind of change of an engagement.</summary>
public enum Change
{
    Planned,
    Confirmed,
    TimeChanged,
    RoomChanged,
    Assigned,
    Proposed,
    Accepted,
    Declined,
    Expired,
    EmergencyMoved,
    Cancelled,
    Arrived,
    Completed,
    NoShow,
    Undone,
    AttentionChanged,
    Moving,
    MovedAway,
    MovedIn,
    MoveRefused,
    Acknowledged,
    WorkRecorded,
    PurposeSet,
}

/// <summary>An event in the journal of a roster.</summary>
[GenerateSerializer, Immutable, Alias("hub.RosterEvent")]
public abstract record RosterEvent;

/// <summary>An engagement was planned, was changed, or moved to another week.</summary>
/// <param name="Before">Null if the engagement was planned. If it moved in from another week, this is its last state there.</param>
/// <param name="After">Null if the engagement has left this week.</param>
[GenerateSerializer, Immutable, Alias("hub.EngagementChanged")]
public sealed record EngagementChanged(
    [property: Id(0)] Change What,
    [property: Id(1)] Engagement? Before,
    [property: Id(2)] Engagement? After
) : RosterEvent;

/// <summary>Time in this week is now reserved for an engagement of another week.</summary>
[GenerateSerializer, Immutable, Alias("hub.HoldPlaced")]
public sealed record HoldPlaced([property: Id(0)] Hold Hold) : RosterEvent;

/// <summary>A hold was removed. Its time is free again, or the engagement has moved to this week and takes the time itself.</summary>
[GenerateSerializer, Immutable, Alias("hub.HoldReleased")]
public sealed record HoldReleased([property: Id(0)] EngagementId Engagement) : RosterEvent;

/// <summary>The week's journal was moved to an archive file. The week is shown in its last state and cannot change.</summary>
/// <param name="Steps">The changes in the file that matter to figures, the newest first, so that reports about the week can be made again
/// without the file. Weeks that earlier releases archived have none.</param>
[GenerateSerializer, Immutable, Alias("hub.WeekArchived")]
public sealed record WeekArchived([property: Id(0)] ImmutableArray<EngagementStep> Steps = default) : RosterEvent;

/// <summary>The week's journal was brought back from its archive file.</summary>
[GenerateSerializer, Immutable, Alias("hub.WeekBroughtBack")]
public sealed record WeekBroughtBack : RosterEvent;

/// <summary>Time that is reserved for an engagement that starts in another week or is moving to this week.</summary>
/// <param name="Until">UTC. If the hold is not confirmed by this time, the roster asks the week before whether to keep it. Null if the hold
/// has no time limit.</param>
[GenerateSerializer, Immutable, Alias("hub.Hold")]
public sealed record Hold([property: Id(0)] Engagement Engagement, [property: Id(1)] DateTimeOffset? Until);
