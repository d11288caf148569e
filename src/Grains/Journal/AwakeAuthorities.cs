using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace ConsultHub.Journal;

/// <summary>Facts about an authority that any thread may read at any time.</summary>
internal interface IAwakeAuthority
{
    /// <summary>
    /// The age of the oldest outbox message that has not arrived. Zero if all messages have arrived. Messages of earlier releases without a
    /// time do not count.
    /// </summary>
    TimeSpan OutboxAge { get; }

    /// <summary>Whether the reminder is registered and overdue.</summary>
    bool IsReminderLate { get; }

    /// <summary>
    /// The stored version, if the authority has nothing to store and nothing to send. Null while the authority stores something or reads
    /// its rows again, while one of its messages has not arrived, and while it still has to send something else to others.
    /// </summary>
    long? RestsAt { get; }
}

/// <summary>
/// The active authorities in this process. Some metrics are computed from these authorities at the moment when somebody reads the metric.
/// The authorities therefore need no counters for these metrics.
/// </summary>
internal static class AwakeAuthorities
{
    private static readonly ConcurrentDictionary<IAwakeAuthority, byte> Awake = new();

    static AwakeAuthorities()
    {
        HubMeter.Meter.CreateObservableGauge(
            "hub.outbox.age",
            () => Awake.Keys.Select(a => a.OutboxAge.TotalSeconds).DefaultIfEmpty().Max(),
            "s",
            "Age of the oldest message between authorities that has not arrived."
        );
        HubMeter.Meter.CreateObservableGauge(
            "hub.reminders.late",
            () => Awake.Keys.Count(a => a.IsReminderLate),
            "{reminder}",
            "Authorities whose reminder is overdue."
        );
    }

    public static void Add(IAwakeAuthority authority) => Awake[authority] = 0;

    public static void Remove(IAwakeAuthority authority) => Awake.TryRemove(authority, out _);

    public static IEnumerable<T> Of<T>()
        where T : IAwakeAuthority => Awake.Keys.OfType<T>();
}
