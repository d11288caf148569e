using System.Collections.Immutable;
using ConsultHub.Conferences.Releases;
using ConsultHub.Rostering;

namespace ConsultHub.Conferences;

/// <summary>What happened to a conference.</summary>
[GenerateSerializer, Immutable, Alias("hub.ConferenceEvent")]
internal abstract record ConferenceEvent;

/// <summary>A programme was imported. Only what changed is in it.</summary>
/// <param name="Header">Null where it stayed as it was.</param>
/// <param name="Places">What the file says of sessions that stand elsewhere.</param>
/// <param name="Tasks">What rosters have to be told about engagements they have booked.</param>
/// <param name="Corrections">Where rosters are asked to put sessions whose time of day stays the same in a corrected zone.</param>
[GenerateSerializer, Immutable, Alias("hub.ProgrammeImported")]
internal sealed record ProgrammeImported(
    [property: Id(0)] Conference? Header,
    [property: Id(1)] ImmutableArray<ConferenceSession> Sessions,
    [property: Id(2)] ImmutableArray<SessionId> Removed,
    [property: Id(3)] ImmutableArray<FilePlace> Places,
    [property: Id(4)] ImmutableArray<RosterTask> Tasks,
    [property: Id(5)] ImportOutcome Outcome,
    [property: Id(6)] ImmutableDictionary<SessionId, DateTimeOffset>? Corrections = null
) : ConferenceEvent;

/// <summary>A person moved a session, or the roster that has booked it did or said something of it.</summary>
[GenerateSerializer, Immutable, Alias("hub.SessionChanged")]
internal sealed record SessionChanged([property: Id(0)] ConferenceSession Session) : ConferenceEvent;

/// <summary>A roster has to be told something.</summary>
[GenerateSerializer, Immutable, Alias("hub.RosterTasked")]
internal sealed record RosterTasked([property: Id(0)] RosterTask Task) : ConferenceEvent;

/// <summary>The roster has decided what it was told; the codes say why where it refused.</summary>
/// <param name="Moving">The engagement is being handed over to another week, which may still refuse it.</param>
[GenerateSerializer, Immutable, Alias("hub.RosterTaskDone")]
internal sealed record RosterTaskDone(
    [property: Id(0)] Guid CommandId,
    [property: Id(1)] SessionId Session,
    [property: Id(2)] ImmutableArray<string> Codes,
    [property: Id(3)] bool Moving = false
) : ConferenceEvent;

/// <summary>Coordinators began to work on the next release, from the programme as it stood.</summary>
[GenerateSerializer, Immutable, Alias("hub.DraftStarted")]
internal sealed record DraftStarted([property: Id(0)] DraftHead Head, [property: Id(1)] ImmutableArray<ConferenceSession> Sessions)
    : ConferenceEvent;

/// <summary>The draft was edited, by hand or by a file. Only what changed is in it.</summary>
[GenerateSerializer, Immutable, Alias("hub.DraftEdited")]
internal sealed record DraftEdited(
    [property: Id(0)] Conference? Header,
    [property: Id(1)] ImmutableArray<ConferenceSession> Sessions,
    [property: Id(2)] ImmutableArray<SessionId> Removed,
    [property: Id(3)] ImportOutcome? Import = null
) : ConferenceEvent;

/// <summary>The draft was given up, or has become a release.</summary>
[GenerateSerializer, Immutable, Alias("hub.DraftEnded")]
internal sealed record DraftEnded : ConferenceEvent;

/// <summary>The draft was published; the import after it says what that changed.</summary>
/// <param name="Waiting">Sessions that rosters have yet to decide about. Default in entries of earlier versions, which waited for
/// nothing.</param>
[GenerateSerializer, Immutable, Alias("hub.Released")]
internal sealed record Released([property: Id(0)] Release Release, [property: Id(1)] ImmutableArray<SessionId> Waiting = default)
    : ConferenceEvent;

/// <summary>Rosters have decided about every session of a release, and people are told of what was booked.</summary>
/// <param name="Refused">How many sessions rosters refused.</param>
[GenerateSerializer, Immutable, Alias("hub.ReleaseSettled")]
internal sealed record ReleaseSettled([property: Id(0)] int Number, [property: Id(1)] int Refused) : ConferenceEvent;

/// <summary>People without a session may read it, or no longer.</summary>
[GenerateSerializer, Immutable, Alias("hub.PublicSet")]
internal sealed record PublicSet([property: Id(0)] bool Public) : ConferenceEvent;

/// <summary>A command to the roster that has booked a session, given on behalf of an import until it is decided.</summary>
[GenerateSerializer, Immutable, Alias("hub.RosterTask")]
internal sealed record RosterTask(
    [property: Id(0)] SessionId Session,
    [property: Id(1)] Week Week,
    [property: Id(2)] RosterCommand Command
);

/// <summary>Where the imported file puts a session that stands elsewhere, so that importing it again does not take the move back.</summary>
/// <param name="Place">Null: where it stands.</param>
[GenerateSerializer, Immutable, Alias("hub.FilePlace")]
internal sealed record FilePlace([property: Id(0)] SessionId Session, [property: Id(1)] SessionPlace? Place);

/// <summary>When and where a session is, and whether it takes place.</summary>
[GenerateSerializer, Immutable, Alias("hub.SessionPlace")]
internal sealed record SessionPlace(
    [property: Id(0)] DateTimeOffset? Start,
    [property: Id(1)] TimeSpan Duration,
    [property: Id(2)] string Room,
    [property: Id(3)] bool Cancelled = false
)
{
    public static SessionPlace Of(ConferenceSession session) => new(session.Start, session.Duration, session.Room, session.Cancelled);

    /// <summary>Whether both are at the same time and in the same room.</summary>
    public bool IsAt(SessionPlace other) => this with { Cancelled = other.Cancelled } == other;
}
