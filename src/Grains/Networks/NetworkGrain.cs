using ConsultHub.Directories;
using ConsultHub.Journal;
using Orleans.Concurrency;

namespace ConsultHub.Networks;

[Reentrant, GrainType("network")]
internal sealed class NetworkGrain(AuthorityServices services) : ProfileGrain<Network>("network", services), INetworkGrain
{
    public Task<Network?> GetAsync() => Task.FromResult(Stored.Profile is { } network ? network with { Version = Stored.Version } : null);

    public async Task PutAsync(Actor actor, Network network)
    {
        await StoreAsync(actor, network with { Version = 0 });
        await GrainFactory.GetGrain<IDirectoryGrain>("hub/networks").PutAsync([new DirectoryEntry(network.Id.Value, network.Name)]);
    }
}
