using System.Collections.Concurrent;
using System.Diagnostics;
using ConsultHub.Rostering;
using static ConsultHub.Benchmarks.Figures;

namespace ConsultHub.Benchmarks.Roster;

/// <summary>Measures how fast one roster of 1,250 engagements decides and stores commands.</summary>
internal static class RosterBenchmark
{
    private const int History = 200_000;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(15),
        Time = TimeSpan.FromSeconds(8);

    public static async Task RunAsync(Figures figures)
    {
        var folder = Directory.CreateTempSubdirectory("hub-bench-").FullName;
        try
        {
            Console.WriteLine(Machine.Describe(folder));
            await MeasureAsync(folder, figures);
            var (boot, answer) = await FirstAnswer.InNewProcessAsync(folder);
            figures.Add("first answer after a restart with that history stored", "1 s", $"{Ms(answer)} (process to silo {Ms(boot)})");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task MeasureAsync(string folder, Figures figures)
    {
        await using var hub = await BenchHub.StartAsync(folder);
        await BenchNetwork.PlanAsync(hub.Grains);
        var callers = new Reassigners(hub.Grains.GetGrain<IRosterGrain>(BenchNetwork.RosterKey));

        await callers.MeasureAsync(256, WarmUp);
        var many = await callers.MeasureAsync(256, Time);
        var some = await callers.MeasureAsync(64, Time);
        var one = await callers.MeasureAsync(1, Time);
        while (callers.Accepted < History)
            await callers.MeasureAsync(256, TimeSpan.FromSeconds(2));
        var manyLater = await callers.MeasureAsync(256, Time);
        var oneLater = await callers.MeasureAsync(1, Time);

        figures.Add("accepted reassignments/s, 1,250 engagements, 256 callers", "20,000/s", Rate(many.PerSecond));
        figures.Add("one caller p50", "2 ms", Ms(one.P50));
        figures.Add("64 callers p99", "20 ms", $"{Ms(some.P99)} ({Rate(some.PerSecond)})");
        figures.Add(
            $"256 callers after {callers.Accepted:N0} changes",
            "within 10 %",
            $"{Rate(manyLater.PerSecond)} ({Change(manyLater.PerSecond, many.PerSecond)})"
        );
        figures.Add("one caller p50 after these changes", "within 10 %", $"{Ms(oneLater.P50)} ({Change(oneLater.P50, one.P50)})");
    }

    private static string Change(double now, double before) => FormattableString.Invariant($"{(now / before - 1) * 100:+0;-0} %");
}

/// <summary>
/// Callers that reassign engagements between two consultants again and again. Each caller has its own engagements. A command states the
/// version from the last answer about its engagement.
/// </summary>
internal sealed class Reassigners(IRosterGrain roster)
{
    private readonly ConcurrentDictionary<int, (bool Other, long Version)> _engagements = [];
    private long _accepted;

    public long Accepted => Volatile.Read(ref _accepted);

    public Task<Latencies> MeasureAsync(int callers, TimeSpan time) =>
        Latencies.MeasureAsync(
            callers,
            time,
            async (caller, n) =>
            {
                var own = BenchNetwork.Engagements / callers;
                return await ReassignAsync(caller * own + n % own);
            }
        );

    private async Task<bool> ReassignAsync(int engagement)
    {
        var (other, version) = _engagements.GetValueOrDefault(engagement);
        var reply = await roster.DecideAsync(
            BenchNetwork.Coordinator,
            BenchNetwork.Reassign(engagement, !other, version == 0 ? null : version)
        );
        if (reply is not Decided decided)
            throw new InvalidOperationException($"Refused: {reply}");
        _engagements[engagement] = (!other, decided.Version);
        Interlocked.Increment(ref _accepted);
        return true;
    }
}
