namespace ConsultHub.Live;

public enum FrameKind
{
    Snapshot,
    Delta,
}

/// <summary>What a topic's watchers are sent. The position counts only with <see cref="Last"/>; a snapshot replaces everything known then.
/// Parts of one frame carry the same position.</summary>
/// <param name="Position">Opaque; hand it to Watch to resume.</param>
/// <param name="Removed">Keys of items that are gone, or no longer part of the topic. A key may be unknown to the receiver.</param>
/// <param name="Last">Whether the parts of this frame are complete.</param>
/// <param name="At">When the frame was made, UTC.</param>
public sealed record Frame(
    string Topic,
    FrameKind Kind,
    string Position,
    IReadOnlyList<TopicItem> Items,
    IReadOnlyList<string> Removed,
    bool Last,
    DateTimeOffset At
);
