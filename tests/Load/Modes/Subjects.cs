using System.Collections.Concurrent;
using System.Net.Http.Json;
using ConsultHub.Load.Changes;
using ConsultHub.Load.Hosting;
using ConsultHub.Load.Watching;

namespace ConsultHub.Load.Modes;

/// <summary>A system whose changes are watched: the hub, or the plain server for comparison.</summary>
internal interface ISubject
{
    Task<Fleet> WatchAsync(int count);

    /// <summary>Makes changes at a rate until it is cancelled.</summary>
    /// <returns>When each change was decided, by the server's clock.</returns>
    Task<List<Commit>> DriveAsync(double perSecond, CancellationToken until);

    /// <summary>The working set in bytes.</summary>
    long? Memory();
}

internal sealed class HubSubject(Installation hub, Options options) : ISubject
{
    private long _seen = hub.Log.Header.From;

    public Task<Fleet> WatchAsync(int count) => hub.WatchAsync(count, options);

    /// <summary>The instants come from the history. Each is the time at which the roster decided, before the decision was stored.</summary>
    public async Task<List<Commit>> DriveAsync(double perSecond, CancellationToken until)
    {
        await hub.Driver.RunAsync(perSecond, until);
        var (node, header) = (hub.Nodes[0], hub.Log.Header);
        var history = await Records.HistoryCheck.ReadAsync(node, header.Network, header.Week, _seen);
        if (history.Count > 0)
            _seen = history[^1].Version;
        return [.. history.DistinctBy(h => h.Version).Select(h => new Commit(h.Version, h.At.UtcTicks))];
    }

    public long? Memory() => hub.MemoryOfAll();
}

/// <summary>The plain server for comparison, in a process of its own.</summary>
internal sealed class PlainSubject : ISubject, IDisposable
{
    private readonly Child _process;
    private readonly HttpClient _http;
    private readonly int _perProcess;

    private PlainSubject(Child process, Uri address, int perProcess) =>
        (_process, _http, _perProcess) = (process, new HttpClient { BaseAddress = address }, perProcess);

    /// <param name="sample">A frame that the hub sent for one change.</param>
    public static async Task<PlainSubject> StartAsync(string sample, int perProcess)
    {
        // The process uses .NET's server garbage collector, as the hub does. Unlike the hub, it does not adapt the size of its heap to its
        // live data.
        var process = Child.Again(
            PlainServer.Command,
            new Dictionary<string, string>
            {
                ["DOTNET_gcServer"] = "1",
                ["DOTNET_gcConcurrent"] = "1",
                ["DOTNET_GCDynamicAdaptationMode"] = "0",
            }
        );
        await process.Input.WriteLineAsync(sample);
        return new(process, new Uri((await process.Output.ReadLineAsync())!), perProcess);
    }

    public Task<Fleet> WatchAsync(int count) =>
        Fleet.StartAsync([new WatchNode(new Uri(_http.BaseAddress!, "hubs/live"), null)], "plain", count, _perProcess);

    public async Task<List<Commit>> DriveAsync(double perSecond, CancellationToken until)
    {
        ConcurrentBag<Commit> commits = [];
        List<Task> inHand = [];
        await Pace.RunAsync(perSecond, () => inHand.Add(ChangeAsync()), until);
        await Task.WhenAll(inHand);
        return [.. commits.OrderBy(c => c.Version)];

        async Task ChangeAsync()
        {
            using var answer = await _http.PostAsync(new Uri("changes", UriKind.Relative), null, CancellationToken.None);
            commits.Add(await answer.Content.ReadFromJsonAsync<Commit>(CancellationToken.None));
        }
    }

    public long? Memory() => Hosting.Memory.Of(_process.Id);

    public void Dispose()
    {
        _http.Dispose();
        _process.Dispose();
    }
}
