using ConsultHub.Journal;
using ConsultHub.Silo;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Runtime;
using Orleans.Serialization;
using Orleans.Storage;

namespace ConsultHub.Storage;

/// <summary>
/// The grain state and the reminders of the embedded hub, stored by Orleans' ADO.NET providers in SQLite, one write at a time.
/// </summary>
internal static class SqliteStorage
{
    private const string InnerName = "hub-ado-net";

    /// <summary>The name that Orleans has for Microsoft.Data.Sqlite.</summary>
    private const string Invariant = "System.Data.SQLite";

    public static void AddSqliteStorage(this ISiloBuilder builder)
    {
        builder.Services.AddSingleton(services => new SqliteDataSource(services.GetRequiredService<IOptions<HubOptions>>().Value.DataPath));
        builder.Services.AddHostedService<SqliteStarter>();
        builder.Services.AddSingleton<SqliteWriter>();
        builder.AddAdoNetGrainStorage(
            InnerName,
            storage =>
                storage.Configure<SqliteDataSource, Serializer>(
                    (options, database, serializer) =>
                    {
                        options.Invariant = Invariant;
                        options.DataSource = database;
                        options.GrainStorageSerializer = new OrleansGrainStorageSerializer(serializer);
                    }
                )
        );
        builder.Services.AddKeyedSingleton<IGrainStorage>(
            AuthorityServices.StorageName,
            (services, _) =>
                new GatedGrainStorage(
                    services.GetRequiredKeyedService<IGrainStorage>(InnerName),
                    services.GetRequiredService<SqliteWriter>()
                )
        );
        builder.UseAdoNetReminderService(reminders =>
            reminders.Configure<SqliteDataSource>(
                (options, database) =>
                {
                    options.Invariant = Invariant;
                    options.DataSource = database;
                }
            )
        );
        builder.Services.DecorateReminderTable();
    }

    private static void DecorateReminderTable(this IServiceCollection services)
    {
        var inner = services.Last(s => s.ServiceType == typeof(IReminderTable));
        services.Remove(inner);
        services.AddSingleton<IReminderTable>(provider => new GatedReminderTable(
            (IReminderTable)ActivatorUtilities.CreateInstance(provider, inner.ImplementationType!),
            provider.GetRequiredService<SqliteWriter>()
        ));
    }
}
