using System.Collections.Concurrent;
using System.Diagnostics;
using ConsultHub.Benchmarks.Roster;
using ConsultHub.Live;
using ConsultHub.Rostering;
using Microsoft.AspNetCore.SignalR;
using static ConsultHub.Benchmarks.Figures;

namespace ConsultHub.Benchmarks.Live;

/// <summary>
/// Measures how soon all watchers of a board receive a change, and compares this with a plain broadcast to a group. Both run in the same
/// process, with the same engagements and the same load generator, and they take turns.
/// </summary>
internal static class LiveBenchmark
{
    /// <summary>A position in the format that the hub uses.</summary>
    internal const string Position = "HMQ9rRIT5k-ugG2fgWcssQAAAAAAAAPg";

    private const int Rounds = 2;
    private static readonly TimeSpan Time = TimeSpan.FromSeconds(10),
        Settle = TimeSpan.FromSeconds(5);

    public static async Task RunAsync(Figures figures)
    {
        var folder = Directory.CreateTempSubdirectory("hub-bench-").FullName;
        try
        {
            await using var web = await BenchWeb.StartAsync(folder);
            await BenchNetwork.PlanAsync(web.Grains);
            var cookie = web.CookieOf(BenchNetwork.Coordinator.Person, Guid.NewGuid());
            await CompareAsync(web, cookie, watchers: 500, perSecond: 20); // a warm-up that compiles all code
            foreach (var watchers in (int[])[1_000, 5_000])
            {
                var (hub, plain) = await CompareAsync(web, cookie, watchers, perSecond: 20);
                figures.Add(
                    $"commit to receipt p99, {watchers:N0} watchers, 20 changes/s",
                    "no worse than plain",
                    Worded(hub, r => r.P99),
                    Worded(plain, r => r.P99)
                );
            }
            var (merged, broadcast) = await CompareAsync(web, cookie, 5_000, perSecond: 200);
            figures.Add(
                "latest state everywhere, 5,000 watchers, 200 changes/s",
                "500 ms after the last",
                Worded(merged, r => r.Everywhere),
                Worded(broadcast, r => r.Everywhere)
            );
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<(List<Receipts> Hub, List<Receipts> Plain)> CompareAsync(
        BenchWeb web,
        string cookie,
        int watchers,
        int perSecond
    )
    {
        var (hub, plain) = (new List<Receipts>(), new List<Receipts>());
        var topic = $"board/{BenchNetwork.RosterKey}";
        for (var round = 0; round < Rounds; round++)
        {
            hub.Add(
                await MeasureAsync(
                    web,
                    "hubs/live?packed=1",
                    $$"""{"type":1,"target":"Watch","arguments":["{{topic}}",null]}""",
                    cookie,
                    watchers,
                    perSecond,
                    _ => Task.CompletedTask
                )
            );
            plain.Add(
                await MeasureAsync(
                    web,
                    "plain",
                    """{"type":1,"target":"Join","arguments":[]}""",
                    cookie,
                    watchers,
                    perSecond,
                    change => web.Plain.Clients.Group(PlainHub.Group).SendAsync("Frame", FrameOf(topic, change))
                )
            );
        }
        return (hub, plain);
    }

    private static async Task<Receipts> MeasureAsync(
        BenchWeb web,
        string path,
        string invocation,
        string cookie,
        int watchers,
        int perSecond,
        Func<Decided, Task> tell
    )
    {
        var roster = web.Grains.GetGrain<IRosterGrain>(BenchNetwork.RosterKey);
        using var process = await WatcherProcess.StartAsync(new Uri(web.Address, path), invocation, watchers, cookie);
        ConcurrentBag<(long Version, long At)> commits = [];
        List<Task> under = [];
        var start = Stopwatch.GetTimestamp();
        using var ticks = new PeriodicTimer(TimeSpan.FromSeconds(1.0 / perSecond));
        for (var n = 0; Stopwatch.GetElapsedTime(start) < Time && await ticks.WaitForNextTickAsync(); n++)
            under.Add(ChangeAsync(n % BenchNetwork.Engagements));
        await Task.WhenAll(under);
        await Task.Delay(Settle);
        var receipts = await process.CollectAsync(commits);
        Console.WriteLine(
            FormattableString.Invariant($"{path}: {watchers:N0} watchers, {commits.Count / Time.TotalSeconds:F0} changes/s, ")
                + FormattableString.Invariant($"p50 {receipts.P50:F1} p99 {receipts.P99:F1} max {receipts.Max:F1} ")
                + FormattableString.Invariant($"everywhere {receipts.Everywhere:F1} ms, missing {receipts.Missing}, ")
                + FormattableString.Invariant($"{receipts.Messages / Time.TotalSeconds:N0} frames/s")
        );
        return receipts;

        async Task ChangeAsync(int engagement)
        {
            var known = (await roster.GetAsync(BenchNetwork.Engagement(engagement)))!;
            var reply = await roster.DecideAsync(
                BenchNetwork.Coordinator,
                BenchNetwork.Reassign(engagement, known.Consultants[0] != BenchNetwork.Consultant(engagement, other: true), null)
            );
            var accepted = reply as Decided ?? throw new InvalidOperationException($"Refused: {reply}");
            commits.Add((accepted.Version, Stopwatch.GetTimestamp()));
            await tell(accepted);
        }
    }

    /// <summary>The content of a board's frame for one change: the engagement and its line in the feed.</summary>
    private static Frame FrameOf(string topic, Decided change)
    {
        var engagement = change.Engagement;
        var line = new Rostering.Activity
        {
            Number = change.Version,
            At = DateTimeOffset.UtcNow,
            By = BenchNetwork.Coordinator.Person,
            What = Change.Assigned,
            Engagement = engagement.Id,
            Title = engagement.Title,
            Hospital = engagement.Hospital,
            StartBefore = engagement.Start,
            StartAfter = engagement.Start,
            RoomBefore = engagement.Room,
            RoomAfter = engagement.Room,
            ConsultantsBefore = engagement.Consultants,
            ConsultantsAfter = engagement.Consultants,
            Version = change.Version,
        };
        return new Frame(topic, FrameKind.Delta, Position, [engagement, line], [], true, DateTimeOffset.UtcNow);
    }

    private static string Worded(List<Receipts> runs, Func<Receipts, double> figure) =>
        string.Join(
            " and ",
            runs.Select(r =>
                r.Missing > 0 ? $"{Ms(figure(r))} ({r.Missing:N0} still without it after {Settle.TotalSeconds:N0} s)" : Ms(figure(r))
            )
        );
}
