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

/// <summary>Adds the grains, their storage and their reminders to a host.</summary>
public static class SiloHosting
{
    /// <summary>The id of the service. Every row of grain state and every reminder contains it, so it must never change.</summary>
    internal const string ServiceId = "consult-hub";

    /// <summary>
    /// How long a call from a process without a silo, such as a web node, to a grain may take. It is longer than the five seconds in which
    /// a failed silo is declared dead, and short enough for a person who waits.
    /// </summary>
    private static readonly TimeSpan ResponseTimeout = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Hosts a silo in this process with the settings in the section <c>Hub</c> of the configuration (<see cref="HubOptions"/>). Call this
    /// method before web services are added, so that the silo runs before requests arrive. If a setting is wrong, the hub does not start,
    /// and a message names the setting.
    /// </summary>
    public static IHostApplicationBuilder AddHubSilo(this IHostApplicationBuilder builder)
    {
        builder.Services.QuietenOrleans();
        return builder.UseOrleans(silo =>
            (IsCluster(silo.Configuration) ? silo.AddClustering() : silo.AddLoneSilo()).AddHubStorage().AddHubOperations()
        );
    }

    /// <summary>Connects to the silos of a cluster from a process without a silo, such as a web node.</summary>
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
            // If a silo or a connection fails, the calls that were sent to it fail after this time. Their callers can then repeat them.
            client.Configure<ClientMessagingOptions>(messages => messages.ResponseTimeout = ResponseTimeout);
            client.AddHubOperations();
        });
    }

    /// <summary>Whether the configuration makes this process a node of a cluster.</summary>
    public static bool IsCluster(IConfiguration configuration) => configuration["Hub:Cluster:Provider"] == ClusterOptions.Postgresql;

    /// <summary>
    /// Adds only the storage and the reminders, for a silo whose clustering is configured elsewhere, such as in a test cluster.
    /// </summary>
    public static ISiloBuilder AddHubStorage(this ISiloBuilder builder)
    {
        builder.Services.AddHubOptions();
        if (IsCluster(builder.Configuration))
            builder.AddPostgresqlStorage();
        else
            builder.AddSqliteStorage();
        // The writer is registered after the storage, because SQLite's storage creates the data path and locks it for this process.
        builder.Services.AddSingleton<AnchorWriter>();
        builder.Services.AddSingleton<IJournalAnchors>(services => services.GetRequiredService<AnchorWriter>());
        builder.Services.AddHostedService(services => services.GetRequiredService<AnchorWriter>());
        builder.Services.TryAddSingleton<AuthorityServices>();
        return builder;
    }

    /// <summary>
    /// Runs the host until it ends. If it cannot start for a reason that an operator can correct, prints a message and returns 1.
    /// </summary>
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

    /// <summary>
    /// Reduces the log of Orleans. By default, Orleans reports each step of its start and each retry. It also warns about the garbage
    /// collector's mode and about a watchdog that has just started. The filters are registered first, so that the configuration can
    /// override them.
    /// </summary>
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

    /// <summary>
    /// Adds the silo of a hub that is one process. It listens on no port: its port number is only a part of its name. It has no gateway.
    /// </summary>
    private static ISiloBuilder AddLoneSilo(this ISiloBuilder builder)
    {
        NoListeners.Replace(builder.Services);
        return builder.UseLocalhostClustering(gatewayPort: 0, serviceId: ServiceId, clusterId: ServiceId);
    }

    /// <summary>
    /// Adds a silo of a cluster. A silo that has failed is declared dead when it has missed three probes, one second apart, and two other
    /// silos have voted against it. This takes about five seconds. That is short enough for people who wait, and long enough that a pause
    /// for garbage collection is not taken for a failure.
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
