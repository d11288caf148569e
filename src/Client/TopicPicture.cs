using System.Collections.Immutable;
using ConsultHub.Live;

namespace ConsultHub.Client;

/// <summary>All items of a topic at one position. Kept and handed to <see cref="HubTopicClient.Watch"/> later, only what has changed since
/// is sent.</summary>
/// <param name="Position">Null where nothing has been received yet.</param>
/// <param name="Items">By key.</param>
/// <param name="At">When the server made the frame that led here, UTC.</param>
public sealed record TopicPicture(string? Position, ImmutableDictionary<string, TopicItem> Items, DateTimeOffset? At)
{
    public static TopicPicture Empty { get; } = new(null, ImmutableDictionary<string, TopicItem>.Empty, null);

    /// <summary>With a whole frame on top: a snapshot replaces everything, a delta never replaces an item by an older version of
    /// itself.</summary>
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

/// <summary>How a watched topic stands with the server.</summary>
public enum LinkState
{
    /// <summary>The first answer is on its way.</summary>
    Connecting,

    /// <summary>The picture is current.</summary>
    Live,

    /// <summary>The picture stays as it was while the connection is tried again, without end.</summary>
    Offline,

    /// <summary>The server will not send this topic; <see cref="TopicLink.Refusal"/> says why.</summary>
    Refused,
}

/// <param name="Since">Since when, UTC. For <see cref="LinkState.Offline"/>: when the server was last heard.</param>
/// <param name="Refusal">A stable code: topic.unknown, topic.denied, topic.bad-position, topic.too-many.</param>
public sealed record TopicLink(LinkState State, DateTimeOffset Since, string? Refusal = null);

/// <summary>A whole frame has been applied.</summary>
/// <param name="Frame">All its parts as one.</param>
/// <param name="Picture">What it led to.</param>
public sealed record TopicChange(Frame Frame, TopicPicture Picture);
