using System.Collections.Immutable;
using ConsultHub.Live;
using ConsultHub.Rostering;

namespace ConsultHub.Conferences;

/// <summary>A programme of sessions in its own zone.</summary>
[GenerateSerializer, Immutable, Alias("hub.Conference")]
[JsonTypeName("conference")]
public sealed record Conference : TopicItem
{
    public override string Key => $"conference/{Id}";

    [Id(0)]
    public required ConferenceId Id { get; init; }

    [Id(1)]
    public NetworkId? Network { get; init; }

    [Id(2)]
    public required string Title { get; init; }

    [Id(3)]
    public string? Subtitle { get; init; }

    /// <summary>IANA zone.</summary>
    [Id(4)]
    public required string TimeZone { get; init; }

    /// <summary>Local first and last day.</summary>
    [Id(5)]
    public DateOnly? FirstDay { get; init; }

    [Id(6)]
    public DateOnly? LastDay { get; init; }

    /// <summary>Local time of day at which a conference day turns, such as 05:00; a session after midnight belongs to the day
    /// before.</summary>
    [Id(7)]
    public TimeOnly DayChange { get; init; }

    [Id(8)]
    public ImmutableArray<ConferenceRoom> Rooms { get; init; } = [];

    [Id(9)]
    public ImmutableArray<string> Tracks { get; init; } = [];

    /// <summary>Whether people without a session may read the programme.</summary>
    [Id(10)]
    public bool Public { get; init; }

    /// <summary>The number of the newest release; 0 while there is none.</summary>
    [Id(11)]
    public int Release { get; init; }

    /// <summary>Whether coordinators work on a draft, so that imports go there.</summary>
    [Id(12)]
    public bool HasDraft { get; init; }
}

/// <summary>A room of the conference's own until a coordinator links it to a room of the network.</summary>
[GenerateSerializer, Immutable, Alias("hub.ConferenceRoom")]
public sealed record ConferenceRoom(
    [property: Id(0)] string Name,
    [property: Id(1)] HospitalId? Hospital = null,
    [property: Id(2)] RoomId? Room = null
);

/// <summary>A speaker: a guest, or a consultant of the network once linked.</summary>
[GenerateSerializer, Immutable, Alias("hub.Speaker")]
public sealed record Speaker(
    [property: Id(0)] string Name,
    [property: Id(1)] string? SourceId = null,
    [property: Id(2)] PersonId? Consultant = null
);

/// <summary>How a session stands with the roster that must book its room or consultant.</summary>
public enum BookingState
{
    None,
    Requested,
    Booked,
    Refused,
}

/// <summary>One timed item of a conference.</summary>
[GenerateSerializer, Immutable, Alias("hub.ConferenceSession")]
[JsonTypeName("session")]
public sealed record ConferenceSession : TopicItem
{
    public override string Key => $"session/{Id}";

    [Id(0)]
    public required SessionId Id { get; init; }

    /// <summary>What the imported file calls it: guid, else id. An update matches by it.</summary>
    [Id(1)]
    public string? SourceGuid { get; init; }

    [Id(2)]
    public string? SourceId { get; init; }

    [Id(3)]
    public required string Title { get; init; }

    [Id(4)]
    public string? Subtitle { get; init; }

    /// <summary>Plain text; markup of the source is taken out.</summary>
    [Id(5)]
    public string? Abstract { get; init; }

    /// <summary>UTC. Null where the source gives no usable time.</summary>
    [Id(6)]
    public DateTimeOffset? Start { get; init; }

    [Id(7)]
    public TimeSpan Duration { get; init; }

    /// <summary>A name of <see cref="Conference.Rooms"/>; empty where the source has none.</summary>
    [Id(8)]
    public string Room { get; init; } = "";

    [Id(9)]
    public string? Track { get; init; }

    [Id(10)]
    public string? Kind { get; init; }

    [Id(11)]
    public string? Language { get; init; }

    [Id(12)]
    public ImmutableArray<Speaker> Speakers { get; init; } = [];

    [Id(13)]
    public string? Url { get; init; }

    /// <summary>The conference day (local) it is listed under.</summary>
    [Id(14)]
    public DateOnly? Day { get; init; }

    /// <summary>Where it was before it last moved, for "this moved" notices.</summary>
    [Id(15)]
    public SessionMove? Moved { get; init; }

    /// <summary>The engagement that serves it, where the network's room or consultant is used.</summary>
    [Id(16)]
    public BookingState Booking { get; init; }

    [Id(17)]
    public EngagementId? Engagement { get; init; }

    [Id(18)]
    public Week? Week { get; init; }

    /// <summary>Codes of what the roster refused.</summary>
    [Id(19)]
    public ImmutableArray<string> BookingFindings { get; init; } = [];

    [Id(20)]
    public bool Cancelled { get; init; }

    /// <summary>Pages and files that belong to it; null where there are none.</summary>
    [Id(21)]
    public ImmutableArray<SessionLink>? Links { get; init; }

    /// <summary>The part of an address that the imported file calls it by.</summary>
    [Id(22)]
    public string? Slug { get; init; }
}

/// <param name="Url">An http or https address.</param>
/// <param name="Title">What readers see; the address where it is null.</param>
/// <param name="Type">A word of voc/schedule, such as <c>slides</c>; see <see cref="Types"/>.</param>
/// <param name="Attachment">A file of the session, and no page about it.</param>
[GenerateSerializer, Immutable, Alias("hub.SessionLink")]
public sealed record SessionLink(
    [property: Id(0)] string Url,
    [property: Id(1)] string? Title = null,
    [property: Id(2)] string? Type = null,
    [property: Id(3)] bool Attachment = false
)
{
    /// <summary>Types that the formats of programmes know.</summary>
    internal static readonly ImmutableHashSet<string> Types =
    [
        "slides",
        "paper",
        "web",
        "blog",
        "article",
        "media",
        "related",
        "activitypub",
    ];
}

/// <param name="At">UTC instant of the move.</param>
[GenerateSerializer, Immutable, Alias("hub.SessionMove")]
public sealed record SessionMove(
    [property: Id(0)] DateTimeOffset At,
    [property: Id(1)] DateTimeOffset? FromStart,
    [property: Id(2)] string FromRoom
);
