using ConsultHub.Benchmarks;
using ConsultHub.Load.Hosting;
using ConsultHub.Load.Records;
using ConsultHub.Load.Watching;

namespace ConsultHub.Load.Modes;

/// <summary>Measures the effect on the other watchers and on the hub when a tenth of the watchers stops reading.</summary>
internal static class StalledMode
{
    private const int OneIn = 10;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    public static async Task RunAsync(Options options, Report report)
    {
        await using var hub = await Installation.OpenAsync(options);
        var subject = new HubSubject(hub, options);
        var stalling = Math.Max(1, options.Watchers / OneIn);
        Console.WriteLine(Machine.Describe(Path.GetTempPath()));
        Console.WriteLine(
            FormattableString.Invariant($"{options.Watchers:N0} watchers of {hub.Topic}, {options.Rate} changes/s; ")
                + FormattableString.Invariant($"{stalling:N0} of them stop reading after {options.Seconds} s")
        );
        using var fleet = await hub.WatchAsync(options.Watchers, options, stalling: stalling);
        await DriveAsync(async over => await Task.Delay(options.Time / 2, over)); // warm up

        var without = await DriveAsync(async over => await Task.Delay(options.Time, over));
        var (before, most) = (hub.MemoryOfAll(), hub.MemoryOfAll());
        await fleet.StallAsync();
        var stalled = await fleet.StalledAsync();
        var with = await DriveAsync(async over =>
        {
            for (
                var until = DateTime.UtcNow + Patience;
                stalled.EndedAfter.Length < stalling && DateTime.UtcNow < until;
                await Task.Delay(500, over)
            )
            {
                stalled = await fleet.StalledAsync();
                if (hub.MemoryOfAll() is { } now && now > most)
                    most = now;
            }
        });
        var verdict = await HistoryCheck.RunAsync(hub.Nodes, hub.Log.Header, hub.Log.All, await hub.HistoryAsync());

        report.Add("p99 of the others, all reading", "", Figures.Ms(without.Delays.At(0.99)));
        report.Add(
            "p99 of the others, 10 % stalled",
            "within 10 %",
            FormattableString.Invariant($"{with.Delays.At(0.99):F2} ms ({(with.Delays.At(0.99) / without.Delays.At(0.99)) - 1:+0 %;-0 %})")
        );
        report.Add(
            "max of the others, without and with",
            "",
            FormattableString.Invariant($"{without.Delays.Max:F0} and {with.Delays.Max:F0} ms")
        );
        report.Add(
            "working set a stalled connection, at most",
            stalling < 500 ? "150 KB (needs 500 stalled connections or more)" : "150 KB",
            Memory.Each(before, most, stalling)
        );
        report.Add("stalled connections ended", Report.Count(stalling), Report.Count(stalled.EndedAfter.Length));
        report.Add(
            "ended after they stopped reading",
            "30 s without progress",
            stalled.EndedAfter.Length == 0
                ? "never"
                : FormattableString.Invariant($"{stalled.EndedAfter.Min():F0} to {stalled.EndedAfter.Max():F0} s")
        );
        report.Never("others that missed the last version", with.Missing);
        report.Never(verdict);

        // Makes changes while something else runs, and measures the watchers that read all the time.
        async Task<Receipts> DriveAsync(Func<CancellationToken, Task> meanwhile)
        {
            using var over = new CancellationTokenSource();
            await fleet.BeginAsync();
            var driving = subject.DriveAsync(options.Rate, over.Token);
            await meanwhile(CancellationToken.None);
            var end = DateTimeOffset.UtcNow;
            await over.CancelAsync();
            var commits = await driving;
            if (commits.Count > 0)
                await fleet.ReachAsync(commits[^1].Version, end);
            return await fleet.MeasureAsync(commits, end);
        }
    }
}
