using ConsultHub.Records;
using ConsultHub.Research;
using static ConsultHub.Tests.Research.ResearchWorld;

namespace ConsultHub.Tests.Research;

/// <summary>The order of milestones, and when they are late.</summary>
public sealed class MilestoneTests
{
    private static readonly TimeZoneInfo Dubai = TimeZoneInfo.FindSystemTimeZoneById("Asia/Dubai");

    [Fact]
    public void A_milestone_is_done_after_those_before_it()
    {
        var first = Done(Begun, Milestone("a", 1), Milestone("b", 2, null, "a"));
        Assert.Equal(("research.done-too-early", "done"), Fault(first, Milestone("b", 2, 0, "a")));
        Assert.Equal(("research.done-too-early", "done"), Fault(first, Milestone("a", 1, 1), Milestone("b", 2, 0, "a")));
        var done = Done(first, Milestone("a", 1, 0), Milestone("b", 2, 0, "a"));
        Assert.Equal("research.done-too-early", Assert.Single(Put(done, Milestone("a", 1)).Faults).Code);
    }

    [Fact]
    public void A_milestone_is_not_due_before_those_before_it()
    {
        Assert.Equal(("research.due-too-early", "due"), Fault(Begun, Milestone("a", 3), Milestone("b", 2, null, "a")));
        Done(Begun, Milestone("a", 2), Milestone("b", 2, null, "a"));
    }

    [Fact]
    public void A_milestone_does_not_come_before_itself_and_names_known_ones()
    {
        Assert.Equal(("research.circle", "after"), Fault(Begun, Milestone("a", 1, null, "a")));
        var circle = Put(Begun, Milestone("a", 1, null, "c"), Milestone("b", 1, null, "a"), Milestone("c", 1, null, "b"));
        Assert.Equal(["research.circle", "research.circle", "research.circle"], circle.Faults.Select(f => f.Code));
        Assert.Equal(("record.unknown-reference", "after"), Fault(Begun, Milestone("a", 1, null, "z")));
    }

    /// <summary>Whatever people enter, what is stored can be done in some order, and what is done has its predecessors done.</summary>
    [Fact]
    public void Any_sequence_of_changes_keeps_an_order_in_which_all_can_be_done()
    {
        var random = new Random(17);
        var (initiative, refused) = (Begun, 0);
        for (var i = 0; i < 4_000; i++)
        {
            var after = Enumerable.Range(0, random.Next(3)).Select(_ => $"m{random.Next(8)}").Distinct();
            var milestone = Milestone($"m{random.Next(8)}", random.Next(4), random.Next(3) == 0 ? random.Next(4) : null, [.. after]);
            var outcome =
                random.Next(6) == 0
                    ? RecordRules.Decide(initiative, new(Guid.NewGuid(), [new(((IRecord)milestone).Record, null)]))
                    : Put(initiative, milestone);
            if (!outcome.Faults.IsEmpty)
                refused++;
            else if (outcome.After is { } next)
                initiative = next;
            var known = initiative.Milestones.ToDictionary(m => m.Id);
            HashSet<string> reached = [];
            while (
                initiative.Milestones.Where(m => !reached.Contains(m.Id) && m.After.All(reached.Contains)).ToList() is { Count: > 0 } free
            )
                reached.UnionWith(free.Select(m => m.Id));
            Assert.Equal(known.Count, reached.Count);
            Assert.All(
                initiative.Milestones,
                m =>
                {
                    Assert.All(m.After, id => Assert.True(known[id].Due <= m.Due));
                    Assert.True(m.Done is null || m.After.All(id => known[id].Done <= m.Done));
                }
            );
        }
        Assert.InRange(refused, 500, 3_500);
    }

    [Theory]
    [InlineData("Asia/Dubai", "2026-11-23", "2026-11-23T20:00:00Z")]
    [InlineData("Asia/Seoul", "2026-11-23", "2026-11-23T15:00:00Z")]
    [InlineData("Africa/Cairo", "2026-04-23", "2026-04-23T22:00:00Z")] // midnight does not exist on the 24th
    public void A_due_day_ends_at_midnight_in_the_zone_of_the_network(string zone, string day, string end) =>
        Assert.Equal(DateTimeOffset.Parse(end, null), LocalDay.EndOf(DateOnly.Parse(day, null), TimeZoneInfo.FindSystemTimeZoneById(zone)));

    [Fact]
    public void The_leads_are_told_once_when_the_day_is_over_and_the_coordinator_two_days_later()
    {
        var initiative = Done(Begun, Milestone("a", 0), Milestone("b", 9));
        var end = LocalDay.EndOf(Today, Dubai);
        Assert.Empty(Lateness.DueAt(initiative, Dubai, end.AddSeconds(-1), true));
        Assert.Equal(end, Lateness.NextOf(initiative, Dubai));

        var (_, late) = Assert.Single(Lateness.DueAt(initiative, Dubai, end, true));
        Assert.Equal(new LateMilestone("a", Today, end), late);
        initiative = initiative.WithLate([late]);
        Assert.Equal(1, Lateness.CountOf(initiative));
        Assert.Empty(Lateness.DueAt(initiative, Dubai, end.AddHours(47), true));
        Assert.Empty(Lateness.DueAt(initiative, Dubai, end.AddHours(48), isOnCall: false));

        (_, late) = Assert.Single(Lateness.DueAt(initiative, Dubai, end.AddHours(48), true));
        Assert.True(late.Escalated);
        initiative = initiative.WithLate([late]);
        Assert.Empty(Lateness.DueAt(initiative, Dubai, end.AddDays(8), true));
        Assert.Single(initiative.Late);
    }

    [Fact]
    public void Nobody_is_told_twice_of_a_due_day_even_if_it_comes_back()
    {
        var told = Done(Begun, Milestone("a", 0)).WithLate([new("a", Today, Noon, Acknowledged: true)]);
        var now = Noon.AddDays(30);
        Assert.Empty(Lateness.DueAt(told, Dubai, now, true));
        var moved = Done(told, Milestone("a", 3));
        Assert.Single(Lateness.DueAt(moved, Dubai, now, true));
        Assert.Empty(Lateness.DueAt(Done(moved, Milestone("a", 0)), Dubai, now, true));
        Assert.Empty(Lateness.DueAt(Done(moved, Milestone("a", 3, 4)), Dubai, now, true));
        Assert.Empty(Lateness.DueAt(Done(moved, Profile with { Stage = InitiativeStage.Closed }), Dubai, now, true));
    }
}
