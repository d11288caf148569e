using System.Net;
using System.Net.Sockets;
using ConsultHub.Load.Wire;

namespace ConsultHub.Load.Watching;

/// <summary>
/// A frame that was received completely: its version, the time (UTC ticks), its number of items, and the bytes received up to then.
/// </summary>
internal readonly record struct Receipt(long To, long At, int Items, long Bytes);

/// <summary>Watches a topic as a browser does. Records when each frame arrived, and whether versions were repeated or went back.</summary>
internal sealed class Watcher(WatchOrder order, int number, StepLog steps) : IDisposable
{
    private const int WatchersAnAddress = 5_000;
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(500),
        LongestPause = TimeSpan.FromSeconds(5);

    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _lock = new();
    private readonly List<FrameSight> _parts = [];
    private readonly List<Receipt> _receipts = [];
    private volatile SignalRSocket? _socket;
    private volatile bool _disposed;
    private string? _position;
    private Guid _epoch;
    private long _at = -1,
        _bytesBefore;

    /// <summary>Completes with the first whole frame.</summary>
    public Task Started => _started.Task;

    /// <summary>The version that the watcher has reached. -1 before its first frame.</summary>
    public long At => Volatile.Read(ref _at);

    public bool Repeated { get; private set; }

    public bool Reordered { get; private set; }

    public int Snapshots { get; private set; }

    public int Reconnected { get; private set; }

    /// <summary>When the watcher stopped reading, in UTC ticks. 0 before that.</summary>
    public long StalledAt { get; private set; }

    /// <summary>When the server was found to have ended the connection, in UTC ticks. 0 before that.</summary>
    public long EndedAt { get; private set; }

    /// <summary>Watches until the watcher is disposed, or until its connection ends if <see cref="WatchOrder.Reconnect"/> is off.</summary>
    public async Task RunAsync()
    {
        var pause = FirstPause;
        for (var turn = order.First + number; !_disposed; turn++)
        {
            try
            {
                await WatchAsync(order.Nodes[turn % order.Nodes.Length], () => pause = FirstPause);
            }
            catch (Exception e) when (e is SocketException or IOException or ObjectDisposedException)
            {
                EndedAt = DateTime.UtcNow.Ticks;
                if (!order.Reconnect)
                    _started.TrySetException(e);
            }
            if (!order.Reconnect || _disposed)
                return;
            await Task.Delay(pause * Random.Shared.NextDouble()); // random, so that not all watchers return at once
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    private async Task WatchAsync(WatchNode node, Action answered)
    {
        var from =
            IPAddress.TryParse(node.Hub.Host, out var host) && host.Equals(IPAddress.Loopback) ? SourceOf(order.First + number) : null;
        using var socket = await SignalRSocket.ConnectAsync(node.Hub, node.Cookie, from, narrow: number < order.Stalling);
        lock (_lock)
            _parts.Clear();
        _socket = socket;
        if (_position is not null)
            Reconnected++;
        await socket.SendAsync(
            $$"""{"type":1,"target":"Watch","arguments":["{{order.Topic}}",{{(_position is null ? "null" : $"\"{_position}\"")}}]}"""
        );
        if (_disposed)
            return;
        try
        {
            await socket.ReadAsync(message =>
            {
                if (FrameSight.Of(message) is not { } part)
                    return;
                Take(part, socket.Received);
                answered();
            });
        }
        finally
        {
            _bytesBefore += socket.Received;
        }
    }

    /// <summary>One of this machine's loopback addresses.</summary>
    private static IPAddress SourceOf(int number) => new([127, 0, 0, (byte)(1 + (number / WatchersAnAddress))]);

    private void Take(FrameSight part, long received)
    {
        var now = DateTime.UtcNow.Ticks;
        lock (_lock)
        {
            if (_parts.Count > 0 && _parts[0].Position != part.Position)
                _parts.Clear();
            _parts.Add(part);
            if (!part.Last)
                return;
            if (part.Snapshot && _at >= 0)
                Snapshots++;
            var from = part.Snapshot ? -1 : _at;
            foreach (var piece in _parts)
            {
                Repeated |= piece.Lowest <= from;
                Reordered |= piece.Highest > piece.To;
            }
            Reordered |= part.To < _at || (_at >= 0 && part.Epoch != _epoch);
            var items = _parts.Sum(p => p.Items.Length);
            steps.Add(from, _parts, items);
            _parts.Clear();
            (_epoch, _position) = (part.Epoch, part.Position);
            Volatile.Write(ref _at, part.To);
            if (items > 0)
                _receipts.Add(new(part.To, now, items, _bytesBefore + received));
        }
        _started.TrySetResult();
    }

    /// <summary>Forgets what has been received so far.</summary>
    public void Begin()
    {
        lock (_lock)
            _receipts.Clear();
    }

    /// <summary>The receipts since <see cref="Begin"/>.</summary>
    public Receipt[] Receipts()
    {
        lock (_lock)
            return [.. _receipts];
    }

    /// <summary>Stops reading, but keeps telling the server that it is alive.</summary>
    public void Stall()
    {
        StalledAt = DateTime.UtcNow.Ticks;
        _socket?.Stall();
    }

    public async Task PingAsync()
    {
        try
        {
            if (_socket is { } socket)
                await socket.PingAsync();
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            if (EndedAt == 0)
                EndedAt = DateTime.UtcNow.Ticks;
        }
    }

    public void Dispose()
    {
        _disposed = true;
        _socket?.Dispose();
    }
}
