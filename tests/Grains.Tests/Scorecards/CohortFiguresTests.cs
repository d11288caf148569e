using System.Collections.Immutable;
using ConsultHub.Programmes;
using ConsultHub.Scorecards;

namespace ConsultHub.Tests.Scorecards;

/// <summary>What a cohort of an education programme counts for which figure.</summary>
public sealed class CohortFiguresTests
{
    private static readonly DateOnly From = new(2026, 3, 1),
        To = new(2026, 3, 31);

    private static ImmutableArray<FigureRow> RowsOf(
        ProgrammeKind kind,
        int accepted,
        DateOnly today,
        params ImmutableArray<HospitalId> hosts
    )
    {
        var profile = new ProgrammeProfile(
            new("p-1"),
            new("ehs"),
            kind,
            new("Elective", "تدريب اختياري"),
            new("Four weeks."),
            "oncology",
            new PartnerId("asan"),
            hosts,
            AtPartner: true,
            ["en"],
            new("p-director"),
            null,
            1,
            Admission.FirstCome,
            Public: false
        );
        List<FigureRow> rows = [];
        CohortFigures.AddRows(rows, profile, new("c-1", new("Spring"), From, To, default, 9, 7), accepted, today);
        return [.. rows];
    }

    [Fact]
    public void Every_kind_of_programme_counts_its_people_and_all_but_electives_and_fellowships_count_their_cohorts()
    {
        foreach (var kind in Enum.GetValues<ProgrammeKind>())
        {
            var figures = RowsOf(kind, 3, From).Select(r => r.Figure).ToHashSet();
            Figure[] expected = kind switch
            {
                ProgrammeKind.ResidencyElective or ProgrammeKind.Fellowship => [Figure.Electives],
                ProgrammeKind.Leadership => [Figure.LeadershipCohorts, Figure.TrainedPeople],
                _ => [Figure.Trainings, Figure.TrainedPeople],
            };
            Assert.Equal(expected.ToHashSet(), figures);
        }
    }

    [Fact]
    public void Places_are_done_on_the_day_after_the_last_day_and_count_on_the_first_day()
    {
        var before = Assert.Single(RowsOf(ProgrammeKind.Fellowship, 3, To));
        Assert.Equal((From, 3, 0), (before.Day, before.Planned, before.Done));
        var after = Assert.Single(RowsOf(ProgrammeKind.Fellowship, 3, To.AddDays(1)));
        Assert.Equal((From, 3, 3), (after.Day, after.Planned, after.Done));
        Assert.Empty(RowsOf(ProgrammeKind.Fellowship, 0, To.AddDays(1)));
    }

    [Fact]
    public void A_training_that_nobody_took_was_planned_and_is_not_done()
    {
        var rows = RowsOf(ProgrammeKind.StaffTraining, 0, To.AddDays(1));
        Assert.Equal((Figure.Trainings, 1, 0), (rows.Single().Figure, rows.Single().Planned, rows.Single().Done));
        Assert.Equal(1, RowsOf(ProgrammeKind.Leadership, 1, To.AddDays(1)).Single(r => r.Figure == Figure.LeadershipCohorts).Done);
    }

    [Fact]
    public void A_cohort_of_two_hosts_counts_once_in_all_and_once_for_each_host()
    {
        var rows = RowsOf(ProgrammeKind.Fellowship, 4, From, new("h-a"), new("h-b"));
        var score = Scorecard.Of(rows, [Figure.Electives], From, To).Single();
        Assert.Equal(new Score(4, 0, 0), score.Total);
        Assert.Equal([new("h-a", new(4, 0, 0)), new("h-b", new(4, 0, 0))], score.Hospitals);
        Assert.Equal([new("asan", new(4, 0, 0))], score.Partners);
        var line = Assert.Single(Scorecard.LinesOf(rows));
        Assert.Equal(("cohort", "p-1/c-1", "Elective · Spring", 4), (line.Thing.Kind, line.Thing.Id, line.Thing.Title, line.Planned));
        Assert.Equal("تدريب اختياري · Spring", line.Thing.Name!.Ar);
        Assert.Null(line.Thing.Name.Ko);
        Assert.Equal(2, line.Hospitals.Length);
    }
}
