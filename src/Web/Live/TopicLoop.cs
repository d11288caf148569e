using System.Collections.Immutable;
using System.Diagnostics;
using System.Threading.Channels;
using ConsultHub.Live;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace ConsultHub.Web.Live;

/// <summary>One connection that watches one topic.</summary>
/// <param name="packed">Whether the connection takes long frames compressed.</param>
/// <param name="viewer">Says who watches now. Null if the sign-in has ended.</param>
internal sealed class Watcher(HubConnectionContext connection, TopicPosition? at, bool packed, Func<Viewer?> viewer, WatchRule rule)
{
    private int _checked = -1;

    public HubConnectionContext Connection => connection;

    public bool Packed => packed;

    /// <summary>Whether the viewer may still watch the topic.</summary>
    /// <param name="round">Rises when somebody's rights may have changed. Only then, or if the topic's state matters, the rule is asked
    /// again.</param>
    public bool IsAdmitted(TopicView view, int round)
    {
        if (_checked == round && rule.AllowsIn is null)
            return true;
        _checked = round;
        return viewer() is { } now && rule.Allows(now) && rule.AllowsIn?.Invoke(now, view.Find) != false;
    }

    /// <summary>
    /// How far the watcher has read: first the position that the watcher named, later that of the last frame written. Null before the first
    /// snapshot.
    /// </summary>
    public TopicPosition? At { get; set; } = at;

    /// <summary>
    /// Whether the first frame has been written. It is sent even when it is empty, so that a watcher who resumes knows that nothing
    /// changed.
    /// </summary>
    public bool Greeted { get; set; }

    /// <summary>
    /// Set when the connection no longer watches the topic. The remaining parts of a frame are then not written, because they would mix
    /// with the parts of a later watch.
    /// </summary>
    public volatile bool Gone;

    /// <summary>
    /// When the write that is under way began or last made progress, from Environment.TickCount64 in milliseconds. 0 if no write is under
    /// way.
    /// </summary>
    public long BusySince;
}

/// <summary>
/// Writes a topic to its watchers. Watchers at the same position get the same message, which is serialized once. A watcher whose last write
/// is not finished is skipped and later gets all changes since then, merged. So there is no queue, and a slow watcher delays nobody.
/// </summary>
internal sealed class TopicLoop(TopicView view, TimeProvider clock)
{
    /// <summary>The least time from a round that wrote something to the next round. The changes of this time are merged.</summary>
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(25);

    /// <summary>A connection that accepts no data for this long is ended.</summary>
    private const int StuckAfterMilliseconds = 30_000;

    private const int MostKept = 64;

    private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite }
    );
    private readonly KeyValuePair<string, object?> _kind = LiveMeter.KindOf(view.Topic);
    private ImmutableHashSet<Watcher> _watchers = [];

    // Messages stay for later passes until the position changes or there are more than MostKept. So thousands of new watchers get the same
    // bytes.
    private readonly Dictionary<(TopicPosition?, bool, bool), ImmutableArray<SerializedHubMessage>> _messages = [];
    private TopicPosition? _madeAt;
    private int _round;

    public TopicView View => view;
    public int Count => _watchers.Count;

    public void Start()
    {
        foreach (var source in view.Sources)
            source.Changed += Signal;
        _ = RunAsync();
    }

    public void Close()
    {
        foreach (var source in view.Sources)
            source.Changed -= Signal;
        _signal.Writer.TryComplete();
    }

    public void Add(Watcher watcher)
    {
        ImmutableInterlocked.Update(ref _watchers, set => set.Add(watcher));
        LiveMeter.Watchers.Add(1, _kind);
        Signal();
    }

    public void Remove(Watcher watcher)
    {
        watcher.Gone = true;
        if (ImmutableInterlocked.Update(ref _watchers, set => set.Remove(watcher)))
            LiveMeter.Watchers.Add(-1, _kind);
    }

    /// <summary>Checks again which watchers may watch the topic.</summary>
    public void Recheck()
    {
        Interlocked.Increment(ref _round);
        Signal();
    }

    private void Signal() => _signal.Writer.TryWrite(true);

    private async Task RunAsync()
    {
        await Task.Yield();
        await foreach (var _ in _signal.Reader.ReadAllAsync())
        {
            var began = clock.GetTimestamp();
            if (!Pass())
                continue;
            var rest = Pace - clock.GetElapsedTime(began);
            if (rest > TimeSpan.Zero)
                await Task.Delay(rest, clock);
            else
                await Task.Yield();
        }
    }

    /// <returns>Whether anything was written.</returns>
    private bool Pass()
    {
        var began = Stopwatch.GetTimestamp();
        var round = Volatile.Read(ref _round);
        var (position, states) = view.Now();
        if (!position.Equals(_madeAt) || _messages.Count > MostKept)
            _messages.Clear();
        _madeAt = position;
        var (frames, merged) = (0L, 0L);
        foreach (var watcher in _watchers)
        {
            if (!watcher.IsAdmitted(view, round))
            {
                End(watcher);
                continue;
            }
            if (Volatile.Read(ref watcher.BusySince) != 0 || (watcher.Greeted && position.Equals(watcher.At)))
                continue;
            var from = (watcher.At, watcher.Greeted, watcher.Packed);
            if (!_messages.TryGetValue(from, out var parts))
                _messages[from] = parts = TopicView.ToMessages(
                    view.FrameSince(watcher.At, position, states),
                    evenEmpty: !watcher.Greeted,
                    watcher.Packed
                );
            watcher.Greeted = true;
            frames += parts.Length;
            if (parts.Length > 0 && watcher.At is { } at)
                merged += Math.Max(0, position.VersionsSince(at) - 1);
            Write(watcher, parts, position);
        }
        if (frames > 0)
            LiveMeter.Passed(frames, merged, began, _kind);
        return frames > 0;
    }

    /// <summary>Tells a watcher that it may no longer see the topic. It does not matter whether the message arrives.</summary>
    private void End(Watcher watcher)
    {
        Remove(watcher);
        _ = TellAsync();

        async Task TellAsync()
        {
            try
            {
                await watcher.Connection.WriteAsync(new InvocationMessage("Ended", [view.Topic.Name, TopicCodes.Denied.Name]));
            }
            catch (Exception)
            {
                // The connection has ended. SignalR calls OnDisconnectedAsync.
            }
        }
    }

    private void Write(Watcher watcher, ImmutableArray<SerializedHubMessage> parts, TopicPosition position)
    {
        if (parts.Length <= 1)
        {
            var written = parts.Length == 0 ? ValueTask.CompletedTask : watcher.Connection.WriteAsync(parts[0]);
            if (written.IsCompletedSuccessfully)
            {
                watcher.At = position;
                return;
            }
            Volatile.Write(ref watcher.BusySince, Environment.TickCount64);
            _ = FinishAsync(watcher, written, position);
            return;
        }
        Volatile.Write(ref watcher.BusySince, Environment.TickCount64);
        _ = FinishAsync(watcher, WritePartsAsync(watcher, parts), position);
    }

    private static async ValueTask WritePartsAsync(Watcher watcher, ImmutableArray<SerializedHubMessage> parts)
    {
        foreach (var part in parts)
        {
            if (watcher.Gone)
                return;
            await watcher.Connection.WriteAsync(part);
            Volatile.Write(ref watcher.BusySince, Environment.TickCount64);
        }
    }

    private async Task FinishAsync(Watcher watcher, ValueTask written, TopicPosition position)
    {
        try
        {
            await written;
        }
        catch (Exception)
        {
            Remove(watcher); // the connection has ended; SignalR calls OnDisconnectedAsync
            return;
        }
        watcher.At = position;
        Volatile.Write(ref watcher.BusySince, 0);
        Signal();
    }

    /// <summary>Ends connections whose write made no progress for 30 s.</summary>
    public void EndStuck()
    {
        foreach (var watcher in _watchers)
        {
            var since = Volatile.Read(ref watcher.BusySince);
            if (
                since == 0
                || Environment.TickCount64 - since <= StuckAfterMilliseconds
                || watcher.Connection.ConnectionAborted.IsCancellationRequested
            )
                continue;
            LiveMeter.Ended.Add(1);
            watcher.Connection.Abort();
        }
    }
}
