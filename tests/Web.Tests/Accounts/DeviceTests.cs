using System.Net;
using ConsultHub.Tests.Fixtures;
using static ConsultHub.Tests.Accounts.NewPerson;

namespace ConsultHub.Tests.Accounts;

public sealed class DeviceTests(DemoHub hub)
{
    private static readonly string Board = $"api/topics/board/ehs/{DemoHub.ThisWeek}";

    [Fact]
    public async Task A_link_signs_one_browser_in_as_the_device_and_works_once()
    {
        var (person, token) = await MakeAsync("Lobby wall");
        var wall = new CookieContainer();
        using (var http = Browser(wall))
            Assert.Equal(
                "/board/ehs",
                (await DoAsync(http, "POST", "api/device-links/use", new { token })).GetProperty("page").GetString()
            );
        using var caller = new Caller(hub.Address, wall);
        var session = await DoAsync(caller.Http, "GET", "api/session");
        Assert.Equal((person, "display"), (session.GetProperty("person").GetString(), session.GetProperty("role").GetString()));
        await DoAsync(caller.Http, "GET", Board);
        Assert.Equal(HttpStatusCode.Forbidden, (await RefusedAsync(caller.Http, "GET", "api/people")).Status);
        using var late = Browser(new());
        Assert.Equal((HttpStatusCode.NotFound, "link.unknown"), await RefusedAsync(late, "POST", "api/device-links/use", new { token }));
    }

    [Fact]
    public async Task The_cookie_of_a_device_lasts_for_the_configured_days_and_does_not_depend_on_use()
    {
        var (_, token) = await MakeAsync("A wall");
        using var http = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = hub.Address };
        http.DefaultRequestHeaders.Add("X-Hub", "1");
        using var response = await SendAsync(http, "POST", "api/device-links/use", new { token });
        var cookie = Assert.Single(response.Headers.GetValues("Set-Cookie"), c => c.StartsWith("hub=", StringComparison.Ordinal));
        var expires = DateTimeOffset.Parse(cookie.Split("expires=")[1].Split(';')[0], System.Globalization.CultureInfo.InvariantCulture);
        Assert.InRange(expires, DateTimeOffset.UtcNow.AddDays(399), DateTimeOffset.UtcNow.AddDays(401));
        var device = (await DoAsync(hub.Coordinator.Http, "GET", "api/device-links"))
            .EnumerateArray()
            .Last(d => d.GetProperty("name").GetProperty("en").GetString() == "A wall");
        Assert.InRange(device.GetProperty("signedInUntil").GetDateTimeOffset(), expires.AddMinutes(-1), expires.AddMinutes(1));
        Assert.False(device.TryGetProperty("linkUntil", out _));
    }

    [Fact]
    public async Task A_new_link_replaces_the_older_one_and_moves_the_device_to_another_browser()
    {
        var (person, first) = await MakeAsync("A kiosk");
        var renewed = await DoAsync(hub.Coordinator.Http, "POST", $"api/device-links/{person}", new { page = "/conferences" });
        var second = TokenOf(renewed);
        using (var late = Browser(new()))
            Assert.Equal(
                (HttpStatusCode.NotFound, "link.unknown"),
                await RefusedAsync(late, "POST", "api/device-links/use", new { token = first })
            );
        using var old = Caller.Nobody(hub.Address);
        await DoAsync(old.Http, "POST", "api/device-links/use", new { token = second });
        var third = TokenOf(await DoAsync(hub.Coordinator.Http, "POST", $"api/device-links/{person}", new { page = "/conferences" }));
        using var next = Caller.Nobody(hub.Address);
        await DoAsync(next.Http, "POST", "api/device-links/use", new { token = third });
        await DoAsync(next.Http, "GET", "api/session");
        await Eventually.Async(async () => (await SendAsync(old.Http, "GET", "api/session")).StatusCode == HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_device_that_is_switched_off_can_neither_read_nor_enter()
    {
        var (person, token) = await MakeAsync("Another wall");
        using var wall = Caller.Nobody(hub.Address);
        await DoAsync(wall.Http, "POST", "api/device-links/use", new { token });
        var waiting = TokenOf(await DoAsync(hub.Coordinator.Http, "POST", $"api/device-links/{person}", new { page = "/board" }));
        await DoAsync(hub.Coordinator.Http, "PUT", $"api/people/{person}/activation", new { commandId = Guid.NewGuid(), active = false });
        Assert.Equal((HttpStatusCode.Unauthorized, "session.deactivated"), await RefusedAsync(wall.Http, "GET", Board));
        Assert.Equal(
            (HttpStatusCode.NotFound, "link.unknown"),
            await RefusedAsync(wall.Http, "POST", "api/device-links/use", new { token = waiting })
        );
    }

    [Fact]
    public async Task A_link_is_good_only_for_its_own_purpose()
    {
        var (person, token) = await MakeAsync("A third wall");
        using var nobody = Caller.Nobody(hub.Address);
        foreach (
            var (path, body) in ((string, object)[])
                [
                    ("api/invitations/preview", new { token }),
                    ("api/invitations/acceptance", new { token, password = Password }),
                    ("api/guest-links/use", new { token }),
                ]
        )
            Assert.Equal((HttpStatusCode.NotFound, "link.unknown"), await RefusedAsync(nobody.Http, "POST", path, body));
        Assert.Equal(
            (HttpStatusCode.Conflict, "account.no-password"),
            await RefusedAsync(hub.Coordinator.Http, "POST", "api/invitations", new { person })
        );
        await DoAsync(nobody.Http, "POST", "api/device-links/use", new { token });
    }

    [Theory]
    [InlineData("//evil.example"), InlineData("https://evil.example"), InlineData(@"/\evil.example"), InlineData(""), InlineData("/a b")]
    public async Task A_device_opens_only_a_page_of_this_hub(string page) =>
        Assert.Equal(
            (HttpStatusCode.BadRequest, "request.bad-json"),
            await RefusedAsync(hub.Coordinator.Http, "POST", "api/device-links", Body("x", page))
        );

    [Fact]
    public async Task Only_people_who_may_give_the_role_set_up_a_device()
    {
        using var attendee = (await JoinAsync(hub.Address, "attendee")).Caller;
        Assert.Equal(HttpStatusCode.Forbidden, (await RefusedAsync(attendee.Http, "POST", "api/device-links", Body("x", "/board"))).Status);
        var elsewhere = new
        {
            commandId = Guid.NewGuid(),
            name = "x",
            network = "elsewhere",
            page = "/board",
        };
        Assert.Equal(
            (HttpStatusCode.Forbidden, "access.denied"),
            await RefusedAsync(hub.Coordinator.Http, "POST", "api/device-links", elsewhere)
        );
    }

    private async Task<(string Person, string Token)> MakeAsync(string name)
    {
        var made = await DoAsync(hub.Coordinator.Http, "POST", "api/device-links", Body(name, "/board/ehs"));
        return (made.GetProperty("person").GetString()!, TokenOf(made));
    }

    private static object Body(string name, string page) =>
        new
        {
            commandId = Guid.NewGuid(),
            name,
            network = "ehs",
            page,
        };

    private static string TokenOf(System.Text.Json.JsonElement made)
    {
        var link = made.GetProperty("link").GetString()!;
        Assert.StartsWith("/device#", link);
        return link.Split('#')[1];
    }

    private HttpClient Browser(CookieContainer cookies)
    {
        var http = new HttpClient(new SocketsHttpHandler { CookieContainer = cookies }) { BaseAddress = hub.Address };
        http.DefaultRequestHeaders.Add("X-Hub", "1");
        return http;
    }
}
