using ConsultHub.Consultants;
using CsCheck;

namespace ConsultHub.Tests.Consultants;

public sealed class VisitRulesTests
{
    private static readonly DateTimeOffset Day = new(2026, 11, 24, 0, 0, 0, TimeSpan.Zero);

    private static Visit From(int first, int last, string network = "ehs", bool remote = false) =>
        new(new($"v-{first}-{last}"), new(network), Day.AddDays(first), Day.AddDays(last), remote);

    [Fact]
    public void Visits_that_touch_do_not_overlap() => Assert.Empty(VisitRules.Overlaps([From(3, 5), From(0, 3)]));

    [Fact]
    public void Visits_to_two_networks_and_remote_visits_overlap_like_any_others()
    {
        Assert.Equal(2, VisitRules.Overlaps([From(0, 5), From(4, 9, "other")]).Count());
        Assert.Equal(2, VisitRules.Overlaps([From(0, 5), From(2, 3, remote: true)]).Count());
    }

    [Fact]
    public void Overlap_gives_the_same_result_as_a_comparison_of_every_pair() =>
        Gen.Int[0, 30]
            .Select(Gen.Int[1, 5])
            .Array[0, 6]
            .Sample(spans =>
            {
                var visits = spans.Select(s => From(s.Item1, s.Item1 + s.Item2)).ToList();
                var slow = visits
                    .Where((a, i) => visits.Where((b, j) => j > i && a.Arrival < b.Departure && b.Arrival < a.Departure).Any())
                    .Any();
                Assert.Equal(slow, VisitRules.Overlaps(visits).Any());
            });
}
