using System.Collections.Immutable;
using ConsultHub.Conferences.Releases;
using ConsultHub.Rostering;

namespace ConsultHub.Conferences;

/// <summary>A change of a conference. The conference's journal stores it.</summary>
[GenerateSerializer, Immutable, Alias("hub.ConferenceEvent")]
internal abstract record ConferenceEvent;

/// <summary>A programme was imported, or a draft was published. The event holds only the parts that changed.</summary>
/// <param name="Header">The new header. Null if the header did not change.</param>
/// <param name="Places">New values of <see cref="ConferenceState.FilePlaces"/>.</param>
/// <param name="Tasks">Commands to the rosters that have booked changed or removed sessions.</param>
/// <param name="Corrections">
///     The new starts of booked sessions after the conference's time zone was corrected. The sessions keep their local time. Rosters are
///     asked to use these starts.
/// </param>
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

/// <summary>A session changed, because a person moved it or because a roster reported a booking, a change or a refusal.</summary>
[GenerateSerializer, Immutable, Alias("hub.SessionChanged")]
internal sealed record SessionChanged([property: Id(0)] ConferenceSession Session) : ConferenceEvent;

/// <summary>A command for a roster was added to the conference's tasks.</summary>
[GenerateSerializer, Immutable, Alias("hub.RosterTasked")]
internal sealed record RosterTasked([property: Id(0)] RosterTask Task) : ConferenceEvent;

/// <summary>A roster has decided one of the conference's tasks.</summary>
/// <param name="Codes">The reasons for which the roster refused the task. Empty if it did the task or if nothing was left to do.</param>
/// <param name="Moving">
///     Whether the engagement is being handed over to the roster of another week. That roster can still refuse the engagement.
/// </param>
[GenerateSerializer, Immutable, Alias("hub.RosterTaskDone")]
internal sealed record RosterTaskDone(
    [property: Id(0)] Guid CommandId,
    [property: Id(1)] SessionId Session,
    [property: Id(2)] ImmutableArray<string> Codes,
    [property: Id(3)] bool Moving = false
) : ConferenceEvent;

/// <summary>Coordinators began to work on the next release. The draft begins as a copy of the programme.</summary>
[GenerateSerializer, Immutable, Alias("hub.DraftStarted")]
internal sealed record DraftStarted([property: Id(0)] DraftHead Head, [property: Id(1)] ImmutableArray<ConferenceSession> Sessions)
    : ConferenceEvent;

/// <summary>The draft was edited by hand or by an imported file. The event holds only the parts that changed.</summary>
[GenerateSerializer, Immutable, Alias("hub.DraftEdited")]
internal sealed record DraftEdited(
    [property: Id(0)] Conference? Header,
    [property: Id(1)] ImmutableArray<ConferenceSession> Sessions,
    [property: Id(2)] ImmutableArray<SessionId> Removed,
    [property: Id(3)] ImportOutcome? Import = null
) : ConferenceEvent;

/// <summary>The draft was dropped, or it was published.</summary>
[GenerateSerializer, Immutable, Alias("hub.DraftEnded")]
internal sealed record DraftEnded : ConferenceEvent;

/// <summary>The draft was published. The <see cref="ProgrammeImported"/> event that follows holds the changes.</summary>
/// <param name="Waiting">
///     Sessions about which rosters have not decided yet. The array is <c>default</c> in entries that earlier versions of the software
///     stored, because those versions did not wait for rosters.
/// </param>
[GenerateSerializer, Immutable, Alias("hub.Released")]
internal sealed record Released([property: Id(0)] Release Release, [property: Id(1)] ImmutableArray<SessionId> Waiting = default)
    : ConferenceEvent;

/// <summary>Rosters have decided about all sessions for which a release was waiting. People are now told what was booked.</summary>
/// <param name="Refused">How many sessions the rosters refused.</param>
[GenerateSerializer, Immutable, Alias("hub.ReleaseSettled")]
internal sealed record ReleaseSettled([property: Id(0)] int Number, [property: Id(1)] int Refused) : ConferenceEvent;

/// <summary>A person set whether people who are not signed in may read the programme.</summary>
[GenerateSerializer, Immutable, Alias("hub.PublicSet")]
internal sealed record PublicSet([property: Id(0)] bool Public) : ConferenceEvent;

/// <summary>A person set whether, until when and how many people may register themselves.</summary>
[GenerateSerializer, Immutable, Alias("hub.SelfRegistrationSet")]
internal sealed record SelfRegistrationSet(
    [property: Id(0)] bool Open,
    [property: Id(1)] DateTimeOffset? Until = null,
    [property: Id(2)] int? Most = null
) : ConferenceEvent;

/// <summary>Somebody has taken a place of the registration, or has given it back.</summary>
[GenerateSerializer, Immutable, Alias("hub.RegistrationSet")]
internal sealed record RegistrationSet([property: Id(0)] PersonId Person, [property: Id(1)] bool Taken) : ConferenceEvent;

/// <summary>The conference was deleted with its sessions and its draft. Nothing of it had been released or attended.</summary>
/// <param name="Tasks">Commands that cancel the engagements of its sessions.</param>
[GenerateSerializer, Immutable, Alias("hub.ConferenceDeleted")]
internal sealed record ConferenceDeleted([property: Id(0)] ImmutableArray<RosterTask> Tasks) : ConferenceEvent;

/// <summary>A command to the roster that has booked a session. It is kept until the roster has decided it.</summary>
[GenerateSerializer, Immutable, Alias("hub.RosterTask")]
internal sealed record RosterTask(
    [property: Id(0)] SessionId Session,
    [property: Id(1)] Week Week,
    [property: Id(2)] RosterCommand Command
);

/// <summary>
/// The time and room that an imported file gives for a session. They are stored if the session has moved since the import, or if a roster
/// decides about its moves. Another import of the same file then does not undo a move.
/// </summary>
/// <param name="Place">Null if the session is at the time and in the room that the file gives.</param>
[GenerateSerializer, Immutable, Alias("hub.FilePlace")]
internal sealed record FilePlace([property: Id(0)] SessionId Session, [property: Id(1)] SessionPlace? Place);

/// <summary>The time and room of a session, and whether the session is cancelled.</summary>
[GenerateSerializer, Immutable, Alias("hub.SessionPlace")]
internal sealed record SessionPlace(
    [property: Id(0)] DateTimeOffset? Start,
    [property: Id(1)] TimeSpan Duration,
    [property: Id(2)] string Room,
    [property: Id(3)] bool Cancelled = false
)
{
    public static SessionPlace Of(ConferenceSession session) => new(session.Start, session.Duration, session.Room, session.Cancelled);

    /// <summary>Whether the other place has the same start, duration and room.</summary>
    public bool IsAt(SessionPlace other) => this with { Cancelled = other.Cancelled } == other;
}
