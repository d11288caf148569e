using ConsultHub.Client;
using ConsultHub.Silo.Demo;

[assembly: AssemblyFixture(typeof(ConsultHub.Tests.Fixtures.DemoHub))]

namespace ConsultHub.Tests.Fixtures;

/// <summary>
/// One running hub with the demo network. Many tests share it, and none of them stops it. Each test uses weeks or engagements of its own.
/// </summary>
public sealed class DemoHub : IAsyncLifetime
{
    public const string Password = HubHost.Password;

    private HubHost? _host;
    private int _near = 3,
        _far = 100; // the demo has planned the previous week, this week and the next week

    public Uri Address => _host!.Address;

    /// <summary>The coordinator Mariam, signed in.</summary>
    public Caller Coordinator { get; private set; } = null!;

    public static Week ThisWeek => Week.Of(DateTimeOffset.UtcNow, TimeZoneInfo.FindSystemTimeZoneById("Asia/Dubai"));

    /// <summary>A week without engagements. The week after it is empty too. Both lie beyond the end of all credentials.</summary>
    public Week EmptyWeek() => Week.Of(ThisWeek.Monday.AddDays(7 * Interlocked.Add(ref _far, 2)));

    /// <summary>A week without engagements in which the credentials of the network's consultants are valid.</summary>
    public Week WorkingWeek() => Week.Of(ThisWeek.Monday.AddDays(7 * Interlocked.Add(ref _near, 2)));

    public Task<Caller> SignInAsync(string person) => Caller.SignInAsync(Address, person);

    public async ValueTask InitializeAsync()
    {
        _host = await HubHost.StartAsync();
        Coordinator = await SignInAsync(DemoPeople.All[0].Id.Value);
    }

    public ValueTask DisposeAsync()
    {
        Coordinator?.Dispose();
        return _host?.DisposeAsync() ?? ValueTask.CompletedTask;
    }
}
