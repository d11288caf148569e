using System.Collections.Immutable;
using System.Text.Json.Serialization;
using ConsultHub.Conferences.Releases;
using ConsultHub.Records;
using ConsultHub.Rostering;

namespace ConsultHub.Conferences.Edits;

/// <summary>The content of a conference that people can edit by hand. Its sessions are edited one by one.</summary>
/// <param name="Title">1 to 300 characters.</param>
/// <param name="TimeZone">IANA zone. If it changes, the sessions keep their local times.</param>
/// <param name="DayChange">Null keeps the time.</param>
/// <param name="Network">The network of a new conference. Null keeps the network.</param>
/// <param name="Withdrawn">Whether the conference does not take place.</param>
[GenerateSerializer, Immutable, Alias("hub.ConferenceText")]
public sealed record ConferenceText(
    [property: Id(0)] string Title,
    [property: Id(1)] string? TitleAr,
    [property: Id(2)] string? TitleKo,
    [property: Id(3)] string? Subtitle,
    [property: Id(4)] string TimeZone,
    [property: Id(5)] DateOnly? FirstDay,
    [property: Id(6)] DateOnly? LastDay,
    [property: Id(7)] TimeOnly? DayChange,
    [property: Id(8)] NetworkId? Network,
    [property: Id(9)] ImmutableArray<ConferenceRoom> Rooms,
    [property: Id(10)] ImmutableArray<string> Tracks,
    [property: Id(11)] bool Withdrawn
)
{
    public static ConferenceText Of(Conference conference) =>
        new(
            conference.Title,
            conference.TitleAr,
            conference.TitleKo,
            conference.Subtitle,
            conference.TimeZone,
            conference.FirstDay,
            conference.LastDay,
            conference.DayChange,
            conference.Network,
            conference.Rooms,
            conference.Tracks,
            conference.Withdrawn
        );
}

/// <summary>The tags of what people can edit. A tag covers nothing else, so a registration or a booking does not change it.</summary>
public static class EditTag
{
    /// <summary>What a command expects if it may replace whatever is there.</summary>
    public const string Any = RecordTag.Any;

    public static string Of(Conference conference) => RecordTag.Of(ConferenceText.Of(conference));

    public static string Of(ConferenceSession session) => RecordTag.Of(SessionText.Of(session));
}

/// <summary>A request to create, edit, withdraw or delete a conference.</summary>
/// <param name="Text">Null deletes the conference.</param>
/// <param name="Expected">
///     The <see cref="EditTag"/> that the person saw, <see cref="RecordTag.None"/> if the conference must not exist yet, or
///     <see cref="EditTag.Any"/>. Null only if the person expects that it does not exist.
/// </param>
/// <param name="Reason">At most 500 characters. It is needed if people are told or bookings are cancelled.</param>
/// <param name="Preview">Whether to store nothing.</param>
/// <param name="Uses">What other parts of the hub know of the conference. Null if they were not asked.</param>
[GenerateSerializer, Immutable, Alias("hub.EditConference")]
public sealed record EditConference(
    [property: Id(0)] Guid CommandId,
    [property: Id(1)] ConferenceText? Text,
    [property: Id(2)] string? Expected,
    [property: Id(3)] string? Reason = null,
    [property: Id(4)] bool Preview = false,
    [property: Id(5)] OtherUses? Uses = null
);

/// <summary>A request to create, edit, withdraw or delete a session. If there is a draft, the request changes the draft.</summary>
/// <param name="Text">Null deletes the session.</param>
/// <param name="Expected">As in <see cref="EditConference"/>.</param>
/// <param name="Reason">At most 500 characters. It also overrides the warnings of the roster that has booked the session.</param>
[GenerateSerializer, Immutable, Alias("hub.EditSession")]
public sealed record EditSession(
    [property: Id(0)] Guid CommandId,
    [property: Id(1)] SessionId Session,
    [property: Id(2)] SessionText? Text,
    [property: Id(3)] string? Expected,
    [property: Id(4)] string? Reason = null,
    [property: Id(5)] bool Preview = false,
    [property: Id(6)] OtherUses? Uses = null
);

/// <summary>One thing that needs a conference or a session, so that it cannot be deleted.</summary>
/// <param name="Table"><c>releases</c>, <c>attendance</c>, <c>certificates</c>, <c>lectures</c> or <c>sessions</c>.</param>
[GenerateSerializer, Immutable, Alias("hub.ConferenceUse")]
public sealed record ConferenceUse([property: Id(0)] string Table, [property: Id(1)] string Id, [property: Id(2)] string Name)
{
    /// <summary>A list names at most this many uses.</summary>
    internal const int MostNamed = 20;
}

/// <summary>The uses that the conference itself does not know.</summary>
/// <param name="Attended">How many people attended.</param>
/// <param name="Certificates">How many certificates were issued, revoked ones included.</param>
/// <param name="UsedBy">At most 20.</param>
/// <param name="Count">How many uses there are.</param>
/// <param name="Roles">How many people have a role that is limited to the conference. It ends with the conference.</param>
[GenerateSerializer, Immutable, Alias("hub.OtherUses")]
public sealed record OtherUses(
    [property: Id(0)] int Attended,
    [property: Id(1)] int Certificates,
    [property: Id(2)] ImmutableArray<ConferenceUse> UsedBy,
    [property: Id(3)] int Count,
    [property: Id(4)] int Roles = 0
)
{
    public static OtherUses None { get; } = new(0, 0, [], 0);
}

/// <summary>A booking that is cancelled because its session is withdrawn or deleted.</summary>
/// <param name="Start">UTC.</param>
[GenerateSerializer, Immutable, Alias("hub.CancelledBooking")]
public sealed record CancelledBooking(
    [property: Id(0)] SessionId Session,
    [property: Id(1)] string Title,
    [property: Id(2)] DateTimeOffset? Start,
    [property: Id(3)] EngagementId Engagement,
    [property: Id(4)] Week Week
);

/// <summary>What an edit leads to.</summary>
[GenerateSerializer, Immutable, Alias("hub.EditEffects")]
public sealed record EditEffects
{
    /// <summary>Whether the edit changes the draft. Then nobody is told and nothing is booked or cancelled before publication.</summary>
    [Id(0)]
    public bool Draft { get; init; }

    /// <summary>Whether the draft ends without being published.</summary>
    [Id(1)]
    public bool DropsDraft { get; init; }

    /// <summary>How many bookings are cancelled.</summary>
    [Id(2)]
    public int Bookings { get; init; }

    /// <summary>The first 20 of these bookings, in order of time.</summary>
    [Id(3)]
    public ImmutableArray<CancelledBooking> CancelledBookings { get; init; } = [];

    /// <summary>How many sessions are withdrawn or removed.</summary>
    [Id(4)]
    public int Sessions { get; init; }

    /// <summary>How many sessions keep their local time in another time zone.</summary>
    [Id(5)]
    public int Corrected { get; init; }

    /// <summary>The IANA zone before the edit. Null if it stays the same.</summary>
    [Id(6)]
    public string? ZoneBefore { get; init; }

    /// <summary>How many people are told, without the person who edits.</summary>
    [Id(7)]
    public int Told { get; init; }

    /// <summary>How many people have marked the sessions that change, have a place in them or wait for one.</summary>
    [Id(8)]
    public int Favourites { get; init; }

    [Id(9)]
    public int Places { get; init; }

    [Id(10)]
    public int Waiting { get; init; }

    /// <summary>How many people have registered for the conference. 0 unless it is withdrawn or deleted.</summary>
    [Id(11)]
    public int Registered { get; init; }

    /// <summary>How many releases have the sessions. This is counted only for a withdrawal or a deletion, as are the next two.</summary>
    [Id(12)]
    public int Releases { get; init; }

    /// <summary>How many people attended.</summary>
    [Id(13)]
    public int Attended { get; init; }

    [Id(14)]
    public int Certificates { get; init; }

    /// <summary>What the roster that has booked the session says against the edit.</summary>
    [Id(15)]
    public ImmutableArray<Finding> Findings { get; init; } = [];

    /// <summary>Why a roster would not book the session. This does not prevent the edit.</summary>
    [Id(16)]
    public ImmutableArray<Finding> NotBooked { get; init; } = [];

    [Id(17)]
    public ImmutableArray<SessionOverlap> Overlaps { get; init; } = [];

    /// <summary>What prevents a deletion, at most 20.</summary>
    [Id(18)]
    public ImmutableArray<ConferenceUse> UsedBy { get; init; } = [];

    /// <summary>How many uses prevent a deletion.</summary>
    [Id(19)]
    public int Uses { get; init; }

    /// <summary>Whether a reason is needed.</summary>
    [Id(20)]
    public bool NeedsReason { get; init; }

    /// <summary>How many people lose a role that is limited to the conference, such as attendee. 0 unless it is deleted.</summary>
    [Id(21)]
    public int Roles { get; init; }
}

/// <summary>The answer to an edit.</summary>
/// <param name="Code">Null if the edit was stored, or if it was a preview. Otherwise a stable code such as <c>record.changed</c>.</param>
/// <param name="Place">A JSON path.</param>
/// <param name="Conference">The conference as it is now, or as the draft has it. Null if there is none.</param>
/// <param name="Session">The session as it is now, or as the draft has it. Null if there is none or if no session was edited.</param>
/// <param name="Draft">Whether the draft was changed.</param>
/// <param name="Created">Whether the conference or the session is new.</param>
/// <param name="Findings">What the session's roster says against the edit, if this is the reason for the refusal.</param>
[GenerateSerializer, Immutable, Alias("hub.EditReply")]
public sealed record EditReply(
    [property: Id(0)] string? Code = null,
    [property: Id(1)] string? Message = null,
    [property: Id(2)] string? Place = null,
    [property: Id(3)] Conference? Conference = null,
    [property: Id(4)] ConferenceSession? Session = null,
    [property: Id(5)] EditEffects? Effects = null,
    [property: Id(6)] bool Draft = false,
    [property: Id(7)] bool Created = false,
    [property: Id(8)] ImmutableArray<Finding>? Findings = null
)
{
    /// <summary>Null if the edit was not refused.</summary>
    [JsonIgnore]
    public Refusal? Refusal =>
        Refusal.Of(Code, Message) is { } refusal ? refusal with { Place = Place, Findings = Findings ?? default } : null;
}
