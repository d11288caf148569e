using System.Collections.Immutable;
using ConsultHub.Live;

namespace ConsultHub.Lectures;

/// <summary>
/// The stage of a lecture: green room → live ⇄ break → ended. A lecture can end while it is live or during a break. No stage follows ended.
/// </summary>
public enum LectureStage
{
    GreenRoom,
    Live,
    Break,
    Ended,
}

/// <summary>A role decides what a person may do in one lecture. Everybody who is signed in is an attendee.</summary>
public enum LectureRole
{
    Attendee,
    Speaker,
    Captioner,
    Moderator,
    Host,
}

/// <summary>
/// The live side of a session: who is on air and what is shown. Its questions, polls and captions are separate topic items.
/// </summary>
[GenerateSerializer, Immutable, Alias("hub.Lecture")]
[JsonTypeName("lecture")]
public sealed record Lecture : TopicItem
{
    /// <summary>How many streams can be on air at once, at most.</summary>
    public const int MostOnAir = 4;

    public override string Key => $"lecture/{Session}";

    [Id(0)]
    public required SessionId Session { get; init; }

    [Id(1)]
    public required ConferenceId Conference { get; init; }

    /// <summary>The network of the conference. Null if the conference belongs to none.</summary>
    [Id(2)]
    public NetworkId? Network { get; init; }

    [Id(3)]
    public required string Title { get; init; }

    /// <summary>IANA zone of the conference.</summary>
    [Id(4)]
    public required string TimeZone { get; init; }

    /// <summary>UTC, from the programme. Null if the session has no time.</summary>
    [Id(5)]
    public DateTimeOffset? ScheduledStart { get; init; }

    [Id(6)]
    public TimeSpan ScheduledDuration { get; init; }

    /// <summary>The name of the session's room, from the programme.</summary>
    [Id(7)]
    public string Room { get; init; } = "";

    /// <summary>The language of the talk, from the programme.</summary>
    [Id(8)]
    public string? Language { get; init; }

    /// <summary>The speakers in the order of the programme. A guest has no person id.</summary>
    [Id(9)]
    public ImmutableArray<LectureSpeaker> Speakers { get; init; } = [];

    [Id(10)]
    public LectureStage Stage { get; init; }

    /// <summary>When the stage last changed, UTC.</summary>
    [Id(11)]
    public DateTimeOffset StageSince { get; init; }

    /// <summary>When the lecture first went live, UTC.</summary>
    [Id(12)]
    public DateTimeOffset? StartedAt { get; init; }

    [Id(13)]
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>The streams on air, in the order in which they went on air. In the green room only the crew sees them.</summary>
    [Id(14)]
    public ImmutableArray<OnAir> OnAir { get; init; } = [];

    /// <summary>
    /// People who were given a role in this lecture, in addition to those who have a role from the programme or the network.
    /// </summary>
    [Id(15)]
    public ImmutableArray<CrewMember> Crew { get; init; } = [];

    [Id(16)]
    public SlideDeck? Slides { get; init; }

    /// <summary>The page that is shown, from 1. It is 0 if there are no slides.</summary>
    [Id(17)]
    public int Page { get; init; }

    /// <summary>The languages in which captions are written, such as <c>en</c> and <c>ko</c>.</summary>
    [Id(18)]
    public ImmutableArray<string> CaptionLanguages { get; init; } = [];

    /// <summary>A host's request to record the lecture. If it is null, nothing is recorded.</summary>
    [Id(19)]
    public RecordingConsent? Recording { get; init; }

    /// <summary>The instant at which the time in the recording is zero, UTC. Captions and slides are synchronised with it.</summary>
    [Id(20)]
    public DateTimeOffset? RecordedFrom { get; init; }

    /// <summary>The number of the question that is shown large, also on the room's display.</summary>
    [Id(21)]
    public int? Featured { get; init; }

    /// <summary>
    /// The speakers' own answers about being recorded, one for each person. A person without an agreement is not recorded.
    /// </summary>
    [Id(22)]
    public ImmutableArray<RecordingAgreement> Agreements { get; init; } = [];

    /// <summary>Whether the hub records the stream of this person while the stage is live.</summary>
    public bool Records(PersonId person) => Recording is not null && Agreements.Any(a => a.Person == person && a.Agrees);

    /// <summary>Whether this person has refused to be recorded. If so, existing recordings of the person are deleted.</summary>
    public bool HasRefused(PersonId person) => Agreements.Any(a => a.Person == person && !a.Agrees);

    /// <summary>Returns the lecture as attendees see it. In the green room only the crew may know who is there.</summary>
    public Lecture ForAttendees() => Stage == LectureStage.GreenRoom ? this with { OnAir = [], Crew = [], Agreements = [] } : this;
}

/// <summary>A speaker of a lecture.</summary>
/// <param name="Name">The name in the programme.</param>
/// <param name="Person">Null for a guest.</param>
/// <param name="Known">The name in the consultant's profile. Null for a guest.</param>
[GenerateSerializer, Immutable, Alias("hub.LectureSpeaker")]
public sealed record LectureSpeaker(
    [property: Id(0)] string Name,
    [property: Id(1)] PersonId? Person,
    [property: Id(2)] LocalName? Known = null
);

/// <summary>One stream that is on air.</summary>
/// <param name="Stream">The name of the stream. The stream has a new name each time a person goes on air.</param>
/// <param name="Since">UTC.</param>
/// <param name="Node">The web node that receives the stream. If this node falls silent, its streams go off air.</param>
/// <param name="HandsOverTo">
///     The person who was asked to take over. This stream goes off air at the moment when the stream of that person goes on air.
/// </param>
[GenerateSerializer, Immutable, Alias("hub.OnAir")]
public sealed record OnAir(
    [property: Id(0)] PersonId Person,
    [property: Id(1)] LocalName Name,
    [property: Id(2)] string Stream,
    [property: Id(3)] DateTimeOffset Since,
    [property: Id(4)] string Node,
    [property: Id(5)] PersonId? HandsOverTo = null
);

/// <summary>A person with a role in a lecture.</summary>
/// <param name="Role">Not <see cref="LectureRole.Attendee"/>.</param>
[GenerateSerializer, Immutable, Alias("hub.CrewMember")]
public sealed record CrewMember([property: Id(0)] PersonId Person, [property: Id(1)] LocalName Name, [property: Id(2)] LectureRole Role);

/// <summary>The slides of a lecture.</summary>
/// <param name="Id">The name of the stored file.</param>
/// <param name="Name">The name of the uploaded file.</param>
[GenerateSerializer, Immutable, Alias("hub.SlideDeck")]
public sealed record SlideDeck([property: Id(0)] Guid Id, [property: Id(1)] string Name, [property: Id(2)] int Pages);

/// <summary>A host wants to record the lecture. Only speakers who agree are recorded. See <see cref="RecordingAgreement"/>.</summary>
/// <param name="By">The host who wants the recording.</param>
/// <param name="Days">How many days the recording is kept after the end.</param>
[GenerateSerializer, Immutable, Alias("hub.RecordingConsent")]
public sealed record RecordingConsent([property: Id(0)] PersonId By, [property: Id(1)] DateTimeOffset At, [property: Id(2)] int Days);

/// <summary>A speaker's own answer about being recorded.</summary>
/// <param name="Agrees">False if the speaker has refused or has withdrawn an agreement.</param>
/// <param name="At">UTC.</param>
[GenerateSerializer, Immutable, Alias("hub.RecordingAgreement")]
public sealed record RecordingAgreement(
    [property: Id(0)] PersonId Person,
    [property: Id(1)] bool Agrees,
    [property: Id(2)] DateTimeOffset At
);
