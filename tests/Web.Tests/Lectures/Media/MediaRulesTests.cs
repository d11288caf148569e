using ConsultHub.Lectures.Media;

namespace ConsultHub.Tests.Lectures.Media;

public sealed class MediaRulesTests
{
    private static readonly MediaConfig Vp8 = new("vp8", 640, 480, 0, 0, ReadOnlyMemory<byte>.Empty),
        Opus = new("opus", 0, 0, 48_000, 1, ReadOnlyMemory<byte>.Empty);

    private readonly SteppedClock _clock = new();

    private static MediaFrame Picture(
        uint sequence,
        double seconds,
        bool key = false,
        uint publication = 1,
        byte track = MediaTracks.Camera,
        int size = 100
    ) => MediaWire.Write(publication, track, sequence, (long)(seconds * 1e6), 33_000, key ? Vp8 : null, new byte[size]);

    private static MediaFrame Sound(uint sequence, double seconds, bool key = false) =>
        MediaWire.Write(1, MediaTracks.Microphone, sequence, (long)(seconds * 1e6), 20_000, key ? Opus : null, new byte[80]);

    [Fact]
    public void Frames_in_order_pass_and_so_does_a_keyframe_after_a_gap()
    {
        var guard = new MediaGuard(1, _clock);
        Assert.Equal(3, guard.Check(MediaWire.Join([Picture(1, 0, key: true), Sound(1, 0.01, key: true), Picture(2, 0.03)])).Count);
        Assert.Single(guard.Check(MediaWire.Join([Picture(9, 0.3, key: true)])));
    }

    [Fact]
    public void Frames_for_a_joining_node_are_split_into_packets_that_can_all_be_read()
    {
        List<MediaFrame> frames =
        [
            .. Enumerable.Range(0, 100).Select(i => Picture((uint)i + 1, i / 25.0, key: i == 0, size: 40_000)),
            .. Enumerable.Range(0, 700).Select(i => Sound((uint)i + 1, i / 50.0, key: i == 0)),
            Picture(101, 4, key: true, size: MediaWire.MostPayload),
        ];
        var packets = MediaWire.Packets(frames).ToList();
        Assert.Equal(5, packets.Count);
        Assert.Equal(
            frames.Select(f => (f.Track, f.Sequence)),
            packets.SelectMany(p => MediaWire.Read(p)).Select(f => (f.Track, f.Sequence))
        );
        Assert.Empty(MediaWire.Packets([]));
    }

    public static TheoryData<string, string> Faults =>
        new()
        {
            { "another's", "media.wrong-publication" },
            { "no beginning", "media.no-keyframe" },
            { "twice", "media.wrong-order" },
            { "back", "media.wrong-order" },
            { "a gap", "media.wrong-order" },
            { "clock back", "media.clock" },
            { "clock ahead", "media.clock" },
            { "never a keyframe", "media.no-keyframe" },
        };

    [Theory, MemberData(nameof(Faults))]
    public void A_frame_that_no_correct_publisher_sends_is_refused_with_a_code(string fault, string code)
    {
        var guard = new MediaGuard(1, _clock);
        if (fault != "no beginning")
            guard.Check(MediaWire.Join([Picture(1, 1, key: true), Picture(2, 1.03)]));
        _clock.Advance(TimeSpan.FromSeconds(fault == "clock ahead" ? 10 : 60));
        var frame = fault switch
        {
            "another's" => Picture(3, 1.1, publication: 2),
            "no beginning" => Picture(1, 0),
            "twice" => Picture(2, 1.1),
            "back" => Picture(1, 1.1, key: true),
            "a gap" => Picture(4, 1.1),
            "clock back" => Picture(3, 1.02),
            "clock ahead" => Picture(3, 16),
            _ => Picture(3, 17),
        };
        Assert.Equal(code, Assert.Throws<MediaException>(() => guard.Check(MediaWire.Join([frame]))).Code);
    }

    [Fact]
    public void A_publisher_that_sends_more_bytes_than_a_lecture_needs_is_refused()
    {
        var guard = new MediaGuard(1, _clock);
        guard.Check(MediaWire.Join([Picture(1, 0, key: true)]));
        var code = Assert
            .Throws<MediaException>(() =>
            {
                for (uint i = 2; i < 100; i++)
                    guard.Check(MediaWire.Join([Picture(i, i * 0.01, size: 500_000)]));
            })
            .Code;
        Assert.Equal("media.too-fast", code);
    }

    [Fact]
    public void A_new_viewer_starts_at_each_tracks_newest_keyframe_and_a_current_viewer_gets_only_new_frames()
    {
        var log = new MediaLog(_clock);
        foreach (
            var frame in (MediaFrame[])
                [Picture(1, 0, key: true), Sound(1, 0, key: true), Picture(2, 1), Picture(3, 2, key: true), Sound(2, 2), Picture(4, 2.1)]
        )
            Assert.True(log.Add(frame));
        Assert.Equal([Sound(1, 0, true), Picture(3, 2, true), Sound(2, 2), Picture(4, 2.1)], log.Since(null, MediaQuality.Full), Same);
        var at = log.End;
        log.Add(Picture(5, 2.2));
        Assert.Equal([Picture(5, 2.2)], log.Since(at, MediaQuality.Full), Same);
    }

    [Fact]
    public void A_viewer_far_behind_skips_to_the_newest_keyframe_and_a_slightly_late_viewer_misses_nothing()
    {
        var log = new MediaLog(_clock);
        log.Add(Picture(1, 0, key: true));
        var late = log.End;
        for (uint i = 2; i < 40; i++)
        {
            _clock.Advance(TimeSpan.FromMilliseconds(50));
            log.Add(Picture(i, i * 0.05, key: i == 30));
        }
        Assert.Equal(30u, log.Since(late, MediaQuality.Full)[0].Sequence);
        Assert.Null(log.Place(late));
        Assert.Equal(35u, log.Since(34, MediaQuality.Full)[0].Sequence);
    }

    [Fact]
    public void A_track_continues_after_a_gap_only_at_its_next_keyframe_and_repeated_frames_never_pass()
    {
        var log = new MediaLog(_clock);
        Assert.False(log.Add(Picture(1, 0)));
        Assert.True(log.Add(Picture(2, 0.1, key: true)));
        Assert.False(log.Add(Picture(2, 0.1, key: true)));
        Assert.False(log.Add(Picture(4, 0.3)));
        Assert.True(log.Add(Picture(5, 0.4, key: true)));
    }

    [Fact]
    public void Each_connection_gets_the_tracks_of_its_chosen_quality()
    {
        var log = new MediaLog(_clock);
        foreach (
            var frame in (MediaFrame[])
                [
                    Picture(1, 0, key: true),
                    Picture(1, 0, key: true, track: MediaTracks.Camera + 1),
                    Picture(1, 0, key: true, track: MediaTracks.Screen),
                    Sound(1, 0, key: true),
                ]
        )
            log.Add(frame);
        Assert.Equal([0, 2, 8], log.Since(null, MediaQuality.Full).Select(f => (int)f.Track));
        Assert.Equal([1, 2, 8], log.Since(null, MediaQuality.Small).Select(f => (int)f.Track)); // there is no small version of the screen
        Assert.Equal([8], log.Since(null, MediaQuality.SoundOnly).Select(f => (int)f.Track));
    }

    [Fact]
    public void The_size_of_the_log_stays_bounded_even_if_one_track_stops_sending()
    {
        var log = new MediaLog(_clock);
        log.Add(Picture(1, 0, key: true, track: MediaTracks.Screen));
        for (uint i = 1; i < 600; i++)
        {
            _clock.Advance(TimeSpan.FromMilliseconds(40));
            log.Add(Picture(i, i * 0.04, key: i % 50 == 1, size: 4_000));
        }
        Assert.InRange(log.Bytes, 1, 110 * 4_100); // two keyframes with the 49 pictures after each, and a margin
        for (uint i = 600; i < 700; i++)
            log.Add(Picture(i, i * 0.04, key: i == 600, size: 1 << 20));
        Assert.InRange(log.Bytes, 1, 25 << 20);
    }

    private static bool Same(MediaFrame a, MediaFrame b) => a.Wire.Span.SequenceEqual(b.Wire.Span);

    /// <summary>A clock that the test moves forward.</summary>
    private sealed class SteppedClock : TimeProvider
    {
        private DateTimeOffset _now = new(2026, 11, 24, 8, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => _now;

        public override long GetTimestamp() => _now.Ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public void Advance(TimeSpan by) => _now += by;
    }
}
