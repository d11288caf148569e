using ConsultHub.Journal;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Runtime;
using Orleans.Serialization;
using Orleans.Storage;
using Orleans.TestingHost;

namespace ConsultHub.Tests.Journal;

/// <summary>An in-process silo. Its storage can be made to fail and can be read without the grains.</summary>
public sealed class JournalCluster : IAsyncLifetime
{
    private InProcessTestCluster? _cluster;

    public InterruptibleStorage Storage { get; } = new();

    public async ValueTask InitializeAsync()
    {
        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureSilo(
            (_, silo) =>
            {
                silo.AddMemoryGrainStorage(
                        "memory",
                        options =>
                            options.Configure<Serializer>(
                                (memory, serializer) => memory.GrainStorageSerializer = new OrleansGrainStorageSerializer(serializer)
                            )
                    )
                    .UseInMemoryReminderService();
                silo.Services.AddSingleton<AuthorityServices>();
                silo.Services.AddKeyedSingleton<IGrainStorage>(
                    AuthorityServices.StorageName,
                    (services, _) => Storage.Over(services.GetRequiredKeyedService<IGrainStorage>("memory"))
                );
            }
        );
        _cluster = builder.Build();
        await _cluster.DeployAsync();
    }

    public ILedgerGrain Ledger(string? key = null) => _cluster!.Client.GetGrain<ILedgerGrain>(key ?? "ledger-" + Guid.NewGuid());

    public async ValueTask DisposeAsync()
    {
        if (_cluster is not null)
            await _cluster.DisposeAsync();
    }
}

/// <summary>Passes all calls on to another storage. A test can make it refuse, delay or count writes.</summary>
public sealed class InterruptibleStorage : IGrainStorage
{
    private IGrainStorage _inner = null!;

    public Func<string, GrainId, Task>? BeforeWrite { get; set; }
    public Func<string, GrainId, Task>? AfterWrite { get; set; }

    public InterruptibleStorage Over(IGrainStorage inner)
    {
        _inner = inner;
        return this;
    }

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        _inner.ReadStateAsync(stateName, grainId, grainState);

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        if (BeforeWrite is { } before)
            await before(stateName, grainId);
        await _inner.WriteStateAsync(stateName, grainId, grainState);
        if (AfterWrite is { } after)
            await after(stateName, grainId);
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        _inner.ClearStateAsync(stateName, grainId, grainState);
}
