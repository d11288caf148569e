using System.Collections.Immutable;

namespace ConsultHub.Lectures;

/// <summary>A change of a lecture that its journal stores.</summary>
[GenerateSerializer, Immutable, Alias("hub.LectureEvent")]
public abstract record LectureEvent;

/// <summary>
/// The lecture itself changed, for example its stage, crew, streams, slides or recording. The event holds the whole lecture after the
/// change.
/// </summary>
[GenerateSerializer, Immutable, Alias("hub.LectureChanged")]
public sealed record LectureChanged([property: Id(0)] Lecture Lecture) : LectureEvent;

/// <summary>A question was asked.</summary>
/// <param name="By">The asker, stored apart from the question because the question may be anonymous.</param>
[GenerateSerializer, Immutable, Alias("hub.QuestionAsked")]
public sealed record QuestionAsked([property: Id(0)] Question Question, [property: Id(1)] PersonId By) : LectureEvent;

[GenerateSerializer, Immutable, Alias("hub.QuestionChanged")]
public sealed record QuestionChanged([property: Id(0)] Question Question) : LectureEvent;

/// <summary>A question was dismissed or merged.</summary>
/// <param name="Into">The question that received the votes of the merged question. Null if the question was dismissed.</param>
[GenerateSerializer, Immutable, Alias("hub.QuestionGone")]
public sealed record QuestionGone([property: Id(0)] int Number, [property: Id(1)] int? Into = null) : LectureEvent;

[GenerateSerializer, Immutable, Alias("hub.PollChanged")]
public sealed record PollChanged([property: Id(0)] Poll Poll) : LectureEvent;

[GenerateSerializer, Immutable, Alias("hub.PollDropped")]
public sealed record PollDropped([property: Id(0)] int Number) : LectureEvent;

/// <summary>Votes of any number of people were counted. The votes are in the order in which they were cast.</summary>
[GenerateSerializer, Immutable, Alias("hub.VotesCast")]
public sealed record VotesCast([property: Id(0)] ImmutableArray<QuestionVote> Questions, [property: Id(1)] ImmutableArray<Ballot> Ballots)
    : LectureEvent;

[GenerateSerializer, Immutable, Alias("hub.QuestionVote")]
public readonly record struct QuestionVote([property: Id(0)] PersonId Person, [property: Id(1)] int Question, [property: Id(2)] bool For);

/// <summary>One person's vote in a poll.</summary>
/// <param name="Choices">One bit for each choice.</param>
[GenerateSerializer, Immutable, Alias("hub.Ballot")]
public readonly record struct Ballot([property: Id(0)] PersonId Person, [property: Id(1)] int Poll, [property: Id(2)] int Choices);

/// <summary>A caption line was written or corrected.</summary>
[GenerateSerializer, Immutable, Alias("hub.CaptionWritten")]
public sealed record CaptionWritten([property: Id(0)] Caption Caption) : LectureEvent;

[GenerateSerializer, Immutable, Alias("hub.Announced")]
public sealed record Announced([property: Id(0)] LectureAnnouncement Announcement) : LectureEvent;

[GenerateSerializer, Immutable, Alias("hub.HandRaised")]
public sealed record HandRaised([property: Id(0)] RaisedHand Hand) : LectureEvent;

[GenerateSerializer, Immutable, Alias("hub.HandLowered")]
public sealed record HandLowered([property: Id(0)] PersonId Person) : LectureEvent;

/// <summary>The number of viewers or of reactions has changed.</summary>
[GenerateSerializer, Immutable, Alias("hub.PulseCounted")]
public sealed record PulseCounted([property: Id(0)] LecturePulse Pulse) : LectureEvent;
