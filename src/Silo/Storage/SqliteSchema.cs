using System.Collections.Immutable;
using System.Data.Common;
using System.Globalization;
using Microsoft.Data.Sqlite;

namespace ConsultHub.Storage;

/// <summary>
/// The tables in numbered steps and the queries that Orleans asks for. Applying it again changes nothing; starters that race take turns;
/// a database with steps that this program does not know is left alone.
/// </summary>
/// <param name="Steps">From version 1, in order; released ones never change.</param>
/// <param name="Queries">Text by Orleans' query key.</param>
internal sealed record SqliteSchema(ImmutableArray<string> Steps, ImmutableDictionary<string, string> Queries)
{
    /// <summary>What this program carries.</summary>
    public static SqliteSchema Shipped { get; } = new(
        [.. Read("sqlite/schema/").OrderBy(s => s.Name, StringComparer.Ordinal).Select(s => s.Text)],
        Read("sqlite/queries/").ToImmutableDictionary(q => q.Name, q => q.Text));

    /// <exception cref="StorageStartException">The database is newer than the program.</exception>
    public void Apply(SqliteDataSource database)
    {
        using var connection = database.OpenConnection();
        Execute(connection, null, "PRAGMA journal_mode = WAL;");
        // Takes the write lock at once: who comes second waits here and then finds everything done.
        using var transaction = ((SqliteConnection)connection).BeginTransaction(deferred: false);
        Execute(connection, transaction, "CREATE TABLE IF NOT EXISTS HubSchema (Version INTEGER NOT NULL PRIMARY KEY, AppliedOn TEXT NOT NULL);");
        var version = Convert.ToInt32(Execute(connection, transaction, "SELECT coalesce(max(Version), 0) FROM HubSchema;"), CultureInfo.InvariantCulture);
        if (version > Steps.Length)
            throw new StorageStartException(
                $"The database {database.File} has schema version {version}, but this program knows versions up to {Steps.Length}: start the newer program that wrote it.");
        for (; version < Steps.Length; version++)
        {
            Execute(connection, transaction, Steps[version]);
            Execute(connection, transaction, "INSERT INTO HubSchema VALUES (@version, datetime('now'));", ("@version", version + 1));
        }
        foreach (var (key, text) in Queries)
            Execute(connection, transaction, "INSERT INTO OrleansQuery VALUES (@key, @text) ON CONFLICT DO UPDATE SET QueryText = excluded.QueryText;", ("@key", key), ("@text", text));
        transaction.Commit();
    }

    private static object? Execute(DbConnection connection, DbTransaction? transaction, string sql, params (string Name, object Value)[] parameters)
    {
        using var command = connection.CreateCommand();
        (command.CommandText, command.Transaction) = (sql, transaction);
        foreach (var (name, value) in parameters) ((SqliteCommand)command).Parameters.AddWithValue(name, value);
        return command.ExecuteScalar();
    }

    private static IEnumerable<(string Name, string Text)> Read(string folder)
    {
        var assembly = typeof(SqliteSchema).Assembly;
        foreach (var name in assembly.GetManifestResourceNames().Where(n => n.StartsWith(folder, StringComparison.Ordinal)))
        {
            using StreamReader reader = new(assembly.GetManifestResourceStream(name)!);
            yield return (Path.GetFileNameWithoutExtension(name), reader.ReadToEnd());
        }
    }
}
