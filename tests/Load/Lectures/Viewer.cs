using System.Net;
using System.Net.Sockets;
using ConsultHub.Load.Watching;
using ConsultHub.Load.Wire;

namespace ConsultHub.Load.Lectures;

/// <summary>Watches a lecture as a browser does, and notes how old each frame is when it comes.</summary>
internal sealed class Viewer(LectureOrder order, int number) : IDisposable
{
    private const int ViewersAnAddress = 5_000;

    private readonly TaskCompletionSource<double> _picture = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _lock = new();
    private readonly Dictionary<byte, uint> _last = [];
    private SignalRSocket? _socket;
    private MediaSight? _sight;
    private Delays _delays = new();
    private long _askedAt, _since = long.MaxValue;
    private int _messagesBefore;

    /// <summary>Completes with the milliseconds from asking to the first picture's keyframe.</summary>
    public Task<double> Picture => _picture.Task;

    public int Gaps { get; private set; }

    public long StalledAt { get; private set; }

    public long EndedAt { get; private set; }

    public async Task RunAsync()
    {
        try
        {
            _socket = await SignalRSocket.ConnectAsync(new Uri(order.Hub), order.Cookie, new IPAddress([127, 0, 0, (byte)(1 + ((order.First + number) / ViewersAnAddress))]), narrow: number < order.Stalling, binary: true);
            _sight = new MediaSight(Take);
            _askedAt = DateTime.UtcNow.Ticks;
            await _socket.SendAsync(Invocation.Watch(order.Session));
            await _socket.ReadAsync(bytes =>
            {
                lock (_lock) _sight.Feed(bytes);
            });
        }
        catch (Exception e) when (e is SocketException or IOException or ObjectDisposedException)
        {
            EndedAt = DateTime.UtcNow.Ticks;
            _picture.TrySetException(e);
        }
    }

    /// <summary>Frames that are sent from now on count.</summary>
    public void Begin()
    {
        lock (_lock) (_delays, _since, _messagesBefore, Gaps) = (new(), DateTime.UtcNow.Ticks, _sight?.Messages ?? 0, 0);
    }

    public (Delays Delays, int Messages, int Gaps) Measure()
    {
        lock (_lock) return (_delays, (_sight?.Messages ?? 0) - _messagesBefore, Gaps);
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
            if (_socket is { } socket && EndedAt == 0) await socket.PingAsync();
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            if (EndedAt == 0) EndedAt = DateTime.UtcNow.Ticks;
        }
    }

    public void Dispose() => _socket?.Dispose();

    private void Take(FrameSeen frame)
    {
        var now = DateTime.UtcNow.Ticks;
        if (frame is { Track: 0, IsKey: true }) _picture.TrySetResult(TimeSpan.FromTicks(now - _askedAt).TotalMilliseconds);
        if (_last.TryGetValue(frame.Track, out var before) && frame.Sequence != before + 1) Gaps++;
        _last[frame.Track] = frame.Sequence;
        if (frame.SentAt >= _since) _delays.Add(TimeSpan.FromTicks(now - frame.SentAt).TotalMilliseconds);
    }
}

/// <summary>What a process of viewers is to do.</summary>
/// <param name="First">The number of its first viewer in the whole audience.</param>
/// <param name="Stalling">How many of them can be told to stop reading.</param>
internal sealed record LectureOrder(string Hub, string Cookie, string Session, int First, int Count, int Stalling);

/// <param name="Viewers">Those that read.</param>
/// <param name="Gaps">Times that frames were left out for one of them.</param>
internal sealed record Viewing(Delays Delays, int Viewers, long Messages, long Gaps);
