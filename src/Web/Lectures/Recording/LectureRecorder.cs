using System.Threading.Channels;
using ConsultHub.Lectures;
using ConsultHub.Lectures.Media;

namespace ConsultHub.Web.Lectures.Recording;

/// <summary>
/// Records one publication while the stage is live and its speaker has agreed. Frames are on the disk within a second. If the disk is too
/// slow, the recording has a gap up to the next keyframe, and the lecture is not affected.
/// </summary>
internal sealed partial class LectureRecorder(IRecordings recordings, IGrainFactory grains, ILogger log) : IAsyncDisposable
{
    private const long SegmentLength = 4_000_000;

    /// <summary>Microseconds. A segment is read as a whole, so a segment without a keyframe is cut at this length.</summary>
    private const long LongestSegment = 30_000_000;
    private const int MostWaiting = 4096;
    private static readonly TimeSpan FlushEvery = TimeSpan.FromMilliseconds(500);

    private readonly CancellationTokenSource _ended = new();
    private readonly HashSet<byte> _running = [];
    private Channel<MediaFrame>? _frames;
    private Task _writing = Task.CompletedTask;

    /// <summary>Takes frames in order. Only the publication's connection calls it.</summary>
    public void Record(Lecture lecture, MediaSource source, IEnumerable<MediaFrame> frames)
    {
        if (lecture.Stage != LectureStage.Live || !lecture.Records(source.Person))
        {
            _running.Clear(); // so that each track starts again with a keyframe
            return;
        }
        foreach (var frame in frames.Where(f => !MediaTracks.IsSmall(f.Track)))
        {
            if (frame.IsKey)
                _running.Add(frame.Track);
            if (!_running.Contains(frame.Track))
                continue;
            if (_frames is null)
            {
                _frames = Channel.CreateBounded<MediaFrame>(
                    new BoundedChannelOptions(MostWaiting) { SingleReader = true, SingleWriter = true }
                );
                _writing = WriteAsync(lecture, source, frame.Timestamp, _frames.Reader);
            }
            if (_frames.Writer.TryWrite(frame))
                continue;
            LogBehind(lecture.Session.Value);
            _running.Remove(frame.Track);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _frames?.Writer.TryComplete();
        await _ended.CancelAsync();
        await _writing;
        _ended.Dispose();
    }

    private async Task WriteAsync(Lecture lecture, MediaSource source, long first, ChannelReader<MediaFrame> frames)
    {
        var telling = Task.CompletedTask;
        try
        {
            await using var writer = await recordings.BeginAsync(lecture.Session, new(source.Publication, source.Person, source.StartedAt));
            if (lecture.RecordedFrom is null)
                telling = TellAsync(lecture.Session, source.StartedAt.AddMicroseconds(first));
            var (segment, number, flushed, waits) = (new SegmentSummary(), 0, Environment.TickCount64, false);
            while (true)
            {
                var more = frames.WaitToReadAsync().AsTask();
                // Flushes also when no frame arrives for a while.
                if (waits && await Task.WhenAny(more, Task.Delay(FlushEvery)) != more)
                {
                    await writer.FlushAsync();
                    waits = false;
                }
                if (!await more)
                    break;
                while (frames.TryRead(out var frame))
                {
                    // After 4 s, the next keyframe of a picture starts a new segment. If there is none, a keyframe of the sound starts it
                    // after 8 s, and any frame starts it after 30 s.
                    var length = segment.Bytes == 0 ? 0 : frame.Timestamp - segment.From;
                    if (
                        length
                        >= (
                            !frame.IsKey ? LongestSegment
                            : frame.IsAudio ? 2 * SegmentLength
                            : SegmentLength
                        )
                    )
                    {
                        await writer.SealAsync(segment.ToSegment(number++));
                        segment = new();
                    }
                    await writer.AppendAsync(frame.Wire);
                    segment.Add(frame);
                    waits = true;
                }
                if (Environment.TickCount64 - flushed < FlushEvery.TotalMilliseconds)
                    continue;
                await writer.FlushAsync();
                (flushed, waits) = (Environment.TickCount64, false);
            }
            if (segment.Bytes > 0)
                await writer.SealAsync(segment.ToSegment(number));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            LogNotStored(e, lecture.Session.Value);
        }
        await telling;
    }

    /// <summary>
    /// Tells the lecture when the recording began. It tries again while frames are recorded, and once more after the end.
    /// </summary>
    private async Task TellAsync(SessionId session, DateTimeOffset from)
    {
        for (var wait = TimeSpan.FromSeconds(1); ; wait *= 2)
        {
            var isLast = _ended.IsCancellationRequested;
            try
            {
                await grains
                    .GetGrain<ILectureGrain>(session.Value)
                    .DecideAsync(LectureCaller.System, new RecordFrom { CommandId = Guid.NewGuid(), At = from });
                return;
            }
            catch (Exception e) // for example a stopping silo or a slow store; the recording itself is safe
            {
                LogNotTold(e, session.Value);
            }
            if (isLast)
                return;
            await Task.Delay(wait, _ended.Token)
                .ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The lecture {Session} could not store the start of its recording. The node tries again while the recording goes on."
    )]
    private partial void LogNotTold(Exception failure, string session);

    [LoggerMessage(Level = LogLevel.Error, Message = "The recording of {Session} cannot be stored. The lecture continues without it.")]
    private partial void LogNotStored(Exception failure, string session);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The disk is too slow for the recording of {Session}, which has a gap up to the next keyframe."
    )]
    private partial void LogBehind(string session);
}
