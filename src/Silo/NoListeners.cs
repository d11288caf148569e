using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.DependencyInjection;

namespace ConsultHub.Silo;

/// <summary>
/// Replaces the sockets of Orleans if the hub is one process. A program that connects to such a socket can call every grain without signing
/// in. Therefore this class opens no socket. The silo acts as if it listened, but nobody can connect.
/// </summary>
internal sealed class NoListeners : IConnectionListenerFactory
{
    /// <summary>
    /// Replaces each factory that Orleans has registered. The keys of these registrations are internal to Orleans, so this method reads
    /// each key from its registration.
    /// </summary>
    public static void Replace(IServiceCollection services)
    {
        var sockets = services.Where(s => s.ServiceType == typeof(IConnectionListenerFactory) && s.IsKeyedService).ToList();
        if (sockets.Count == 0)
            throw new InvalidOperationException("Orleans has registered no listeners under a key, so the hub cannot replace them.");
        foreach (var socket in sockets)
        {
            services.Remove(socket);
            services.AddKeyedSingleton<IConnectionListenerFactory, NoListeners>(socket.ServiceKey);
        }
    }

    public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default) =>
        new(new Listener(endpoint));

    private sealed class Listener(EndPoint endpoint) : IConnectionListener
    {
        private readonly TaskCompletionSource<ConnectionContext?> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public EndPoint EndPoint => endpoint;

        public ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default) =>
            new(_ended.Task.WaitAsync(cancellationToken));

        public ValueTask UnbindAsync(CancellationToken cancellationToken = default)
        {
            _ended.TrySetResult(null);
            return ValueTask.CompletedTask;
        }

        public ValueTask DisposeAsync() => UnbindAsync();
    }
}
