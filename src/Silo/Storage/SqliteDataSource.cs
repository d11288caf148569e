using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace ConsultHub.Storage;

/// <summary>Connections to <c>hub.db</c> in the data path: pooled, and durable, so that what has been acknowledged outlives a power
/// cut.</summary>
public sealed class SqliteDataSource(string dataPath) : DbDataSource
{
    private readonly ThreadLocal<LastingConnection?> _ofThread = new();

    /// <summary>Full path of the database file.</summary>
    public string File { get; } = Path.GetFullPath(Path.Combine(dataPath, "hub.db"));

    /// <inheritdoc/>
    public override string ConnectionString => new SqliteConnectionStringBuilder { DataSource = File, Pooling = true }.ToString();

    /// <summary>The connection that this thread gets from now on whenever it opens one, so that all it does may share a
    /// transaction.</summary>
    public SqliteConnection OpenForThisThread()
    {
        if (_ofThread.Value is { } open)
            return open;
        var connection = new LastingConnection(ConnectionString);
        Open(connection);
        return _ofThread.Value = connection;
    }

    /// <summary>Ends what <see cref="OpenForThisThread"/> began.</summary>
    public void CloseOfThisThread()
    {
        _ofThread.Value?.End();
        _ofThread.Value = null;
    }

    /// <inheritdoc/>
    protected override DbConnection CreateDbConnection() => new SqliteConnection(ConnectionString);

    /// <inheritdoc/>
    protected override DbConnection OpenDbConnection()
    {
        if (_ofThread.Value is { } open)
            return open;
        var connection = new SqliteConnection(ConnectionString);
        Open(connection);
        return connection;
    }

    /// <inheritdoc/>
    protected override ValueTask<DbConnection> OpenDbConnectionAsync(CancellationToken cancellationToken = default) =>
        new(OpenDbConnection());

    /// <summary>Closes the pooled connections, so that the file can be moved or removed.</summary>
    protected override void Dispose(bool disposing)
    {
        using var connection = new SqliteConnection(ConnectionString);
        SqliteConnection.ClearPool(connection);
        base.Dispose(disposing);
    }

    private static void Open(SqliteConnection connection)
    {
        try
        {
            connection.Open();
            using var pragmas = connection.CreateCommand();
            // Each commit waits for the disk. On a lock (another process looks into the file) SQLite itself waits, finer than the driver's
            // 150 ms steps.
            pragmas.CommandText = "PRAGMA synchronous = FULL; PRAGMA busy_timeout = 5000;";
            pragmas.ExecuteNonQuery();
        }
        catch
        {
            connection.Close();
            throw;
        }
    }

    /// <summary>Stays open where its user, who believes to have opened it, closes it.</summary>
    private sealed class LastingConnection(string connectionString) : SqliteConnection(connectionString)
    {
        public void End() => base.Close();

        // Disposing closes, and so does nothing either.
        public override void Close() { }
    }
}
