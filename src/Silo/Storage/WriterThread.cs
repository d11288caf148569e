using System.Collections.Concurrent;

namespace ConsultHub.Storage;

/// <summary>
/// The one thread that writes to SQLite. The driver blocks while it waits for the disk or for a lock, and SQLite has one writer at a
/// time anyway: here writers wait their turn without a thread each, none meets a busy lock, and the thread pool stays free.
/// </summary>
public sealed class WriterThread : IDisposable
{
    private readonly BlockingCollection<Action> _writes = [];

    /// <summary>Starts the thread; it ends with the last write before <see cref="Dispose"/>.</summary>
    public WriterThread() => new Thread(Run) { IsBackground = true, Name = "hub.db writer" }.Start();

    /// <summary>Does the write when its turn comes; completes as it does.</summary>
    /// <exception cref="InvalidOperationException">The hub has stopped.</exception>
    public Task<T> RunAsync<T>(Func<Task<T>> write)
    {
        TaskCompletionSource<T> done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _writes.Add(() =>
        {
            try
            {
                done.SetResult(write().GetAwaiter().GetResult());
            }
            catch (Exception failure)
            {
                done.SetException(failure);
            }
        });
        return done.Task;
    }

    /// <inheritdoc cref="RunAsync{T}"/>
    public Task RunAsync(Func<Task> write) => RunAsync(async () =>
    {
        await write();
        return true;
    });

    /// <summary>Refuses further writes; those that wait are still done.</summary>
    public void Dispose() => _writes.CompleteAdding();

    private void Run()
    {
        foreach (var write in _writes.GetConsumingEnumerable()) write();
    }
}
