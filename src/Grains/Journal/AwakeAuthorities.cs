using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace ConsultHub.Journal;

/// <summary>What can be seen of an authority from outside its scheduler, at any time.</summary>
internal interface IAwakeAuthority
{
    /// <summary>How long the oldest message that has not arrived has been waiting.</summary>
    TimeSpan OutboxAge { get; }

    /// <summary>Whether a reminder that stands is overdue.</summary>
    bool IsReminderLate { get; }

    /// <summary>The version at which it rests; null while it stores something, while a message has not arrived, or while it tells others
    /// what they have to do.</summary>
    long? RestsAt { get; }
}

/// <summary>The authorities awake in this process, for measures that are taken by looking when somebody asks, so that nothing is counted on
/// the way.</summary>
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
            "Authorities whose reminder should have come by now."
        );
    }

    public static void Add(IAwakeAuthority authority) => Awake[authority] = 0;

    public static void Remove(IAwakeAuthority authority) => Awake.TryRemove(authority, out _);

    public static IEnumerable<T> Of<T>()
        where T : IAwakeAuthority => Awake.Keys.OfType<T>();
}
