using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using ConsultHub.Tests.Fixtures;
using static ConsultHub.Tests.Accounts.NewPerson;

namespace ConsultHub.Tests.Accounts;

/// <summary>The first account, second factors, invitations, and what administrators do, over HTTP on a hub without the demo.</summary>
public sealed partial class AccountTests
{
    [GeneratedRegex("/setup#(\\S+)")]
    private static partial Regex Link();

    [Fact]
    public async Task The_first_link_works_once_and_the_account_needs_a_second_factor_before_it_may_do_anything()
    {
        await using var host = await HubHost.StartAsync(demo: false);
        await Eventually.Async(() => Link().IsMatch(host.Said));
        var token = Link().Match(host.Said).Groups[1].Value;
        using var first = Caller.Nobody(host.Address);
        Assert.Equal((HttpStatusCode.NotFound, "link.unknown"), await RefusedAsync(first.Http, "POST", "api/setup", Setup("wrong")));
        Assert.Equal(
            (HttpStatusCode.BadRequest, "password.weak"),
            await RefusedAsync(first.Http, "POST", "api/setup", Setup(token, password: "short"))
        );
        Assert.Equal(
            (HttpStatusCode.BadRequest, "account.bad-user-name"),
            await RefusedAsync(first.Http, "POST", "api/setup", Setup(token, userName: "نورة"))
        );
        await DoAsync(first.Http, "POST", "api/setup", Setup(token));
        using var second = Caller.Nobody(host.Address);
        Assert.Equal((HttpStatusCode.NotFound, "link.unknown"), await RefusedAsync(second.Http, "POST", "api/setup", Setup(token)));

        Assert.Equal("missing", (await DoAsync(first.Http, "GET", "api/session")).GetProperty("factor").GetString());
        Assert.Equal((HttpStatusCode.Forbidden, "session.factor-missing"), await RefusedAsync(first.Http, "GET", "api/people"));
        var (key, codes) = await AuthenticatorApp.AddAsync(first.Http);
        Assert.Equal(1, (await DoAsync(first.Http, "GET", "api/people")).GetProperty("total").GetInt32());

        // A restart keeps the account and the sign-in, and prints no further link.
        host.Kill();
        await host.RestartAsync();
        Assert.Equal("given", (await DoAsync(first.Http, "GET", "api/session")).GetProperty("factor").GetString());
        Assert.Single(Link().Matches(host.Said));

        object SignIn(string? code) =>
            new
            {
                userName = "First",
                password = Password,
                code,
            };
        Assert.Equal(
            (HttpStatusCode.Unauthorized, "session.factor-required"),
            await RefusedAsync(second.Http, "POST", "api/session", SignIn(null))
        );
        Assert.Equal(
            (HttpStatusCode.Unauthorized, "session.code-denied"),
            await RefusedAsync(second.Http, "POST", "api/session", SignIn(key.Used))
        );
        await DoAsync(second.Http, "POST", "api/session", SignIn(codes[0]));
        Assert.Equal(
            (HttpStatusCode.Unauthorized, "session.code-denied"),
            await RefusedAsync(second.Http, "POST", "api/session", SignIn(codes[0]))
        );
    }

    [Fact]
    public async Task A_wrong_password_an_unknown_name_and_a_switched_off_account_get_the_same_answer()
    {
        await using var host = await HubHost.StartAsync();
        using var admin = await Caller.SignInAsync(host.Address, "p-admin");
        var (caller, person, _) = await JoinAsync(host.Address, "attendee");
        var userName = (await DoAsync(caller.Http, "GET", "api/me")).GetProperty("userName").GetString();
        await DoAsync(admin.Http, "PUT", $"api/people/{person}/activation", new { commandId = Guid.NewGuid(), active = false });
        Assert.Equal((HttpStatusCode.Unauthorized, "session.deactivated"), await RefusedAsync(caller.Http, "GET", "api/me"));
        List<string> answers = [];
        foreach (
            var (name, password) in ((string?, string)[])[(userName, Password), (userName, "wrong"), ("nobody-of-this-name", Password)]
        )
        {
            using var response = await SendAsync(caller.Http, "POST", "api/session", new { userName = name, password });
            var problem = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
            answers.Add($"{(int)response.StatusCode} {problem.GetProperty("code")} {problem.GetProperty("detail")}");
        }
        Assert.Single(answers.Distinct());
        Assert.StartsWith("401 session.denied", answers[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_two_administrators_who_take_each_others_role_away_at_once_one_stays()
    {
        await using var host = await HubHost.StartAsync();
        var (one, _, oneGrant) = await JoinAsync(host.Address, "administrator", new { });
        var (other, _, otherGrant) = await JoinAsync(host.Address, "administrator", new { });
        await AuthenticatorApp.AddAsync(one.Http);
        await AuthenticatorApp.AddAsync(other.Http);
        var answers = await Task.WhenAll(
            SendAsync(one.Http, "DELETE", $"api/roles/{otherGrant}"),
            SendAsync(other.Http, "DELETE", $"api/roles/{oneGrant}")
        );
        Assert.Single(answers, a => a.StatusCode == HttpStatusCode.OK);
        var lost = answers[0].StatusCode == HttpStatusCode.OK ? other : one;
        var kept = lost == one ? other : one;
        Assert.Equal((HttpStatusCode.Forbidden, "access.denied"), await RefusedAsync(lost.Http, "GET", "api/people"));
        var own = kept == one ? oneGrant : otherGrant;
        Assert.Equal((HttpStatusCode.Conflict, "account.last-administrator"), await RefusedAsync(kept.Http, "DELETE", $"api/roles/{own}"));
    }

    [Fact]
    public async Task A_reset_link_replaces_the_older_one_and_ends_all_sign_ins()
    {
        await using var host = await HubHost.StartAsync();
        using var admin = await Caller.SignInAsync(host.Address, "p-admin");
        var (caller, person, _) = await JoinAsync(host.Address, "attendee");
        async Task<string> LinkAsync() =>
            (await DoAsync(admin.Http, "POST", "api/invitations", new { person })).GetProperty("link").GetString()!.Split('#')[1];
        var older = await LinkAsync();
        var newer = await LinkAsync();
        using var nobody = Caller.Nobody(host.Address);
        Assert.Equal(
            (HttpStatusCode.NotFound, "link.unknown"),
            await RefusedAsync(nobody.Http, "POST", "api/invitations/preview", new { token = older })
        );
        await DoAsync(nobody.Http, "POST", "api/invitations/acceptance", new { token = newer, password = "a quite new password" });
        await Eventually.Async(async () => (await SendAsync(caller.Http, "GET", "api/me")).StatusCode == HttpStatusCode.Unauthorized);
        Assert.Equal((HttpStatusCode.Unauthorized, "session.ended"), await RefusedAsync(caller.Http, "GET", "api/me"));
        Assert.Equal(
            (HttpStatusCode.NotFound, "link.unknown"),
            await RefusedAsync(nobody.Http, "POST", "api/invitations/acceptance", new { token = newer, password = Password })
        );
        Assert.Equal(person, (await DoAsync(nobody.Http, "GET", "api/me")).GetProperty("person").GetString());
    }

    private static object Setup(string token, string userName = "first", string password = Password) =>
        new
        {
            token,
            userName,
            password,
            name = "The First",
        };
}
