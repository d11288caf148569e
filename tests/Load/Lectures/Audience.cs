using System.Text.Json;
using ConsultHub.Load.Hosting;
using ConsultHub.Load.Watching;

namespace ConsultHub.Load.Lectures;

/// <summary>Viewers in separate processes.</summary>
internal sealed class Audience : IDisposable
{
    private readonly List<Child> _processes = [];

    /// <summary>Returns when each viewer has its first picture.</summary>
    /// <param name="stalling">How many viewers can be told to stop reading.</param>
    /// <param name="elsewhere">The node to which viewers move when their connection ends.</param>
    public static async Task<Audience> StartAsync(
        IReadOnlyList<Node> nodes,
        string session,
        int count,
        int perProcess,
        int stalling = 0,
        Node? elsewhere = null
    )
    {
        var audience = new Audience();
        try
        {
            foreach (var numbers in Enumerable.Range(0, count).Chunk(perProcess))
            {
                var node = nodes[audience._processes.Count % nodes.Count];
                var process = Child.Again(LectureViewerProcess.Command);
                audience._processes.Add(process);
                var order = new LectureOrder(
                    HubOf(node),
                    node.Cookie,
                    session,
                    numbers[0],
                    numbers.Length,
                    (int)((long)stalling * numbers.Length / count),
                    elsewhere is null ? null : HubOf(elsewhere)
                );
                await process.Input.WriteLineAsync(JsonSerializer.Serialize(order));
            }
            foreach (var process in audience._processes)
                if (await process.Output.ReadLineAsync() is not "ready" and var said)
                    throw new LoadException($"The viewers did not start: {said}");
            return audience;
        }
        catch
        {
            audience.Dispose();
            throw;
        }
    }

    public static string HubOf(Node node) => new Uri(node.Address, "hubs/lecture").ToString();

    public Task BeginAsync() => AskAsync<int>("begin");

    public async Task<Viewing> MeasureAsync()
    {
        var parts = await AskAsync<Viewing>("measure");
        return new(
            Delays.Sum(parts.Select(p => p.Delays)),
            parts.Sum(p => p.Viewers),
            parts.Sum(p => p.Messages),
            parts.Sum(p => p.Bytes),
            parts.Sum(p => p.Gaps)
        );
    }

    public Task StallAsync() => AskAsync<int>("stall");

    /// <summary>For each viewer that stopped reading and whose connection the hub has ended, the seconds between the two.</summary>
    public async Task<double[]> EndedAsync() => [.. (await AskAsync<double[]>("ended")).SelectMany(p => p)];

    /// <summary>The milliseconds from each viewer's request to its first picture, in ascending order.</summary>
    public async Task<double[]> PicturesAsync() => [.. (await AskAsync<double[]>("pictures")).SelectMany(p => p).Order()];

    /// <summary>How many viewers have lost their connection, and when those that came back received a keyframe again.</summary>
    public async Task<(int Lost, DateTime[] Again)> LossAsync()
    {
        var again = await AskAsync<long[]>("again");
        return (
            (await AskAsync<int>("lost")).Sum(),
            [.. again.SelectMany(a => a).Order().Select(ticks => new DateTime(ticks, DateTimeKind.Utc))]
        );
    }

    public void Dispose() => _processes.ForEach(p => p.Dispose());

    private async Task<T[]> AskAsync<T>(string question)
    {
        foreach (var process in _processes)
            await process.Input.WriteLineAsync(question);
        return await Task.WhenAll(
            _processes.Select(async p =>
                JsonSerializer.Deserialize<T>(await p.Output.ReadLineAsync() ?? throw new LoadException("A process of viewers ended."))!
            )
        );
    }
}
