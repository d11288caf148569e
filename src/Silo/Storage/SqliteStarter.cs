using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Hosting;

namespace ConsultHub.Storage;

/// <summary>
/// Before Orleans starts, creates the data path, locks it for this process, and applies this program's schema to the database.
/// </summary>
internal sealed class SqliteStarter(SqliteDataSource database) : IHostedLifecycleService, IDisposable
{
    private DataPathLock? _lock;

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        var folder = Path.GetDirectoryName(database.File)!;
        try
        {
            PrivateFiles.MakeDataPath(folder);
            _lock = await DataPathLock.TakeAsync(folder, TimeSpan.FromSeconds(10), cancellationToken);
            PrivateFiles.MakeFile(database.File); // SQLite gives its other files the same mode
            HubSchema.Sqlite.Apply(database);
        }
        catch (Exception e) when (e is SqliteException or IOException or UnauthorizedAccessException)
        {
            throw new StorageStartException($"Hub:DataPath is \"{folder}\", where the hub cannot keep its data: {e.Message}", e);
        }
    }

    public Task StoppedAsync(CancellationToken cancellationToken)
    {
        Dispose();
        return Task.CompletedTask;
    }

    public void Dispose() => Interlocked.Exchange(ref _lock, null)?.Dispose();

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

/// <summary>The hub cannot start with the data that it finds. The message tells an operator why.</summary>
public sealed class StorageStartException(string message, Exception? inner = null) : Exception(message, inner);
