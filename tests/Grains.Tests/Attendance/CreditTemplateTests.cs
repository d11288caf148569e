using System.Collections.Immutable;
using ConsultHub.Attendance;
using ConsultHub.Certificates;
using static ConsultHub.Tests.Attendance.Lectures;

namespace ConsultHub.Tests.Attendance;

/// <summary>
/// Golden tables: what each body's rule gives for an attendance, and for the credit of a year. The expected numbers come from the collected
/// rules, whose ids the rows name.
/// </summary>
public sealed class CreditTemplateTests
{
    private static CreditTemplate Template(string id) => CreditTemplates.All.Single(t => t.Id == id);

    /// <summary>A lecture of two hours that begins at 10:00. Minutes are counted from there.</summary>
    [Theory]
    // eaccme-unit: 0.5 credit for each 30 minutes of actual participation
    [InlineData("eaccme-unit", "eaccme", "live", 0, 120, true, 2.0, "")]
    [InlineData("eaccme-unit", "eaccme", "live", 0, 60, true, 1.0, "")]
    [InlineData("eaccme-unit", "eaccme", "live", 30, 119, true, 1.0, "")]
    [InlineData("eaccme-unit", "eaccme", "live", 0, 45, true, 0.5, "")]
    [InlineData("eaccme-unit", "eaccme", "live", 0, 30, true, 0.5, "")]
    [InlineData("eaccme-unit", "eaccme", "live", 0, 29, true, 0.0, "below-minutes")]
    [InlineData("eaccme-unit", "eaccme", "room", 0, 120, true, 2.0, "")]
    // eaccme-unit: issued after the feedback form
    [InlineData("eaccme-unit", "eaccme", "live", 0, 120, false, 0.0, "feedback-missing")]
    [InlineData("eaccme-unit", "eaccme", "room", 0, 120, false, 0.0, "feedback-missing")]
    // eaccme-replay: a recording is not a live event
    [InlineData("eaccme-replay", "eaccme", "recorded", 0, 120, true, 0.0, "kind-not-counted")]
    // dha-points asks for no feedback
    [InlineData("dha-points", "dha-physicians", "live", 0, 120, false, 2.0, "")]
    [InlineData("dha-points", "dha-nurses", "live", 0, 120, false, 2.0, "")]
    [InlineData("dha-points", "dha-allied", "live", 0, 120, false, 2.0, "")]
    public void An_attendance_gives_the_credit_that_the_rule_says(
        string row,
        string template,
        string how,
        int from,
        int to,
        bool feedback,
        double credits,
        string why
    )
    {
        Assert.Contains(row, Template(template).Rows);
        var lecture = Held("s-1", 0, 120);
        var attended = how switch
        {
            "room" => Attended.Nothing.With(At(from)),
            "recorded" => Attended.Nothing.With(Report(PlayedAs.Recorded, from, to, playedAt: 500)),
            _ => Watched(from, to),
        };
        var result = CreditRules.Of(
            Template(template).Policy,
            [(lecture, attended)],
            rated: feedback ? new HashSet<SessionId> { lecture.Session } : null
        );
        Assert.Equal(((decimal)credits, why), (result.Credits, string.Join(' ', result.Lectures[0].Why)));
    }

    [Theory]
    // dha-points: 40 points for physicians and dentists, 20 for nurses and pharmacists, 10 for allied health; no carry-over
    [InlineData("dha-points", "dha-physicians", 55, 55, 0)]
    [InlineData("dha-points", "dha-physicians", 40, 40, 0)]
    [InlineData("dha-points", "dha-physicians", 39.5, 39.5, 0.5)]
    [InlineData("dha-points", "dha-physicians", 0, 0, 40)]
    [InlineData("dha-points", "dha-nurses", 12, 12, 8)]
    [InlineData("dha-points", "dha-allied", 4, 4, 6)]
    // kma-points: 8 points a year; surplus above 8 in a year is not counted
    [InlineData("kma-points", "kma", 7, 7, 1)]
    [InlineData("kma-points", "kma", 8, 8, 0)]
    [InlineData("kma-points", "kma", 11, 8, 0)]
    // eaccme-unit names no amount for a year
    [InlineData("eaccme-unit", "eaccme", 99, 99, 0)]
    public void A_year_counts_what_the_rule_says(string row, string template, double earned, double counted, double missing)
    {
        Assert.Contains(row, Template(template).Rows);
        // Somebody has checked the policy and switched it on.
        var policy = Template(template).Policy with
        {
            Off = false,
        };
        var year = Years(policy, (2026, (decimal)earned)).Single(y => y.Year == 2026);
        Assert.Equal(((decimal)earned, (decimal)counted, (decimal)missing), (year.Earned, year.Counted, year.Missing));
    }

    [Theory]
    [InlineData("dha-physicians", 60, 10, 30)]
    [InlineData("kma", 20, 3, 5)]
    public void The_surplus_of_a_year_is_not_carried_over(string template, int before, int earned, int missing)
    {
        var policy = Template(template).Policy with { Off = false };
        var years = Years(policy, (2025, before), (2026, earned));
        Assert.Equal([2026, 2025], years.Select(y => y.Year));
        Assert.Equal((earned, missing), ((int)years[0].Counted, (int)years[0].Missing));
        Assert.Equal(0, years[1].Missing);
    }

    [Fact]
    public void The_surplus_above_the_limit_of_a_year_counts_over_all_certificates_of_the_year()
    {
        var year = Assert.Single(Years(Template("kma").Policy with { Off = false }, (2026, 5), (2026, 6)));
        Assert.Equal((11m, 8m, 0m), (year.Earned, year.Counted, year.Missing));
    }

    [Fact]
    public void Credit_of_a_day_is_limited_as_kma_day_says()
    {
        var policy = Template("kma").Policy;
        Assert.Contains("kma-day", Template("kma").Rows);
        var long8 = Held("s-1", 0, 8 * 60);
        var result = CreditRules.Of(policy, [(long8, Watched(0, 8 * 60))]);
        Assert.Equal((6m, "day-cap"), (result.Credits, result.Lectures[0].Why.Single()));
    }

    [Fact]
    public void Revoked_and_replaced_certificates_and_policies_that_are_off_count_nothing()
    {
        var policy = Template("dha-physicians").Policy;
        var valid = Certified(policy, 2026, 5);
        var revoked = new IssuedCertificate(Certified(policy, 2026, 7).Certificate, new Revocation(Ten, new("p-1")));
        Assert.Equal(5, Assert.Single(CreditYears.Of([policy], [valid, revoked], TimeZoneInfo.Utc, Ten)).Earned);
        Assert.Empty(CreditYears.Of([policy with { Off = true }], [valid], TimeZoneInfo.Utc, Ten));
        Assert.Empty(CreditYears.Of([], [valid], TimeZoneInfo.Utc, Ten));
    }

    [Fact]
    public void A_lecture_without_a_day_counts_in_the_year_in_which_it_was_certified_in_the_networks_zone()
    {
        var policy = Template("dha-physicians").Policy;
        var issued = Certified(policy, null, 5, new DateTimeOffset(2025, 12, 31, 21, 0, 0, TimeSpan.Zero));
        var dubai = TimeZoneInfo.FindSystemTimeZoneById("Asia/Dubai");
        Assert.Equal(5, CreditYears.Of([policy], [issued], dubai, Ten).Single(y => y.Year == 2026).Earned);
        Assert.Equal(5, CreditYears.Of([policy], [issued], TimeZoneInfo.Utc, Ten).Single(y => y.Year == 2025).Earned);
    }

    [Fact]
    public void Each_template_can_be_stored_and_is_off_exactly_if_it_is_not_verified()
    {
        Assert.Null(CreditPolicyRules.Check([.. CreditTemplates.All.Select(t => t.Policy)]));
        Assert.All(
            CreditTemplates.All,
            template =>
            {
                Assert.Equal(template.Verified, !template.Policy.Off);
                Assert.Equal(template.Source, template.Policy.Source);
                foreach (var name in (LocalName[])[template.Name, template.Rule, template.Policy.Name, template.Policy.Unit])
                    Assert.All([name.En, name.Ar, name.Ko], text => Assert.False(string.IsNullOrWhiteSpace(text)));
            }
        );
    }

    private static ImmutableArray<CreditYear> Years(CreditPolicy policy, params (int Year, decimal Credits)[] certified) =>
        CreditYears.Of([policy], certified.Select(c => Certified(policy, c.Year, c.Credits)), TimeZoneInfo.Utc, Ten);

    private static IssuedCertificate Certified(CreditPolicy policy, int? year, decimal credits, DateTimeOffset? at = null) =>
        new(
            new Certificate
            {
                Number = $"congress.{Guid.NewGuid():n}",
                Conference = new("congress"),
                Title = "Congress",
                Person = new("p-1"),
                Holder = new("One"),
                Policy = policy,
                PolicyVersion = 1,
                Lectures = [new(new("s-1"), "Talk", year is { } y ? new(y, 3, 1) : null, 60, credits)],
                Credits = credits,
                IssuedAt = at ?? Ten,
                Token = "",
            }
        );
}
