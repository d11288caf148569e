using System.Net;
using System.Text.Json;
using ConsultHub.Tests.Accounts;
using ConsultHub.Tests.Fixtures;
using ConsultHub.Tests.Records;

namespace ConsultHub.Tests.Programmes;

/// <summary>Rotations and logbooks over HTTP: from the plan to a person who is complete.</summary>
[Collection(nameof(RecordsHub))]
public sealed class RotationTests(RecordsHub hub)
{
    private static readonly DateOnly Today = DateOnly.FromDateTime(DateTime.UtcNow);

    [Fact]
    public async Task A_person_is_planned_logs_cases_is_judged_and_is_complete()
    {
        var network = await hub.PopulatedAsync();
        var (programme, trainee, person) = await PlacedAsync(network);
        var supervisor = await JoinAsync("supervisor", network);
        var by = await PersonAsync(supervisor);
        var rotation = $"api/programmes/{programme}/rotations/r";
        (await network.PutAsync(rotation, Rotation(person, by))).Is(HttpStatusCode.Created);
        await Eventually.Async(async () => await KindAsync(trainee) == "rotationChanged");
        var logbook = $"api/programmes/{programme}/cohorts/c/logbooks/{person}";
        (await SendAsync(trainee, logbook, "logCases", Cases("e1", Today.AddDays(-1)))).Is(HttpStatusCode.OK);
        (await SendAsync(trainee, logbook, "logCases", Cases("e2", Today.AddDays(-60)))).Is(
            HttpStatusCode.Conflict,
            "logbook.no-rotation",
            "$.day"
        );
        (await SendAsync(supervisor, logbook, "logCases", Cases("e2", Today))).Is(HttpStatusCode.Forbidden);
        (await SendAsync(trainee, logbook, "signCases", "\"entries\":[\"e1\"]")).Is(HttpStatusCode.Forbidden);
        var seen = (await supervisor.GetAsync(logbook)).Is(HttpStatusCode.OK).Json;
        Assert.Equal("e1", seen.GetProperty("maySign")[0].GetString());
        (await SendAsync(supervisor, logbook, "signCases", "\"entries\":[\"e1\"]")).Is(HttpStatusCode.OK);
        (await SendAsync(supervisor, logbook, "entrust", """ "activity":"a","level":"unsupervised" """)).Is(HttpStatusCode.OK);
        (await SendAsync(supervisor, logbook, "assess", """ "kind":"final","result":"meets" """)).Is(
            HttpStatusCode.BadRequest,
            "logbook.reason-missing",
            "$.reason"
        );
        (await SendAsync(supervisor, logbook, "assess", """ "kind":"final","result":"meets","reason":"Well done." """)).Is(
            HttpStatusCode.OK
        );
        var own = (await trainee.GetAsync(logbook)).Is(HttpStatusCode.OK).Json;
        Assert.True(own.GetProperty("progress").GetProperty("isComplete").GetBoolean());
        Assert.False(own.GetProperty("mayJudge").GetBoolean());
        Assert.Equal("Well done.", own.GetProperty("history")[0].GetProperty("text").GetString());
        // Another trainee does not read it.
        (await (await JoinAsync("trainee", network)).GetAsync(logbook)).Is(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_supervisor_who_has_left_is_refused_and_marked_and_papers_that_lapse_ask_for_a_reason()
    {
        var network = await hub.PopulatedAsync();
        var (programme, _, person) = await PlacedAsync(network);
        var rotation = $"api/programmes/{programme}/rotations/r";
        var stranger = await PersonAsync(await JoinAsync("trainee", network));
        (await network.PutAsync(rotation, Rotation(person, stranger))).Is(
            HttpStatusCode.Conflict,
            "programme.no-supervisor",
            "$.supervisor"
        );
        var supervisor = await PersonAsync(await JoinAsync("supervisor", network));
        (
            await network.PutAsync(
                $"api/programmes/{programme}/requirements/r",
                """{"kind":"licence","name":{"en":"A licence"},"lasts":true,"by":"trainee"}"""
            )
        ).Is(HttpStatusCode.Created);
        (await network.PutAsync(rotation, Rotation(person, supervisor))).Is(HttpStatusCode.Conflict, "programme.paper-missing", "$.person");
        (await network.PutAsync(rotation, Rotation(person, supervisor), reason: "The licence follows.")).Is(HttpStatusCode.Created);
        Assert.Equal(["paperMissing"], await ReasonsAsync(network, programme));
        await NewPerson.DoAsync(
            hub.Admin.Http,
            "PUT",
            $"api/people/{supervisor}/activation",
            new { commandId = Guid.NewGuid(), active = false }
        );
        await Eventually.Async(async () => (await ReasonsAsync(network, programme)).SequenceEqual(["supervisorLeft", "paperMissing"]));
    }

    [Fact]
    public async Task A_plan_comes_as_a_file_and_one_row_over_capacity_stores_nothing()
    {
        var network = await hub.PopulatedAsync();
        var (programme, _, person) = await PlacedAsync(network);
        var supervisor = await PersonAsync(await JoinAsync("supervisor", network));
        string Row(string id, string from, string to) => $"{programme},{id},c,{person},ward,{from},{to},{supervisor}\n";
        const string Header = "programme,id,cohort,person,department,from,to,supervisor\n";
        var (first, second) = (Today.AddDays(-5), Today.AddDays(5));
        var bad =
            Header + Row("r1", $"{first:yyyy-MM-dd}", $"{second:yyyy-MM-dd}") + Row("r2", $"{second:yyyy-MM-dd}", $"{second:yyyy-MM-dd}");
        Assert.Contains(await network.RefusedAsync("rotations", bad), row => row is (3, "programme.rotation-overlap", "from"));
        (await network.GetAsync($"api/programmes/{programme}/rotations/r1")).Is(HttpStatusCode.NotFound);
        var good =
            Header
            + Row("r1", $"{first:yyyy-MM-dd}", $"{second.AddDays(-1):yyyy-MM-dd}")
            + Row("r2", $"{second:yyyy-MM-dd}", $"{second:yyyy-MM-dd}");
        await network.ImportedAsync("rotations", good);
        (await network.GetAsync($"api/programmes/{programme}/rotations/r2")).Is(HttpStatusCode.OK);
    }

    private static async Task<List<string>> ReasonsAsync(EnteredNetwork network, string programme) =>
        [
            .. (await network.GetAsync($"api/programmes/{programme}/rotations-attention"))
                .Is(HttpStatusCode.OK)
                .Json.GetProperty("attention")
                .EnumerateArray()
                .Select(a => a.GetProperty("reason").GetString()!),
        ];

    /// <summary>A training that has begun, with a ward and an activity, in which a trainee has a place.</summary>
    private async Task<(string Programme, EnteredNetwork Trainee, string Person)> PlacedAsync(EnteredNetwork network)
    {
        var id = $"{network.Id}-training";
        var address = $"api/programmes/{id}";
        (
            await network.PutAsync(
                address,
                $$"""
                {"network":"{{network.Id}}","kind":"staffTraining","name":{"en":"A training"},"summary":{"en":"A month."},
                "hospitals":["{{network.North}}"],"atPartner":false,"languages":["en"],"director":"{{hub.Person}}","reviewsPerSide":1,
                "admission":"firstCome","public":false}
                """
            )
        ).Is(HttpStatusCode.Created);
        (await network.PutAsync($"{address}/cohorts/c", Cohort(Today.AddDays(20), Today.AddDays(10)))).Is(HttpStatusCode.Created);
        (
            await network.PutAsync(
                $"{address}/departments/ward",
                $$"""{"name":{"en":"Ward"},"hospital":"{{network.North}}","capacity":1}"""
            )
        ).Is(HttpStatusCode.Created);
        (await network.PutAsync($"{address}/activities/a", """{"name":{"en":"Ventilation"},"cases":2,"level":"indirectSupervision"}""")).Is(
            HttpStatusCode.Created
        );
        var trainee = await JoinAsync("trainee", network);
        (await trainee.PostAsync($"{address}/commands", $$"""{"type":"apply","commandId":"{{Guid.NewGuid()}}","cohort":"c"}""")).Is(
            HttpStatusCode.OK
        );
        (await network.PutAsync($"{address}/cohorts/c", Cohort(Today.AddDays(-30), Today.AddDays(-40)), match: "*")).Is(HttpStatusCode.OK);
        return (id, trainee, await PersonAsync(trainee));
    }

    private static string Cohort(DateOnly from, DateOnly applyBy) =>
        $$"""
            {"name":{"en":"Now"},"from":"{{from:yyyy-MM-dd}}","to":"{{Today.AddDays(60):yyyy-MM-dd}}",
            "applyBy":"{{applyBy:yyyy-MM-dd}}T00:00:00Z","places":3,"answerDays":7}
            """;

    private static string Rotation(string person, string supervisor) =>
        $$"""
            {"cohort":"c","person":"{{person}}","department":"ward","from":"{{Today.AddDays(-20):yyyy-MM-dd}}",
            "to":"{{Today.AddDays(20):yyyy-MM-dd}}","supervisor":"{{supervisor}}"}
            """;

    private static string Cases(string entry, DateOnly day) =>
        $$""" "entry":"{{entry}}","activity":"a","day":"{{day:yyyy-MM-dd}}","cases":2,"role":"supervised" """;

    private static Task<Answer> SendAsync(EnteredNetwork caller, string logbook, string type, string members) =>
        caller.PostAsync($"{logbook}/commands", $$"""{"type":"{{type}}","commandId":"{{Guid.NewGuid()}}",{{members}}}""");

    private async Task<EnteredNetwork> JoinAsync(string role, EnteredNetwork network) => network.As(await hub.JoinAsync(role, network.Id));

    private static async Task<string> PersonAsync(EnteredNetwork caller) =>
        (await caller.GetAsync("api/session")).Json.GetProperty("person").GetString()!;

    private static async Task<string?> KindAsync(EnteredNetwork caller) =>
        (await caller.GetAsync($"api/inboxes/{await PersonAsync(caller)}/alerts"))
            .Json.EnumerateArray()
            .Where(a => a.TryGetProperty("programme", out _))
            .OrderByDescending(a => a.GetProperty("at").GetDateTimeOffset())
            .Select(a => a.GetProperty("kind").GetString())
            .FirstOrDefault();
}
