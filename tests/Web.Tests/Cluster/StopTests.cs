using System.Net;
using System.Net.Http.Json;
using ConsultHub.Rostering;
using ConsultHub.Tests.Hosting;
using ConsultHub.Tests.Storage;
using ConsultHub.Tests.Storms;
using ConsultHub.Web;

namespace ConsultHub.Tests.Cluster;

/// <summary>A node that is asked to stop lets go of everything first.</summary>
[Collection(nameof(ClusterHub))]
public sealed class StopTests(ClusterHub hub)
{
    [Fact(Skip = PostgresqlServer.HowToHave, SkipWhen = nameof(PostgresqlServer.IsMissing), SkipType = typeof(PostgresqlServer))]
    public async Task A_web_node_that_stops_is_not_ready_turns_watchers_away_sends_its_own_elsewhere_and_serves_to_the_end()
    {
        await hub.ReadyAsync();
        var leaving = hub.Webs[0];
        await using var wire = new Wire(hub.Webs);
        using var coordinator = await Caller.SignInAsync(wire.End, "p-coordinator");
        var week = Week.Of(DemoHub.ThisWeek.Monday.AddDays(7 * 3));
        await using var changes = await SteadyChanges.BeginAsync(coordinator, week, "e-stop");
        List<(ConsultHub.Client.HubTopicClient Client, Witness Witness)> watchers = [];
        for (var i = 0; i < 6; i++)
        {
            var client = coordinator.Watcher();
            watchers.Add((client, new Witness(client, $"board/ehs/{week}")));
        }
        foreach (var (_, witness) in watchers)
            await witness.Topic.WhenLiveAsync();
        await changes.MoreAsync(10);

        hub.Web(leaving).AskToStop();
        using var http = new HttpClient { BaseAddress = leaving };
        await Eventually.Async(async () =>
        {
            using var answer = await http.GetAsync("health/ready"); // it answers: it still serves
            return answer.StatusCode == HttpStatusCode.ServiceUnavailable
                && (await answer.Content.ReadFromJsonAsync<HealthApi.Health>(HubJson.Options))!.NotReady.Contains("stopping");
        });
        using (var refused = await http.GetAsync("hubs/live"))
            Assert.Equal("hub.stopping", (await Caller.ProblemAsync(refused)).Problem.Code);
        Assert.Equal(0, await hub.Web(leaving).EndedAsync());

        await changes.MoreAsync(10);
        await changes.AssertKeptAsync();
        foreach (var (client, witness) in watchers)
        {
            await Aftermath.AssertFollowedAsync(coordinator, witness);
            await client.DisposeAsync();
        }
    }

    [Fact(Skip = PostgresqlServer.HowToHave, SkipWhen = nameof(PostgresqlServer.IsMissing), SkipType = typeof(PostgresqlServer))]
    public async Task A_silo_that_stops_stores_what_it_has_in_hand_and_another_goes_on()
    {
        await hub.ReadyAsync();
        await using var wire = new Wire(hub.Webs);
        using var coordinator = await Caller.SignInAsync(wire.End, "p-coordinator");
        var week = Week.Of(DemoHub.ThisWeek.Monday.AddDays(7 * 4));
        await using var changes = await SteadyChanges.BeginAsync(coordinator, week, "e-stop");
        await using var client = coordinator.Watcher();
        var witness = new Witness(client, $"board/ehs/{week}");
        await witness.Topic.WhenLiveAsync();
        await changes.MoreAsync(10);

        var holder = await hub.HolderAsync(grains => grains.GetGrain<IRosterGrain>($"ehs/{week}"));
        holder.AskToStop();
        Assert.Equal(0, await holder.EndedAsync());

        await changes.MoreAsync(10);
        await changes.AssertKeptAsync();
        await Aftermath.AssertFollowedAsync(coordinator, witness);
    }
}
