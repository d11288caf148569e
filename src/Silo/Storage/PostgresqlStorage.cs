using ConsultHub.Journal;
using ConsultHub.Silo;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Npgsql;
using Orleans.Serialization;
using Orleans.Storage;

namespace ConsultHub.Storage;

/// <summary>The grain state and the reminders of a cluster, stored by Orleans' ADO.NET providers in PostgreSQL.</summary>
internal static class PostgresqlStorage
{
    /// <summary>The name that Orleans has for the driver.</summary>
    public const string Invariant = "Npgsql";

    /// <summary>
    /// The maximum number of connections of a node, unless the connection string sets another. Five nodes then stay below PostgreSQL's
    /// default of 100.
    /// </summary>
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

    /// <summary>Adds the database. Its schema is applied before anything else starts.</summary>
    public static void AddPostgresql(this IServiceCollection services)
    {
        services.AddSingleton(provider => Connect(provider.GetRequiredService<IOptions<HubOptions>>().Value.Cluster.ConnectionString));
        services.AddHostedService<PostgresqlStarter>();
    }

    private static NpgsqlDataSource Connect(string connectionString)
    {
        // ShouldSerialize says whether the connection string contains the keyword. ContainsKey only says whether such a keyword exists.
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        if (!settings.ShouldSerialize("Maximum Pool Size"))
            settings.MaxPoolSize = MostConnections;
        if (!settings.ShouldSerialize("Max Auto Prepare"))
            settings.MaxAutoPrepare = 30;
        // Encryption by Kerberos is off by default, because it looks up names. If no name server answers, each connection blocks a thread
        // for ten seconds.
        if (!settings.ShouldSerialize("GSS Encryption Mode"))
            settings.GssEncryptionMode = GssEncryptionMode.Disable;
        return NpgsqlDataSource.Create(settings);
    }
}
