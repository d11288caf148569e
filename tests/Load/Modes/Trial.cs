using ConsultHub.Load.Watching;

namespace ConsultHub.Load.Modes;

/// <summary>The result of one trial: what a number of watchers received of a subject's changes.</summary>
/// <param name="Before">Working set in bytes after the warm-up, before the watchers connect.</param>
/// <param name="Idle">Working set in bytes with all of them connected, before the changes.</param>
/// <param name="After">Working set in bytes after the changes.</param>
internal sealed record Trial(Receipts Receipts, Conduct Conduct, int Changes, long? Before, long? Idle, long? After)
{
    private const int WarmWatchers = 50;

    public static async Task<Trial> RunAsync(ISubject subject, Options options)
    {
        using (await subject.WatchAsync(Math.Min(WarmWatchers, options.Watchers)))
            await DriveAsync(subject, options.Rate, options.WarmTime);
        var before = subject.Memory();
        using var fleet = await subject.WatchAsync(options.Watchers);
        var idle = subject.Memory();
        await fleet.BeginAsync();
        var end = DateTimeOffset.UtcNow + options.Time;
        var commits = await DriveAsync(subject, options.Rate, options.Time);
        if (commits.Count == 0)
            throw new LoadException("No change was accepted.");
        await fleet.ReachAsync(commits[^1].Version, end);
        var after = subject.Memory();
        return new(await fleet.MeasureAsync(commits, end), await fleet.ConductAsync(), commits.Count, before, idle, after);
    }

    private static async Task<List<Commit>> DriveAsync(ISubject subject, double perSecond, TimeSpan time)
    {
        using var over = new CancellationTokenSource(time);
        return await subject.DriveAsync(perSecond, over.Token);
    }
}
