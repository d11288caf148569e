using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ConsultHub.Rostering;
using ConsultHub.Tests.Accounts;
using ConsultHub.Tests.Fixtures;
using static ConsultHub.Tests.Accounts.NewPerson;

namespace ConsultHub.Tests.Records;

[CollectionDefinition(nameof(RecordsHub))]
public sealed class SharedRecordsHub : ICollectionFixture<RecordsHub>;

/// <summary>
/// A hub in a process of its own that began empty, with its first administrator. Each test enters a network of its own over HTTP.
/// </summary>
public sealed partial class RecordsHub : IAsyncLifetime
{
    [GeneratedRegex("/setup#(\\S+)")]
    private static partial Regex Link();

    /// <summary>How many networks a test has at the same time at most.</summary>
    private const int Kept = 10;

    private readonly Queue<string> _entered = [];

    public HubHost Host { get; private set; } = null!;

    /// <summary>The administrator, who becomes the coordinator of each network that a test enters.</summary>
    public Caller Admin { get; private set; } = null!;

    /// <summary>The administrator's person.</summary>
    public string Person { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        Host = await HubHost.StartAsync(demo: false);
        Admin = await FirstAsync(Host);
        Person = (await DoAsync(Admin.Http, "GET", "api/session")).GetProperty("person").GetString()!;
    }

    /// <summary>Opens the first account of an empty hub, with a second factor.</summary>
    internal static async Task<Caller> FirstAsync(HubHost host)
    {
        await Eventually.Async(() => Link().IsMatch(host.Said));
        var first = Caller.Nobody(host.Address);
        var token = Link().Match(host.Said).Groups[1].Value;
        await DoAsync(
            first.Http,
            "POST",
            "api/setup",
            new
            {
                token,
                userName = "first",
                password = Password,
                name = "The First",
            }
        );
        await AuthenticatorApp.AddAsync(first.Http);
        return first;
    }

    public async ValueTask DisposeAsync()
    {
        Admin?.Dispose();
        await Host.DisposeAsync();
    }

    /// <summary>Opens an account with a role in a network, and signs in.</summary>
    public async Task<Caller> JoinAsync(string role, string network)
    {
        var invited = await DoAsync(Admin.Http, "POST", "api/people", Opening(role, new { network }));
        var caller = Caller.Nobody(Host.Address);
        var token = invited.GetProperty("link").GetString()!.Split('#')[1];
        await DoAsync(caller.Http, "POST", "api/invitations/acceptance", new { token, password = Password });
        return caller;
    }

    /// <summary>A new network in Dubai without anything in it.</summary>
    internal async Task<EnteredNetwork> NetworkAsync()
    {
        var network = await EnteredNetwork.NewAsync(Admin);
        _entered.Enqueue(network.Id);
        if (_entered.Count > Kept)
            await GiveUpAsync(_entered.Dequeue());
        return network;
    }

    /// <summary>An account has a limited number of roles, so the role in an older network is given up.</summary>
    private async Task GiveUpAsync(string network)
    {
        var roles = (await DoAsync(Admin.Http, "GET", "api/session")).GetProperty("roles").EnumerateArray();
        var grant = roles.Single(r =>
            r.GetProperty("scope").TryGetProperty("network", out var of)
            && of.ValueKind == JsonValueKind.String
            && of.GetString() == network
        );
        await DoAsync(Admin.Http, "DELETE", $"api/roles/{grant.GetProperty("id").GetString()}");
    }

    /// <summary>A new network with a hospital, a room and a consultant who may work there.</summary>
    internal async Task<EnteredNetwork> PopulatedAsync()
    {
        var network = await NetworkAsync();
        await network.PopulateAsync();
        return network;
    }
}

/// <summary>An answer of the hub.</summary>
internal sealed record Answer(HttpStatusCode Status, string Text, string? Tag, Uri? Location, string? Type)
{
    public JsonElement Json => JsonDocument.Parse(Text).RootElement;

    public string? Code => Json.TryGetProperty("code", out var code) ? code.GetString() : null;

    public string? Place => Json.TryGetProperty("place", out var place) ? place.GetString() : null;

    public string Detail => Json.GetProperty("detail").GetString()!;

    public static async Task<Answer> OfAsync(HttpResponseMessage response)
    {
        using (response)
            return new(
                response.StatusCode,
                await response.Content.ReadAsStringAsync(),
                response.Headers.ETag?.ToString(),
                response.Headers.Location,
                response.Content.Headers.ContentType?.MediaType
            );
    }

    public Answer Is(HttpStatusCode status, string? code = null)
    {
        Assert.True(status == Status && (code is null || code == Code), $"{(int)Status} {Text}");
        return this;
    }

    /// <summary>A problem with its place, and with a sentence.</summary>
    public void Is(HttpStatusCode status, string code, string place)
    {
        Is(status, code);
        Assert.Equal(place, Place);
        Assert.NotEmpty(Detail);
    }
}

/// <summary>A network that a test has entered, and requests of a person about it.</summary>
internal sealed class EnteredNetwork(Caller caller, string id)
{
    public const string Room = """{"name":{"en":"Clinic 1"},"capacity":6}""";

    public string Id => id;
    public string North => $"{id}-north";
    public string Kim => $"{id}-kim";
    public string RoomPath => $"api/hospitals/{North}/rooms/clinic-1";

    /// <summary>A week in which the credential and the visit of the consultant are valid.</summary>
    public Week Week { get; } = DemoHub.ThisWeek.Next;

    public Caller Caller => caller;

    /// <summary>Requests of somebody else about the same network.</summary>
    public EnteredNetwork As(Caller other) => new(other, id);

    public static async Task<EnteredNetwork> NewAsync(Caller caller)
    {
        var network = new EnteredNetwork(caller, $"n{Guid.NewGuid():N}"[..16]);
        (await network.PutAsync($"api/networks/{network.Id}", """{"name":{"en":"A network"},"timeZone":"Asia/Dubai"}""")).Is(
            HttpStatusCode.Created
        );
        return network;
    }

    public async Task PopulateAsync()
    {
        await CreatedAsync($"api/hospitals/{North}", HospitalJson());
        await CreatedAsync(RoomPath, Room);
        await CreatedAsync($"api/consultants/{Kim}", KimJson("Kim Min-jun"));
        await CreatedAsync($"api/consultants/{Kim}/credentials/heart", CredentialJson());
        await CreatedAsync($"api/consultants/{Kim}/visits/visit", VisitJson(Start.AddDays(-20), Start.AddDays(20)));
    }

    public DateTimeOffset Start => Engagements.At(Week, 1, 5);

    public string HospitalJson(string name = "North") =>
        $$$"""{"network":"{{{id}}}","name":{"en":"{{{name}}}"},"city":"Dubai","timeZone":"Asia/Dubai"}""";

    public string KimJson(string name) =>
        $$$"""
            {"name":{"en":"{{{name}}}"},"specialties":["cardiology"],"languages":["ko"],"homeTimeZone":"Asia/Seoul","networks":["{{{id}}}"]}
            """;

    public string CredentialJson(DateTimeOffset? to = null) =>
        $$"""
            {"hospital":"{{North}}","specialty":"cardiology","from":"{{Iso(Start.AddDays(-30))}}",
            "to":"{{Iso(to ?? Start.AddDays(30))}}"}
            """;

    public string VisitJson(DateTimeOffset arrival, DateTimeOffset departure) =>
        $$"""{"network":"{{id}}","arrival":"{{Iso(arrival)}}","departure":"{{Iso(departure)}}"}""";

    public static string Iso(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    /// <summary>Plans an engagement of the consultant in the room.</summary>
    public async Task PlanAsync(string engagement)
    {
        var plan = Engagements.Plan(Week, engagement, North) with { Room = new("clinic-1"), Consultants = [new(Kim)], Attendees = 5 };
        using var response = await caller.Http.PostAsync(
            $"api/rosters/{id}/{Week}/commands",
            JsonContent(JsonSerializer.Serialize<RosterCommand>(plan, HubJson.Options))
        );
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
    }

    public async Task<Engagement> EngagementAsync(string engagement) =>
        await caller.GetAsync<Engagement>($"api/rosters/{id}/{Week}/engagements/{engagement}");

    public Task<Answer> GetAsync(string path) => SendAsync(HttpMethod.Get, path);

    /// <param name="match">The tag that the person has seen, or <c>*</c>. Null sends no condition.</param>
    public Task<Answer> PutAsync(string path, string json, string? match = null, string? reason = null, bool onlyNew = false) =>
        SendAsync(HttpMethod.Put, path, JsonContent(json), match, reason, onlyNew);

    public Task<Answer> PostAsync(string path, string json) => SendAsync(HttpMethod.Post, path, JsonContent(json));

    public Task<Answer> DeleteAsync(string path, string? match = null, string? reason = null) =>
        SendAsync(HttpMethod.Delete, path, null, match, reason);

    public async Task<Answer> CreatedAsync(string path, string json) =>
        (await PutAsync(path, json, onlyNew: true)).Is(HttpStatusCode.Created);

    /// <summary>Checks a file, or stores it.</summary>
    /// <param name="query">Further parameters, beginning with an ampersand.</param>
    /// <param name="type">The media type of the file.</param>
    public Task<Answer> ImportAsync(
        string table,
        byte[] file,
        bool preview = false,
        string query = "",
        string? reason = null,
        string type = "text/csv"
    )
    {
        var content = new ByteArrayContent(file);
        content.Headers.ContentType = new(type);
        return SendAsync(
            HttpMethod.Post,
            $"api/tables/{table}?network={id}" + (preview ? "&preview=true" : "") + query,
            content,
            reason: reason
        );
    }

    public Task<Answer> ImportAsync(
        string table,
        string file,
        bool preview = false,
        string query = "",
        string? reason = null,
        string type = "text/csv"
    ) => ImportAsync(table, Encoding.UTF8.GetBytes(file), preview, query, reason, type);

    /// <summary>Imports a file in which no row is refused, and returns the report.</summary>
    public async Task<JsonElement> ImportedAsync(string table, string file, string query = "") =>
        (await ImportAsync(table, file, query: query)).Is(HttpStatusCode.OK).Json;

    /// <summary>The refused rows of a file that must be refused as a whole.</summary>
    public async Task<List<(int Line, string Code, string? Column)>> RefusedAsync(string table, string file, string query = "")
    {
        var answer = (await ImportAsync(table, file, query: query)).Is(HttpStatusCode.UnprocessableEntity, "table.refused");
        var refused = answer
            .Json.GetProperty("report")
            .GetProperty("rows")
            .EnumerateArray()
            .Where(r => r.GetProperty("outcome").GetString() == "refused")
            .ToList();
        Assert.All(refused, r => Assert.NotEmpty(r.GetProperty("message").GetString()!));
        return
        [
            .. refused.Select(r =>
                (
                    r.GetProperty("line").GetInt32(),
                    r.GetProperty("code").GetString()!,
                    r.TryGetProperty("column", out var c) ? c.GetString() : null
                )
            ),
        ];
    }

    /// <summary>The cells of all rows of a table.</summary>
    public async Task<List<JsonObject>> RowsAsync(string table, string query = "")
    {
        var answer = (await GetAsync($"api/tables/{table}?network={id}&take=200{query}")).Is(HttpStatusCode.OK);
        return [.. JsonNode.Parse(answer.Text)!["rows"]!.AsArray().Select(r => r!["cells"]!.AsObject())];
    }

    public async Task<string> ExportAsync(string table)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, $"api/tables/{table}?network={id}");
        request.Headers.Accept.ParseAdd("text/csv");
        using var response = await caller.Http.SendAsync(request);
        Assert.Equal("text/csv", response.EnsureSuccessStatusCode().Content.Headers.ContentType?.MediaType);
        var bytes = await response.Content.ReadAsByteArrayAsync();
        Assert.Equal(Encoding.UTF8.Preamble.ToArray(), bytes[..3]);
        return Encoding.UTF8.GetString(bytes.AsSpan(3));
    }

    public static StringContent JsonContent(string json) => new(json, Encoding.UTF8, "application/json");

    private async Task<Answer> SendAsync(
        HttpMethod method,
        string path,
        HttpContent? body = null,
        string? match = null,
        string? reason = null,
        bool onlyNew = false
    )
    {
        using var request = new HttpRequestMessage(method, path) { Content = body };
        if (match is not null)
            request.Headers.TryAddWithoutValidation("If-Match", match);
        if (onlyNew)
            request.Headers.TryAddWithoutValidation("If-None-Match", "*");
        if (reason is not null)
            request.Headers.Add("X-Reason", Uri.EscapeDataString(reason));
        return await Answer.OfAsync(await caller.Http.SendAsync(request));
    }
}
