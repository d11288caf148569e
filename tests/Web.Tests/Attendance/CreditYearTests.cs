using System.Collections.Immutable;
using System.Globalization;
using System.Net.Http.Json;
using ConsultHub.Attendance;
using ConsultHub.Certificates;
using ConsultHub.Conferences.Audience;
using ConsultHub.Tests.Fixtures;
using CsvHelper;
using static ConsultHub.Tests.Attendance.CreditHub;

namespace ConsultHub.Tests.Attendance;

/// <summary>The rules of bodies as a network uses them, and a person's account of each year.</summary>
public sealed class CreditYearTests(CreditHub hub) : IClassFixture<CreditHub>
{
    private const string Policies = "api/networks/ehs/credit-policies",
        Mine = "api/networks/ehs/credit-years/mine";

    private async Task UseAsync(params CreditPolicy[] policies)
    {
        var grain = hub.Grains.GetGrain<ICreditPoliciesGrain>("ehs");
        Assert.Null(await grain.PutAsync(Coordinator.Actor, new([.. policies], (await grain.GetAsync()).Version)));
    }

    private async Task<CreditTemplate> TemplateAsync(string id) =>
        (await hub.GetAsync<List<CreditTemplate>>(Coordinator, $"{Policies}/templates")).Single(t => t.Id == id);

    [Fact]
    public async Task A_rule_after_feedback_gives_credit_when_the_person_has_given_feedback_and_the_year_shows_it()
    {
        await UseAsync((await TemplateAsync("eaccme")).Policy);
        var conference = await hub.NewConferenceAsync();
        await hub.CheckInAsync(conference, 1, Noura);
        async Task<BodyCreditOf> CreditAsync() =>
            (await hub.GetAsync<Credits>(Noura, $"api/conferences/{conference}/attendance/mine")).Bodies.Single();
        var before = await CreditAsync();
        Assert.Equal((0m, "feedback-missing"), (before.Credits, before.Lectures[0].Why.Single()));
        Assert.Equal((409, "certificate.nothing-earned"), await RefusedAsync(IssueAsync()));
        Assert.Null(
            (
                await hub
                    .Grains.GetGrain<IAudienceGrain>(conference.Value)
                    .GiveFeedbackAsync(Noura.Actor, new($"{conference}-1"), 5, null, attended: true)
            ).Code
        );
        Assert.Equal(1m, (await CreditAsync()).Credits);
        using var issued = await IssueAsync();
        Assert.True(issued.IsSuccessStatusCode);
        await Eventually.Async(async () => (await YearAsync(2026)).Earned == 1m);
        Assert.Equal((null, 0m), ((await YearAsync(2026)).Target, (await YearAsync(2026)).Missing));
        Assert.All(await hub.GetAsync<List<CreditYear>>(Min, Mine), year => Assert.Equal(0, year.Earned));

        Task<HttpResponseMessage> IssueAsync() =>
            hub.Http(Noura).PostAsJsonAsync($"api/conferences/{conference}/certificates", new { body = "eaccme" });
    }

    [Fact]
    public async Task A_rule_that_is_not_verified_counts_nothing_until_a_coordinator_switches_it_on()
    {
        var template = await TemplateAsync("kma");
        Assert.False(template.Verified);
        await UseAsync(template.Policy);
        var conference = await hub.NewConferenceAsync();
        await hub.CheckInAsync(conference, 1, Noura);
        Assert.Empty((await hub.GetAsync<Credits>(Noura, $"api/conferences/{conference}/attendance/mine")).Bodies);
        Assert.Empty(await hub.GetAsync<List<CreditYear>>(Noura, Mine));
        Assert.Equal(
            (404, "credit.unknown-body"),
            await RefusedAsync(hub.Http(Noura).PostAsJsonAsync($"api/conferences/{conference}/certificates", new { body = "kma" }))
        );
        await UseAsync(template.Policy with { Off = false });
        Assert.Equal(1m, (await hub.GetAsync<Credits>(Noura, $"api/conferences/{conference}/attendance/mine")).Bodies.Single().Credits);
        var now = TimeZoneInfo.ConvertTime(DateTimeOffset.UtcNow, TimeZoneInfo.FindSystemTimeZoneById("Asia/Dubai"));
        Assert.Equal((8m, 8m), ((await YearAsync(now.Year)).Target, (await YearAsync(now.Year)).Missing));
    }

    [Fact]
    public void Each_template_names_the_sources_of_its_rules_and_is_off_where_a_rule_is_unverified()
    {
        var path = Path.Combine(SharedFiles.Folder, "rules", "rules.csv");
        Assert.SkipUnless(File.Exists(path), "The collected rules are not on this machine.");
        using var csv = new CsvReader(new StreamReader(path), CultureInfo.InvariantCulture);
        var rules = csv.GetRecords<dynamic>()
            .Select(r => (IDictionary<string, object>)r)
            .ToDictionary(r => (string)r["id"], r => (Source: (string)r["source"], Read: (string)r["how_read"]));
        Assert.All(
            CreditTemplates.All,
            template =>
            {
                foreach (var row in template.Rows)
                foreach (var part in rules[row].Source.Split([',', ';'], StringSplitOptions.TrimEntries))
                    Assert.Contains(part, template.Source, StringComparison.Ordinal);
                Assert.Equal(
                    template.Verified,
                    template.Rows.All(row => !rules[row].Read.Contains("unverified", StringComparison.Ordinal))
                );
            }
        );
    }

    private async Task<CreditYear> YearAsync(int year) => (await hub.GetAsync<List<CreditYear>>(Noura, Mine)).Single(y => y.Year == year);

    private sealed record BodyCreditOf(decimal Credits, ImmutableArray<LectureCredit> Lectures);

    private sealed record Credits(ImmutableArray<BodyCreditOf> Bodies);
}
