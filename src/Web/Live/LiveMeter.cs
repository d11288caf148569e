using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace ConsultHub.Web.Live;

/// <summary>Measures how a web node passes on what is stored. Frames are counted once a pass, not once a watcher.</summary>
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
        "Changes that came to a watcher in the frame of a later one instead of a frame of their own."
    );
    private static readonly Histogram<double> PassDuration = HubMeter.Meter.CreateHistogram(
        "hub.live.pass.duration",
        "s",
        "One round of a topic over its watchers.",
        null,
        HubMeter.Durations
    );

    public static UpDownCounter<long> Watchers { get; } =
        HubMeter.Meter.CreateUpDownCounter<long>("hub.live.watchers", "{watcher}", "Topics watched, each connection counted for itself.");

    public static Histogram<double> RelayLag { get; } =
        HubMeter.Meter.CreateHistogram(
            "hub.live.relay_lag",
            "s",
            "From a change's storing until this node's replica had it; includes the difference of two machines' clocks.",
            null,
            HubMeter.Durations
        );

    public static Counter<long> Gaps { get; } =
        HubMeter.Meter.CreateCounter<long>("hub.live.gaps", "{gap}", "Times that a replica had missed a change and read again.");

    public static Counter<long> Ended { get; } =
        HubMeter.Meter.CreateCounter<long>("hub.live.ended", "{connection}", "Connections ended because they took nothing for too long.");

    /// <summary>Shows what has not happened yet as 0, so that its first time is seen as a rise.</summary>
    public static void Begin()
    {
        Gaps.Add(0);
        Ended.Add(0);
    }

    /// <summary>The one tag: a topic's kind, never its name.</summary>
    public static KeyValuePair<string, object?> KindOf(ITopic topic) => new("hub.topic.kind", topic.Kind);

    /// <param name="since">The stopwatch's timestamp when the pass began.</param>
    public static void Passed(long frames, long merged, long since, KeyValuePair<string, object?> kind)
    {
        Frames.Add(frames, kind);
        Merged.Add(merged, kind);
        PassDuration.Record(Stopwatch.GetElapsedTime(since).TotalSeconds, kind);
    }
}
