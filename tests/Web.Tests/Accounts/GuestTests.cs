using System.Net;
using System.Text.Json;
using ConsultHub.Tests.Fixtures;
using static ConsultHub.Tests.Accounts.NewPerson;

namespace ConsultHub.Tests.Accounts;

public sealed class GuestTests(DemoHub hub)
{
    private const string Congress = "demo-congress";

    [Fact]
    public async Task A_guest_speaks_in_one_session_and_in_no_other()
    {
        var (session, other) = await SessionsAsync();
        var (_, token) = await InviteAsync(hub.Coordinator, session);
        using var guest = Caller.Nobody(hub.Address);
        var entered = await DoAsync(guest.Http, "POST", "api/guest-links/use", new { token });
        Assert.Equal($"/conferences/{Congress}/sessions/{session}/backstage", entered.GetProperty("page").GetString());
        await OpenRoomAsync(session);
        await OpenRoomAsync(other);
        Assert.Contains("speaker", await RolesAsync(guest, session));
        Assert.Equal((HttpStatusCode.Forbidden, "access.denied"), await RefusedAsync(guest.Http, "GET", $"api/lectures/{other}/me"));
        Assert.Equal(HttpStatusCode.Forbidden, (await RefusedAsync(guest.Http, "GET", "api/people")).Status);
    }

    [Fact]
    public async Task A_guests_link_works_again_on_one_device_at_a_time_until_it_is_withdrawn()
    {
        var (session, _) = await SessionsAsync();
        var (person, token) = await InviteAsync(hub.Coordinator, session);
        using var first = Caller.Nobody(hub.Address);
        using var second = Caller.Nobody(hub.Address);
        await DoAsync(first.Http, "POST", "api/guest-links/use", new { token });
        await DoAsync(first.Http, "GET", "api/session");
        await DoAsync(second.Http, "POST", "api/guest-links/use", new { token });
        await Eventually.Async(async () => (await SendAsync(first.Http, "GET", "api/session")).StatusCode == HttpStatusCode.Unauthorized);
        await DoAsync(second.Http, "GET", "api/session");
        var listed = await DoAsync(hub.Coordinator.Http, "GET", $"api/guest-links?conference={Congress}&session={session}");
        Assert.Contains(
            listed.EnumerateArray(),
            g => g.GetProperty("person").GetString() == person && g.GetProperty("signedIn").GetBoolean()
        );
        await DoAsync(hub.Coordinator.Http, "DELETE", $"api/guest-links/{person}");
        Assert.Equal(HttpStatusCode.Unauthorized, (await RefusedAsync(second.Http, "GET", "api/session")).Status);
        Assert.Equal(
            (HttpStatusCode.NotFound, "link.unknown"),
            await RefusedAsync(first.Http, "POST", "api/guest-links/use", new { token })
        );
    }

    [Fact]
    public async Task A_guests_link_and_sign_in_end_with_the_time_of_the_invitation()
    {
        var (session, _) = await SessionsAsync();
        var (_, token) = await InviteAsync(hub.Coordinator, session, DateTimeOffset.UtcNow.AddSeconds(4));
        using var guest = Caller.Nobody(hub.Address);
        await DoAsync(guest.Http, "POST", "api/guest-links/use", new { token });
        await Eventually.Async(async () => (await SendAsync(guest.Http, "GET", "api/session")).StatusCode == HttpStatusCode.Unauthorized);
        Assert.Equal(
            (HttpStatusCode.NotFound, "link.unknown"),
            await RefusedAsync(guest.Http, "POST", "api/guest-links/use", new { token })
        );
    }

    [Fact]
    public async Task The_host_of_a_session_invites_guests_to_it_but_not_to_another_one()
    {
        var (session, other) = await SessionsAsync();
        var scope = new
        {
            network = "ehs",
            conference = Congress,
            session,
        };
        using var host = (await JoinAsync(hub.Address, "host", scope)).Caller;
        var (person, _) = await InviteAsync(host, session);
        var (stranger, _) = await InviteAsync(hub.Coordinator, other);
        Assert.Equal((HttpStatusCode.Forbidden, "access.denied"), await RefusedAsync(host.Http, "POST", "api/guest-links", Body(other)));
        Assert.Equal((HttpStatusCode.Forbidden, "access.denied"), await RefusedAsync(host.Http, "DELETE", $"api/guest-links/{stranger}"));
        await DoAsync(host.Http, "DELETE", $"api/guest-links/{person}");
        using var attendee = (await JoinAsync(hub.Address, "attendee")).Caller;
        Assert.Equal(HttpStatusCode.Forbidden, (await RefusedAsync(attendee.Http, "POST", "api/guest-links", Body(session))).Status);
    }

    [Fact]
    public async Task A_guest_is_invited_for_at_most_90_days_and_to_a_session_that_exists()
    {
        var (session, _) = await SessionsAsync();
        foreach (var days in (int[])[-1, 91])
            Assert.Equal(
                (HttpStatusCode.BadRequest, "role.bad-period"),
                await RefusedAsync(hub.Coordinator.Http, "POST", "api/guest-links", Body(session, DateTimeOffset.UtcNow.AddDays(days)))
            );
        Assert.Equal(
            (HttpStatusCode.BadRequest, "role.bad-scope"),
            await RefusedAsync(hub.Coordinator.Http, "POST", "api/guest-links", Body("no-such-session"))
        );
    }

    private async Task<(string One, string Other)> SessionsAsync()
    {
        var topic = await DoAsync(hub.Coordinator.Http, "GET", $"api/topics/conference/{Congress}");
        var sessions = topic
            .GetProperty("items")
            .EnumerateArray()
            .Where(i => i.GetProperty("type").GetString() == "session")
            .Select(i => i.GetProperty("id").GetString()!)
            .Order(StringComparer.Ordinal)
            .ToList();
        return (sessions[^1], sessions[^2]);
    }

    private Task<JsonElement> OpenRoomAsync(string session) =>
        DoAsync(
            hub.Coordinator.Http,
            "POST",
            $"api/lectures/{session}/commands",
            new
            {
                type = "openRoom",
                commandId = Guid.NewGuid(),
                conference = Congress,
            }
        );

    private static async Task<string> RolesAsync(Caller caller, string session) =>
        (await DoAsync(caller.Http, "GET", $"api/lectures/{session}/me")).GetProperty("roles").GetRawText();

    private static async Task<(string Person, string Token)> InviteAsync(Caller caller, string session, DateTimeOffset? until = null)
    {
        var made = await DoAsync(caller.Http, "POST", "api/guest-links", Body(session, until));
        return (made.GetProperty("person").GetString()!, made.GetProperty("link").GetString()!.Split("/guest#")[1]);
    }

    private static object Body(string session, DateTimeOffset? until = null) =>
        new
        {
            commandId = Guid.NewGuid(),
            conference = Congress,
            session,
            name = "Prof. Guest",
            until = until ?? DateTimeOffset.UtcNow.AddDays(1),
        };
}
