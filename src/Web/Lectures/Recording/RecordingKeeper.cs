using ConsultHub.Lectures;

namespace ConsultHub.Web.Lectures.Recording;

/// <summary>Deletes recordings whose time is over, or whose speakers no longer agree.</summary>
internal sealed partial class RecordingKeeper(IRecordings recordings, IGrainFactory grains, TimeProvider clock, ILogger<RecordingKeeper> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken).AsTask().ContinueWith(t => t.IsCompletedSuccessfully && t.Result, TaskScheduler.Default))
            await LookAsync();
    }

    /// <summary>Through all recordings; a disk that cannot be read now is looked at again later.</summary>
    internal async Task LookAsync()
    {
        try
        {
            foreach (var session in recordings.Sessions()) await KeepOrDeleteAsync(session);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            LogNotRead(e);
        }
    }

    /// <returns>Whether it was deleted.</returns>
    internal async Task<bool> KeepOrDeleteAsync(SessionId session)
    {
        try
        {
            if (await grains.GetGrain<ILectureGrain>(session.Value).GetAsync() is not { } lecture || IsKept(lecture, clock.GetUtcNow())) return false;
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

    /// <summary>Kept while the speakers agree, and for as long after the end as they agreed to.</summary>
    internal static bool IsKept(Lecture lecture, DateTimeOffset now) =>
        lecture.Recording is { } consent && (lecture.EndedAt is not { } ended || now < ended.AddDays(consent.Days));

    [LoggerMessage(Level = LogLevel.Information, Message = "The recording of {Session} was deleted: its time is over, or its speakers no longer agree.")]
    private partial void LogDeleted(string session);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Recordings cannot be read; whether their time is over is looked at again soon.")]
    private partial void LogNotRead(Exception failure);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The recording of {Session} should go and could not be deleted; tried again soon.")]
    private partial void LogNotDeleted(Exception failure, string session);
}
