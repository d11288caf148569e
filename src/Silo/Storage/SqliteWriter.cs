using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;
using Orleans.Storage;

namespace ConsultHub.Storage;

/// <summary>
/// The one thread that writes to SQLite. The driver blocks while it waits for the disk or for a lock, and SQLite has one writer at a
/// time anyway: here writers wait their turn without a thread each, none meets a busy lock, and the thread pool stays free. All that wait
/// when a turn comes share one transaction, and with it one wait for the disk.
/// </summary>
public sealed class SqliteWriter : IDisposable
{
    private const int MostATurn = 128;

    private readonly SqliteDataSource _database;
    private readonly BlockingCollection<Write> _waiting = [];

    /// <summary>Starts the thread; it ends with the last write before <see cref="Dispose"/>.</summary>
    public SqliteWriter(SqliteDataSource database)
    {
        _database = database;
        new Thread(Run) { IsBackground = true, Name = "hub.db writer" }.Start();
    }

    /// <summary>Does the write when its turn comes and completes once it is on the disk.</summary>
    /// <param name="write">Done again, alone, where the turn failed: so a write that spoils its transaction spoils no other.</param>
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

    /// <summary>Refuses further writes; those that wait are still done.</summary>
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

    /// <returns>Why nothing of it was stored, or null.</returns>
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
                // A severe fault has ended the transaction already.
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
        /// <summary>Why it was not stored.</summary>
        public Exception? Failure { get; set; }

        /// <summary>A version conflict is an answer, not a fault: it changes nothing, so the transaction goes on.</summary>
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
