using System.Collections.Immutable;
using ConsultHub.Programmes;

namespace ConsultHub.Silo.Demo;

/// <summary>
/// Earlier cohorts of some education programmes, which are over. The sessions of one of them are engagements of the past year.
/// </summary>
internal static class DemoPast
{
    /// <summary>When the cohorts began, in months from now, and how many months they lasted.</summary>
    private static readonly ImmutableArray<(string Programme, int Month, int Months)> Cohorts =
    [
        ("elective-cardiology", -9, 2),
        ("training-echo", -8, 2),
        ("leadership-heads", -9, 3),
    ];

    /// <summary>After <see cref="DemoProgrammes"/> and <see cref="DemoYear"/>.</summary>
    public static async Task SeedAsync(IGrainFactory grains, DemoData data, DateTimeOffset now)
    {
        foreach (var (id, month, months) in Cohorts)
        {
            var index = DemoEntries.All.IndexOf(DemoEntries.All.Single(e => e.Id == id));
            var entry = DemoEntries.All[index] with { Stage = DemoStage.Accepted, Month = month, Months = months };
            var cohort = await DemoProgrammes.EnterAsync(grains, data, entry, index, "past-", now);
            if ((await grains.GetGrain<IProgrammeGrain>(id).GetAsync())?.Find(cohort) is not { } past)
                continue;
            List<Week> weeks = [];
            for (var week = Week.Of(past.From).Next; week.Next.Monday <= past.To; week = week.Next)
                weeks.Add(week);
            await DemoSessions.HoldAsync(grains, id, cohort, [.. weeks], now);
        }
    }
}
