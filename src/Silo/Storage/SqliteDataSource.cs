using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace ConsultHub.Storage;

/// <summary>
/// Connections to <c>hub.db</c> in the data path. They are pooled and durable: a commit that was acknowledged survives a power failure.
/// </summary>
public sealed class SqliteDataSource(string dataPath) : DbDataSource
{
    private readonly ThreadLocal<LastingConnection?> _ofThread = new();

    /// <summary>The full path of the database file.</summary>
    public string File { get; } = Path.GetFullPath(Path.Combine(dataPath, "hub.db"));

    /// <inheritdoc/>
    public override string ConnectionString => new SqliteConnectionStringBuilder { DataSource = File, Pooling = true }.ToString();

    /// <summary>
    /// Opens a connection for this thread. From now on, the thread gets this connection whenever it opens one, so that everything that the
    /// thread does can share a transaction.
    /// </summary>
    public SqliteConnection OpenForThisThread()
    {
        if (_ofThread.Value is { } open)
            return open;
        var connection = new LastingConnection(ConnectionString);
        Open(connection);
        return _ofThread.Value = connection;
    }

    /// <summary>Closes the connection of <see cref="OpenForThisThread"/>.</summary>
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

    /// <summary>Closes the pooled connections, so that the file can be moved or deleted.</summary>
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
            // Each commit waits for the disk. If another process has a lock on the file, SQLite itself waits, because the driver would wait
            // in steps of 150 ms.
            pragmas.CommandText = "PRAGMA synchronous = FULL; PRAGMA busy_timeout = 5000;";
            pragmas.ExecuteNonQuery();
        }
        catch
        {
            connection.Close();
            throw;
        }
    }

    /// <summary>A connection whose <c>Close</c> does nothing, so that its users cannot close it. Only <c>End</c> closes it.</summary>
    private sealed class LastingConnection(string connectionString) : SqliteConnection(connectionString)
    {
        public void End() => base.Close();

        // Dispose only calls Close, so it does nothing either.
        public override void Close() { }
    }
}
