using System.Net;
using System.Net.Http.Json;
using ConsultHub.Rostering;
using ConsultHub.Tests.Fixtures;
using ConsultHub.Tests.Storage;
using ConsultHub.Tests.Storms;
using ConsultHub.Web;

namespace ConsultHub.Tests.Cluster;

/// <summary>A node that is asked to stop hands over everything that it holds before it ends.</summary>
[Collection(nameof(ClusterHub))]
public sealed class StopTests(ClusterHub hub)
{
    [Fact(Skip = PostgresqlServer.HowToHave, SkipWhen = nameof(PostgresqlServer.IsMissing), SkipType = typeof(PostgresqlServer))]
    public async Task A_stopping_web_node_still_serves_but_refuses_new_watchers_and_sends_its_watchers_to_another_node()
    {
        await hub.ReadyAsync();
        var leaving = hub.Webs[0];
        await using var wire = new Wire(hub.Webs);
        using var coordinator = await Caller.SignInAsync(wire.End, "p-coordinator");
        var week = Week.Of(DemoHub.ThisWeek.Monday.AddDays(7 * 3));
        await using var changes = await SteadyChanges.BeginAsync(coordinator, week, "e-stop");
        List<(ConsultHub.Client.HubTopicClient Client, TopicChecker Checker)> watchers = [];
        for (var i = 0; i < 6; i++)
        {
            var client = coordinator.Watcher();
            watchers.Add((client, new TopicChecker(client, $"board/ehs/{week}")));
        }
        foreach (var (_, checker) in watchers)
            await checker.Topic.WhenLiveAsync();
        await changes.MoreAsync(10);

        hub.Web(leaving).AskToStop();
        using var http = new HttpClient { BaseAddress = leaving };
        await Eventually.Async(async () =>
        {
            using var answer = await http.GetAsync("health/ready"); // the node still answers
            return answer.StatusCode == HttpStatusCode.ServiceUnavailable
                && (await answer.Content.ReadFromJsonAsync<HealthApi.Health>(HubJson.Options))!.NotReady.Contains("stopping");
        });
        using (var refused = await http.GetAsync("hubs/live"))
            Assert.Equal("hub.stopping", (await Caller.ProblemAsync(refused)).Problem.Code);
        Assert.Equal(0, await hub.Web(leaving).EndedAsync());

        await changes.MoreAsync(10);
        await changes.AssertKeptAsync();
        foreach (var (client, checker) in watchers)
        {
            await StormChecks.AssertFollowedAsync(coordinator, checker);
            await client.DisposeAsync();
        }
    }

    [Fact(Skip = PostgresqlServer.HowToHave, SkipWhen = nameof(PostgresqlServer.IsMissing), SkipType = typeof(PostgresqlServer))]
    public async Task A_stopping_silo_stores_its_pending_changes_and_another_silo_continues()
    {
        await hub.ReadyAsync();
        await using var wire = new Wire(hub.Webs);
        using var coordinator = await Caller.SignInAsync(wire.End, "p-coordinator");
        var week = Week.Of(DemoHub.ThisWeek.Monday.AddDays(7 * 4));
        await using var changes = await SteadyChanges.BeginAsync(coordinator, week, "e-stop");
        await using var client = coordinator.Watcher();
        var checker = new TopicChecker(client, $"board/ehs/{week}");
        await checker.Topic.WhenLiveAsync();
        await changes.MoreAsync(10);

        var holder = await hub.HolderAsync(grains => grains.GetGrain<IRosterGrain>($"ehs/{week}"));
        holder.AskToStop();
        Assert.Equal(0, await holder.EndedAsync());

        await changes.MoreAsync(10);
        await changes.AssertKeptAsync();
        await StormChecks.AssertFollowedAsync(coordinator, checker);
    }
}
