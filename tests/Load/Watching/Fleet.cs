using System.Text.Json;
using ConsultHub.Load.Hosting;

namespace ConsultHub.Load.Watching;

/// <summary>All watchers of a run, in several processes, because on many systems a process can have 20,000 open files at most.</summary>
internal sealed class Fleet : IDisposable
{
    private readonly List<Child> _processes;
    private readonly int _stalling;

    private Fleet(List<Child> processes, int count, int stalling) => (_processes, Count, _stalling) = (processes, count, stalling);

    public int Count { get; }

    /// <summary>Returns when every watcher has its first frame.</summary>
    /// <param name="perProcess">The number of watchers in each process.</param>
    /// <param name="stalling">How many watchers can be told to stop reading.</param>
    public static async Task<Fleet> StartAsync(
        WatchNode[] nodes,
        string topic,
        int count,
        int perProcess,
        bool reconnect = false,
        int stalling = 0
    )
    {
        var fleet = new Fleet([], count, stalling);
        try
        {
            foreach (var numbers in Enumerable.Range(0, count).Chunk(perProcess))
            {
                // The watchers that will stall are spread evenly over the processes.
                var order = new WatchOrder(
                    nodes,
                    topic,
                    numbers[0],
                    numbers.Length,
                    reconnect,
                    (int)((long)stalling * numbers.Length / count)
                );
                var process = Child.Again(WatcherProcess.Command);
                fleet._processes.Add(process);
                await process.Input.WriteLineAsync(JsonSerializer.Serialize(order));
            }
            foreach (var process in fleet._processes)
                if (await process.Output.ReadLineAsync() is not "ready" and var said)
                    throw new LoadException($"The watchers did not start: {said}");
            return fleet;
        }
        catch
        {
            fleet.Dispose();
            throw;
        }
    }

    /// <summary>Measures only what is received from now on.</summary>
    public Task BeginAsync() => AskAsync<int>("begin");

    public async Task<Receipts> MeasureAsync(IEnumerable<Commit> commits, DateTimeOffset end)
    {
        var parts = await AskAsync<Receipts>("measure", new WatcherProcess.Window([.. commits.OrderBy(c => c.Version)], end.UtcTicks));
        return new(
            Delays.Sum(parts.Select(p => p.Delays)),
            parts.Sum(p => p.DeliveredInWindow),
            parts.Sum(p => p.Missing),
            parts.Sum(p => p.Frames),
            parts.Sum(p => p.Items),
            parts.Sum(p => p.Bytes)
        );
    }

    /// <summary>Waits, for at most a minute, until every watcher that reads has received a version or a newer one.</summary>
    /// <returns>How long after the instant each watcher had the version, and how many watchers do not have it.</returns>
    public async Task<(Delays Delays, int Missing)> ReachAsync(long version, DateTimeOffset since)
    {
        var parts = await AskAsync<WatcherProcess.Reached>("reach", new WatcherProcess.Goal(version, since.UtcTicks));
        return (Delays.Sum(parts.Select(p => p.Delays)), parts.Sum(p => p.Missing));
    }

    public async Task<Conduct> ConductAsync()
    {
        var parts = await AskAsync<Conduct>("conduct");
        var steps = parts
            .SelectMany(p => p.Steps)
            .GroupBy(s => (s.From, s.To, s.Snapshot, Items: string.Join(' ', s.Items.Select(i => $"{i.Key}@{i.Version}"))));
        return new(
            parts.Sum(p => p.Repeated),
            parts.Sum(p => p.Reordered),
            parts.Sum(p => p.Snapshots),
            parts.Sum(p => p.Reconnected),
            [.. steps.Select(g => g.First() with { Times = g.Sum(s => s.Times) })]
        );
    }

    /// <summary>Tells the watchers that can stall to stop reading.</summary>
    public Task StallAsync() => AskAsync<int>("stall");

    public async Task<Stalled> StalledAsync() => new(_stalling, [.. (await AskAsync<Stalled>("stalled")).SelectMany(p => p.EndedAfter)]);

    public void Dispose() => _processes.ForEach(p => p.Dispose());

    private async Task<T[]> AskAsync<T>(string question, object? body = null)
    {
        var line = body is null ? question : $"{question} {JsonSerializer.Serialize(body)}";
        foreach (var process in _processes)
            await process.Input.WriteLineAsync(line);
        return await Task.WhenAll(
            _processes.Select(async p =>
                JsonSerializer.Deserialize<T>(await p.Output.ReadLineAsync() ?? throw new LoadException("A process of watchers ended."))!
            )
        );
    }
}
