using ConsultHub.Lectures;
using ConsultHub.Lectures.Media;
using ConsultHub.Web.Lectures.Recording;

namespace ConsultHub.Tests.Lectures.Media;

/// <summary>A recorded lecture, joined on one timeline.</summary>
public sealed class JoinedRecordingTests
{
    private const byte Camera = MediaTracks.Camera,
        Screen = MediaTracks.Screen,
        Sound = MediaTracks.Microphone;
    private static readonly DateTimeOffset Ten = new(2026, 11, 24, 10, 0, 0, TimeSpan.Zero);
    private static readonly MediaConfig Vp8 = new("vp8", 640, 360, 0, 0, ReadOnlyMemory<byte>.Empty),
        H264 = new("avc1.42E01F", 640, 360, 0, 0, new byte[8]),
        Opus = new("opus", 0, 0, 48_000, 1, ReadOnlyMemory<byte>.Empty);

    private static JoinedRecording Join(params (uint Publication, double Begins, (double From, double To)[] Recorded)[] publications) =>
        new(
            JoinedRecording.Plan(
                publications.Select(p =>
                    (
                        new RecordingHead(p.Publication, new("p-speaker"), Ten.AddSeconds(p.Begins)),
                        (IReadOnlyList<RecordedSegment>)
                            [
                                .. p.Recorded.Select(
                                    (r, i) => new RecordedSegment(i, (long)(r.From * 1e6), (long)(r.To * 1e6), 1_000, [Camera, Sound])
                                ),
                            ]
                    )
                )
            ),
            true,
            true,
            false
        );

    private static IEnumerable<(uint, double, double, double)> PiecesOf(JoinedRecording joined) =>
        joined.Pieces.Select(p => (p.Head.Publication, p.From / 1e6, p.To / 1e6, p.At / 1e6));

    [Fact]
    public void The_newest_speaker_is_shown_and_the_earlier_speaker_continues_afterwards()
    {
        var joined = Join((1, 0, [(0, 4), (4, 20)]), (2, 5, [(0, 4)]), (3, 18, [(0, 6)]));
        Assert.Equal([(1u, 0, 5, 0), (2u, 0, 4, 5), (1u, 9, 18, 9), (3u, 0, 6, 18)], PiecesOf(joined));
        Assert.Equal((Ten, Ten.AddSeconds(24), TimeSpan.FromSeconds(24)), (joined.From, joined.To, joined.Length));
    }

    [Fact]
    public void A_long_break_is_left_out_of_the_joined_recording_and_a_short_pause_stays()
    {
        // The first publication has a long break in it. Half a second passes before the second publication, and a minute before the third.
        var joined = Join((1, 0, [(1, 5), (35, 39)]), (2, 39.5, [(0, 2)]), (3, 100, [(0.5, 3)]));
        Assert.Equal([(1u, 1, 5, 0), (1u, 35, 39, 4), (2u, 0, 2, 8.5), (3u, 0.5, 3, 10.5)], PiecesOf(joined));
        Assert.Equal(
            [0, 0, 3, 4, 4, 4.5, 8, 8.25, 8.5, 10.5, 11, 13],
            ((double[])[-5, 1, 4, 5, 20, 35.5, 39, 39.25, 39.5, 60, 101, 200]).Select(s => joined.Place(Ten.AddSeconds(s)).TotalSeconds)
        );
        Assert.Equal([false, true, false], ((double[])[0.5, 1, 20]).Select(s => joined.Shows(Ten.AddSeconds(s))));
    }

    [Fact]
    public void Captions_use_the_time_of_the_joined_file()
    {
        var joined = Join((1, 0, [(0, 5)]), (2, 65, [(0, 10)]));
        Caption Line(int number, double second) =>
            new()
            {
                Language = "en",
                Number = number,
                Text = $"line {number}",
                At = Ten.AddSeconds(second),
            };
        // Line 1 is before the break, line 2 falls into it, and line 3 is in the second part.
        Assert.Equal(
            "WEBVTT\n\n1\n00:00:03.000 --> 00:00:05.000\nline 1\n\n3\n00:00:06.000 --> 00:00:13.000\nline 3\n",
            WebVtt.Of([Line(1, 3), Line(2, 30), Line(3, 66)], joined.Place)
        );
    }

    [Fact]
    public void The_screen_replaces_the_camera_while_it_is_shared_and_each_switch_starts_at_a_keyframe()
    {
        var joined = Join((1, 0, [(0, 20)]));
        var frames = new JoinedFrames(joined with { HasSound = false });
        frames.Begin(joined.Pieces[0], null);
        List<(byte, double)> shown = [];
        // The camera is on all the time, and the screen is shared from 4 s to 8 s. Both send a keyframe every second. The screen's
        // keyframe comes half a second after the camera's keyframe.
        for (var second = 0.0; second < 20; second += 0.25)
        {
            var camera = Frame(Camera, second, second % 1 == 0 ? Vp8 : null);
            MediaFrame[] sent = second is >= 4 and < 8 ? [camera, Frame(Screen, second + 0.01, second % 1 == 0.5 ? Vp8 : null)] : [camera];
            shown.AddRange(frames.Of(sent).Select(f => (f.Track, Math.Round(f.Timestamp / 1e6, 2))));
        }
        Assert.Equal((Camera, 0), shown[0]);
        Assert.Equal([(Camera, 4.5), (Screen, 4.51), (Screen, 4.76)], shown.Where(s => s.Item2 is >= 4.5 and < 5));
        Assert.Equal((Screen, 7.76), shown.Last(s => s.Item1 == Screen));
        Assert.Equal((Camera, 13), shown.First(s => s.Item1 == Camera && s.Item2 > 5)); // the screen has sent nothing for five seconds
        Assert.Equal(shown.Select(s => s.Item2).Order(), shown.Select(s => s.Item2));
    }

    [Fact]
    public void Pictures_of_another_codec_are_left_out_and_the_last_picture_stays()
    {
        var joined = Join((1, 0, [(0, 20)]));
        var frames = new JoinedFrames(joined with { HasSound = false });
        frames.Begin(joined.Pieces[0], null);
        Assert.Equal(
            [(0, true), (40_000, false), (3_000_000, true), (5_000_000, true)],
            frames
                .Of([
                    Frame(Camera, 0, Vp8),
                    Frame(Camera, 0.04, null),
                    Frame(Camera, 2, H264),
                    Frame(Camera, 3, null),
                    Frame(Camera, 5, Vp8),
                ])
                .Select(f => (f.Timestamp, f.IsKey))
        );
    }

    [Fact]
    public void Missing_sound_becomes_silence_and_the_last_picture_stays_when_no_picture_is_sent()
    {
        var joined = Join((1, 0, [(0, 4)]), (2, 10, [(0, 6)]));
        var frames = new JoinedFrames(joined);
        List<MediaFrame> file = [];
        frames.Begin(joined.Pieces[0], Sound);
        for (var i = 0; i < 200; i++)
        {
            if (i % 2 == 0)
                file.AddRange(frames.Of([Frame(Camera, i / 50.0, i % 50 == 0 ? Vp8 : null)]));
            if (i >= 50)
                file.AddRange(frames.Of([Frame(Sound, i / 50.0, Opus)])); // the microphone is switched on late
        }
        frames.Begin(joined.Pieces[1], Sound);
        for (var i = 0; i < 200; i++)
            file.AddRange(frames.Of([Frame(Sound, i / 50.0, Opus)]));
        file.AddRange(frames.Rest());

        // There are ten seconds of sound without a gap.
        var sound = file.Where(f => f.IsAudio).ToList();
        Assert.Equal(500, sound.Count);
        Assert.All(sound.Zip(sound.Skip(1)), pair => Assert.InRange(pair.Second.Timestamp - pair.First.Timestamp, 19_000, 21_000));
        Assert.Equal(150, sound.Count(f => f.Payload.Length == 3)); // one second at the beginning and two at the end are silence
        var pictures = file.Where(f => !f.IsAudio).ToList();
        Assert.Equal(100 + 1, pictures.Count);
        Assert.Equal((true, 6), (pictures[^1].IsKey, Math.Round(pictures[^1].Timestamp / 1e6)));
    }

    [Fact]
    public void The_parameter_sets_of_an_avcC_record_are_read_and_a_truncated_record_gives_none()
    {
        byte[] record = [1, 0x42, 0xE0, 0x1F, 0xFF, 0xE1, 0, 3, 0x67, 1, 2, 1, 0, 2, 0x68, 3];
        Assert.Equal([0, 0, 0, 3, 0x67, 1, 2, 0, 0, 0, 2, 0x68, 3], Mp4Writer.ParameterSets(record));
        for (var length = 0; length < record.Length; length++)
            Assert.Empty(Mp4Writer.ParameterSets(record.AsSpan(0, length)));
    }

    private static MediaFrame Frame(byte track, double second, MediaConfig? config) =>
        MediaWire.Write(1, track, 1, (long)Math.Round(second * 1e6), MediaTracks.IsAudio(track) ? 20_000u : 40_000u, config, new byte[10]);
}
