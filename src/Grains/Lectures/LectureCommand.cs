using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace ConsultHub.Lectures;

/// <summary>Something a person asks of a lecture. The id makes a repeat harmless. Which role may ask what is in
/// <see cref="LectureRules"/>.</summary>
[GenerateSerializer, Immutable, Alias("hub.LectureCommand")]
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type", UnknownDerivedTypeHandling = JsonUnknownDerivedTypeHandling.FailSerialization)]
public abstract record LectureCommand : ICommand
{
    /// <summary>Chosen by the client, once for a command and all its retries.</summary>
    [Id(0)]
    public required Guid CommandId { get; init; }
}

/// <summary>Opens the room of a session, or takes over what the programme has changed since. Hosts.</summary>
[GenerateSerializer, Immutable, Alias("hub.OpenRoom")]
[JsonTypeName("openRoom")]
public sealed record OpenRoom : LectureCommand
{
    [Id(0)]
    public required ConferenceId Conference { get; init; }
}

/// <summary>Hosts.</summary>
[GenerateSerializer, Immutable, Alias("hub.SetStage")]
[JsonTypeName("setStage")]
public sealed record SetStage : LectureCommand
{
    [Id(0)]
    public required LectureStage Stage { get; init; }
}

/// <summary>Gives a person a role, or takes it. Hosts; moderators may make somebody a speaker.</summary>
[GenerateSerializer, Immutable, Alias("hub.SetCrew")]
[JsonTypeName("setCrew")]
public sealed record SetCrew : LectureCommand
{
    [Id(0)]
    public required PersonId Person { get; init; }

    /// <summary>Set by the hub.</summary>
    [Id(1), JsonIgnore]
    public LocalName Name { get; init; } = new("");

    [Id(2)]
    public required LectureRole Role { get; init; }

    /// <summary>False takes the role.</summary>
    [Id(3)]
    public bool Given { get; init; } = true;
}

/// <summary>Hosts.</summary>
[GenerateSerializer, Immutable, Alias("hub.SetRecording")]
[JsonTypeName("setRecording")]
public sealed record SetRecording : LectureCommand
{
    /// <summary>Whether the lecture is to be recorded. Each speaker agrees for themselves, with <see cref="AgreeToRecording"/>.</summary>
    [Id(0)]
    public required bool Consent { get; init; }

    /// <summary>How long it is kept after the end: 1 to 3,650. Who has agreed to a shorter time is asked again.</summary>
    [Id(1)]
    public int Days { get; init; } = 90;
}

/// <summary>A speaker agrees to be recorded, or says no; nobody says it for another. Speakers and hosts; whoever has agreed may take it
/// back, also after the end: then what was recorded of them is deleted.</summary>
[GenerateSerializer, Immutable, Alias("hub.AgreeToRecording")]
[JsonTypeName("agreeToRecording")]
public sealed record AgreeToRecording : LectureCommand
{
    [Id(0)]
    public required bool Agrees { get; init; }
}

/// <summary>The recording's time is zero at this instant. Given by the relay.</summary>
[GenerateSerializer, Immutable, Alias("hub.RecordFrom")]
public sealed record RecordFrom : LectureCommand
{
    [Id(0)]
    public required DateTimeOffset At { get; init; }
}

/// <summary>A publisher's stream has begun. Given by the relay for speakers and hosts.</summary>
[GenerateSerializer, Immutable, Alias("hub.GoOnAir")]
public sealed record GoOnAir : LectureCommand
{
    /// <summary>1 to 64 characters; unique for each time that somebody goes on air.</summary>
    [Id(0)]
    public required string Stream { get; init; }

    /// <summary>The web node that takes it, as in <see cref="ILectureGrain.ReportAsync"/>.</summary>
    [Id(1)]
    public required string Node { get; init; }
}

/// <summary>A publisher's stream has ended, whatever the reason. Given by the relay; one that is not on air is no fault.</summary>
[GenerateSerializer, Immutable, Alias("hub.GoOffAir")]
public sealed record GoOffAir : LectureCommand
{
    [Id(0)]
    public required string Stream { get; init; }
}

/// <summary>Asks somebody to take over from whoever is on air: their stream goes off in the moment that the other's goes on. Speakers on
/// air and hosts.</summary>
[GenerateSerializer, Immutable, Alias("hub.HandOver")]
[JsonTypeName("handOver")]
public sealed record HandOver : LectureCommand
{
    /// <summary>A speaker or host; null takes the asking back.</summary>
    [Id(0)]
    public PersonId? To { get; init; }
}

/// <summary>Ends somebody's stream from outside; the relay stops taking it. Hosts and moderators.</summary>
[GenerateSerializer, Immutable, Alias("hub.TakeOffAir")]
[JsonTypeName("takeOffAir")]
public sealed record TakeOffAir : LectureCommand
{
    [Id(0)]
    public required string Stream { get; init; }
}

/// <summary>The deck was uploaded. Given by the endpoint that took it; null takes the slides away. Speakers and hosts.</summary>
[GenerateSerializer, Immutable, Alias("hub.SetSlides")]
public sealed record SetSlides : LectureCommand
{
    [Id(0)]
    public SlideDeck? Deck { get; init; }
}

/// <summary>Speakers, hosts.</summary>
[GenerateSerializer, Immutable, Alias("hub.TurnSlide")]
[JsonTypeName("turnSlide")]
public sealed record TurnSlide : LectureCommand
{
    /// <summary>From 1.</summary>
    [Id(0)]
    public required int Page { get; init; }
}

/// <summary>Writes a line, or corrects one. Captioners.</summary>
[GenerateSerializer, Immutable, Alias("hub.WriteCaption")]
[JsonTypeName("writeCaption")]
public sealed record WriteCaption : LectureCommand
{
    /// <summary>Such as <c>en</c>, <c>ar</c>, <c>ko</c>, <c>zh-hant</c>.</summary>
    [Id(0)]
    public required string Language { get; init; }

    /// <summary>At most 300 characters. Empty takes a line away.</summary>
    [Id(1)]
    public required string Text { get; init; }

    /// <summary>The line to correct; null writes the next.</summary>
    [Id(2)]
    public int? Number { get; init; }

    /// <summary>How long ago it was said: 0 to 60. Somebody who types is behind by what the typing took.</summary>
    [Id(3)]
    public double SecondsAgo { get; init; }
}

/// <summary>Waits for a moderator. Everybody.</summary>
[GenerateSerializer, Immutable, Alias("hub.AskQuestion")]
[JsonTypeName("askQuestion")]
public sealed record AskQuestion : LectureCommand
{
    /// <summary>1 to 500 characters, any language; no patient data.</summary>
    [Id(0)]
    public required string Text { get; init; }

    /// <summary>The asker's name is shown to nobody.</summary>
    [Id(1)]
    public bool Anonymous { get; init; }
}

/// <summary>Approves, answers, dismisses or merges a question. Moderators; hosts.</summary>
[GenerateSerializer, Immutable, Alias("hub.ModerateQuestion")]
[JsonTypeName("moderateQuestion")]
public sealed record ModerateQuestion : LectureCommand
{
    [Id(0)]
    public required int Question { get; init; }

    [Id(1)]
    public required QuestionVerdict Verdict { get; init; }

    /// <summary>With <see cref="QuestionVerdict.Merge"/>: the question that asks the same. Votes go with it, one a person.</summary>
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

/// <summary>Shows an approved question large; null shows none. Moderators; hosts.</summary>
[GenerateSerializer, Immutable, Alias("hub.FeatureQuestion")]
[JsonTypeName("featureQuestion")]
public sealed record FeatureQuestion : LectureCommand
{
    [Id(0)]
    public int? Question { get; init; }
}

/// <summary>Writes a poll that nobody but the crew sees, or rewrites one that is not open yet. Moderators; hosts.</summary>
[GenerateSerializer, Immutable, Alias("hub.DraftPoll")]
[JsonTypeName("draftPoll")]
public sealed record DraftPoll : LectureCommand
{
    /// <summary>The draft to rewrite; null writes a new one.</summary>
    [Id(0)]
    public int? Poll { get; init; }

    [Id(1)]
    public required string Question { get; init; }

    /// <summary>2 to 10, each 1 to 120 characters.</summary>
    [Id(2)]
    public required ImmutableArray<string> Choices { get; init; }

    /// <summary>Whether one person may choose several.</summary>
    [Id(3)]
    public bool Multiple { get; init; }
}

/// <summary>Draft → open → closed → shown; an open one may be shown at once, which closes it. A draft may be dropped. Moderators;
/// hosts.</summary>
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

/// <summary>A sentence for everybody, 1 to 300 characters. Hosts and moderators.</summary>
[GenerateSerializer, Immutable, Alias("hub.Announce")]
[JsonTypeName("announce")]
public sealed record Announce : LectureCommand
{
    [Id(0)]
    public required string Text { get; init; }
}

/// <summary>Everybody.</summary>
[GenerateSerializer, Immutable, Alias("hub.RaiseHand")]
[JsonTypeName("raiseHand")]
public sealed record RaiseHand : LectureCommand;

/// <summary>One's own; a moderator's or host's anybody's.</summary>
[GenerateSerializer, Immutable, Alias("hub.LowerHand")]
[JsonTypeName("lowerHand")]
public sealed record LowerHand : LectureCommand
{
    /// <summary>Null: the person's who asks.</summary>
    [Id(0)]
    public PersonId? Person { get; init; }
}

/// <summary>One vote a person; a repeat changes nothing. Everybody. Collected by the web node, see
/// <see cref="ILectureGrain.CastAsync"/>.</summary>
[GenerateSerializer, Immutable, Alias("hub.VoteForQuestion")]
[JsonTypeName("voteForQuestion")]
public sealed record VoteForQuestion : LectureCommand
{
    [Id(0)]
    public required int Question { get; init; }

    /// <summary>False takes the vote back.</summary>
    [Id(1)]
    public bool For { get; init; } = true;
}

/// <summary>One vote a person; a later one replaces it while the poll is open. Everybody. Collected by the web node.</summary>
[GenerateSerializer, Immutable, Alias("hub.VoteInPoll")]
[JsonTypeName("voteInPoll")]
public sealed record VoteInPoll : LectureCommand
{
    [Id(0)]
    public required int Poll { get; init; }

    /// <summary>Places in the poll's choices, from 0; exactly one where the poll takes one.</summary>
    [Id(1)]
    public required ImmutableArray<int> Choices { get; init; }
}

/// <summary>Counted, not kept by person. Everybody. Collected by the web node.</summary>
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
