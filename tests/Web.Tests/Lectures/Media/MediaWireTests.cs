using System.Buffers.Binary;
using System.Text.Json;
using ConsultHub.Lectures.Media;

namespace ConsultHub.Tests.Lectures.Media;

public sealed class MediaWireTests
{
    private static readonly MediaConfig Vp8 = new("vp8", 640, 480, 0, 0, ReadOnlyMemory<byte>.Empty);

    public sealed record Vector(string Name, string Packet, List<VectorFrame> Frames);

    public sealed record VectorFrame(
        uint Publication,
        byte Track,
        uint Sequence,
        long Timestamp,
        uint Duration,
        VectorConfig? Config,
        string Payload
    );

    public sealed record VectorConfig(string Codec, int Width, int Height, int SampleRate, int Channels, string Description);

    /// <summary>Reads the test vectors. The tests of the browser's reader and writer use the same file.</summary>
    private static List<Vector> Vectors()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (Path.Combine(folder.FullName, "src/Web/client/src/lectures/media/wire.vectors.json") is var path && File.Exists(path))
                return JsonSerializer.Deserialize<List<Vector>>(File.ReadAllText(path), JsonSerializerOptions.Web)!;
        throw new InvalidOperationException("The test vectors are missing.");
    }

    [Fact]
    public void The_hub_and_the_browser_read_and_write_the_same_bytes()
    {
        Assert.NotEmpty(Vectors());
        foreach (var vector in Vectors())
        {
            var written = vector
                .Frames.Select(f =>
                    MediaWire.Write(
                        f.Publication,
                        f.Track,
                        f.Sequence,
                        f.Timestamp,
                        f.Duration,
                        f.Config is { } c
                            ? new(c.Codec, c.Width, c.Height, c.SampleRate, c.Channels, Convert.FromHexString(c.Description))
                            : null,
                        Convert.FromHexString(f.Payload)
                    )
                )
                .ToList();
            Assert.Equal(vector.Packet, Convert.ToHexStringLower(MediaWire.Join(written)));
            var read = MediaWire.Read(Convert.FromHexString(vector.Packet));
            Assert.Equal(
                vector.Frames,
                read.Select(f => new VectorFrame(
                    f.Publication,
                    f.Track,
                    f.Sequence,
                    f.Timestamp,
                    f.Duration,
                    f.IsKey ? Of(MediaWire.ReadConfig(f)) : null,
                    Convert.ToHexStringLower(f.Payload.Span)
                ))
            );
        }
        static VectorConfig Of(MediaConfig c) =>
            new(c.Codec, c.Width, c.Height, c.SampleRate, c.Channels, Convert.ToHexStringLower(c.Description.Span));
    }

    [Fact]
    public void A_truncated_packet_is_refused_or_ends_with_a_complete_frame()
    {
        var packet = MediaWire.Join([Frame(1, 0), Frame(2, 33_000), Frame(3, 66_000)]);
        for (var length = 0; length < packet.Length; length++)
        {
            try
            {
                Assert.InRange(MediaWire.Read(packet.AsMemory(0, length)).Count, 0, 2);
            }
            catch (MediaException refused)
            {
                Assert.Contains(refused.Code, (string[])["media.torn", "media.bad-version"]);
            }
        }
    }

    [Fact]
    public void Random_bytes_are_read_or_refused_and_cause_no_other_fault()
    {
        var random = new Random(7);
        var whole = MediaWire.Join([Frame(1, 0), Frame(2, 33_000)]);
        for (var i = 0; i < 20_000; i++)
        {
            var bytes = i % 2 == 0 ? new byte[random.Next(200)] : (byte[])whole.Clone();
            if (i % 2 == 0)
                random.NextBytes(bytes);
            else
                for (var flips = random.Next(1, 6); flips > 0; flips--)
                    bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            if (bytes.Length > 0 && i % 2 == 0)
                bytes[0] = MediaWire.Version;
            try
            {
                foreach (var frame in MediaWire.Read(bytes))
                    if (frame.IsKey)
                        MediaWire.ReadConfig(frame);
            }
            catch (MediaException)
            {
                // A refusal is expected.
            }
        }
    }

    [Fact]
    public void A_frame_that_claims_to_be_enormous_is_refused_before_it_is_read()
    {
        var packet = MediaWire.Join([Frame(1, 0)]);
        BinaryPrimitives.WriteUInt32LittleEndian(packet.AsSpan(1 + 24), uint.MaxValue);
        Assert.Equal("media.too-large", Assert.Throws<MediaException>(() => MediaWire.Read(packet)).Code);
        Assert.Equal("media.too-large", Assert.Throws<MediaException>(() => MediaWire.Read(new byte[MediaWire.MostPacket + 1])).Code);
    }

    [Theory]
    [InlineData("vp9", 640, "media.unsupported-codec")]
    [InlineData("avc1.zzzzzz", 640, "media.unsupported-codec")]
    [InlineData("vp8", 9, "media.bad-config")]
    [InlineData("vp8", 60_000, "media.bad-config")]
    public void A_picture_that_viewers_could_not_show_is_refused(string codec, int width, string code) =>
        Assert.Equal(
            code,
            Assert
                .Throws<MediaException>(() =>
                    MediaWire.ReadConfig(MediaWire.Write(1, 0, 1, 0, 0, Vp8 with { Codec = codec, Width = width }, [1]))
                )
                .Code
        );

    private static MediaFrame Frame(uint sequence, long timestamp) =>
        MediaWire.Write(9, MediaTracks.Camera, sequence, timestamp, 33_000, sequence == 1 ? Vp8 : null, [1, 2, 3]);
}
