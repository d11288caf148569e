using System.Reflection;
using ConsultHub.Lectures;
using ConsultHub.Lectures.Media;
using ConsultHub.Silo;
using ConsultHub.Web.Lectures.Recording;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace ConsultHub.Tests.Lectures.Media;

/// <summary>Tests the recorder and the recording keeper without a running hub. No grain answers them.</summary>
public sealed class LectureRecorderTests : IDisposable
{
    private static readonly Lecture Recorded = new()
    {
        Session = new("s-1"),
        Conference = new("c"),
        Title = "T",
        TimeZone = "Asia/Dubai",
        Stage = LectureStage.Live,
        Recording = new(new("p-host"), DateTimeOffset.UnixEpoch, 30),
        Agreements = [new(new("p-speaker"), true, DateTimeOffset.UnixEpoch)],
    };

    private static readonly MediaConfig Opus = new("opus", 0, 0, 48_000, 1, ReadOnlyMemory<byte>.Empty);
    private readonly string _folder = Directory.CreateTempSubdirectory("hub-recorder-").FullName;
    private readonly FileRecordings _recordings;

    public LectureRecorderTests() => _recordings = new(Options.Create(new HubOptions { DataPath = _folder }));

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Frames_are_stored_and_the_publication_ends_even_if_the_lecture_grain_does_not_answer()
    {
        var grains = DispatchProxy.Create<IGrainFactory, Deaf>();
        var talk = new Talk(7);
        await using (var recorder = new LectureRecorder(_recordings, grains, NullLogger.Instance))
            recorder.Record(Recorded, new(7, new("p-speaker"), DateTimeOffset.UnixEpoch, [0, 8]), [.. talk.Next(), .. talk.Next()]);
        // The recorder calls the grain during the recording and at the end. If the recording is short, one call can do both.
        Assert.InRange(((Deaf)(object)grains).Asked, 1, 2);
        Assert.Equal([0, 8], (await _recordings.SegmentsAsync(Recorded.Session, 7)).Single().Tracks);
    }

    [Fact]
    public async Task A_speaker_is_recorded_only_while_the_speaker_agrees_to_it()
    {
        var grains = DispatchProxy.Create<IGrainFactory, Deaf>();
        var refused = Recorded with { Agreements = [new(new("p-speaker"), false, DateTimeOffset.UnixEpoch)] };
        await using (var recorder = new LectureRecorder(_recordings, grains, NullLogger.Instance))
            recorder.Record(Recorded, new(7, new("p-other"), DateTimeOffset.UnixEpoch, [0, 8]), new Talk(7).Next());
        Assert.Empty(await _recordings.ListAsync(Recorded.Session));
        var talk = new Talk(8);
        await using (var recorder = new LectureRecorder(_recordings, grains, NullLogger.Instance))
        {
            recorder.Record(Recorded, new(8, new("p-speaker"), DateTimeOffset.UnixEpoch, [0, 8]), talk.Next());
            recorder.Record(refused, new(8, new("p-speaker"), DateTimeOffset.UnixEpoch, [0, 8]), talk.Next());
        }
        Assert.InRange((await _recordings.SegmentsAsync(Recorded.Session, 8)).Single().To, 1, 40_000);
        Assert.False(RecordingKeeper.IsKept(refused, (await _recordings.ListAsync(Recorded.Session)).Single()));
    }

    [Fact]
    public async Task Sound_without_keyframes_is_stored_in_segments_of_at_most_31_seconds()
    {
        var frames = Enumerable
            .Range(0, 100 * 50)
            .Select(i => MediaWire.Write(7, MediaTracks.Microphone, (uint)i + 1, i * 20_000L, 20_000, i == 0 ? Opus : null, new byte[50]));
        await using (var recorder = new LectureRecorder(_recordings, DispatchProxy.Create<IGrainFactory, Deaf>(), NullLogger.Instance))
        {
            foreach (var second in frames.Chunk(50))
            {
                recorder.Record(
                    Recorded with
                    {
                        RecordedFrom = DateTimeOffset.UnixEpoch,
                    },
                    new(7, new("p-speaker"), DateTimeOffset.UnixEpoch, [8]),
                    second
                );
                await Task.Yield();
            }
        }
        var segments = await _recordings.SegmentsAsync(Recorded.Session, 7);
        Assert.All(segments, s => Assert.InRange(s.To - s.From, 1, 31_000_000));
        Assert.True(segments.Count >= 3);
    }

    [Fact]
    public async Task A_disk_that_cannot_be_read_does_not_stop_the_recording_keeper()
    {
        var keeper = new RecordingKeeper(
            DispatchProxy.Create<IRecordings, Broken>(),
            DispatchProxy.Create<IGrainFactory, Deaf>(),
            TimeProvider.System,
            NullLogger<RecordingKeeper>.Instance
        );
        await keeper.LookAsync();
        keeper.Dispose();
    }

    /// <summary>Grains that do not answer.</summary>
    public class Deaf : DispatchProxy
    {
        public int Asked { get; private set; }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            Asked++;
            throw new TimeoutException();
        }
    }

    /// <summary>Recordings on a disk that fails.</summary>
    public class Broken : DispatchProxy
    {
        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
            throw new IOException("The device does not answer.");
    }
}
