using System.Collections.Immutable;
using ConsultHub.Conferences.Releases;
using ConsultHub.Live;
using ConsultHub.Rostering;

namespace ConsultHub.Conferences;

/// <summary>One conference and its sessions, in its own zone. Key: the conference.</summary>
[Alias("hub.IConferenceGrain")]
public interface IConferenceGrain : ILiveAuthority
{
    [Alias("Get")]
    Task<Conference?> GetAsync();

    [Alias("GetSession")]
    Task<ConferenceSession?> GetSessionAsync(SessionId session);

    /// <summary>All of it as it stands; null where there is none.</summary>
    [Alias("Read")]
    Task<Programme?> ReadAsync();

    /// <summary>What a list of conferences shows; null where there is none.</summary>
    [Alias("Summary")]
    Task<ConferenceSummary?> SummaryAsync();

    /// <summary>Stores a read programme, all or nothing: creates it, or updates sessions in place (matched by guid, else id).</summary>
    /// <param name="create">Only where there is no such conference yet; else the outcome has the code <c>conference.exists</c>.</param>
    [Alias("Import")]
    Task<ImportOutcome> ImportAsync(Actor actor, Guid commandId, Programme programme, bool create = false);

    /// <summary>What importing would do; nothing is stored.</summary>
    [Alias("Preview")]
    Task<ImportOutcome> PreviewAsync(Programme programme);

    /// <summary>Moves a session that no roster has booked. A booked one is moved through its roster.</summary>
    [Alias("Move")]
    Task<SessionReply> MoveAsync(Actor actor, MoveSession command);

    /// <summary>What a move would lead to, without making it; null where there is no such session. What stands against moving a booked one
    /// says its roster.</summary>
    [Alias("CheckMove")]
    Task<SessionCheck?> CheckMoveAsync(MoveSession command);

    /// <summary>What a session would overlap in the draft, and what rosters would refuse; null where there is no draft.</summary>
    /// <param name="session">Null: a new one.</param>
    [Alias("CheckDraft")]
    Task<SessionCheck?> CheckDraftAsync(
        SessionId? session,
        DateTimeOffset start,
        TimeSpan duration,
        string room,
        ImmutableArray<Speaker> speakers
    );

    /// <summary>Begins a draft of the next release. From then on imports go there, until it is published or dropped.</summary>
    [Alias("StartDraft")]
    Task<DraftReply> StartDraftAsync(Actor actor, Guid commandId);

    [Alias("EditDraft")]
    Task<DraftReply> EditDraftAsync(Actor actor, EditDraft command);

    [Alias("DropDraft")]
    Task<DraftReply> DropDraftAsync(Actor actor, Guid commandId);

    /// <summary>The draft as it stands; null where there is none.</summary>
    [Alias("ReadDraft")]
    Task<Programme?> ReadDraftAsync();

    /// <summary>What publishing the draft would change of the programme as it stands; null where there is no draft.</summary>
    [Alias("DraftChanges")]
    Task<ImmutableArray<SessionDifference>?> DraftChangesAsync();

    /// <summary>
    /// Makes the draft the next release: the programme changes to it, and live moves that it does not contradict stay. Rosters decide about
    /// the sessions they have booked; one that is
    /// refused stays as it was. Then the release is kept as it was booked, and whoever is concerned is told once.
    /// </summary>
    [Alias("Publish")]
    Task<DraftReply> PublishAsync(Actor actor, Guid commandId, string? note);

    /// <summary>Oldest first.</summary>
    [Alias("Releases")]
    Task<ImmutableArray<Release>> ReleasesAsync();

    /// <summary>Lets people without a session read the programme, or no longer. False where there is no such conference.</summary>
    [Alias("SetPublic")]
    Task<bool> SetPublicAsync(Actor actor, bool isPublic);
}

/// <param name="Start">UTC.</param>
/// <param name="ExpectedVersion">The session's version that the person saw.</param>
[GenerateSerializer, Immutable, Alias("hub.MoveSession")]
public sealed record MoveSession(
    [property: Id(0)] Guid CommandId,
    [property: Id(1)] SessionId Session,
    [property: Id(2)] DateTimeOffset Start,
    [property: Id(3)] TimeSpan Duration,
    [property: Id(4)] string Room,
    [property: Id(5)] long? ExpectedVersion
);

/// <param name="Code">Null where it was done, else a stable code such as <c>session.stale</c>, <c>session.booked</c>,
/// <c>session.unknown</c>.</param>
[GenerateSerializer, Immutable, Alias("hub.SessionReply")]
public sealed record SessionReply(
    [property: Id(0)] string? Code,
    [property: Id(1)] string? Message,
    [property: Id(2)] ConferenceSession? Session
);

/// <summary>What a session's time and room would lead to.</summary>
/// <param name="Findings">What stands against it; those with <see cref="Finding.Overridable"/> pass with a reason.</param>
/// <param name="NotBooked">Why the network's roster would not book it there. It goes there all the same, and needs attention.</param>
/// <param name="Overlaps">Sessions of the programme that go on meanwhile in the room or with a speaker: worth knowing, refused by
/// nobody.</param>
[GenerateSerializer, Immutable, Alias("hub.SessionCheck")]
public sealed record SessionCheck(
    [property: Id(0)] ImmutableArray<Finding> Findings,
    [property: Id(1)] ImmutableArray<Finding> NotBooked,
    [property: Id(2)] ImmutableArray<SessionOverlap> Overlaps
);

/// <param name="Code"><c>session.room-overlap</c> or <c>session.speaker-overlap</c>.</param>
/// <param name="What">The room's or the speaker's name.</param>
/// <param name="Engagement">The engagement that serves the other session.</param>
[GenerateSerializer, Immutable, Alias("hub.SessionOverlap")]
public sealed record SessionOverlap(
    [property: Id(0)] string Code,
    [property: Id(1)] string What,
    [property: Id(2)] SessionId Session,
    [property: Id(3)] string Title,
    [property: Id(4)] DateTimeOffset Start,
    [property: Id(5)] TimeSpan Duration,
    [property: Id(6)] EngagementId? Engagement = null
);

/// <summary>A programme as read from a file: the conference's header and its sessions, with what was odd.</summary>
[GenerateSerializer, Immutable, Alias("hub.Programme")]
public sealed record Programme(
    [property: Id(0)] Conference Conference,
    [property: Id(1)] ImmutableArray<ConferenceSession> Sessions,
    [property: Id(2)] ImmutableArray<ImportWarning> Warnings
)
{
    /// <summary>The programme under another conference id. Sessions named after their conference go with it, so that no two conferences
    /// share a session id.</summary>
    public Programme Under(ConferenceId id)
    {
        var prefix = Conference.Id.Value + '-';
        if (Conference.Id == id)
            return this;
        return this with
        {
            Conference = Conference with { Id = id },
            Sessions =
            [
                .. Sessions.Select(s =>
                    s.Id.Value.StartsWith(prefix, StringComparison.Ordinal)
                        ? s with
                        {
                            Id = new SessionId($"{id}-{s.Id.Value[prefix.Length..]}"),
                        }
                        : s
                ),
            ],
        };
    }
}

/// <summary>Something odd in a file that was kept all the same.</summary>
/// <param name="Code">Stable, such as <c>import.duplicate-id</c>, <c>import.room-overlap</c>.</param>
/// <param name="Message">In English.</param>
/// <param name="Place"><c>line 5</c>, also with <c>, column 8</c>, <c>, byte 8</c> or <c>, event 7</c>, the event's id; or a JSON path,
/// which begins with <c>$</c>. Clients say it in other languages.</param>
/// <param name="Sentence">Which sentence of the code the message is, by a stable name that begins with the code.</param>
/// <param name="Values">What stands in the sentence by name: numbers and dates (ISO 8601) as any machine reads them, all else as the file
/// has it.
/// <c>places</c> is in how many places a sentence is true that is told once.</param>
[GenerateSerializer, Immutable, Alias("hub.ImportWarning")]
public sealed record ImportWarning(
    [property: Id(0)] string Code,
    [property: Id(1)] string Message,
    [property: Id(2)] string? Place,
    [property: Id(3)] string Sentence,
    [property: Id(4)] ImmutableDictionary<string, string> Values
);

/// <summary>What an import stored.</summary>
/// <param name="Code">Null where it was stored, else a stable code: <c>conference.exists</c>, or <c>conference.booking</c> where it moves
/// what rosters have yet to book.</param>
/// <param name="Draft">It went into the draft, which nobody sees before it is published.</param>
/// <param name="Moved">How many sessions people will be told have another time or room; those that a roster has yet to move are among
/// them.</param>
/// <param name="Cancelled">How many sessions people will be told are cancelled.</param>
/// <param name="Corrected">How many sessions keep their time of day in a corrected zone: nobody is told that they moved.</param>
/// <param name="ZoneBefore">IANA; null where the zone stays the same.</param>
[GenerateSerializer, Immutable, Alias("hub.ImportOutcome")]
public sealed record ImportOutcome(
    [property: Id(0)] int Added,
    [property: Id(1)] int Updated,
    [property: Id(2)] int Removed,
    [property: Id(3)] long Version,
    [property: Id(4)] string? Code = null,
    [property: Id(5)] bool Draft = false,
    [property: Id(6)] int Moved = 0,
    [property: Id(7)] int Cancelled = 0,
    [property: Id(8)] int Corrected = 0,
    [property: Id(9)] string? ZoneBefore = null
);

/// <param name="Sessions">How many there are.</param>
[GenerateSerializer, Immutable, Alias("hub.ConferenceSummary")]
public sealed record ConferenceSummary(
    [property: Id(0)] ConferenceId Id,
    [property: Id(1)] string Title,
    [property: Id(2)] string TimeZone,
    [property: Id(3)] DateOnly? FirstDay,
    [property: Id(4)] DateOnly? LastDay,
    [property: Id(5)] int Sessions
);
