using System.Collections.Immutable;
using ConsultHub.Live;

namespace ConsultHub.Lectures;

public enum QuestionState
{
    Pending,
    Approved,
    Answered,
}

/// <summary>
/// A question from the audience. Only the asker and the crew see a pending question. Dismissed and merged questions are removed.
/// </summary>
[GenerateSerializer, Immutable, Alias("hub.Question")]
[JsonTypeName("question")]
public sealed record Question : TopicItem
{
    public override string Key => $"question/{Number}";

    [Id(0)]
    public required int Number { get; init; }

    /// <summary>Plain text in any language. It is shown unchanged and never as markup.</summary>
    [Id(1)]
    public required string Text { get; init; }

    /// <summary>The asker. Null if the asker does not want to be named.</summary>
    [Id(2)]
    public LocalName? Name { get; init; }

    /// <summary>UTC.</summary>
    [Id(3)]
    public required DateTimeOffset At { get; init; }

    [Id(4)]
    public QuestionState State { get; init; }

    [Id(5)]
    public int Votes { get; init; }

    [Id(6)]
    public DateTimeOffset? AnsweredAt { get; init; }

    /// <summary>
    /// When the question became visible to everybody. Null if the question is pending, or if an earlier release stored it without this
    /// time.
    /// </summary>
    [Id(7)]
    public DateTimeOffset? ApprovedAt { get; init; }
}

public enum PollState
{
    Draft,
    Open,
    Closed,
    Shown,
}

/// <summary>A poll as attendees see it. It contains its counts only after they are shown. Only the crew sees drafts.</summary>
[GenerateSerializer, Immutable, Alias("hub.Poll")]
[JsonTypeName("poll")]
public sealed record Poll : TopicItem
{
    public override string Key => $"poll/{Number}";

    [Id(0)]
    public required int Number { get; init; }

    [Id(1)]
    public required string Question { get; init; }

    [Id(2)]
    public required ImmutableArray<string> Choices { get; init; }

    [Id(3)]
    public bool Multiple { get; init; }

    [Id(4)]
    public PollState State { get; init; }

    /// <summary>The number of votes for each choice. Empty until the counts are shown.</summary>
    [Id(5)]
    public ImmutableArray<int> Counts { get; init; } = [];

    /// <summary>The number of people who voted. 0 until the counts are shown.</summary>
    [Id(6)]
    public int Voters { get; init; }

    [Id(7)]
    public DateTimeOffset? OpenedAt { get; init; }

    /// <summary>When the poll was closed. Null if the poll is not closed, or if an earlier release stored it without this time.</summary>
    [Id(8)]
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>When the counts were shown. Null if they are not shown, or if an earlier release stored them without this time.</summary>
    [Id(9)]
    public DateTimeOffset? ShownAt { get; init; }
}

/// <summary>
/// The current counts of a poll. Only the crew sees them. The counts are not a part of the poll: otherwise the poll would be sent to the
/// whole audience after every vote.
/// </summary>
[GenerateSerializer, Immutable, Alias("hub.PollTally")]
[JsonTypeName("tally")]
public sealed record PollTally : TopicItem
{
    public override string Key => $"tally/{Number}";

    [Id(0)]
    public required int Number { get; init; }

    [Id(1)]
    public required ImmutableArray<int> Counts { get; init; }

    [Id(2)]
    public required int Voters { get; init; }
}

/// <summary>
/// One caption line in one language. The topic holds the newest <see cref="Kept"/> lines of each language. A new line gets the key of the
/// oldest of these lines and so replaces it.
/// </summary>
[GenerateSerializer, Immutable, Alias("hub.Caption")]
[JsonTypeName("caption")]
public sealed record Caption : TopicItem
{
    public const int Kept = 12;

    public override string Key => $"caption/{Language}/{Number % Kept}";

    [Id(0)]
    public required string Language { get; init; }

    /// <summary>From 1 within the language.</summary>
    [Id(1)]
    public required int Number { get; init; }

    /// <summary>Empty if the line was removed.</summary>
    [Id(2)]
    public required string Text { get; init; }

    /// <summary>When the words were spoken, UTC.</summary>
    [Id(3)]
    public required DateTimeOffset At { get; init; }

    /// <summary>Whether the line was written before the lecture first went live, for a test. Only the crew ever sees such a line.</summary>
    [Id(4)]
    public bool Backstage { get; init; }
}

/// <summary>An announcement to everybody. The newest <see cref="Kept"/> announcements are items of the topic.</summary>
[GenerateSerializer, Immutable, Alias("hub.LectureAnnouncement")]
[JsonTypeName("announcement")]
public sealed record LectureAnnouncement : TopicItem
{
    public const int Kept = 5;

    public override string Key => $"announcement/{Number % Kept}";

    [Id(0)]
    public required int Number { get; init; }

    [Id(1)]
    public required string Text { get; init; }

    [Id(2)]
    public required DateTimeOffset At { get; init; }

    [Id(3)]
    public required LocalName By { get; init; }
}

/// <summary>A person who wants to speak. Only the crew sees this item.</summary>
[GenerateSerializer, Immutable, Alias("hub.RaisedHand")]
[JsonTypeName("hand")]
public sealed record RaisedHand : TopicItem
{
    public override string Key => $"hand/{Person}";

    [Id(0)]
    public required PersonId Person { get; init; }

    [Id(1)]
    public required LocalName Name { get; init; }

    [Id(2)]
    public required DateTimeOffset At { get; init; }
}

/// <summary>
/// How many people watch and how they react. Each web node reports reactions at most once a second, and viewers every few seconds.
/// </summary>
[GenerateSerializer, Immutable, Alias("hub.LecturePulse")]
[JsonTypeName("pulse")]
public sealed record LecturePulse : TopicItem
{
    public override string Key => "pulse";

    /// <summary>The number of viewers that the web nodes count.</summary>
    [Id(0)]
    public int Audience { get; init; }

    /// <summary>The reactions since the lecture was opened.</summary>
    [Id(1)]
    public ImmutableSortedDictionary<Reaction, int> Reactions { get; init; } = ImmutableSortedDictionary<Reaction, int>.Empty;
}
