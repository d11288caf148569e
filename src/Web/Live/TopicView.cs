using System.Collections.Immutable;
using System.IO.Compression;
using System.Text.Json;
using ConsultHub.Live;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace ConsultHub.Web.Live;

/// <summary>A topic as a filter over its replicas. It makes the frames that lead from one position to another.</summary>
internal sealed class TopicView
{
    /// <summary>
    /// How many bytes of JSON the items of a part may have. Only one long item, or a frame with few items, may have more. The limit is
    /// higher for parts that are compressed, because compression usually leaves a tenth of the bytes. Parts are small so that a slow
    /// connection makes progress between two of them.
    /// </summary>
    private const int PartSize = 16 * 1024,
        PackedPartSize = 64 * 1024;

    /// <summary>Parts of at least this many bytes of JSON are compressed for connections that take compressed frames.</summary>
    private const int WorthPacking = 1024;

    /// <summary>A frame with at most this many items is never split.</summary>
    private const int SurelyOnePart = 8;

    private readonly Func<int, TopicItem, TopicItem?> _show;
    private readonly TimeProvider _clock;

    // The keys of all items that were part of the topic at this view's first position or later. If a watcher's position is not older than
    // the first position, only these items can leave the topic for this watcher.
    private readonly HashSet<string> _members;
    private readonly TopicPosition _firstPosition;

    /// <param name="show">Takes the index of a source and one of its items. Returns the item as the topic shows it, or null.</param>
    public TopicView(ITopic topic, ImmutableArray<Replica> sources, Func<int, TopicItem, TopicItem?> show, TimeProvider clock)
    {
        (Topic, Sources, _show, _clock) = (topic, sources, show, clock);
        (_firstPosition, var states) = Now();
        _members = [.. states.SelectMany((s, i) => s.Items.Values.Where(item => show(i, item) is not null)).Select(i => i.Key)];
    }

    public ITopic Topic { get; }

    public ImmutableArray<Replica> Sources { get; }

    /// <summary>Returns the states of all replicas now. All frames of one round over the watchers are made from the same states.</summary>
    public (TopicPosition Position, ImmutableArray<ReplicaState> States) Now()
    {
        ImmutableArray<ReplicaState> states = [.. Sources.Select(s => s.State)];
        return (new([.. states.Select(s => s.Position)]), states);
    }

    /// <summary>
    /// Returns the item with this key as an authority has it now, without the topic's filter. Null when no authority has the item.
    /// </summary>
    public TopicItem? Find(string key) =>
        Sources.Select(source => source.State.Items.GetValueOrDefault(key)).FirstOrDefault(item => item is not null);

    /// <summary>
    /// Completes when no replica is behind a position from another node, so that a screen that changes nodes never shows older data.
    /// </summary>
    public Task CatchUpAsync(TopicPosition told) =>
        Task.WhenAll(
            Sources
                .Where((source, i) => i < told.Parts.Length && source.State.IsBehind(told.Parts[i]))
                .Select(source => source.CatchUpAsync())
        );

    /// <summary>Returns the frame that leads from a position to these states. It is a snapshot when a delta cannot be computed.</summary>
    public Frame FrameSince(TopicPosition? since, TopicPosition position, ImmutableArray<ReplicaState> states)
    {
        var tellable = since is not null && since.Parts.Length == states.Length;
        for (var i = 0; tellable && i < states.Length; i++)
            tellable = states[i].CanTellFrom(since!.Parts[i]);
        List<TopicItem> items = [];
        List<string> removed = [];
        for (var i = 0; i < states.Length; i++)
            Collect(
                i,
                states[i],
                tellable ? since!.Parts[i] : null,
                tellable && since!.Parts[i].Version >= _firstPosition.Parts[i].Version,
                items,
                removed
            );
        if (states.Length > 1)
            KeepMoved(states, items, removed);
        return new Frame(
            Topic.Name,
            tellable ? FrameKind.Delta : FrameKind.Snapshot,
            position.ToString(),
            items,
            removed,
            true,
            _clock.GetUtcNow()
        );
    }

    /// <summary>
    /// An item that left one source may be in another source now. Versions of two sources cannot be compared, so the frame removes the item
    /// and adds it again.
    /// </summary>
    private void KeepMoved(ImmutableArray<ReplicaState> states, List<TopicItem> items, List<string> removed)
    {
        foreach (var key in removed)
            for (var i = 0; i < states.Length; i++)
                if (states[i].Items.TryGetValue(key, out var item) && _show(i, item) is { } shown && !items.Contains(shown))
                    items.Add(shown);
    }

    private void Collect(int source, ReplicaState state, LivePosition? since, bool wasHere, List<TopicItem> items, List<string> removed)
    {
        if (since == state.Position)
            return;
        foreach (var item in state.Items.Values)
        {
            if (since is { } known && item.Version <= known.Version)
                continue;
            if (_show(source, item) is { } shown)
            {
                items.Add(shown);
                lock (_members)
                    _members.Add(item.Key);
            }
            else if (since is not null && (!wasHere || Left(item.Key)))
                removed.Add(item.Key);
        }
        if (since is not { } from)
            return;
        var tombstones = state.Tombstones.Kept;
        for (var i = tombstones.Length - 1; i >= 0 && tombstones[i].Version > from.Version; i--)
            if (!state.Items.ContainsKey(tombstones[i].Key))
                removed.Add(tombstones[i].Key);
    }

    private bool Left(string key)
    {
        lock (_members)
            return _members.Contains(key);
    }

    /// <summary>Splits a frame into parts, one message each. All watchers that get a message share its serialized bytes.</summary>
    /// <param name="evenEmpty">Whether an empty delta also gives a message.</param>
    /// <param name="packed">Whether long parts are sent as <c>Packed</c>, which is the JSON of a frame in a zlib stream (RFC 1950).</param>
    public static ImmutableArray<SerializedHubMessage> ToMessages(Frame frame, bool evenEmpty, bool packed)
    {
        if (!evenEmpty && frame is { Kind: FrameKind.Delta, Items.Count: 0, Removed.Count: 0 })
            return [];
        return
        [
            .. Split(frame, packed ? PackedPartSize : PartSize)
                .Select(part => new SerializedHubMessage(packed ? PackedOf(part) : Plain(part))),
        ];
    }

    private static InvocationMessage Plain(Frame part) => new("Frame", [part]);

    private static InvocationMessage PackedOf(Frame part)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(part, HubJson.Options);
        if (json.Length < WorthPacking)
            return Plain(part);
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest))
            zlib.Write(json);
        return new("Packed", [packed.ToArray()]);
    }

    private static IEnumerable<Frame> Split(Frame frame, int most)
    {
        if (frame.Items.Count <= SurelyOnePart)
        {
            yield return frame;
            yield break;
        }
        List<TopicItem> part = [];
        var size = 0;
        foreach (var item in frame.Items)
        {
            var bytes = JsonSerializer.SerializeToUtf8Bytes(item, HubJson.Options).Length;
            if (size + bytes > most && part.Count > 0)
            {
                yield return frame with
                {
                    Items = part,
                    Removed = [],
                    Last = false,
                };
                (part, size) = ([], 0);
            }
            part.Add(item);
            size += bytes;
        }
        yield return frame with
        {
            Items = part,
        };
    }
}
