using System.Buffers.Binary;
using System.Buffers.Text;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ConsultHub.Benchmarks.Live;

/// <summary>
/// One browser's worth of SignalR over a bare socket: cheap enough that thousands of them leave the processors to the server. It speaks
/// the JSON protocol and only looks for the highest item version of each message.
/// </summary>
internal sealed class Watcher(Uri hub, string invocation, string? cookie) : IDisposable
{
    private const byte Text = 0x81, Masked = 0x80;
    private static readonly byte[] Ping = Frame("{\"type\":6}\u001e");

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly TaskCompletionSource _answered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private byte[] _buffer = new byte[4096];
    private int _filled;

    /// <summary>Each message that carried a newer version than any before, with <see cref="Stopwatch"/> ticks, which all processes of a machine share.</summary>
    public List<(long Version, long At)> Seen { get; } = new(1024);

    /// <summary>Bytes received.</summary>
    public long Received { get; private set; }

    /// <summary>Messages that carried items.</summary>
    public int Messages { get; private set; }

    /// <summary>Connects, subscribes and completes with the first items.</summary>
    public async Task StartAsync()
    {
        await _socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, hub.Port));
        var request = $"GET {hub.PathAndQuery} HTTP/1.1\r\nHost: {hub.Authority}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            + $"Sec-WebSocket-Key: {Convert.ToBase64String(Guid.NewGuid().ToByteArray())}\r\nOrigin: {hub.GetLeftPart(UriPartial.Authority).Replace("ws", "http", StringComparison.Ordinal)}\r\n"
            + (cookie is null ? "" : $"Cookie: {cookie}\r\n") + "\r\n";
        await _socket.SendAsync(Encoding.ASCII.GetBytes(request));
        await UpgradedAsync();
        await _socket.SendAsync(Frame("{\"protocol\":\"json\",\"version\":1}\u001e"));
        await _socket.SendAsync(Frame(invocation + "\u001e"));
        _ = ReadAsync();
        await _answered.Task;
    }

    /// <summary>Keeps the server from taking the connection for dead.</summary>
    public async Task PingAsync() => await _socket.SendAsync(Ping);

    public void Dispose() => _socket.Dispose();

    private async Task UpgradedAsync()
    {
        while (true)
        {
            await FillAsync();
            var end = _buffer.AsSpan(0, _filled).IndexOf("\r\n\r\n"u8);
            if (end < 0) continue;
            var head = Encoding.ASCII.GetString(_buffer, 0, end);
            if (!head.StartsWith("HTTP/1.1 101", StringComparison.Ordinal)) throw new InvalidOperationException($"No WebSocket: {head}");
            Consume(end + 4);
            return;
        }
    }

    private async Task ReadAsync()
    {
        try
        {
            while (true)
            {
                while (TryTakeFrame(out var start, out var length))
                {
                    Look(_buffer.AsSpan(start, length));
                    Consume(start + length);
                }
                await FillAsync();
            }
        }
        catch (Exception e)
        {
            _answered.TrySetException(e);
        }
    }

    private bool TryTakeFrame(out int start, out int length)
    {
        (start, length) = (2, 0);
        if (_filled < 2) return false;
        length = _buffer[1] & 0x7F;
        if (length == 126)
        {
            if (_filled < 4) return false;
            (start, length) = (4, BinaryPrimitives.ReadUInt16BigEndian(_buffer.AsSpan(2)));
        }
        else if (length == 127)
        {
            if (_filled < 10) return false;
            (start, length) = (10, (int)BinaryPrimitives.ReadInt64BigEndian(_buffer.AsSpan(2)));
        }
        if (start + length > _buffer.Length) Array.Resize(ref _buffer, start + length);
        return _filled >= start + length;
    }

    private void Look(ReadOnlySpan<byte> message)
    {
        var at = Stopwatch.GetTimestamp();
        if (message.IndexOf("\"type\":7"u8) is >= 0 and < 3 || message.IndexOf("\"error\":"u8) >= 0)
            throw new InvalidOperationException(Encoding.UTF8.GetString(message));
        var newest = 0L;
        for (var rest = message; rest.IndexOf("\"version\":"u8) is >= 0 and var found;)
        {
            rest = rest[(found + 10)..];
            if (Utf8Parser.TryParse(rest, out long version, out _)) newest = Math.Max(newest, version);
        }
        if (newest == 0) return;
        Messages++;
        if (Seen.Count == 0 || newest > Seen[^1].Version) Seen.Add((newest, at));
        _answered.TrySetResult();
    }

    private async ValueTask FillAsync()
    {
        if (_filled == _buffer.Length) Array.Resize(ref _buffer, _buffer.Length * 2);
        var read = await _socket.ReceiveAsync(_buffer.AsMemory(_filled));
        if (read == 0) throw new InvalidOperationException("The server closed the connection.");
        _filled += read;
        Received += read;
    }

    private void Consume(int bytes)
    {
        _buffer.AsSpan(bytes, _filled - bytes).CopyTo(_buffer);
        _filled -= bytes;
    }

    /// <summary>A text frame with a mask of zeros, which changes nothing.</summary>
    private static byte[] Frame(string text)
    {
        var payload = Encoding.UTF8.GetBytes(text);
        if (payload.Length > 125) return [Text, Masked | 126, (byte)(payload.Length >> 8), (byte)payload.Length, 0, 0, 0, 0, .. payload];
        return [Text, (byte)(Masked | payload.Length), 0, 0, 0, 0, .. payload];
    }
}
