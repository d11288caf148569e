using System.Collections.Immutable;
using ConsultHub.Inboxes;
using ConsultHub.Journal;
using ConsultHub.Rostering;
using CsCheck;

namespace ConsultHub.Tests.Inboxes;

/// <summary>The alerts that an inbox keeps, tested on its state alone.</summary>
public sealed class InboxTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 24, 8, 0, 0, TimeSpan.Zero);
    private Inbox _inbox = new();
    private long _version;

    private static Alert About(string id, string? engagement = null, int minute = 0) =>
        new()
        {
            Id = id,
            Kind = AlertKind.Assigned,
            At = Noon.AddMinutes(minute),
            Text = ImmutableDictionary<string, string>.Empty,
            Engagement = engagement is null
                ? null
                : new Engagement
                {
                    Id = new(engagement),
                    Kind = EngagementKind.Lecture,
                    Title = engagement,
                    Hospital = new("h-north"),
                    Specialty = "cardiology",
                    Start = Noon,
                    End = Noon.AddHours(1),
                },
        };

    private void Happened(params InboxEvent[] events) =>
        _inbox = _inbox.Apply(
            new JournalEntry<InboxEvent>(++_version, Noon.AddMinutes(_version), Actor.System, Guid.Empty, [.. events], [], null, [], null)
        );

    [Fact]
    public void An_alert_stays_when_it_is_acknowledged_and_records_the_time()
    {
        Happened(new AlertRaised(About("1", "a")));
        Assert.Null(_inbox.Find("1")!.AcknowledgedAt);
        Happened(new AlertAcknowledged("1"));
        Assert.Equal((Noon.AddMinutes(2), 2), (_inbox.Find("1")!.AcknowledgedAt, _inbox.Find("1")!.Version));
        Assert.Equal(["alert/1"], _inbox.ItemsSince(1).Select(i => i.Key));
    }

    [Fact]
    public void A_newer_alert_replaces_an_unacknowledged_one_about_the_same_engagement()
    {
        Happened(new AlertRaised(About("1", "a")));
        Happened(new AlertRaised(About("2", "b")));
        Happened(new AlertRaised(About("3", "a")));
        Assert.Equal(["2", "3"], _inbox.Alerts.Select(a => a.Id));
        Assert.Equal(["alert/1"], _inbox.Tombstones.Since(2)!.Select(t => t.Key));
        Assert.Empty(_inbox.Tombstones.Since(3)!);
    }

    [Fact]
    public void An_acknowledged_alert_stays_beside_a_newer_one_about_the_same_engagement()
    {
        Happened(new AlertRaised(About("1", "a")));
        Happened(new AlertAcknowledged("1"));
        Happened(new AlertRaised(About("2", "a")));
        Assert.Equal(["1", "2"], _inbox.Alerts.Select(a => a.Id));
    }

    [Fact]
    public void Alerts_without_an_engagement_do_not_replace_each_other()
    {
        Happened(new AlertRaised(About("1")));
        Happened(new AlertRaised(About("2")));
        Assert.Equal(2, _inbox.Alerts.Length);
    }

    [Fact]
    public void A_full_inbox_drops_the_oldest_acknowledged_alert_first()
    {
        for (var i = 0; i < Inbox.Kept; i++)
            Happened(new AlertRaised(About($"{i}", $"d-{i}", i)));
        Happened(new AlertAcknowledged("7"));
        Happened(new AlertAcknowledged("5"));
        Happened(new AlertRaised(About("new-1", "n-1", 1000)));
        Happened(new AlertRaised(About("new-2", "n-2", 1001)));
        Happened(new AlertRaised(About("new-3", "n-3", 1002)));
        Assert.Equal(Inbox.Kept, _inbox.Alerts.Length);
        Assert.Equal((null, null, null), (_inbox.Find("5"), _inbox.Find("7"), _inbox.Find("0")));
        Assert.NotNull(_inbox.Find("1"));
    }

    [Fact]
    public void Repeats_of_an_alert_are_counted_and_events_of_a_removed_alert_are_ignored()
    {
        Happened(new AlertRaised(About("1", "a")));
        Happened(new AlertRepeated("1"), new AlertRepeated("1"), new AlertRepeated("gone"), new AlertAcknowledged("gone"));
        Assert.Equal((2, 1), (_inbox.Find("1")!.Repeats, _inbox.Alerts.Length));
    }

    /// <summary>If a reader has an earlier picture of the inbox and applies the delta, the result is exactly the present inbox.</summary>
    [Fact]
    public void A_delta_from_any_position_leads_to_the_whole_inbox_or_is_not_offered() =>
        Gen.Int[0, 9]
            .Select(Gen.Int[0, 2])
            .Array[0, 40]
            .Sample(
                steps =>
                {
                    var inbox = new Inbox();
                    List<Inbox> all = [inbox];
                    for (var i = 0; i < steps.Length; i++)
                    {
                        InboxEvent happened =
                            steps[i].Item2 == 0
                                ? new AlertAcknowledged($"{steps[i].Item1}")
                                : new AlertRaised(About($"{i}", $"d-{steps[i].Item1}", i));
                        inbox = inbox.Apply(
                            new JournalEntry<InboxEvent>(
                                i + 1,
                                Noon.AddMinutes(i),
                                Actor.System,
                                Guid.Empty,
                                [happened],
                                [],
                                null,
                                [],
                                null
                            )
                        );
                        all.Add(inbox);
                    }
                    for (var since = 0; since < all.Count; since++)
                    {
                        if (inbox.Tombstones.Since(since) is not { } removed)
                            continue;
                        var page = all[since].Alerts.ToDictionary(a => a.Key);
                        foreach (var gone in removed)
                            page.Remove(gone.Key);
                        foreach (var item in inbox.ItemsSince(since))
                            page[item.Key] = (Alert)item;
                        Assert.Equal(
                            inbox.Alerts.Select(a => (a.Key, a.Version)).Order(),
                            page.Values.Select(a => (a.Key, a.Version)).Order()
                        );
                    }
                },
                iter: 500
            );
}
