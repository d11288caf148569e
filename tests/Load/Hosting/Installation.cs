using ConsultHub.Load.Changes;
using ConsultHub.Load.Records;
using ConsultHub.Load.Watching;
using ConsultHub.Rostering;

namespace ConsultHub.Load.Hosting;

/// <summary>
/// The hub under test, which is either running web nodes or a hub that this program starts, and the week in which engagements are changed.
/// </summary>
internal sealed class Installation : IAsyncDisposable
{
    private const int MostEngagements = 400;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private readonly List<ChangingEngagement> _engagements;

    private Installation(OwnHub? own, List<Node> nodes, List<ChangingEngagement> engagements, OperationLog log)
    {
        (Own, Nodes, _engagements, Log) = (own, nodes, engagements, log);
        Driver = new Driver(nodes, log, _engagements);
    }

    /// <summary>Null if the nodes were given on the command line.</summary>
    public OwnHub? Own { get; }

    public List<Node> Nodes { get; }

    public OperationLog Log { get; }

    public Driver Driver { get; }

    public string Topic => $"board/{Log.Header.Network}/{Log.Header.Week}";

    public static async Task<Installation> OpenAsync(Options options)
    {
        var own = options.Hubs.Count == 0 ? await OwnHub.StartAsync(options.Port) : null;
        try
        {
            List<Node> nodes = [];
            if (own is not null)
                nodes.Add(await Node.SignInAsync(own.Address, options, own.Process));
            foreach (var (i, hub) in options.Hubs.Index())
                nodes.Add(await Node.SignInAsync(hub, options, i < options.Processes.Count ? options.Processes[i] : null));
            var network = (await nodes[0].GetAsync<Session>("api/session")).Network;
            var week = options.Week ?? (await nodes[0].GetAsync<NetworkView>($"api/networks/{network}")).CurrentWeek.Next;
            var engagements = await ChangingEngagement.FindAsync(nodes[0], network, week, MostEngagements);
            var newest =
                (await nodes[0].GetAsync<List<HistoryEntry>>($"api/rosters/{network}/{week}/history?take=1")).FirstOrDefault()?.Version
                ?? 0;
            return new(
                own,
                nodes,
                engagements,
                new OperationLog(options.File, new([.. nodes.Select(n => n.Address)], network, week, newest, DateTimeOffset.UtcNow))
            );
        }
        catch
        {
            own?.Dispose();
            throw;
        }
    }

    public Task<Fleet> WatchAsync(int count, Options options, bool reconnect = false, int stalling = 0) =>
        Fleet.StartAsync([.. Nodes.Select(n => n.Watched)], Topic, count, options.PerProcess, reconnect, stalling);

    /// <summary>The sum of the working sets of all nodes, or null if one of their processes is unknown.</summary>
    public long? MemoryOfAll() => Nodes.TrueForAll(n => n.Process is not null) ? Nodes.Sum(n => Memory.Of(n.Process)) : null;

    /// <summary>The week's history entries since the run began, oldest first.</summary>
    public Task<List<HistoryEntry>> HistoryAsync() =>
        HistoryCheck.ReadAsync(Nodes[0], Log.Header.Network, Log.Header.Week, Log.Header.From);

    /// <summary>Waits for the first accepted command that was sent after an instant.</summary>
    public async Task<Operation> NextAcceptedAsync(DateTimeOffset since)
    {
        for (var until = DateTime.UtcNow + Patience; DateTime.UtcNow < until; await Task.Delay(5))
            if (Log.FirstAccepted(since) is { } next)
                return next;
        throw new LoadException($"The hub has accepted no change within {Patience.TotalSeconds:0} s.");
    }

    public async ValueTask DisposeAsync()
    {
        await Log.DisposeAsync();
        Own?.Dispose();
    }

    private sealed record Session(NetworkId Network);

    private sealed record NetworkView(Week CurrentWeek);
}
