using System.Buffers;
using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace ConsultHub.Load.Wire;

/// <summary>
/// SignalR for one browser over a bare socket and without negotiation. One such socket needs so little work that the server gets almost all
/// processor time, even with thousands of sockets. With the JSON protocol it passes on each message as raw bytes. With MessagePack it
/// passes on the bytes as they arrive, which may be parts of messages.
/// </summary>
internal sealed class SignalRSocket : IDisposable
{
    /// <param name="message">The message without its end mark. It is valid only during the call.</param>
    public delegate void MessageHandler(ReadOnlySpan<byte> message);

    private const byte Text = 0x81,
        Binary = 0x82,
        Pong = 0x8A,
        Masked = 0x80,
        EndOfMessage = 0x1E;
    private const int Close = 8,
        Ping = 9,
        SmallBuffer = 4096;
    private const int Tcp = 6,
        MaximumSegment = 2;
    private static readonly byte[] KeepAlive = Frame(Text, "{\"type\":6}\u001e"u8),
        BinaryKeepAlive = Frame(Binary, [2, 0x91, 6]);

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly TaskCompletionSource _never = new();
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(SmallBuffer);
    private int _filled;
    private byte[] _begun = []; // the start of a message that arrives in more than one frame
    private volatile bool _stalled;
    private bool _binary;

    private SignalRSocket() { }

    /// <summary>Bytes received.</summary>
    public long Received { get; private set; }

    /// <summary>Connects and agrees on the protocol. <see cref="ReadAsync"/> receives everything after that.</summary>
    /// <param name="from">The loopback address of this machine from which to connect. Many sockets need several such addresses, because one
    /// address has ports for only about 28,000 connections to one server. Null leaves the choice to the system.</param>
    /// <param name="narrow">Uses small buffers and segments, as on a slow line. So the server soon notices unread data, which would
    /// otherwise stay in this machine's buffers.</param>
    /// <param name="binary">Uses MessagePack instead of JSON.</param>
    public static async Task<SignalRSocket> ConnectAsync(
        Uri hub,
        string? cookie,
        IPAddress? from = null,
        bool narrow = false,
        bool binary = false
    )
    {
        var connection = new SignalRSocket { _binary = binary };
        try
        {
            if (from is not null)
                connection._socket.Bind(new IPEndPoint(from, 0));
            if (narrow)
            {
                connection._socket.ReceiveBufferSize = SmallBuffer;
                if (OperatingSystem.IsLinux())
                    connection._socket.SetRawSocketOption(Tcp, MaximumSegment, BitConverter.GetBytes(1400));
            }
            await connection._socket.ConnectAsync(hub.Host, hub.Port);
            var request =
                $"GET {hub.PathAndQuery} HTTP/1.1\r\nHost: {hub.Authority}\r\n"
                + "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                + $"Sec-WebSocket-Key: {Convert.ToBase64String(RandomNumberGenerator.GetBytes(16))}\r\n"
                + $"Origin: {hub.GetLeftPart(UriPartial.Authority)}\r\n"
                + (cookie is null ? "" : $"Cookie: {cookie}\r\n")
                + "\r\n";
            await connection._socket.SendAsync(Encoding.ASCII.GetBytes(request));
            await connection.UpgradedAsync();
            await connection.SendAsync($$"""{"protocol":"{{(binary ? "messagepack" : "json")}}","version":1}""");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public async Task SendAsync(string message) => await _socket.SendAsync(Frame(Text, Encoding.UTF8.GetBytes(message + "\u001e")));

    /// <param name="message">A MessagePack message without its length prefix.</param>
    public async Task SendAsync(ReadOnlyMemory<byte> message)
    {
        List<byte> framed = [];
        for (var length = message.Length; ; length >>= 7)
        {
            framed.Add((byte)(length > 127 ? length | 0x80 : length));
            if (length <= 127)
                break;
        }
        await _socket.SendAsync(Frame(Binary, [.. framed, .. message.Span]));
    }

    /// <summary>Sends a keep-alive message. Without it the server would close the connection.</summary>
    public async Task PingAsync() => await _socket.SendAsync(_binary ? BinaryKeepAlive : KeepAlive);

    /// <summary>Stops reading, like a computer that has gone to sleep with its connection open.</summary>
    public void Stall() => _stalled = true;

    /// <summary>Passes on the received bytes. Ends with the exception that says why the connection ended.</summary>
    public async Task ReadAsync(MessageHandler handler)
    {
        while (true)
        {
            while (TryTakeFrame(out var kind, out var start, out var length))
            {
                if (kind == Close)
                    throw new EndOfStreamException("The server closed the WebSocket.");
                if (kind == Ping)
                    await _socket.SendAsync(Frame(Pong, _buffer.AsSpan(start, length)));
                else if (_binary)
                    handler(_buffer.AsSpan(start, length));
                else
                    Messages(_buffer.AsSpan(start, length), handler);
                Consume(start + length);
            }
            if (_stalled)
                await _never.Task;
            await FillAsync();
        }
    }

    public void Dispose() => _socket.Dispose();

    private async Task UpgradedAsync()
    {
        while (true)
        {
            await FillAsync();
            var end = _buffer.AsSpan(0, _filled).IndexOf("\r\n\r\n"u8);
            if (end < 0)
                continue;
            var head = Encoding.ASCII.GetString(_buffer, 0, end);
            if (!head.StartsWith("HTTP/1.1 101", StringComparison.Ordinal))
                throw new IOException($"The server opened no WebSocket: {head.Split('\r')[0]}");
            Consume(end + 4);
            return;
        }
    }

    private void Messages(Span<byte> payload, MessageHandler handler)
    {
        while (payload.IndexOf(EndOfMessage) is >= 0 and var end)
        {
            // A node that is stopping tells its clients to connect elsewhere.
            if (payload[..end].StartsWith("{\"type\":7"u8))
                throw new EndOfStreamException("The server asked this client to connect elsewhere.");
            if (_begun.Length == 0)
                handler(payload[..end]);
            else
                handler((byte[])[.. _begun, .. payload[..end]]);
            _begun = [];
            payload = payload[(end + 1)..];
        }
        if (!payload.IsEmpty)
            _begun = [.. _begun, .. payload];
    }

    private bool TryTakeFrame(out int kind, out int start, out int length)
    {
        (kind, start, length) = (_buffer[0] & 0x0F, 2, 0);
        if (_filled < 2)
            return false;
        length = _buffer[1] & 0x7F;
        if (length == 126)
        {
            if (_filled < 4)
                return false;
            (start, length) = (4, BinaryPrimitives.ReadUInt16BigEndian(_buffer.AsSpan(2)));
        }
        else if (length == 127)
        {
            if (_filled < 10)
                return false;
            (start, length) = (10, (int)BinaryPrimitives.ReadInt64BigEndian(_buffer.AsSpan(2)));
        }
        if (start + length > _buffer.Length)
            Resize(start + length);
        return _filled >= start + length;
    }

    private async ValueTask FillAsync()
    {
        if (_filled == _buffer.Length)
            Resize(_buffer.Length * 2);
        var read = await _socket.ReceiveAsync(_buffer.AsMemory(_filled));
        if (read == 0)
            throw new EndOfStreamException("The server closed the connection.");
        _filled += read;
        Received += read;
    }

    private void Consume(int bytes)
    {
        _buffer.AsSpan(bytes, _filled - bytes).CopyTo(_buffer);
        _filled -= bytes;
        if (_filled == 0 && _buffer.Length > SmallBuffer)
            Resize(SmallBuffer);
    }

    private void Resize(int size)
    {
        var other = ArrayPool<byte>.Shared.Rent(size);
        _buffer.AsSpan(0, _filled).CopyTo(other);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = other;
    }

    /// <summary>Builds a frame with a mask of zeros, which leaves the payload unchanged.</summary>
    private static byte[] Frame(byte kind, ReadOnlySpan<byte> payload)
    {
        if (payload.Length > 65_535)
        {
            var length = payload.Length;
            return
            [
                kind,
                Masked | 127,
                0,
                0,
                0,
                0,
                (byte)(length >> 24),
                (byte)(length >> 16),
                (byte)(length >> 8),
                (byte)length,
                0,
                0,
                0,
                0,
                .. payload,
            ];
        }
        if (payload.Length > 125)
            return [kind, Masked | 126, (byte)(payload.Length >> 8), (byte)payload.Length, 0, 0, 0, 0, .. payload];
        return [kind, (byte)(Masked | payload.Length), 0, 0, 0, 0, .. payload];
    }
}
