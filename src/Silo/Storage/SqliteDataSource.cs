using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace ConsultHub.Storage;

/// <summary>Connections to <c>hub.db</c> in the data path: pooled, and durable, so that what has been acknowledged outlives a power cut.</summary>
public sealed class SqliteDataSource(string dataPath) : DbDataSource
{
    /// <summary>Full path of the database file.</summary>
    public string File { get; } = Path.GetFullPath(Path.Combine(dataPath, "hub.db"));

    /// <inheritdoc/>
    public override string ConnectionString => new SqliteConnectionStringBuilder { DataSource = File, Pooling = true }.ToString();

    /// <summary>Closes the pooled connections, so that the file can be moved or removed.</summary>
    protected override void Dispose(bool disposing)
    {
        using var connection = new SqliteConnection(ConnectionString);
        SqliteConnection.ClearPool(connection);
        base.Dispose(disposing);
    }

    /// <inheritdoc/>
    protected override DbConnection CreateDbConnection() => new SqliteConnection(ConnectionString);

    /// <inheritdoc/>
    protected override DbConnection OpenDbConnection()
    {
        var connection = base.OpenDbConnection();
        try
        {
            using var pragmas = connection.CreateCommand();
            // Each commit waits for the disk. On a lock (another process looks into the file) SQLite itself waits, finer than the driver's 150 ms steps.
            pragmas.CommandText = "PRAGMA synchronous = FULL; PRAGMA busy_timeout = 5000;";
            pragmas.ExecuteNonQuery();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    protected override ValueTask<DbConnection> OpenDbConnectionAsync(CancellationToken cancellationToken = default) => new(OpenDbConnection());
}
