using ConsultHub.Consultants;
using ConsultHub.Directories;
using ConsultHub.Hospitals;
using ConsultHub.Inboxes;
using ConsultHub.Journal;
using ConsultHub.Networks;
using ConsultHub.Records;
using ConsultHub.Rostering;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Runtime;
using static ConsultHub.Tests.Rostering.RosterWorld;

namespace ConsultHub.Tests.Rostering;

/// <summary>The network of <see cref="RosterWorld"/> on a real silo with SQLite. Tests can move its clock forward.</summary>
internal sealed class RosterHub : IAsyncDisposable
{
    public static readonly PersonId OnCall = new("p-duty");
    private readonly TestHub _hub;

    private RosterHub(TestHub hub, MovableClock clock) => (_hub, Clock) = (hub, clock);

    public MovableClock Clock { get; }

    public IGrainFactory Grains => _hub.Grains;

    /// <param name="folder">An existing data folder, which is not deleted afterwards. Null creates a new folder.</param>
    /// <param name="now">The time at which the clock begins, by default Monday of the week, 08:00 in Dubai.</param>
    /// <param name="connectionString">A PostgreSQL database that is used instead of SQLite.</param>
    public static async Task<RosterHub> StartAsync(
        string? folder = null,
        DateTimeOffset? now = null,
        bool seed = true,
        string? connectionString = null
    )
    {
        var clock = new MovableClock(now ?? Eight.AddDays(-1));
        var hub = await TestHub.StartAsync(
            folder,
            services => services.Replace(ServiceDescriptor.Singleton(provider => AuthorityServicesAt(provider, clock))),
            connectionString
        );
        var started = new RosterHub(hub, clock);
        if (seed)
            await started.SeedAsync();
        return started;
    }

    /// <summary>Returns services with the given clock. Only the authorities use this clock. The silo's timers keep real time.</summary>
    internal static AuthorityServices AuthorityServicesAt(IServiceProvider provider, TimeProvider clock) =>
        WithClock.Authorities(provider, clock);

    private async Task SeedAsync()
    {
        await Network.PutAsync(
            Coordinator,
            new RosterWorld().Network with
            {
                Rota = [new(OnCall, Eight.AddDays(-400), Eight.AddDays(400))],
            }
        );
        foreach (var id in new[] { North, South })
            await Hospital(id).PutAsync(Coordinator, NewHospital(id));
        foreach (var id in new[] { Kim, Lee, Park })
            await Consultant(id).PutAsync(Coordinator, NewConsultant(id));
    }

    public IRosterGrain Roster => Of(RosterWorld.Week);

    public IRosterGrain Next => Of(RosterWorld.Week.Next);

    public IRosterGrain Of(Week week) => Grains.GetGrain<IRosterGrain>($"ehs/{week}");

    public INetworkGrain Network => Grains.GetGrain<INetworkGrain>("ehs");

    public IHospitalGrain Hospital(HospitalId id) => Grains.GetGrain<IHospitalGrain>(id.Value);

    public IConsultantGrain Consultant(PersonId id) => Grains.GetGrain<IConsultantGrain>(id.Value);

    public IInboxGrain Inbox(PersonId person) => Grains.GetGrain<IInboxGrain>(person.Value);

    public async Task<Engagement> DoneAsync(RosterCommand command, Actor? by = null, IRosterGrain? at = null)
    {
        var reply = await (at ?? Roster).DecideAsync(by ?? Coordinator, command);
        return (reply as Decided ?? throw new InvalidOperationException(string.Join(' ', ((Refused)reply).Findings))).Engagement;
    }

    /// <summary>Gives a command that must be refused, and returns the codes of its findings.</summary>
    public async Task<string[]> RefusedAsync(RosterCommand command, Actor? by = null, IRosterGrain? at = null) =>
        [.. Assert.IsType<Refused>(await (at ?? Roster).DecideAsync(by ?? Coordinator, command)).Findings.Select(f => f.Code).Distinct()];

    public async Task<Engagement> GetAsync(string id) => (await Roster.GetAsync(new(id)))!;

    /// <summary>Calls the grain's reminder as if it were due.</summary>
    public static Task TickAsync(IAddressable grain) => grain.AsReference<IRemindable>().ReceiveReminder("reconcile", default);

    /// <summary>Delivers a message as the outbox of its sender would.</summary>
    public static Task DeliverAsync(IAddressable to, GrainId sender, long number, OutboxPayload payload, string? replaces = null) =>
        to.AsReference<IOutboxReceiver>().ReceiveAsync(sender, [new OutboxMessage(number, to.GetGrainId(), payload, replaces)]);

    public static async Task<long> VersionAsync(Live.ILiveAuthority authority) => (await authority.ReadSinceAsync(null)).To.Version;

    public async Task<Alert> AlertAsync(PersonId person, AlertKind kind)
    {
        Alert? found = null;
        await UntilAsync(
            async () =>
                (found = (await Inbox(person).ListAsync()).FirstOrDefault(a => a.Kind == kind && a.AcknowledgedAt is null)) is not null,
            $"{person} gets {kind}"
        );
        return found!;
    }

    public static async Task UntilAsync(Func<Task<bool>> condition, string what)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!await condition())
        {
            Assert.False(patience.IsCancellationRequested, $"Did not happen within 60 s: {what}.");
            await Task.Delay(20);
        }
    }

    public ValueTask DisposeAsync() => _hub.DisposeAsync();
}

/// <summary>A clock that starts at a given time, runs as usual and can be moved forward. Timers made from it keep real time.</summary>
internal sealed class MovableClock(DateTimeOffset from) : TimeProvider
{
    private readonly DateTimeOffset _began = System.GetUtcNow();
    private TimeSpan _ahead;

    public void Advance(TimeSpan by) => _ahead += by;

    public override DateTimeOffset GetUtcNow() => from + _ahead + (System.GetUtcNow() - _began);
}
