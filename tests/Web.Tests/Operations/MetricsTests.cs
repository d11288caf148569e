using ConsultHub.Inboxes;
using ConsultHub.Rostering;
using ConsultHub.Tests.Fixtures;

namespace ConsultHub.Tests.Operations;

public sealed class MetricsTests(OperatedHub hub) : IClassFixture<OperatedHub>
{
    private const string Roster = "hub_authority=\"roster\"",
        Board = "hub_topic_kind=\"board\"";
    private static readonly Week Week = Week.Of(DemoHub.ThisWeek.Monday.AddDays(7 * 20));

    [Fact]
    public async Task A_change_is_counted_when_it_is_stored_and_relayed_and_sent_and_changes_in_one_frame_count_as_merged()
    {
        const int burst = 5,
            watchers = 2;
        using var coordinator = await hub.SignInAsync("p-coordinator");
        // The first row of a week sets its epoch. A viewer of the empty week would get that change as a snapshot, in which nothing counts
        // as merged.
        await coordinator.DoAsync(Week, Engagements.Plan(Week, "e-first"));
        await using var one = coordinator.Watcher();
        await using var two = coordinator.Watcher();
        var (mine, yours) = (one.Watch($"board/ehs/{Week}"), two.Watch($"board/ehs/{Week}"));
        await mine.WhenLiveAsync();
        await yours.WhenLiveAsync();
        // A snapshot is counted just after it is sent.
        await Eventually.Async(async () =>
            await hub.ReadAsync() is var now
            && now["hub_live_watchers", Board] == watchers
            && now["hub_live_frames_total", Board] >= watchers
        );
        var before = await hub.ReadAsync();

        // Sends several changes at the same time, until two of them have shared a frame.
        var changes = 0;
        await Eventually.Async(async () =>
        {
            var round = changes;
            var done = await Task.WhenAll(
                Enumerable.Range(0, burst).Select(i => coordinator.DoAsync(Week, Engagements.Plan(Week, $"e-figure-{round + i}")))
            );
            changes += burst;
            foreach (var board in (ConsultHub.Client.WatchedTopic[])[mine, yours])
                await board.WhenAtAsync(done.Max(d => d.Version));
            await Eventually.Async(async () =>
                Grown(await hub.ReadAsync(), "hub_live_frames_total") + Grown(await hub.ReadAsync(), "hub_live_merged_items_total")
                == changes * watchers
            );
            return Grown(await hub.ReadAsync(), "hub_live_merged_items_total") > 0;
        });

        var after = await hub.ReadAsync();
        Assert.Equal(changes, after["hub_journal_commit_size_sum", Roster] - before["hub_journal_commit_size_sum", Roster]);
        var commits = after["hub_journal_rows_total", Roster] - before["hub_journal_rows_total", Roster];
        Assert.InRange(commits, 1, changes);
        Assert.Equal(
            commits,
            after["hub_journal_commit_duration_seconds_count", Roster] - before["hub_journal_commit_duration_seconds_count", Roster]
        );
        Assert.InRange(
            after["hub_journal_commit_duration_seconds_sum", Roster] - before["hub_journal_commit_duration_seconds_sum", Roster],
            1e-5,
            30
        );
        // The lag is recorded just after a change is relayed, and only for rosters that somebody watches.
        await Eventually.Async(async () =>
            (after = await hub.ReadAsync())["hub_live_relay_lag_seconds_count"] > before["hub_live_relay_lag_seconds_count"]
        );
        Assert.InRange(after["hub_live_relay_lag_seconds_count"] - before["hub_live_relay_lag_seconds_count"], 1, commits);
        Assert.InRange(after["hub_live_relay_lag_seconds_sum"], 1e-6, 30);
        Assert.InRange(
            after["hub_live_pass_duration_seconds_count", Board] - before["hub_live_pass_duration_seconds_count", Board],
            1,
            changes
        );
        Assert.True(after["orleans_app_requests_latency_milliseconds_count"] > before["orleans_app_requests_latency_milliseconds_count"]);
        Assert.True(after["http_server_request_duration_seconds_count", "commands"] >= changes);
        Assert.True(after["dotnet_process_memory_working_set_bytes"] > 1e7);

        await one.DisposeAsync();
        await two.DisposeAsync();
        await Eventually.Async(async () => (await hub.ReadAsync())["hub_live_watchers", Board] == 0);

        double Grown(Figures now, string name) => now[name, Board] - before[name, Board];
    }

    [Fact]
    public async Task An_alert_counts_as_pending_until_it_is_acknowledged_and_no_message_waits_in_an_outbox()
    {
        using var coordinator = await hub.SignInAsync("p-coordinator");
        var boards = await Task.WhenAll(
            coordinator.GetTopicAsync($"board/ehs/{DemoHub.ThisWeek}"),
            coordinator.GetTopicAsync($"board/ehs/{DemoHub.ThisWeek.Next}")
        );
        var candidate = boards.SelectMany(b => b.Items).OfType<Engagement>().First(e => e.Proposal is not null).Proposal!.Candidate;
        using var consultant = await hub.SignInAsync(candidate.Value);
        Alert[] alerts = [];
        await Eventually.Async(async () =>
            (alerts = await consultant.GetAsync<Alert[]>($"api/inboxes/{candidate}/alerts")).Any(a => a.AcknowledgedAt is null)
        );
        await Eventually.Async(async () => (await hub.ReadAsync())["hub_outbox_age_seconds"] == 0);

        var pending = (await hub.ReadAsync())["hub_alerts_pending"];
        Assert.True(pending >= 1);
        var alert = alerts.First(a => a.AcknowledgedAt is null);
        (await consultant.Http.PostAsync($"api/inboxes/{candidate}/alerts/{alert.Id}/acknowledgement", null)).EnsureSuccessStatusCode();
        await Eventually.Async(async () => (await hub.ReadAsync())["hub_alerts_pending"] == pending - 1);
        Assert.Equal(0, (await hub.ReadAsync())["hub_reminders_late"]);
    }

    [Fact]
    public async Task A_collector_gets_metrics_and_logs_and_traces_down_to_the_grain_but_no_traces_of_health_checks()
    {
        using var coordinator = await hub.SignInAsync("p-coordinator");
        await coordinator.DoAsync(Week, Engagements.Plan(Week, "e-traced"));
        await Eventually.Async(() =>
            hub.Collected("/v1/traces", "/api/rosters/{network}/{week}/commands") && hub.Collected("/v1/traces", "IRosterGrain/Decide")
        );
        await Eventually.Async(() =>
            hub.Collected("/v1/metrics", "hub.journal.commit.duration") && hub.Collected("/v1/logs", "The demo network is ready.")
        );
        Assert.False(hub.Collected("/v1/traces", "/health/ready"));
    }
}
