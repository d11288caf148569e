using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.DependencyInjection;

namespace ConsultHub.Silo;

/// <summary>
/// Takes the place of Orleans' sockets where the hub is one process. Whoever reaches such a socket may call every grain without signing in,
/// so there is none: the silo believes to listen, and nobody ever connects.
/// </summary>
internal sealed class NoListeners : IConnectionListenerFactory
{
    /// <summary>Orleans keeps the keys of its factories to itself, so each factory is replaced under the key it has.</summary>
    public static void Replace(IServiceCollection services)
    {
        var sockets = services.Where(s => s.ServiceType == typeof(IConnectionListenerFactory) && s.IsKeyedService).ToList();
        if (sockets.Count == 0)
            throw new InvalidOperationException("Orleans registers its listeners otherwise than this release expects.");
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
