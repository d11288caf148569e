using System.Collections.Immutable;
using ConsultHub.Live;

namespace ConsultHub.Lectures;

/// <summary>The live side of one session; the only writer of it. Key: the session.</summary>
[Alias("hub.ILectureGrain")]
public interface ILectureGrain : ILiveAuthority
{
    /// <summary>Null where nobody has opened the room yet.</summary>
    [Alias("Get")]
    Task<Lecture?> GetAsync();

    /// <summary>Decides a command and answers once the decision is stored.</summary>
    [Alias("Decide")]
    Task<LectureReply> DecideAsync(LectureCaller caller, LectureCommand command);

    /// <summary>Counts votes of many people as one decision, and answers once it is stored: a code in the place of each vote that was
    /// refused, null for the others.</summary>
    [Alias("Cast")]
    Task<ImmutableArray<string?>> CastAsync(ImmutableArray<Vote> votes);

    /// <summary>Said by each web node every few seconds while it has viewers or takes a stream: how many watch there and what they reacted
    /// since. A node that is silent for 20 s counts for nothing, and its streams go off air.</summary>
    /// <param name="node">Unique for each start of a web node.</param>
    [Alias("Report")]
    Task ReportAsync(string node, int viewers, ImmutableArray<ReactionCount> reactions);

    /// <summary>Every line in a language, in order; empty where there is none.</summary>
    [Alias("Captions")]
    Task<ImmutableArray<Caption>> CaptionsAsync(string language);

    /// <summary>What one person has asked and voted.</summary>
    [Alias("Mine")]
    Task<LectureMine> MineAsync(PersonId person);

    /// <summary>What was shown when, for watching again in step.</summary>
    [Alias("Timeline")]
    Task<LectureTimeline> TimelineAsync();

    /// <summary>What was shown from an instant to another, see <see cref="LectureReplay"/>.</summary>
    [Alias("Moments")]
    Task<LectureMoments> MomentsAsync(DateTimeOffset from, DateTimeOffset to);
}

/// <summary>Who asks something of a lecture, with the roles that the access table gives them in it.</summary>
/// <param name="Name">Shown where they ask or speak.</param>
[GenerateSerializer, Immutable, Alias("hub.LectureCaller")]
public sealed record LectureCaller(
    [property: Id(0)] Actor Actor,
    [property: Id(1)] LocalName Name,
    [property: Id(2)] ImmutableArray<LectureRole> Roles
)
{
    /// <summary>The hub itself, such as a relay whose publisher has vanished.</summary>
    public static LectureCaller System { get; } = new(Actor.System, new LocalName("Consult Hub"), [LectureRole.Host]);

    public bool Is(LectureRole role) => Roles.Contains(role);
}

[GenerateSerializer, Immutable, Alias("hub.LectureReply")]
public abstract record LectureReply;

/// <summary>Decided and stored.</summary>
/// <param name="Version">The lecture's version of the decision; null for votes and reactions, which are counted many at a time.</param>
/// <param name="Number">Of the question, poll or line that is new; a repeat does not say it again.</param>
[GenerateSerializer, Immutable, Alias("hub.LectureDone")]
public sealed record LectureDone([property: Id(0)] long? Version, [property: Id(1)] int? Number = null) : LectureReply;

/// <summary>Not decided; nothing was stored.</summary>
/// <param name="Code">Stable, such as <c>lecture.unknown</c>, <c>lecture.not-allowed</c>, <c>lecture.wrong-stage</c>; the client has its
/// sentence in every language.</param>
/// <param name="Message">An English sentence for logs and scripts.</param>
[GenerateSerializer, Immutable, Alias("hub.LectureRefused")]
public sealed record LectureRefused([property: Id(0)] string Code, [property: Id(1)] string Message) : LectureReply;

/// <summary>One person's vote, for a question or in a poll.</summary>
/// <param name="Command">A <see cref="VoteForQuestion"/> or a <see cref="VoteInPoll"/>.</param>
[GenerateSerializer, Immutable, Alias("hub.Vote")]
public sealed record Vote([property: Id(0)] PersonId Person, [property: Id(1)] LectureCommand Command);

[GenerateSerializer, Immutable, Alias("hub.ReactionCount")]
public readonly record struct ReactionCount([property: Id(0)] Reaction Reaction, [property: Id(1)] int Count);

/// <param name="Questions">Those the person asked that have not been dismissed, those that wait included.</param>
/// <param name="Votes">Questions voted for.</param>
/// <param name="Ballots">Polls that are open and voted in.</param>
[GenerateSerializer, Immutable, Alias("hub.LectureMine")]
public sealed record LectureMine(
    [property: Id(0)] ImmutableArray<Question> Questions,
    [property: Id(1)] ImmutableArray<int> Votes,
    [property: Id(2)] ImmutableArray<MyBallot> Ballots,
    [property: Id(3)] bool HandRaised
);

[GenerateSerializer, Immutable, Alias("hub.MyBallot")]
public sealed record MyBallot([property: Id(0)] int Poll, [property: Id(1)] ImmutableArray<int> Choices);

/// <summary>Instants are UTC, in order.</summary>
/// <param name="RecordedFrom">Zero of the recording's time.</param>
[GenerateSerializer, Immutable, Alias("hub.LectureTimeline")]
public sealed record LectureTimeline(
    [property: Id(0)] DateTimeOffset? RecordedFrom,
    [property: Id(1)] ImmutableArray<StageTurn> Stages,
    [property: Id(2)] ImmutableArray<SlideTurn> Slides,
    [property: Id(3)] ImmutableArray<Question> Questions
);

[GenerateSerializer, Immutable, Alias("hub.StageTurn")]
public sealed record StageTurn([property: Id(0)] DateTimeOffset At, [property: Id(1)] LectureStage Stage);

/// <param name="Deck">Null: no slides from here on.</param>
[GenerateSerializer, Immutable, Alias("hub.SlideTurn")]
public sealed record SlideTurn([property: Id(0)] DateTimeOffset At, [property: Id(1)] SlideDeck? Deck, [property: Id(2)] int Page);

/// <param name="Votes">From here on.</param>
[GenerateSerializer, Immutable, Alias("hub.VoteTurn")]
public sealed record VoteTurn([property: Id(0)] DateTimeOffset At, [property: Id(1)] int Votes);

/// <param name="Question">Shown large from here on; null: none.</param>
[GenerateSerializer, Immutable, Alias("hub.FeaturedTurn")]
public sealed record FeaturedTurn([property: Id(0)] DateTimeOffset At, [property: Id(1)] int? Question);
