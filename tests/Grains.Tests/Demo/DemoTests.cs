using System.Collections.Immutable;
using ConsultHub.Consultants;
using ConsultHub.Journal;
using ConsultHub.Ledgers;
using ConsultHub.Rostering;
using ConsultHub.Scorecards;
using ConsultHub.Silo.Demo;

namespace ConsultHub.Tests.Demo;

public sealed class DemoTests
{
    private static readonly TimeZoneInfo Dubai = TimeZoneInfo.FindSystemTimeZoneById("Asia/Dubai");

    /// <summary>Every day of a week, the turn of a year, a leap day, and the last day of a 53rd week.</summary>
    public static TheoryData<string> Days =>
        new(
            "2026-11-23",
            "2026-11-24",
            "2026-11-25",
            "2026-11-26",
            "2026-11-27",
            "2026-11-28",
            "2026-11-29",
            "2026-12-31",
            "2027-01-01",
            "2028-02-29",
            "2027-01-03"
        );

    private static DemoData Data(string day, int seed = 2024) =>
        new(seed, new DateTimeOffset(DateTime.Parse(day, null), TimeSpan.FromHours(4)));

    private static IEnumerable<(Week Week, int Offset)> Weeks(string day)
    {
        var week = Week.Of(DateOnly.Parse(day, null));
        return [(week.Previous, -1), (week, 0), (week.Next, 1)];
    }

    [Theory, MemberData(nameof(Days))]
    public void Every_demo_week_has_at_least_600_engagements_and_none_breaks_a_rule(string day)
    {
        var data = Data(day);
        foreach (var (week, offset) in Weeks(day))
        {
            var facts = new RosterFacts(data.Network, week);
            foreach (var hospital in data.Hospitals)
                facts.Put(hospital);
            foreach (var consultant in data.Consultants)
                facts.Put(consultant);
            var (roster, version) = (new Roster(), 0L);
            foreach (var plan in DemoPlan.Week(data, week, 2024, offset))
            {
                var outcome = RosterRules.Decide(roster, Actor.System, plan, facts, data.CongressStart);
                Assert.True(outcome.Findings.IsEmpty, $"{plan.Engagement}: {string.Join("; ", outcome.Findings.Select(f => f.Message))}");
                roster = roster.Apply(
                    new JournalEntry<RosterEvent>(
                        ++version,
                        data.CongressStart,
                        Actor.System,
                        plan.CommandId,
                        [outcome.Change!],
                        [],
                        null,
                        [],
                        null
                    )
                );
            }
            Assert.InRange(roster.Engagements.Count, 600, 1_250);
            Assert.Empty(
                Enum.GetValues<EngagementKind>()
                    .Except([
                        EngagementKind.ConferenceSession,
                        EngagementKind.ResearchMeeting,
                        .. roster.Engagements.Values.Select(e => e.Kind),
                    ])
            );
        }
    }

    [Fact]
    public void The_same_seed_gives_the_same_demo_week_on_another_date_and_another_seed_gives_another_week()
    {
        static IEnumerable<(string, TimeSpan, string)> Shape(string day, int seed)
        {
            var week = Week.Of(DateOnly.Parse(day, null)).Previous;
            return DemoPlan
                .Week(Data(day, seed), week, seed, -1)
                .Select(p => (p.Title, p.Start - week.StartIn(Dubai), p.Consultants[0].Value))
                .ToImmutableArray();
        }

        Assert.Equal(Shape("2026-11-25", 1), Shape("2026-12-02", 1));
        Assert.NotEqual(Shape("2026-11-25", 1), Shape("2026-11-25", 2));
    }

    [Fact]
    public void The_demo_has_at_least_60_consultants_in_15_specialties_and_16_hospitals()
    {
        var data = Data("2026-11-25");
        Assert.True(data.Consultants.Length >= 60);
        Assert.Equal(15, data.Consultants.SelectMany(c => c.Specialties).Distinct().Count());
        Assert.Equal(16, data.Hospitals.Length);
        Assert.All(data.Consultants, c => Assert.True(c.Credentials.Length >= 3 && (c.Visits.Length > 0 || c.Affiliation is not null)));
    }

    [Theory, MemberData(nameof(Days))]
    public void The_past_year_is_as_large_as_a_published_year_and_no_engagement_of_it_breaks_a_rule(string day)
    {
        var data = Data(day);
        var (today, consultants) = (DateOnly.Parse(day, null), data.Consultants.ToDictionary(c => c.Id));
        var weeks = DemoYear.Before(Week.Of(today)).ToList();
        Assert.Equal((Week.Of(today.AddDays(-14)), DemoYear.Weeks), (weeks[0], weeks.Count));
        var engagements = weeks.SelectMany(week => Lived(data, week, DemoYear.PlansOf(data, week, 2024))).ToList();
        Assert.Empty(Specialties.All.Select(s => s.Code).Except(Done(engagements).Select(e => e.Specialty)));
        Assert.Empty(data.Hospitals.Select(h => h.Id).Except(Done(engagements).Select(e => e.Hospital)));
        Assert.Contains(Done(engagements), e => e.Consultants.Any(c => consultants[c].Affiliation is not null));

        List<FigureRow> rows = [];
        foreach (var engagement in engagements)
            EngagementFigures.AddRows(rows, engagement, weeks[0], today, []);
        long DoneOf(Figure figure) => rows.Where(r => r.Figure == figure).Sum(r => r.Done);
        Assert.InRange(DoneOf(Figure.Operations), 600, 800);
        Assert.InRange(DoneOf(Figure.Consultations), 3_200, 4_200);
        foreach (var kind in Enum.GetValues<EngagementKind>())
            if (kind is not EngagementKind.ConferenceSession && EngagementFigures.Of(kind) is { } figure)
                Assert.True(DoneOf(figure) > 100, $"{figure}: {DoneOf(figure)}");
        Assert.True(DoneOf(Figure.Taught) > 1_000);

        var first = DemoData.MidnightOf(weeks[^1].Monday);
        var visits =
            from consultant in data.Consultants
            from visit in consultant.Visits
            where first <= visit.Arrival && visit.Arrival < DemoData.MidnightOf(weeks[0].Next.Monday)
            let own = Done(engagements).Where(e => e.Consultants.Contains(consultant.Id))
            where VisitFigures.RowsOf(consultant, visit, today, own).Any(r => r.Done > 0)
            select visit.Id;
        Assert.InRange(visits.Count(), 120, 180);
    }

    [Theory, MemberData(nameof(Days))]
    public void Each_visiting_consultant_has_several_visits_in_the_year_and_they_never_overlap(string day)
    {
        foreach (var consultant in Data(day).Consultants.Where(c => c.Affiliation is null))
        {
            var visits = consultant.Visits.OrderBy(v => v.Arrival).ToList();
            Assert.InRange(visits.Count, 3, 4);
            Assert.All(visits.Zip(visits.Skip(1)), pair => Assert.True(pair.First.Departure < pair.Second.Arrival));
            Assert.Equal(visits.Count, visits.DistinctBy(v => v.Id).Count());
        }
    }

    [Fact]
    public void A_start_in_another_week_plans_the_same_past_weeks()
    {
        var (before, after) = (Data("2026-11-25"), Data("2026-12-02"));
        var week = Week.Of(new DateOnly(2026, 6, 1));
        Assert.Equal(Shape(DemoYear.PlansOf(before, week, 2024)), Shape(DemoYear.PlansOf(after, week, 2024)));
        Assert.NotEqual(Shape(DemoYear.PlansOf(before, week, 2024)), Shape(DemoYear.PlansOf(before, week, 2025)));

        static IEnumerable<(Guid, string, DateTimeOffset, PersonId)> Shape(IEnumerable<Plan> plans) =>
            plans.Select(p => (p.CommandId, p.Title, p.Start, p.Consultants[0])).ToImmutableArray();
    }

    [Theory, MemberData(nameof(Days))]
    public void The_ledger_shows_all_three_levels(string day)
    {
        var (data, today) = (Data(day), DateOnly.Parse(day, null));
        var lines = (
            from week in DemoYear.Before(Week.Of(today)).Append(Week.Of(today).Previous)
            let plans = week == Week.Of(today).Previous ? DemoPlan.Week(data, week, 2024, -1) : DemoYear.PlansOf(data, week, 2024)
            from engagement in Lived(data, week, plans)
            from line in LedgerRules.LinesOf(engagement, engagement.Hospital, week, today, [])
            select line
        ).ToLookup(line => line.Procedure);
        var levels =
            from hospital in data.Hospitals
            from agreed in hospital.Procedures
            select (agreed.Id.Value, LedgerRules.LevelOf(agreed, CaseCounts.Of(lines[agreed.Id]), today));
        Assert.Equal(
            [
                ("tavi", ProcedureLevel.NotYet),
                ("coronary-stent", ProcedureLevel.Supervised),
                ("echo-stress", ProcedureLevel.Alone),
                ("valve-repair", ProcedureLevel.NotYet),
                ("bypass", ProcedureLevel.Supervised),
            ],
            levels
        );
    }

    /// <summary>The engagements of a past week after everything that happened in it. No command is refused.</summary>
    private static IEnumerable<Engagement> Lived(DemoData data, Week week, IEnumerable<Plan> planned)
    {
        var facts = new RosterFacts(data.Network, week);
        foreach (var hospital in data.Hospitals)
            facts.Put(hospital);
        foreach (var consultant in data.Consultants)
            facts.Put(consultant);
        var plans = DemoOutcomes.Staffed(planned);
        var (roster, version) = (new Roster(), 0L);
        foreach (var command in plans.Concat(DemoOutcomes.Of(plans, week, 2024, data.CongressStart)))
        {
            var outcome = RosterRules.Decide(roster, Actor.System, command, facts, data.CongressStart);
            Assert.True(outcome.Findings.IsEmpty, $"{command.Engagement}: {string.Join("; ", outcome.Findings.Select(f => f.Message))}");
            roster = roster.Apply(
                new JournalEntry<RosterEvent>(
                    ++version,
                    data.CongressStart,
                    Actor.System,
                    command.CommandId,
                    [outcome.Change!],
                    [],
                    null,
                    [],
                    null
                )
            );
        }
        Assert.DoesNotContain(roster.Engagements.Values, e => e.Status is EngagementStatus.Planned or EngagementStatus.Confirmed);
        return roster.Engagements.Values;
    }

    private static IEnumerable<Engagement> Done(IEnumerable<Engagement> engagements) =>
        engagements.Where(e => e.Status == EngagementStatus.Completed);
}
