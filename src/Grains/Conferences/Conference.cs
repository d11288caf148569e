using System.Collections.Immutable;
using ConsultHub.Live;
using ConsultHub.Rostering;

namespace ConsultHub.Conferences;

/// <summary>A conference: the header of a programme of sessions. Its local times are in its own time zone.</summary>
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

    /// <summary>The first local day of the conference.</summary>
    [Id(5)]
    public DateOnly? FirstDay { get; init; }

    [Id(6)]
    public DateOnly? LastDay { get; init; }

    /// <summary>
    /// The local time at which a conference day begins, such as 05:00. A session between midnight and this time belongs to the day before,
    /// unless an imported file lists the session under its own date.
    /// </summary>
    [Id(7)]
    public TimeOnly DayChange { get; init; }

    [Id(8)]
    public ImmutableArray<ConferenceRoom> Rooms { get; init; } = [];

    [Id(9)]
    public ImmutableArray<string> Tracks { get; init; } = [];

    /// <summary>Whether people who are not signed in may read the programme.</summary>
    [Id(10)]
    public bool Public { get; init; }

    /// <summary>The number of the newest release, or 0 if there is none.</summary>
    [Id(11)]
    public int Release { get; init; }

    /// <summary>Whether coordinators are working on a draft. If so, imports change the draft and not the programme.</summary>
    [Id(12)]
    public bool HasDraft { get; init; }

    /// <summary>Whether people may register themselves. People of other networks may do so only while the conference is public.</summary>
    [Id(13)]
    public bool SelfRegistration { get; init; }

    /// <summary>UTC. From then on nobody can register. Null if there is no such limit.</summary>
    [Id(14)]
    public DateTimeOffset? RegistrationUntil { get; init; }

    /// <summary>How many people can register themselves. Null if there is no such limit.</summary>
    [Id(15)]
    public int? MostRegistrations { get; init; }

    /// <summary>How many people have registered themselves.</summary>
    [Id(16)]
    public int Registered { get; init; }

    /// <summary>The title in Arabic. Null if there is none; readers then see <see cref="Title"/>.</summary>
    [Id(17)]
    public string? TitleAr { get; init; }

    /// <summary>The title in Korean. Null if there is none.</summary>
    [Id(18)]
    public string? TitleKo { get; init; }

    /// <summary>Whether the conference does not take place. All its sessions are then cancelled, and nobody can register.</summary>
    [Id(19)]
    public bool Withdrawn { get; init; }

    /// <summary>Returns whether people can register themselves now.</summary>
    /// <param name="ofNetwork">Whether they belong to the conference's network.</param>
    public RegistrationState RegistrationAt(DateTimeOffset now, bool ofNetwork = false) =>
        !SelfRegistration || Withdrawn || !(Public || ofNetwork) || Network is null ? RegistrationState.Closed
        : RegistrationUntil <= now ? RegistrationState.Over
        : Registered >= MostRegistrations ? RegistrationState.Full
        : RegistrationState.Open;
}

/// <summary>Whether people can register themselves for a conference.</summary>
public enum RegistrationState
{
    /// <summary>
    /// The organiser does not allow it, the conference is withdrawn, or it is not public and they are not of its network.
    /// </summary>
    Closed,
    Open,

    /// <summary>The last instant for registering has passed.</summary>
    Over,

    /// <summary>As many people have registered as the organiser allows.</summary>
    Full,
}

/// <summary>How people may register themselves for a conference.</summary>
/// <param name="Until">UTC. From then on nobody can register. Null for no limit.</param>
/// <param name="Most">How many people can register. Null for no limit.</param>
[GenerateSerializer, Immutable, Alias("hub.RegistrationTerms")]
public sealed record RegistrationTerms(
    [property: Id(0)] bool Open,
    [property: Id(1)] DateTimeOffset? Until = null,
    [property: Id(2)] int? Most = null
);

/// <summary>A room of a conference. It belongs to the conference alone unless it is linked to a room of the network.</summary>
[GenerateSerializer, Immutable, Alias("hub.ConferenceRoom")]
public sealed record ConferenceRoom(
    [property: Id(0)] string Name,
    [property: Id(1)] HospitalId? Hospital = null,
    [property: Id(2)] RoomId? Room = null
);

/// <summary>A speaker: a guest, or a consultant of the network.</summary>
/// <param name="Consultant">Null for a guest.</param>
[GenerateSerializer, Immutable, Alias("hub.Speaker")]
public sealed record Speaker(
    [property: Id(0)] string Name,
    [property: Id(1)] string? SourceId = null,
    [property: Id(2)] PersonId? Consultant = null
);

/// <summary>Whether a roster has booked the room or the consultants of a session.</summary>
public enum BookingState
{
    None,
    Requested,
    Booked,
    Refused,
}

/// <summary>A session: one item of a conference's programme.</summary>
[GenerateSerializer, Immutable, Alias("hub.ConferenceSession")]
[JsonTypeName("session")]
public sealed record ConferenceSession : TopicItem
{
    public override string Key => $"session/{Id}";

    [Id(0)]
    public required SessionId Id { get; init; }

    /// <summary>The guid in the imported file. An update finds the session by its guid, or by its id if there is no guid.</summary>
    [Id(1)]
    public string? SourceGuid { get; init; }

    [Id(2)]
    public string? SourceId { get; init; }

    [Id(3)]
    public required string Title { get; init; }

    [Id(4)]
    public string? Subtitle { get; init; }

    /// <summary>Plain text. Markup in the source is removed.</summary>
    [Id(5)]
    public string? Abstract { get; init; }

    /// <summary>UTC. Null if the session has no time.</summary>
    [Id(6)]
    public DateTimeOffset? Start { get; init; }

    [Id(7)]
    public TimeSpan Duration { get; init; }

    /// <summary>
    /// A name from <see cref="Conference.Rooms"/>. Empty if the session has no room. If a roster has moved the session to a room that the
    /// conference does not list, the id of this room.
    /// </summary>
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

    /// <summary>The local conference day under which the session is listed.</summary>
    [Id(14)]
    public DateOnly? Day { get; init; }

    /// <summary>The last move of the session, with its time and room before the move. Null if the session has not moved.</summary>
    [Id(15)]
    public SessionMove? Moved { get; init; }

    /// <summary>Whether a roster has booked the room or the consultants that the session uses.</summary>
    [Id(16)]
    public BookingState Booking { get; init; }

    [Id(17)]
    public EngagementId? Engagement { get; init; }

    [Id(18)]
    public Week? Week { get; init; }

    /// <summary>Codes of the findings that prevented the booking or a change of the booking.</summary>
    [Id(19)]
    [CodesOf<Finding>]
    public ImmutableArray<string> BookingFindings { get; init; } = [];

    [Id(20)]
    public bool Cancelled { get; init; }

    /// <summary>Pages and files that belong to the session. Null if there are none.</summary>
    [Id(21)]
    public ImmutableArray<SessionLink>? Links { get; init; }

    /// <summary>The short name of the session in addresses. It comes from the imported file.</summary>
    [Id(22)]
    public string? Slug { get; init; }

    /// <summary>The title in Arabic. Null if there is none; readers then see <see cref="Title"/>.</summary>
    [Id(23)]
    public string? TitleAr { get; init; }

    /// <summary>The title in Korean. Null if there is none.</summary>
    [Id(24)]
    public string? TitleKo { get; init; }
}

/// <summary>A page or a file that belongs to a session.</summary>
/// <param name="Url">An http or https address.</param>
/// <param name="Title">The text that readers see. If it is null, they see the address.</param>
/// <param name="Type">A type that the file format voc/schedule knows, such as <c>slides</c>. See <see cref="Types"/>.</param>
/// <param name="Attachment">True for a file of the session, false for a page about the session.</param>
[GenerateSerializer, Immutable, Alias("hub.SessionLink")]
public sealed record SessionLink(
    [property: Id(0)] string Url,
    [property: Id(1)] string? Title = null,
    [property: Id(2)] string? Type = null,
    [property: Id(3)] bool Attachment = false
)
{
    /// <summary>The link types that the programme formats know.</summary>
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

/// <summary>The last move of a session.</summary>
/// <param name="At">UTC instant of the move.</param>
[GenerateSerializer, Immutable, Alias("hub.SessionMove")]
public sealed record SessionMove(
    [property: Id(0)] DateTimeOffset At,
    [property: Id(1)] DateTimeOffset? FromStart,
    [property: Id(2)] string FromRoom
);
