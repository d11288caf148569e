using System.Collections.Immutable;
using ConsultHub.Live;

namespace ConsultHub.Client;

/// <summary>
/// All items of a topic at one position. If a picture is stored and later passed to <see cref="HubTopicClient.Watch"/>, the server sends
/// only the changes since the picture's position, or a snapshot if it cannot compute these changes.
/// </summary>
/// <param name="Position">The position, or null if nothing has been received yet.</param>
/// <param name="Items">The items by key.</param>
/// <param name="At">The time when the server made the last applied frame, UTC. Null if nothing has been received yet.</param>
public sealed record TopicPicture(string? Position, ImmutableDictionary<string, TopicItem> Items, DateTimeOffset? At)
{
    public static TopicPicture Empty { get; } = new(null, ImmutableDictionary<string, TopicItem>.Empty, null);

    /// <summary>
    /// Applies a complete frame. A snapshot replaces everything. A delta never replaces an item by an older version of it.
    /// </summary>
    public TopicPicture With(Frame frame)
    {
        var items = frame.Kind == FrameKind.Snapshot ? ImmutableDictionary.CreateBuilder<string, TopicItem>() : Items.ToBuilder();
        items.RemoveRange(frame.Removed);
        foreach (var item in frame.Items)
            if (!items.TryGetValue(item.Key, out var known) || known.Version <= item.Version)
                items[item.Key] = item;
        return new(frame.Position, items.ToImmutable(), frame.At);
    }
}

/// <summary>Whether the client receives the frames of a watched topic.</summary>
public enum LinkState
{
    /// <summary>The first answer has not arrived yet.</summary>
    Connecting,

    /// <summary>The picture is current.</summary>
    Live,

    /// <summary>
    /// The connection is lost or could not be made. The client tries to connect again, without limit. The picture stays as it was.
    /// </summary>
    Offline,

    /// <summary>The server does not send this topic. <see cref="TopicLink.Refusal"/> says why.</summary>
    Refused,
}

/// <param name="Since">When this state began, UTC. For <see cref="LinkState.Offline"/> it is the time when the client last heard from the
/// server. If the topic was never live before, it is the time when watching began.</param>
/// <param name="Refusal">A stable code: topic.unknown, topic.denied, topic.bad-position, topic.too-many.</param>
public sealed record TopicLink(LinkState State, DateTimeOffset Since, string? Refusal = null);

/// <summary>A complete frame has been applied.</summary>
/// <param name="Frame">The frame with all its parts joined.</param>
/// <param name="Picture">The picture after the frame.</param>
public sealed record TopicChange(Frame Frame, TopicPicture Picture);
