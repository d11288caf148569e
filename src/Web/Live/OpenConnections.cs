using System.Collections.Concurrent;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace ConsultHub.Web.Live;

/// <summary>Keeps hold of a hub's connections themselves, so that who writes to them can see whether a write is done.</summary>
internal abstract class OpenConnections<THub>(ILogger<DefaultHubLifetimeManager<THub>> log) : DefaultHubLifetimeManager<THub>(log)
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

internal static class LeavingConnections
{
    /// <summary>Tells a client to connect again, elsewhere: what it watched goes on from where it was.</summary>
    public static async Task MoveOnAsync(this HubConnectionContext connection)
    {
        try
        {
            await connection.WriteAsync(new CloseMessage(error: null, allowReconnect: true));
        }
        catch (Exception)
        {
            // It has gone already.
        }
    }
}

/// <summary>Those of live topics.</summary>
internal sealed class LiveConnections(ILogger<DefaultHubLifetimeManager<LiveHub>> log) : OpenConnections<LiveHub>(log);
