using System.Buffers.Binary;
using System.Text;
using ConsultHub.Lectures.Media;

namespace ConsultHub.Load.Lectures;

/// <summary>A frame as a viewer received it.</summary>
/// <param name="SentAt">UTC ticks. The payload begins with them if the speaker is part of this program.</param>
internal readonly record struct FrameSeen(byte Track, bool IsKey, uint Sequence, long SentAt);

/// <summary>
/// Finds the frames in a hub's MessagePack stream as it arrives, without keeping their payloads. So watching thousands of streams needs
/// only a few bytes for each.
/// </summary>
internal sealed class MediaSight(Action<FrameSeen> onFrame)
{
    private const int Stamp = 8;
    private static readonly byte[] Media = [0x80, 0xC0, 0xA5, .. "Media"u8, 0x91];

    private readonly byte[] _head = new byte[64];
    private int _filled;
    private long _message = -2,
        _skip; // _message: the remaining bytes of a message, -2 before the handshake's answer, -1 before a length
    private int _lengthShift;
    private long _length;
    private bool _isMedia,
        _inPacket;

    /// <summary>How many messages carried media.</summary>
    public int Messages { get; private set; }

    /// <exception cref="IOException">The hub refused the request.</exception>
    public void Feed(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            if (_message < 0)
                bytes = bytes[Begin(bytes[0])..];
            else if (_skip > 0)
            {
                var count = (int)Math.Min(Math.Min(_skip, _message), bytes.Length);
                (_skip, _message) = (_skip - count, _message - count);
                bytes = bytes[count..];
            }
            else
            {
                _head[_filled++] = bytes[0];
                _message--;
                bytes = bytes[1..];
                Look();
            }
            if (_message == 0)
                End();
        }
    }

    private int Begin(byte next)
    {
        if (_message == -2)
        {
            if (next == 0x1E)
                _message = -1;
            return 1;
        }
        _length |= (long)(next & 0x7F) << _lengthShift;
        _lengthShift += 7;
        if ((next & 0x80) == 0)
            (_message, _length, _lengthShift) = (_length, 0, 0);
        return 1;
    }

    private void Look()
    {
        if (_inPacket)
            LookAtFrame();
        else if (_filled == 12)
        {
            // A message with media is [1, {}, nil, "Media", [bin], []] in MessagePack. Byte 11 is the type of the bin.
            _isMedia = _head[1] == 1 && _head.AsSpan(2, Media.Length).SequenceEqual(Media);
            if (!_isMedia && _head[1] == 3 && _message > 0)
                _filled = 12;
            else if (!_isMedia)
                _skip = _message;
        }
        else if (_isMedia && _filled == 12 + (1 << (_head[11] - 0xC4)) + 1)
        {
            if (_head[_filled - 1] != MediaWire.Version)
                throw new IOException("The hub sent a media message that holds no packet of the known version.");
            (_inPacket, _filled) = (true, 0);
            Messages++;
        }
        else if (!_isMedia && _filled == _head.Length)
            _skip = _message;
    }

    private void LookAtFrame()
    {
        if (_filled < MediaWire.HeaderLength)
            return;
        var config = BinaryPrimitives.ReadUInt16LittleEndian(_head.AsSpan(2));
        if (_filled == MediaWire.HeaderLength && config > 0)
        {
            _skip = config;
            return;
        }
        var payload = BinaryPrimitives.ReadUInt32LittleEndian(_head.AsSpan(24));
        var stamp = (int)Math.Min(payload, Stamp); // a frame of silence is shorter
        if (_filled < MediaWire.HeaderLength + stamp)
            return;
        var sentAt = stamp == Stamp ? BinaryPrimitives.ReadInt64LittleEndian(_head.AsSpan(MediaWire.HeaderLength)) : 0;
        onFrame(new(_head[1], (_head[0] & 1) != 0, BinaryPrimitives.ReadUInt32LittleEndian(_head.AsSpan(8)), sentAt));
        (_skip, _filled) = (payload - stamp, 0);
    }

    private void End()
    {
        // An answer with an error contains the text of the error at its end.
        if (
            !_isMedia
            && _filled > 12
            && _head[1] == 3
            && Encoding.ASCII.GetString(_head, 0, _filled) is var text
            && text.Contains("lecture.", StringComparison.Ordinal)
        )
            throw new IOException(text);
        (_message, _filled, _skip, _isMedia, _inPacket) = (-1, 0, 0, false, false);
    }
}
