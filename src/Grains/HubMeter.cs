using System.Diagnostics.Metrics;

namespace ConsultHub;

/// <summary>
/// The hub's only meter. Each feature creates its instruments on this meter. They cost almost nothing while nobody listens.
/// <c>docs/metrics.md</c> says what each instrument means and which values call for action.
/// </summary>
public static class HubMeter
{
    /// <summary>The name by which a listener finds the meter.</summary>
    public const string Name = "ConsultHub";

    public static Meter Meter { get; } = new(Name);

    /// <summary>
    /// The upper bounds of the buckets for durations, in seconds. They range from delays that nobody notices to delays that people complain
    /// about.
    /// </summary>
    public static InstrumentAdvice<double> Durations { get; } =
        new() { HistogramBucketBoundaries = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] };
}
