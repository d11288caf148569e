using System.Collections.Immutable;
using System.Text.Json.Serialization;
using ConsultHub.Live;

namespace ConsultHub.Lectures;

/// <summary>The live side of one session. This grain is its only writer. Key: the session.</summary>
[Alias("hub.ILectureGrain")]
public interface ILectureGrain : ILiveAuthority
{
    /// <summary>Returns the lecture. Null if nobody has opened the room yet.</summary>
    [Alias("Get")]
    Task<Lecture?> GetAsync();

    /// <summary>Decides a command and answers after the decision is stored.</summary>
    [Alias("Decide")]
    Task<LectureReply> DecideAsync(LectureCaller caller, LectureCommand command);

    /// <summary>Counts the votes of many people in one decision and answers after the decision is stored.</summary>
    /// <returns>For each vote, null if it was counted, otherwise the code of the refusal.</returns>
    [Alias("Cast")]
    Task<ImmutableArray<string?>> CastAsync(ImmutableArray<Vote> votes);

    /// <summary>
    /// Reports how many viewers a web node has, and the reactions since the last report. Each web node reports every few seconds while it
    /// has viewers or receives a stream. If a node has been silent for 20 seconds, its viewers are no longer counted and its streams go off
    /// air.
    /// </summary>
    /// <param name="node">A name that is unique for each start of a web node.</param>
    [Alias("Report")]
    Task ReportAsync(string node, int viewers, ImmutableArray<ReactionCount> reactions);

    /// <summary>Returns every caption line in a language, in order. Empty if the language has no captions.</summary>
    [Alias("Captions")]
    Task<ImmutableArray<Caption>> CaptionsAsync(string language);

    /// <summary>Returns the questions and votes of one person, and whether the person has raised a hand.</summary>
    [Alias("Mine")]
    Task<LectureMine> MineAsync(PersonId person);

    /// <summary>Returns what was shown at which time, for a synchronised replay.</summary>
    [Alias("Timeline")]
    Task<LectureTimeline> TimelineAsync();

    /// <summary>Returns what was shown between two instants. See <see cref="LectureReplay"/>.</summary>
    [Alias("Moments")]
    Task<LectureMoments> MomentsAsync(DateTimeOffset from, DateTimeOffset to);
}

/// <summary>A person who sends a command to a lecture, with the roles that <c>Access.cs</c> gives the person there.</summary>
/// <param name="Name">The name that is shown when the person asks or speaks.</param>
[GenerateSerializer, Immutable, Alias("hub.LectureCaller")]
public sealed record LectureCaller(
    [property: Id(0)] Actor Actor,
    [property: Id(1)] LocalName Name,
    [property: Id(2)] ImmutableArray<LectureRole> Roles
)
{
    /// <summary>The hub itself as the caller, for example after a web node has lost the connection to a publisher.</summary>
    public static LectureCaller System { get; } = new(Actor.System, new LocalName("Consult Hub"), [LectureRole.Host]);

    public bool Is(LectureRole role) => Roles.Contains(role);
}

[GenerateSerializer, Immutable, Alias("hub.LectureReply")]
public abstract record LectureReply;

/// <summary>The command was decided and stored.</summary>
/// <param name="Version">
///     The version of the lecture after the decision. Null for votes and reactions, because many of them are counted together.
/// </param>
/// <param name="Number">
///     The number of the new question, of the new caption line, or of the new or rewritten poll. Null for other commands and in the answer
///     to a repeated command.
/// </param>
[GenerateSerializer, Immutable, Alias("hub.LectureDone")]
public sealed record LectureDone([property: Id(0)] long? Version, [property: Id(1)] int? Number = null) : LectureReply;

/// <summary>The command was refused and nothing was stored.</summary>
/// <param name="Code">
///     Stable, such as <c>lecture.unknown</c>, <c>lecture.not-allowed</c> or <c>lecture.wrong-stage</c>. The client has a sentence for it
///     in every language.
/// </param>
/// <param name="Message">An English sentence for logs and scripts.</param>
[GenerateSerializer, Immutable, Alias("hub.LectureRefused")]
public sealed record LectureRefused([property: Id(0)] string Code, [property: Id(1)] string Message) : LectureReply
{
    [JsonIgnore]
    public Refusal Refusal => new(Codes.Of(Code), Message);
}

/// <summary>One person's vote for a question or in a poll.</summary>
/// <param name="Command">A <see cref="VoteForQuestion"/> or a <see cref="VoteInPoll"/>.</param>
[GenerateSerializer, Immutable, Alias("hub.Vote")]
public sealed record Vote([property: Id(0)] PersonId Person, [property: Id(1)] LectureCommand Command)
{
    /// <summary>Returns the refusal for a code of <see cref="ILectureGrain.CastAsync"/>. Null if the vote was counted.</summary>
    public static Refusal? RefusalOf(string? code) => Refusal.Of(code, "The vote does not count.");
}

[GenerateSerializer, Immutable, Alias("hub.ReactionCount")]
public readonly record struct ReactionCount([property: Id(0)] Reaction Reaction, [property: Id(1)] int Count);

/// <summary>The questions and votes of one person in a lecture, and whether the person has raised a hand.</summary>
/// <param name="Questions">The person's questions that were not dismissed or merged, including those that wait for a moderator.</param>
/// <param name="Votes">The questions for which the person has voted.</param>
/// <param name="Ballots">The person's votes in open polls.</param>
[GenerateSerializer, Immutable, Alias("hub.LectureMine")]
public sealed record LectureMine(
    [property: Id(0)] ImmutableArray<Question> Questions,
    [property: Id(1)] ImmutableArray<int> Votes,
    [property: Id(2)] ImmutableArray<MyBallot> Ballots,
    [property: Id(3)] bool HandRaised
);

[GenerateSerializer, Immutable, Alias("hub.MyBallot")]
public sealed record MyBallot([property: Id(0)] int Poll, [property: Id(1)] ImmutableArray<int> Choices);

/// <summary>The history of a lecture. All instants are UTC and in order.</summary>
/// <param name="RecordedFrom">The instant at which the time in the recording is zero.</param>
[GenerateSerializer, Immutable, Alias("hub.LectureTimeline")]
public sealed record LectureTimeline(
    [property: Id(0)] DateTimeOffset? RecordedFrom,
    [property: Id(1)] ImmutableArray<StageTurn> Stages,
    [property: Id(2)] ImmutableArray<SlideTurn> Slides,
    [property: Id(3)] ImmutableArray<Question> Questions
);

[GenerateSerializer, Immutable, Alias("hub.StageTurn")]
public sealed record StageTurn([property: Id(0)] DateTimeOffset At, [property: Id(1)] LectureStage Stage);

/// <summary>A change of the slides.</summary>
/// <param name="Deck">Null if there are no slides from this instant on.</param>
[GenerateSerializer, Immutable, Alias("hub.SlideTurn")]
public sealed record SlideTurn([property: Id(0)] DateTimeOffset At, [property: Id(1)] SlideDeck? Deck, [property: Id(2)] int Page);

/// <summary>A change of a question's votes.</summary>
/// <param name="Votes">The number of votes from this instant on.</param>
[GenerateSerializer, Immutable, Alias("hub.VoteTurn")]
public sealed record VoteTurn([property: Id(0)] DateTimeOffset At, [property: Id(1)] int Votes);

/// <summary>A change of the question that is shown large.</summary>
/// <param name="Question">The number of the question that is shown large from this instant on. Null if there is none.</param>
[GenerateSerializer, Immutable, Alias("hub.FeaturedTurn")]
public sealed record FeaturedTurn([property: Id(0)] DateTimeOffset At, [property: Id(1)] int? Question);
