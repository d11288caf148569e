using System.Diagnostics;

namespace ConsultHub.Benchmarks;

/// <summary>Describes the machine, because the figures depend on it.</summary>
internal static class Machine
{
    /// <summary>Tells the number of processors and the memory, and measures the disk, because no commit is faster than one fsync.</summary>
    public static string Describe(string folder)
    {
        using var file = new FileStream(
            Path.Combine(folder, "fsync.tmp"),
            FileMode.Create,
            FileAccess.Write,
            FileShare.None,
            4096,
            FileOptions.DeleteOnClose
        );
        var page = new byte[4096];
        List<double> times = [];
        for (var i = 0; i < 300; i++)
        {
            var start = Stopwatch.GetTimestamp();
            file.Write(page);
            file.Flush(flushToDisk: true);
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }
        var disk = Latencies.Of(1, TimeSpan.FromSeconds(1), times);
        return FormattableString.Invariant(
                $"{Environment.ProcessorCount} processors, {GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 1e9:F0} GB, "
            ) + FormattableString.Invariant($"fsync of 4 KB p50 {disk.P50:F2} ms p99 {disk.P99:F2} ms, load before {LoadAverage()}");
    }

    private static string LoadAverage() => File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "unknown";
}
