using System.Collections.Immutable;
using ConsultHub.Live;

namespace ConsultHub.Lectures;

public enum QuestionState
{
    Pending,
    Approved,
    Answered,
}

/// <summary>Asked by somebody in the lecture. Pending ones are for the crew's eyes; dismissed and merged ones are gone.</summary>
[GenerateSerializer, Immutable, Alias("hub.Question")]
[JsonTypeName("question")]
public sealed record Question : TopicItem
{
    public override string Key => $"question/{Number}";

    [Id(0)]
    public required int Number { get; init; }

    /// <summary>Plain text in any language; shown as it is, never as markup.</summary>
    [Id(1)]
    public required string Text { get; init; }

    /// <summary>Who asks; null where they would not be named.</summary>
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

    /// <summary>Since when everybody sees it; null also where that was not kept yet.</summary>
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

/// <summary>A poll as attendees see it: its counts only once they are shown. Drafts are for the crew's eyes.</summary>
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

    /// <summary>Votes for each choice; empty until they are shown.</summary>
    [Id(5)]
    public ImmutableArray<int> Counts { get; init; } = [];

    /// <summary>People who voted; 0 until the counts are shown.</summary>
    [Id(6)]
    public int Voters { get; init; }

    [Id(7)]
    public DateTimeOffset? OpenedAt { get; init; }

    /// <summary>Null also where that was not kept yet; so is <see cref="ShownAt"/>.</summary>
    [Id(8)]
    public DateTimeOffset? ClosedAt { get; init; }

    [Id(9)]
    public DateTimeOffset? ShownAt { get; init; }
}

/// <summary>How a poll stands, for the crew's eyes: apart from the poll, so that an audience that votes is not sent its own
/// votes.</summary>
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

/// <summary>One line of captions in one language. A topic holds the newest <see cref="Kept"/> of each language; a new line takes the oldest
/// one's key.</summary>
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

    /// <summary>Empty where the line was taken away.</summary>
    [Id(2)]
    public required string Text { get; init; }

    /// <summary>When it was said, UTC.</summary>
    [Id(3)]
    public required DateTimeOffset At { get; init; }

    /// <summary>Written before the room opened, to try it out: for the crew's eyes, then and later.</summary>
    [Id(4)]
    public bool Backstage { get; init; }
}

/// <summary>The newest <see cref="Kept"/> are items of the topic.</summary>
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

/// <summary>Somebody wants to speak; for the crew's eyes.</summary>
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

/// <summary>How many watch and how they react; changes at most every second or so.</summary>
[GenerateSerializer, Immutable, Alias("hub.LecturePulse")]
[JsonTypeName("pulse")]
public sealed record LecturePulse : TopicItem
{
    public override string Key => "pulse";

    /// <summary>Viewers, as the web nodes count them.</summary>
    [Id(0)]
    public int Audience { get; init; }

    /// <summary>Since the lecture was opened.</summary>
    [Id(1)]
    public ImmutableSortedDictionary<Reaction, int> Reactions { get; init; } = ImmutableSortedDictionary<Reaction, int>.Empty;
}
