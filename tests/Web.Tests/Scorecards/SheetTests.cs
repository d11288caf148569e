using System.Collections.Immutable;
using System.Net;
using System.Net.Http.Json;
using ConsultHub.Accounts;
using ConsultHub.Consultants;
using ConsultHub.Programmes;
using ConsultHub.Records;
using ConsultHub.Research;
using ConsultHub.Rostering;
using ConsultHub.Scorecards;
using ConsultHub.Web.Scorecards;
using static ConsultHub.Tests.Scorecards.ScorecardHub;

namespace ConsultHub.Tests.Scorecards;

/// <summary>The sheet of the host and the sheet of a partner, over HTTP, and what limited roles see of them.</summary>
public sealed class SheetTests
{
    private static async Task<T> GetAsync<T>(HttpClient http, string sheet) =>
        (
            await http.GetFromJsonAsync<T>(
                new Uri(
                    $"api/scorecards/ehs/sheets/{sheet}{(sheet.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{Period}",
                    UriKind.Relative
                ),
                HubJson.Options
            )
        )!;

    private static async Task RefusedAsync(HttpClient http, string sheet, HttpStatusCode status)
    {
        using var answer = await http.GetAsync(new Uri($"api/scorecards/ehs/sheets/{sheet}", UriKind.Relative));
        Assert.Equal(status, answer.StatusCode);
    }

    private static Visit Stay(string id, int day, double days, bool remote = false) =>
        new(new(id), new("ehs"), Year.AddDays(day).AddHours(6), Year.AddDays(day + days).AddHours(6), remote);

    private static readonly DateTimeOffset Soon = new(DateTime.UtcNow.Date, TimeSpan.Zero);

    /// <summary>
    /// Kim of the first partner is there for 3 days on site and 2 remote days, and Lee of the second for 2 days. Kim has operated at the
    /// first hospital and teaches at the second. Two engagements have no consultant. Two people wait for a place.
    /// </summary>
    private static async Task<ScorecardHub> SeedAsync()
    {
        var hub = new ScorecardHub();
        await hub.SeedAsync(
            [
                NewConsultant("c-kim", "s-0", Partners[0], Stay("v-1", 10, 2), Stay("v-2", 20, 1, remote: true), Stay("v-3", 400, 9)),
                NewConsultant("c-lee", "s-1", Partners[1], Stay("v-1", 10, 1)),
            ],
            ["s-0", "s-1"]
        );
        Plan[] plans =
        [
            NewPlan("e-done", EngagementKind.Operation, Places[0], "s-0", Year.AddDays(11), new PersonId("c-kim")),
            NewPlan("e-taught", EngagementKind.Lecture, Places[1], "s-1", Year.AddDays(12), new PersonId("c-kim")),
            NewPlan("e-open", EngagementKind.Consultation, Places[0], "s-0", Soon.AddDays(50)),
            NewPlan("e-open-b", EngagementKind.Consultation, Places[1], "s-1", Soon.AddDays(40)),
            NewPlan("e-meeting", EngagementKind.ResearchMeeting, Places[1], "s-1", Soon.AddDays(40)),
            NewPlan("e-past", EngagementKind.Consultation, Places[1], "s-1", Year.AddDays(40)),
            NewPlan("e-off", EngagementKind.Consultation, Places[1], "s-1", Soon.AddDays(41)),
            NewPlan("e-later", EngagementKind.Consultation, Places[0], "s-0", Soon.AddDays(100)),
        ];
        await hub.DecideAllAsync([
            .. plans.Select(p => (p.Start, (RosterCommand)p)),
            (plans[0].Start, Done(plans[0], new(Operations: 4))),
            (plans[1].Start, Done(plans[1], new(Taught: 30))),
            (
                plans[6].Start,
                new Cancel
                {
                    CommandId = Guid.NewGuid(),
                    Engagement = plans[6].Engagement,
                    Reason = "Off.",
                }
            ),
        ]);
        await WaitingAsync(hub, "p-a", 2025);
        await WaitingAsync(hub, "p-w", 2199);
        foreach (var (id, stage, partner) in new[] { ("i-a", 0, 0), ("i-b", 8, 0), ("i-c", 0, 1) })
            await EditAsync(
                hub.Grains.GetGrain<IInitiativeGrain>(id),
                RecordEdit.Put(
                    new InitiativeProfile(
                        new(id),
                        new("ehs"),
                        InitiativeKind.JointResearch,
                        new(id),
                        null,
                        null,
                        Partners[partner],
                        [],
                        new("p-lead"),
                        null,
                        (InitiativeStage)stage
                    )
                ),
                RecordEdit.Put(
                    new ResearchOutput("paper", OutputKind.Publication, "A paper", Date: new(2025, 5, 1)) { Doi = $"10.1000/{id}" }
                )
            );
        return hub;
    }

    private static async Task EditAsync(IRecordOwner owner, params ImmutableArray<RecordEdit> edits) =>
        Assert.IsType<RecordsEdited>(await owner.EditAsync(Actor.System, new(Guid.NewGuid(), edits)));

    /// <summary>A training at the first hospital with one place. Three people want it.</summary>
    private static async Task WaitingAsync(ScorecardHub hub, string id, int begins)
    {
        var programme = hub.Grains.GetGrain<IProgrammeGrain>(id);
        Cohort CohortOf(int year) =>
            new("c", new("Spring"), new(year, 3, 1), new(year, 3, 31), new(year, 2, 1, 0, 0, 0, TimeSpan.Zero), 1, 7);
        await EditAsync(
            programme,
            RecordEdit.Put(
                new ProgrammeProfile(
                    new(id),
                    new("ehs"),
                    ProgrammeKind.StaffTraining,
                    new("Training"),
                    new("A week."),
                    "s-0",
                    null,
                    [Places[0]],
                    AtPartner: false,
                    ["en"],
                    new("p-director"),
                    null,
                    1,
                    Admission.FirstCome,
                    Public: false
                )
            ),
            RecordEdit.Put(CohortOf(2199))
        );
        foreach (var person in (string[])["p-1", "p-2", "p-3"])
            Assert.Null(
                (await programme.DecideAsync(new(new(person), Role.Trainee), new Apply { CommandId = Guid.NewGuid(), Cohort = "c" })).Code
            );
        if (begins != 2199)
            await EditAsync(programme, RecordEdit.Put(CohortOf(begins)));
    }

    [Fact]
    public async Task The_sheet_of_the_host_shows_services_by_specialty_who_waits_and_how_many_people_were_taught()
    {
        await using var hub = await SeedAsync();
        using var coordinator = hub.As(Role.Coordinator);
        var sheet = await GetAsync<HostSheet>(coordinator, "host");
        Assert.Equal(["s-0", "s-1"], sheet.Services.Select(s => s.Specialty));
        Assert.Contains(new FigureTotal(Figure.Operations, new(1, 4, 0)), sheet.Services[0].Figures);
        Assert.Equal((2, "e-open-b", "e-open"), (sheet.Unstaffed, sheet.UnstaffedWork[0].Thing.Id, sheet.UnstaffedWork[1].Thing.Id));
        var cohort = Assert.Single(sheet.WaitingFor);
        Assert.Equal((2, "p-w/c", 2), (sheet.Waiting, cohort.Thing.Id, cohort.People));
        Assert.Equal(
            [new(Figure.Taught, new(0, 30, 0)), new(Figure.Electives, default), new(Figure.TrainedPeople, new(1, 1, 0))],
            sheet.People
        );

        using var registrar = hub.As(Role.Registrar, Places[1]);
        var part = await GetAsync<HostSheet>(registrar, "host");
        Assert.Equal([Places[1]], part.Hospitals);
        Assert.Equal("e-open-b", Assert.Single(part.UnstaffedWork).Thing.Id);
        Assert.Equal((0, 0), (part.Waiting, part.WaitingFor.Length));
        Assert.DoesNotContain(part.Services, s => s.Specialty == "s-0");
        await RefusedAsync(registrar, "partner?partner=asan", HttpStatusCode.Forbidden);

        var csv = await TextAsync(coordinator, $"sheets/host.csv?{Period}");
        Assert.Contains("services,s-0,operations,,1,4,0", csv, StringComparison.Ordinal);
        Assert.Contains("waiting,,people,2,,,", csv, StringComparison.Ordinal);
        await RefusedAsync(coordinator, "host?partner=asan", HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task The_sheet_of_a_partner_shows_days_teaching_and_research_of_this_partner_alone()
    {
        await using var hub = await SeedAsync();
        using var director = hub.As(Role.ProgrammeDirector, partner: Partners[0]);
        var sheet = await GetAsync<PartnerSheet>(director, "partner?partner=asan");
        var kim = Assert.Single(sheet.Days);
        Assert.Equal(("c-kim", 3, 2), (kim.Person.Value, kim.OnSite, kim.Remote));
        Assert.Equal((3, 2), (sheet.OnSite, sheet.Remote));
        Assert.Contains(new FigureTotal(Figure.Lectures, new(1, 1, 0)), sheet.Teaching);
        Assert.Contains(new FigureTotal(Figure.Taught, new(0, 30, 0)), sheet.Teaching);
        Assert.Equal(new Score(2, 2, 0), sheet.Publications);
        Assert.Empty(sheet.Stages); // the initiatives were entered after the period

        using var coordinator = hub.As(Role.Coordinator);
        var year = DateTimeOffset.UtcNow.Year;
        var now = (
            await coordinator.GetFromJsonAsync<PartnerSheet>(
                new Uri($"api/scorecards/ehs/sheets/partner?partner=asan&from=2025-01-01&to={year + 1}-01-01", UriKind.Relative),
                HubJson.Options
            )
        )!;
        Assert.Equal([new(InitiativeStage.Idea, 1), new(InitiativeStage.Closed, 1)], now.Stages);

        // On a single day, the list would say where somebody was. That is for those who may read visits.
        const string Day = "api/scorecards/ehs/sheets/partner?partner=asan&from=2025-01-11&to=2025-01-11";
        var one = (await director.GetFromJsonAsync<PartnerSheet>(new Uri(Day, UriKind.Relative), HubJson.Options))!;
        Assert.Equal((0, 1), (one.Days.Length, one.OnSite));
        Assert.Single((await coordinator.GetFromJsonAsync<PartnerSheet>(new Uri(Day, UriKind.Relative), HubJson.Options))!.Days);

        // Who is limited to a partner sees neither the host nor another partner.
        await RefusedAsync(director, "host", HttpStatusCode.Forbidden);
        await RefusedAsync(director, "partner?partner=other", HttpStatusCode.Forbidden);
        await RefusedAsync(director, "partner", HttpStatusCode.BadRequest);
        await RefusedAsync(coordinator, "partner?partner=nobody", HttpStatusCode.BadRequest);
        await RefusedAsync(coordinator, "partner?partner=asan&hospital=h-a", HttpStatusCode.BadRequest);
        var csv = await TextAsync(director, $"sheets/partner.csv?partner=asan&{Period}");
        Assert.Contains("days,c-kim,on_site,3,,,", csv, StringComparison.Ordinal);
        Assert.Contains("research,,publications,,2,2,0", csv, StringComparison.Ordinal);
        Assert.DoesNotContain("c-lee", csv, StringComparison.Ordinal);
    }
}
