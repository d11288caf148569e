using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace ConsultHub.Web.Live;

/// <summary>
/// Measures how a web node sends stored changes to watchers. A topic's loop counts the frames of one pass over its watchers and reports
/// only the sum, so that measuring costs little.
/// </summary>
internal static class LiveMeter
{
    private static readonly Counter<long> Frames = HubMeter.Meter.CreateCounter<long>(
        "hub.live.frames",
        "{frame}",
        "Frames handed to connections."
    );
    private static readonly Counter<long> Merged = HubMeter.Meter.CreateCounter<long>(
        "hub.live.merged_items",
        "{item}",
        "Changes that reached a watcher together with a later change in one frame."
    );
    private static readonly Histogram<double> PassDuration = HubMeter.Meter.CreateHistogram(
        "hub.live.pass.duration",
        "s",
        "The time of one pass of a topic over its watchers.",
        null,
        HubMeter.Durations
    );

    public static UpDownCounter<long> Watchers { get; } =
        HubMeter.Meter.CreateUpDownCounter<long>("hub.live.watchers", "{watcher}", "Watched topics, added up over all connections.");

    public static Histogram<double> RelayLag { get; } =
        HubMeter.Meter.CreateHistogram(
            "hub.live.relay_lag",
            "s",
            "The time from storing a change until this node's replica has it. It includes the difference of the clocks.",
            null,
            HubMeter.Durations
        );

    public static Counter<long> Gaps { get; } =
        HubMeter.Meter.CreateCounter<long>("hub.live.gaps", "{gap}", "Times that a replica missed a change and read it again.");

    public static Counter<long> Ended { get; } =
        HubMeter.Meter.CreateCounter<long>(
            "hub.live.ended",
            "{connection}",
            "Connections ended because they accepted no data for too long."
        );

    /// <summary>Reports <see cref="Gaps"/> and <see cref="Ended"/> as 0 at the start, so that their first event shows as a rise.</summary>
    public static void Begin()
    {
        Gaps.Add(0);
        Ended.Add(0);
    }

    /// <summary>
    /// Returns the only tag of these measurements, the topic's kind. Tags with the names of topics would make too many series.
    /// </summary>
    public static KeyValuePair<string, object?> KindOf(ITopic topic) => new("hub.topic.kind", topic.Kind);

    /// <param name="since">The stopwatch's timestamp at the start of the pass.</param>
    public static void Passed(long frames, long merged, long since, KeyValuePair<string, object?> kind)
    {
        Frames.Add(frames, kind);
        Merged.Add(merged, kind);
        PassDuration.Record(Stopwatch.GetElapsedTime(since).TotalSeconds, kind);
    }
}
