using System.Net;
using System.Text.Json;
using ConsultHub.Tests.Accounts;
using ConsultHub.Tests.Fixtures;
using ConsultHub.Tests.Records;

namespace ConsultHub.Tests.Programmes;

/// <summary>A programme over HTTP: from its entry in the catalogue to the places, with the papers of those who apply.</summary>
[Collection(nameof(RecordsHub))]
public sealed class ProgrammeTests(RecordsHub hub)
{
    [Fact]
    public async Task A_programme_is_entered_applied_for_reviewed_ranked_offered_and_accepted_and_the_waiting_list_moves_up()
    {
        var network = await hub.PopulatedAsync();
        var programme = await EnteredAsync(network, "selection");
        var director = await JoinAsync("programmeDirector", network);
        var first = await JoinAsync("trainee", network);
        var second = await JoinAsync("trainee", network);
        var people = new List<string>();
        foreach (var trainee in (EnteredNetwork[])[first, second])
        {
            var person = await PersonAsync(trainee);
            people.Add(person);
            (await SendAsync(trainee, programme, "apply", """ "reason":"I want to learn." """)).Is(HttpStatusCode.OK);
            (await SendAsync(trainee, programme, "apply")).Is(HttpStatusCode.Conflict, "programme.applied");
            (await SendAsync(trainee, programme, "review", Review(person))).Is(HttpStatusCode.Forbidden, "access.denied");
            var applications = $"api/programmes/{programme}/cohorts/c/applications/{person}";
            var before = (await director.GetAsync(applications)).Is(HttpStatusCode.OK).Json;
            Assert.Equal("I want to learn.", before.GetProperty("history")[0].GetProperty("text").GetString());
            (await SendAsync(director, programme, "review", Review(person))).Is(HttpStatusCode.OK);
            var own = (await trainee.GetAsync(applications)).Is(HttpStatusCode.OK).Json;
            // Applicants learn neither what reviewers say nor when they said it.
            Assert.False(own.GetProperty("verdicts").GetBoolean());
            Assert.Equal(1, own.GetProperty("history").GetArrayLength());
            Assert.Equal(0, own.GetProperty("application").GetProperty("reviews").GetArrayLength());
        }
        (await first.GetAsync($"api/programmes/{programme}/cohorts/c/applications/{people[1]}")).Is(HttpStatusCode.Forbidden);
        (await SendAsync(director, programme, "rank", $$""" "people":["{{people[1]}}","{{people[0]}}"] """)).Is(HttpStatusCode.OK);
        (await SendAsync(director, programme, "offer")).Is(HttpStatusCode.Conflict, "programme.still-open");
        // The director closes the time to apply.
        (await network.PutAsync($"api/programmes/{programme}/cohorts/c", Cohort("2026-01-01T00:00:00Z"), match: "*")).Is(HttpStatusCode.OK);
        (await SendAsync(director, programme, "offer")).Is(HttpStatusCode.OK);
        (await SendAsync(first, programme, "answer", "\"accept\":true")).Is(HttpStatusCode.Conflict, "programme.no-offer");
        (await SendAsync(second, programme, "answer", "\"accept\":false")).Is(HttpStatusCode.OK);
        (await SendAsync(first, programme, "answer", "\"accept\":true")).Is(HttpStatusCode.OK);
        (await network.PutAsync($"api/programmes/{programme}/cohorts/c", Cohort("2026-01-01T00:00:00Z", 0), match: "*")).Is(
            HttpStatusCode.BadRequest,
            "record.out-of-range",
            "$.places"
        );
        // Each of the two is told, and the catalogue shows that the place is taken.
        await Eventually.Async(async () =>
            await KindAsync(second) == "applicationDecided" && await KindAsync(first) == "applicationDecided"
        );
        await Eventually.Async(async () => (await CatalogueAsync(first)).GetProperty("cohorts")[0].GetProperty("taken").GetInt32() == 1);
        (await network.DeleteAsync($"api/programmes/{programme}", match: "*")).Is(HttpStatusCode.Conflict, "record.in-use");
    }

    [Fact]
    public async Task A_repeated_command_is_decided_once_and_a_misspelt_member_is_refused()
    {
        var network = await hub.PopulatedAsync();
        var programme = await EnteredAsync(network, "firstCome");
        var trainee = await JoinAsync("trainee", network);
        var command = $$"""{"type":"apply","commandId":"{{Guid.NewGuid()}}","cohort":"c"}""";
        var version = (await trainee.PostAsync($"api/programmes/{programme}/commands", command)).Is(HttpStatusCode.OK).Json;
        Assert.Equal(
            version.GetProperty("version").GetInt64(),
            (await trainee.PostAsync($"api/programmes/{programme}/commands", command))
                .Is(HttpStatusCode.OK)
                .Json.GetProperty("version")
                .GetInt64()
        );
        (await SendAsync(trainee, programme, "apply", "\"reasn\":\"x\"")).Is(HttpStatusCode.BadRequest, "request.bad-json");
        (await SendAsync(trainee, programme, "apply", $"\"reason\":\"{new string('x', 1001)}\"")).Is(
            HttpStatusCode.BadRequest,
            "programme.bad-command",
            "$.reason"
        );
        (await SendAsync(trainee, "no-such-programme", "apply")).Is(HttpStatusCode.NotFound, "programme.unknown");
    }

    [Fact]
    public async Task The_matrix_says_which_papers_are_missing_unchecked_and_complete_and_a_change_ends_a_check()
    {
        var network = await hub.PopulatedAsync();
        var programme = await EnteredAsync(network, "firstCome");
        var director = await JoinAsync("programmeDirector", network);
        var trainee = await JoinAsync("trainee", network);
        var person = await PersonAsync(trainee);
        async Task<string> StateAsync() =>
            (await trainee.GetAsync($"api/dossiers/{person}?programme={programme}"))
                .Is(HttpStatusCode.OK)
                .Json.GetProperty("rows")[0]
                .GetProperty("papers")[0]
                .GetProperty("state")
                .GetString()!;
        Assert.Equal("missing", await StateAsync());
        // A cohort that is over asks for nothing.
        const string over = """
            {"name":{"en":"2020"},"from":"2020-03-01","to":"2021-02-28","applyBy":"2020-01-01T00:00:00Z","places":1,"answerDays":7}
            """;
        (await network.PutAsync($"api/programmes/{programme}/cohorts/b", over)).Is(HttpStatusCode.Created);
        Assert.Equal(
            ["c"],
            (await trainee.GetAsync($"api/dossiers/{person}?programme={programme}"))
                .Json.GetProperty("rows")
                .EnumerateArray()
                .Select(row => row.GetProperty("cohort").GetProperty("id").GetString())
        );
        var paper = $"api/dossiers/{person}/documents/licence";
        (await trainee.PutAsync(paper, """{"kind":"licence","title":"Licence","to":"2030-12-31"}""")).Is(HttpStatusCode.Created);
        Assert.Equal("lapsesBefore", await StateAsync());
        (await trainee.PutAsync(paper, """{"kind":"licence","title":"Licence","to":"2031-12-31"}""", match: "*")).Is(HttpStatusCode.OK);
        Assert.Equal("unchecked", await StateAsync());
        // Only those who decide about an application of the person may see and check the papers.
        (await director.GetAsync($"api/dossiers/{person}")).Is(HttpStatusCode.Forbidden);
        (await SendAsync(trainee, programme, "apply")).Is(HttpStatusCode.OK);
        await Eventually.Async(async () => (await director.GetAsync($"api/dossiers/{person}")).Status == HttpStatusCode.OK);
        var tag = (await director.GetAsync($"api/dossiers/{person}")).Json.GetProperty("documents")[0].GetProperty("tag").GetString();
        (await trainee.PutAsync($"{paper}/check", $$"""{"tag":"{{tag}}"}""")).Is(HttpStatusCode.Forbidden);
        (await director.PutAsync($"{paper}/check", """{"tag":"other"}""")).Is(HttpStatusCode.PreconditionFailed, "record.changed");
        (await director.PutAsync($"{paper}/check", $$"""{"tag":"{{tag}}"}""")).Is(HttpStatusCode.NoContent);
        Assert.Equal("met", await StateAsync());
        (await trainee.PutAsync(paper, """{"kind":"licence","title":"Licence","to":"2032-12-31"}""", match: "*")).Is(HttpStatusCode.OK);
        Assert.Equal("unchecked", await StateAsync());
    }

    [Fact]
    public async Task Only_a_public_programme_is_shown_to_everybody_without_names_of_people()
    {
        var network = await hub.PopulatedAsync();
        var programme = await EnteredAsync(network, "selection");
        using var anybody = Caller.Nobody(hub.Host.Address);
        var nobody = network.As(anybody);
        (await nobody.GetAsync($"api/public/programmes/{programme}")).Is(HttpStatusCode.NotFound, "programme.unknown");
        (await network.PutAsync($"api/programmes/{programme}", Profile(network, "selection", isPublic: true), match: "*")).Is(
            HttpStatusCode.OK
        );
        var entry = (await nobody.GetAsync($"api/public/programmes/{programme}")).Is(HttpStatusCode.OK);
        Assert.Equal(1, entry.Json.GetProperty("cohorts").GetArrayLength());
        Assert.DoesNotContain(hub.Person, entry.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bad_programmes_get_a_code_and_the_place_of_the_fault()
    {
        var network = await hub.PopulatedAsync();
        var id = $"api/programmes/{network.Id}-bad";
        var good = Profile(network, "selection");
        foreach (
            var (was, now, code, place) in ((string, string, string, string)[])
                [
                    ("\"kind\":\"fellowship\"", "\"kind\":\"holiday\"", "record.unknown-choice", "$.kind"),
                    ($"\"{network.North}\"", "\"no-such\"", "record.unknown-reference", "$.hospitals"),
                    ($"\"{hub.Person}\"", "\"no-such\"", "record.unknown-reference", "$.director"),
                    ("\"reviewsPerSide\":1", "\"reviewsPerSide\":9", "record.out-of-range", "$.reviewsPerSide"),
                    ("A year.", new string('x', 501), "record.too-long", "$.summary.en"),
                ]
        )
        {
            Assert.Contains(was, good, StringComparison.Ordinal);
            (await network.PutAsync(id, good.Replace(was, now, StringComparison.Ordinal))).Is(HttpStatusCode.BadRequest, code, place);
        }
        (await network.GetAsync(id)).Is(HttpStatusCode.NotFound);
        var programme = await EnteredAsync(network, "selection");
        (await network.PutAsync($"api/programmes/{programme}/cohorts/d", Cohort("2030-04-01T00:00:00Z"))).Is(
            HttpStatusCode.BadRequest,
            "record.out-of-range",
            "$.applyBy"
        );
    }

    /// <summary>Somebody with a role in the network.</summary>
    private async Task<EnteredNetwork> JoinAsync(string role, EnteredNetwork network) => network.As(await hub.JoinAsync(role, network.Id));

    private async Task<string> EnteredAsync(EnteredNetwork network, string admission)
    {
        var id = $"{network.Id}-fellowship";
        (await network.PutAsync($"api/programmes/{id}", Profile(network, admission))).Is(HttpStatusCode.Created);
        (await network.PutAsync($"api/programmes/{id}/cohorts/c", Cohort("2030-01-01T00:00:00Z"))).Is(HttpStatusCode.Created);
        (
            await network.PutAsync(
                $"api/programmes/{id}/requirements/r",
                """{"kind":"licence","name":{"en":"A licence"},"lasts":true,"by":"trainee"}"""
            )
        ).Is(HttpStatusCode.Created);
        return id;
    }

    private string Profile(EnteredNetwork network, string admission, bool isPublic = false) =>
        $$"""
            {"network":"{{network.Id}}","kind":"fellowship","name":{"en":"A fellowship"},"summary":{"en":"A year."},
            "hospitals":["{{network.North}}"],"atPartner":false,"languages":["en"],"director":"{{hub.Person}}","reviewsPerSide":1,
            "admission":"{{admission}}","public":{{(isPublic ? "true" : "false")}}}
            """;

    private static string Cohort(string applyBy, int places = 1) =>
        $$"""
            {"name":{"en":"2030"},"from":"2030-03-01","to":"2031-02-28","applyBy":"{{applyBy}}","places":{{places}},"answerDays":7}
            """;

    private static string Review(string person) => $$""" "person":"{{person}}","score":4,"recommendation":"recommend" """;

    private static Task<Answer> SendAsync(EnteredNetwork caller, string programme, string type, string members = "") =>
        caller.PostAsync(
            $"api/programmes/{programme}/commands",
            $$"""{"type":"{{type}}","commandId":"{{Guid.NewGuid()}}","cohort":"c"{{(members.Length > 0 ? "," : "")}}{{members}}}"""
        );

    private static async Task<string> PersonAsync(EnteredNetwork caller) =>
        (await caller.GetAsync("api/session")).Json.GetProperty("person").GetString()!;

    /// <summary>The kind of the newest alert of a person about a programme.</summary>
    private static async Task<string?> KindAsync(EnteredNetwork caller) =>
        (await caller.GetAsync($"api/inboxes/{await PersonAsync(caller)}/alerts"))
            .Json.EnumerateArray()
            .Where(a => a.TryGetProperty("programme", out _))
            .OrderByDescending(a => a.GetProperty("at").GetDateTimeOffset())
            .Select(a => a.GetProperty("kind").GetString())
            .FirstOrDefault();

    private static async Task<JsonElement> CatalogueAsync(EnteredNetwork caller) =>
        (await caller.GetAsync($"api/programmes?network={caller.Id}&search=FELLOW")).Is(HttpStatusCode.OK).Json.GetProperty("programmes")[
            0
        ];
}
