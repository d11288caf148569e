using System.Diagnostics.Metrics;

namespace ConsultHub;

/// <summary>
/// The hub's one meter. Its instruments are static, beside what they measure, and cost next to nothing while nobody listens;
/// <c>docs/metrics.md</c> says what each means and when to worry.
/// </summary>
public static class HubMeter
{
    /// <summary>What a listener asks for.</summary>
    public const string Name = "ConsultHub";

    public static Meter Meter { get; } = new(Name);

    /// <summary>Upper bounds, in seconds, between which durations are told apart: from what nobody notices to what somebody complains
    /// about.</summary>
    public static InstrumentAdvice<double> Durations { get; } =
        new() { HistogramBucketBoundaries = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] };
}
