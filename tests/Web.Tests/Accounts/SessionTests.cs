using System.Net;
using System.Net.Http.Json;
using ConsultHub.Tests.Fixtures;
using ConsultHub.Web;
using ConsultHub.Web.Accounts;

namespace ConsultHub.Tests.Accounts;

public sealed class SessionTests(DemoHub hub)
{
    [Theory]
    [InlineData("coordinator", Role.Coordinator), InlineData("admin", Role.Administrator), InlineData("host", Role.Host)]
    [InlineData("consultant", Role.Consultant), InlineData("attendee", Role.Attendee), InlineData("auditor", Role.Auditor)]
    public async Task The_demo_accounts_can_sign_in_with_a_password_and_sign_out_again(string userName, Role role)
    {
        using var caller = Caller.Nobody(hub.Address);
        Assert.Equal(
            HttpStatusCode.NoContent,
            (await caller.Http.PostAsJsonAsync("api/session", new { userName, password = DemoHub.Password })).StatusCode
        );
        Assert.Equal(role, (await caller.GetAsync<SessionApi.Session>("api/session")).Role);
        Assert.Equal(HttpStatusCode.NoContent, (await caller.Http.DeleteAsync("api/session")).StatusCode);
        await NoSessionAsync(caller);
    }

    [Theory]
    [
        InlineData("coordinator", "wrong"),
        InlineData("coordinator", ""),
        InlineData("nobody", DemoHub.Password),
        InlineData("", ""),
        InlineData("😀", "كلمة")
    ]
    public async Task A_wrong_name_and_a_wrong_password_get_the_same_answer_and_no_cookie(string userName, string password)
    {
        using var caller = Caller.Nobody(hub.Address);
        var (status, problem) = await Caller.ProblemAsync(await caller.Http.PostAsJsonAsync("api/session", new { userName, password }));
        Assert.Equal((HttpStatusCode.Unauthorized, "session.denied"), (status, problem.Code));
        Assert.Empty(caller.Cookie);
        await NoSessionAsync(caller);
    }

    [Fact]
    public async Task The_sign_in_cookie_is_HTTP_only_and_same_site()
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = hub.Address };
        http.DefaultRequestHeaders.Add("X-Hub", "1");
        using var response = await http.PostAsJsonAsync("api/session/person", new { person = "p-coordinator" });
        var cookie = Assert.Single(response.Headers.GetValues("Set-Cookie"));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task The_person_picker_refuses_a_request_with_another_host_name()
    {
        using var caller = Caller.Nobody(hub.Address);
        using var request = new HttpRequestMessage(HttpMethod.Post, "api/session/person")
        {
            Content = JsonContent.Create(new { person = "p-coordinator" }),
            Headers = { Host = "evil.example" },
        };
        Assert.False((await caller.Http.SendAsync(request)).IsSuccessStatusCode);
        Assert.Empty(caller.Cookie);
    }

    [Theory]
    [
        InlineData("X-Forwarded-For", "127.0.0.1"),
        InlineData("X-Forwarded-Host", "localhost"),
        InlineData("x-forwarded-proto", "https"),
        InlineData("Forwarded", "for=192.0.2.7")
    ]
    [
        InlineData("X-Original-For", "127.0.0.1:4711"),
        InlineData("X-Original-Host", "hub.example"),
        InlineData("X-Real-IP", "192.0.2.7"),
        InlineData("Via", "1.1 proxy")
    ]
    public async Task The_person_picker_refuses_a_request_with_a_proxys_header_even_if_its_host_is_localhost(string header, string value)
    {
        using var caller = Caller.Nobody(hub.Address);
        caller.Http.DefaultRequestHeaders.Add(header, value);
        caller.Http.DefaultRequestHeaders.Host = "localhost";
        Assert.Equal(HttpStatusCode.Unauthorized, (await caller.Http.GetAsync("api/session/people")).StatusCode);
        Assert.Equal(
            HttpStatusCode.Unauthorized,
            (await caller.Http.PostAsJsonAsync("api/session/person", new { person = "p-coordinator" })).StatusCode
        );
        Assert.Empty(caller.Cookie);
    }

    [Fact]
    public async Task A_tampered_cookie_is_refused()
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = hub.Address };
        var cookie = hub.Coordinator.Cookie;
        http.DefaultRequestHeaders.Add("Cookie", cookie[..^8] + (cookie[^8] == 'A' ? 'B' : 'A') + cookie[^7..]);
        Assert.Equal(HttpStatusCode.Unauthorized, (await http.GetAsync("api/session")).StatusCode);
    }

    [Theory]
    [
        InlineData("POST", "api/session/person"),
        InlineData("DELETE", "api/session"),
        InlineData("PUT", "api/demo/day"),
        InlineData("POST", "api/rosters/ehs/2026-W48/commands")
    ]
    [InlineData("POST", "api/conferences/import")]
    public async Task A_request_that_changes_something_is_refused_without_the_X_Hub_header(string method, string path)
    {
        using var caller = await hub.SignInAsync("p-coordinator");
        caller.Http.DefaultRequestHeaders.Remove("X-Hub");
        var (status, problem) = await Caller.ProblemAsync(
            await caller.Http.SendAsync(
                new(new(method), path) { Content = JsonContent.Create(new { person = "p-attendee", running = true }) }
            )
        );
        Assert.Equal((HttpStatusCode.BadRequest, "request.header-missing", "X-Hub"), (status, problem.Code, problem.Place));
        Assert.Equal("p-coordinator", (await caller.GetAsync<SessionApi.Session>("api/session")).Person.Value);
    }

    [Theory]
    [InlineData("""{"person":"p-nobody"}""", 404, "session.unknown-person")]
    [InlineData("""{"person":"../../etc"}""", 400, "request.bad-json")]
    [InlineData("""{"person":7}""", 400, "request.bad-json")]
    [InlineData("""{}""", 400, "request.bad-json")]
    public async Task The_person_picker_accepts_only_people_of_the_demo(string body, int status, string code)
    {
        using var caller = Caller.Nobody(hub.Address);
        var (answered, problem) = await Caller.ProblemAsync(
            await caller.Http.PostAsync("api/session/person", new StringContent(body, System.Text.Encoding.UTF8, "application/json"))
        );
        Assert.Equal((status, code), ((int)answered, problem.Code));
    }

    private static async Task NoSessionAsync(Caller caller)
    {
        var (status, problem) = await Caller.ProblemAsync(await caller.Http.GetAsync("api/session"));
        Assert.Equal((HttpStatusCode.Unauthorized, "session.none"), (status, problem.Code));
    }
}
