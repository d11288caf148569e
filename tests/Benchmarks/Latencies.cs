using System.Diagnostics;

namespace ConsultHub.Benchmarks;

/// <summary>The latencies that a number of callers measured. Each caller calls again as soon as it has its answer.</summary>
internal sealed record Latencies(int Callers, TimeSpan Took, double[] SortedMilliseconds)
{
    public double PerSecond => SortedMilliseconds.Length / Took.TotalSeconds;

    public double P50 => At(0.50);

    public double P99 => At(0.99);

    /// <param name="call">Receives the caller's number and the call's number. A call counts only if it returns true.</param>
    public static async Task<Latencies> MeasureAsync(int callers, TimeSpan time, Func<int, int, Task<bool>> call)
    {
        var start = Stopwatch.GetTimestamp();
        var perCaller = await Task.WhenAll(
            Enumerable
                .Range(0, callers)
                .Select(caller =>
                    Task.Run(async () =>
                    {
                        List<double> seen = [];
                        for (var n = 0; Stopwatch.GetElapsedTime(start) < time; n++)
                        {
                            var asked = Stopwatch.GetTimestamp();
                            if (await call(caller, n))
                                seen.Add(Stopwatch.GetElapsedTime(asked).TotalMilliseconds);
                        }
                        return seen;
                    })
                )
        );
        return Of(callers, Stopwatch.GetElapsedTime(start), perCaller.SelectMany(s => s));
    }

    public static Latencies Of(int callers, TimeSpan took, IEnumerable<double> milliseconds) =>
        new(callers, took, [.. milliseconds.Order()]);

    private double At(double share) =>
        SortedMilliseconds.Length == 0 ? double.NaN : SortedMilliseconds[(int)(share * (SortedMilliseconds.Length - 1))];
}
