using System.Collections.Immutable;

namespace ConsultHub.Lectures;

/// <summary>What happened in a lecture.</summary>
[GenerateSerializer, Immutable, Alias("hub.LectureEvent")]
public abstract record LectureEvent;

/// <summary>Stage, crew, who is on air or what is shown is now so.</summary>
[GenerateSerializer, Immutable, Alias("hub.LectureChanged")]
public sealed record LectureChanged([property: Id(0)] Lecture Lecture) : LectureEvent;

/// <param name="By">Kept apart from the question, which may not name its asker.</param>
[GenerateSerializer, Immutable, Alias("hub.QuestionAsked")]
public sealed record QuestionAsked([property: Id(0)] Question Question, [property: Id(1)] PersonId By) : LectureEvent;

[GenerateSerializer, Immutable, Alias("hub.QuestionChanged")]
public sealed record QuestionChanged([property: Id(0)] Question Question) : LectureEvent;

/// <param name="Into">The question that took its votes, where it was merged.</param>
[GenerateSerializer, Immutable, Alias("hub.QuestionGone")]
public sealed record QuestionGone([property: Id(0)] int Number, [property: Id(1)] int? Into = null) : LectureEvent;

[GenerateSerializer, Immutable, Alias("hub.PollChanged")]
public sealed record PollChanged([property: Id(0)] Poll Poll) : LectureEvent;

[GenerateSerializer, Immutable, Alias("hub.PollDropped")]
public sealed record PollDropped([property: Id(0)] int Number) : LectureEvent;

/// <summary>Votes that count, of any number of people, in order.</summary>
[GenerateSerializer, Immutable, Alias("hub.VotesCast")]
public sealed record VotesCast([property: Id(0)] ImmutableArray<QuestionVote> Questions, [property: Id(1)] ImmutableArray<Ballot> Ballots)
    : LectureEvent;

[GenerateSerializer, Immutable, Alias("hub.QuestionVote")]
public readonly record struct QuestionVote([property: Id(0)] PersonId Person, [property: Id(1)] int Question, [property: Id(2)] bool For);

/// <param name="Choices">One bit a choice.</param>
[GenerateSerializer, Immutable, Alias("hub.Ballot")]
public readonly record struct Ballot([property: Id(0)] PersonId Person, [property: Id(1)] int Poll, [property: Id(2)] int Choices);

/// <summary>A line is new, or says something else now.</summary>
[GenerateSerializer, Immutable, Alias("hub.CaptionWritten")]
public sealed record CaptionWritten([property: Id(0)] Caption Caption) : LectureEvent;

[GenerateSerializer, Immutable, Alias("hub.Announced")]
public sealed record Announced([property: Id(0)] LectureAnnouncement Announcement) : LectureEvent;

[GenerateSerializer, Immutable, Alias("hub.HandRaised")]
public sealed record HandRaised([property: Id(0)] RaisedHand Hand) : LectureEvent;

[GenerateSerializer, Immutable, Alias("hub.HandLowered")]
public sealed record HandLowered([property: Id(0)] PersonId Person) : LectureEvent;

/// <summary>The web nodes have counted again.</summary>
[GenerateSerializer, Immutable, Alias("hub.PulseCounted")]
public sealed record PulseCounted([property: Id(0)] LecturePulse Pulse) : LectureEvent;
