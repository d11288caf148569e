using ConsultHub.Silo;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ConsultHub.Tests;

/// <summary>
/// A real silo in this process, with SQLite in a temporary folder or with PostgreSQL. It runs everything that runs in production except the
/// web. A hub that starts again on the same folder finds its stored data. A folder that the hub created is deleted when the hub stops.
/// </summary>
public sealed class TestHub : IAsyncDisposable
{
    private readonly IHost _host;
    private readonly bool _keepData;

    private TestHub(IHost host, string dataPath, bool keepData) => (_host, DataPath, _keepData) = (host, dataPath, keepData);

    public string DataPath { get; }

    public IServiceProvider Services => _host.Services;

    public IGrainFactory Grains => Services.GetRequiredService<IGrainFactory>();

    /// <param name="dataPath">An existing data folder, which is not deleted afterwards. Null creates a new folder.</param>
    /// <param name="configure">Replaces services, such as the clock.</param>
    /// <param name="connectionString">A PostgreSQL database that is used instead of SQLite.</param>
    public static async Task<TestHub> StartAsync(
        string? dataPath = null,
        Action<IServiceCollection>? configure = null,
        string? connectionString = null
    )
    {
        var folder = dataPath ?? NewFolder();
        var builder = Host.CreateApplicationBuilder();
        builder.Configuration.AddInMemoryCollection([new("Hub:DataPath", folder)]);
        if (connectionString is not null)
            builder.Configuration.AddInMemoryCollection([
                new("Hub:Cluster:Provider", "postgresql"),
                new("Hub:Cluster:ConnectionString", connectionString),
            ]);
        builder.Logging.ClearProviders();
        builder.AddHubSilo();
        configure?.Invoke(builder.Services);
        var host = builder.Build();
        await host.StartAsync();
        return new(host, folder, dataPath is not null);
    }

    public static string NewFolder() => Directory.CreateTempSubdirectory("hub-test-").FullName;

    /// <summary>Stops the hub as an operator does, so that another can start on the same folder.</summary>
    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        if (_host is IAsyncDisposable disposable)
            await disposable.DisposeAsync();
        if (!_keepData)
            Directory.Delete(DataPath, recursive: true);
    }
}
