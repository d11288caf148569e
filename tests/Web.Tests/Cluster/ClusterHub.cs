using System.Diagnostics;
using System.Globalization;
using ConsultHub.Silo;
using ConsultHub.Tests.Fixtures;
using ConsultHub.Tests.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using Orleans.Runtime;

namespace ConsultHub.Tests.Cluster;

/// <summary>Two silos and two web nodes as separate processes on a new database. All of them start at the same moment.</summary>
public sealed class ClusterHub : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly Dictionary<int, ClusterNode> _silos = []; // the keys are the silo ports
    private readonly Dictionary<Uri, ClusterNode> _webs = [];
    private readonly HttpClient _http = new();
    private NpgsqlDataSource? _database;
    private DirectoryInfo? _files; // for recordings and slides; the web nodes share it
    private IHost? _client;

    internal NpgsqlDataSource Database => _database!;

    public Uri[] Webs => [.. _webs.Keys];

    private IEnumerable<ClusterNode> Nodes => _silos.Values.Concat(_webs.Values);

    internal ClusterNode Web(Uri address) => _webs[address];

    internal static Dictionary<string, string> Settings(string database) =>
        new()
        {
            ["Hub__Cluster__Provider"] = "postgresql",
            ["Hub__Cluster__ConnectionString"] = database,
            ["Hub__Drain"] = "00:00:02",
            ["Hub__Demo__Password"] = HubHost.Password,
            ["Hub__Limits__Times"] = "1000",
            ["DOTNET_gcServer"] = "0",
        };

    public async ValueTask InitializeAsync()
    {
        if (PostgresqlServer.IsMissing)
            return;
        var connection = await PostgresqlServer.NewDatabaseAsync();
        _database = NpgsqlDataSource.Create(connection);
        _files = Directory.CreateTempSubdirectory("hub-cluster-");
        for (var i = 0; i < 2; i++)
        {
            var silo = HubHost.FreePort();
            _silos[silo] = new(
                "ConsultHub.Silo.dll",
                new Dictionary<string, string>(Settings(connection))
                {
                    ["Hub__Silo__SiloPort"] = silo.ToString(CultureInfo.InvariantCulture),
                }
            );
            var web = new Uri($"http://127.0.0.1:{HubHost.FreePort()}/");
            _webs[web] = new(
                "ConsultHub.Web.dll",
                new Dictionary<string, string>(Settings(connection))
                {
                    ["ASPNETCORE_URLS"] = web.GetLeftPart(UriPartial.Authority),
                    ["Hub__DataPath"] = _files.FullName,
                }
            );
        }
        await ReadyAsync();
        var builder = Host.CreateApplicationBuilder();
        builder.Configuration.AddInMemoryCollection([
            new("Hub:Cluster:Provider", "postgresql"),
            new("Hub:Cluster:ConnectionString", connection),
        ]);
        builder.AddHubClient();
        _client = builder.Build();
        await _client.StartAsync();
    }

    /// <summary>Starts the nodes that are down and waits until all nodes are ready.</summary>
    public async Task ReadyAsync()
    {
        foreach (var node in Nodes)
            if (!node.IsUp)
                node.Start();
        for (var since = Stopwatch.StartNew(); ; await Task.Delay(100))
        {
            try
            {
                if (await AreReadyAsync())
                    return;
            }
            catch (NpgsqlException)
            {
                // The database is restarting.
            }
            AssertNoneEnded();
            Assert.True(since.Elapsed < Patience, "The cluster did not start:\n" + string.Join("\n\n", Nodes.Select(n => n.Said)));
        }
    }

    public void AssertNoneEnded()
    {
        if (Nodes.FirstOrDefault(n => !n.IsUp) is { } ended)
            Assert.Fail("A node has ended:\n" + ended.Said);
    }

    private async Task<bool> AreReadyAsync()
    {
        foreach (var web in _webs.Keys)
            if (!await IsReadyAsync(web))
                return false;
        foreach (var (port, silo) in _silos)
        {
            await using var active = Database.CreateCommand(
                "SELECT count(*) FROM OrleansMembershipTable WHERE Status = 3 AND Port = $1 AND StartTime > $2"
            );
            active.Parameters.AddWithValue(port);
            active.Parameters.AddWithValue(silo.Since.AddSeconds(-1));
            if ((long)(await active.ExecuteScalarAsync())! != 1)
                return false;
        }
        return true;
    }

    private async Task<bool> IsReadyAsync(Uri web)
    {
        try
        {
            using var answer = await _http.GetAsync(new Uri(web, "health/ready"));
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    /// <summary>The silo on which a grain is active now.</summary>
    internal async Task<ClusterNode> HolderAsync(Func<IGrainFactory, IAddressable> grain)
    {
        var grains = _client!.Services.GetRequiredService<IGrainFactory>();
        var at = await grains.GetGrain<IManagementGrain>(0).GetActivationAddress(grain(grains));
        return _silos[Assert.IsType<SiloAddress>(at).Endpoint.Port];
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        if (_database is not { } database)
            return;
        if (_client is { } client)
        {
            await client.StopAsync();
            client.Dispose();
        }
        foreach (var node in Nodes)
            node.Dispose();
        await database.DisposeAsync();
        PostgresqlServer.Drop(database.ConnectionString);
        _files!.Delete(recursive: true);
    }
}
