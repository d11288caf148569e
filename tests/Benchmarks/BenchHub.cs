using ConsultHub.Silo;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ConsultHub.Benchmarks;

/// <summary>An embedded hub without its web part, on a temporary folder.</summary>
internal sealed class BenchHub : IAsyncDisposable
{
    private readonly IHost _host;

    private BenchHub(IHost host) => _host = host;

    public IServiceProvider Services => _host.Services;

    public IGrainFactory Grains => Services.GetRequiredService<IGrainFactory>();

    public static async Task<BenchHub> StartAsync(string folder)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Configuration["Hub:DataPath"] = folder;
        builder.Logging.ClearProviders();
        // The log goes to standard error, because standard output contains only the figures.
        builder.Logging.AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace).SetMinimumLevel(LogLevel.Warning);
        builder.AddHubSilo();
        var host = builder.Build();
        await host.StartAsync();
        return new(host);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }
}
