using System.Collections.Immutable;
using ConsultHub.Conferences.Releases;
using ConsultHub.Journal;
using ConsultHub.Live;

namespace ConsultHub.Conferences.Audience;

/// <summary>How full a session is; no names, since everybody who follows the conference sees it.</summary>
[GenerateSerializer, Immutable, Alias("hub.SessionPlaces")]
[JsonTypeName("places")]
public sealed record SessionPlaces : TopicItem
{
    public override string Key => $"places/{Session}";

    [Id(0)]
    public required SessionId Session { get; init; }

    /// <summary>Null: there is no limit.</summary>
    [Id(1)]
    public int? Capacity { get; init; }

    [Id(2)]
    public int Registered { get; init; }

    [Id(3)]
    public int Waiting { get; init; }

    [Id(4)]
    public int CheckedIn { get; init; }
}

/// <summary>How one person stands with one session.</summary>
/// <param name="WaitingAt">From 1; null: there is a place.</param>
/// <param name="CheckedInAt">UTC.</param>
/// <param name="Stars">What the person thought of it, 1 to 5.</param>
[GenerateSerializer, Immutable, Alias("hub.OwnPlace")]
public sealed record OwnPlace(
    [property: Id(0)] SessionId Session,
    [property: Id(1)] bool Registered,
    [property: Id(2)] int? WaitingAt,
    [property: Id(3)] DateTimeOffset? CheckedInAt,
    [property: Id(4)] int? Stars
);

/// <summary>What a person shows at the door.</summary>
/// <param name="Code">Ten letters and digits, for typing.</param>
/// <param name="Token">The same, signed, for a QR code.</param>
[GenerateSerializer, Immutable, Alias("hub.Ticket")]
public sealed record Ticket([property: Id(0)] string Code, [property: Id(1)] string Token);

/// <param name="Code">Null where it was done, else a stable code such as <c>session.unknown</c>, <c>checkin.full</c>,
/// <c>feedback.too-early</c>.</param>
[GenerateSerializer, Immutable, Alias("hub.AudienceReply")]
public sealed record AudienceReply(
    [property: Id(0)] string? Code = null,
    [property: Id(1)] string? Message = null,
    [property: Id(2)] OwnPlace? Place = null,
    [property: Id(3)] PersonId? Person = null
);

/// <summary>One person of a session's list, for coordinators.</summary>
[GenerateSerializer, Immutable, Alias("hub.AudienceMember")]
public sealed record AudienceMember(
    [property: Id(0)] PersonId Person,
    [property: Id(1)] bool Waiting,
    [property: Id(2)] DateTimeOffset? CheckedInAt
);

/// <summary>What people thought of a session; nobody's name.</summary>
/// <param name="Counts">How many gave 1, 2, 3, 4, 5 stars.</param>
[GenerateSerializer, Immutable, Alias("hub.FeedbackSummary")]
public sealed record FeedbackSummary([property: Id(0)] ImmutableArray<int> Counts, [property: Id(1)] ImmutableArray<string> Texts);

/// <summary>Who comes to a conference's sessions: marks, places and waiting lists, check-in, feedback, and whom a release concerns. Key:
/// the conference.</summary>
[Alias("hub.IAudienceGrain")]
public interface IAudienceGrain : ILiveAuthority
{
    /// <summary>Takes a place, or one on the waiting list. Idempotent.</summary>
    [Alias("Register")]
    Task<AudienceReply> RegisterAsync(Actor actor, SessionId session);

    /// <summary>Gives it back; the first who waits gets it, and is told. Idempotent. A check-in is taken back with it; once the session has
    /// begun, whoever was let in keeps the place.</summary>
    [Alias("Leave")]
    Task<AudienceReply> LeaveAsync(Actor actor, SessionId session);

    /// <summary>How many places there are; null: no limit. Those who have one keep it, however few there are now.</summary>
    [Alias("SetCapacity")]
    Task<AudienceReply> SetCapacityAsync(Actor actor, SessionId session, int? capacity);

    /// <summary>The sessions that the person has marked.</summary>
    [Alias("Favourites")]
    Task<ImmutableArray<SessionId>> FavouritesAsync(PersonId person);

    /// <summary>Marks a session, or takes the mark off. Idempotent.</summary>
    /// <returns>False where there are too many marks already (2,000).</returns>
    [Alias("SetFavourite")]
    Task<bool> SetFavouriteAsync(Actor actor, SessionId session, bool marked);

    [Alias("Mine")]
    Task<ImmutableArray<OwnPlace>> MineAsync(PersonId person);

    [Alias("Ticket")]
    Task<Ticket> TicketAsync(PersonId person);

    /// <summary>Lets somebody in by the code or token shown, from an hour before the session. Who has no place gets one if there is
    /// one.</summary>
    [Alias("CheckIn")]
    Task<AudienceReply> CheckInAsync(Actor actor, SessionId session, string code);

    /// <summary>1 to 5 stars and words of somebody who was there, once the session has begun; the last ones count.</summary>
    /// <param name="attended">Whether the session's attendance knows the person; who was let in at the door is known here.</param>
    [Alias("GiveFeedback")]
    Task<AudienceReply> GiveFeedbackAsync(Actor actor, SessionId session, int stars, string? text, bool attended);

    [Alias("Feedback")]
    Task<FeedbackSummary> FeedbackAsync(SessionId session);

    /// <summary>In the order of coming, those who wait last.</summary>
    [Alias("List")]
    Task<ImmutableArray<AudienceMember>> ListAsync(SessionId session);
}

/// <summary>A release was published, or a session has changed between two; the differences are those from what people saw before.</summary>
/// <param name="Number">The release's; 0 where none was published.</param>
/// <param name="Zone">IANA.</param>
[GenerateSerializer, Immutable, Alias("hub.ReleaseTold")]
public sealed record ReleaseTold(
    [property: Id(0)] ConferenceId Conference,
    [property: Id(1)] string Title,
    [property: Id(2)] string Zone,
    [property: Id(3)] int Number,
    [property: Id(4)] PersonId By,
    [property: Id(5)] ImmutableArray<SessionDifference> Differences
) : OutboxPayload;
