using System.Text.Json;
using ConsultHub.Benchmarks;
using ConsultHub.Load.Hosting;
using ConsultHub.Load.Records;
using ConsultHub.Load.Wire;
using static ConsultHub.Load.Report;

namespace ConsultHub.Load.Modes;

/// <summary>
/// Measures how many changes reach the watchers, how soon they arrive, and how much data and memory this needs. Can compare these figures
/// with those of a plain broadcast to as many watchers.
/// </summary>
internal static class WatchMode
{
    public static async Task RunAsync(Options options, Report report)
    {
        await using var hub = await Installation.OpenAsync(options);
        Console.WriteLine(Machine.Describe(Path.GetTempPath()));
        Console.WriteLine(
            FormattableString.Invariant($"{options.Watchers:N0} watchers of {hub.Topic} on {hub.Nodes.Count} web node(s), ")
                + FormattableString.Invariant($"{options.Rate} changes/s for {options.Seconds} s")
        );
        var counted = await CountAsync(hub);
        var measured = await Trial.RunAsync(new HubSubject(hub, options), options);
        var messages = await CountAsync(hub) - counted;
        var history = await hub.HistoryAsync();
        var verdict = await HistoryCheck.RunAsync(hub.Nodes, hub.Log.Header, hub.Log.All, history);
        var (wrong, faults) = DeliveryCheck.Run(measured.Conduct.Steps, history, hub.Log.Header.From);

        Trial? plain = null;
        if (options.Plain)
        {
            using var yardstick = await PlainSubject.StartAsync(await SampleAsync(hub), options.PerProcess);
            plain = await Trial.RunAsync(yardstick, options);
        }
        Print(report, options, measured, plain);
        report.Add(
            "messages between nodes a change",
            "web nodes that watch",
            messages is { } m
                ? FormattableString.Invariant($"{m / history.Count:F2} for {hub.Nodes.Count} web node(s)")
                : "unknown: no /metrics"
        );
        report.Never("wrong receipts (something missing, or something that should not be there)", wrong, faults);
        report.Never(
            "watchers that missed the last version",
            measured.Receipts.Missing,
            plain: plain is null ? "" : Count(plain.Receipts.Missing)
        );
        report.Never("watchers sent a version twice", measured.Conduct.Repeated, plain: plain is null ? "" : Count(plain.Conduct.Repeated));
        report.Never(
            "watchers whose versions went back",
            measured.Conduct.Reordered,
            plain: plain is null ? "" : Count(plain.Conduct.Reordered)
        );
        report.Never(verdict);
        Console.WriteLine(
            $"{hub.Log.All.Count} commands, {hub.Log.All.Count(o => o.Outcome == Outcome.Refused)} refused; written to {hub.Log.Path}"
        );
    }

    private static void Print(Report report, Options options, Trial hub, Trial? plain)
    {
        var (seconds, watchers) = (options.Seconds, options.Watchers);
        Row("changes made", "", t => FormattableString.Invariant($"{t.Changes} ({t.Changes / seconds:F0}/s)"));
        Row("changes delivered, merged ones counted", "500,000/s at full load", t => Figures.Rate(t.Receipts.DeliveredInWindow / seconds));
        Row("frames delivered", "100,000/s at full load", t => Figures.Rate(t.Receipts.Frames / seconds));
        if (plain is not null)
            report.Add(
                "frames, share of plain",
                "0.8",
                FormattableString.Invariant($"{(double)hub.Receipts.Frames / plain.Receipts.Frames:F2}")
            );
        Row("items received", "", t => Figures.Rate(t.Receipts.Items / seconds));
        Row("changes that came merged into a newer frame", "", t => Count(Math.Max(0, t.Receipts.DeliveredInWindow - t.Receipts.Frames)));
        Row("received", "", t => FormattableString.Invariant($"{t.Receipts.Bytes / seconds / 1e6:F1} MB/s"));
        Row("commit to receipt, p50", "", t => Figures.Ms(t.Receipts.Delays.At(0.50)));
        Row("commit to receipt, p99", watchers <= 1000 ? "40 ms" : "250 ms at 10,000", t => Figures.Ms(t.Receipts.Delays.At(0.99)));
        Row("commit to receipt, max", "", t => Figures.Ms(t.Receipts.Delays.Max));
        Row("working set a connection, idle", "", t => Memory.Each(t.Before, t.Idle, watchers));
        Row("working set a connection, after traffic", "25 KB", t => Memory.Each(t.Before, t.After, watchers));

        void Row(string what, string aim, Func<Trial, string> figure) =>
            report.Add(what, aim, figure(hub), plain is null ? "" : figure(plain));
    }

    private static async Task<double?> CountAsync(Installation hub)
    {
        var metrics = await Task.WhenAll(hub.Nodes.Select(Metrics.ReadAsync));
        return metrics.Sum(m => m?.MessagesReceived) is var sum && Array.Exists(metrics, m => m?.MessagesReceived is not null) ? sum : null;
    }

    /// <summary>An uncompressed frame that the hub sends for one change. The plain server sends the same frame.</summary>
    private static async Task<string> SampleAsync(Installation hub)
    {
        var node = hub.Nodes[0].Watched;
        using var socket = await SignalRSocket.ConnectAsync(new UriBuilder(node.Hub) { Query = "" }.Uri, node.Cookie);
        await socket.SendAsync($$"""{"type":1,"target":"Watch","arguments":["{{hub.Topic}}",null]}""");
        var (known, sample) = (new TaskCompletionSource(), new TaskCompletionSource<string>());
        _ = socket.ReadAsync(message =>
        {
            if (FrameSight.Of(message) is not { Last: true } frame)
                return;
            if (frame.Snapshot)
                known.TrySetResult();
            else if (frame.Items.Length > 0)
                sample.TrySetResult(JsonDocument.Parse(message.ToArray()).RootElement.GetProperty("arguments")[0].GetRawText());
        });
        await known.Task;
        await hub.Driver.ChangeAsync();
        return await sample.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }
}
