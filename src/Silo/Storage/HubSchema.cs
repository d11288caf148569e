using System.Collections.Immutable;
using System.Data;
using System.Data.Common;
using System.Globalization;
using Microsoft.Data.Sqlite;

namespace ConsultHub.Storage;

/// <summary>
/// The tables, in numbered steps, and the queries that Orleans needs. Applying the schema again changes nothing. Nodes that start at the
/// same time apply it one after the other. If a database has steps that this program does not know, an exception is thrown and nothing is
/// changed.
/// </summary>
/// <param name="Steps">The steps from version 1 on, in order. Released steps must never change.</param>
/// <param name="Queries">The text of each query by Orleans' query key.</param>
internal sealed record HubSchema(ImmutableArray<string> Steps, ImmutableDictionary<string, string> Queries)
{
    /// <summary>
    /// Takes the lock for the hub's schema. The lock has the same number on every node of a cluster, and it is released at the end of the
    /// transaction.
    /// </summary>
    public static readonly string TakeLock = FormattableString.Invariant($"SELECT pg_advisory_xact_lock({ClusterTurn.Schema});");

    /// <summary>The schema of the embedded hub.</summary>
    public static HubSchema Sqlite { get; } = Shipped("sqlite");

    /// <summary>The schema of a cluster.</summary>
    public static HubSchema Postgresql { get; } = Shipped("postgresql");

    private static HubSchema Shipped(string database) =>
        new(
            [.. Read(database + "/schema/").OrderBy(s => s.Name, StringComparer.Ordinal).Select(s => s.Text)],
            Read(database + "/queries/").ToImmutableDictionary(q => q.Name, q => q.Text)
        );

    /// <exception cref="StorageStartException">The database is newer than the program.</exception>
    public void Apply(SqliteDataSource database)
    {
        using var connection = (SqliteConnection)database.OpenConnection();
        Execute(connection, null, "PRAGMA journal_mode = WAL;");
        // This takes the write lock at once. A second process waits here. When it continues, the schema is already applied.
        using var transaction = connection.BeginTransaction(deferred: false);
        Apply(connection, transaction, database.File);
        transaction.Commit();
    }

    /// <summary>Applies the schema to a PostgreSQL database.</summary>
    /// <exception cref="StorageStartException">The database is newer than the program.</exception>
    public void Apply(DbDataSource database)
    {
        using var connection = database.OpenConnection();
        using var transaction = connection.BeginTransaction(IsolationLevel.ReadCommitted);
        Execute(connection, transaction, TakeLock);
        Apply(connection, transaction, connection.Database);
        transaction.Commit();
    }

    private void Apply(DbConnection connection, DbTransaction transaction, string name)
    {
        Execute(
            connection,
            transaction,
            "CREATE TABLE IF NOT EXISTS HubSchema (Version INTEGER NOT NULL PRIMARY KEY, AppliedOn TEXT NOT NULL);"
        );
        var version = Convert.ToInt32(
            Execute(connection, transaction, "SELECT coalesce(max(Version), 0) FROM HubSchema;"),
            CultureInfo.InvariantCulture
        );
        if (version > Steps.Length)
            throw new StorageStartException(
                $"The database {name} has schema version {version}, but this program knows versions up to {Steps.Length}. "
                    + "Start the newer program that wrote it."
            );
        for (; version < Steps.Length; version++)
        {
            Execute(connection, transaction, Steps[version]);
            Execute(
                connection,
                transaction,
                "INSERT INTO HubSchema (Version, AppliedOn) VALUES (@version, @now);",
                ("@version", version + 1),
                ("@now", DateTimeOffset.UtcNow.ToString("u", CultureInfo.InvariantCulture))
            );
        }
        foreach (var (key, text) in Queries)
            Execute(
                connection,
                transaction,
                "INSERT INTO OrleansQuery (QueryKey, QueryText) VALUES (@key, @text) "
                    + "ON CONFLICT (QueryKey) DO UPDATE SET QueryText = excluded.QueryText;",
                ("@key", key),
                ("@text", text)
            );
    }

    private static object? Execute(
        DbConnection connection,
        DbTransaction? transaction,
        string sql,
        params (string Name, object Value)[] parameters
    )
    {
        using var command = connection.CreateCommand();
        (command.CommandText, command.Transaction) = (sql, transaction);
        foreach (var (name, value) in parameters)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, value);
            command.Parameters.Add(parameter);
        }
        return command.ExecuteScalar();
    }

    private static IEnumerable<(string Name, string Text)> Read(string folder)
    {
        var assembly = typeof(HubSchema).Assembly;
        foreach (var name in assembly.GetManifestResourceNames().Where(n => n.StartsWith(folder, StringComparison.Ordinal)))
        {
            using StreamReader reader = new(assembly.GetManifestResourceStream(name)!);
            yield return (Path.GetFileNameWithoutExtension(name), reader.ReadToEnd());
        }
    }
}
