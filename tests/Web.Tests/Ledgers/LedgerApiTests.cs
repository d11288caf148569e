using System.Net;
using System.Net.Http.Json;
using System.Text;
using ConsultHub.Consultants;
using ConsultHub.Ledgers;
using ConsultHub.Records;
using ConsultHub.Research;
using ConsultHub.Rostering;
using ConsultHub.Scorecards;
using ConsultHub.Tests.Scorecards;
using ConsultHub.Web.Directories;
using ConsultHub.Web.Ledgers;
using ConsultHub.Web.Scorecards;
using static ConsultHub.Tests.Scorecards.ScorecardHub;

namespace ConsultHub.Tests.Ledgers;

/// <summary>A small network whose numbers the tests count by hand.</summary>
public sealed class LedgerApiTests
{
    private const string Spine = "spine";

    private const string Procedures =
        "hospital,id,specialty,name.en,name.ar,name.ko,assisted,supervised,since\r\n"
        + "h-a,fusion,spine,Spinal fusion,دمج الفقرات,척추 유합술,3,2,\r\n"
        + "h-a,old,spine,Disc surgery,,,3,2,2001-01-01\r\n"
        + "h-b,fusion,spine,Spinal fusion,,,4,4,\r\n";

    private readonly DateTimeOffset _today = new(DateTimeOffset.UtcNow.Date, TimeSpan.Zero);

    private DateTimeOffset Day(int daysAgo) => _today.AddDays(-daysAgo).AddHours(6);

    private Visit Stay(string id, int daysAgo) => new(new(id), new("ehs"), Day(daysAgo).AddHours(-4), Day(daysAgo).AddDays(3));

    private static Work Cases(string procedure, int assisted = 0, int supervised = 0, int alone = 0) =>
        new() { Procedures = [new(new(procedure), assisted, supervised, alone)] };

    private static async Task<T> GetAsync<T>(HttpClient http, string path) =>
        (await http.GetFromJsonAsync<T>(new Uri(path, UriKind.Relative), HubJson.Options))!;

    private static async Task<ProcedureStanding> FusionAsync(HttpClient http, string hospital = "h-a") =>
        (await GetAsync<LedgersApi.LedgerAnswer>(http, $"api/hospitals/{hospital}/ledger"))
            .Specialties.Single(s => s.Specialty == Spine)
            .Procedures.Single(p => p.Agreed.Id.Value == "fusion");

    private async Task<ScorecardHub> StartAsync()
    {
        var hub = new ScorecardHub();
        await hub.SeedAsync(
            [
                NewConsultant("c-1", Spine, Partners[0], Stay("v-1", 40), Stay("v-2", 20)),
                NewConsultant("c-2", Spine, Partners[1], Stay("v-3", 30)),
                NewConsultant("c-own", Spine, null) with
                {
                    Affiliation = new NetworkId("ehs"),
                },
            ],
            [Spine, "knee"]
        );
        return hub;
    }

    private static async Task<HttpResponseMessage> ImportAsync(HttpClient http, string csv) =>
        await http.PostAsync(
            new Uri("api/tables/procedures?network=ehs", UriKind.Relative),
            new StringContent(csv, Encoding.UTF8, "text/csv")
        );

    private static Plan Operation(string id, DateTimeOffset start, string consultant, string specialty = Spine) =>
        NewPlan(id, EngagementKind.Operation, Places[0], specialty, start, new PersonId(consultant));

    [Fact]
    public async Task The_ledger_of_a_small_network_follows_from_its_completed_engagements()
    {
        await using var hub = await StartAsync();
        using var coordinator = hub.As(Role.Coordinator);
        using (var imported = await ImportAsync(coordinator, Procedures))
            Assert.True(imported.IsSuccessStatusCode, await imported.Content.ReadAsStringAsync());
        var (first, second, third) = (Operation("e-1", Day(39), "c-1"), Operation("e-2", Day(29), "c-2"), Operation("e-3", Day(19), "c-1"));
        await hub.DecideAllAsync([(first.Start, first), (second.Start, second), (third.Start, third)]);
        await hub.DecideAllAsync([
            (first.Start, Done(first, Cases("fusion", assisted: 2) with { Operations = 2 })),
            (second.Start, Done(second, Cases("fusion", supervised: 1))),
        ]);

        // Two visits are done. They had three cases. One case is missing for the next level, and two in all.
        var fusion = await FusionAsync(coordinator);
        Assert.Equal((new CaseCounts(2, 1, 0), ProcedureLevel.NotYet), (fusion.Counts, fusion.Level));
        Assert.Equal((2, 3L), (fusion.Pace!.Visits, fusion.Pace.Cases));
        Assert.Equal([new LevelStep(ProcedureLevel.Supervised, 1, 1, null), new LevelStep(ProcedureLevel.Alone, 2, 2, null)], fusion.Steps);

        // One more completed engagement moves them.
        Assert.IsType<Decided>(await hub.DecideAsync(third.Start, Done(third, Cases("fusion", assisted: 1))));
        fusion = await FusionAsync(coordinator);
        Assert.Equal((new CaseCounts(3, 1, 0), ProcedureLevel.Supervised), (fusion.Counts, fusion.Level));
        Assert.Equal([new LevelStep(ProcedureLevel.Alone, 1, 1, null)], fusion.Steps);
        Assert.Equal(3, fusion.Pace!.Visits);

        // A correction lowers them again.
        var corrected = new RecordWork
        {
            CommandId = Guid.NewGuid(),
            Engagement = third.Engagement,
            Work = new(Operations: 1),
            Reason = "It was another procedure.",
        };
        Assert.IsType<Decided>(await hub.DecideAsync(third.Start, corrected));
        Assert.Equal(
            (2, ProcedureLevel.NotYet),
            ((await FusionAsync(coordinator)).Counts.Assisted, (await FusionAsync(coordinator)).Level)
        );

        // The other hospital has none of these cases, and no visit.
        var other = await FusionAsync(coordinator, "h-b");
        Assert.Equal((default, ProcedureLevel.NotYet), (other.Counts, other.Level));
        Assert.All(other.Steps, s => Assert.Equal(NoEstimate.NoVisit, s.Why));

        // The figures are those of the scorecard for the same days.
        var period = $"from={_today.AddDays(-60):yyyy-MM-dd}&to={_today:yyyy-MM-dd}";
        var ledger = await GetAsync<LedgersApi.LedgerAnswer>(coordinator, $"api/hospitals/h-a/ledger?{period}");
        var card = await ReadAsync(coordinator, $"{period}&hospital=h-a");
        var figures = Assert.Single(ledger.Specialties).Figures.ToDictionary(f => f.Figure, f => f.Score);
        Assert.Equal(card.Where(f => f.Value.Total != default).ToDictionary(f => f.Key, f => f.Value.Total), figures);
        Assert.Equal(new Score(3, 3, 0), figures[Figure.Visits]);
        Assert.Equal(new Score(3, 3, 1), figures[Figure.Operations]);
    }

    [Fact]
    public async Task Each_count_opens_its_engagements_and_a_partner_sees_those_of_its_consultants()
    {
        await using var hub = await StartAsync();
        using var coordinator = hub.As(Role.Coordinator);
        using (var imported = await ImportAsync(coordinator, Procedures))
            Assert.True(imported.IsSuccessStatusCode, await imported.Content.ReadAsStringAsync());
        var (first, second) = (Operation("e-1", Day(39), "c-1"), Operation("e-2", Day(29), "c-2"));
        await hub.DecideAllAsync([(first.Start, first), (second.Start, second)]);
        await hub.DecideAllAsync([
            (first.Start, Done(first, Cases("fusion", assisted: 1))),
            (second.Start, Done(second, Cases("fusion", assisted: 2))),
        ]);
        const string cases = "api/hospitals/h-a/ledger/cases?procedure=fusion";
        var lines = await GetAsync<LedgersApi.CaseLines>(coordinator, cases);
        Assert.Equal(["e-2", "e-1"], lines.Lines.Select(l => l.Engagement.Value));
        Assert.Equal(3, lines.Lines.Sum(l => l.Assisted));
        Assert.Equal(WeekOf(second.Start), lines.Lines[0].Week);
        var page = await GetAsync<LedgersApi.CaseLines>(coordinator, $"{cases}&skip=1&take=1");
        Assert.Equal((2, "e-1"), (page.Count, Assert.Single(page.Lines).Engagement.Value));

        using var partner = hub.As(Role.Coordinator, partner: Partners[0]);
        Assert.Equal(["e-1"], (await GetAsync<LedgersApi.CaseLines>(partner, cases)).Lines.Select(l => l.Engagement.Value));
        var seen = await FusionAsync(partner);
        Assert.Equal((1L, ProcedureLevel.Supervised), (seen.Counts.Assisted, seen.Level));
        Assert.True(seen.Pace is null && seen.Steps.IsEmpty);
        Assert.Equal([Partners[0]], (await GetAsync<LedgersApi.LedgerAnswer>(partner, "api/hospitals/h-a/ledger")).Partners);

        using var registrar = hub.As(Role.Registrar, Places[1]);
        foreach (
            var (http, path, status) in new[]
            {
                (registrar, "h-a/ledger", HttpStatusCode.Forbidden),
                (registrar, "h-a/ledger/cases?procedure=fusion", HttpStatusCode.Forbidden),
                (registrar, "h-b/ledger", HttpStatusCode.OK),
                (coordinator, "nowhere/ledger", HttpStatusCode.NotFound),
                (coordinator, "h-a/ledger?from=2026-02-01&to=2026-01-01", HttpStatusCode.BadRequest),
                (coordinator, "h-a/ledger?from=1990-01-01", HttpStatusCode.BadRequest),
                (coordinator, "h-a/ledger/cases?procedure=nothing", HttpStatusCode.BadRequest),
                (coordinator, "h-a/ledger/cases?procedure=fusion&take=201", HttpStatusCode.BadRequest),
            }
        )
        {
            using var answer = await http.GetAsync(new Uri($"api/hospitals/{path}", UriKind.Relative));
            Assert.Equal((path, status), (path, answer.StatusCode));
        }
    }

    [Fact]
    public async Task Cases_of_a_consultant_who_has_left_the_network_still_count_for_the_partner()
    {
        await using var hub = await StartAsync();
        using var coordinator = hub.As(Role.Coordinator);
        using (var imported = await ImportAsync(coordinator, Procedures))
            Assert.True(imported.IsSuccessStatusCode, await imported.Content.ReadAsStringAsync());
        var operation = Operation("e-1", Day(29), "c-2");
        await hub.DecideAllAsync([(operation.Start, operation), (operation.Start, Done(operation, Cases("fusion", assisted: 1)))]);
        // The consultant works for another network now. Nothing else is known of the consultant here.
        await hub
            .Grains.GetGrain<IConsultantGrain>("c-2")
            .PutAsync(Actor.System, NewConsultant("c-2", Spine, Partners[1]) with { Networks = [new("elsewhere")] });
        Assert.DoesNotContain("c-2", (await hub.Grains.ListAsync("ehs/consultants")).Select(e => e.Id));
        const string cases = "api/hospitals/h-a/ledger/cases?procedure=fusion";
        var line = Assert.Single((await GetAsync<LedgersApi.CaseLines>(coordinator, cases)).Lines);
        Assert.Equal([Partners[1]], line.Partners);
        using var partner = hub.As(Role.Coordinator, partner: Partners[1]);
        Assert.Equal(1, (await GetAsync<LedgersApi.CaseLines>(partner, cases)).Count);
    }

    [Fact]
    public async Task Figures_without_a_specialty_open_their_rows()
    {
        await using var hub = await StartAsync();
        using var coordinator = hub.As(Role.Coordinator);
        var own = Operation("e-1", Day(29), "c-1");
        await hub.DecideAllAsync([(own.Start, own)]);
        var initiative = new InitiativeProfile(
            new("i-1"),
            new("ehs"),
            InitiativeKind.JointResearch,
            new("Registry of outcomes"),
            null,
            Specialty: null,
            Partners[0],
            [Places[0]],
            new("c-1"),
            null,
            InitiativeStage.Idea
        );
        Assert.IsType<RecordsEdited>(
            await hub.Grains.GetGrain<IInitiativeGrain>("i-1").EditAsync(Actor.System, new(Guid.NewGuid(), [RecordEdit.Put(initiative)]))
        );
        var period = $"from={_today.AddDays(-60):yyyy-MM-dd}&to={_today.AddDays(1):yyyy-MM-dd}";
        var ledger = await GetAsync<LedgersApi.LedgerAnswer>(coordinator, $"api/hospitals/h-a/ledger?{period}");
        var none = ledger.Specialties.Single(s => s.Specialty.Length == 0);
        Assert.Equal(Figure.JointInitiatives, Assert.Single(none.Figures).Figure);
        const string rows = "api/scorecards/ehs/rows";
        foreach (var (figure, with, without) in new[] { ("jointInitiatives", 1, 1), ("operations", 1, 0) })
        {
            var asked = $"figure={figure}&{period}&hospital=h-a";
            Assert.Equal(with, (await GetAsync<ScorecardsApi.FigureRows>(coordinator, $"{rows}?{asked}")).Count);
            var found = await GetAsync<ScorecardsApi.FigureRows>(coordinator, $"{rows}?{asked}&withoutSpecialty=true");
            Assert.Equal(without, found.Count);
            Assert.All(found.Rows, r => Assert.Empty(r.Specialties));
            var csv = await coordinator.GetStringAsync(new Uri($"{rows}.csv?{asked}&withoutSpecialty=true", UriKind.Relative));
            Assert.Equal(without > 0, csv.Contains("i-1", StringComparison.Ordinal));
            Assert.DoesNotContain("e-1", csv, StringComparison.Ordinal);
        }
        var both = new Uri($"{rows}?figure=operations&specialty=spine&withoutSpecialty=true", UriKind.Relative);
        using var refused = await coordinator.GetAsync(both);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains("request.bad-parameter", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_the_signatures_of_both_sides_make_a_team_act_alone_and_cases_need_an_agreed_procedure()
    {
        await using var hub = await StartAsync();
        using var coordinator = hub.As(Role.Coordinator);
        using (var imported = await ImportAsync(coordinator, Procedures))
            Assert.True(imported.IsSuccessStatusCode, await imported.Content.ReadAsStringAsync());
        var (spine, knee) = (Operation("e-1", Day(39), "c-1"), Operation("e-2", Day(38), "c-1", "knee"));
        await hub.DecideAllAsync([(spine.Start, spine), (knee.Start, knee)]);
        var refused = Assert.IsType<Refused>(await hub.DecideAsync(knee.Start, Done(knee, Cases("fusion", 1))));
        Assert.Equal("roster.unknown-procedure", Assert.Single(refused.Findings).Code);
        Assert.IsType<Decided>(await hub.DecideAsync(spine.Start, Done(spine, Cases("fusion", 500, 500, 500))));
        Assert.Equal(ProcedureLevel.Supervised, (await FusionAsync(coordinator)).Level);

        Assert.Equal("record.unknown-reference", await SignAsync("c-1", "nobody"));
        // Each side signs for itself.
        Assert.Equal("record.unknown-reference", await SignAsync("c-1", "c-2"));
        Assert.Equal("record.unknown-reference", await SignAsync("c-own", "c-2"));
        Assert.Null(await SignAsync("c-1", "c-own"));
        var signed = await FusionAsync(coordinator);
        Assert.Equal(ProcedureLevel.Alone, signed.Level);
        Assert.Empty(signed.Steps);
        // Engagements count its cases, so it stays, in its specialty.
        using (var removed = new HttpRequestMessage(HttpMethod.Delete, "api/hospitals/h-a/procedures/fusion"))
        {
            removed.Headers.TryAddWithoutValidation("If-Match", "*");
            using var answer = await coordinator.SendAsync(removed);
            Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
            Assert.Contains("record.in-use", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
        Assert.Equal("record.bad-value", await SignAsync("c-1", "c-own", "knee"));

        async Task<string?> SignAsync(string by, string counter, string specialty = Spine)
        {
            using var body = new HttpRequestMessage(HttpMethod.Put, "api/hospitals/h-a/procedures/fusion")
            {
                Content = new StringContent(
                    $$"""
                    {"specialty":"{{specialty}}","name":{"en":"Spinal fusion"},"assisted":3,"supervised":2,
                    "signedOn":"{{_today:yyyy-MM-dd}}","signedBy":"{{by}}","countersignedBy":"{{counter}}"}
                    """,
                    Encoding.UTF8,
                    "application/json"
                ),
            };
            body.Headers.TryAddWithoutValidation("If-Match", "*");
            using var answer = await coordinator.SendAsync(body);
            if (answer.IsSuccessStatusCode)
                return null;
            var text = await answer.Content.ReadAsStringAsync();
            return text.Contains("record.unknown-reference", StringComparison.Ordinal) ? "record.unknown-reference"
                : text.Contains("record.bad-value", StringComparison.Ordinal) ? "record.bad-value"
                : text;
        }
    }
}
