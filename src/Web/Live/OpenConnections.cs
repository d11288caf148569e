using System.Collections.Concurrent;
using Microsoft.AspNetCore.SignalR;

namespace ConsultHub.Web.Live;

/// <summary>Keeps a hub's connections, so that code that writes to them can see whether a write has finished.</summary>
internal abstract class OpenConnections<THub>(ILogger<DefaultHubLifetimeManager<THub>> log)
    : DefaultHubLifetimeManager<THub>(log),
        IOpenConnections
    where THub : Hub
{
    private readonly ConcurrentDictionary<string, HubConnectionContext> _open = new();

    public HubConnectionContext Get(string id) =>
        _open.TryGetValue(id, out var connection) ? connection : throw new HubException(TopicCodes.Denied);

    public IReadOnlyCollection<HubConnectionContext> All => [.. _open.Values];

    public override Task OnConnectedAsync(HubConnectionContext connection)
    {
        _open[connection.ConnectionId] = connection;
        return base.OnConnectedAsync(connection);
    }

    public override Task OnDisconnectedAsync(HubConnectionContext connection)
    {
        _open.TryRemove(connection.ConnectionId, out _);
        return base.OnDisconnectedAsync(connection);
    }
}

/// <summary>The connections for live topics.</summary>
internal sealed class LiveConnections(ILogger<DefaultHubLifetimeManager<LiveHub>> log) : OpenConnections<LiveHub>(log);
