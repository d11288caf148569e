using System.Runtime.InteropServices;
using ConsultHub.Silo;
using ConsultHub.Web.Lectures;
using ConsultHub.Web.Live;
using Microsoft.Extensions.Options;

namespace ConsultHub.Web.Hosting;

/// <summary>
/// Ends the process when it is asked to. Where <c>Hub:Drain</c> gives it time, it first lets go: it is not ready any more, takes no new
/// live
/// connections, and tells those it has, a few at a time, to go elsewhere; requests are served until the time is over. Asked twice, it ends
/// at once.
/// </summary>
internal sealed class Draining(
    IOptions<HubOptions> options,
    IHostApplicationLifetime life,
    LiveConnections live,
    LectureConnections lectures
) : IHostLifetime, IDisposable
{
    /// <summary>Clients are told within the first half; the second is for the slow.</summary>
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

    /// <summary>Turns new live connections away from a stopping node: the proxy, or the client's next try, finds another.</summary>
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
