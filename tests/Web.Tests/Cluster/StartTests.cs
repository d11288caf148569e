using System.Net.Http.Json;
using ConsultHub.Tests.Fixtures;
using ConsultHub.Tests.Storage;
using ConsultHub.Web;
using ConsultHub.Web.Demo;
using Npgsql;

namespace ConsultHub.Tests.Cluster;

[CollectionDefinition(nameof(ClusterHub))]
public sealed class SharedCluster : ICollectionFixture<ClusterHub>;

[Collection(nameof(ClusterHub))]
public sealed class StartTests(ClusterHub hub)
{
    [Fact(Skip = PostgresqlServer.HowToHave, SkipWhen = nameof(PostgresqlServer.IsMissing), SkipType = typeof(PostgresqlServer))]
    public async Task Nodes_that_start_together_on_an_empty_database_create_the_schema_and_the_demo_once()
    {
        await hub.ReadyAsync();
        await using var steps = hub.Database.CreateCommand("SELECT count(*) = max(Version) AND min(Version) = 1 FROM HubSchema");
        Assert.Equal(true, await steps.ExecuteScalarAsync());
        using var coordinator = await Caller.SignInAsync(hub.Webs[1], "p-coordinator");
        var people = await coordinator.ConsultantsAsync();
        Assert.True(people.Count > 50);
        Assert.All(people, p => Assert.Equal(1, p.Version)); // if two nodes had stored the demo, the version would be 2
    }

    [Fact(Skip = PostgresqlServer.HowToHave, SkipWhen = nameof(PostgresqlServer.IsMissing), SkipType = typeof(PostgresqlServer))]
    public async Task All_web_nodes_show_the_same_state_of_the_simulated_day()
    {
        await hub.ReadyAsync();
        using var here = await Caller.SignInAsync(hub.Webs[0], "p-coordinator");
        using var there = await Caller.SignInAsync(hub.Webs[1], "p-coordinator");
        await SwitchAsync(here, true);
        await SwitchAsync(there, false);

        async Task SwitchAsync(Caller caller, bool running)
        {
            (await caller.Http.PutAsJsonAsync("api/demo/day", new DemoApi.Day(running))).EnsureSuccessStatusCode();
            foreach (var reader in (Caller[])[here, there])
                Assert.Equal(running, (await reader.GetAsync<DemoApi.Day>("api/demo/day")).Running);
        }
    }

    [Theory(Skip = PostgresqlServer.HowToHave, SkipWhen = nameof(PostgresqlServer.IsMissing), SkipType = typeof(PostgresqlServer))]
    [InlineData("ConsultHub.Silo.dll"), InlineData("ConsultHub.Web.dll")]
    public async Task A_node_does_not_start_on_a_database_of_a_newer_program_and_leaves_it_unchanged(string program)
    {
        var connection = await PostgresqlServer.NewDatabaseAsync();
        await using (var database = NpgsqlDataSource.Create(connection))
        {
            await using (
                var newer = database.CreateCommand(
                    "CREATE TABLE HubSchema (Version INTEGER NOT NULL PRIMARY KEY, AppliedOn TEXT NOT NULL); "
                        + "INSERT INTO HubSchema VALUES (1000, 'tomorrow')"
                )
            )
                await newer.ExecuteNonQueryAsync();
            using var node = new ClusterNode(
                program,
                new Dictionary<string, string>(ClusterHub.Settings(connection)) { ["ASPNETCORE_URLS"] = "http://127.0.0.1:0" }
            );
            node.Start();
            Assert.Equal(1, await node.EndedAsync());
            await Eventually.Async(() => node.Said.Contains("schema version 1000", StringComparison.Ordinal));
            Assert.Contains(
                node.Said.Split('\n'),
                line =>
                    line.StartsWith("The database hub_", StringComparison.Ordinal)
                    && line.EndsWith("Start the newer program that wrote it.", StringComparison.Ordinal)
            );
            await using var tables = database.CreateCommand("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'");
            Assert.Equal(1L, await tables.ExecuteScalarAsync());
        }
        PostgresqlServer.Drop(connection);
    }
}
