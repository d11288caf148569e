using ConsultHub.Journal;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Storage;

namespace ConsultHub.Tests.Storage;

/// <summary>A database on which the storage contracts are tested. A new entry in <see cref="All"/> adds another database.</summary>
public abstract class StorageFactory
{
    public static IEnumerable<TheoryDataRow<StorageFactory>> All =>
        [new(new Sqlite()), new(new Postgresql()) { Skip = PostgresqlServer.IsMissing ? PostgresqlServer.HowToHave : null }];

    /// <summary>A hub on an empty database.</summary>
    public abstract Task<StoredHub> NewAsync();

    private sealed class Sqlite : StorageFactory
    {
        public override async Task<StoredHub> NewAsync()
        {
            var folder = TestHub.NewFolder();
            return new(() => TestHub.StartAsync(folder), await TestHub.StartAsync(folder), () => Directory.Delete(folder, recursive: true));
        }

        public override string ToString() => "SQLite";
    }

    private sealed class Postgresql : StorageFactory
    {
        public override async Task<StoredHub> NewAsync()
        {
            var database = await PostgresqlServer.NewDatabaseAsync();
            Task<TestHub> Start() => TestHub.StartAsync(connectionString: database);
            return new(Start, await Start(), () => PostgresqlServer.Drop(database));
        }

        public override string ToString() => "PostgreSQL";
    }
}

/// <summary>A running hub that can be stopped and started again on the same database.</summary>
public sealed class StoredHub(Func<Task<TestHub>> start, TestHub hub, Action drop) : IAsyncDisposable
{
    public IGrainStorage Storage => hub.Services.GetRequiredKeyedService<IGrainStorage>(AuthorityServices.StorageName);

    public IReminderTable Reminders => hub.Services.GetRequiredService<IReminderTable>();

    public async Task ReopenAsync()
    {
        await hub.DisposeAsync();
        hub = await start();
    }

    public async ValueTask DisposeAsync()
    {
        await hub.DisposeAsync();
        drop();
    }
}
