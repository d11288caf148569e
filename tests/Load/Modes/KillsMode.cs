using System.Diagnostics;
using System.Globalization;
using System.IO.Enumeration;
using ConsultHub.Benchmarks;
using ConsultHub.Load.Hosting;
using ConsultHub.Load.Records;
using ConsultHub.Load.Watching;

namespace ConsultHub.Load.Modes;

/// <summary>Kills random processes again and again, during changes and with watchers connected.</summary>
internal static class KillsMode
{
    private const int MostWatchers = 100;

    /// <summary>How long a killed process of a cluster is down at most. It starts earlier if a change has reached every watcher.</summary>
    private static readonly TimeSpan Alone = TimeSpan.FromSeconds(20);

    public static async Task RunAsync(Options options, Report report)
    {
        if (options.Pids is not null && options.Restart is null)
            throw new LoadException("What brings a process back? Give --restart, such as 'deploy/cluster.sh restart'.");
        await using var hub = await Installation.OpenAsync(options);
        if (hub.Own is null && options.Pids is null)
            throw new LoadException(
                "Which processes may be killed? Give the folder with their --pids, or let this program start a hub of its own."
            );
        Console.WriteLine(Machine.Describe(Path.GetTempPath()));
        using var fleet = await hub.WatchAsync(Math.Min(MostWatchers, options.Watchers), options, reconnect: true);
        using var over = new CancellationTokenSource();
        var driving = hub.Driver.RunAsync(options.Rate, over.Token);
        Dictionary<string, List<Delays>> seen = [];
        var missing = 0;
        for (var kill = 1; kill <= options.Kills; kill++)
        {
            await Task.Delay(TimeSpan.FromSeconds(0.5 + Random.Shared.NextDouble()));
            await fleet.BeginAsync();
            var (names, since) = hub.Own is { } own ? await KillAsync(own) : KillSomeOf(options);
            var next = NextAsync(hub, fleet, since);
            if (hub.Own is null)
            {
                await Task.WhenAny(next, Task.Delay(Alone));
                foreach (var name in names)
                    await Shell.RunAsync(options.Restart!, name);
            }
            var (delays, without) = await next;
            missing += without;
            var kind = string.Join(" and ", names.Select(n => n.TrimEnd("0123456789-".ToCharArray())).Order());
            (seen.TryGetValue(kind, out var list) ? list : seen[kind] = []).Add(delays);
            Console.WriteLine(
                FormattableString.Invariant($"{kill}: {string.Join(" and ", names)} killed, ")
                    + FormattableString.Invariant(
                        $"the next change everywhere after {delays.Max / 1000:F1} s, {hub.Log.All.Count} commands"
                    )
            );
        }
        await over.CancelAsync();
        await driving;
        var last = hub.Log.All.Where(o => o.Outcome == Outcome.Accepted).Max(o => o.Version!.Value);
        missing += (await fleet.ReachAsync(last, DateTimeOffset.UtcNow)).Missing;

        var conduct = await fleet.ConductAsync();
        var history = await hub.HistoryAsync();
        var (wrong, faults) = DeliveryCheck.Run(conduct.Steps, history, hub.Log.Header.From);
        report.Add("kills", Report.Count(100), string.Join(", ", seen.Select(s => $"{s.Value.Count} {s.Key}")));
        report.Add("commands acknowledged", "", Report.Count(hub.Log.All.Count(o => o.Outcome == Outcome.Accepted)));
        report.Add(
            "commands given more than once, refused, unanswered",
            "",
            $"{hub.Log.All.Count(o => o.Attempts > 1)}, {hub.Log.All.Count(o => o.Outcome == Outcome.Refused)}, "
                + $"{hub.Log.All.Count(o => o.Outcome == Outcome.Unanswered)}"
        );
        foreach (var (kind, delays) in seen)
            report.Add(
                $"{kind} killed: next change delivered, p99 (max)",
                hub.Own is null ? "10 s" : "",
                FormattableString.Invariant($"{Delays.Sum(delays).At(0.99) / 1000:F1} s ({Delays.Sum(delays).Max / 1000:F1} s)")
            );
        report.Add("watchers that had to begin anew with a snapshot", "0", Report.Count(conduct.Snapshots));
        report.Never("watchers that missed a version", missing);
        report.Never("watchers sent a version twice", conduct.Repeated);
        report.Never("watchers whose versions went back", conduct.Reordered);
        report.Never("wrong receipts (something missing, or something that should not be there)", wrong, faults);
        report.Never(await HistoryCheck.RunAsync(hub.Nodes, hub.Log.Header, hub.Log.All, history));
        Console.WriteLine($"Operations written to {hub.Log.Path}");
    }

    private static async Task<(string[] Names, DateTimeOffset Since)> KillAsync(OwnHub own)
    {
        var since = DateTimeOffset.UtcNow;
        own.Kill();
        await own.RestartAsync();
        return (["hub"], since);
    }

    private static (string[] Names, DateTimeOffset Since) KillSomeOf(Options options)
    {
        var files = Directory
            .GetFiles(options.Pids!, "*.pid")
            .Where(f => options.Only.Split(',').Any(p => FileSystemName.MatchesSimpleExpression(p, Path.GetFileNameWithoutExtension(f))))
            .ToArray();
        if (files.Length < options.AtOnce)
            throw new LoadException($"{options.Pids} has fewer than {options.AtOnce} files <name>.pid that match {options.Only}.");
        Random.Shared.Shuffle(files);
        var since = DateTimeOffset.UtcNow;
        foreach (var file in files.Take(options.AtOnce))
        {
            using var process = Process.GetProcessById(int.Parse(File.ReadAllText(file), CultureInfo.InvariantCulture));
            process.Kill();
        }
        return ([.. files.Take(options.AtOnce).Select(f => Path.GetFileNameWithoutExtension(f)!)], since);
    }

    /// <summary>For each watcher, the time from the kill until it had the first change that was sent after the kill.</summary>
    private static async Task<(Delays Delays, int Missing)> NextAsync(Installation hub, Fleet fleet, DateTimeOffset since) =>
        await fleet.ReachAsync((await hub.NextAcceptedAsync(since)).Version!.Value, since);
}
