using System.Collections.Immutable;
using System.Text.Json.Serialization;
using ConsultHub.Conferences.Edits;
using ConsultHub.Conferences.Releases;
using ConsultHub.Live;
using ConsultHub.Records;
using ConsultHub.Rostering;

namespace ConsultHub.Conferences;

/// <summary>One conference and its sessions, in the conference's own time zone. Key: the conference.</summary>
[Alias("hub.IConferenceGrain")]
public interface IConferenceGrain : ILiveAuthority, IRecordTarget
{
    [Alias("Get")]
    Task<Conference?> GetAsync();

    [Alias("GetSession")]
    Task<ConferenceSession?> GetSessionAsync(SessionId session);

    /// <summary>Returns the whole programme as it is now. Null if there is no such conference.</summary>
    [Alias("Read")]
    Task<Programme?> ReadAsync();

    /// <summary>Returns the data that a list of conferences shows. Null if there is no such conference.</summary>
    [Alias("Summary")]
    Task<ConferenceSummary?> SummaryAsync();

    /// <summary>
    /// Stores an imported programme, completely or not at all. The import creates the conference, or updates its sessions. If there is a
    /// draft, the import changes the draft. A session is found by its guid, or by its id if there is no guid.
    /// </summary>
    /// <param name="create">
    ///     True if the conference must not exist yet. If it exists, nothing is stored and the outcome has the code
    ///     <c>conference.exists</c>.
    /// </param>
    [Alias("Import")]
    Task<ImportOutcome> ImportAsync(Actor actor, Guid commandId, Programme programme, bool create = false);

    /// <summary>Returns the outcome that an import would have. Nothing is stored.</summary>
    [Alias("Preview")]
    Task<ImportOutcome> PreviewAsync(Programme programme);

    /// <summary>
    /// Moves a session. If a roster has booked the session, the roster decides and the session gets the roster's values. The answer comes
    /// after everything is stored.
    /// </summary>
    [Alias("Move")]
    Task<SessionReply> MoveAsync(Actor actor, MoveSession command);

    /// <summary>Checks a move without making it, by the rules of <see cref="MoveAsync"/>. Null if there is no such session.</summary>
    /// <param name="actor">
    ///     The person who wants to move the session. Null if the web node that calls runs an earlier version of the software.
    /// </param>
    [Alias("CheckMove")]
    Task<SessionCheck?> CheckMoveAsync(MoveSession command, Actor? actor = null);

    /// <summary>
    /// Checks a time and a room for a session of the draft. Returns the sessions that it would overlap, and the reasons for which rosters
    /// would refuse it. Null if there is no draft.
    /// </summary>
    /// <param name="session">Null for a new session.</param>
    [Alias("CheckDraft")]
    Task<SessionCheck?> CheckDraftAsync(
        SessionId? session,
        DateTimeOffset start,
        TimeSpan duration,
        string room,
        ImmutableArray<Speaker> speakers
    );

    /// <summary>
    /// Begins a draft of the next release. Until the draft is published or dropped, imports change the draft and not the programme.
    /// </summary>
    [Alias("StartDraft")]
    Task<DraftReply> StartDraftAsync(Actor actor, Guid commandId);

    [Alias("EditDraft")]
    Task<DraftReply> EditDraftAsync(Actor actor, EditDraft command);

    [Alias("DropDraft")]
    Task<DraftReply> DropDraftAsync(Actor actor, Guid commandId);

    /// <summary>Returns the draft as it is now. Null if there is no draft.</summary>
    [Alias("ReadDraft")]
    Task<Programme?> ReadDraftAsync();

    /// <summary>Returns the changes that publishing the draft would make to the programme. Null if there is no draft.</summary>
    [Alias("DraftChanges")]
    Task<ImmutableArray<SessionDifference>?> DraftChangesAsync();

    /// <summary>
    /// Makes the draft the next release. The programme takes over the changes of the draft. A move that was made in the programme meanwhile
    /// stays, unless the draft changed the time or room of the same session. Rosters then decide about changed and new bookings. If a
    /// roster refuses a change, the session stays as it was. If a roster refuses a new session, the session stays in the programme without
    /// a booking. When rosters have decided about all these sessions, the release is stored as it was booked, and each person concerned
    /// gets one notice, except the person who published.
    /// </summary>
    [Alias("Publish")]
    Task<DraftReply> PublishAsync(Actor actor, Guid commandId, string? note);

    /// <summary>Returns the releases, oldest first.</summary>
    [Alias("Releases")]
    Task<ImmutableArray<Release>> ReleasesAsync();

    /// <summary>Sets whether people who are not signed in may read the programme. False if there is no such conference.</summary>
    [Alias("SetPublic")]
    Task<bool> SetPublicAsync(Actor actor, bool isPublic);

    /// <summary>Sets how people may register themselves. False if there is no such conference.</summary>
    [Alias("SetRegistration")]
    Task<bool> SetRegistrationAsync(Actor actor, RegistrationTerms terms);

    /// <summary>
    /// Takes a place for a person who registers, and returns the state of registration. The person has a place if the state is
    /// <see cref="RegistrationState.Open"/>. A person takes one place, however often the person registers. The number of people never rises
    /// above the limit, however many register at once.
    /// </summary>
    /// <param name="ofNetwork">Whether the person belongs to the conference's network.</param>
    [Alias("TakeRegistration")]
    Task<RegistrationState> TakeRegistrationAsync(PersonId person, bool ofNetwork);

    /// <summary>
    /// Gives a person's place back, because the registration was taken back or the person did not get the role. Without a place, nothing
    /// changes.
    /// </summary>
    [Alias("GiveRegistrationBack")]
    Task GiveRegistrationBackAsync(PersonId person);

    /// <summary>
    /// Creates, edits, withdraws or deletes the conference. If there is a draft, an edit changes the draft; a withdrawal and a deletion end
    /// it. A preview stores nothing and says what the edit leads to.
    /// </summary>
    [Alias("EditConference")]
    Task<EditReply> EditConferenceAsync(Actor actor, EditConference command);

    /// <summary>
    /// Creates, edits, withdraws or deletes a session. If there is a draft, the edit changes the draft. If a roster has booked the session,
    /// the answer comes after the roster has decided.
    /// </summary>
    [Alias("EditSession")]
    Task<EditReply> EditSessionAsync(Actor actor, EditSession command);

    /// <summary>Returns the conference, and a session if one is named, as an edit would find them: in the draft, if there is one.</summary>
    [Alias("ReadEdited")]
    Task<EditReply> ReadEditedAsync(SessionId? session);
}

/// <summary>A request to move a session.</summary>
/// <param name="Start">UTC.</param>
/// <param name="ExpectedVersion">The version of the session that the person saw.</param>
/// <param name="Reason">Overrides the warnings of the roster that has booked the session.</param>
[GenerateSerializer, Immutable, Alias("hub.MoveSession")]
public sealed record MoveSession(
    [property: Id(0)] Guid CommandId,
    [property: Id(1)] SessionId Session,
    [property: Id(2)] DateTimeOffset Start,
    [property: Id(3)] TimeSpan Duration,
    [property: Id(4)] string Room,
    [property: Id(5)] long? ExpectedVersion,
    [property: Id(6)] string? Reason = null
);

/// <summary>The answer to a move.</summary>
/// <param name="Code">
///     Null if the session was moved. Otherwise a stable code such as <c>session.stale</c>, <c>session.booked</c> or
///     <c>session.unknown</c>.
/// </param>
/// <param name="ByRoster">The roster's refusal, if the roster that has booked the session refused the move.</param>
[GenerateSerializer, Immutable, Alias("hub.SessionReply")]
public sealed record SessionReply(
    [property: Id(0)] string? Code,
    [property: Id(1)] string? Message,
    [property: Id(2)] ConferenceSession? Session,
    [property: Id(3)] Refused? ByRoster = null
)
{
    /// <summary>Null if the session was moved.</summary>
    [JsonIgnore]
    public Refusal? Refusal => ByRoster?.Refusal ?? (Refusal.Of(Code, Message) is { } refusal ? refusal with { Current = Session } : null);
}

/// <summary>The result of checking a time and a room for a session.</summary>
/// <param name="Findings">
///     The reasons against the time and room. A finding with <see cref="Finding.Overridable"/> can be overridden by giving a reason.
/// </param>
/// <param name="NotBooked">
///     The reasons for which a roster would refuse the session at this time in this room. They do not prevent a move, or a change of the
///     draft.
/// </param>
/// <param name="Overlaps">
///     Sessions that take place at the same time in the same room or with the same speaker. They are shown for information and do not
///     prevent the move.
/// </param>
[GenerateSerializer, Immutable, Alias("hub.SessionCheck")]
public sealed record SessionCheck(
    [property: Id(0)] ImmutableArray<Finding> Findings,
    [property: Id(1)] ImmutableArray<Finding> NotBooked,
    [property: Id(2)] ImmutableArray<SessionOverlap> Overlaps
)
{
    /// <summary>Leaves out the overlaps with engagements that a finding names already.</summary>
    internal SessionCheck WithoutRepeats() =>
        this with
        {
            Overlaps = Overlaps.RemoveAll(o =>
                o.Engagement is { } engagement && Findings.AddRange(NotBooked).Any(f => f.ConflictsWith == engagement)
            ),
        };
}

/// <summary>A session that overlaps the checked session.</summary>
/// <param name="Code"><c>session.room-overlap</c> or <c>session.speaker-overlap</c>.</param>
/// <param name="What">The name of the room or the speaker that both sessions have.</param>
/// <param name="Engagement">The engagement of the overlapping session. Null if it has none.</param>
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

/// <summary>
/// A programme: the conference's header and its sessions. If it was read from a file, it also has warnings about odd content in the file.
/// </summary>
[GenerateSerializer, Immutable, Alias("hub.Programme")]
public sealed record Programme(
    [property: Id(0)] Conference Conference,
    [property: Id(1)] ImmutableArray<ConferenceSession> Sessions,
    [property: Id(2)] ImmutableArray<ImportWarning> Warnings
)
{
    /// <summary>
    /// Returns the programme with another conference id. Session ids that begin with the old conference id then begin with the new one.
    /// Two conferences that are imported from the same file therefore have different session ids.
    /// </summary>
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

/// <summary>A warning about odd content in a file. The file was imported anyway.</summary>
/// <param name="Code">Stable, such as <c>import.duplicate-id</c> or <c>import.room-overlap</c>.</param>
/// <param name="Message">In English.</param>
/// <param name="Place">
///     The place in the file, such as <c>line 5</c>. It can continue with <c>, column 8</c>, <c>, byte 8</c> or <c>, event 7</c>, where 7
///     is the event's id. In JSON files, the place can be a JSON path that begins with <c>$</c>. Clients translate the words.
/// </param>
/// <param name="Sentence">The stable name of the sentence. It begins with the code. A code can have several sentences.</param>
/// <param name="Values">
///     The values that the sentence contains, by name. Numbers and dates (ISO 8601) are in the invariant culture. Most other values are
///     texts from the file. If a sentence is reported once for many places, <c>places</c> is the number of these places.
/// </param>
[GenerateSerializer, Immutable, Alias("hub.ImportWarning")]
public sealed record ImportWarning(
    [property: Id(0)] string Code,
    [property: Id(1)] string Message,
    [property: Id(2)] string? Place,
    [property: Id(3)] string Sentence,
    [property: Id(4)] ImmutableDictionary<string, string> Values
);

/// <summary>The result of an import.</summary>
/// <param name="Code">
///     Null if the import was stored. Otherwise a stable code: <c>conference.exists</c>, or <c>conference.booking</c> if the file moves
///     sessions that rosters are still booking.
/// </param>
/// <param name="Draft">Whether the import changed the draft, which only coordinators see before it is published.</param>
/// <param name="Moved">
///     The number of sessions that move to a new time or room. People will be told about these moves. Moves that a roster still has to
///     decide are included.
/// </param>
/// <param name="Cancelled">The number of sessions that are now cancelled. People will be told about these cancellations.</param>
/// <param name="Corrected">
///     The number of sessions that keep their local time in a corrected time zone. Nobody is told about these sessions.
/// </param>
/// <param name="ZoneBefore">The IANA zone before the import. Null if the zone stays the same.</param>
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
)
{
    /// <summary>Null if the import was stored.</summary>
    [JsonIgnore]
    public Refusal? Refusal => Refusal.Of(Code);
}

/// <summary>The data about one conference that a list of conferences shows.</summary>
/// <param name="Sessions">The number of sessions.</param>
[GenerateSerializer, Immutable, Alias("hub.ConferenceSummary")]
public sealed record ConferenceSummary(
    [property: Id(0)] ConferenceId Id,
    [property: Id(1)] string Title,
    [property: Id(2)] string TimeZone,
    [property: Id(3)] DateOnly? FirstDay,
    [property: Id(4)] DateOnly? LastDay,
    [property: Id(5)] int Sessions,
    [property: Id(6)] string? TitleAr = null,
    [property: Id(7)] string? TitleKo = null,
    [property: Id(8)] bool Withdrawn = false
);
