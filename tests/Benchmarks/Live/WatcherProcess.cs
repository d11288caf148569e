using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace ConsultHub.Benchmarks.Live;

/// <summary>Figures about how all watchers received the committed changes.</summary>
/// <param name="P50">The median, over all watchers and changes, of the milliseconds from the commit of a change until a watcher received
/// that change or a newer one. P99 and Max are of the same times.</param>
/// <param name="Everywhere">Milliseconds from the last commit until the last watcher received that change.</param>
/// <param name="Missing">How many watchers never received the last change.</param>
/// <param name="Messages">How many messages with items the watchers received in all.</param>
internal sealed record Receipts(double P50, double P99, double Max, double Everywhere, int Missing, long Messages, long Bytes);

/// <summary>A separate process that holds the watchers, so that they do not share the server's memory and threads.</summary>
internal sealed class WatcherProcess : IDisposable
{
    public const string Command = "watchers";

    private readonly Process _process;

    private WatcherProcess(Process process) => _process = process;

    /// <summary>Returns when every watcher has its first items.</summary>
    /// <param name="cookie">The cookie of all watchers, or <c>@</c> and the path of a file with one cookie for each watcher.</param>
    public static async Task<WatcherProcess> StartAsync(Uri hub, string invocation, int count, string? cookie)
    {
        var process = Process.Start(
            new ProcessStartInfo(
                "dotnet",
                [
                    typeof(WatcherProcess).Assembly.Location,
                    Command,
                    hub.ToString(),
                    invocation,
                    count.ToString(CultureInfo.InvariantCulture),
                    cookie ?? "",
                ]
            )
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
            }
        )!;
        if (await process.StandardOutput.ReadLineAsync() != "ready")
            throw new InvalidOperationException("The watchers did not start.");
        return new(process);
    }

    /// <param name="commits">Version and time of each commit since the watchers started.</param>
    public async Task<Receipts> CollectAsync(IReadOnlyCollection<(long Version, long At)> commits)
    {
        await _process.StandardInput.WriteLineAsync(string.Join(' ', commits.Select(c => $"{c.Version}:{c.At}")));
        return JsonSerializer.Deserialize<Receipts>((await _process.StandardOutput.ReadLineAsync())!)!;
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }

    /// <summary>
    /// The main routine of the process: connects the watchers, reports "ready", reads the commits and prints what was received.
    /// </summary>
    public static async Task RunAsync(Uri hub, string invocation, int count, string? cookie)
    {
        List<Watcher> watchers = [];
        string?[] cookies = [cookie];
        if (cookie?.StartsWith('@') == true)
            cookies = await File.ReadAllLinesAsync(cookie[1..]);
        foreach (var batch in Enumerable.Range(0, count).Chunk(50))
        {
            var starting = batch.Select(i => new Watcher(hub, invocation, cookies[i % cookies.Length])).ToList();
            await Task.WhenAll(starting.Select(w => w.StartAsync()));
            watchers.AddRange(starting);
        }
        using var pings = new Timer(_ => watchers.ForEach(w => _ = w.PingAsync()), null, TimeSpan.Zero, TimeSpan.FromSeconds(5));
        var (messages, bytes) = Totals(watchers);
        Console.WriteLine("ready");
        while (await Console.In.ReadLineAsync() is { Length: > 0 } line)
        {
            var commits = line.Split(' ')
                .Select(c => c.Split(':'))
                .Select(c => (Version: Number(c[0]), At: Number(c[1])))
                .OrderBy(c => c.Version)
                .ToList();
            var (messagesNow, bytesNow) = Totals(watchers);
            Console.WriteLine(
                JsonSerializer.Serialize(Measure(watchers, commits) with { Messages = messagesNow - messages, Bytes = bytesNow - bytes })
            );
            (messages, bytes) = (messagesNow, bytesNow);
        }
        watchers.ForEach(w => w.Dispose());
    }

    private static Receipts Measure(List<Watcher> watchers, List<(long Version, long At)> commits)
    {
        List<double> delays = [];
        var (everywhere, missing) = (0d, 0);
        foreach (var seen in watchers.Select(w => w.Seen.ToArray()))
        {
            var next = 0;
            foreach (var (version, at) in commits)
            {
                while (next < seen.Length && seen[next].Version < version)
                    next++;
                if (next < seen.Length)
                    delays.Add((seen[next].At - at) * 1000d / Stopwatch.Frequency);
            }
            if (next < seen.Length)
                everywhere = Math.Max(everywhere, delays[^1]);
            else
                missing++;
        }
        var all = Latencies.Of(watchers.Count, TimeSpan.Zero, delays);
        return new(all.P50, all.P99, all.SortedMilliseconds.LastOrDefault(), everywhere, missing, 0, 0);
    }

    private static (long Messages, long Bytes) Totals(List<Watcher> watchers) =>
        (watchers.Sum(w => (long)w.Messages), watchers.Sum(w => w.Received));

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
