using System.Diagnostics;
using ConsultHub.Benchmarks;
using ConsultHub.Load.Hosting;
using ConsultHub.Load.Records;

namespace ConsultHub.Load.Modes;

/// <summary>Measures how long watchers are without a current board after a web node is killed.</summary>
internal static class ReconnectMode
{
    public static async Task RunAsync(Options options, Report report)
    {
        await using var hub = await Installation.OpenAsync(options);
        if (hub.Own is null && hub.Nodes[0].Process is null)
            throw new LoadException("Which process is to be killed? Give its --pid, or let this program start a hub of its own.");
        Console.WriteLine(Machine.Describe(Path.GetTempPath()));
        using var fleet = await hub.WatchAsync(options.Watchers, options, reconnect: true);
        using var over = new CancellationTokenSource();
        var driving = hub.Driver.RunAsync(options.Rate, over.Token);
        await Task.Delay(options.Time);
        await fleet.BeginAsync();
        var reads = await Task.WhenAll(hub.Nodes.Skip(1).Select(Metrics.ReadAsync));

        Console.WriteLine(
            FormattableString.Invariant(
                $"kill -9 of the web node of {options.Watchers / hub.Nodes.Count:N0} watchers, under {options.Rate} changes/s"
            )
        );
        var killed = DateTimeOffset.UtcNow;
        TimeSpan? back = null;
        if (hub.Own is { } own)
        {
            own.Kill();
            await own.RestartAsync();
            back = DateTimeOffset.UtcNow - killed;
        }
        else
        {
            using (var process = Process.GetProcessById(hub.Nodes[0].Process!.Value))
                process.Kill();
            if (options.Restart is { } command)
                await Shell.RunAsync(command);
        }
        var next = await hub.NextAcceptedAsync(killed);
        var (delays, missing) = await fleet.ReachAsync(next.Version!.Value, killed);
        await over.CancelAsync();
        await driving;
        var last = hub.Log.All.Where(o => o.Outcome == Outcome.Accepted).Max(o => o.Version!.Value);
        missing = Math.Max(missing, (await fleet.ReachAsync(last, killed)).Missing);

        var conduct = await fleet.ConductAsync();
        var history = await hub.HistoryAsync();
        var (wrong, faults) = DeliveryCheck.Run(conduct.Steps, history, hub.Log.Header.From);
        report.Add("all watchers caught up, from the kill", "10 s at 10,000", FormattableString.Invariant($"{delays.Max / 1000:F1} s"));
        if (back is { } start)
            report.Add("time until the hub had started again", "", FormattableString.Invariant($"{start.TotalSeconds:F1} s"));
        report.Add(
            "watchers caught up, p50 and p99",
            "",
            FormattableString.Invariant($"{delays.At(0.5) / 1000:F1} and {delays.At(0.99) / 1000:F1} s")
        );
        report.Add("connections opened again", "", Report.Count(conduct.Reconnected));
        report.Add("watchers that had to begin anew with a snapshot", "0", Report.Count(conduct.Snapshots));
        report.Add("database reads meanwhile", hub.Own is null ? "0" : "the hub's own start only", await ReadsAsync(hub, reads));
        report.Never("watchers that missed the last version", missing);
        report.Never("watchers sent a version twice", conduct.Repeated);
        report.Never("watchers whose versions went back", conduct.Reordered);
        report.Never("wrong receipts (something missing, or something that should not be there)", wrong, faults);
        report.Never(await HistoryCheck.RunAsync(hub.Nodes, hub.Log.Header, hub.Log.All, history));
    }

    /// <summary>How many rows were read: the increase on the nodes that kept running, plus the whole count of the restarted node.</summary>
    private static async Task<string> ReadsAsync(Installation hub, Metrics?[] before)
    {
        var now = await Task.WhenAll(hub.Nodes.Select(Metrics.ReadAsync));
        if (Array.TrueForAll(now, m => m?.StorageReads is null))
            return "unknown: no /metrics";
        return Report.Count(
            (now[0]?.StorageReads ?? 0) + now.Skip(1).Zip(before, (n, b) => (n?.StorageReads ?? 0) - (b?.StorageReads ?? 0)).Sum()
        );
    }
}
