using ConsultHub.Directories;
using ConsultHub.Networks;
using ConsultHub.Web.Records;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ConsultHub.Web.Networks;

public static class NetworksApi
{
    /// <param name="CurrentWeek">The current ISO week in the network's time zone.</param>
    public sealed record NetworkView(Network Network, Week CurrentWeek);

    public static IServiceCollection AddNetworks(this IServiceCollection services) => services.AddTables(NetworkTables.All);

    public static void MapNetworks(this IEndpointRouteBuilder app)
    {
        var networks = app.MapGroup("/api/networks").WithTags("Networks");
        networks.MapGet("/", ListAsync).Requires(Access.ToSome(NetworkActions.Read));
        networks.MapGet("/{network}", GetAsync).Requires(Access.To(NetworkActions.Read, Thing.Network));
        app.MapRecordSet("/api/networks/{owner}/travel", ("travel", "travel"));
        app.MapRecordSet("/api/networks/{owner}/rota", ("rota", "rota"));
        networks.MapGet("/{network}/people", PeopleAsync).Requires(Access.InPartOfNetwork(NetworkActions.ReadPeople));
    }

    /// <summary>The networks whose names the viewer may read.</summary>
    private static async Task<Ok<List<NetworkView>>> ListAsync(HttpContext http, IGrainFactory grains, TimeProvider clock)
    {
        var viewer = Viewer.Of(http);
        var ids = await grains.GetGrain<IDirectoryGrain>("hub/networks").ListAsync();
        var own = ids.Where(n => Access.May(viewer, NetworkActions.Read, new Subject(new NetworkId(n.Id))));
        var found = await Task.WhenAll(own.Select(n => grains.GetGrain<INetworkGrain>(n.Id).GetAsync()));
        return TypedResults.Ok(found.OfType<Network>().Select(n => View(n, clock)).ToList());
    }

    private static async Task<Results<Ok<NetworkView>, ProblemHttpResult>> GetAsync(
        NetworkId network,
        HttpContext http,
        IGrainFactory grains,
        TimeProvider clock
    )
    {
        if (await grains.GetGrain<INetworkGrain>(network.Value).GetAsync() is not { } found)
            return Problems.Of(NetworkCodes.Unknown, $"There is no network {network}.");
        http.Tag(found.Profile);
        return TypedResults.Ok(View(found, clock));
    }

    /// <summary>The people of the network who are not consultants.</summary>
    private static async Task<Ok<IReadOnlyList<DirectoryEntry>>> PeopleAsync(NetworkId network, IGrainFactory grains) =>
        TypedResults.Ok<IReadOnlyList<DirectoryEntry>>(await grains.GetGrain<IDirectoryGrain>($"{network}/people").ListAsync());

    private static NetworkView View(Network network, TimeProvider clock) =>
        new(network, Week.Of(clock.GetUtcNow(), TimeZoneInfo.FindSystemTimeZoneById(network.TimeZone)));
}
