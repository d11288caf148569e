using ConsultHub.Directories;
using ConsultHub.Live;
using ConsultHub.Web.Directories;
using ConsultHub.Web.Live;

namespace ConsultHub.Web.Records;

/// <summary>
/// Says which hospitals and consultants of a network have changed last, and whether the network itself has. Open pages then read them
/// again.
/// </summary>
internal sealed record RecordsTopic(string Name, NetworkId Network) : ITopic<RecordsTopic>
{
    public static string KindName => "records";

    public static RecordsTopic? Parse(string name, string[] parts) =>
        parts is ["records", var network] && TextId.TryParse<NetworkId>(network, out var id) ? new(name, id) : null;

    public ValueTask<WatchRule?> RuleAsync(ThingScopes things) => new(Access.WatchesRecords(Network));

    public async ValueTask<bool> ExistsAsync(Viewer viewer, IGrainFactory grains, DateTimeOffset now) =>
        await grains.IsListedAsync("hub/networks", Network.Value);

    public ValueTask<IReadOnlyList<ILiveAuthority>> AuthoritiesAsync(IGrainFactory grains) =>
        new([
            grains.GetGrain<IDirectoryGrain>($"{Network}/hospitals"),
            grains.GetGrain<IDirectoryGrain>($"{Network}/consultants"),
            grains.GetGrain<IDirectoryGrain>("hub/networks"),
        ]);

    /// <summary>Other networks are left out.</summary>
    public ValueTask<Func<int, TopicItem, TopicItem?>> FilterAsync(IGrainFactory grains) =>
        new(
            (_, item) =>
                item is RecordChanges { Kind: "networks" } networks
                    ? networks with
                    {
                        Recent = networks.Recent.RemoveAll(r => r.Id != Network.Value),
                    }
                    : item
        );
}
