using ConsultHub.Directories;
using ConsultHub.Journal;
using ConsultHub.Records;
using Orleans.Concurrency;

namespace ConsultHub.Networks;

[Reentrant, GrainType("network")]
internal sealed class NetworkGrain(AuthorityServices services) : RecordGrain<Network>("network", services), INetworkGrain
{
    public Task<Network?> GetAsync() => Task.FromResult(Stored.Profile is { } network ? network with { Version = Stored.Version } : null);

    protected override IEnumerable<IListing> ListingsOf(Network? before, Network? after, long version) =>
        (after ?? before) is { } network
            ? [new Listing("hub/networks", new(network.Id.Value, network.Name, version) { Kind = "networks", Gone = after is null })]
            : [];
}
