using System.Collections.Immutable;
using ConsultHub.Journal;
using ConsultHub.Rostering;
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
}
