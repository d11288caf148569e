using System.Collections.Immutable;
using ConsultHub.Journal;
using ConsultHub.Live;

namespace ConsultHub.Inboxes;

[GenerateSerializer, Immutable, Alias("hub.InboxEvent")]
public abstract record InboxEvent;

/// <summary>An alert was raised.</summary>
/// <param name="Stays">The ids of open alerts about the same engagement that the new alert does not replace.</param>
[GenerateSerializer, Immutable, Alias("hub.AlertRaised")]
public sealed record AlertRaised([property: Id(0)] Alert Alert, [property: Id(1)] ImmutableArray<string> Stays = default) : InboxEvent;

[GenerateSerializer, Immutable, Alias("hub.AlertAcknowledged")]
public sealed record AlertAcknowledged([property: Id(0)] string Alert) : InboxEvent;

/// <summary>The person has seen an alert.</summary>
[GenerateSerializer, Immutable, Alias("hub.AlertSeen")]
public sealed record AlertSeen([property: Id(0)] string Alert) : InboxEvent;

/// <summary>An open alert was repeated.</summary>
[GenerateSerializer, Immutable, Alias("hub.AlertRepeated")]
public sealed record AlertRepeated([property: Id(0)] string Alert) : InboxEvent;

/// <summary>One person's alerts, at most <see cref="Kept"/>. Removed alerts leave tombstones.</summary>
[GenerateSerializer, Immutable, Alias("hub.Inbox")]
public sealed record Inbox : IAuthorityState<Inbox, InboxEvent>
{
    public const int Kept = 200;

    [Id(0)]
    public ImmutableArray<Alert> Alerts { get; init; } = [];

    [Id(1)]
    public ImmutableArray<Tombstone> KeptTombstones { get; init; } = [];

    /// <summary>Tombstones up to this version may have been deleted.</summary>
    [Id(2)]
    public long ForgottenUpTo { get; init; }

    public Alert? Find(string id) => Alerts.FirstOrDefault(a => a.Id == id);

    public Inbox Apply(JournalEntry<InboxEvent> entry)
    {
        var inbox = this;
        foreach (var happened in entry.Events)
        {
            inbox = happened switch
            {
                AlertRaised raised when inbox.Find(raised.Alert.Id) is not null => inbox.Change(
                    raised.Alert.Id,
                    _ => raised.Alert with { Version = entry.Version }
                ),
                AlertRaised raised => inbox.With(raised.Alert with { Version = entry.Version }, raised.Stays.IsDefault ? [] : raised.Stays),
                AlertAcknowledged done => inbox.Change(done.Alert, a => a with { AcknowledgedAt = entry.At, Version = entry.Version }),
                AlertSeen seen => inbox.Change(seen.Alert, a => a with { SeenAt = entry.At, Version = entry.Version }),
                AlertRepeated again => inbox.Change(again.Alert, a => a with { Repeats = a.Repeats + 1, Version = entry.Version }),
                _ => throw new InvalidOperationException($"An inbox has no rule for the event {happened.GetType().Name}."),
            };
        }
        return inbox;
    }

    /// <summary>
    /// Adds an alert and removes the open alerts that it replaces. If the inbox is still full, one more alert is removed. This is the
    /// oldest alert that is not open. If all alerts are open, it is the oldest that demands no acknowledgement. If all demand an
    /// acknowledgement, it is the oldest.
    /// </summary>
    private Inbox With(Alert alert, ImmutableArray<string> stays)
    {
        List<Alert> gone = alert.Engagement is null
            ? []
            : [.. Alerts.Where(a => a.IsOpen && a.Engagement?.Id == alert.Engagement.Id && !stays.Contains(a.Id))];
        if (Alerts.Length - gone.Count >= Kept)
            gone.Add(Alerts.Where(a => !gone.Contains(a)).MinBy(a => (a.IsOpen, AlertRules.Demands(a), a.At))!);
        return With(Tombstones.With(gone.Select(a => a.Key), alert.Version, Kept)) with
        {
            Alerts = Alerts.RemoveAll(gone.Contains).Add(alert),
        };
    }

    private Inbox Change(string id, Func<Alert, Alert> change) =>
        this with
        {
            Alerts = [.. Alerts.Select(a => a.Id == id ? change(a) : a)],
        };

    public IEnumerable<TopicItem> ItemsSince(long version) => Alerts.Where(a => a.Version > version);

    public Tombstones Tombstones => new(KeptTombstones, ForgottenUpTo);

    private Inbox With(Tombstones tombstones) => this with { KeptTombstones = tombstones.Kept, ForgottenUpTo = tombstones.From };
}
