using System.Collections.Immutable;
using ConsultHub.Accounts;
using ConsultHub.Rostering;
using ConsultHub.Scorecards;
using ConsultHub.Tests.Rostering;
using static ConsultHub.Tests.Rostering.RosterWorld;

namespace ConsultHub.Tests.Scorecards;

/// <summary>What counts for which figure, and who sees which part of it.</summary>
public sealed class ScorecardRulesTests
{
    private static readonly PartnerId Asan = new("asan"),
        Other = new("other");
    private static readonly DateOnly Day = new(2026, 11, 24);

    private static Engagement Of(EngagementKind kind, EngagementStatus status, Work? work = null) =>
        new()
        {
            Id = new("e-1"),
            Kind = kind,
            Status = status,
            Title = "Clinic",
            Hospital = North,
            Specialty = "cardiology",
            Consultants = [Kim],
            Start = Eight,
            End = Eight.AddHours(1),
            Attendees = 12,
            Work = work,
        };

    private static Dictionary<Figure, (int Planned, int Done, int NotRecorded)> Counted(Engagement engagement)
    {
        List<FigureRow> rows = [];
        EngagementFigures.AddRows(rows, engagement, RosterWorld.Week, Day, [Asan]);
        return rows.ToDictionary(r => r.Figure, r => (r.Planned, r.Done, r.NotRecorded));
    }

    [Fact]
    public void Every_kind_has_a_figure_except_meetings_of_initiatives() =>
        Assert.Equal([EngagementKind.ResearchMeeting], Enum.GetValues<EngagementKind>().Where(kind => EngagementFigures.Of(kind) is null));

    [Theory]
    [InlineData(EngagementStatus.Planned, 1, 0, 0)]
    [InlineData(EngagementStatus.Confirmed, 1, 0, 0)]
    [InlineData(EngagementStatus.InProgress, 1, 0, 0)]
    [InlineData(EngagementStatus.Completed, 1, 0, 1)]
    public void An_engagement_counts_as_planned_until_it_is_completed(EngagementStatus status, int planned, int done, int missing)
    {
        Assert.Equal((planned, done, missing), Counted(Of(EngagementKind.Operation, status))[Figure.Operations]);
        Assert.Equal((1, status == EngagementStatus.Completed ? 1 : 0, 0), Counted(Of(EngagementKind.Lecture, status))[Figure.Lectures]);
    }

    [Theory]
    [InlineData(EngagementStatus.Cancelled)]
    [InlineData(EngagementStatus.NoShow)]
    public void An_engagement_that_did_not_take_place_does_not_count(EngagementStatus status) =>
        Assert.All(Enum.GetValues<EngagementKind>(), kind => Assert.Empty(Counted(Of(kind, status))));

    [Fact]
    public void A_count_in_an_engagement_of_another_kind_counts_too_and_is_never_guessed()
    {
        var visit = Counted(Of(EngagementKind.ClinicalVisit, EngagementStatus.Completed, new(Consultations: 7, Operations: 0)));
        Assert.Equal(new() { [Figure.Consultations] = (0, 7, 0), [Figure.ClinicalVisits] = (1, 1, 0) }, visit);
        Assert.Equal((1, 0, 0), Counted(Of(EngagementKind.Operation, EngagementStatus.Completed, new(Operations: 0)))[Figure.Operations]);
        Assert.Equal((1, 0, 1), Counted(Of(EngagementKind.Operation, EngagementStatus.Completed, new(Taught: 3)))[Figure.Operations]);
    }

    [Fact]
    public void Expected_people_are_planned_and_recorded_people_are_taught()
    {
        Assert.Equal((12, 0, 0), Counted(Of(EngagementKind.Workshop, EngagementStatus.Planned))[Figure.Taught]);
        Assert.Equal((12, 0, 1), Counted(Of(EngagementKind.Workshop, EngagementStatus.Completed))[Figure.Taught]);
        Assert.Equal((12, 9, 0), Counted(Of(EngagementKind.Workshop, EngagementStatus.Completed, new(Taught: 9)))[Figure.Taught]);
        Assert.Equal((0, 9, 0), Counted(Of(EngagementKind.Operation, EngagementStatus.Completed, new(Taught: 9)))[Figure.Taught]);
        Assert.Equal(
            (12, 9, 0),
            Counted(Of(EngagementKind.Lecture, EngagementStatus.Completed, new(Taught: 9)))[Figure.LectureAttendances]
        );
        Assert.Equal((12, 0, 1), Counted(Of(EngagementKind.ConferenceSession, EngagementStatus.Completed))[Figure.LectureAttendances]);
        Assert.DoesNotContain(
            Figure.LectureAttendances,
            Counted(Of(EngagementKind.Workshop, EngagementStatus.Completed, new(Taught: 9))).Keys
        );
    }

    [Fact]
    public void A_visit_counts_once_for_all_its_places_and_once_for_each_of_them()
    {
        var kim = NewConsultant(Kim) with { Home = Asan };
        Engagement At(HospitalId hospital, EngagementStatus status, double days = 0) =>
            Of(EngagementKind.Consultation, status) with
            {
                Hospital = hospital,
                Start = Eight.AddDays(days),
            };
        var rows = VisitFigures
            .RowsOf(
                kim,
                kim.Visits[0],
                Day,
                [At(North, EngagementStatus.Completed), At(South, EngagementStatus.Planned), At(South, EngagementStatus.Completed, 31)]
            )
            .ToList();
        var visits = Scorecard.Of(rows, [Figure.Visits], Day, Day).Single();
        Assert.Equal(new Score(1, 1, 0), visits.Total);
        Assert.Equal([new("h-north", new(1, 1, 0)), new("h-south", new(1, 0, 0))], visits.Hospitals);
        Assert.Equal([new("asan", new(1, 1, 0))], visits.Partners);
        var line = Assert.Single(Scorecard.LinesOf(rows));
        Assert.Equal((2, 1, 1), (line.Hospitals.Length, line.Planned, line.Done));
        var alone = Assert.Single(VisitFigures.RowsOf(kim, kim.Visits[0], Day, []));
        Assert.Equal((null, 1, 0), (alone.Hospital, alone.Planned, alone.Done));
    }

    [Fact]
    public void A_scorecard_has_every_month_and_every_figure()
    {
        var figures = Scorecard.Of([], [Figure.Operations, Figure.Visits], new(2025, 12, 31), new(2026, 2, 1));
        Assert.Equal([Figure.Visits, Figure.Operations], figures.Select(f => f.Figure));
        Assert.Equal(["2025-12", "2026-01", "2026-02"], figures[0].Months.Select(m => m.Id));
    }

    [Fact]
    public void A_limited_role_sees_its_part_and_not_the_other_partner_of_a_row()
    {
        var row = new FigureRow(Figure.Lectures, new("engagement", "e-1", "x"), Day, North, "cardiology", [Asan, Other], 1, 1);
        FigureRow[] Shown(ScorecardFilter filter, params ImmutableArray<GrantScope> scopes) =>
            [.. ScorecardRules.Shown([row], filter, scopes)];
        GrantScope Scope(PartnerId? partner, params ImmutableArray<HospitalId> hospitals) =>
            new() { Hospitals = hospitals, Partner = partner };

        Assert.Empty(Shown(new()));
        Assert.Equal([row], Shown(new(), Scope(null)));
        Assert.Equal([row], Shown(new(), Scope(null, North)));
        Assert.Empty(Shown(new(), Scope(null, South)));
        Assert.Equal([Asan], Assert.Single(Shown(new(), Scope(Asan))).Partners);
        Assert.Empty(Shown(new(Partner: Other), Scope(Asan)));
        Assert.Empty(Shown(new(), Scope(Asan, South)));
        Assert.Equal([Other], Assert.Single(Shown(new(Partner: Other), Scope(null))).Partners);
        Assert.Empty(Shown(new(Hospital: South), Scope(null)));
        Assert.Empty(Shown(new(Specialty: "oncology"), Scope(null)));
        Assert.Single(Shown(new(), Scope(null, South), Scope(Asan)));

        Assert.True(ScorecardRules.Covers([Scope(null)], Scope(Asan, North)));
        Assert.True(ScorecardRules.Covers([Scope(null, North, South)], Scope(null, North)));
        Assert.False(ScorecardRules.Covers([Scope(null, North)], Scope(null)));
        Assert.False(ScorecardRules.Covers([Scope(null, North)], Scope(null, North, South)));
        Assert.False(ScorecardRules.Covers([Scope(Asan)], Scope(Other)));
        Assert.False(ScorecardRules.Covers([], Scope(null)));
    }

    [Fact]
    public async Task A_report_is_stored_once_and_their_number_is_limited()
    {
        await using var hub = await TestHub.StartAsync();
        var reports = hub.Grains.GetGrain<IScorecardReportsGrain>("ehs");
        var question = new ReportQuestion(Day, Day, "Asia/Dubai", new(), [new()]);
        var id = Guid.NewGuid();
        var first = await reports.StoreAsync(Coordinator, id, question, [new("roster ehs/2026-W48", 7)]);
        Assert.Equal(first.Report, (await reports.StoreAsync(Coordinator, id, question, [])).Report);
        Assert.Equal(7, Assert.Single(Assert.Single(await reports.ListAsync()).Positions).Version);
        var large = Enumerable.Range(0, IScorecardReportsGrain.MostPositions + 1).Select(i => new ReadPosition($"{i}", i));
        Assert.Equal("scorecard.too-large", (await reports.StoreAsync(Coordinator, Guid.NewGuid(), question, [.. large])).Code);
        for (var i = 1; i < IScorecardReportsGrain.Most; i++)
            Assert.Null((await reports.StoreAsync(Coordinator, Guid.NewGuid(), question, [])).Code);
        Assert.Equal("scorecard.too-many-reports", (await reports.StoreAsync(Coordinator, Guid.NewGuid(), question, [])).Code);
    }
}
