using System.Net;
using System.Text.Json;
using ConsultHub.Client;
using ConsultHub.Tests.Fixtures;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR.Client;
using static ConsultHub.Tests.Accounts.NewPerson;

namespace ConsultHub.Tests.Accounts;

public sealed class TokenTests(DemoHub hub)
{
    private static readonly string Board = $"api/topics/board/ehs/{DemoHub.ThisWeek}";

    [Fact]
    public async Task A_token_allows_the_actions_that_it_names_and_nothing_else()
    {
        using var caller = (await JoinAsync(hub.Address, "auditor")).Caller;
        using var program = Program(hub.Address, (await MakeAsync(caller, ["roster.read"])).Token);
        await DoAsync(program, "GET", Board);
        Assert.Equal("auditor", (await DoAsync(program, "GET", "api/session")).GetProperty("role").GetString());
        Assert.Equal((HttpStatusCode.Forbidden, "access.denied"), await RefusedAsync(program, "GET", "api/people"));
        foreach (
            var (method, path) in ((string, string)[])
                [
                    ("GET", "api/me"),
                    ("PUT", "api/me/password"),
                    ("POST", "api/me/totp"),
                    ("DELETE", "api/me/sign-ins"),
                    ("GET", "api/tokens"),
                    ("POST", "api/tokens"),
                    ("DELETE", $"api/tokens/{Guid.NewGuid()}"),
                ]
        )
            Assert.Equal((HttpStatusCode.Forbidden, "token.needs-person"), await RefusedAsync(program, method, path));
    }

    [Fact]
    public async Task A_token_that_does_not_name_the_persons_own_things_reads_neither_inbox_nor_itinerary()
    {
        var (caller, person, _) = await JoinAsync(hub.Address, "consultant");
        using var _ = caller;
        using var some = Program(hub.Address, (await MakeAsync(caller, ["roster.read"])).Token);
        using var own = Program(hub.Address, (await MakeAsync(caller, ["account.own"])).Token);
        await DoAsync(own, "GET", $"api/inboxes/{person}/alerts");
        Assert.Equal(HttpStatusCode.Forbidden, (await RefusedAsync(some, "GET", $"api/inboxes/{person}/alerts")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await RefusedAsync(some, "GET", $"api/topics/inbox/{person}")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await RefusedAsync(own, "GET", Board)).Status);
    }

    [Fact]
    public async Task A_grave_action_is_refused_with_a_token_even_if_the_token_names_it()
    {
        using var admin = await hub.SignInAsync("p-admin");
        string[] actions = ["people.read", "people.change", "roles.give-every", "networks.create"];
        using var program = Program(hub.Address, (await MakeAsync(admin, actions)).Token);
        await DoAsync(program, "GET", "api/people");
        Assert.Equal(
            (HttpStatusCode.Forbidden, "token.needs-person"),
            await RefusedAsync(program, "POST", "api/people", Opening("attendee", Ehs))
        );
        // Whoever enters a network becomes its coordinator.
        Assert.Equal(
            (HttpStatusCode.Forbidden, "token.needs-person"),
            await RefusedAsync(program, "PUT", "api/networks/n-program", new { name = new { en = "A network" }, timeZone = "Asia/Dubai" })
        );
    }

    [Fact]
    public async Task A_token_loses_an_action_together_with_its_person()
    {
        var (caller, _, grant) = await JoinAsync(hub.Address, "auditor");
        using var _ = caller;
        using var program = Program(hub.Address, (await MakeAsync(caller, ["roster.read"])).Token);
        await DoAsync(program, "GET", Board);
        using var admin = await hub.SignInAsync("p-admin");
        await DoAsync(admin.Http, "DELETE", $"api/roles/{grant}");
        Assert.Equal((HttpStatusCode.Forbidden, "topic.denied"), await RefusedAsync(program, "GET", Board));
    }

    [Fact]
    public async Task A_token_ends_when_its_account_is_switched_off()
    {
        var (caller, person, _) = await JoinAsync(hub.Address, "auditor");
        using var _ = caller;
        using var program = Program(hub.Address, (await MakeAsync(caller, ["roster.read"])).Token);
        using var admin = await hub.SignInAsync("p-admin");
        await DoAsync(admin.Http, "PUT", $"api/people/{person}/activation", new { commandId = Guid.NewGuid(), active = false });
        Assert.Equal((HttpStatusCode.Unauthorized, "session.deactivated"), await RefusedAsync(program, "GET", Board));
    }

    [Fact]
    public async Task A_withdrawn_token_is_refused_and_its_live_connection_ends()
    {
        using var caller = (await JoinAsync(hub.Address, "auditor")).Caller;
        var made = await MakeAsync(caller, ["roster.read"]);
        await using var connection = Live($"hubs/live?access_token={made.Token}");
        var ended = new TaskCompletionSource<string>();
        connection.On<string>("SignedOut", ended.SetResult);
        await connection.StartAsync();
        await connection.InvokeAsync("Watch", $"board/ehs/{DemoHub.ThisWeek}", null);
        await DoAsync(caller.Http, "DELETE", $"api/tokens/{made.Id}");
        Assert.Equal("token.wrong", await ended.Task.WaitAsync(Eventually.Patience));
        await Eventually.Async(() => connection.State == HubConnectionState.Disconnected);
        using var program = Program(hub.Address, made.Token);
        Assert.Equal((HttpStatusCode.Unauthorized, "token.wrong"), await RefusedAsync(program, "GET", Board));
        await Assert.ThrowsAnyAsync<Exception>(() => Live($"hubs/live?access_token={made.Token}").StartAsync());
        Assert.Equal(0, (await DoAsync(caller.Http, "GET", "api/tokens")).GetArrayLength());
    }

    [Fact]
    public async Task The_NET_client_watches_topics_with_a_token()
    {
        using var caller = (await JoinAsync(hub.Address, "auditor")).Caller;
        var token = (await MakeAsync(caller, ["roster.read"])).Token;
        await using var client = new HubTopicClient(new(hub.Address, "hubs/live"), new() { Token = token });
        var board = client.Watch($"board/ehs/{DemoHub.ThisWeek}");
        await Eventually.Async(() => board.Picture.Position is not null);
    }

    [Fact]
    public async Task A_token_in_the_address_counts_only_for_live_connections()
    {
        using var caller = (await JoinAsync(hub.Address, "auditor")).Caller;
        var token = (await MakeAsync(caller, ["roster.read"])).Token;
        using var nobody = Caller.Nobody(hub.Address);
        Assert.Equal(
            (HttpStatusCode.Unauthorized, "session.none"),
            await RefusedAsync(nobody.Http, "GET", $"{Board}?access_token={token}")
        );
    }

    [Fact]
    public async Task An_expired_token_is_refused()
    {
        using var caller = (await JoinAsync(hub.Address, "auditor")).Caller;
        using var program = Program(hub.Address, (await MakeAsync(caller, ["roster.read"], DateTimeOffset.UtcNow.AddSeconds(3))).Token);
        await Eventually.Async(async () =>
        {
            using var response = await program.GetAsync(Board);
            return response.StatusCode == HttpStatusCode.Unauthorized
                && (await Caller.ProblemAsync(response)).Problem.Code == "token.expired";
        });
        Assert.Equal(0, (await DoAsync(caller.Http, "GET", "api/tokens")).GetArrayLength());
    }

    [Fact]
    public async Task A_wrong_token_is_refused_even_beside_a_valid_cookie()
    {
        using var caller = (await JoinAsync(hub.Address, "auditor")).Caller;
        var token = (await MakeAsync(caller, ["roster.read"])).Token;
        string[] wrong = [token[..^1] + (token[^1] == 'A' ? 'B' : 'A'), token[..^3], "hub_", "x", $"hub_{Guid.NewGuid():n}_{token[37..]}"];
        foreach (var text in wrong)
        {
            using var program = Program(hub.Address, text);
            program.DefaultRequestHeaders.Add("Cookie", caller.Cookie);
            Assert.Equal((HttpStatusCode.Unauthorized, "token.wrong"), await RefusedAsync(program, "GET", Board));
        }
    }

    [Fact]
    public async Task A_token_of_one_hub_is_wrong_in_another()
    {
        using var caller = (await JoinAsync(hub.Address, "auditor")).Caller;
        var token = (await MakeAsync(caller, ["roster.read"])).Token;
        await using var other = await HubHost.StartAsync();
        using var program = Program(other.Address, token);
        Assert.Equal((HttpStatusCode.Unauthorized, "token.wrong"), await RefusedAsync(program, "GET", Board));
    }

    [Fact]
    public async Task The_list_shows_when_and_from_where_a_token_was_last_used_but_not_its_secret()
    {
        var began = DateTimeOffset.UtcNow;
        using var caller = (await JoinAsync(hub.Address, "auditor")).Caller;
        var made = await MakeAsync(caller, ["roster.read"]);
        Assert.False((await OnlyAsync(caller)).TryGetProperty("lastUsedAt", out _));
        using var program = Program(hub.Address, made.Token);
        await DoAsync(program, "GET", Board);
        await Eventually.Async(async () => (await OnlyAsync(caller)).TryGetProperty("lastUsedAt", out _));
        var listed = await OnlyAsync(caller);
        Assert.EndsWith("127.0.0.1", listed.GetProperty("lastAddress").GetString());
        Assert.InRange(listed.GetProperty("madeAt").GetDateTimeOffset(), began, DateTimeOffset.UtcNow);
        Assert.DoesNotContain(made.Token[37..], listed.GetRawText());
    }

    [Fact]
    public async Task A_token_with_a_bad_name_period_or_action_is_not_made()
    {
        using var caller = (await JoinAsync(hub.Address, "auditor")).Caller;
        var soon = DateTimeOffset.UtcNow.AddDays(1);
        foreach (
            var (body, code) in ((object, string)[])
                [
                    (
                        new
                        {
                            name = " ",
                            actions = new[] { "roster.read" },
                            until = soon,
                        },
                        "token.bad-name"
                    ),
                    (
                        new
                        {
                            name = "x",
                            actions = Array.Empty<string>(),
                            until = soon,
                        },
                        "token.bad-actions"
                    ),
                    (
                        new
                        {
                            name = "x",
                            actions = new[] { "roster.plan" },
                            until = soon,
                        },
                        "token.action-lacking"
                    ),
                    (
                        new
                        {
                            name = "x",
                            actions = new[] { "nothing" },
                            until = soon,
                        },
                        "token.action-lacking"
                    ),
                    (
                        new
                        {
                            name = "x",
                            actions = new[] { "roster.read" },
                            until = soon.AddDays(366),
                        },
                        "token.bad-period"
                    ),
                    (
                        new
                        {
                            name = "x",
                            actions = new[] { "roster.read" },
                            until = soon.AddDays(-2),
                        },
                        "token.bad-period"
                    ),
                ]
        )
            Assert.Equal((HttpStatusCode.BadRequest, code), await RefusedAsync(caller.Http, "POST", "api/tokens", body));
    }

    [Fact]
    public async Task A_coordinator_makes_a_token_for_a_program_but_not_for_a_person()
    {
        using var admin = await hub.SignInAsync("p-admin");
        var program = await DoAsync(hub.Coordinator.Http, "POST", "api/people", Opening("integration", Ehs));
        var person = program.GetProperty("account").GetProperty("person").GetString()!;
        string[] exports = ["conferences.export", "attendance.export"];
        using var http = Program(hub.Address, (await MakeAsync(hub.Coordinator, exports, person: person)).Token);
        await DoAsync(http, "GET", "api/session");
        using (var exported = await http.GetAsync("api/conferences/demo-congress/schedule.xml"))
            Assert.Equal(HttpStatusCode.OK, exported.StatusCode);
        using (var exported = await http.GetAsync("api/conferences/demo-congress/attendance/export"))
            Assert.Equal(HttpStatusCode.OK, exported.StatusCode);
        Assert.Equal((HttpStatusCode.Forbidden, "topic.denied"), await RefusedAsync(http, "GET", Board));
        var listed = (await DoAsync(hub.Coordinator.Http, "GET", $"api/tokens?person={person}"))[0];
        await DoAsync(hub.Coordinator.Http, "DELETE", $"api/tokens/{listed.GetProperty("id").GetString()}");
        Assert.Equal((HttpStatusCode.Unauthorized, "token.wrong"), await RefusedAsync(http, "GET", "api/session"));

        var (attendee, human, _) = await JoinAsync(hub.Address, "attendee");
        using var _ = attendee;
        var body = new
        {
            name = "x",
            actions = new[] { "conferences.read" },
            until = DateTimeOffset.UtcNow.AddDays(1),
            person = human,
        };
        Assert.Equal((HttpStatusCode.Conflict, "token.not-for-program"), await RefusedAsync(admin.Http, "POST", "api/tokens", body));
        using var stranger = (await JoinAsync(hub.Address, "auditor")).Caller;
        Assert.Equal((HttpStatusCode.Forbidden, "access.denied"), await RefusedAsync(stranger.Http, "POST", "api/tokens", body));
    }

    private static async Task<JsonElement> OnlyAsync(Caller caller) =>
        Assert.Single((await DoAsync(caller.Http, "GET", "api/tokens")).EnumerateArray());

    private static async Task<(string Token, string Id)> MakeAsync(
        Caller caller,
        string[] actions,
        DateTimeOffset? until = null,
        string? person = null
    )
    {
        var body = new
        {
            name = "A program",
            actions,
            until = until ?? DateTimeOffset.UtcNow.AddDays(30),
            person,
        };
        var made = await DoAsync(caller.Http, "POST", "api/tokens", body);
        return (made.GetProperty("token").GetString()!, made.GetProperty("view").GetProperty("id").GetString()!);
    }

    /// <summary>A program that sends only its token: no cookie, and no header X-Hub.</summary>
    private static HttpClient Program(Uri hub, string token)
    {
        var http = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = hub };
        http.DefaultRequestHeaders.Add("Authorization", $"Bearer {token}");
        return http;
    }

    private HubConnection Live(string path) =>
        new HubConnectionBuilder()
            .WithUrl(new Uri(hub.Address, path), http => (http.SkipNegotiation, http.Transports) = (true, HttpTransportType.WebSockets))
            .Build();
}
