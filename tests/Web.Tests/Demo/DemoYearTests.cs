using System.Collections.Immutable;
using ConsultHub.Scorecards;
using ConsultHub.Tests.Fixtures;
using ConsultHub.Web.Scorecards;

namespace ConsultHub.Tests.Demo;

/// <summary>The first and the second start of a hub with the demo.</summary>
public sealed class DemoYearTests
{
    /// <summary>The figures that the past year of the demo has. Sessions of conferences come with the congress, which is now.</summary>
    private static readonly ImmutableArray<Figure> Filled =
    [
        .. Enum.GetValues<Figure>().Except([Figure.ConferenceSessions, Figure.JointInitiatives]),
    ];

    [Fact]
    public async Task The_first_start_fills_a_year_of_all_figures_refuses_nothing_and_the_second_start_adds_nothing()
    {
        await using var hub = await HubHost.StartAsync();
        var first = await FiguresAsync(hub);
        foreach (var figure in Filled)
            Assert.True(first[figure].Total.Done > 0, $"Nothing is done of {figure}.");
        Assert.InRange(first[Figure.Visits].Total.Done, 120, 180);
        Assert.Equal(15, first[Figure.ClinicalVisits].Specialties.Length);
        Assert.Equal(16, first[Figure.ClinicalVisits].Hospitals.Length);
        Assert.DoesNotContain("was refused", hub.Said, StringComparison.Ordinal);

        hub.Kill();
        await hub.RestartAsync();
        Assert.Equal(first.Values.Select(f => (f.Figure, f.Total)), (await FiguresAsync(hub)).Values.Select(f => (f.Figure, f.Total)));
        Assert.DoesNotContain("was refused", hub.Said, StringComparison.Ordinal);
    }

    /// <summary>The figures of the year before last week.</summary>
    private static async Task<SortedDictionary<Figure, FigureScore>> FiguresAsync(HubHost hub)
    {
        using var coordinator = await Caller.SignInAsync(hub.Address, "p-coordinator");
        var last = DemoHub.ThisWeek.Previous.Monday.AddDays(-1);
        var answer = await coordinator.GetAsync<ScorecardsApi.ScorecardAnswer>(
            $"api/scorecards/ehs?from={last.AddYears(-1).AddDays(1):yyyy-MM-dd}&to={last:yyyy-MM-dd}"
        );
        return new(answer.Figures.ToDictionary(f => f.Figure));
    }
}
