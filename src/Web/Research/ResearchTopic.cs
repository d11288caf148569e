using ConsultHub.Live;
using ConsultHub.Research;
using ConsultHub.Web.Directories;
using ConsultHub.Web.Live;

namespace ConsultHub.Web.Research;

/// <summary>
/// The board of a network's initiatives. An item changes with every change of its initiative, so the page of one initiative watches this
/// topic too.
/// </summary>
internal sealed record ResearchTopic(string Name, NetworkId Network) : ITopic<ResearchTopic>
{
    public static string KindName => "research";

    public static ResearchTopic? Parse(string name, string[] parts) =>
        parts is ["research", var network] && TextId.TryParse<NetworkId>(network, out var id) ? new(name, id) : null;

    public ValueTask<WatchRule?> RuleAsync(ThingScopes things) => new(Access.WatchesResearch(Network));

    public async ValueTask<bool> ExistsAsync(Viewer viewer, IGrainFactory grains, DateTimeOffset now) =>
        await grains.IsListedAsync("hub/networks", Network.Value);

    public ValueTask<IReadOnlyList<ILiveAuthority>> AuthoritiesAsync(IGrainFactory grains) =>
        new([grains.GetGrain<IResearchGrain>(Network.Value)]);

    public ValueTask<Func<int, TopicItem, TopicItem?>> FilterAsync(IGrainFactory grains) => new((_, item) => item);
}
