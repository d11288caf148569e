using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;
using Orleans.Storage;

namespace ConsultHub.Storage;

/// <summary>
/// Does all writes to SQLite on one thread while the silo runs. The driver blocks while it waits for the disk or for a lock, and SQLite
/// allows one writer at a time. A caller that waits for its turn blocks no thread, so the thread pool stays free. Writes of this
/// process never meet each other's locks. Up to 128 writes that wait when a turn begins share one transaction and one wait for the disk.
/// </summary>
public sealed class SqliteWriter : IDisposable
{
    private const int MostATurn = 128;

    private readonly SqliteDataSource _database;
    private readonly BlockingCollection<Write> _waiting = [];

    /// <summary>Starts the thread. It ends after the last write that was added before <see cref="Dispose"/>.</summary>
    public SqliteWriter(SqliteDataSource database)
    {
        _database = database;
        new Thread(Run) { IsBackground = true, Name = "hub.db writer" }.Start();
    }

    /// <summary>Does the write when its turn comes. The task completes when the write is on the disk.</summary>
    /// <param name="write">The write. If its turn fails, it is done again alone, so that a write that breaks its transaction does not
    /// affect others.</param>
    /// <exception cref="InvalidOperationException">The hub has stopped.</exception>
    public Task<T> RunAsync<T>(Func<Task<T>> write)
    {
        var waiting = new Write<T>(write);
        _waiting.Add(waiting);
        return waiting.Done;
    }

    /// <inheritdoc cref="RunAsync{T}"/>
    public Task RunAsync(Func<Task> write) =>
        RunAsync(async () =>
        {
            await write();
            return true;
        });

    /// <summary>Refuses further writes. Writes that are already waiting are still done.</summary>
    public void Dispose() => _waiting.CompleteAdding();

    private void Run()
    {
        List<Write> turn = [];
        foreach (var first in _waiting.GetConsumingEnumerable())
        {
            turn.Add(first);
            while (turn.Count < MostATurn && _waiting.TryTake(out var next))
                turn.Add(next);
            if (Commit(turn) is { } failure)
                foreach (var write in turn)
                    write.Failure = turn.Count == 1 ? failure : Commit([write]);
            foreach (var write in turn)
                write.Tell();
            turn.Clear();
        }
        _database.CloseOfThisThread();
    }

    /// <returns>The reason why nothing was stored, or null.</returns>
    private Exception? Commit(List<Write> writes)
    {
        try
        {
            var connection = _database.OpenForThisThread();
            Execute(connection, "BEGIN IMMEDIATE");
            try
            {
                foreach (var write in writes)
                    write.Do();
                Execute(connection, "COMMIT");
                return null;
            }
            catch
            {
                // After a severe failure SQLite has already ended the transaction.
                if (SQLitePCL.raw.sqlite3_get_autocommit(connection.Handle) == 0)
                    Execute(connection, "ROLLBACK");
                throw;
            }
        }
        catch (Exception failure)
        {
            return failure;
        }
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private abstract class Write
    {
        /// <summary>The reason why the write was not stored, or null.</summary>
        public Exception? Failure { get; set; }

        /// <summary>Does the write. A version conflict is a normal answer and changes nothing, so the transaction goes on.</summary>
        public abstract void Do();

        public abstract void Tell();
    }

    private sealed class Write<T>(Func<Task<T>> write) : Write
    {
        private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private InconsistentStateException? _conflict;
        private T? _result;

        public Task<T> Done => _done.Task;

        public override void Do()
        {
            _conflict = null;
            try
            {
                _result = write().GetAwaiter().GetResult();
            }
            catch (InconsistentStateException conflict)
            {
                _conflict = conflict;
            }
        }

        public override void Tell()
        {
            if ((Failure ?? _conflict) is { } failure)
                _done.SetException(failure);
            else
                _done.SetResult(_result!);
        }
    }
}
