using System.Data;
using System.Data.Common;
using ConsultHub.Silo;
using ConsultHub.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Npgsql;

namespace ConsultHub.Backups;

/// <summary>The database that the configuration names, for the commands that copy or change it while the hub may be running.</summary>
internal sealed class HubDatabase
{
    private readonly DbDataSource _source;
    private readonly SqliteDataSource? _sqlite;

    private HubDatabase(DbDataSource source) => (_source, _sqlite) = (source, source as SqliteDataSource);

    public static HubDatabase Of(IServiceProvider services) =>
        new(
            services.GetRequiredService<IOptions<HubOptions>>().Value.Cluster.IsPostgresql
                ? services.GetRequiredService<NpgsqlDataSource>()
                : services.GetRequiredService<SqliteDataSource>()
        );

    /// <summary>The kind of database, as it is written in backups: <c>sqlite</c> or <c>postgresql</c>.</summary>
    public string Kind => _sqlite is null ? "postgresql" : "sqlite";

    public string Name => _sqlite?.File ?? new NpgsqlConnectionStringBuilder(_source.ConnectionString).Database!;

    /// <summary>The newest schema that this program knows for a kind of database, or null for an unknown kind.</summary>
    public static HubSchema? SchemaOf(string kind) =>
        kind switch
        {
            "sqlite" => HubSchema.Sqlite,
            "postgresql" => HubSchema.Postgresql,
            _ => null,
        };

    /// <summary>
    /// Begins a transaction that reads the whole database as it is at one moment. The hub can write meanwhile. The hub and this transaction
    /// do not wait for each other.
    /// </summary>
    /// <exception cref="BackupException">There is no database, or the database is newer than this program.</exception>
    public Task<DatabaseSession> ReadAsync() =>
        OpenAsync(connection =>
            connection is SqliteConnection sqlite
                ? sqlite.BeginTransaction(deferred: true)
                : connection.BeginTransaction(IsolationLevel.RepeatableRead)
        );

    /// <summary>
    /// Begins a transaction that may change the database while the hub runs. Keep it short, because SQLite's other writers wait for it.
    /// </summary>
    /// <inheritdoc cref="ReadAsync"/>
    public Task<DatabaseSession> ChangeAsync() =>
        OpenAsync(connection =>
            connection is SqliteConnection sqlite
                ? sqlite.BeginTransaction(deferred: false)
                : connection.BeginTransaction(IsolationLevel.ReadCommitted)
        );

    /// <summary>
    /// Begins a transaction that may change the database while no hub runs on it. Creates the database with this program's schema if it
    /// does not exist. No hub can start on the database until the transaction ends.
    /// </summary>
    /// <exception cref="StorageStartException">The data path is in use or cannot be used, or the database is newer than this
    /// program.</exception>
    /// <exception cref="BackupException">A hub runs on the database.</exception>
    public async Task<DatabaseSession> ClaimAsync()
    {
        if (_sqlite is { } sqlite)
        {
            var starter = new SqliteStarter(sqlite);
            await starter.StartingAsync(default);
            return await OpenAsync(connection => ((SqliteConnection)connection).BeginTransaction(deferred: false), starter);
        }
        await new PostgresqlStarter((NpgsqlDataSource)_source).StartingAsync(default);
        var session = await OpenAsync(connection => connection.BeginTransaction(IsolationLevel.ReadCommitted));
        await session.ExecuteAsync(HubSchema.TakeLock);
        if (
            await session.ScalarAsync(
                "SELECT count(*) FROM OrleansMembershipTable WHERE Status = 3 AND IAmAliveTime > now() - interval '2 minutes'"
            )
            is not 0L
        )
            throw new BackupException($"A hub runs on the database {Name}. Stop it first.");
        return session;
    }

    private async Task<DatabaseSession> OpenAsync(Func<DbConnection, DbTransaction> begin, SqliteStarter? held = null)
    {
        try
        {
            if (_sqlite is { } sqlite && !File.Exists(sqlite.File))
                throw new BackupException($"There is no database {Name}.");
            var connection = await _source.OpenConnectionAsync();
            var session = new DatabaseSession(connection, begin(connection), held);
            await CheckAsync(session);
            return session;
        }
        catch (DbException e)
        {
            held?.Dispose();
            throw new BackupException($"The database {Name} cannot be read: {e.Message}", e);
        }
    }

    private async Task CheckAsync(DatabaseSession session)
    {
        var (version, known) = (await session.SchemaVersionAsync(), SchemaOf(Kind)!.Steps.Length);
        if (version <= known)
            return;
        await session.DisposeAsync();
        throw new BackupException(
            $"The database {Name} has schema version {version}, but this program knows versions up to {known}. "
                + "Use the newer program that wrote it."
        );
    }
}
