using Microsoft.Extensions.Logging;
using Orleans.Concurrency;
using Orleans.Runtime;

namespace ConsultHub.Journal;

/// <summary>Checks whether the silo that runs the grain can read its storage. All callers may use the same key.</summary>
[Alias("hub.IStorageCheckGrain")]
public interface IStorageCheckGrain : IGrainWithStringKey
{
    /// <summary>
    /// Returns whether the storage can be read. It tries to read a row that need not exist. Each answer is used again for one second, so
    /// frequent calls cost little.
    /// </summary>
    [Alias("CanRead")]
    Task<bool> CanReadAsync();
}

[StatelessWorker(1), Reentrant, GrainType("storage-check")]
internal sealed partial class StorageCheckGrain(AuthorityServices services) : Grain, IStorageCheckGrain
{
    private static readonly TimeSpan Holds = TimeSpan.FromSeconds(1),
        Patience = TimeSpan.FromSeconds(3);

    private readonly ILogger _log = services.Loggers.CreateLogger<StorageCheckGrain>();
    private Task<bool>? _answer;
    private DateTimeOffset _until;

    public Task<bool> CanReadAsync()
    {
        if (_answer is { IsCompleted: false } || services.Clock.GetUtcNow() < _until)
            return _answer!;
        return _answer = ReadAsync();
    }

    private async Task<bool> ReadAsync()
    {
        try
        {
            await services
                .Storage.ReadStateAsync("check", GrainId.Create("storage-check", "check~row"), new GrainState<JournalHead>())
                .WaitAsync(Patience);
            return true;
        }
        catch (Exception failure) // any failure means that the storage cannot be read
        {
            LogUnreadable(failure);
            return false;
        }
        finally
        {
            _until = services.Clock.GetUtcNow() + Holds;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The storage cannot be read.")]
    private partial void LogUnreadable(Exception failure);
}
