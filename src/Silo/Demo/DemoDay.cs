using ConsultHub.Journal;
using ConsultHub.Rostering;
using Microsoft.Extensions.Hosting;

namespace ConsultHub.Silo.Demo;

/// <summary>
/// The simulated day of a network. A network has only one such day, even if several web nodes switch it on and off and several processes
/// drive it. A day that is on stays on when a silo stops.
/// </summary>
[Alias("hub.IDemoDayGrain")]
public interface IDemoDayGrain : IGrainWithStringKey
{
    [Alias("IsRunning")]
    Task<bool> IsRunningAsync();

    [Alias("Switch")]
    Task SwitchAsync(bool running);

    /// <summary>Makes the next change if the day is switched on and the last change was at least seven seconds ago.</summary>
    [Alias("Tick")]
    Task TickAsync();
}

/// <summary>
/// Drives the simulated day of the demo network while the demo is enabled in this process. If no process does this, a day that is switched
/// on makes no changes.
/// </summary>
public sealed class DemoDay(IGrainFactory grains, TimeProvider clock) : BackgroundService
{
    public IDemoDayGrain Grain => grains.GetGrain<IDemoDayGrain>(DemoPeople.Network.Value);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1), clock);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await timer.WaitForNextTickAsync(stoppingToken);
                await Grain.TickAsync();
            }
            catch (Exception) when (!stoppingToken.IsCancellationRequested)
            {
                // After any failure the hub goes on, and the next step tries something else.
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }
}

[GenerateSerializer, Alias("hub.DemoDayState")]
internal sealed class DemoDayState
{
    [Id(0)]
    public bool Running { get; set; }
}

/// <summary>
/// A simulated day that is off until somebody switches it on. It makes at most one change every seven seconds with the same commands that
/// people give. Calls are handled one after the other, so two changes never happen at the same time.
/// </summary>
[GrainType("demo-day")]
internal sealed class DemoDayGrain(
    [PersistentState("demo-day", AuthorityServices.StorageName)] IPersistentState<DemoDayState> day,
    AuthorityServices services
) : Grain, IDemoDayGrain
{
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(7);
    private static readonly Actor Coordinator = new(new("p-coordinator-2"), Role.Coordinator);

    private readonly Random _random = new();
    private DateTimeOffset _next;

    public Task<bool> IsRunningAsync() => Task.FromResult(day.State.Running);

    public async Task SwitchAsync(bool running)
    {
        if (day.State.Running == running)
            return;
        day.State.Running = running;
        try
        {
            await day.WriteStateAsync();
        }
        catch
        {
            day.State.Running = !running; // restores the old value, because the new one was not stored
            throw;
        }
    }

    public async Task TickAsync()
    {
        var now = services.Clock.GetUtcNow();
        if (!day.State.Running || now < _next)
            return;
        _next = now + Between;
        await StepAsync(now);
    }

    private async Task StepAsync(DateTimeOffset now)
    {
        var roster = GrainFactory.GetGrain<IRosterGrain>(
            $"{this.GetPrimaryKeyString()}/{Week.Of(now, TimeZoneInfo.FindSystemTimeZoneById("Asia/Dubai"))}"
        );
        var engagements = (await roster.ReadSinceAsync(null))
            .Items.OfType<Engagement>()
            .Where(e => e.Session is null && e.Proposal is null)
            .ToList();
        var open = engagements
            .Where(e => e.Status is EngagementStatus.Planned or EngagementStatus.Confirmed)
            .OrderBy(e => e.Start)
            .ToList();
        if (engagements.Find(e => e.Status == EngagementStatus.InProgress && e.End <= now) is { } over)
            await GiveAsync(roster, new Complete { CommandId = Guid.NewGuid(), Engagement = over.Id });
        else if (open.Find(e => e.Start <= now && e.End > now) is { } due)
            await GiveAsync(roster, new Arrive { CommandId = Guid.NewGuid(), Engagement = due.Id });
        else if (open.Where(e => e.Start > now).Take(40).ToList() is { Count: > 0 } coming)
            await DisturbAsync(roster, coming[_random.Next(coming.Count)], _random, now);
    }

    /// <summary>Changes the plan: a delay, another room, a proposal to another consultant, or sometimes a cancellation.</summary>
    private static async Task DisturbAsync(IRosterGrain roster, Engagement engagement, Random random, DateTimeOffset now)
    {
        var id = Guid.NewGuid();
        var later = TimeSpan.FromMinutes(15 * (1 + random.Next(2)));
        switch (random.Next(12))
        {
            case 0:
                await GiveAsync(
                    roster,
                    new Cancel
                    {
                        CommandId = id,
                        Engagement = engagement.Id,
                        Reason = "The patient list was moved to another day.",
                    }
                );
                break;
            case 1 or 2 when engagement.Start - now > TimeSpan.FromHours(2):
                if ((await roster.CandidatesAsync(engagement.Id) ?? []).FirstOrDefault(c => c.Available) is { } candidate)
                    await GiveAsync(
                        roster,
                        new Propose
                        {
                            CommandId = id,
                            Engagement = engagement.Id,
                            Candidate = candidate.Person,
                            Replaces = engagement.Consultants.IsEmpty ? null : engagement.Consultants[0],
                            AnswerWithinSeconds = 1800,
                            Reason = "The consultant is held up in theatre.",
                        }
                    );
                break;
            case 3 or 4 or 5 when engagement.Room is not null:
                await GiveAsync(
                    roster,
                    new ChangeRoom
                    {
                        CommandId = id,
                        Engagement = engagement.Id,
                        Room = new($"clinic-{1 + random.Next(4)}"),
                    }
                );
                break;
            default:
                await GiveAsync(
                    roster,
                    new ChangeTime
                    {
                        CommandId = id,
                        Engagement = engagement.Id,
                        Start = engagement.Start + later,
                        End = engagement.End + later,
                        Reason = "The morning list runs late.",
                    }
                );
                break;
        }
    }

    private static Task<RosterReply> GiveAsync(IRosterGrain roster, RosterCommand command) => roster.DecideAsync(Coordinator, command);
}
