using ConsultHub.Anchors;
using ConsultHub.Journal;
using ConsultHub.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;
using Orleans.Configuration;

namespace ConsultHub.Silo;

/// <summary>Puts the grains, their storage and their reminders into a host.</summary>
public static class SiloHosting
{
    /// <summary>What stored rows and the cluster are known by. Stored rows carry it: it never changes.</summary>
    internal const string ServiceId = "consult-hub";

    /// <summary>Well above the five seconds in which a silo is declared dead, and within a person's patience.</summary>
    private static readonly TimeSpan ResponseTimeout = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Hosts a silo in this process, as the section <c>Hub</c> of the configuration says (<see cref="HubOptions"/>). Call it before adding
    /// web services: the silo then is up before requests arrive. A wrong setting stops the start with a sentence that names it.
    /// </summary>
    public static IHostApplicationBuilder AddHubSilo(this IHostApplicationBuilder builder)
    {
        builder.Services.QuietenOrleans();
        return builder.UseOrleans(silo =>
            (IsCluster(silo.Configuration) ? silo.AddClustering() : silo.AddLoneSilo()).AddHubStorage().AddHubOperations()
        );
    }

    /// <summary>Reaches the silos of a cluster from a process that hosts none, such as a web node.</summary>
    public static IHostApplicationBuilder AddHubClient(this IHostApplicationBuilder builder)
    {
        builder.Services.QuietenOrleans();
        builder.Services.AddHubOptions();
        builder.Services.AddPostgresql();
        return builder.UseOrleansClient(client =>
        {
            client.UseAdoNetClustering(options =>
                options.Configure<NpgsqlDataSource>(
                    (clustering, database) => (clustering.Invariant, clustering.DataSource) = (PostgresqlStorage.Invariant, database)
                )
            );
            client.Services.AddOptions<Orleans.Configuration.ClusterOptions>().Configure<IOptions<HubOptions>>(NameCluster);
            client.Configure<GatewayOptions>(gateways => gateways.GatewayListRefreshPeriod = TimeSpan.FromSeconds(2));
            // A call that went down with a silo or its connection is answered for by then, and whoever gave it gives it again.
            client.Configure<ClientMessagingOptions>(messages => messages.ResponseTimeout = ResponseTimeout);
            client.AddHubOperations();
        });
    }

    /// <summary>Whether the configuration says that this process is one node of a cluster.</summary>
    public static bool IsCluster(IConfiguration configuration) => configuration["Hub:Cluster:Provider"] == ClusterOptions.Postgresql;

    /// <summary>The storage and reminders alone, for a silo whose clustering is configured elsewhere, such as a test cluster.</summary>
    public static ISiloBuilder AddHubStorage(this ISiloBuilder builder)
    {
        builder.Services.AddHubOptions();
        if (IsCluster(builder.Configuration))
            builder.AddPostgresqlStorage();
        else
            builder.AddSqliteStorage();
        // After the storage, which makes the data path and holds it for this process.
        builder.Services.AddSingleton<AnchorWriter>();
        builder.Services.AddSingleton<IJournalAnchors>(services => services.GetRequiredService<AnchorWriter>());
        builder.Services.AddHostedService(services => services.GetRequiredService<AnchorWriter>());
        builder.Services.TryAddSingleton<AuthorityServices>();
        return builder;
    }

    /// <summary>Runs the host to its end. Where it cannot start, for a reason that an operator can mend, says so in a sentence and returns
    /// 1.</summary>
    public static async Task<int> RunHubAsync(this IHost host)
    {
        try
        {
            await host.RunAsync();
            return 0;
        }
        catch (Exception e) when (e is OptionsValidationException or StorageStartException)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 1;
        }
    }

    /// <summary>Orleans narrates its start and each of its own tries, and warns of the garbage collector's mode and of a watch that has
    /// just begun. First in line, so that configuration overrides it.</summary>
    private static void QuietenOrleans(this IServiceCollection services) =>
        services.Insert(
            0,
            ServiceDescriptor.Singleton<IConfigureOptions<LoggerFilterOptions>>(
                new ConfigureOptions<LoggerFilterOptions>(filters =>
                    filters
                        .AddFilter("Orleans", LogLevel.Warning)
                        .AddFilter("Polly", LogLevel.Error)
                        .AddFilter("Orleans.Runtime.Silo", LogLevel.Error)
                        .AddFilter("Orleans.Runtime.Watchdog", LogLevel.Error)
                )
            )
        );

    private static void AddHubOptions(this IServiceCollection services)
    {
        services
            .AddOptions<HubOptions>()
            .ValidateOnStart()
            .Configure<IConfiguration>(
                (options, configuration) =>
                {
                    try
                    {
                        configuration.GetSection("Hub").Bind(options);
                    }
                    catch (InvalidOperationException e)
                    {
                        throw new OptionsValidationException("Hub", typeof(HubOptions), [e.Message]);
                    }
                }
            );
        services.AddSingleton<IValidateOptions<HubOptions>, HubOptionsValidator>();
    }

    /// <summary>A silo that is alone. Its port is part of its name only; there is no gateway.</summary>
    private static ISiloBuilder AddLoneSilo(this ISiloBuilder builder)
    {
        NoListeners.Replace(builder.Services);
        return builder.UseLocalhostClustering(gatewayPort: 0, serviceId: ServiceId, clusterId: ServiceId);
    }

    /// <summary>
    /// A silo that is gone is declared dead after three missed probes a second apart and two votes, about five seconds: soon enough for
    /// people who wait, and long enough to tell it from a collection of garbage.
    /// </summary>
    private static ISiloBuilder AddClustering(this ISiloBuilder builder)
    {
        builder.UseAdoNetClustering(options =>
            options.Configure<NpgsqlDataSource>(
                (clustering, database) => (clustering.Invariant, clustering.DataSource) = (PostgresqlStorage.Invariant, database)
            )
        );
        builder.Services.AddOptions<Orleans.Configuration.ClusterOptions>().Configure<IOptions<HubOptions>>(NameCluster);
        builder.Configure<ClusterMembershipOptions>(members =>
        {
            members.ProbeTimeout = TimeSpan.FromSeconds(1);
            members.NumMissedProbesLimit = 3;
            members.TableRefreshTimeout = TimeSpan.FromSeconds(5);
            members.IAmAliveTablePublishTimeout = TimeSpan.FromSeconds(10);
            members.DefunctSiloExpiration = TimeSpan.FromDays(1);
            members.DefunctSiloCleanupPeriod = TimeSpan.FromHours(1);
        });
        return builder.UsePorts();
    }

    private static void NameCluster(Orleans.Configuration.ClusterOptions cluster, IOptions<HubOptions> hub) =>
        (cluster.ServiceId, cluster.ClusterId) = (ServiceId, hub.Value.Cluster.Id);

    private static ISiloBuilder UsePorts(this ISiloBuilder builder)
    {
        builder.Services.AddSingleton<SiloPorts>();
        builder
            .Services.AddOptions<EndpointOptions>()
            .Configure<SiloPorts>(
                (endpoint, ports) =>
                    (endpoint.AdvertisedIPAddress, endpoint.SiloPort, endpoint.GatewayPort) = (ports.Address, ports.Silo, ports.Gateway)
            );
        return builder;
    }
}
