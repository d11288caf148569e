using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using ConsultHub.Rostering;
using ConsultHub.Tests.Fixtures;
using ConsultHub.Tests.Lectures.Media;
using Microsoft.AspNetCore.SignalR.Client;

namespace ConsultHub.Tests.Operations;

/// <summary>
/// Nodes print everything that <c>deploy/grafana-dashboard.json</c> asks Prometheus for, and the docs describe the hub's own metrics.
/// </summary>
public sealed partial class DashboardTests(OperatedHub hub) : IClassFixture<OperatedHub>
{
    /// <summary>
    /// The metrics of the hub's own meter, by their Prometheus names. <c>hub_refused_total</c> is missing, because a node prints it only
    /// after a refusal.
    /// </summary>
    private static readonly string[] Own =
    [
        "hub_live_watchers",
        "hub_live_frames_total",
        "hub_live_merged_items_total",
        "hub_live_pass_duration_seconds",
        "hub_live_relay_lag_seconds",
        "hub_live_gaps_total",
        "hub_live_ended_total",
        "hub_journal_rows_total",
        "hub_journal_commit_size",
        "hub_journal_commit_duration_seconds",
        "hub_journal_commit_failures_total",
        "hub_lecture_viewers",
        "hub_lecture_publishers",
        "hub_lecture_messages_total",
        "hub_lecture_skips_total",
        "hub_lecture_ended_total",
        "hub_lecture_refused_total",
        "hub_lecture_pass_duration_seconds",
        "hub_lecture_played_lag_seconds",
        "hub_outbox_age_seconds",
        "hub_reminders_late",
        "hub_alerts_pending",
        "hub_deadlines_lateness_seconds",
    ];

    private static int _sessions;

    [Fact]
    public async Task A_node_prints_every_metric_and_label_that_the_dashboard_uses()
    {
        await HaveEverythingHappenAsync();
        var expressions = Expressions().ToList();
        Assert.True(expressions.Count > 25);
        using var http = new HttpClient { BaseAddress = hub.Address };
        var printed = await http.GetStringAsync("metrics");
        var figures = new Figures(printed);
        foreach (var expression in expressions)
        {
            var names = Name().Matches(expression).Select(m => m.Value).ToList();
            Assert.NotEmpty(names);
            Assert.All(
                names,
                name => Assert.True(figures.Names.Contains(name), $"The node does not print {name}, which {expression} uses.")
            );
            foreach (var label in Labels(expression).Except(["le", "instance"]))
                Assert.All(names, name => Assert.Matches($@"(?m)^{name}\{{[^\n]*\b{label}=", printed));
        }
    }

    [Fact]
    public void Every_metric_in_the_list_is_on_the_dashboard_and_in_the_docs()
    {
        var dashboard = string.Join('\n', Expressions());
        var docs = File.ReadAllText(Path.Combine(Root, "docs", "metrics.md"));
        Assert.All(Own, name => Assert.Contains(name, dashboard, StringComparison.Ordinal));
        Assert.All(Own, name => Assert.Contains($"`{name}`", docs, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_list_in_this_class_contains_every_metric_that_the_hub_prints_if_it_refuses_nothing()
    {
        await HaveEverythingHappenAsync();
        var names = (await hub.ReadAsync())
            .Names.Where(n => n.StartsWith("hub_", StringComparison.Ordinal))
            .Select(n => Suffix().Replace(n, ""))
            .Distinct();
        Assert.Equal(Own.Order(), names.Order());
    }

    /// <summary>
    /// Watches a changing board, lets a proposal expire, and plays a lecture. Without these the histograms have no first value.
    /// </summary>
    private async Task HaveEverythingHappenAsync()
    {
        using var coordinator = await hub.SignInAsync("p-coordinator");
        var week = Week.Of(DemoHub.ThisWeek.Monday.AddDays(21));
        await using var client = coordinator.Watcher();
        var board = client.Watch($"board/ehs/{week}");
        await board.WhenLiveAsync();
        var candidate = (await coordinator.ConsultantsAsync()).First(p => p.Home is null);
        var plan = Engagements.Plan(week, $"e-{Guid.NewGuid():N}", candidate.Credentials[0].Hospital.Value) with
        {
            Specialty = candidate.Specialties[0],
        };
        await coordinator.DoAsync(week, plan);
        await coordinator.DoAsync(
            week,
            new Propose
            {
                CommandId = Guid.NewGuid(),
                Engagement = plan.Engagement,
                Candidate = candidate.Id,
                AnswerWithinSeconds = 5,
            }
        );
        await board.WhenAsync(b =>
            b.Picture.Items.Values.OfType<Engagement>()
                .Any(e => e.Id == plan.Engagement && e.Attention.Contains(AttentionReason.ProposalUnanswered))
        );
        await Eventually.Async(async () => (await hub.ReadAsync())["hub_deadlines_lateness_seconds_count"] > 0);
        await Eventually.Async(async () => (await hub.ReadAsync())["hub_live_relay_lag_seconds_count"] > 0);
        await HaveALecturePlayedAsync(coordinator);
    }

    private async Task HaveALecturePlayedAsync(Caller coordinator)
    {
        var session = $"s{Interlocked.Increment(ref _sessions):00}"; // a lecture of the demo's congress
        using var attendee = await hub.SignInAsync("p-attendee");
        await LectureClient.OpenAsync(coordinator, session);
        await using var speaker = await LectureClient.ConnectAsync(hub.Address, coordinator);
        await using var viewer = await LectureClient.ConnectAsync(hub.Address, attendee);
        await viewer.WatchAsync(session);
        var publication = await speaker.PublishAsync(session);
        var talk = new Talk(publication);
        await speaker.UploadAsync(talk.Next());
        await Eventually.Async(() => viewer.Frames.Count > 0);
        await viewer.Hub.InvokeAsync("Played", publication, 0L, 20);
        // The duration of a round over the lecture's viewers is recorded when the round is over.
        await Eventually.Async(async () => (await hub.ReadAsync())["hub_lecture_pass_duration_seconds_count"] > 0);
    }

    private static string Root
    {
        get
        {
            var folder = AppContext.BaseDirectory;
            while (!File.Exists(Path.Combine(folder, "Hub.sln")))
                folder = Path.GetDirectoryName(folder)!;
            return folder;
        }
    }

    private static IEnumerable<string> Expressions()
    {
        using var dashboard = JsonDocument.Parse(File.ReadAllText(Path.Combine(Root, "deploy", "grafana-dashboard.json")));
        foreach (var panel in dashboard.RootElement.GetProperty("panels").EnumerateArray())
            if (panel.TryGetProperty("targets", out var targets))
                foreach (var target in targets.EnumerateArray())
                    yield return target.GetProperty("expr").GetString()!;
    }

    private static IEnumerable<string> Labels(string expression) =>
        Grouping()
            .Matches(expression)
            .SelectMany(m => m.Groups[1].Value.Split(',', StringSplitOptions.TrimEntries))
            .Concat(Matching().Matches(expression).Select(m => m.Groups[1].Value))
            .Distinct();

    [GeneratedRegex(@"\b(?:hub|orleans|dotnet|http|kestrel|npgsql|db)_[a-z0-9_]+(?=\{)")]
    private static partial Regex Name();

    [GeneratedRegex(@"by \(([^)]*)\)")]
    private static partial Regex Grouping();

    [GeneratedRegex("([a-z_]+)=~?\"")]
    private static partial Regex Matching();

    [GeneratedRegex("_(bucket|sum|count)$")]
    private static partial Regex Suffix();
}
