using System.Collections.Immutable;
using ConsultHub.Hospitals;
using ConsultHub.Ledgers;
using ConsultHub.Rostering;
using CsCheck;

namespace ConsultHub.Tests.Ledgers;

/// <summary>Tests what follows from counts and from what was agreed.</summary>
public sealed class LedgerRulesTests
{
    private static readonly DateOnly Today = new(2026, 12, 1);
    private static readonly HospitalId North = new("h-north");
    private static readonly Procedure Fusion = new(new("fusion"), "spine", new("Spinal fusion"), 10, 5);
    private static readonly Procedure Signed = Fusion with { SignedOn = Today, SignedBy = new("c-kim"), CountersignedBy = new("c-noor") };

    private static CaseLine Line(int assisted = 0, int supervised = 0, int alone = 0, DateOnly? day = null, string procedure = "fusion") =>
        new(new(procedure), new("e-1"), new(2026, 48), day ?? Today.AddDays(-7), "Spine", [new("asan")], assisted, supervised, alone);

    private static ProcedureStanding Standing(Procedure agreed, int? visits, params CaseLine[] lines) =>
        LedgerRules.StandingOf(agreed, lines, lines, visits, Today);

    private static Engagement Done(
        string id,
        Work? work,
        EngagementStatus status = EngagementStatus.Completed,
        string hospital = "h-north"
    ) =>
        new()
        {
            Id = new(id),
            Kind = EngagementKind.Operation,
            Status = status,
            Title = id,
            Hospital = new(hospital),
            Specialty = "spine",
            Start = new(2026, 11, 24, 6, 0, 0, TimeSpan.Zero),
            End = new(2026, 11, 24, 8, 0, 0, TimeSpan.Zero),
            Work = work,
        };

    private static readonly Work Two = new() { Procedures = [new(new("fusion"), 1, 2, 3), new(new("disc"), 4)] };

    [Fact]
    public void A_team_acts_under_supervision_when_it_has_assisted_as_often_as_agreed_and_alone_when_both_sides_have_signed()
    {
        Assert.Equal(ProcedureLevel.NotYet, Standing(Fusion, 1, Line(9, 50, 50)).Level);
        Assert.Equal(ProcedureLevel.Supervised, Standing(Fusion, 1, Line(10)).Level);
        Assert.Equal(ProcedureLevel.Supervised, Standing(Fusion, 1, Line(999, 999, 999)).Level);
        Assert.Equal(ProcedureLevel.Alone, Standing(Signed, 1).Level);
        Assert.Equal(ProcedureLevel.Supervised, Standing(Signed with { SignedOn = Today.AddDays(1) }, 1, Line(10)).Level);
        Assert.Equal(ProcedureLevel.Supervised, Standing(Fusion with { Assisted = 0 }, 1).Level);
    }

    [Fact]
    public void Missing_cases_divided_by_the_cases_of_a_visit_and_rounded_up_are_the_visits_that_are_needed()
    {
        // 7 cases in 3 visits. 3 more are missing for the next level and 3 + 5 for the last one: 3 · 3/7 and 8 · 3/7, rounded up.
        var standing = Standing(Fusion, 3, Line(4), Line(3));
        Assert.Equal((3, 7L), (standing.Pace!.Visits, standing.Pace.Cases));
        Assert.Equal(
            [new LevelStep(ProcedureLevel.Supervised, 3, 2, null), new LevelStep(ProcedureLevel.Alone, 8, 4, null)],
            standing.Steps
        );
        Assert.Equal([new LevelStep(ProcedureLevel.Alone, 2, 1, null)], Standing(Fusion, 1, Line(10, 3)).Steps);
        Assert.Equal([new LevelStep(ProcedureLevel.Alone, 0, 0, null)], Standing(Fusion, 0, Line(10, 5)).Steps);
        Assert.Empty(Standing(Signed, 3).Steps);
    }

    [Fact]
    public void Without_a_visit_or_without_a_case_nobody_says_how_many_visits_are_needed()
    {
        Assert.All(Standing(Fusion, 0, Line(3)).Steps, s => Assert.Equal((null, NoEstimate.NoVisit), (s.Visits, s.Why)));
        Assert.All(Standing(Fusion, 4).Steps, s => Assert.Equal((null, NoEstimate.NoCase), (s.Visits, s.Why)));
        // Cases of the local team alone count for the level and say nothing about visits.
        var own = Standing(Fusion, 4, Line(9) with { Partners = [] });
        Assert.Equal((9L, 0L), (own.Counts.Assisted, own.Pace!.Cases));
        // Cases of earlier years count for the level and say nothing about the pace.
        var early = Standing(Fusion, 4, Line(9, day: Today.AddYears(-2)));
        Assert.Equal((9L, 0L), (early.Counts.Assisted, early.Pace!.Cases));
        Assert.All(early.Steps, s => Assert.Equal(NoEstimate.NoCase, s.Why));
    }

    [Fact]
    public void Cases_count_from_the_agreed_day_or_for_five_years_and_never_for_more_than_ten()
    {
        Assert.Equal(Today.AddYears(-5), LedgerRules.CountedFrom(Fusion, Today));
        Assert.Equal(Today.AddYears(-10), LedgerRules.CountedFrom(Fusion with { Since = new(2001, 1, 1) }, Today));
        var since = Fusion with { Since = new(2026, 6, 1) };
        Assert.Equal(2, Standing(since, 1, Line(1, day: new(2026, 5, 31)), Line(2, day: new(2026, 6, 1))).Counts.Assisted);
        Assert.Equal(0, Standing(since, 1, Line(4, day: Today.AddDays(1)), Line(4, procedure: "disc")).Counts.Assisted);
    }

    [Fact]
    public void Only_completed_engagements_at_the_hospital_have_lines()
    {
        Assert.Equal(
            [("fusion", 1, 2, 3), ("disc", 4, 0, 0)],
            Lines(Done("a", Two)).Select(l => (l.Procedure.Value, l.Assisted, l.Supervised, l.Alone))
        );
        Assert.Empty(Lines(Done("a", null)));
        Assert.Empty(Lines(Done("a", new(Operations: 3))));
        Assert.Empty(Lines(Done("a", Two, hospital: "h-south")));
        foreach (var status in Enum.GetValues<EngagementStatus>().Where(s => s != EngagementStatus.Completed))
            Assert.Empty(Lines(Done("a", Two, status)));

        static IEnumerable<CaseLine> Lines(Engagement engagement) =>
            LedgerRules.LinesOf(engagement, North, new(2026, 48), new(2026, 11, 24), []);
    }

    [Fact]
    public void Whoever_sees_a_part_sees_the_level_of_the_whole_and_no_estimate()
    {
        CaseLine[] all = [Line(6), Line(4)];
        var standing = LedgerRules.StandingOf(Fusion, all, all[..1], null, Today);
        Assert.Equal((6L, ProcedureLevel.Supervised), (standing.Counts.Assisted, standing.Level));
        Assert.Null(standing.Pace);
        Assert.Empty(standing.Steps);
    }

    private static readonly Gen<CaseLine> AnyLine =
        from assisted in Gen.Int[0, 30]
        from supervised in Gen.Int[0, 30]
        from alone in Gen.Int[0, 30]
        from age in Gen.Int[0, 4_000]
        select Line(assisted, supervised, alone, Today.AddDays(-age));

    [Fact]
    public void One_more_completed_engagement_never_lowers_a_count_or_a_level_and_never_adds_missing_cases()
    {
        var any =
            from lines in AnyLine.Array[0, 12]
            from more in AnyLine
            from assisted in Gen.Int[0, 60]
            from supervised in Gen.Int[0, 60]
            from isSigned in Gen.Bool
            from visits in Gen.Int[0, 20]
            select (lines, more, (isSigned ? Signed : Fusion) with { Assisted = assisted, Supervised = supervised }, visits);
        any.Sample(
            (lines, more, agreed, visits) =>
            {
                var (before, after) = (Standing(agreed, visits, lines), Standing(agreed, visits, [.. lines, more]));
                Assert.True(before.Counts.Assisted <= after.Counts.Assisted);
                Assert.True(before.Counts.Supervised <= after.Counts.Supervised);
                Assert.True(before.Counts.Alone <= after.Counts.Alone);
                Assert.True(before.Level <= after.Level);
                foreach (var step in after.Steps)
                {
                    var earlier = Assert.Single(before.Steps, s => s.Level == step.Level);
                    Assert.True(step.Missing <= earlier.Missing);
                    // More cases in as many visits never mean more visits.
                    if (step.Visits is { } needed && earlier.Visits is { } known)
                        Assert.True(needed <= known);
                    // So many visits bring the missing cases, and one visit less does not.
                    if (step.Visits is { } n && step.Missing > 0)
                    {
                        Assert.True(n * after.Pace!.Cases >= step.Missing * visits);
                        Assert.True((n - 1) * after.Pace.Cases < step.Missing * visits);
                    }
                }
            }
        );
    }
}
