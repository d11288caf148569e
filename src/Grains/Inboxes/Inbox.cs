using System.Collections.Immutable;
using ConsultHub.Journal;
using ConsultHub.Live;

namespace ConsultHub.Inboxes;

[GenerateSerializer, Immutable, Alias("hub.InboxEvent")]
public abstract record InboxEvent;

[GenerateSerializer, Immutable, Alias("hub.AlertRaised")]
public sealed record AlertRaised([property: Id(0)] Alert Alert) : InboxEvent;

[GenerateSerializer, Immutable, Alias("hub.AlertAcknowledged")]
public sealed record AlertAcknowledged([property: Id(0)] string Alert) : InboxEvent;

/// <summary>An urgent alert that nobody acknowledged was told again.</summary>
[GenerateSerializer, Immutable, Alias("hub.AlertRepeated")]
public sealed record AlertRepeated([property: Id(0)] string Alert) : InboxEvent;

/// <summary>One person's alerts: the newest, bounded; those that gave way leave tombstones.</summary>
[GenerateSerializer, Immutable, Alias("hub.Inbox")]
public sealed record Inbox : IAuthorityState<Inbox, InboxEvent>
{
    public const int Kept = 200;

    [Id(0)] public ImmutableArray<Alert> Alerts { get; init; } = [];
    [Id(1)] public ImmutableArray<Tombstone> Tombstones { get; init; } = [];
    [Id(2)] public long TombstonesFrom { get; init; }

    public Alert? Find(string id) => Alerts.FirstOrDefault(a => a.Id == id);

    public Inbox Apply(JournalEntry<InboxEvent> entry)
    {
        var inbox = this;
        foreach (var happened in entry.Events)
        {
            inbox = happened switch
            {
                AlertRaised raised => inbox.With(raised.Alert with { Version = entry.Version }),
                AlertAcknowledged done => inbox.Change(done.Alert, a => a with { AcknowledgedAt = entry.At, Version = entry.Version }),
                AlertRepeated again => inbox.Change(again.Alert, a => a with { Repeats = a.Repeats + 1, Version = entry.Version }),
                _ => throw new InvalidOperationException($"An inbox does not know {happened.GetType().Name}."),
            };
        }
        return inbox;
    }

    /// <summary>An unacknowledged alert about the same duty gives way; beyond the bound the oldest goes, acknowledged ones first.</summary>
    private Inbox With(Alert alert)
    {
        List<Alert> gone = alert.Engagement is null ? [] : [.. Alerts.Where(a => a.AcknowledgedAt is null && a.Engagement?.Id == alert.Engagement.Id)];
        if (Alerts.Length - gone.Count >= Kept) gone.Add(Alerts.Where(a => !gone.Contains(a)).MinBy(a => (a.AcknowledgedAt is null, a.At))!);
        var tombstones = Tombstones.AddRange(gone.Select(a => new Tombstone(a.Key, alert.Version)));
        var overflow = Math.Max(0, tombstones.Length - Kept);
        return this with
        {
            Alerts = Alerts.RemoveAll(gone.Contains).Add(alert),
            Tombstones = tombstones.RemoveRange(0, overflow),
            TombstonesFrom = overflow > 0 ? tombstones[overflow - 1].Version : TombstonesFrom,
        };
    }

    private Inbox Change(string id, Func<Alert, Alert> change) => this with { Alerts = [.. Alerts.Select(a => a.Id == id ? change(a) : a)] };

    public IEnumerable<TopicItem> ItemsSince(long version) => Alerts.Where(a => a.Version > version);

    public IEnumerable<Tombstone>? RemovedSince(long version) => version < TombstonesFrom ? null : Tombstones.Where(t => t.Version > version);
}
