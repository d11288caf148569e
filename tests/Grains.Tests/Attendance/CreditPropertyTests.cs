using ConsultHub.Attendance;
using CsCheck;
using static ConsultHub.Tests.Attendance.Lectures;

namespace ConsultHub.Tests.Attendance;

/// <summary>Rules of credit that hold for all reports and all credit policies.</summary>
public sealed class CreditPropertyTests
{
    /// <summary>Three lectures. The first two overlap.</summary>
    private static readonly LectureHeld[] All =
    [
        Hour(),
        Held("s-2", 30, 90) with
        {
            Held = Stretches.Of(Stretch.Of(At(30), At(50)), Stretch.Of(At(60), At(90))),
        },
        Held("s-3", 100, 130),
    ];

    private static readonly decimal[] Steps = [0.01m, 0.1m, 0.25m, 0.5m, 1m];

    private static readonly Gen<CreditPolicy> Policies =
        from perHour in Gen.Int[1, 12]
        from share in Gen.Int[0, 10]
        from minutes in Gen.Int[0, 40]
        from cap in Gen.Int[0, 8]
        from kinds in Gen.Int[1, 7]
        from step in Gen.Int[0, 4]
        from rounding in Gen.Enum<CreditRounding>()
        select NewPolicy() with
        {
            PerHour = perHour / 4m,
            MinimumShare = share / 10m,
            MinimumMinutes = minutes,
            DayCap = cap == 0 ? null : cap / 2m,
            Live = (kinds & 1) != 0,
            Recorded = (kinds & 2) != 0,
            InPerson = (kinds & 4) != 0,
            Step = Steps[step],
            Rounding = rounding,
        };

    private sealed record Said(int Lecture, PlayedAs How, int From, int Minutes, int WallMinutes, int PlayedAt, bool CheckIn);

    private static readonly Gen<Said> Report =
        from lecture in Gen.Int[0, 2]
        from how in Gen.Enum<PlayedAs>()
        from start in Gen.Int[-20, 140]
        from minutes in Gen.Int[1, 70]
        from wall in Gen.Int[1, 70]
        from at in Gen.Int[-20, 300]
        from checkIn in Gen.Int[0, 9]
        select new Said(lecture, how, start, minutes, wall, at, checkIn == 0);

    private static Attended[] Take(IEnumerable<Said> reports)
    {
        Attended[] attended = [.. All.Select(_ => Attended.Nothing)];
        foreach (var r in reports)
        {
            attended[r.Lecture] = r.CheckIn
                ? attended[r.Lecture].With(At(r.From))
                : attended[r.Lecture]
                    .With(
                        new Played(
                            new("p-1"),
                            r.How,
                            Stretch.Of(At(r.From), At(r.From + r.Minutes)),
                            Stretch.Of(At(r.PlayedAt), At(r.PlayedAt + r.WallMinutes))
                        )
                    );
        }
        return attended;
    }

    private static CreditResult Of(CreditPolicy policy, Attended[] attended) => CreditRules.Of(policy, All.Zip(attended));

    [Fact]
    public void Counted_time_never_exceeds_the_length_of_a_lecture_or_the_time_that_the_person_spent() =>
        Gen.Select(Policies, Report.Array[0, 12])
            .Sample(
                (policy, reports) =>
                {
                    var attended = Take(reports);
                    var result = Of(policy, attended);
                    foreach (var (credit, lecture) in result.Lectures.Join(All, c => c.Session, l => l.Session, (c, l) => (c, l)))
                        Assert.True(credit.Minutes <= lecture.Held.Length.TotalMinutes + 0.01);
                    var own = All.Zip(attended)
                        .Aggregate(
                            Stretches.None,
                            (sum, x) =>
                                sum.Union(x.Second.LiveWall).Union(x.Second.RecordedWall).Union(CreditRules.InRoom(x.First, x.Second))
                        );
                    Assert.True(result.Lectures.Where(l => l.Credits > 0).Sum(l => l.Minutes) <= own.Length.TotalMinutes + 0.01);
                    if (policy.Rounding == CreditRounding.Down)
                        Assert.True(result.Credits <= (decimal)(own.Length.TotalHours + 0.001) * policy.PerHour);
                }
            );

    [Fact]
    public void Credit_never_exceeds_the_day_cap_and_is_a_multiple_of_the_step() =>
        Gen.Select(Policies, Report.Array[0, 12])
            .Sample(
                (policy, reports) =>
                {
                    var result = Of(policy, Take(reports));
                    Assert.True(policy.DayCap is not { } cap || result.Credits <= cap);
                    Assert.All(result.Lectures, l => Assert.Equal(0, l.Credits % policy.Step));
                    Assert.Equal(result.Credits, result.Lectures.Sum(l => l.Credits));
                }
            );

    [Fact]
    public void The_day_cap_holds_across_conferences_and_with_lectures_that_were_already_certified() =>
        Gen.Select(Policies, Report.Array[0, 12], Gen.Int[0, 7], Gen.Int[0, 7])
            .Sample(
                (policy, reports, conferences, certified) =>
                {
                    bool Has(int bits, int i) => (bits & (1 << i)) != 0;
                    var attended = All.Zip(Take(reports))
                        .Select((a, i) => (a.First with { Conference = new(Has(conferences, i) ? "c-2" : "c-1") }, a.Second))
                        .ToList();
                    var result = CreditRules.Of(
                        policy,
                        attended,
                        All.Where((_, i) => Has(certified, i)).Select(l => l.Session).ToHashSet()
                    );
                    Assert.True(policy.DayCap is not { } cap || result.Credits <= cap);
                    Assert.All(result.Lectures, l => Assert.True(l.Credits > 0 || l.Why.Length > 0));
                    // A cap can only lower the credit.
                    var uncapped = CreditRules.Of(policy with { DayCap = null }, attended);
                    Assert.All(
                        result.Lectures.Zip(uncapped.Lectures),
                        pair => Assert.True(pair.First.Session == pair.Second.Session && pair.First.Credits <= pair.Second.Credits)
                    );
                }
            );

    [Fact]
    public void The_order_of_reports_does_not_matter_and_a_repeated_report_changes_nothing() =>
        Gen.Select(Policies, Report.Array[0, 12], Gen.Int[0, 1_000_000])
            .Sample(
                (policy, reports, seed) =>
                {
                    Said[] shuffled = [.. reports, .. reports];
                    new Random(seed).Shuffle(shuffled);
                    Assert.Equal(Text(Of(policy, Take(reports))), Text(Of(policy, Take(shuffled))));
                }
            );

    [Fact]
    public void Another_report_about_a_lecture_never_lowers_its_credit() =>
        Gen.Select(Policies, Report.Array[0, 8], Report)
            .Sample(
                (policy, reports, more) =>
                {
                    var (one, next) = (reports.Select(r => r with { Lecture = 0 }).ToList(), more with { Lecture = 0 });
                    Assert.True(Of(policy, Take(one)).Credits <= Of(policy, Take([.. one, next])).Credits);
                }
            );

    [Fact]
    public void A_lecture_without_credit_always_has_a_reason() =>
        Gen.Select(Policies, Report.Array[0, 12])
            .Sample(
                (policy, reports) => Assert.All(Of(policy, Take(reports)).Lectures, l => Assert.True(l.Credits > 0 || l.Why.Length > 0))
            );

    private static string Text(CreditResult result) =>
        string.Join('|', result.Lectures.Select(l => $"{l.Session} {l.Minutes} {l.Credits} {string.Join(',', l.Why)}"));
}
