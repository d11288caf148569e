using System.Runtime.InteropServices;
using ConsultHub.Silo;
using ConsultHub.Web.Lectures;
using ConsultHub.Web.Live;
using Microsoft.Extensions.Options;

namespace ConsultHub.Web.Hosting;

/// <summary>
/// Ends the process on a signal. If <c>Hub:Drain</c> gives it time, the node first drains: it is no longer ready, takes no new live
/// connections, and tells its live connections in small groups to connect elsewhere. It serves requests until the time is over. A second
/// signal ends it at once.
/// </summary>
internal sealed class Draining(
    IOptions<HubOptions> options,
    IHostApplicationLifetime life,
    LiveConnections live,
    LectureConnections lectures
) : IHostLifetime, IDisposable
{
    /// <summary>Clients are told in this many groups during the first half of the time. The second half is for slow clients.</summary>
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
            var told = live.All.Concat(lectures.All).ToArray();
            foreach (var some in told.Chunk(Math.Max(1, (told.Length + Rounds - 1) / Rounds)))
            {
                foreach (var connection in some)
                    _ = connection.MoveOnAsync();
                await Task.Delay(time / (2 * Rounds));
            }
            await Task.Delay(time / 2);
        }
        life.StopApplication();
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
