using System.Collections.Immutable;
using ConsultHub.Live;

namespace ConsultHub.Lectures;

/// <summary>Where a lecture stands. Green room → live ⇄ break → ended; nothing leads out of ended.</summary>
public enum LectureStage
{
    GreenRoom,
    Live,
    Break,
    Ended,
}

/// <summary>What somebody may do in one lecture. Everybody signed in attends.</summary>
public enum LectureRole
{
    Attendee,
    Speaker,
    Captioner,
    Moderator,
    Host,
}

/// <summary>The live side of a session: who is on air, what is shown. Its questions, polls and captions are items of their own.</summary>
[GenerateSerializer, Immutable, Alias("hub.Lecture")]
[JsonTypeName("lecture")]
public sealed record Lecture : TopicItem
{
    /// <summary>Streams that may be on air at once.</summary>
    public const int MostOnAir = 4;

    public override string Key => $"lecture/{Session}";

    [Id(0)]
    public required SessionId Session { get; init; }

    [Id(1)]
    public required ConferenceId Conference { get; init; }

    /// <summary>The conference's; null where it belongs to none.</summary>
    [Id(2)]
    public NetworkId? Network { get; init; }

    [Id(3)]
    public required string Title { get; init; }

    /// <summary>IANA zone of the conference.</summary>
    [Id(4)]
    public required string TimeZone { get; init; }

    /// <summary>UTC, as the programme has it; null where the session has no time.</summary>
    [Id(5)]
    public DateTimeOffset? ScheduledStart { get; init; }

    [Id(6)]
    public TimeSpan ScheduledDuration { get; init; }

    /// <summary>As the programme names it; where the picture is taken.</summary>
    [Id(7)]
    public string Room { get; init; } = "";

    /// <summary>Language of the talk, as the programme has it.</summary>
    [Id(8)]
    public string? Language { get; init; }

    /// <summary>As the programme names them, in its order; guests have no person.</summary>
    [Id(9)]
    public ImmutableArray<LectureSpeaker> Speakers { get; init; } = [];

    [Id(10)]
    public LectureStage Stage { get; init; }

    /// <summary>When the stage changed last, UTC.</summary>
    [Id(11)]
    public DateTimeOffset StageSince { get; init; }

    /// <summary>When it went live first, UTC.</summary>
    [Id(12)]
    public DateTimeOffset? StartedAt { get; init; }

    [Id(13)]
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Streams on air, the longest first. In the green room the crew alone sees them.</summary>
    [Id(14)]
    public ImmutableArray<OnAir> OnAir { get; init; } = [];

    /// <summary>Who was given a role in this lecture, besides those who have one by the programme or the network.</summary>
    [Id(15)]
    public ImmutableArray<CrewMember> Crew { get; init; } = [];

    [Id(16)]
    public SlideDeck? Slides { get; init; }

    /// <summary>The page that is shown, from 1; 0 without slides.</summary>
    [Id(17)]
    public int Page { get; init; }

    /// <summary>Languages in which captions are written, such as <c>en</c>, <c>ko</c>.</summary>
    [Id(18)]
    public ImmutableArray<string> CaptionLanguages { get; init; } = [];

    /// <summary>Whether a host wants it recorded; null: nothing of it is kept.</summary>
    [Id(19)]
    public RecordingConsent? Recording { get; init; }

    /// <summary>The instant at which the recording's time is zero, UTC; captions and slides in step count from it.</summary>
    [Id(20)]
    public DateTimeOffset? RecordedFrom { get; init; }

    /// <summary>The question that is shown large, on the room's display too.</summary>
    [Id(21)]
    public int? Featured { get; init; }

    /// <summary>What speakers have said themselves about being recorded: one answer a person. Who has not agreed is not recorded.</summary>
    [Id(22)]
    public ImmutableArray<RecordingAgreement> Agreements { get; init; } = [];

    /// <summary>Whether what this person sends is recorded while the stage is live.</summary>
    public bool Records(PersonId person) => Recording is not null && Agreements.Any(a => a.Person == person && a.Agrees);

    /// <summary>Whether this person has said no: what was recorded of them goes too.</summary>
    public bool HasRefused(PersonId person) => Agreements.Any(a => a.Person == person && !a.Agrees);

    /// <summary>As those see it who only attend: before the room opens, who is backstage is the crew's to know.</summary>
    public Lecture ForAttendees() => Stage == LectureStage.GreenRoom ? this with { OnAir = [], Crew = [], Agreements = [] } : this;
}

/// <param name="Name">As the programme has it.</param>
/// <param name="Person">Null for a guest.</param>
/// <param name="Known">As the hub knows them, in each script; null for a guest.</param>
[GenerateSerializer, Immutable, Alias("hub.LectureSpeaker")]
public sealed record LectureSpeaker(
    [property: Id(0)] string Name,
    [property: Id(1)] PersonId? Person,
    [property: Id(2)] LocalName? Known = null
);

/// <summary>One stream on air.</summary>
/// <param name="Stream">Chosen by the publisher, once for each time that it goes on air.</param>
/// <param name="Since">UTC.</param>
/// <param name="Node">The web node that takes the stream; where nothing is heard of it any more, its streams go off air.</param>
/// <param name="HandsOverTo">Who was asked to take over: this stream goes off air in the moment that theirs goes on.</param>
[GenerateSerializer, Immutable, Alias("hub.OnAir")]
public sealed record OnAir(
    [property: Id(0)] PersonId Person,
    [property: Id(1)] LocalName Name,
    [property: Id(2)] string Stream,
    [property: Id(3)] DateTimeOffset Since,
    [property: Id(4)] string Node,
    [property: Id(5)] PersonId? HandsOverTo = null
);

/// <param name="Role">Not <see cref="LectureRole.Attendee"/>.</param>
[GenerateSerializer, Immutable, Alias("hub.CrewMember")]
public sealed record CrewMember([property: Id(0)] PersonId Person, [property: Id(1)] LocalName Name, [property: Id(2)] LectureRole Role);

/// <param name="Id">Names the stored file.</param>
/// <param name="Name">The file's, as it was uploaded.</param>
[GenerateSerializer, Immutable, Alias("hub.SlideDeck")]
public sealed record SlideDeck([property: Id(0)] Guid Id, [property: Id(1)] string Name, [property: Id(2)] int Pages);

/// <summary>The lecture is to be recorded: those speakers who agree to it, see <see cref="RecordingAgreement"/>.</summary>
/// <param name="By">The host who wants it.</param>
/// <param name="Days">How long the recording is kept after the end.</param>
[GenerateSerializer, Immutable, Alias("hub.RecordingConsent")]
public sealed record RecordingConsent([property: Id(0)] PersonId By, [property: Id(1)] DateTimeOffset At, [property: Id(2)] int Days);

/// <summary>A speaker's own answer to being recorded.</summary>
/// <param name="Agrees">False: they have said no, or no longer.</param>
/// <param name="At">UTC.</param>
[GenerateSerializer, Immutable, Alias("hub.RecordingAgreement")]
public sealed record RecordingAgreement(
    [property: Id(0)] PersonId Person,
    [property: Id(1)] bool Agrees,
    [property: Id(2)] DateTimeOffset At
);
