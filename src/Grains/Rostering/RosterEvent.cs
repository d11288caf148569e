namespace ConsultHub.Rostering;

/// <summary>What happened to an engagement.</summary>
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
}

/// <summary>Something that happened in a roster.</summary>
[GenerateSerializer, Immutable, Alias("hub.RosterEvent")]
public abstract record RosterEvent;

/// <summary>An engagement was planned, changed, or left for another week.</summary>
/// <param name="Before">Null where it is new here.</param>
/// <param name="After">Null where it has left.</param>
[GenerateSerializer, Immutable, Alias("hub.EngagementChanged")]
public sealed record EngagementChanged(
    [property: Id(0)] Change What,
    [property: Id(1)] Engagement? Before,
    [property: Id(2)] Engagement? After
) : RosterEvent;

/// <summary>Time in this week was taken for an engagement of another.</summary>
[GenerateSerializer, Immutable, Alias("hub.HoldPlaced")]
public sealed record HoldPlaced([property: Id(0)] Hold Hold) : RosterEvent;

/// <summary>Time that was held is free again.</summary>
[GenerateSerializer, Immutable, Alias("hub.HoldReleased")]
public sealed record HoldReleased([property: Id(0)] EngagementId Engagement) : RosterEvent;

/// <summary>The week's journal went into an archive's file: the week is shown as it ended and changes no more.</summary>
[GenerateSerializer, Immutable, Alias("hub.WeekArchived")]
public sealed record WeekArchived : RosterEvent;

/// <summary>The week's journal was brought back from its file.</summary>
[GenerateSerializer, Immutable, Alias("hub.WeekBroughtBack")]
public sealed record WeekBroughtBack : RosterEvent;

/// <summary>Time taken for an engagement that starts in another week, or that is on its way here.</summary>
/// <param name="Until">UTC; where set, the hold lapses unless confirmed by then.</param>
[GenerateSerializer, Immutable, Alias("hub.Hold")]
public sealed record Hold([property: Id(0)] Engagement Engagement, [property: Id(1)] DateTimeOffset? Until);
