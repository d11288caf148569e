using System.Collections.Immutable;
using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace ConsultHub.Journal;

/// <summary>
/// Measures what one kind of authority stores. The only tag is the state name of the grain class, such as <c>roster</c>. Each instrument
/// therefore has one series per grain class.
/// </summary>
internal sealed class JournalMeter
{
    private static readonly Histogram<int> Size = HubMeter.Meter.CreateHistogram(
        "hub.journal.commit.size",
        "{event}",
        "Events stored in one write.",
        null,
        new InstrumentAdvice<int> { HistogramBucketBoundaries = [0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024] }
    );
    private static readonly Histogram<double> Duration = HubMeter.Meter.CreateHistogram(
        "hub.journal.commit.duration",
        "s",
        "Time from the start of a commit's write until it was stored.",
        null,
        HubMeter.Durations
    );
    private static readonly Counter<long> Rows = HubMeter.Meter.CreateCounter<long>("hub.journal.rows", "{row}", "Journal rows stored.");
    private static readonly Counter<long> Failures = HubMeter.Meter.CreateCounter<long>(
        "hub.journal.commit.failures",
        "{commit}",
        "Commits that could not be stored. Nothing in them was acknowledged."
    );

    private readonly KeyValuePair<string, object?> _authority;

    public JournalMeter(string authority)
    {
        _authority = new("hub.authority", authority);
        Failures.Add(0, _authority); // shows zero from the start, so that the first failure is seen as a rise
    }

    /// <param name="since">The stopwatch's timestamp at the start of the write.</param>
    public void Stored<TEvent>(ImmutableArray<JournalEntry<TEvent>> entries, long since)
    {
        Rows.Add(1, _authority);
        Duration.Record(Stopwatch.GetElapsedTime(since).TotalSeconds, _authority);
        if (!Size.Enabled)
            return;
        var events = 0;
        foreach (var entry in entries)
            events += entry.Events.Length;
        Size.Record(events, _authority);
    }

    public void Failed() => Failures.Add(1, _authority);
}
