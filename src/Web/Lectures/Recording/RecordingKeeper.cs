using ConsultHub.Lectures;

namespace ConsultHub.Web.Lectures.Recording;

/// <summary>Deletes recordings whose time is over or that are no longer wanted, and the parts of speakers who no longer agree.</summary>
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

    /// <summary>Through all recordings; a disk that cannot be read now is looked at again later.</summary>
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

    /// <returns>Whether all of it was deleted.</returns>
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
        catch (Exception e) // whatever is wrong with one, the others' time is over too
        {
            LogNotDeleted(e, session.Value);
            return false;
        }
    }

    /// <summary>A part is kept unless its speaker has said no since.</summary>
    internal static bool IsKept(Lecture lecture, RecordingHead part) => !lecture.HasRefused(part.Person);

    /// <summary>Kept while the lecture is to be recorded, and for as long after the end as the speakers agreed to.</summary>
    internal static bool IsKept(Lecture lecture, DateTimeOffset now) =>
        lecture.Recording is { } consent && (lecture.EndedAt is not { } ended || now < ended.AddDays(consent.Days));

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "The recording of {Session} was deleted: its time is over, or it is no longer wanted."
    )]
    private partial void LogDeleted(string session);

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "Part {Publication} of the recording of {Session} was deleted: its speaker no longer agrees."
    )]
    private partial void LogPartDeleted(string session, uint publication);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Recordings cannot be read; whether their time is over is looked at again soon.")]
    private partial void LogNotRead(Exception failure);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The recording of {Session} should go and could not be deleted; tried again soon.")]
    private partial void LogNotDeleted(Exception failure, string session);
}
