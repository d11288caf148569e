using System.Diagnostics;
using System.Net.Sockets;
using ConsultHub.Load.Wire;

namespace ConsultHub.Benchmarks.Live;

/// <summary>A watcher that represents one browser. It only notes the highest item version of each frame.</summary>
internal sealed class Watcher(Uri hub, string invocation, string? cookie) : IDisposable
{
    private readonly TaskCompletionSource _answered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private SignalRSocket? _socket;

    /// <summary>
    /// The version and the time of receipt of each message whose version was newer than in all earlier messages. The times are
    /// <see cref="Stopwatch"/> ticks. All processes of a machine count them from the same instant.
    /// </summary>
    public List<(long Version, long At)> Seen { get; } = new(1024);

    /// <summary>Bytes received.</summary>
    public long Received => _socket?.Received ?? 0;

    /// <summary>How many messages carried items.</summary>
    public int Messages { get; private set; }

    /// <summary>Connects and subscribes. Completes when the first items arrive.</summary>
    public async Task StartAsync()
    {
        _socket = await SignalRSocket.ConnectAsync(hub, cookie);
        await _socket.SendAsync(invocation);
        _ = ReadAsync(_socket);
        await _answered.Task;
    }

    /// <summary>Sends a keep-alive message. Without it the server would close the connection.</summary>
    public Task PingAsync() => _socket!.PingAsync();

    public void Dispose() => _socket?.Dispose();

    private async Task ReadAsync(SignalRSocket socket)
    {
        try
        {
            await socket.ReadAsync(Look);
        }
        catch (Exception e) when (e is SocketException or IOException or ObjectDisposedException)
        {
            _answered.TrySetException(e);
        }
    }

    private void Look(ReadOnlySpan<byte> message)
    {
        var at = Stopwatch.GetTimestamp();
        if (FrameSight.Of(message) is not { Highest: > 0 and var newest })
            return;
        Messages++;
        if (Seen.Count == 0 || newest > Seen[^1].Version)
            Seen.Add((newest, at));
        _answered.TrySetResult();
    }
}
