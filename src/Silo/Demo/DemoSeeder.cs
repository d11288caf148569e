using ConsultHub.Accounts;
using ConsultHub.Consultants;
using ConsultHub.Directories;
using ConsultHub.Hospitals;
using ConsultHub.Journal;
using ConsultHub.Networks;
using ConsultHub.Records;
using ConsultHub.Rostering;
using ConsultHub.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;
using Orleans.Runtime;

namespace ConsultHub.Silo.Demo;

/// <summary>
/// Fills the demo network at the start with the past year, last week, this week and the next week, unless they exist. Every step has the
/// same ids when it is repeated, so a start that was interrupted continues where it stopped. In a cluster one node does this while the
/// others wait.
/// </summary>
public sealed partial class DemoSeeder(
    IGrainFactory grains,
    IOptions<DemoOptions> options,
    TimeProvider clock,
    ILogger<DemoSeeder> log,
    NpgsqlDataSource? cluster = null
) : BackgroundService
{
    private const int Batch = 250;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);
    private static readonly Actor Planner = Actor.System;

    /// <summary>Whether the demo network is complete.</summary>
    public bool Done { get; private set; }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!Done && !stoppingToken.IsCancellationRequested)
        {
            try
            {
                await using (cluster is null ? null : await ClusterTurn.TakeAsync(cluster, ClusterTurn.Demo, stoppingToken))
                    await SeedAsync();
                Done = true;
                LogReady();
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                // The node is stopping. Another node or the next start continues.
            }
            catch (Exception e)
                when (cluster is not null
                    && e is OrleansException or TimeoutException or JournalWriteException or JournalReadException or NpgsqlException
                )
            {
                LogCutShort(e); // a silo or the database has stopped during the work
                await Task.Delay(Pause, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task SeedAsync()
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById("Asia/Dubai");
        var now = clock.GetUtcNow();
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, zone).DateTime);
        var midnight = today.ToDateTime(TimeOnly.MinValue);
        var data = new DemoData(options.Value.Seed, new DateTimeOffset(midnight, zone.GetUtcOffset(midnight)));
        var done = grains.GetGrain<IDirectoryGrain>("hub/demo");
        var week = Week.Of(today);
        var seeded = (await done.ListAsync()).Select(e => e.Id).ToHashSet();
        await OpenAccountsAsync(data);
        if (seeded.Contains(Mark(week)))
            return;
        await PutProfilesAsync(data);
        foreach (var (which, offset) in ((Week, int)[])[(week.Previous, -1), (week, 0), (week.Next, 1)])
        {
            if (seeded.Contains("planned-" + Mark(which)))
                continue;
            await PlanAsync(data, which, offset, now);
            await done.PutAsync([new("planned-" + Mark(which), new(which.ToString()))]);
        }
        await DemoCongress.ImportAsync(grains, data, options.Value.Seed);
        await DemoCredit.SeedAsync(grains, DemoCongress.Id, now);
        await DemoResearch.SeedAsync(grains, today, now);
        await ProposeAsync(week, now);
        await CloseRoomAsync(data);
        if (!seeded.Contains("programmes"))
        {
            await DemoProgrammes.SeedAsync(grains, data, now);
            await DemoRotations.SeedAsync(grains, now);
            await done.PutAsync([new("programmes", new("Programmes"))]);
        }
        if (!seeded.Contains("sessions"))
        {
            await DemoSessions.SeedAsync(grains, [week.Previous, week, week.Next], now);
            await done.PutAsync([new("sessions", new("Sessions"))]);
        }
        if (!seeded.Contains("year"))
        {
            var free = DemoYear.Before(week).Where(w => !seeded.Contains("planned-" + Mark(w)));
            await DemoYear.PlanAsync(grains, data, free, options.Value.Seed, now, DecideAsync);
            await DemoPast.SeedAsync(grains, data, now);
            await done.PutAsync([new("year", new("Year"))]);
        }
        await done.PutAsync([new(Mark(week), new(week.ToString()))]);
    }

    /// <summary>Opens the accounts that do not exist yet. An earlier release had none.</summary>
    private async Task OpenAccountsAsync(DemoData data)
    {
        var access = grains.GetGrain<IAccessGrain>("hub");
        await Task.WhenAll(DemoPeople.Accounts(data.Consultants).Select(open => access.DecideAsync(Planner, open)));
    }

    private static string Mark(Week week) => week.ToString().ToLowerInvariant();

    private async Task PutProfilesAsync(DemoData data)
    {
        await grains.GetGrain<INetworkGrain>(data.Network.Id.Value).PutAsync(Planner, data.Network);
        await grains
            .GetGrain<IDirectoryGrain>($"{data.Network.Id}/people")
            .PutAsync([.. DemoPeople.All.Select(p => new DirectoryEntry(p.Id.Value, p.Name))]);
        await Task.WhenAll(data.Hospitals.Select(h => grains.GetGrain<IHospitalGrain>(h.Id.Value).PutAsync(Planner, h)));
        await Task.WhenAll(data.Consultants.Select(c => grains.GetGrain<IConsultantGrain>(c.Id.Value).PutAsync(Planner, c)));
    }

    private async Task PlanAsync(DemoData data, Week week, int offset, DateTimeOffset now)
    {
        var roster = grains.GetGrain<IRosterGrain>($"{data.Network.Id}/{week}");
        var plans = DemoOutcomes.Staffed(DemoPlan.Week(data, week, options.Value.Seed, offset));
        foreach (var batch in plans.Chunk(Batch))
            await DecideAsync(roster, batch);
        var over = DemoOutcomes.Of(plans, week, options.Value.Seed, now);
        foreach (var batch in over.Chunk(Batch))
            await DecideAsync(roster, batch);
    }

    private async Task DecideAsync(IRosterGrain roster, IReadOnlyCollection<RosterCommand> commands)
    {
        foreach (var reply in await roster.DecideAllAsync(Planner, [.. commands]))
            if (reply is Refused refused)
                LogRefused(refused.Findings[0].Message);
    }

    /// <summary>Makes proposals for a few engagements of the next days, so that visitors see proposals that wait for an answer.</summary>
    private async Task ProposeAsync(Week week, DateTimeOffset now)
    {
        foreach (var which in (Week[])[week, week.Next])
        {
            var roster = grains.GetGrain<IRosterGrain>($"{DemoPeople.Network}/{which}");
            var engagements = (await roster.ReadSinceAsync(null))
                .Items.OfType<Engagement>()
                .Where(e => e.Start > now.AddHours(3) && e.Session is null && e.Status is EngagementStatus.Planned)
                .OrderBy(e => e.Start)
                .ThenBy(e => e.Id.Value, StringComparer.Ordinal)
                .ToList();
            for (var i = 0; i < 4 && i * 11 < engagements.Count; i++)
            {
                var engagement = engagements[i * 11];
                var candidates = (await roster.CandidatesAsync(engagement.Id) ?? []).Where(c => c.Available).Take(3).ToList();
                if (candidates.Count == 0)
                    continue;
                await roster.DecideAsync(
                    new Actor(new("p-coordinator"), Role.Coordinator),
                    new Propose
                    {
                        CommandId = DemoPlan.Id(options.Value.Seed, which, i, 2),
                        Engagement = engagement.Id,
                        Candidate = candidates[0].Person,
                        Replaces = engagement.Consultants.FirstOrDefault() is { Value: not null } relieved ? relieved : null,
                        Ladder = [.. candidates.Skip(1).Select(c => c.Person)],
                        AnswerWithinSeconds = (int)Math.Min((2 + i) * 3600, (engagement.Start - now).TotalSeconds - 3600),
                        Reason = "The consultant's flight is late.",
                    }
                );
            }
        }
    }

    /// <summary>Closes a room of one hospital for two days, so that some engagements need attention.</summary>
    private async Task CloseRoomAsync(DemoData data)
    {
        var hospital = data.Hospitals[2];
        var closed = hospital with
        {
            Closures = [new Closure(new("clinic-2"), data.CongressStart.AddDays(1), data.CongressStart.AddDays(3))],
        };
        await grains.GetGrain<IHospitalGrain>(hospital.Id.Value).PutAsync(new Actor(new("p-coordinator"), Role.Coordinator), closed);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The demo network is ready.")]
    private partial void LogReady();

    [LoggerMessage(Level = LogLevel.Warning, Message = "Filling the demo network was interrupted. It continues in a moment.")]
    private partial void LogCutShort(Exception failure);

    [LoggerMessage(Level = LogLevel.Error, Message = "A part of the demo was refused: {Reason}")]
    private partial void LogRefused(string reason);
}
