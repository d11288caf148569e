using System.Net;
using System.Net.Sockets;
using ConsultHub.Load.Watching;
using ConsultHub.Load.Wire;

namespace ConsultHub.Load.Lectures;

/// <summary>Watches a lecture as a browser does, and records the age of each frame on arrival.</summary>
internal sealed class Viewer(LectureOrder order, int number) : IDisposable
{
    private const int ViewersAnAddress = 5_000;

    private readonly TaskCompletionSource<double> _picture = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _lock = new();
    private readonly Dictionary<byte, uint> _last = [];
    private SignalRSocket? _socket;
    private MediaSight? _sight;
    private Delays _delays = new();
    private long _askedAt,
        _since = long.MaxValue;
    private int _messagesBefore;
    private long _bytesBefore;
    private volatile bool _disposed;

    /// <summary>Completes with the milliseconds from the request to the first picture's keyframe.</summary>
    public Task<double> Picture => _picture.Task;

    public int Gaps { get; private set; }

    public long StalledAt { get; private set; }

    public long EndedAt { get; private set; }

    /// <summary>When the viewer received a keyframe again after its connection had ended, in UTC ticks. 0 before that.</summary>
    public long AgainAt { get; private set; }

    /// <summary>
    /// Watches until the connection ends. If the order names another node, the viewer then connects to that node and watches again. Between
    /// attempts it waits as long as a browser's client does.
    /// </summary>
    public async Task RunAsync()
    {
        for (var attempt = 0; !_disposed; attempt++)
        {
            var lost = EndedAt != 0;
            try
            {
                using var socket = await SignalRSocket.ConnectAsync(
                    new Uri(lost ? order.Elsewhere! : order.Hub),
                    order.Cookie,
                    new IPAddress([127, 0, 0, (byte)(1 + ((order.First + number) / ViewersAnAddress))]),
                    narrow: number < order.Stalling,
                    binary: true
                );
                (_socket, _sight, _askedAt) = (socket, new MediaSight(Take), DateTime.UtcNow.Ticks);
                await socket.SendAsync(Invocation.Watch(order.Session));
                await socket.ReadAsync(bytes =>
                {
                    lock (_lock)
                        _sight.Feed(bytes);
                });
            }
            catch (Exception e) when (e is SocketException or IOException or ObjectDisposedException)
            {
                if (!lost)
                    EndedAt = DateTime.UtcNow.Ticks;
                _picture.TrySetException(e);
                if (order.Elsewhere is null || StalledAt != 0)
                    return;
                await Task.Delay(TimeSpan.FromMilliseconds(Math.Min(5_000, 200 << attempt) * (0.5 + (Random.Shared.NextDouble() / 2))));
            }
        }
    }

    /// <summary>Measures only frames that are sent from now on.</summary>
    public void Begin()
    {
        lock (_lock)
            (_delays, _since, _messagesBefore, _bytesBefore, Gaps) = (
                new(),
                DateTime.UtcNow.Ticks,
                _sight?.Messages ?? 0,
                _socket?.Received ?? 0,
                0
            );
    }

    public (Delays Delays, int Messages, long Bytes, int Gaps) Measure()
    {
        lock (_lock)
            return (_delays, (_sight?.Messages ?? 0) - _messagesBefore, (_socket?.Received ?? 0) - _bytesBefore, Gaps);
    }

    public void Stall()
    {
        StalledAt = DateTime.UtcNow.Ticks;
        _socket?.Stall();
    }

    public async Task PingAsync()
    {
        try
        {
            if (_socket is { } socket && (EndedAt == 0 || AgainAt != 0))
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

    private void Take(FrameSeen frame)
    {
        var now = DateTime.UtcNow.Ticks;
        if (frame is { Track: 0, IsKey: true })
        {
            _picture.TrySetResult(TimeSpan.FromTicks(now - _askedAt).TotalMilliseconds);
            if (EndedAt != 0 && AgainAt == 0)
                AgainAt = now;
        }
        if (_last.TryGetValue(frame.Track, out var before) && frame.Sequence != before + 1)
            Gaps++;
        _last[frame.Track] = frame.Sequence;
        if (frame.SentAt >= _since && frame.SentAt <= now)
            _delays.Add(TimeSpan.FromTicks(now - frame.SentAt).TotalMilliseconds);
    }
}

/// <summary>The order for a process of viewers.</summary>
/// <param name="First">The number of the process's first viewer in the whole audience.</param>
/// <param name="Stalling">How many of the viewers can be told to stop reading.</param>
/// <param name="Elsewhere">The node to which viewers move when their connection ends. Null if they do not move.</param>
internal sealed record LectureOrder(
    string Hub,
    string Cookie,
    string Session,
    int First,
    int Count,
    int Stalling,
    string? Elsewhere = null
);

/// <param name="Viewers">How many viewers read all the time.</param>
/// <param name="Gaps">How many times frames were left out for one of these viewers.</param>
internal sealed record Viewing(Delays Delays, int Viewers, long Messages, long Bytes, long Gaps);
