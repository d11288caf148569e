using ConsultHub.Consultants;
using ConsultHub.Rostering;
using ConsultHub.Scorecards;
using static ConsultHub.Tests.Scorecards.ScorecardHub;

namespace ConsultHub.Tests.Scorecards;

/// <summary>
/// The published figures of 2024 (rules.csv, ehs-2024): 164 visits, 701 operations and 3,673 consultations in 49 specialties. They are made
/// by commands in a year of the tests.
/// </summary>
public sealed class YearTests
{
    private const int Visits = 164,
        Operations = 701,
        Consultations = 3_673,
        Specialties = 49;

    [Fact]
    public async Task A_year_shows_the_published_figures_and_one_more_completed_engagement_moves_them()
    {
        await using var hub = new ScorecardHub();
        var specialties = Enumerable.Range(0, Specialties).Select(i => $"specialty-{i:00}").ToArray();
        var visits = Enumerable.Range(0, Visits).Select(VisitOf).ToList();
        await hub.SeedAsync(
            visits
                .GroupBy(v => v.Number % Specialties, v => v.Visit)
                .Select(of => NewConsultant($"c-{of.Key:00}", specialties[of.Key], Partners[of.Key % 2], [.. of])),
            specialties
        );
        List<(DateTimeOffset, RosterCommand)> commands = [];
        foreach (var (number, visit) in visits)
        {
            // A part of the consultations is counted in a clinical visit.
            var (consultations, operations) = (Share(Consultations, number), Share(Operations, number));
            Add(EngagementKind.ClinicalVisit, 0, new(Consultations: consultations / 3, FollowUps: 2));
            Add(EngagementKind.Consultation, 1, new(Consultations: consultations - (consultations / 3)));
            Add(EngagementKind.Operation, 2, new(Operations: operations));

            void Add(EngagementKind kind, int day, Work work)
            {
                var plan = NewPlan(
                    $"e-{number:000}-{day}",
                    kind,
                    Places[number % 3],
                    specialties[number % Specialties],
                    visit.Arrival.AddDays(day).AddHours(8),
                    new PersonId($"c-{number % Specialties:00}")
                );
                commands.Add((plan.Start, plan));
                commands.Add((plan.Start, Done(plan, work)));
            }
        }
        await hub.DecideAllAsync(commands);
        using var coordinator = hub.As(Role.Coordinator);

        var figures = await ReadAsync(coordinator);
        Assert.Equal(new Score(Visits, Visits, 0), figures[Figure.Visits].Total);
        Assert.Equal(new Score(Visits, Operations, 0), figures[Figure.Operations].Total);
        Assert.Equal(new Score(Visits, Consultations, 0), figures[Figure.Consultations].Total);
        Assert.Equal(new Score(Visits, Visits, 0), figures[Figure.ClinicalVisits].Total);
        Assert.Equal(new Score(0, 2 * Visits, 0), figures[Figure.FollowUps].Total);
        foreach (var figure in (Figure[])[Figure.Visits, Figure.Operations, Figure.Consultations])
        {
            Assert.Equal(Specialties, figures[figure].Specialties.Length);
            foreach (var parts in (IEnumerable<PartScore>[])[figures[figure].Months, figures[figure].Hospitals, figures[figure].Partners])
                Assert.Equal(figures[figure].Total.Done, parts.Sum(p => p.Score.Done));
        }
        // The rows behind a figure add up to it. A page has at most 200 rows.
        foreach (var figure in (Figure[])[Figure.Visits, Figure.Operations, Figure.ClinicalVisits])
        {
            var rows = await RowsAsync(coordinator, $"figure={figure}&take=200&{Period}");
            Assert.Equal((Visits, figures[figure].Total.Done), (rows.Count, rows.Rows.Sum(r => (long)r.Done)));
        }

        var more = NewPlan("e-more", EngagementKind.Operation, Places[0], specialties[0], Year.AddDays(200), new PersonId("c-00"));
        await hub.DecideAllAsync([(more.Start, more)]);
        Assert.Equal(new Score(Visits + 1, Operations, 0), (await ReadAsync(coordinator))[Figure.Operations].Total);
        Assert.IsType<Decided>(await hub.DecideAsync(more.Start, Done(more)));
        Assert.Equal(new Score(Visits + 1, Operations, 1), (await ReadAsync(coordinator))[Figure.Operations].Total);
        var record = new RecordWork
        {
            CommandId = Guid.NewGuid(),
            Engagement = more.Engagement,
            Work = new(Operations: 1),
        };
        Assert.IsType<Decided>(await hub.DecideAsync(more.Start, record));
        Assert.Equal(new Score(Visits + 1, Operations + 1, 0), (await ReadAsync(coordinator))[Figure.Operations].Total);
    }

    /// <summary>The share of one visit, so that the shares of all visits add up to the total.</summary>
    private static int Share(int total, int number) => (total / Visits) + (number < total % Visits ? 1 : 0);

    /// <summary>Stays from Monday to Friday. The stays of one consultant are months apart.</summary>
    private static (int Number, Visit Visit) VisitOf(int number)
    {
        var arrival = new DateTimeOffset(2025, 1, 6, 0, 0, 0, TimeSpan.Zero).AddDays(7 * (number * 50 / Visits));
        return (number, new(new($"v-{number:000}"), new("ehs"), arrival, arrival.AddDays(4.5)));
    }
}
