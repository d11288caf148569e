using ConsultHub.Journal;
using ConsultHub.Silo;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Npgsql;
using Orleans.Serialization;
using Orleans.Storage;

namespace ConsultHub.Storage;

/// <summary>Grain state and reminders of a cluster: Orleans' ADO.NET providers on PostgreSQL.</summary>
internal static class PostgresqlStorage
{
    /// <summary>Orleans' name for the driver.</summary>
    public const string Invariant = "Npgsql";

    /// <summary>Connections a node keeps at most, unless the connection string says otherwise: five nodes fit PostgreSQL's
    /// hundred.</summary>
    private const int MostConnections = 18;

    public static void AddPostgresqlStorage(this ISiloBuilder builder)
    {
        builder.Services.AddPostgresql();
        builder.AddAdoNetGrainStorage(
            AuthorityServices.StorageName,
            storage =>
                storage.Configure<NpgsqlDataSource, Serializer>(
                    (options, database, serializer) =>
                    {
                        options.Invariant = Invariant;
                        options.DataSource = database;
                        options.GrainStorageSerializer = new OrleansGrainStorageSerializer(serializer);
                    }
                )
        );
        builder.UseAdoNetReminderService(reminders =>
            reminders.Configure<NpgsqlDataSource>(
                (options, database) =>
                {
                    options.Invariant = Invariant;
                    options.DataSource = database;
                }
            )
        );
    }

    /// <summary>The database, with this program's schema before anything else starts.</summary>
    public static void AddPostgresql(this IServiceCollection services)
    {
        services.AddSingleton(provider => Connect(provider.GetRequiredService<IOptions<HubOptions>>().Value.Cluster.ConnectionString));
        services.AddHostedService<PostgresqlStarter>();
    }

    private static NpgsqlDataSource Connect(string connectionString)
    {
        // ShouldSerialize tells what the connection string says; ContainsKey, whether there is such a keyword at all.
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        if (!settings.ShouldSerialize("Maximum Pool Size"))
            settings.MaxPoolSize = MostConnections;
        if (!settings.ShouldSerialize("Max Auto Prepare"))
            settings.MaxAutoPrepare = 30;
        // Unless asked for: Kerberos looks names up, which stops a thread for ten seconds a connection where nobody answers.
        if (!settings.ShouldSerialize("GSS Encryption Mode"))
            settings.GssEncryptionMode = GssEncryptionMode.Disable;
        return NpgsqlDataSource.Create(settings);
    }
}
