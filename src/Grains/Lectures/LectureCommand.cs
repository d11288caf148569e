using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace ConsultHub.Lectures;

/// <summary>
/// A command that a person gives to a lecture. A repeat with the same id is answered and not decided again. Votes and reactions are
/// exceptions: their ids are not remembered. <see cref="LectureRules"/> decide which role may send which command.
/// </summary>
[GenerateSerializer, Immutable, Alias("hub.LectureCommand")]
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type", UnknownDerivedTypeHandling = JsonUnknownDerivedTypeHandling.FailSerialization)]
public abstract record LectureCommand : ICommand
{
    /// <summary>An id that the client chooses once for a command and all its retries.</summary>
    [Id(0)]
    public required Guid CommandId { get; init; }
}

/// <summary>
/// Opens the room of a session. If the room is already open, the lecture takes over the changes in the programme. Allowed for hosts.
/// </summary>
[GenerateSerializer, Immutable, Alias("hub.OpenRoom")]
[JsonTypeName("openRoom")]
public sealed record OpenRoom : LectureCommand
{
    [Id(0)]
    public required ConferenceId Conference { get; init; }
}

/// <summary>Changes the stage. Allowed for hosts.</summary>
[GenerateSerializer, Immutable, Alias("hub.SetStage")]
[JsonTypeName("setStage")]
public sealed record SetStage : LectureCommand
{
    [Id(0)]
    public required LectureStage Stage { get; init; }
}

/// <summary>Gives a person a role or takes it away. Allowed for hosts. Moderators may give and take the speaker role.</summary>
[GenerateSerializer, Immutable, Alias("hub.SetCrew")]
[JsonTypeName("setCrew")]
public sealed record SetCrew : LectureCommand
{
    [Id(0)]
    public required PersonId Person { get; init; }

    /// <summary>The hub sets the name.</summary>
    [Id(1), JsonIgnore]
    public LocalName Name { get; init; } = new("");

    [Id(2)]
    public required LectureRole Role { get; init; }

    /// <summary>False takes the role away.</summary>
    [Id(3)]
    public bool Given { get; init; } = true;
}

/// <summary>Sets whether the lecture is to be recorded. Allowed for hosts.</summary>
[GenerateSerializer, Immutable, Alias("hub.SetRecording")]
[JsonTypeName("setRecording")]
public sealed record SetRecording : LectureCommand
{
    /// <summary>Whether the lecture is to be recorded. Each speaker must also agree, with <see cref="AgreeToRecording"/>.</summary>
    [Id(0)]
    public required bool Consent { get; init; }

    /// <summary>
    /// How many days the recording is kept after the end: 1 to 3,650. If the time becomes longer, the speakers must agree again.
    /// </summary>
    [Id(1)]
    public int Days { get; init; } = 90;
}

/// <summary>
/// A speaker agrees to be recorded or refuses. Nobody can do this for another person. Allowed for speakers and hosts. A person who has
/// agreed can withdraw the agreement, even after the end. The recordings of this person are then deleted.
/// </summary>
[GenerateSerializer, Immutable, Alias("hub.AgreeToRecording")]
[JsonTypeName("agreeToRecording")]
public sealed record AgreeToRecording : LectureCommand
{
    [Id(0)]
    public required bool Agrees { get; init; }
}

/// <summary>Sets the instant at which the time in the recording is zero. Sent by the web node that writes the recording.</summary>
[GenerateSerializer, Immutable, Alias("hub.RecordFrom")]
public sealed record RecordFrom : LectureCommand
{
    [Id(0)]
    public required DateTimeOffset At { get; init; }
}

/// <summary>The stream of a publisher has begun. Sent for speakers and hosts, by the web node that receives the stream.</summary>
[GenerateSerializer, Immutable, Alias("hub.GoOnAir")]
public sealed record GoOnAir : LectureCommand
{
    /// <summary>1 to 64 characters. A new name is needed each time a person goes on air.</summary>
    [Id(0)]
    public required string Stream { get; init; }

    /// <summary>The web node that receives the stream, as in <see cref="ILectureGrain.ReportAsync"/>.</summary>
    [Id(1)]
    public required string Node { get; init; }
}

/// <summary>
/// The stream of a publisher has ended for any reason. Sent by the web node that received the stream. It is no error if the stream is not
/// on air.
/// </summary>
[GenerateSerializer, Immutable, Alias("hub.GoOffAir")]
public sealed record GoOffAir : LectureCommand
{
    [Id(0)]
    public required string Stream { get; init; }
}

/// <summary>
/// Asks a person to take over from a speaker on air. The old stream goes off air at the moment when the new stream goes on air. Allowed for
/// speakers on air and for hosts.
/// </summary>
[GenerateSerializer, Immutable, Alias("hub.HandOver")]
[JsonTypeName("handOver")]
public sealed record HandOver : LectureCommand
{
    /// <summary>A speaker in the programme, or a person who was given the role of speaker or host. Null withdraws the request.</summary>
    [Id(0)]
    public PersonId? To { get; init; }
}

/// <summary>
/// Takes another person's stream off air. The web node then stops receiving the stream. Allowed for hosts and moderators.
/// </summary>
[GenerateSerializer, Immutable, Alias("hub.TakeOffAir")]
[JsonTypeName("takeOffAir")]
public sealed record TakeOffAir : LectureCommand
{
    [Id(0)]
    public required string Stream { get; init; }
}

/// <summary>
/// Sets the slides after an upload. Sent by the endpoint that received them. Null removes the slides. Allowed for speakers and hosts.
/// </summary>
[GenerateSerializer, Immutable, Alias("hub.SetSlides")]
public sealed record SetSlides : LectureCommand
{
    [Id(0)]
    public SlideDeck? Deck { get; init; }
}

/// <summary>Turns to a page of the slides. Allowed for speakers and hosts.</summary>
[GenerateSerializer, Immutable, Alias("hub.TurnSlide")]
[JsonTypeName("turnSlide")]
public sealed record TurnSlide : LectureCommand
{
    /// <summary>From 1.</summary>
    [Id(0)]
    public required int Page { get; init; }
}

/// <summary>Writes a caption line or corrects one. Allowed for captioners.</summary>
[GenerateSerializer, Immutable, Alias("hub.WriteCaption")]
[JsonTypeName("writeCaption")]
public sealed record WriteCaption : LectureCommand
{
    /// <summary>A language code such as <c>en</c>, <c>ar</c>, <c>ko</c> or <c>zh-hant</c>.</summary>
    [Id(0)]
    public required string Language { get; init; }

    /// <summary>At most 300 characters. If <see cref="Number"/> is given, an empty text removes that caption line.</summary>
    [Id(1)]
    public required string Text { get; init; }

    /// <summary>The number of the line to correct. Null writes a new line.</summary>
    [Id(2)]
    public int? Number { get; init; }

    /// <summary>How many seconds ago the words were spoken: 0 to 60. Typing takes time, so captions are always late.</summary>
    [Id(3)]
    public double SecondsAgo { get; init; }
}

/// <summary>Asks a question, which then waits for a moderator. Allowed for everybody.</summary>
[GenerateSerializer, Immutable, Alias("hub.AskQuestion")]
[JsonTypeName("askQuestion")]
public sealed record AskQuestion : LectureCommand
{
    /// <summary>1 to 500 characters in any language, without patient data.</summary>
    [Id(0)]
    public required string Text { get; init; }

    /// <summary>Whether the question is shown without the asker's name.</summary>
    [Id(1)]
    public bool Anonymous { get; init; }
}

/// <summary>Approves, answers, dismisses or merges a question. Allowed for moderators and hosts.</summary>
[GenerateSerializer, Immutable, Alias("hub.ModerateQuestion")]
[JsonTypeName("moderateQuestion")]
public sealed record ModerateQuestion : LectureCommand
{
    [Id(0)]
    public required int Question { get; init; }

    [Id(1)]
    public required QuestionVerdict Verdict { get; init; }

    /// <summary>
    /// For <see cref="QuestionVerdict.Merge"/>: the number of another question that asks the same. The other question receives the votes of
    /// this question, and each person still counts once.
    /// </summary>
    [Id(2)]
    public int? Into { get; init; }
}

public enum QuestionVerdict
{
    Approve,
    Answer,
    Dismiss,
    Merge,
}

/// <summary>Shows an approved or answered question large. Null shows none. Allowed for moderators and hosts.</summary>
[GenerateSerializer, Immutable, Alias("hub.FeatureQuestion")]
[JsonTypeName("featureQuestion")]
public sealed record FeatureQuestion : LectureCommand
{
    [Id(0)]
    public int? Question { get; init; }
}

/// <summary>Writes a poll that only the crew sees, or rewrites a poll that is not open yet. Allowed for moderators and hosts.</summary>
[GenerateSerializer, Immutable, Alias("hub.DraftPoll")]
[JsonTypeName("draftPoll")]
public sealed record DraftPoll : LectureCommand
{
    /// <summary>The number of the draft to rewrite. Null writes a new one.</summary>
    [Id(0)]
    public int? Poll { get; init; }

    [Id(1)]
    public required string Question { get; init; }

    /// <summary>2 to 10 different choices of 1 to 120 characters.</summary>
    [Id(2)]
    public required ImmutableArray<string> Choices { get; init; }

    /// <summary>Whether a person may choose several of the choices.</summary>
    [Id(3)]
    public bool Multiple { get; init; }
}

/// <summary>
/// Changes the state of a poll: draft → open → closed → shown. An open poll can be shown at once, which also closes it. A draft can be
/// dropped. Allowed for moderators and hosts.
/// </summary>
[GenerateSerializer, Immutable, Alias("hub.SetPoll")]
[JsonTypeName("setPoll")]
public sealed record SetPoll : LectureCommand
{
    [Id(0)]
    public required int Poll { get; init; }

    /// <summary>Null drops a draft.</summary>
    [Id(1)]
    public PollState? State { get; init; }
}

/// <summary>Announces a sentence of 1 to 300 characters to everybody. Allowed for hosts and moderators.</summary>
[GenerateSerializer, Immutable, Alias("hub.Announce")]
[JsonTypeName("announce")]
public sealed record Announce : LectureCommand
{
    [Id(0)]
    public required string Text { get; init; }
}

/// <summary>Asks to speak. Allowed for everybody.</summary>
[GenerateSerializer, Immutable, Alias("hub.RaiseHand")]
[JsonTypeName("raiseHand")]
public sealed record RaiseHand : LectureCommand;

/// <summary>Lowers a raised hand. Everybody may lower their own hand. Moderators and hosts may lower the hand of any person.</summary>
[GenerateSerializer, Immutable, Alias("hub.LowerHand")]
[JsonTypeName("lowerHand")]
public sealed record LowerHand : LectureCommand
{
    /// <summary>Null for the sender's own hand.</summary>
    [Id(0)]
    public PersonId? Person { get; init; }
}

/// <summary>
/// Votes for a question. A person has one vote for each question, and a repeat changes nothing. Allowed for everybody. The web node
/// collects votes. See <see cref="ILectureGrain.CastAsync"/>.
/// </summary>
[GenerateSerializer, Immutable, Alias("hub.VoteForQuestion")]
[JsonTypeName("voteForQuestion")]
public sealed record VoteForQuestion : LectureCommand
{
    [Id(0)]
    public required int Question { get; init; }

    /// <summary>False withdraws the vote.</summary>
    [Id(1)]
    public bool For { get; init; } = true;
}

/// <summary>
/// Votes in a poll. A person has one vote, and a later vote replaces it while the poll is open. Allowed for everybody. The web node
/// collects votes.
/// </summary>
[GenerateSerializer, Immutable, Alias("hub.VoteInPoll")]
[JsonTypeName("voteInPoll")]
public sealed record VoteInPoll : LectureCommand
{
    [Id(0)]
    public required int Poll { get; init; }

    /// <summary>Positions in the poll's choices, from 0. Exactly one if the poll does not allow several.</summary>
    [Id(1)]
    public required ImmutableArray<int> Choices { get; init; }
}

/// <summary>
/// Sends a reaction. The hub counts reactions and does not store who sent them. Allowed for everybody. The web node collects reactions.
/// </summary>
[GenerateSerializer, Immutable, Alias("hub.React")]
[JsonTypeName("react")]
public sealed record React : LectureCommand
{
    [Id(0)]
    public required Reaction Reaction { get; init; }
}

public enum Reaction
{
    Clap,
    Heart,
    ThumbsUp,
    Laugh,
    Surprise,
}
