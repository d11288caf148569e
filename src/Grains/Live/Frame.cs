namespace ConsultHub.Live;

public enum FrameKind
{
    Snapshot,
    Delta,
}

/// <summary>
/// One part of what the viewers of a topic receive. A snapshot replaces everything that the viewer knew. A large frame is sent in several
/// parts with the same position. The position is valid only with the part that has <see cref="Last"/> set.
/// </summary>
/// <param name="Position">An opaque text. Pass it to Watch to resume.</param>
/// <param name="Removed">Keys of items that are gone or no longer belong to the topic. Some of the keys may be unknown to the
/// receiver.</param>
/// <param name="Last">Whether this is the last part of the frame.</param>
/// <param name="At">The time when the frame was made, UTC.</param>
public sealed record Frame(
    string Topic,
    FrameKind Kind,
    string Position,
    IReadOnlyList<TopicItem> Items,
    IReadOnlyList<string> Removed,
    bool Last,
    DateTimeOffset At
);
