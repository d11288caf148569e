using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using ConsultHub.Lectures.Media;
using ConsultHub.Silo;
using ConsultHub.Web.Lectures.Recording;
using Microsoft.Extensions.Options;

namespace ConsultHub.Tests.Lectures.Media;

/// <summary>Files made of recordings, looked at by ffmpeg.</summary>
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
    public async Task What_a_browser_recorded_comes_out_as_WebM_that_plays_whole_and_seeks(string name)
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
    public async Task H264_comes_out_as_MP4_that_plays_whole_and_seeks()
    {
        Needs("ffprobe");
        var source = Path.Combine(_folder, "source.mkv");
        await RunAsync("ffmpeg", "-v", "error", "-f", "lavfi", "-i", "testsrc=size=320x240:rate=25", "-f", "lavfi", "-i", "sine=frequency=440:sample_rate=48000", "-t", "12", "-c:v", "libx264", "-bf", "0", "-g", "50", "-pix_fmt", "yuv420p", "-c:a", "libopus", source);
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
    public async Task Sound_alone_comes_out_as_WebM_that_seeks()
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

    private async Task StoreAsync(List<MediaFrame> frames)
    {
        await using var writer = await _recordings.BeginAsync(Session, new(7, new("p-speaker"), DateTimeOffset.UnixEpoch));
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

    /// <summary>Every picture and all the sound is decoded without a complaint, the length is right, and a seek to the middle begins there.</summary>
    private static async Task CheckAsync(string path, List<MediaFrame> frames, string codec)
    {
        var probed = await ProbeAsync(path);
        var streams = probed.GetProperty("streams").EnumerateArray().ToDictionary(s => s.GetProperty("codec_type").GetString()!);
        Assert.Equal(codec, streams["video"].GetProperty("codec_name").GetString());
        Assert.Equal("opus", streams["audio"].GetProperty("codec_name").GetString());
        Assert.Equal(frames.Count(f => !f.IsAudio).ToString(CultureInfo.InvariantCulture), streams["video"].GetProperty("nb_read_packets").GetString());
        Assert.Equal(frames.Count(f => f.IsAudio).ToString(CultureInfo.InvariantCulture), streams["audio"].GetProperty("nb_read_packets").GetString());
        var length = (frames[^1].Timestamp - frames[0].Timestamp) / 1e6;
        Assert.Equal(length, Duration(probed), 0.3);
        // The recorded sources stamp some frames with the time of the one before, of which ffmpeg tells for the sources too.
        var complaints = (await RunAsync("ffmpeg", "-v", "error", "-i", path, "-f", "null", "-")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.DoesNotContain(complaints, c => !c.Contains("non monotonically increasing dts", StringComparison.Ordinal) && !c.Contains("Last message repeated", StringComparison.Ordinal));
        var middle = length / 2;
        var first = await RunAsync("ffprobe", "-v", "error", "-read_intervals", string.Create(CultureInfo.InvariantCulture, $"{middle:F3}%+#1"), "-select_streams", "v", "-show_entries", "packet=pts_time", "-of", "csv=p=0", path);
        var keyframe = frames.Where(f => f is { IsAudio: false, IsKey: true }).Select(f => (f.Timestamp - frames[0].Timestamp) / 1e6).Last(at => at <= middle);
        Assert.InRange(double.Parse(first.Split('\n', ',')[0], CultureInfo.InvariantCulture), Math.Max(0, keyframe - 0.35), middle + 0.1);
    }

    private static double Duration(JsonElement probed) => double.Parse(probed.GetProperty("format").GetProperty("duration").GetString()!, CultureInfo.InvariantCulture);

    private static async Task<JsonElement> ProbeAsync(string path) =>
        JsonDocument.Parse(await RunAsync("ffprobe", "-v", "error", "-count_packets", "-show_streams", "-show_format", "-of", "json", path)).RootElement;

    /// <returns>All that it said.</returns>
    private static async Task<string> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var (said, complained) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{program}: {await complained}");
        return (await said + await complained).Trim();
    }

    private static void Needs(string program) =>
        Assert.SkipUnless(Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program))), $"There is no {program} on this machine.");

    private static string Shared(string name)
    {
        var given = Environment.GetEnvironmentVariable("HUB_SHARED_DATA");
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if ((given ?? Path.Combine(folder.FullName, "shared/data")) is var data && File.Exists(Path.Combine(data, "media", name))) return Path.Combine(data, "media", name);
        Assert.Skip("The shared media are not on this machine.");
        return "";
    }
}
