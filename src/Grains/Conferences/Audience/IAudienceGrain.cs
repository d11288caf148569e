using System.Collections.Immutable;
using System.Text.Json.Serialization;
using ConsultHub.Conferences.Releases;
using ConsultHub.Journal;
using ConsultHub.Live;

namespace ConsultHub.Conferences.Audience;

/// <summary>Numbers that show how full a session is. Everybody who follows the conference sees them, so they contain no names.</summary>
[GenerateSerializer, Immutable, Alias("hub.SessionPlaces")]
[JsonTypeName("places")]
public sealed record SessionPlaces : TopicItem
{
    public override string Key => $"places/{Session}";

    [Id(0)]
    public required SessionId Session { get; init; }

    /// <summary>The number of places. Null if there is no limit.</summary>
    [Id(1)]
    public int? Capacity { get; init; }

    [Id(2)]
    public int Registered { get; init; }

    [Id(3)]
    public int Waiting { get; init; }

    [Id(4)]
    public int CheckedIn { get; init; }
}

/// <summary>The registration, check-in and feedback of one person for one session.</summary>
/// <param name="WaitingAt">The person's position on the waiting list, from 1. Null if the person is not waiting.</param>
/// <param name="CheckedInAt">UTC. Null if the person has not been let in.</param>
/// <param name="Stars">The person's rating, 1 to 5. Null if there is none.</param>
[GenerateSerializer, Immutable, Alias("hub.OwnPlace")]
public sealed record OwnPlace(
    [property: Id(0)] SessionId Session,
    [property: Id(1)] bool Registered,
    [property: Id(2)] int? WaitingAt,
    [property: Id(3)] DateTimeOffset? CheckedInAt,
    [property: Id(4)] int? Stars
);

/// <summary>A person's ticket, which the person shows at the door.</summary>
/// <param name="Code">Ten letters and digits that can be typed.</param>
/// <param name="Token">The text of the QR code: conference and person, with a signature.</param>
[GenerateSerializer, Immutable, Alias("hub.Ticket")]
public sealed record Ticket([property: Id(0)] string Code, [property: Id(1)] string Token);

/// <summary>The answer of <see cref="IAudienceGrain"/> to a request.</summary>
/// <param name="Code">
///     Null if the request was done. Otherwise a stable code such as <c>session.unknown</c>, <c>checkin.full</c> or
///     <c>feedback.too-early</c>. The code <c>checkin.again</c> is not a refusal.
/// </param>
[GenerateSerializer, Immutable, Alias("hub.AudienceReply")]
public sealed record AudienceReply(
    [property: Id(0)] string? Code = null,
    [property: Id(1)] string? Message = null,
    [property: Id(2)] OwnPlace? Place = null,
    [property: Id(3)] PersonId? Person = null
)
{
    /// <summary>Whether the person who was let in had been let in before.</summary>
    [JsonIgnore]
    public bool IsRepeat => Code == AudienceCodes.CheckedInAgain;

    /// <summary>Null if the request was done.</summary>
    [JsonIgnore]
    public Refusal? Refusal => IsRepeat ? null : Refusal.Of(Code, Message);
}

/// <summary>One person on the list of a session, for coordinators.</summary>
[GenerateSerializer, Immutable, Alias("hub.AudienceMember")]
public sealed record AudienceMember(
    [property: Id(0)] PersonId Person,
    [property: Id(1)] bool Waiting,
    [property: Id(2)] DateTimeOffset? CheckedInAt
);

/// <summary>The feedback on a session, without names.</summary>
/// <param name="Counts">The number of people who gave 1, 2, 3, 4 and 5 stars.</param>
/// <param name="Texts">The text of each person's newest feedback if it has one, newest first, at most 500.</param>
[GenerateSerializer, Immutable, Alias("hub.FeedbackSummary")]
public sealed record FeedbackSummary([property: Id(0)] ImmutableArray<int> Counts, [property: Id(1)] ImmutableArray<string> Texts);

/// <summary>Whom a change of sessions would concern.</summary>
/// <param name="Favourites">How many marks the sessions have.</param>
/// <param name="Places">How many places are taken in them.</param>
/// <param name="People">Everybody who has marked one of the sessions, has a place or waits for one, each once.</param>
[GenerateSerializer, Immutable, Alias("hub.AudienceReach")]
public sealed record AudienceReach(
    [property: Id(0)] int Favourites,
    [property: Id(1)] int Places,
    [property: Id(2)] int Waiting,
    [property: Id(3)] ImmutableArray<PersonId> People
)
{
    internal static AudienceReach None { get; } = new(0, 0, 0, []);
}

/// <summary>
/// The audience of a conference: marks, places, waiting lists, check-in, feedback, and the people whom a release concerns. Key: the
/// conference.
/// </summary>
[Alias("hub.IAudienceGrain")]
public interface IAudienceGrain : ILiveAuthority
{
    /// <summary>Gives the person a place, or puts the person on the waiting list if the session is full. Idempotent.</summary>
    [Alias("Register")]
    Task<AudienceReply> RegisterAsync(Actor actor, SessionId session);

    /// <summary>
    /// Gives up the person's place or position on the waiting list. If a place becomes free, the first person who waits gets it and a
    /// notice. A check-in is taken back as well. After the start of the session a person who was let in keeps the place
    /// (<c>place.used</c>). Idempotent.
    /// </summary>
    [Alias("Leave")]
    Task<AudienceReply> LeaveAsync(Actor actor, SessionId session);

    /// <summary>
    /// Sets the number of places of a session, 0 to 100,000. Null removes the limit. People who have a place keep it, even if there are now
    /// fewer places.
    /// </summary>
    [Alias("SetCapacity")]
    Task<AudienceReply> SetCapacityAsync(Actor actor, SessionId session, int? capacity);

    /// <summary>Returns the sessions that the person has marked.</summary>
    [Alias("Favourites")]
    Task<ImmutableArray<SessionId>> FavouritesAsync(PersonId person);

    /// <summary>Marks a session, or removes the mark. Idempotent.</summary>
    /// <returns>False if the person has 2,000 marks already.</returns>
    [Alias("SetFavourite")]
    Task<bool> SetFavouriteAsync(Actor actor, SessionId session, bool marked);

    [Alias("Mine")]
    Task<ImmutableArray<OwnPlace>> MineAsync(PersonId person);

    [Alias("Ticket")]
    Task<Ticket> TicketAsync(PersonId person);

    /// <summary>
    /// Lets in a person who shows a code or a token, from 60 minutes before the start of the session. A person without a place gets a place
    /// if one is free.
    /// </summary>
    [Alias("CheckIn")]
    Task<AudienceReply> CheckInAsync(Actor actor, SessionId session, string code);

    /// <summary>
    /// Stores 1 to 5 stars and at most 1,000 characters of text from a person who attended. This is possible from the start of the session.
    /// Newer feedback of the same person replaces older feedback.
    /// </summary>
    /// <param name="attended">
    ///     Whether the session's attendance contains the person. A person who was let in at the door can give feedback even if this is
    ///     false.
    /// </param>
    [Alias("GiveFeedback")]
    Task<AudienceReply> GiveFeedbackAsync(Actor actor, SessionId session, int stars, string? text, bool attended);

    [Alias("Feedback")]
    Task<FeedbackSummary> FeedbackAsync(SessionId session);

    /// <summary>Returns who has given feedback on each session, but not what they said. Sessions without feedback are left out.</summary>
    [Alias("FeedbackGivenBy")]
    Task<ImmutableDictionary<SessionId, ImmutableArray<PersonId>>> FeedbackGivenByAsync();

    /// <summary>Returns the people with a place in the order in which they got it, and then the waiting list.</summary>
    [Alias("List")]
    Task<ImmutableArray<AudienceMember>> ListAsync(SessionId session);

    /// <summary>Returns whom a change of these sessions would concern.</summary>
    [Alias("Reach")]
    Task<AudienceReach> ReachAsync(ImmutableArray<SessionId> sessions);
}

/// <summary>Tells the audience of a conference that it was deleted.</summary>
[GenerateSerializer, Immutable, Alias("hub.EndAudience")]
public sealed record EndAudience : OutboxPayload;

/// <summary>
/// Tells a conference's audience that a release was published, or that sessions changed outside a release. The differences are between the
/// programme that people saw before and the programme now.
/// </summary>
/// <param name="Number">The number of the release, or 0 if the change is not part of a release.</param>
/// <param name="Zone">IANA zone of the conference.</param>
[GenerateSerializer, Immutable, Alias("hub.ReleaseTold")]
public sealed record ReleaseTold(
    [property: Id(0)] ConferenceId Conference,
    [property: Id(1)] string Title,
    [property: Id(2)] string Zone,
    [property: Id(3)] int Number,
    [property: Id(4)] PersonId By,
    [property: Id(5)] ImmutableArray<SessionDifference> Differences
) : OutboxPayload
{
    /// <summary>Whether the conference was withdrawn.</summary>
    [Id(6)]
    public bool Withdrawn { get; init; }

    /// <summary>People who have registered for the conference and are told of everything. Null if there are none.</summary>
    [Id(7)]
    public ImmutableArray<PersonId>? Registered { get; init; }
}

/// <summary>A person was let into the room with a ticket.</summary>
/// <param name="Title">The title of the session.</param>
/// <param name="By">The person who checked the ticket at the door.</param>
[GenerateSerializer, Immutable, Alias("hub.CameInTold")]
public sealed record CameInTold(
    [property: Id(0)] ConferenceId Conference,
    [property: Id(1)] string Title,
    [property: Id(2)] PersonId Person,
    [property: Id(3)] DateTimeOffset At,
    [property: Id(4)] PersonId By
) : OutboxPayload;

/// <summary>A person who was let in has given up the place before the session began.</summary>
[GenerateSerializer, Immutable, Alias("hub.CheckInTakenBack")]
public sealed record CheckInTakenBack([property: Id(0)] PersonId Person) : OutboxPayload;
