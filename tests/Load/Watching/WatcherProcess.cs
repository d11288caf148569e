using System.Text.Json;

namespace ConsultHub.Load.Watching;

/// <summary>
/// The main routine of a process of watchers. It reads its order, connects, reports "ready" and then answers one question on each line. It
/// ends when its input ends, which also happens when the process that started it ends in any way.
/// </summary>
internal static class WatcherProcess
{
    public const string Command = "watchers";

    private const int AtOnce = 50,
        PingRounds = 10;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static async Task RunAsync()
    {
        var order = JsonSerializer.Deserialize<WatchOrder>((await Console.In.ReadLineAsync())!)!;
        var steps = new StepLog();
        List<Watcher> watchers = [.. Enumerable.Range(0, order.Count).Select(i => new Watcher(order, i, steps))];
        var round = 0;
        // Each watcher sends a sign of life every ten seconds. Those that read nothing send one every second, because only a failed send
        // shows that their connection has ended.
        using var pings = new Timer(
            _ =>
            {
                for (var i = 0; i < watchers.Count; i++)
                    if (i % PingRounds == round % PingRounds || watchers[i].StalledAt != 0)
                        _ = watchers[i].PingAsync();
                round++;
            },
            null,
            TimeSpan.FromSeconds(1),
            TimeSpan.FromSeconds(1)
        );
        try
        {
            foreach (var batch in watchers.Chunk(AtOnce))
            {
                foreach (var watcher in batch)
                    _ = watcher.RunAsync();
                await Task.WhenAll(batch.Select(w => w.Started)).WaitAsync(Patience);
            }
        }
        catch (Exception e)
        {
            Console.WriteLine($"failed {e.Message.ReplaceLineEndings(" ")}");
            return;
        }
        Console.WriteLine("ready");
        while (await Console.In.ReadLineAsync() is { } line)
        {
            var space = line.IndexOf(' ', StringComparison.Ordinal);
            var (word, body) = space < 0 ? (line, "") : (line[..space], line[(space + 1)..]);
            object answer = word switch
            {
                "begin" => watchers.Count(w =>
                {
                    w.Begin();
                    return true;
                }),
                "measure" => Measure(watchers.Skip(order.Stalling), JsonSerializer.Deserialize<Window>(body)!),
                "reach" => await ReachAsync(watchers, JsonSerializer.Deserialize<Goal>(body)!),
                "conduct" => new Conduct(
                    watchers.Count(w => w.Repeated),
                    watchers.Count(w => w.Reordered),
                    watchers.Sum(w => w.Snapshots),
                    watchers.Sum(w => w.Reconnected),
                    steps.ToArray()
                ),
                "stall" => watchers
                    .Take(order.Stalling)
                    .Count(w =>
                    {
                        w.Stall();
                        return true;
                    }),
                "stalled" => new Stalled(
                    order.Stalling,
                    [
                        .. watchers
                            .Take(order.Stalling)
                            .Where(w => w.EndedAt != 0)
                            .Select(w => TimeSpan.FromTicks(w.EndedAt - w.StalledAt).TotalSeconds),
                    ]
                ),
                _ => throw new InvalidOperationException($"Unknown question {word}."),
            };
            Console.WriteLine(JsonSerializer.Serialize(answer));
        }
        watchers.ForEach(w => w.Dispose());
    }

    /// <summary>Adds up what the given watchers received. All of them must have read all the time.</summary>
    private static Receipts Measure(IEnumerable<Watcher> watchers, Window window)
    {
        var (delays, inWindow, missing, frames, items, bytes) = (new Delays(), 0L, 0, 0L, 0L, 0L);
        foreach (var watcher in watchers)
        {
            var all = watcher.Receipts();
            var next = 0;
            foreach (var (version, at) in window.Commits)
            {
                while (next < all.Length && all[next].To < version)
                    next++;
                if (next == all.Length)
                    break;
                delays.Add(TimeSpan.FromTicks(all[next].At - at).TotalMilliseconds);
                if (all[next].At <= window.End)
                    inWindow++;
            }
            if (window.Commits.Length > 0 && watcher.At < window.Commits[^1].Version)
                missing++;
            var seen = all.Where(r => r.At <= window.End).ToList();
            frames += seen.Count;
            items += seen.Sum(r => r.Items);
            if (seen.Count > 0)
                bytes += seen[^1].Bytes - seen[0].Bytes;
        }
        return new(delays, inWindow, missing, frames, items, bytes);
    }

    /// <summary>
    /// Waits, for at most a minute, until every watcher that reads has received a version or a newer one. Returns how long after an instant
    /// each watcher received it, and how many watchers did not.
    /// </summary>
    private static async Task<Reached> ReachAsync(List<Watcher> watchers, Goal goal)
    {
        var patience = DateTime.UtcNow + Patience;
        while (watchers.Exists(w => w.At < goal.Version && w.StalledAt == 0) && DateTime.UtcNow < patience)
            await Task.Delay(5);
        var (delays, missing) = (new Delays(), 0);
        foreach (var watcher in watchers.Where(w => w.StalledAt == 0))
        {
            if (watcher.Receipts().FirstOrDefault(r => r.To >= goal.Version) is { To: > 0 } receipt)
                delays.Add(TimeSpan.FromTicks(receipt.At - goal.Since).TotalMilliseconds);
            else
                missing++;
        }
        return new(delays, missing);
    }

    /// <param name="Commits">In the order of their versions.</param>
    /// <param name="End">UTC ticks.</param>
    internal sealed record Window(Commit[] Commits, long End);

    internal sealed record Goal(long Version, long Since);

    internal sealed record Reached(Delays Delays, int Missing);
}
