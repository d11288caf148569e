using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.RegularExpressions;
using ConsultHub.Lectures.Media;
using ConsultHub.Silo;
using ConsultHub.Web.Lectures.Recording;
using Microsoft.Extensions.Options;

namespace ConsultHub.Tests.Lectures.Media;

/// <summary>Files made from recordings, checked with ffmpeg.</summary>
public sealed class RecordingFileTests : IDisposable
{
    private static readonly SessionId Session = new("s-1");
    private readonly string _folder = Directory.CreateTempSubdirectory("hub-media-").FullName;
    private readonly FileRecordings _recordings;

    public RecordingFileTests() => _recordings = new(Options.Create(new HubOptions { DataPath = _folder }));

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("chrome52.webm")]
    [InlineData("chrome57.webm")]
    public async Task A_recording_from_a_browser_becomes_a_WebM_file_that_plays_completely_and_supports_seeking(string name)
    {
        Needs("ffprobe");
        var frames = WebmFile.Read(Shared(name), 7);
        Assert.True(frames.Count > 100);
        await StoreAsync(frames);
        using var files = new RecordingFiles(_recordings);
        var (path, made) = (await files.MakeAsync(Session, 7, null))!.Value;
        Assert.Equal("video/webm", made.Type);
        await CheckAsync(path, frames, "vp8");
    }

    [Fact]
    public async Task An_H264_recording_becomes_an_MP4_file_that_plays_completely_and_supports_seeking()
    {
        Needs("ffprobe");
        var source = Path.Combine(_folder, "source.mkv");
        await RunAsync(
            "ffmpeg",
            "-v",
            "error",
            "-f",
            "lavfi",
            "-i",
            "testsrc=size=320x240:rate=25",
            "-f",
            "lavfi",
            "-i",
            "sine=frequency=440:sample_rate=48000",
            "-t",
            "12",
            "-c:v",
            "libx264",
            "-bf",
            "0",
            "-g",
            "50",
            "-pix_fmt",
            "yuv420p",
            "-c:a",
            "libopus",
            source
        );
        var frames = WebmFile.Read(source, 7);
        await StoreAsync(frames);
        using var files = new RecordingFiles(_recordings);
        var (path, made) = (await files.MakeAsync(Session, 7, null))!.Value;
        Assert.Equal("video/mp4", made.Type);
        await CheckAsync(path, frames, "h264");
        Assert.Null(await files.MakeAsync(Session, 8, null));
        Assert.Null(await files.MakeAsync(Session, 7, MediaTracks.Screen));
    }

    [Fact]
    public async Task A_recording_with_only_sound_becomes_a_WebM_file_of_the_right_length()
    {
        Needs("ffprobe");
        List<MediaFrame> frames = [.. WebmFile.Read(Shared("chrome57.webm"), 7).Where(f => f.IsAudio)];
        await StoreAsync(frames);
        using var files = new RecordingFiles(_recordings);
        var (path, made) = (await files.MakeAsync(Session, 7, null))!.Value;
        Assert.Equal("audio/webm", made.Type);
        var probed = await ProbeAsync(path);
        Assert.Equal("opus", probed.GetProperty("streams")[0].GetProperty("codec_name").GetString());
        Assert.Equal((frames[^1].Timestamp - frames[0].Timestamp) / 1e6, Duration(probed), 0.2);
    }

    /// <summary>
    /// There are three speakers. The second one takes over before the first one stops. The third one begins after a break and switches the
    /// microphone on late.
    /// </summary>
    [Theory]
    [InlineData("libvpx", "vp8", ".webm")]
    [InlineData("libx264", "h264", ".mp4")]
    public async Task A_lecture_with_several_speakers_becomes_one_file_with_sound_and_picture_in_sync(
        string encoder,
        string codec,
        string extension
    )
    {
        Needs("ffmpeg");
        await StoreAsync(await FlashAsync(encoder, 7, 6, "320x240"), 7, TimeSpan.Zero);
        await StoreAsync(await FlashAsync(encoder, 8, 4, "480x270"), 8, TimeSpan.FromSeconds(5));
        await StoreAsync(
            [.. (await FlashAsync(encoder, 9, 4, "320x240")).Where(f => !f.IsAudio || f.Timestamp >= 1_900_000)],
            9,
            TimeSpan.FromSeconds(60)
        );
        using var files = new RecordingFiles(_recordings);
        var (joined, _) = await files.PlanAsync(Session);
        Assert.Equal(13, joined!.Length.TotalSeconds, 0.15);
        Assert.Equal([0, 5, 9], joined.Pieces.Select(p => Math.Round(p.At / 1e6)));
        var path = (await files.MakeAsync(Session, joined))!;
        Assert.Equal(extension, Path.GetExtension(path));
        Assert.Equal(path, await files.MakeAsync(Session, joined));

        var probed = await ProbeAsync(path);
        Assert.Equal(joined.Length.TotalSeconds, Duration(probed), 0.1);
        var streams = probed.GetProperty("streams").EnumerateArray().ToDictionary(s => s.GetProperty("codec_type").GetString()!);
        Assert.Equal(
            (codec, "opus"),
            (streams["video"].GetProperty("codec_name").GetString(), streams["audio"].GetProperty("codec_name").GetString())
        );
        // 5 s of the first speaker and 4 s of each other speaker
        Assert.Equal("325", streams["video"].GetProperty("nb_read_packets").GetString());
        foreach (var stream in (string[])["v", "a"])
        {
            var times = (
                await RunAsync(
                    "ffprobe",
                    "-v",
                    "error",
                    "-select_streams",
                    stream,
                    "-show_entries",
                    "packet=pts_time",
                    "-of",
                    "csv=p=0",
                    path
                )
            )
                .Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(t => double.Parse(t.Split(',')[0], CultureInfo.InvariantCulture))
                .ToList();
            Assert.All(times.Zip(times.Skip(1)), pair => Assert.True(pair.First < pair.Second, $"{pair} in {stream}"));
        }

        // ffmpeg decodes the pictures and the sound of the file without a complaint.
        var sound = Path.Combine(_folder, "sound.raw");
        var said = await RunAsync(
            "ffmpeg",
            "-hide_banner",
            "-i",
            path,
            "-vf",
            "scale=16:16,format=gray,showinfo",
            "-fps_mode",
            "passthrough",
            "-f",
            "null",
            "-"
        );
        Assert.DoesNotContain("rror", said, StringComparison.Ordinal);
        var bright = Regex
            .Matches(said, @"pts_time:\s*([\d.]+).*mean:\[(\d+)")
            .Select(m =>
                (
                    At: double.Parse(m.Groups[1].Value, CultureInfo.InvariantCulture),
                    Is: int.Parse(m.Groups[2].Value, CultureInfo.InvariantCulture) > 120
                )
            )
            .ToList();
        Assert.Equal(325, bright.Count);
        Assert.Equal(Enumerable.Range(0, 13), Onsets(bright));
        Assert.Empty(await RunAsync("ffmpeg", "-v", "error", "-i", path, "-vn", "-ac", "1", "-ar", "48000", "-f", "s16le", sound));
        var samples = MemoryMarshal.Cast<byte, short>(await File.ReadAllBytesAsync(sound)).ToArray();
        Assert.Equal(
            Enumerable.Range(0, 13).Except([9, 10]),
            Onsets([.. samples.Chunk(480).Select((piece, i) => (i / 100.0, piece.Max() > 3_000))])
        );

        // A seek lands on a nearby keyframe.
        var first = await RunAsync(
            "ffprobe",
            "-v",
            "error",
            "-read_intervals",
            "10.5%+#1",
            "-select_streams",
            "v",
            "-show_entries",
            "packet=pts_time",
            "-of",
            "csv=p=0",
            path
        );
        Assert.InRange(double.Parse(first.Split('\n', ',')[0], CultureInfo.InvariantCulture), 8.9, 10.6);
    }

    [Fact]
    public async Task A_single_publication_and_publications_with_different_codecs_are_not_joined()
    {
        Needs("ffmpeg");
        using var files = new RecordingFiles(_recordings);
        await StoreAsync(await FlashAsync("libvpx", 7, 2, "320x240"), 7, TimeSpan.Zero);
        Assert.Equal((null, null), await files.PlanAsync(Session));
        List<MediaFrame> sound = [.. (await FlashAsync("libvpx", 8, 2, "320x240")).Where(f => f.IsAudio)];
        await StoreAsync(sound, 8, TimeSpan.FromSeconds(10));
        Assert.Equal(
            (".webm", true, true),
            (await files.PlanAsync(Session)).Joined is { } two ? (two.Extension, two.HasPicture, two.HasSound) : default
        );
        await StoreAsync(await FlashAsync("libx264", 9, 2, "320x240"), 9, TimeSpan.FromSeconds(20));
        Assert.Equal((null, RecordingCodes.MixedCodecs), await files.PlanAsync(Session));
    }

    [Fact]
    public async Task A_joined_file_is_made_again_when_the_recording_has_grown_and_the_old_file_is_deleted()
    {
        Needs("ffmpeg");
        using var files = new RecordingFiles(_recordings);
        await StoreAsync(await FlashAsync("libvpx", 7, 2, "320x240"), 7, TimeSpan.Zero);
        await StoreAsync(await FlashAsync("libvpx", 8, 2, "320x240"), 8, TimeSpan.FromSeconds(10));
        var before = await files.MakeAsync(Session, (await files.PlanAsync(Session)).Joined!);
        await StoreAsync(await FlashAsync("libvpx", 9, 2, "320x240"), 9, TimeSpan.FromSeconds(20));
        var after = await files.MakeAsync(Session, (await files.PlanAsync(Session)).Joined!);
        Assert.NotEqual(before, after);
        Assert.Equal(6, Duration(await ProbeAsync(after!)), 0.2);
        Assert.Equal([after!], Directory.EnumerateFiles(_folder, "lecture-*", SearchOption.AllDirectories));
        await _recordings.DeleteAsync(Session);
        Assert.Null(await files.MakeAsync(Session, 7, null));
    }

    /// <summary>The whole seconds at which something becomes bright or loud.</summary>
    private static IEnumerable<int> Onsets(List<(double At, bool Is)> course)
    {
        for (var i = 0; i < course.Count; i++)
        {
            if (!course[i].Is || (i > 0 && course[i - 1].Is))
                continue;
            Assert.InRange(course[i].At - Math.Round(course[i].At), -0.06, 0.06);
            yield return (int)Math.Round(course[i].At);
        }
    }

    /// <summary>A video that is white and has sound during the first tenth of every second.</summary>
    private async Task<List<MediaFrame>> FlashAsync(string encoder, uint publication, int seconds, string size)
    {
        var source = Path.Combine(_folder, $"{publication}.mkv");
        await RunAsync(
            "ffmpeg",
            [
                "-v",
                "error",
                "-y",
                "-f",
                "lavfi",
                "-i",
                $"color=black:size={size}:rate=25,drawbox=t=fill:color=white:enable='lt(mod(t,1),0.1)'",
                "-f",
                "lavfi",
                "-i",
                "aevalsrc='if(lt(mod(t,1),0.1),0.5*sin(6000*t),0)':s=48000",
                "-t",
                $"{seconds}",
                "-c:v",
                encoder,
                "-g",
                "25",
                .. encoder == "libx264" ? (string[])["-bf", "0"] : ["-deadline", "realtime", "-lag-in-frames", "0", "-auto-alt-ref", "0"],
                "-pix_fmt",
                "yuv420p",
                "-c:a",
                "libopus",
                source,
            ]
        );
        return WebmFile.Read(source, publication);
    }

    private async Task StoreAsync(List<MediaFrame> frames, uint publication = 7, TimeSpan begins = default)
    {
        await using var writer = await _recordings.BeginAsync(
            Session,
            new(publication, new("p-speaker"), DateTimeOffset.UnixEpoch + begins)
        );
        var (summary, number) = (new SegmentSummary(), 0);
        foreach (var frame in frames)
        {
            if (frame.IsKey && summary.Bytes > 0 && frame.Timestamp - summary.From > 3_000_000)
            {
                await writer.SealAsync(summary.ToSegment(number++));
                summary = new();
            }
            await writer.AppendAsync(frame.Wire);
            summary.Add(frame);
        }
        await writer.SealAsync(summary.ToSegment(number));
    }

    /// <summary>
    /// Checks that every picture and all the sound are decoded without a complaint, that the length is right, and that a seek to the middle
    /// starts between the last keyframe before it and the middle.
    /// </summary>
    private static async Task CheckAsync(string path, List<MediaFrame> frames, string codec)
    {
        var probed = await ProbeAsync(path);
        var streams = probed.GetProperty("streams").EnumerateArray().ToDictionary(s => s.GetProperty("codec_type").GetString()!);
        Assert.Equal(codec, streams["video"].GetProperty("codec_name").GetString());
        Assert.Equal("opus", streams["audio"].GetProperty("codec_name").GetString());
        Assert.Equal(
            frames.Count(f => !f.IsAudio).ToString(CultureInfo.InvariantCulture),
            streams["video"].GetProperty("nb_read_packets").GetString()
        );
        Assert.Equal(
            frames.Count(f => f.IsAudio).ToString(CultureInfo.InvariantCulture),
            streams["audio"].GetProperty("nb_read_packets").GetString()
        );
        var length = (frames[^1].Timestamp - frames[0].Timestamp) / 1e6;
        Assert.Equal(length, Duration(probed), 0.3);
        // Some frames of the recorded sources have the same time as the previous frame. ffmpeg reports this for the sources too.
        var complaints = (await RunAsync("ffmpeg", "-v", "error", "-i", path, "-f", "null", "-")).Split(
            '\n',
            StringSplitOptions.RemoveEmptyEntries
        );
        Assert.DoesNotContain(
            complaints,
            c =>
                !c.Contains("non monotonically increasing dts", StringComparison.Ordinal)
                && !c.Contains("Last message repeated", StringComparison.Ordinal)
        );
        var middle = length / 2;
        var first = await RunAsync(
            "ffprobe",
            "-v",
            "error",
            "-read_intervals",
            string.Create(CultureInfo.InvariantCulture, $"{middle:F3}%+#1"),
            "-select_streams",
            "v",
            "-show_entries",
            "packet=pts_time",
            "-of",
            "csv=p=0",
            path
        );
        var keyframe = frames
            .Where(f => f is { IsAudio: false, IsKey: true })
            .Select(f => (f.Timestamp - frames[0].Timestamp) / 1e6)
            .Last(at => at <= middle);
        Assert.InRange(double.Parse(first.Split('\n', ',')[0], CultureInfo.InvariantCulture), Math.Max(0, keyframe - 0.35), middle + 0.1);
    }

    private static double Duration(JsonElement probed) =>
        double.Parse(probed.GetProperty("format").GetProperty("duration").GetString()!, CultureInfo.InvariantCulture);

    private static async Task<JsonElement> ProbeAsync(string path) =>
        JsonDocument
            .Parse(await RunAsync("ffprobe", "-v", "error", "-count_packets", "-show_streams", "-show_format", "-of", "json", path))
            .RootElement;

    /// <returns>Everything that the program printed.</returns>
    private static async Task<string> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(
            new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true }
        )!;
        var (said, complained) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{program}: {await complained}");
        return (await said + await complained).Trim();
    }

    private static void Needs(string program) =>
        Assert.SkipUnless(
            Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program))),
            $"There is no {program} on this machine."
        );

    private static string Shared(string name)
    {
        var given = Environment.GetEnvironmentVariable("HUB_SHARED_DATA");
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if ((given ?? Path.Combine(folder.FullName, "shared/data")) is var data && File.Exists(Path.Combine(data, "media", name)))
                return Path.Combine(data, "media", name);
        Assert.Skip("The shared media are not on this machine.");
        return "";
    }
}
