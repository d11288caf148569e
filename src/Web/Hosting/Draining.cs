using System.Runtime.InteropServices;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.Options;
using HubOptions = ConsultHub.Silo.HubOptions;

namespace ConsultHub.Web.Hosting;

/// <summary>The open connections of a SignalR hub. Each hub registers its own connections, so that draining reaches them.</summary>
internal interface IOpenConnections
{
    IReadOnlyCollection<HubConnectionContext> All { get; }
}

/// <summary>
/// Ends the process on a signal. If <c>Hub:Drain</c> is more than zero, the node first drains: it reports that it is not ready, takes no
/// new live connections, and tells its clients in small groups to connect to another node. It serves requests until the time of
/// <c>Hub:Drain</c> is over. A second signal ends the process at once.
/// </summary>
internal sealed class Draining(IOptions<HubOptions> options, IHostApplicationLifetime life, IEnumerable<IOpenConnections> hubs)
    : IHostLifetime,
        IDisposable
{
    /// <summary>
    /// How many groups of clients are told, one after the other, to connect to another node. This takes the first half of the drain time.
    /// The second half is for slow clients.
    /// </summary>
    private const int Rounds = 20;

    private readonly List<PosixSignalRegistration> _signals = [];
    private int _asked;

    /// <summary>Whether the node has been asked to stop.</summary>
    public bool HasBegun => Volatile.Read(ref _asked) > 0 || life.ApplicationStopping.IsCancellationRequested;

    public Task WaitForStartAsync(CancellationToken cancellationToken)
    {
        foreach (var signal in (PosixSignal[])[PosixSignal.SIGTERM, PosixSignal.SIGINT, PosixSignal.SIGQUIT])
            _signals.Add(
                PosixSignalRegistration.Create(
                    signal,
                    context =>
                    {
                        context.Cancel = true;
                        _ = StopAsync();
                    }
                )
            );
        return Task.CompletedTask;
    }

    private async Task StopAsync()
    {
        if (Interlocked.Increment(ref _asked) == 1 && options.Value.Drain is var time && time > TimeSpan.Zero)
        {
            var told = hubs.SelectMany(hub => hub.All).ToArray();
            foreach (var some in told.Chunk(Math.Max(1, (told.Length + Rounds - 1) / Rounds)))
            {
                foreach (var connection in some)
                    _ = MoveOnAsync(connection);
                await Task.Delay(time / (2 * Rounds));
            }
            await Task.Delay(time / 2);
        }
        life.StopApplication();
    }

    /// <summary>Tells a client to connect again. The proxy leads it to another node, where it resumes from its position.</summary>
    private static async Task MoveOnAsync(HubConnectionContext connection)
    {
        try
        {
            await connection.WriteAsync(new CloseMessage(error: null, allowReconnect: true));
        }
        catch (Exception)
        {
            // The connection has already ended.
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _signals.ForEach(s => s.Dispose());
}

public static class DrainingHosting
{
    public static IServiceCollection AddDraining(this IServiceCollection services) =>
        services.AddSingleton<Draining>().AddSingleton<IHostLifetime>(provider => provider.GetRequiredService<Draining>());

    /// <summary>Refuses new live connections on a stopping node. The proxy or the client's next try finds another node.</summary>
    public static void UseDraining(this WebApplication app)
    {
        var draining = app.Services.GetRequiredService<Draining>();
        app.Use(
            (context, next) =>
                draining.HasBegun && context.Request.Path.StartsWithSegments("/hubs")
                    ? Problems.Of(HubCodes.Stopping).ExecuteAsync(context)
                    : next(context)
        );
    }
}
