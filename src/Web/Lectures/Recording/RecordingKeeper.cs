using ConsultHub.Lectures;

namespace ConsultHub.Web.Lectures.Recording;

/// <summary>
/// Deletes recordings that have expired or are no longer wanted, and the parts of speakers who have withdrawn their agreement.
/// </summary>
internal sealed partial class RecordingKeeper(
    IRecordings recordings,
    IGrainFactory grains,
    TimeProvider clock,
    ILogger<RecordingKeeper> log
) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, clock);
        while (
            await timer
                .WaitForNextTickAsync(stoppingToken)
                .AsTask()
                .ContinueWith(t => t.IsCompletedSuccessfully && t.Result, TaskScheduler.Default)
        )
            await LookAsync();
    }

    /// <summary>Checks all recordings. If the disk cannot be read, the next round tries again.</summary>
    internal async Task LookAsync()
    {
        try
        {
            foreach (var session in recordings.Sessions())
                await KeepOrDeleteAsync(session);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            LogNotRead(e);
        }
    }

    /// <returns>Whether the whole recording was deleted.</returns>
    internal async Task<bool> KeepOrDeleteAsync(SessionId session)
    {
        try
        {
            if (await grains.GetGrain<ILectureGrain>(session.Value).GetAsync() is not { } lecture)
                return false;
            if (IsKept(lecture, clock.GetUtcNow()))
            {
                foreach (var head in (await recordings.ListAsync(session)).Where(h => !IsKept(lecture, h)))
                {
                    await recordings.DeleteAsync(session, head.Publication);
                    LogPartDeleted(session.Value, head.Publication);
                }
                return false;
            }
            await recordings.DeleteAsync(session);
            LogDeleted(session.Value);
            return true;
        }
        catch (Exception e) // a failure with one recording must not stop the others
        {
            LogNotDeleted(e, session.Value);
            return false;
        }
    }

    /// <summary>A part is kept unless its speaker has later refused to be recorded.</summary>
    internal static bool IsKept(Lecture lecture, RecordingHead part) => !lecture.HasRefused(part.Person);

    /// <summary>
    /// A recording is kept as long as the hosts want one. It expires after the end of the lecture, when the agreed number of days is over.
    /// </summary>
    internal static bool IsKept(Lecture lecture, DateTimeOffset now) =>
        lecture.Recording is { } consent && (lecture.EndedAt is not { } ended || now < ended.AddDays(consent.Days));

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "The recording of {Session} was deleted: it has expired, or it is no longer wanted."
    )]
    private partial void LogDeleted(string session);

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "Part {Publication} of the recording of {Session} was deleted: its speaker no longer agrees."
    )]
    private partial void LogPartDeleted(string session, uint publication);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Recordings cannot be read. The next round checks again which have expired.")]
    private partial void LogNotRead(Exception failure);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The recording of {Session} could not be deleted. The next round tries again.")]
    private partial void LogNotDeleted(Exception failure, string session);
}
