using Npgsql;

namespace ConsultHub.Storage;

/// <summary>
/// A lock that one node of a cluster holds while the others wait. It is released when it is disposed, and when the node or its connection
/// ends.
/// </summary>
internal sealed class ClusterTurn : IAsyncDisposable
{
    /// <summary>The numbers of the locks, the same on every node: one for the schema and one for the demo network.</summary>
    public const long Schema = 4853762011,
        Demo = 4853762012;

    private readonly NpgsqlConnection _connection;
    private NpgsqlTransaction? _transaction;

    private ClusterTurn(NpgsqlConnection connection) => _connection = connection;

    /// <summary>Waits for the lock, without a time limit.</summary>
    public static async Task<ClusterTurn> TakeAsync(NpgsqlDataSource database, long what, CancellationToken cancel)
    {
        var turn = new ClusterTurn(await database.OpenConnectionAsync(cancel));
        try
        {
            turn._transaction = await turn._connection.BeginTransactionAsync(cancel);
            await using var command = new NpgsqlCommand($"SELECT pg_advisory_xact_lock({what})", turn._connection, turn._transaction)
            {
                CommandTimeout = 0,
            };
            await command.ExecuteNonQueryAsync(cancel);
            return turn;
        }
        catch
        {
            await turn.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_transaction is not null)
            await _transaction.DisposeAsync();
        await _connection.DisposeAsync();
    }
}
