using System.Buffers.Binary;
using System.Text;
using ConsultHub.Lectures.Media;

namespace ConsultHub.Web.Lectures.Recording;

/// <summary>
/// Writes H.264 and Opus as MP4 with complete tables, so that players can seek (ISO/IEC 14496-12 and -15; Opus as in
/// opus-codec.org/docs/opus_in_isobmff.html).
/// </summary>
/// <remarks>
/// In a joined file, each keyframe also carries its parameter sets, because pictures of several speakers differ. Browsers read only the
/// first sample description, so without these sets they could not play the other speakers' pictures.
/// </remarks>
internal sealed class Mp4Writer : IMediaFileWriter
{
    private const uint MovieScale = 1000;

    private readonly Stream _output;
    private readonly Track? _picture,
        _sound;
    private readonly long _data;
    private readonly bool _isJoined;
    private long _zero = -1;

    /// <param name="output">Must be able to seek, because the size of the media is filled in at the end.</param>
    /// <param name="isJoined">Whether frames have the file's own time. Otherwise the file's time begins with the first frame.</param>
    public Mp4Writer(Stream output, byte? picture, byte? sound, bool isJoined = false)
    {
        (_output, _isJoined) = (output, isJoined);
        _picture = picture is null ? null : new Track(1, false, 90_000);
        _sound = sound is null ? null : new Track(2, true, 48_000);
        output.Write(Box("ftyp", [.. "isom"u8, 0, 0, 2, 0, .. "isomiso2avc1mp41"u8]));
        _data = output.Position;
        output.Write([0, 0, 0, 1, .. "mdat"u8, 0, 0, 0, 0, 0, 0, 0, 0]);
    }

    public void Add(List<MediaFrame> frames)
    {
        foreach (var frame in frames)
        {
            if (_zero < 0)
                _zero = _isJoined ? 0 : frame.Timestamp;
            var track = (frame.IsAudio ? _sound : _picture)!;
            if (frame.IsKey)
                track.Describe(MediaWire.ReadConfig(frame));
            if (track.Configs.Count == 0)
                continue;
            var place = _output.Position;
            if (_isJoined && frame is { IsKey: true, IsAudio: false })
                _output.Write(ParameterSets(track.Configs[track.Current].Description.Span));
            _output.Write(frame.Payload.Span);
            track.Samples.Add(
                new(
                    Math.Max(0, frame.Timestamp - _zero),
                    frame.Duration,
                    place,
                    (int)(_output.Position - place),
                    frame.IsKey,
                    track.Current
                )
            );
        }
    }

    /// <summary>
    /// Returns the parameter sets of an avcC record (ISO/IEC 14496-15, 5.3.3.1). Before each set comes its length, in as many bytes as the
    /// frames use for a length. Empty if the record is cut short.
    /// </summary>
    internal static byte[] ParameterSets(ReadOnlySpan<byte> record)
    {
        if (record.Length < 7)
            return [];
        List<byte> sets = [];
        var (lengthSize, at) = ((record[4] & 3) + 1, 5);
        foreach (var mask in (byte[])[0x1F, 0xFF])
        {
            if (at >= record.Length)
                return [];
            for (var left = record[at++] & mask; left > 0; left--)
            {
                if (
                    at + 2 > record.Length
                    || BinaryPrimitives.ReadUInt16BigEndian(record[at..]) is var length && at + 2 + length > record.Length
                )
                    return [];
                sets.AddRange([.. U32(length)[(4 - lengthSize)..], .. record.Slice(at + 2, length)]);
                at += 2 + length;
            }
        }
        return [.. sets];
    }

    public void Finish()
    {
        var end = _output.Position;
        Span<byte> size = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(size, end - _data);
        _output.Position = _data + 8;
        _output.Write(size);
        _output.Position = end;
        List<Track> tracks = [.. new[] { _picture, _sound }.OfType<Track>().Where(t => t.Samples.Count > 0)];
        var length = tracks.Count == 0 ? 0 : tracks.Max(t => t.EndMicroseconds) / 1000;
        _output.Write(
            Box(
                "moov",
                [
                    .. Full(
                        "mvhd",
                        1,
                        0,
                        [
                            .. U64(0),
                            .. U64(0),
                            .. U32(MovieScale),
                            .. U64(length),
                            .. U32(0x10000),
                            .. U16(0x100),
                            .. new byte[10],
                            .. Matrix,
                            .. new byte[24],
                            .. U32(3),
                        ]
                    ),
                    .. tracks.SelectMany(t => t.ToBox()),
                ]
            )
        );
    }

    private static byte[] Matrix { get; } = [.. U32(0x10000), .. new byte[12], .. U32(0x10000), .. new byte[12], .. U32(0x40000000)];

    private static byte[] Box(string name, ReadOnlySpan<byte> body) =>
        [.. U32((uint)(8 + body.Length)), .. Encoding.ASCII.GetBytes(name), .. body];

    private static byte[] Full(string name, byte version, uint flags, ReadOnlySpan<byte> body) =>
        Box(name, [version, (byte)(flags >> 16), (byte)(flags >> 8), (byte)flags, .. body]);

    private static byte[] U16(int value) => [(byte)(value >> 8), (byte)value];

    private static byte[] U32(long value) => [(byte)(value >> 24), (byte)(value >> 16), (byte)(value >> 8), (byte)value];

    private static byte[] U64(long value) => [.. U32(value >> 32), .. U32(value & 0xFFFFFFFF)];

    private readonly record struct Sample(long Time, uint Duration, long Place, int Length, bool IsKey, int Config);

    private sealed class Track(int number, bool isSound, long scale)
    {
        public List<Sample> Samples { get; } = [];

        public List<MediaConfig> Configs { get; } = [];

        public int Current { get; private set; }

        public long EndMicroseconds => Samples[^1].Time + Samples[^1].Duration;

        public void Describe(MediaConfig config)
        {
            // Sound has one description, because a decoder for two channels also plays one channel.
            if (isSound && Configs.Count > 0)
            {
                if (config.Channels > Configs[0].Channels)
                    Configs[0] = config;
                return;
            }
            Current = Configs.FindIndex(c =>
                c.Width == config.Width && c.Height == config.Height && c.Description.Span.SequenceEqual(config.Description.Span)
            );
            if (Current >= 0)
                return;
            Current = Configs.Count;
            Configs.Add(config);
        }

        public byte[] ToBox()
        {
            var (first, duration) = (Samples[0].Time, InScale(EndMicroseconds - Samples[0].Time));
            var config = Configs[0];
            var header = Full(
                "tkhd",
                1,
                3,
                [
                    .. U64(0),
                    .. U64(0),
                    .. U32(number),
                    .. U32(0),
                    .. U64((EndMicroseconds - first) / 1000),
                    .. new byte[12],
                    .. U16(isSound ? 0x100 : 0),
                    .. U16(0),
                    .. Matrix,
                    .. U32((long)config.Width << 16),
                    .. U32((long)config.Height << 16),
                ]
            );
            // An empty edit delays a track that begins later than the file.
            var edits = Box(
                "edts",
                Full(
                    "elst",
                    1,
                    0,
                    [
                        .. U32(2),
                        .. U64(first / 1000),
                        .. U64(-1),
                        .. U32(0x10000),
                        .. U64((EndMicroseconds - first) / 1000),
                        .. U64(0),
                        .. U32(0x10000),
                    ]
                )
            );
            var kind = isSound ? Full("smhd", 0, 0, U32(0)) : Full("vmhd", 0, 1, new byte[8]);
            byte[] information = [.. kind, .. Box("dinf", Full("dref", 0, 0, [.. U32(1), .. Full("url ", 0, 1, [])])), .. Table()];
            byte[] media =
            [
                .. Full("mdhd", 1, 0, [.. U64(0), .. U64(0), .. U32(scale), .. U64(duration), .. U16(0x55C4), .. U16(0)]),
                .. Full("hdlr", 0, 0, [.. U32(0), .. Encoding.ASCII.GetBytes(isSound ? "soun" : "vide"), .. new byte[13]]),
                .. Box("minf", information),
            ];
            return Box("trak", [.. header, .. edits, .. Box("mdia", media)]);
        }

        /// <summary>Makes each sample its own chunk, which keeps the tables simple.</summary>
        private byte[] Table()
        {
            using MemoryStream times = new(),
                sizes = new(),
                places = new(),
                keys = new(),
                chunks = new();
            var (keyCount, chunkRuns) = (0, 0);
            for (var i = 0; i < Samples.Count; i++)
            {
                var sample = Samples[i];
                var next = i + 1 < Samples.Count ? InScale(Samples[i + 1].Time) : InScale(sample.Time + sample.Duration);
                times.Write([.. U32(1), .. U32(Math.Max(0, next - InScale(sample.Time)))]);
                sizes.Write(U32(sample.Length));
                places.Write(U64(sample.Place));
                if (sample.IsKey && ++keyCount > 0)
                    keys.Write(U32(i + 1));
                if (i > 0 && Samples[i - 1].Config == sample.Config)
                    continue;
                chunks.Write([.. U32(i + 1), .. U32(1), .. U32(sample.Config + 1)]);
                chunkRuns++;
            }
            return Box(
                "stbl",
                [
                    .. Full("stsd", 0, 0, [.. U32(Configs.Count), .. Configs.SelectMany(c => isSound ? OpusEntry(c) : AvcEntry(c))]),
                    .. Full("stts", 0, 0, [.. U32(Samples.Count), .. times.ToArray()]),
                    .. isSound ? [] : Full("stss", 0, 0, [.. U32(keyCount), .. keys.ToArray()]),
                    .. Full("stsc", 0, 0, [.. U32(chunkRuns), .. chunks.ToArray()]),
                    .. Full("stsz", 0, 0, [.. U32(0), .. U32(Samples.Count), .. sizes.ToArray()]),
                    .. Full("co64", 0, 0, [.. U32(Samples.Count), .. places.ToArray()]),
                ]
            );
        }

        private long InScale(long microseconds) => microseconds * scale / 1_000_000;

        private static byte[] AvcEntry(MediaConfig config) =>
            Box(
                "avc1",
                [
                    .. new byte[6],
                    .. U16(1),
                    .. new byte[16],
                    .. U16(config.Width),
                    .. U16(config.Height),
                    .. U32(0x480000),
                    .. U32(0x480000),
                    .. U32(0),
                    .. U16(1),
                    .. new byte[32],
                    .. U16(24),
                    .. U16(0xFFFF),
                    .. Box("avcC", config.Description.Span),
                ]
            );

        private static byte[] OpusEntry(MediaConfig config) =>
            Box(
                "Opus",
                [
                    .. new byte[6],
                    .. U16(1),
                    .. new byte[8],
                    .. U16(config.Channels),
                    .. U16(16),
                    .. U32(0),
                    .. U32(48_000L << 16),
                    .. Box("dOps", [0, (byte)config.Channels, 0x01, 0x38, 0, 0, 0xBB, 0x80, 0, 0, 0]),
                ]
            );
    }
}
