using System.Net;
using ConsultHub.Tests.Accounts;
using ConsultHub.Tests.Fixtures;

namespace ConsultHub.Tests.Records;

/// <summary>Several new records of one owner in one request.</summary>
[Collection(nameof(RecordsHub))]
public sealed class NewRecordsTests(RecordsHub hub)
{
    [Fact]
    public async Task A_consultant_with_a_visit_and_a_credential_is_entered_at_once()
    {
        var network = await hub.PopulatedAsync();
        var body = Consultant(network, "lee", "Lee Seo-yeon", to: "2029-02-01T00:00:00Z");
        var preview = (await network.PostAsync("api/records?preview=true", body)).Is(HttpStatusCode.OK);
        Assert.Equal(0, preview.Json.GetProperty("affects").GetArrayLength());
        (await network.GetAsync($"api/consultants/{network.Id}-lee")).Is(HttpStatusCode.NotFound);

        var entered = (await network.PostAsync("api/records", body)).Is(HttpStatusCode.Created);
        var paths = entered.Json.GetProperty("paths").EnumerateArray().Select(p => p.GetString()!).ToList();
        Assert.Equal(["", "/visits/v", "/credentials/c"], paths.Select(p => p[$"/api/consultants/{network.Id}-lee".Length..]));
        foreach (var path in paths)
            (await network.GetAsync(path.TrimStart('/'))).Is(HttpStatusCode.OK);
        // The answer may have been lost. So the same request succeeds again. Another request for the same consultant does not.
        (await network.PostAsync("api/records", body)).Is(HttpStatusCode.Created);
        (await network.PostAsync("api/records", Consultant(network, "lee", "Lee Seo-yeon", "2029-02-01T00:00:00Z"))).Is(
            HttpStatusCode.PreconditionFailed,
            "record.changed",
            "$.records[0].record"
        );
        (await network.PostAsync("api/records", Consultant(network, "lee", "Lee Ji-ho", "2029-02-01T00:00:00Z"))).Is(
            HttpStatusCode.PreconditionFailed,
            "record.changed",
            "$.records[0].record"
        );
    }

    [Fact]
    public async Task Nothing_is_stored_if_one_of_the_records_is_refused_and_the_answer_says_which()
    {
        var network = await hub.PopulatedAsync();
        (await network.PostAsync("api/records", Consultant(network, "lee", "Lee Seo-yeon", to: "2028-02-01T00:00:00Z"))).Is(
            HttpStatusCode.BadRequest,
            "record.end-before-start",
            "$.records[2].record.to"
        );
        (await network.PostAsync("api/records", Consultant(network, "lee", "", to: "2029-02-01T00:00:00Z"))).Is(
            HttpStatusCode.BadRequest,
            "record.required",
            "$.records[0].record.name.en"
        );
        (await network.GetAsync($"api/consultants/{network.Id}-lee")).Is(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task The_records_belong_to_one_owner_and_the_person_may_enter_all_of_them()
    {
        var network = await hub.PopulatedAsync();
        var room = """{"table":"rooms","record":{"id":"ward","name":{"en":"Ward"},"capacity":6}}""";
        var closure = """{"table":"closures","record":{"id":"c","from":"2029-01-01T00:00:00Z","to":"2029-01-02T00:00:00Z"}}""";
        string Of(string owner, params string[] records) =>
            $$"""{"commandId":"{{Guid.NewGuid()}}","owner":"{{owner}}","records":[{{string.Join(',', records)}}]}""";
        (await network.PostAsync("api/records", Of(network.North, closure, room))).Is(HttpStatusCode.Created);
        (await network.PostAsync("api/records", Of($"{network.Id}-none", room))).Is(HttpStatusCode.NotFound, "record.unknown");
        (await network.PostAsync("api/records", Of(network.North))).Is(HttpStatusCode.BadRequest, "request.bad-json", "$.records");
        (await network.PostAsync("api/records", Of(network.North, room.Replace("rooms", "none")))).Is(
            HttpStatusCode.NotFound,
            "record.unknown-table",
            "$.records[0].table"
        );
        (await network.PostAsync("api/records", Of(network.North, room, room.Replace("rooms", "absences")))).Is(
            HttpStatusCode.BadRequest,
            "record.bad-value",
            "$.records[1].table"
        );
        (await network.PostAsync("api/records", Of(network.Kim, Consultants(network, "lee", "Lee")))).Is(
            HttpStatusCode.BadRequest,
            "record.other-id",
            "$.records[0].record.id"
        );
        (await network.PostAsync("api/records", Of(network.North, "null"))).Is(HttpStatusCode.BadRequest, "request.bad-json");
        var twice = room.Replace("\"id\":\"ward\"", "\"id\":\"ward\",\"id\":\"b\"", StringComparison.Ordinal);
        (await network.PostAsync("api/records", Of(network.North, twice))).Is(HttpStatusCode.BadRequest, "request.bad-json", "$");
        using var consultant = await hub.JoinAsync("consultant", network.Id);
        (await network.As(consultant).PostAsync("api/records", Of(network.North, room))).Is(HttpStatusCode.Forbidden, "access.denied");
    }

    [Fact]
    public async Task What_comes_with_a_new_consultant_needs_the_same_rights_as_alone()
    {
        var (here, there) = (await hub.PopulatedAsync(), await hub.PopulatedAsync());
        using var caller = await hub.JoinAsync("coordinator", here.Id);
        await AuthenticatorApp.AddAsync(caller.Http);
        var coordinator = here.As(caller);
        async Task<Answer> WithAsync(string visited, string hospital)
        {
            var body = Consultant(here, "lee", "Lee Seo-yeon", "2029-02-01T00:00:00Z")
                .Replace($"\"network\":\"{here.Id}\"", $"\"network\":\"{visited}\"", StringComparison.Ordinal)
                .Replace(here.North, hospital, StringComparison.Ordinal);
            return await coordinator.PostAsync("api/records", body);
        }
        (await WithAsync(there.Id, here.North)).Is(HttpStatusCode.Forbidden, "access.denied");
        (await WithAsync(here.Id, there.North)).Is(HttpStatusCode.Forbidden, "access.denied");
        (await here.GetAsync($"api/consultants/{here.Id}-lee")).Is(HttpStatusCode.NotFound);
        var unlisted = Consultant(here, "lee", "Lee Seo-yeon", "2029-02-01T00:00:00Z")
            .Replace($"[\"{here.Id}\"]", "[]", StringComparison.Ordinal);
        (await coordinator.PostAsync("api/records", unlisted)).Is(
            HttpStatusCode.BadRequest,
            "record.required",
            "$.records[0].record.networks"
        );
        (await WithAsync(here.Id, here.North)).Is(HttpStatusCode.Created);
    }

    private static string Consultants(EnteredNetwork network, string id, string name) =>
        $$"""
            {"table":"consultants","record":{"id":"{{network.Id}}-{{id}}","name":{"en":"{{name}}"},"specialties":["cardiology"],
            "homeTimeZone":"Asia/Seoul","networks":["{{network.Id}}"]} }
            """;

    private static string Consultant(EnteredNetwork network, string id, string name, string to) =>
        $$"""
            {"commandId":"{{Guid.NewGuid()}}","owner":"{{network.Id}}-{{id}}","records":[
            {{Consultants(network, id, name)}},
            {"table":"visits","record":{"id":"v","network":"{{network.Id}}","arrival":"2029-01-01T00:00:00Z",
            "departure":"2029-02-01T00:00:00Z"} },
            {"table":"credentials","record":{"id":"c","hospital":"{{network.North}}","specialty":"cardiology",
            "from":"2029-01-01T00:00:00Z","to":"{{to}}"} }]}
            """;
}
