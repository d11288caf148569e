namespace ConsultHub.Load.Watching;

/// <summary>
/// A histogram of durations with an accuracy of 1 %. It is small enough to send between processes, and histograms can be added up.
/// </summary>
internal sealed class Delays
{
    private const double Step = 1.01,
        Shortest = 0.01;
    private const int Most = 1700; // up to 200,000 ms

    /// <summary>How many values lie in each bucket. Each bucket ends 1 % above the one before.</summary>
    public long[] Buckets { get; init; } = new long[Most];

    public long Count { get; set; }

    /// <summary>Milliseconds.</summary>
    public double Max { get; set; }

    public void Add(double milliseconds)
    {
        Buckets[Math.Clamp((int)Math.Ceiling(Math.Log(Math.Max(milliseconds, Shortest) / Shortest) / Math.Log(Step)), 0, Most - 1)]++;
        Count++;
        Max = Math.Max(Max, milliseconds);
    }

    /// <returns>Milliseconds, or NaN if nothing was measured.</returns>
    public double At(double share)
    {
        var rest = (long)Math.Ceiling(share * Count);
        for (var i = 0; i < Most; i++)
            if (Buckets[i] > 0 && (rest -= Buckets[i]) <= 0)
                return Math.Min(Max, Shortest * Math.Pow(Step, i));
        return double.NaN;
    }

    public static Delays Sum(IEnumerable<Delays> parts)
    {
        var sum = new Delays();
        foreach (var part in parts)
        {
            for (var i = 0; i < Most; i++)
                sum.Buckets[i] += part.Buckets[i];
            sum.Count += part.Count;
            sum.Max = Math.Max(sum.Max, part.Max);
        }
        return sum;
    }
}
