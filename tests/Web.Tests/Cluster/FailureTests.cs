using System.Diagnostics;
using ConsultHub.Inboxes;
using ConsultHub.Rostering;
using ConsultHub.Tests.Fixtures;
using ConsultHub.Tests.Storage;
using ConsultHub.Tests.Storms;

namespace ConsultHub.Tests.Cluster;

/// <summary>The hub continues and loses no stored change when nodes are killed or the database restarts.</summary>
[Collection(nameof(ClusterHub))]
public sealed class FailureTests(ClusterHub hub)
{
    private const int Callers = 8,
        AnswersBetweenKills = 100;

    [Fact(Skip = PostgresqlServer.HowToHave, SkipWhen = nameof(PostgresqlServer.IsMissing), SkipType = typeof(PostgresqlServer))]
    public async Task Killing_the_silo_of_a_week_and_a_web_node_loses_no_change_and_every_board_stays_correct()
    {
        await hub.ReadyAsync();
        await using var wire = new Wire(hub.Webs);
        using var coordinator = await Caller.SignInAsync(wire.End, "p-coordinator");
        var week = DemoHub.ThisWeek.Next;
        var (storm, callers) = await Storm.GatherAsync(wire.End, coordinator, week);
        await using var client = coordinator.Watcher();
        await using var other = coordinator.Watcher(messagePack: true);
        List<TopicChecker> checkers =
        [
            new(client, $"board/ehs/{week}"),
            new(other, $"board/ehs/{week}"),
            new(client, $"board/ehs/{week}/hospital/{Engagements.Hospital}"),
        ];
        foreach (var checker in checkers)
            await checker.Topic.WhenLiveAsync();

        using var over = new CancellationTokenSource();
        var blowing = storm.BlowAsync(Callers, over.Token);
        await AnswersAsync(storm, AnswersBetweenKills);
        (await hub.HolderAsync(grains => grains.GetGrain<IRosterGrain>($"ehs/{week}"))).Kill();
        hub.Web(hub.Webs[0]).Kill();
        await AnswersAsync(storm, AnswersBetweenKills); // these answers come from the nodes that are left
        await hub.ReadyAsync();
        await AnswersAsync(storm, AnswersBetweenKills);
        await over.CancelAsync();
        await blowing;
        Assert.True(storm.Faults.IsEmpty, string.Join('\n', storm.Faults));
        Assert.True(storm.Repeated > 0, "No kill interrupted a command.");
        await StormChecks.AssertAsync(storm, coordinator, week, callers, checkers);
        foreach (var caller in callers.Values)
            caller.Dispose();
    }

    [Fact(Skip = PostgresqlServer.HowToHave, SkipWhen = nameof(PostgresqlServer.IsMissing), SkipType = typeof(PostgresqlServer))]
    public async Task A_proposal_expires_without_any_watcher_after_the_silo_of_its_week_is_killed()
    {
        await hub.ReadyAsync();
        using var coordinator = await Caller.SignInAsync(hub.Webs[0], "p-coordinator");
        using var second = await Caller.SignInAsync(hub.Webs[1], "p-coordinator-2"); // one of the two coordinators is on call
        var week = Week.Of(DemoHub.ThisWeek.Monday.AddDays(7 * 6));
        var candidate = (await coordinator.ConsultantsAsync()).First(c =>
            c.Affiliation is not null && c.Credentials.Length > 0 && c.Visits.IsEmpty
        );
        var plan = Engagements.Plan(week, "e-deadline", candidate.Credentials[0].Hospital.Value) with
        {
            Specialty = candidate.Credentials[0].Specialty,
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
        await RemindSoonAsync();
        (await hub.HolderAsync(grains => grains.GetGrain<IRosterGrain>($"ehs/{week}"))).Kill();

        for (
            var since = Stopwatch.StartNew();
            !await IsToldAsync(coordinator, "p-coordinator") && !await IsToldAsync(second, "p-coordinator-2");
            await Task.Delay(500)
        )
            Assert.True(since.Elapsed < TimeSpan.FromMinutes(3), "No coordinator was told within 3 minutes that nobody answered.");

        // Changes the week's stored reminder, so that it comes every 2 s instead of every minute. The silo that is left reads the
        // reminder when it takes over the week.
        async Task RemindSoonAsync()
        {
            await using var remind = hub.Database.CreateCommand(
                "UPDATE OrleansRemindersTable SET StartTime = now(), Period = 2000, Version = Version + 1 WHERE GrainId = $1"
            );
            remind.Parameters.AddWithValue($"roster/ehs/{week}");
            Assert.Equal(1, await remind.ExecuteNonQueryAsync());
        }

        async Task<bool> IsToldAsync(Caller caller, string person)
        {
            using var answer = await caller.Http.GetAsync($"api/inboxes/{person}/alerts");
            if (!answer.IsSuccessStatusCode)
                return false; // the inbox may have been on the killed silo too
            var alerts = System.Text.Json.JsonSerializer.Deserialize<List<Alert>>(
                await answer.Content.ReadAsStringAsync(),
                HubJson.Options
            )!;
            return alerts.Exists(a => a.Kind == AlertKind.NobodyAnswered && a.Engagement?.Id == plan.Engagement);
        }
    }

    [Fact(Skip = PostgresqlServer.HowToHave, SkipWhen = nameof(PostgresqlServer.IsMissing), SkipType = typeof(PostgresqlServer))]
    public async Task The_database_can_restart_under_load_and_no_node_has_to_restart()
    {
        if (PostgresqlServer.Restart is not { } restart)
        {
            Assert.Skip("HUB_TEST_POSTGRESQL_RESTART does not name a command that restarts the server.");
            return;
        }
        await hub.ReadyAsync();
        await using var wire = new Wire(hub.Webs);
        using var coordinator = await Caller.SignInAsync(wire.End, "p-coordinator");
        var week = DemoHub.ThisWeek.Next.Next;
        await using var changes = await SteadyChanges.BeginAsync(coordinator, week, "e-database");
        await using var client = coordinator.Watcher();
        var checker = new TopicChecker(client, $"board/ehs/{week}");
        await checker.Topic.WhenLiveAsync();
        await changes.MoreAsync(20);
        using (var command = Process.Start("sh", ["-c", restart])!)
        {
            await command.WaitForExitAsync();
            Assert.Equal(0, command.ExitCode);
        }
        await changes.MoreAsync(20);
        hub.AssertNoneEnded();
        await hub.ReadyAsync();
        await changes.AssertKeptAsync();
        await StormChecks.AssertFollowedAsync(coordinator, checker);
    }

    private static async Task AnswersAsync(Storm storm, int more)
    {
        var before = storm.Acknowledged.Count;
        await Eventually.Async(() => storm.Acknowledged.Count >= before + more || !storm.Faults.IsEmpty);
    }
}
