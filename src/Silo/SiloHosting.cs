using System.Net;
using ConsultHub.Journal;
using ConsultHub.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Runtime;
using Orleans.Serialization;
using Orleans.Storage;

namespace ConsultHub.Silo;

/// <summary>Puts the grains, their storage and their reminders into a host.</summary>
public static class SiloHosting
{
    /// <summary>What stored rows and the cluster are known by. Stored rows carry it: it never changes.</summary>
    private const string ServiceId = "consult-hub";

    private const string InnerStorageName = "hub-ado-net";

    /// <summary>Orleans' name for Microsoft.Data.Sqlite.</summary>
    private const string SqliteInvariant = "System.Data.SQLite";

    /// <summary>
    /// Hosts a silo in this process, as the section <c>Hub</c> of the configuration says (<see cref="HubOptions"/>). Call it before adding
    /// web services: the silo then is up before requests arrive. A wrong setting stops the start with a sentence that names it.
    /// </summary>
    public static IHostApplicationBuilder AddHubSilo(this IHostApplicationBuilder builder)
    {
        builder.Services.QuietenOrleans();
        return builder.UseOrleans(silo => silo.AddLoopbackClustering().AddHubStorage());
    }

    /// <summary>The storage and reminders alone, for a silo whose clustering is configured elsewhere, such as a test cluster.</summary>
    public static ISiloBuilder AddHubStorage(this ISiloBuilder builder)
    {
        builder.Services.AddHubOptions();
        builder.Services.AddSingleton(services => new SqliteDataSource(services.GetRequiredService<IOptions<HubOptions>>().Value.DataPath));
        builder.Services.AddHostedService<SqliteStarter>();
        builder.Services.AddSingleton<SqliteWriter>();
        builder.AddAdoNetGrainStorage(InnerStorageName, storage => storage.Configure<SqliteDataSource, Serializer>((options, database, serializer) =>
        {
            options.Invariant = SqliteInvariant;
            options.DataSource = database;
            options.GrainStorageSerializer = new OrleansGrainStorageSerializer(serializer);
        }));
        builder.Services.AddKeyedSingleton<IGrainStorage>(AuthorityServices.StorageName, (services, _) => new GatedGrainStorage(
            services.GetRequiredKeyedService<IGrainStorage>(InnerStorageName), services.GetRequiredService<SqliteWriter>()));
        builder.UseAdoNetReminderService(reminders => reminders.Configure<SqliteDataSource>((options, database) =>
        {
            options.Invariant = SqliteInvariant;
            options.DataSource = database;
        }));
        builder.Services.DecorateReminderTable();
        builder.Services.TryAddSingleton<AuthorityServices>();
        return builder;
    }

    /// <summary>Runs the host to its end. Where it cannot start, for a reason that an operator can mend, says so in a sentence and returns 1.</summary>
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

    /// <summary>Orleans narrates its start, and warns of the garbage collector's mode and of a watch that has just begun. First in line, so that configuration overrides it.</summary>
    private static void QuietenOrleans(this IServiceCollection services) => services.Insert(0, ServiceDescriptor.Singleton<IConfigureOptions<LoggerFilterOptions>>(
        new ConfigureOptions<LoggerFilterOptions>(filters => filters
            .AddFilter("Orleans", LogLevel.Warning)
            .AddFilter("Orleans.Runtime.Silo", LogLevel.Error)
            .AddFilter("Orleans.Runtime.Watchdog", LogLevel.Error))));

    private static void AddHubOptions(this IServiceCollection services)
    {
        services.AddOptions<HubOptions>().ValidateOnStart().Configure<IConfiguration>((options, configuration) =>
        {
            try
            {
                configuration.GetSection("Hub").Bind(options);
            }
            catch (InvalidOperationException e)
            {
                throw new OptionsValidationException("Hub", typeof(HubOptions), [e.Message]);
            }
        });
        services.AddSingleton<IValidateOptions<HubOptions>, HubOptionsValidator>();
    }

    private static ISiloBuilder AddLoopbackClustering(this ISiloBuilder builder)
    {
        builder.UseLocalhostClustering(serviceId: ServiceId, clusterId: ServiceId);
        builder.Services.AddSingleton<SiloPorts>();
        builder.Services.AddOptions<EndpointOptions>().Configure<SiloPorts>((endpoint, ports) =>
            (endpoint.AdvertisedIPAddress, endpoint.SiloPort, endpoint.GatewayPort) = (IPAddress.Loopback, ports.Silo, ports.Gateway));
        return builder;
    }

    private static void DecorateReminderTable(this IServiceCollection services)
    {
        var inner = services.Last(s => s.ServiceType == typeof(IReminderTable));
        services.Remove(inner);
        services.AddSingleton<IReminderTable>(provider => new GatedReminderTable(
            (IReminderTable)ActivatorUtilities.CreateInstance(provider, inner.ImplementationType!), provider.GetRequiredService<SqliteWriter>()));
    }
}
