using ConsultHub.Rostering;
using Microsoft.Extensions.Hosting;

namespace ConsultHub.Silo.Demo;

/// <summary>A gentle simulated day, off until switched on: one change every few seconds through the same commands that people give.</summary>
public sealed class DemoDay(IGrainFactory grains, TimeProvider clock) : BackgroundService
{
    private static readonly Actor Coordinator = new(new("p-coordinator-2"), Role.Coordinator);

    public bool Running { get; set; }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var random = new Random();
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(7), clock);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await timer.WaitForNextTickAsync(stoppingToken);
                if (Running) await StepAsync(random);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (Exception e) when (e is Orleans.Runtime.OrleansException or TimeoutException or Journal.JournalWriteException or Journal.JournalReadException)
            {
                // The next step tries something else.
            }
        }
    }

    private async Task StepAsync(Random random)
    {
        var now = clock.GetUtcNow();
        var roster = grains.GetGrain<IRosterGrain>($"{DemoPeople.Network}/{Week.Of(now, TimeZoneInfo.FindSystemTimeZoneById("Asia/Dubai"))}");
        var duties = (await roster.ReadSinceAsync(null)).Items.OfType<Engagement>().Where(e => e.Session is null && e.Proposal is null).ToList();
        var open = duties.Where(e => e.Status is EngagementStatus.Planned or EngagementStatus.Confirmed).OrderBy(e => e.Start).ToList();
        if (duties.Find(e => e.Status == EngagementStatus.InProgress && e.End <= now) is { } over) await GiveAsync(roster, new Complete { CommandId = Guid.NewGuid(), Engagement = over.Id });
        else if (open.Find(e => e.Start <= now && e.End > now) is { } due) await GiveAsync(roster, new Arrive { CommandId = Guid.NewGuid(), Engagement = due.Id });
        else if (open.Where(e => e.Start > now).Take(40).ToList() is { Count: > 0 } coming) await DisturbAsync(roster, coming[random.Next(coming.Count)], random);
    }

    /// <summary>A delay, another room, a question to somebody else, now and then a cancellation.</summary>
    private static async Task DisturbAsync(IRosterGrain roster, Engagement duty, Random random)
    {
        var id = Guid.NewGuid();
        var later = TimeSpan.FromMinutes(15 * (1 + random.Next(2)));
        switch (random.Next(12))
        {
            case 0:
                await GiveAsync(roster, new Cancel { CommandId = id, Engagement = duty.Id, Reason = "The patient list was moved to another day." });
                break;
            case 1 or 2:
                if ((await roster.CandidatesAsync(duty.Id) ?? []).FirstOrDefault(c => c.Available) is { } candidate)
                    await GiveAsync(roster, new Propose { CommandId = id, Engagement = duty.Id, Candidate = candidate.Person, Replaces = duty.Consultants.IsEmpty ? null : duty.Consultants[0], AnswerWithinSeconds = 1800, Reason = "The consultant is held up in theatre." });
                break;
            case 3 or 4 or 5 when duty.Room is not null:
                await GiveAsync(roster, new ChangeRoom { CommandId = id, Engagement = duty.Id, Room = new($"clinic-{1 + random.Next(4)}") });
                break;
            default:
                await GiveAsync(roster, new ChangeTime { CommandId = id, Engagement = duty.Id, Start = duty.Start + later, End = duty.End + later, Reason = "The morning list runs late." });
                break;
        }
    }

    private static Task<RosterReply> GiveAsync(IRosterGrain roster, RosterCommand command) => roster.DecideAsync(Coordinator, command);
}
