namespace ConsultHub.Live;

public enum FrameKind
{
    Snapshot,
    Delta,
}

/// <summary>
/// A message to the viewers of a topic, or one part of a large message. A snapshot replaces everything that the viewer knew. All parts of a
/// message have the same position. The position is valid only after the part with <see cref="Last"/> has arrived.
/// </summary>
/// <param name="Position">An opaque text. Pass it to Watch to resume.</param>
/// <param name="Removed">Keys of items that are gone or no longer belong to the topic. Some of the keys may be unknown to the
/// receiver.</param>
/// <param name="Last">Whether this is the last part of the message.</param>
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
