using ConsultHub.Benchmarks;
using ConsultHub.Load.Hosting;
using ConsultHub.Load.Records;

namespace ConsultHub.Load.Modes;

/// <summary>Measures the effect on callers and watchers while an operator's command runs, such as a rolling restart.</summary>
internal static class DuringMode
{
    private const int MostWatchers = 100;

    public static async Task RunAsync(Options options, Report report)
    {
        if (options.Hubs.Count == 0)
            throw new LoadException("Which hub? Give its --hub.");
        if (options.Run is not { } command)
            throw new LoadException("During what? Give --run, such as 'deploy/cluster.sh rolling'.");
        await using var hub = await Installation.OpenAsync(options);
        Console.WriteLine(Machine.Describe(Path.GetTempPath()));
        using var fleet = await hub.WatchAsync(Math.Min(MostWatchers, options.Watchers), options, reconnect: true);
        using var over = new CancellationTokenSource();
        var driving = hub.Driver.RunAsync(options.Rate, over.Token);
        var began = DateTimeOffset.UtcNow;
        await Shell.RunAsync(command);
        var took = DateTimeOffset.UtcNow - began;
        await over.CancelAsync();
        await driving;
        var accepted = hub.Log.All.Where(o => o.Outcome == Outcome.Accepted).ToList();
        var (_, missing) = await fleet.ReachAsync(accepted.Max(o => o.Version!.Value), DateTimeOffset.UtcNow);

        var conduct = await fleet.ConductAsync();
        var history = await hub.HistoryAsync();
        var (wrong, faults) = DeliveryCheck.Run(conduct.Steps, history, hub.Log.Header.From);
        report.Add(command, "", FormattableString.Invariant($"{took.TotalSeconds:F0} s"));
        report.Add("commands acknowledged", "", Report.Count(accepted.Count));
        report.Add("acknowledged commands that were sent more than once", "", Report.Count(accepted.Count(o => o.Attempts > 1)));
        report.Add(
            "longest wait for an answer",
            "",
            FormattableString.Invariant($"{hub.Log.All.Max(o => o.Answered - o.Sent).TotalSeconds:F1} s")
        );
        report.Never(
            "commands that failed",
            hub.Log.All.Count(o => o.Outcome != Outcome.Accepted),
            hub.Log.All.Where(o => o.Outcome != Outcome.Accepted).Select(o => $"{o.Type} {o.Command}: {o.Outcome} {o.Code}")
        );
        report.Add("connections opened again", "", Report.Count(conduct.Reconnected));
        report.Add("watchers that had to begin anew with a snapshot", "0", Report.Count(conduct.Snapshots));
        report.Never("watchers that missed a version", missing);
        report.Never("watchers sent a version twice", conduct.Repeated);
        report.Never("watchers whose versions went back", conduct.Reordered);
        report.Never("wrong receipts (something missing, or something that should not be there)", wrong, faults);
        report.Never(await HistoryCheck.RunAsync(hub.Nodes, hub.Log.Header, hub.Log.All, history));
        Console.WriteLine($"Operations written to {hub.Log.Path}");
    }
}
