using System.Buffers.Binary;
using System.Text;
using ConsultHub.Lectures.Media;

namespace ConsultHub.Web.Lectures.Recording;

/// <summary>
/// Writes VP8 and Opus as WebM with a table of cues, so that players can seek (RFC 9559; webmproject.org/docs/container; Opus as in
/// wiki.xiph.org/MatroskaOpus).
/// </summary>
/// <param name="output">Must be able to seek, because sizes and positions are filled in at the end.</param>
/// <param name="isJoined">Whether frames have the file's own time. Otherwise the file's time begins with the first frame.</param>
internal sealed class WebmWriter(Stream output, byte? picture, byte? sound, bool isJoined = false) : IMediaFileWriter
{
    private const int PictureTrack = 1,
        SoundTrack = 2,
        MostRelative = 30_000;
    private const string Application = "Consult Hub";

    private readonly List<(long Time, long Place)> _cues = [];
    private MediaConfig? _pictureConfig,
        _soundConfig;
    private long _segment,
        _info,
        _tracks,
        _cluster = -1,
        _clusterTime,
        _end,
        _zero;

    public void Add(List<MediaFrame> frames)
    {
        foreach (var frame in frames)
        {
            // Some speakers may have two channels. A decoder for two channels also plays one channel, so the larger number is written.
            if (
                frame.IsKey
                && frame.IsAudio
                && MediaWire.ReadConfig(frame) is var config
                && config.Channels > (_soundConfig?.Channels ?? 0)
            )
                _soundConfig = config;
            else if (frame is { IsKey: true, IsAudio: false })
                _pictureConfig ??= MediaWire.ReadConfig(frame);
        }
        if (frames.Count == 0)
            return;
        if (_segment == 0)
            Begin(isJoined ? 0 : frames[0].Timestamp);
        var isFirst = picture is null;
        foreach (var frame in frames)
        {
            var time = Math.Max(0, (frame.Timestamp - _zero) / 1000);
            var isPictureKey = frame.IsKey && !frame.IsAudio;
            // Players seek to clusters. So each keyframe of the picture starts a cluster. If there is no picture, each call of Add starts
            // one.
            if (_cluster < 0 || isPictureKey || time - _clusterTime > MostRelative || isFirst)
                BeginCluster(time);
            if (isPictureKey || isFirst)
                _cues.Add((time, _cluster));
            isFirst = false;
            WriteBlock(frame, (short)(time - _clusterTime));
            _end = Math.Max(_end, time + (frame.Duration / 1000));
        }
    }

    public void Finish()
    {
        if (_segment == 0)
            return;
        EndCluster();
        var cues = output.Position;
        Element(
            output,
            0x1C53BB6B,
            body =>
            {
                foreach (var (time, place) in _cues)
                    Element(
                        body,
                        0xBB,
                        point =>
                        {
                            Number(point, 0xB3, time);
                            Element(
                                point,
                                0xB7,
                                at =>
                                {
                                    Number(at, 0xF7, picture is null ? SoundTrack : PictureTrack);
                                    Number(at, 0xF1, place - _segment);
                                }
                            );
                        }
                    );
            }
        );
        var end = output.Position;
        WriteHead(cues);
        Patch(_segment - 8, end - _segment);
        output.Position = end;
    }

    private void Begin(long zero)
    {
        _zero = zero;
        Element(
            output,
            0x1A45DFA3,
            head =>
            {
                Number(head, 0x4286, 1);
                Number(head, 0x42F7, 1);
                Number(head, 0x42F2, 4);
                Number(head, 0x42F3, 8);
                Text(head, 0x4282, "webm");
                Number(head, 0x4287, 4);
                Number(head, 0x4285, 2);
            }
        );
        Id(output, 0x18538067);
        output.Write(Size8(0));
        _segment = output.Position;
        WriteHead(0);
    }

    /// <summary>Writes the head. It is written twice with the same length: first without positions, and at the end with them.</summary>
    private void WriteHead(long cues)
    {
        output.Position = _segment;
        Element(
            output,
            0x114D9B74,
            head =>
            {
                foreach (var (id, place) in new[] { (0x1549A966u, _info), (0x1654AE6Bu, _tracks), (0x1C53BB6Bu, cues) })
                    Element(
                        head,
                        0x4DBB,
                        seek =>
                        {
                            Span<byte> name = stackalloc byte[4];
                            BinaryPrimitives.WriteUInt32BigEndian(name, id);
                            Bytes(seek, 0x53AB, name);
                            Fixed(seek, 0x53AC, Math.Max(0, place - _segment));
                        }
                    );
            }
        );
        _info = output.Position;
        Element(
            output,
            0x1549A966,
            info =>
            {
                Number(info, 0x2AD7B1, 1_000_000);
                Span<byte> duration = stackalloc byte[8];
                BinaryPrimitives.WriteDoubleBigEndian(duration, _end);
                Bytes(info, 0x4489, duration);
                Text(info, 0x4D80, Application);
                Text(info, 0x5741, Application);
            }
        );
        _tracks = output.Position;
        Element(
            output,
            0x1654AE6B,
            tracks =>
            {
                if (picture is not null)
                    Element(
                        tracks,
                        0xAE,
                        track =>
                        {
                            Number(track, 0xD7, PictureTrack);
                            Number(track, 0x73C5, PictureTrack);
                            Number(track, 0x83, 1);
                            Number(track, 0x9C, 0);
                            Text(track, 0x86, "V_VP8");
                            Element(
                                track,
                                0xE0,
                                video =>
                                {
                                    Fixed(video, 0xB0, _pictureConfig?.Width ?? 0);
                                    Fixed(video, 0xBA, _pictureConfig?.Height ?? 0);
                                }
                            );
                        }
                    );
                if (sound is not null)
                    Element(
                        tracks,
                        0xAE,
                        track =>
                        {
                            var channels = _soundConfig?.Channels ?? 1;
                            Number(track, 0xD7, SoundTrack);
                            Number(track, 0x73C5, SoundTrack);
                            Number(track, 0x83, 2);
                            Number(track, 0x9C, 0);
                            Text(track, 0x86, "A_OPUS");
                            Number(track, 0x56AA, 6_500_000);
                            Number(track, 0x56BB, 80_000_000);
                            Bytes(track, 0x63A2, OpusHead(channels));
                            Element(
                                track,
                                0xE1,
                                audio =>
                                {
                                    Span<byte> rate = stackalloc byte[8];
                                    BinaryPrimitives.WriteDoubleBigEndian(rate, 48_000);
                                    Bytes(audio, 0xB5, rate);
                                    Number(audio, 0x9F, channels);
                                }
                            );
                        }
                    );
            }
        );
    }

    /// <summary>
    /// The Opus header of RFC 7845, 5.1, with a pre-skip of 312 samples. Browsers' encoders delay the sound by this number of samples.
    /// </summary>
    internal static byte[] OpusHead(int channels) => [.. "OpusHead"u8, 1, (byte)channels, 0x38, 0x01, 0x80, 0xBB, 0, 0, 0, 0, 0];

    private void BeginCluster(long time)
    {
        EndCluster();
        (_cluster, _clusterTime) = (output.Position, time);
        Id(output, 0x1F43B675);
        output.Write(Size8(0));
        Number(output, 0xE7, time);
    }

    private void EndCluster()
    {
        if (_cluster < 0)
            return;
        var end = output.Position;
        Patch(_cluster + 4, end - _cluster - 12);
        output.Position = end;
    }

    private void WriteBlock(in MediaFrame frame, short time)
    {
        Id(output, 0xA3);
        output.Write(Size8(4 + frame.Payload.Length));
        output.WriteByte((byte)(0x80 | (frame.IsAudio ? SoundTrack : PictureTrack)));
        output.WriteByte((byte)(time >> 8));
        output.WriteByte((byte)time);
        output.WriteByte(frame.IsAudio || frame.IsKey ? (byte)0x80 : (byte)0);
        output.Write(frame.Payload.Span);
    }

    private void Patch(long place, long size)
    {
        output.Position = place;
        output.Write(Size8(size));
    }

    private static void Element(Stream to, uint id, Action<Stream> body)
    {
        using var bytes = new MemoryStream();
        body(bytes);
        Bytes(to, id, bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
    }

    private static void Number(Stream to, uint id, long value)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(bytes, value);
        var skip = 0;
        while (skip < 7 && bytes[skip] == 0)
            skip++;
        Bytes(to, id, bytes[skip..]);
    }

    /// <summary>Always writes eight bytes, so that the value can be overwritten.</summary>
    private static void Fixed(Stream to, uint id, long value)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(bytes, value);
        Bytes(to, id, bytes);
    }

    private static void Text(Stream to, uint id, string value) => Bytes(to, id, Encoding.ASCII.GetBytes(value));

    private static void Bytes(Stream to, uint id, ReadOnlySpan<byte> value)
    {
        Id(to, id);
        to.Write(Size8(value.Length));
        to.Write(value);
    }

    private static void Id(Stream to, uint id)
    {
        for (
            var shift =
                id > 0xFFFFFF ? 24
                : id > 0xFFFF ? 16
                : id > 0xFF ? 8
                : 0;
            shift >= 0;
            shift -= 8
        )
            to.WriteByte((byte)(id >> shift));
    }

    private static byte[] Size8(long size)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(bytes, size);
        bytes[0] = 1;
        return bytes;
    }
}
