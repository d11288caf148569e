using System.Diagnostics;
using ConsultHub.Journal;
using ConsultHub.Tests.Fixtures;
using ConsultHub.Web;
using Microsoft.Extensions.DependencyInjection;

namespace ConsultHub.Tests.BusyHour;

/// <summary>A complete hub in this process with SQLite and all endpoints. The test sets its time.</summary>
internal sealed class BusyHub : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly InProcessHub _host;
    private int _worlds;

    public BusyHub() => _host = new() { Clock = Clock };

    public BusyClock Clock { get; } = new();

    public IGrainFactory Grains => _host.Services.GetRequiredService<IGrainFactory>();

    /// <summary>Creates a new network and a new conference at the time at which every busy hour begins.</summary>
    public async Task<World> NewWorldAsync()
    {
        Clock.Set(World.Begin);
        var world = new World(++_worlds);
        await world.BuildAsync(Grains);
        await RestAsync();
        return world;
    }

    /// <summary>The browser of a person.</summary>
    public HttpClient Browser(Member viewer)
    {
        var http = _host.CreateDefaultClient();
        http.DefaultRequestHeaders.Add("Cookie", _host.CookieOf(viewer));
        http.DefaultRequestHeaders.Add("X-Hub", "1");
        return http;
    }

    /// <summary>Waits until nobody is storing anything, no message is on its way, and nothing has changed between two checks.</summary>
    public async Task RestAsync()
    {
        long? before = null;
        for (var since = Stopwatch.StartNew(); ; await Task.Delay(2))
        {
            long? now = 0;
            foreach (var authority in AwakeAuthorities.Of<IAwakeAuthority>())
                now += authority.RestsAt;
            if (now is not null && now == before)
                return;
            before = now;
            Clock.Advance(TimeSpan.FromMilliseconds(1)); // time must pass, because a failed message is sent again only after a pause
            if (since.Elapsed > Patience)
                throw new TimeoutException("The hub did not come to rest.");
        }
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();
}
