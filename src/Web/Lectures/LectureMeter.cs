using System.Diagnostics.Metrics;

namespace ConsultHub.Web.Lectures;

/// <summary>
/// Measures how a web node sends lectures to viewers. The relay counts the messages of one pass over its viewers and reports only the sum,
/// so that measuring costs little.
/// </summary>
internal static class LectureMeter
{
    public static UpDownCounter<long> Viewers { get; } =
        HubMeter.Meter.CreateUpDownCounter<long>("hub.lecture.viewers", "{viewer}", "Connections that watch a lecture.");

    public static UpDownCounter<long> Publishers { get; } =
        HubMeter.Meter.CreateUpDownCounter<long>("hub.lecture.publishers", "{publisher}", "Speakers whose media this node takes.");

    public static Counter<long> Messages { get; } =
        HubMeter.Meter.CreateCounter<long>("hub.lecture.messages", "{message}", "Media messages handed to viewers' connections.");

    public static Counter<long> Skips { get; } =
        HubMeter.Meter.CreateCounter<long>(
            "hub.lecture.skips",
            "{skip}",
            "Times that a viewer fell behind and continued from the newest keyframe."
        );

    public static Counter<long> Ended { get; } =
        HubMeter.Meter.CreateCounter<long>(
            "hub.lecture.ended",
            "{connection}",
            "Viewers' connections ended because they accepted no data for too long."
        );

    public static Counter<long> Refused { get; } =
        HubMeter.Meter.CreateCounter<long>("hub.lecture.refused", "{packet}", "Packets of publishers that were refused.");

    public static Histogram<double> PassDuration { get; } =
        HubMeter.Meter.CreateHistogram(
            "hub.lecture.pass.duration",
            "s",
            "The time of one pass of a lecture over its viewers.",
            null,
            HubMeter.Durations
        );

    public static Histogram<double> PlayedLag { get; } =
        HubMeter.Meter.CreateHistogram(
            "hub.lecture.played_lag",
            "s",
            "How far viewers play behind what they have received, as they report it.",
            null,
            HubMeter.Durations
        );

    /// <summary>Reports counters as 0 at the start, so that their first event shows as a rise.</summary>
    public static void Begin()
    {
        Viewers.Add(0);
        Publishers.Add(0);
        Messages.Add(0);
        Skips.Add(0);
        Ended.Add(0);
        Refused.Add(0);
    }
}
