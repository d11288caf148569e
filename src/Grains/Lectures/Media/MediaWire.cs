using System.Buffers.Binary;
using System.Text;

namespace ConsultHub.Lectures.Media;

/// <summary>
/// The format of media between publishers, hub, viewers and recordings. A packet is a version byte followed by frames. All numbers are
/// little-endian. A frame has a header of 28 bytes: flags, track, u16 length of the configuration, u32 publication, u32 sequence, u32
/// duration, u64 timestamp and u32 length of the payload. A keyframe then has the configuration. The payload comes last.
/// </summary>
public static class MediaWire
{
    public const byte Version = 1;
    public const int HeaderLength = 28;

    /// <summary>
    /// How many bytes the payload of a frame may have at most: 1 MiB. A keyframe of a screen at full size is much smaller.
    /// </summary>
    public const int MostPayload = 1 << 20;

    public const int MostPacket = MostPayload + (64 << 10),
        MostFrames = 512,
        MostConfig = 1024;

    /// <summary>JavaScript represents all integers up to 2^53 exactly. This limit is safely below.</summary>
    public const long MostTimestamp = 1L << 52;

    /// <summary>The longest duration of one frame, in microseconds.</summary>
    public const uint MostDuration = 10_000_000;

    private const byte KeyFlag = 1,
        AudioFlag = 2;

    /// <summary>Reads and checks the frames of a packet. The packet may come from outside the hub.</summary>
    /// <exception cref="MediaException">media.bad-version, media.too-large, media.torn, media.bad-frame, media.bad-config.</exception>
    public static List<MediaFrame> Read(ReadOnlyMemory<byte> packet)
    {
        if (packet.Length > MostPacket)
            throw new MediaException(MediaCodes.TooLarge, $"The packet has {packet.Length} bytes. At most {MostPacket} are allowed.");
        CheckVersion(packet.Span);
        List<MediaFrame> frames = [];
        for (var rest = packet[1..]; !rest.IsEmpty; rest = rest[frames[^1].Wire.Length..])
        {
            if (frames.Count == MostFrames)
                throw new MediaException(MediaCodes.TooLarge, $"The packet has more than {MostFrames} frames.");
            frames.Add(ReadFrame(rest) ?? throw new MediaException(MediaCodes.Torn, "The packet ends inside a frame."));
        }
        return frames;
    }

    public static void CheckVersion(ReadOnlySpan<byte> packet)
    {
        if (packet.IsEmpty || packet[0] != Version)
            throw new MediaException(MediaCodes.BadVersion, $"This is not a packet of version {Version}.");
    }

    /// <summary>Reads the frame at the beginning of the bytes.</summary>
    /// <returns>Null if the bytes end inside the frame.</returns>
    /// <exception cref="MediaException">The bytes cannot be a frame.</exception>
    public static MediaFrame? ReadFrame(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Length < HeaderLength)
            return null;
        var span = bytes.Span;
        var (flags, track, configLength) = (span[0], span[1], BinaryPrimitives.ReadUInt16LittleEndian(span[2..]));
        var timestamp = BinaryPrimitives.ReadUInt64LittleEndian(span[16..]);
        var payload = BinaryPrimitives.ReadUInt32LittleEndian(span[24..]);
        if (
            flags > (KeyFlag | AudioFlag)
            || !MediaTracks.IsKnown(track)
            || (flags & AudioFlag) != 0 != MediaTracks.IsAudio(track)
            || timestamp > MostTimestamp
            || payload == 0
            || BinaryPrimitives.ReadUInt32LittleEndian(span[12..]) > MostDuration
        )
            throw new MediaException(MediaCodes.BadFrame, "The header of a frame has an invalid value.");
        if (payload > MostPayload)
            throw new MediaException(
                MediaCodes.TooLarge,
                $"The payload of a frame has {payload} bytes. At most {MostPayload} are allowed."
            );
        var isKey = (flags & KeyFlag) != 0;
        if (configLength > MostConfig || configLength > 0 != isKey)
            throw new MediaException(
                MediaCodes.BadConfig,
                $"A keyframe must have a configuration of 1 to {MostConfig} bytes, and other frames must have none."
            );
        var length = HeaderLength + configLength + (int)payload;
        if (bytes.Length < length)
            return null;
        return new(
            BinaryPrimitives.ReadUInt32LittleEndian(span[4..]),
            track,
            isKey,
            BinaryPrimitives.ReadUInt32LittleEndian(span[8..]),
            (long)timestamp,
            BinaryPrimitives.ReadUInt32LittleEndian(span[12..]),
            bytes[..length],
            configLength
        );
    }

    /// <summary>Writes frames into one packet.</summary>
    public static byte[] Join(IReadOnlyCollection<MediaFrame> frames)
    {
        var packet = new byte[1 + frames.Sum(f => f.Wire.Length)];
        packet[0] = Version;
        var at = 1;
        foreach (var frame in frames)
        {
            frame.Wire.CopyTo(packet.AsMemory(at));
            at += frame.Wire.Length;
        }
        return packet;
    }

    /// <summary>Divides any number of frames into packets, in order. <see cref="Read"/> accepts each of them.</summary>
    public static IEnumerable<byte[]> Packets(IEnumerable<MediaFrame> frames)
    {
        List<MediaFrame> next = [];
        var length = 1;
        foreach (var frame in frames)
        {
            if (next.Count == MostFrames || (next.Count > 0 && length + frame.Wire.Length > MostPacket))
            {
                yield return Join(next);
                (next, length) = ([], 1);
            }
            next.Add(frame);
            length += frame.Wire.Length;
        }
        if (next.Count > 0)
            yield return Join(next);
    }

    /// <summary>Writes a new frame. A frame with a configuration is a keyframe.</summary>
    public static MediaFrame Write(
        uint publication,
        byte track,
        uint sequence,
        long timestamp,
        uint duration,
        MediaConfig? config,
        ReadOnlySpan<byte> payload
    )
    {
        var head = config is null ? [] : WriteConfig(config, MediaTracks.IsAudio(track));
        var wire = new byte[HeaderLength + head.Length + payload.Length];
        wire[0] = (byte)((config is null ? 0 : KeyFlag) | (MediaTracks.IsAudio(track) ? AudioFlag : 0));
        wire[1] = track;
        BinaryPrimitives.WriteUInt16LittleEndian(wire.AsSpan(2), (ushort)head.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(wire.AsSpan(4), publication);
        BinaryPrimitives.WriteUInt32LittleEndian(wire.AsSpan(8), sequence);
        BinaryPrimitives.WriteUInt32LittleEndian(wire.AsSpan(12), duration);
        BinaryPrimitives.WriteUInt64LittleEndian(wire.AsSpan(16), (ulong)timestamp);
        BinaryPrimitives.WriteUInt32LittleEndian(wire.AsSpan(24), (uint)payload.Length);
        head.CopyTo(wire.AsSpan(HeaderLength));
        payload.CopyTo(wire.AsSpan(HeaderLength + head.Length));
        return new(publication, track, config is not null, sequence, timestamp, duration, wire, head.Length);
    }

    /// <summary>Reads the configuration of a keyframe.</summary>
    /// <exception cref="MediaException">
    ///     media.bad-config, or media.unsupported-codec for a codec other than VP8, H.264 and Opus.
    /// </exception>
    public static MediaConfig ReadConfig(in MediaFrame frame)
    {
        var span = frame.Config.Span;
        var isAudio = frame.IsAudio;
        var fixedLength = isAudio ? 5 : 4;
        if (span.Length < 1 || span[0] is 0 or > 32 || span.Length < 1 + span[0] + fixedLength)
            throw new MediaException(MediaCodes.BadConfig, "The configuration is incomplete.");
        var codec = Encoding.ASCII.GetString(span.Slice(1, span[0]));
        var description = frame.Config[(1 + span[0] + fixedLength)..];
        span = span[(1 + span[0])..];
        if (
            isAudio
                ? codec != "opus"
                : codec != "vp8"
                    && !(codec.Length == 11 && codec.StartsWith("avc1.", StringComparison.Ordinal) && codec[5..].All(char.IsAsciiHexDigit))
        )
            throw new MediaException(MediaCodes.UnsupportedCodec, "Pictures must be VP8 or H.264, and sound must be Opus.");
        if (isAudio)
        {
            var (rate, channels) = ((int)Math.Min(BinaryPrimitives.ReadUInt32LittleEndian(span), int.MaxValue), span[4]);
            return rate is >= 8000 and <= 192_000 && channels is 1 or 2
                ? new(codec, 0, 0, rate, channels, description)
                : throw new MediaException(
                    MediaCodes.BadConfig,
                    $"The configuration has {channels} channels at {rate} Hz, which is not supported."
                );
        }
        var (width, height) = (BinaryPrimitives.ReadUInt16LittleEndian(span), BinaryPrimitives.ReadUInt16LittleEndian(span[2..]));
        return width is >= 16 and <= 4096 && height is >= 16 and <= 4096
            ? new(codec, width, height, 0, 0, description)
            : throw new MediaException(
                MediaCodes.BadConfig,
                $"The configuration has a picture of {width} by {height}, which is not supported."
            );
    }

    private static byte[] WriteConfig(MediaConfig config, bool isAudio)
    {
        Span<byte> numbers = stackalloc byte[isAudio ? 5 : 4];
        if (isAudio)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(numbers, (uint)config.SampleRate);
            numbers[4] = (byte)config.Channels;
        }
        else
        {
            BinaryPrimitives.WriteUInt16LittleEndian(numbers, (ushort)config.Width);
            BinaryPrimitives.WriteUInt16LittleEndian(numbers[2..], (ushort)config.Height);
        }
        return [(byte)config.Codec.Length, .. Encoding.ASCII.GetBytes(config.Codec), .. numbers, .. config.Description.Span];
    }
}
