using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ConsultHub.Tests.Fixtures;
using Microsoft.AspNetCore.SignalR.Client;

namespace ConsultHub.Tests.Accounts;

public sealed class OidcTests(OidcInstitution clinic) : IClassFixture<OidcInstitution>
{
    private const string LogoutEvent = "http://schemas.openid.net/event/backchannel-logout";

    /// <summary>Each test has a person of its own.</summary>
    private static string NewLogin() => $"l{Guid.NewGuid():n}"[..16];

    private OidcBrowser Open() => new(clinic.Hub.Address);

    private const string Password = "four long words here";

    [Fact]
    public async Task The_sign_in_page_learns_the_providers_and_their_names()
    {
        using var browser = Open();
        var providers = await browser.Caller.GetAsync<JsonElement[]>("api/session/providers");
        Assert.Equal(["clinic", "closed", "renamed"], providers.Select(p => p.GetProperty("name").GetString()));
        Assert.Equal(
            ("The clinic", "병원"),
            (
                providers[0].GetProperty("label").GetProperty("en").GetString(),
                providers[0].GetProperty("label").GetProperty("ko").GetString()
            )
        );
    }

    [Fact]
    public async Task A_person_whose_claims_give_a_role_signs_in_with_PKCE_and_a_nonce_and_comes_back_to_the_page()
    {
        var login = NewLogin();
        await clinic.SetPeopleAsync((login, ["everybody"]));
        using var browser = Open();
        Assert.Equal("/board?week=1", await browser.SignInAsync(login));
        Assert.Equal($"{login} of the clinic", (await browser.SessionAsync()).GetProperty("name").GetProperty("en").GetString());
        Assert.Equal(["attendee"], await browser.RolesAsync());
        var query = (await clinic.BegunAsync())[^1];
        Assert.Equal(
            ("code", "S256", OidcInstitution.Client),
            (
                query.GetProperty("response_type").GetString(),
                query.GetProperty("code_challenge_method").GetString(),
                query.GetProperty("client_id").GetString()
            )
        );
        Assert.NotEqual("", query.GetProperty("nonce").GetString());
        Assert.Equal(43, query.GetProperty("code_challenge").GetString()!.Length);
    }

    [Fact]
    public async Task The_second_sign_in_finds_the_same_account()
    {
        var login = NewLogin();
        await clinic.SetPeopleAsync((login, ["everybody"]));
        var people = new List<string?>();
        for (var i = 0; i < 2; i++)
        {
            using var browser = Open();
            Assert.Equal("/", await browser.SignInAsync(login, "/"));
            people.Add((await browser.SessionAsync()).GetProperty("person").GetString());
        }
        Assert.Equal(people[0], people[1]);
    }

    [Fact]
    public async Task A_person_without_an_account_and_without_a_mapped_role_is_refused()
    {
        var login = NewLogin();
        await clinic.SetPeopleAsync((login, ["visitors"]));
        using var browser = Open();
        Assert.Equal("/?problem=oidc.unknown-person", await browser.SignInAsync(login));
        Assert.Equal("session.none", await browser.RefusalAsync());
    }

    [Fact]
    public async Task A_person_who_refuses_at_the_provider_comes_back_to_the_sign_in_page()
    {
        using var browser = Open();
        Assert.Equal("/?problem=oidc.denied", await browser.GoAsync("api/session/oidc/clinic", login: null));
    }

    [Theory]
    [InlineData("//evil.example/"), InlineData("/\\evil.example"), InlineData("https://evil.example/"), InlineData("board")]
    public async Task A_page_of_another_site_is_no_page_to_come_back_to(string page)
    {
        using var browser = Open();
        Assert.Equal("400 /api/session/oidc/clinic", await browser.SignInAsync("anybody", page));
    }

    [Fact]
    public async Task The_same_email_address_and_user_name_do_not_link_an_account()
    {
        var login = NewLogin();
        await clinic.SetPeopleAsync((login, ["visitors"]));
        var (person, _) = await clinic.InviteAsync(login, $"{login}@clinic.example");
        using var browser = Open();
        Assert.Equal("/?problem=oidc.unknown-person", await browser.SignInAsync(login));
        await clinic.SetPeopleAsync((login, ["everybody"]));
        Assert.Equal("/", await browser.SignInAsync(login, "/"));
        Assert.NotEqual(person, (await browser.SessionAsync()).GetProperty("person").GetString());
        Assert.Empty(await clinic.IdentitiesAsync(person));
    }

    [Fact]
    public async Task An_invitation_is_accepted_with_an_identity_and_then_no_longer_works()
    {
        var (login, other) = (NewLogin(), NewLogin());
        await clinic.SetPeopleAsync((login, []), (other, []));
        var (person, invitation) = await clinic.InviteAsync(NewLogin());
        using var browser = Open();
        Assert.Equal("/", await AcceptAsync(browser, invitation, login));
        Assert.Equal(person, (await browser.SessionAsync()).GetProperty("person").GetString());
        Assert.Equal(login, Assert.Single(await clinic.IdentitiesAsync(person)).GetProperty("subject").GetString());
        using var later = Open();
        Assert.Equal("/", await later.SignInAsync(login, "/"));
        Assert.Equal(person, (await later.SessionAsync()).GetProperty("person").GetString());
        using var again = await later.Caller.Http.PostAsJsonAsync(
            "api/invitations/provider",
            new { token = invitation, provider = "clinic" }
        );
        Assert.Equal(HttpStatusCode.NotFound, again.StatusCode);
    }

    [Fact]
    public async Task The_address_that_accepts_an_invitation_works_only_in_the_browser_that_asked_for_it()
    {
        var login = NewLogin();
        await clinic.SetPeopleAsync((login, []));
        var (person, invitation) = await clinic.InviteAsync(NewLogin());
        using var mine = Open();
        using var theirs = Open();
        var address = await DepartureAsync(mine, "api/invitations/provider", new { token = invitation, provider = "clinic" });
        Assert.Equal("/?problem=oidc.denied", await theirs.GoAsync(address, login));
        Assert.Empty(await clinic.IdentitiesAsync(person));
        Assert.Equal("/", await mine.GoAsync(address, login));
    }

    [Fact]
    public async Task An_invitation_does_not_replace_a_second_factor_by_an_identity()
    {
        var login = NewLogin();
        await clinic.SetPeopleAsync((login, []));
        var (person, browser) = await WithPasswordAsync();
        using var _ = browser;
        await AuthenticatorApp.AddAsync(browser.Caller.Http, Password);
        var made = await NewPerson.DoAsync(clinic.Administrator.Http, "POST", "api/invitations", new { person });
        using var holder = Open();
        Assert.Equal("/?problem=oidc.factor-first", await AcceptAsync(holder, made.GetProperty("link").GetString()!.Split('#')[1], login));
        Assert.Empty(await clinic.IdentitiesAsync(person));
        // The link still lets the person choose a password.
        await NewPerson.DoAsync(
            holder.Caller.Http,
            "POST",
            "api/invitations/preview",
            new { token = made.GetProperty("link").GetString()!.Split('#')[1] }
        );
    }

    [Fact]
    public async Task Without_a_second_factor_an_identity_is_connected_only_with_the_password()
    {
        var (_, browser) = await WithPasswordAsync();
        using var __ = browser;
        foreach (var password in (string?[])[null, "a wrong password"])
            Assert.Equal(
                (HttpStatusCode.BadRequest, "password.wrong"),
                await NewPerson.RefusedAsync(browser.Caller.Http, "POST", "api/me/identities", new { provider = "clinic", password })
            );
    }

    [Fact]
    public async Task A_signed_in_person_connects_the_own_account_and_an_identity_belongs_to_one_account_only()
    {
        var (login, taken) = (NewLogin(), NewLogin());
        await clinic.SetPeopleAsync((login, []), (taken, ["everybody"]));
        using (var first = Open())
            Assert.Equal("/", await first.SignInAsync(taken, "/"));
        var (person, browser) = await WithPasswordAsync();
        using var _ = browser;
        Assert.Equal("/account?problem=oidc.linked-elsewhere", await LinkAsync(browser, taken));
        Assert.Empty(await clinic.IdentitiesAsync(person));
        using var fresh = await AgainAsync(browser); // the provider remembers who has signed in
        Assert.Equal("/account", await LinkAsync(fresh, login));
        Assert.Equal(person, (await fresh.SessionAsync()).GetProperty("person").GetString());
        using var other = Open();
        Assert.Equal("/", await other.SignInAsync(login, "/"));
        Assert.Equal(person, (await other.SessionAsync()).GetProperty("person").GetString());
    }

    [Fact]
    public async Task Disconnecting_ends_the_sign_ins_by_the_provider_and_needs_another_way_to_sign_in()
    {
        var login = NewLogin();
        await clinic.SetPeopleAsync((login, ["auditors"]));
        var (person, browser) = await WithPasswordAsync();
        using var _ = browser;
        Assert.Equal("/account", await LinkAsync(browser, login));
        using var other = Open();
        Assert.Equal("/", await other.SignInAsync(login, "/"));
        Assert.Contains("auditor", await other.RolesAsync());
        var issuer = Uri.EscapeDataString(clinic.Issuer);
        Assert.Equal(HttpStatusCode.NoContent, (await browser.Caller.Http.DeleteAsync($"api/me/identities?issuer={issuer}")).StatusCode);
        await Eventually.Async(async () => await other.RefusalAsync() == "session.ended");
        Assert.Null(await browser.RefusalAsync());
        Assert.DoesNotContain("auditor", (await clinic.AccountAsync(person)).GetProperty("grants").ToString(), StringComparison.Ordinal);

        var alone = NewLogin();
        await clinic.SetPeopleAsync((alone, ["everybody"]));
        using var only = Open();
        Assert.Equal("/", await only.SignInAsync(alone, "/"));
        var (status, problem) = await Caller.ProblemAsync(await only.Caller.Http.DeleteAsync($"api/me/identities?issuer={issuer}"));
        Assert.Equal((HttpStatusCode.Conflict, "oidc.only-way"), (status, problem.Code));
    }

    [Fact]
    public async Task A_mapped_role_appears_and_disappears_at_the_next_check_and_given_roles_stay()
    {
        var login = NewLogin();
        await clinic.SetPeopleAsync((login, []));
        var (person, invitation) = await clinic.InviteAsync(NewLogin());
        using var browser = Open();
        Assert.Equal("/", await AcceptAsync(browser, invitation, login));
        Assert.Equal(["attendee"], await browser.RolesAsync());
        await clinic.SetPeopleAsync((login, ["auditors"]));
        await Eventually.Async(async () => (await browser.RolesAsync()).Contains("auditor"));
        var mapped = (await clinic.AccountAsync(person))
            .GetProperty("grants")
            .EnumerateArray()
            .Single(g => g.GetProperty("role").GetString() == "auditor");
        Assert.Equal(clinic.Issuer, mapped.GetProperty("source").GetString());
        var (status, problem) = await Caller.ProblemAsync(
            await clinic.Administrator.Http.DeleteAsync($"api/roles/{mapped.GetProperty("id").GetString()}")
        );
        Assert.Equal((HttpStatusCode.Conflict, "role.from-provider"), (status, problem.Code));
        await clinic.SetPeopleAsync((login, []));
        await Eventually.Async(async () => !(await browser.RolesAsync()).Contains("auditor"));
        Assert.Equal(["attendee"], await browser.RolesAsync());
    }

    [Fact]
    public async Task A_mapped_role_counts_only_in_sign_ins_by_the_provider()
    {
        var login = NewLogin();
        await clinic.SetPeopleAsync((login, ["auditors"]));
        var (_, browser) = await WithPasswordAsync();
        using var __ = browser;
        Assert.Equal("/account", await LinkAsync(browser, login));
        using var other = Open();
        Assert.Equal("/", await other.SignInAsync(login, "/"));
        Assert.Contains("auditor", await other.RolesAsync());
        Assert.DoesNotContain("auditor", await browser.RolesAsync());
    }

    [Fact]
    public async Task A_leaver_loses_access_and_the_live_connection_ends()
    {
        var login = NewLogin();
        await clinic.SetPeopleAsync((login, ["everybody"]));
        using var browser = Open();
        Assert.Equal("/", await browser.SignInAsync(login, "/"));
        await using var live = await LiveAsync(browser);
        var (told, closed) = (new TaskCompletionSource<string>(), new TaskCompletionSource());
        live.On<string>("SignedOut", code => told.TrySetResult(code));
        live.Closed += _ =>
        {
            closed.TrySetResult();
            return Task.CompletedTask;
        };
        await clinic.SetPeopleAsync();
        Assert.Equal("session.ended", await told.Task.WaitAsync(Eventually.Patience));
        await closed.Task.WaitAsync(Eventually.Patience);
        Assert.Equal("session.ended", await browser.RefusalAsync());
        using var again = Open();
        Assert.NotEqual("/", await again.SignInAsync(login, "/"));
        Assert.Equal("session.none", await again.RefusalAsync());
    }

    [Fact]
    public async Task Signing_out_at_the_provider_ends_the_sign_in_and_the_same_message_does_not_work_again()
    {
        var login = NewLogin();
        await clinic.SetPeopleAsync((login, ["everybody"]));
        using var browser = Open();
        Assert.Equal("/", await browser.SignInAsync(login, "/"));
        await browser.SignOutAtAsync(clinic.Issuer);
        await Eventually.Async(async () => await browser.RefusalAsync() == "session.ended");
        var sent = (await clinic.SentAsync())[^1];
        Assert.Equal(HttpStatusCode.BadRequest, await clinic.LogOutAsync(sent));
    }

    [Fact]
    public async Task A_message_for_a_person_ends_all_sign_ins_by_the_provider_once()
    {
        var login = NewLogin();
        await clinic.SetPeopleAsync((login, ["everybody"]));
        using var one = Open();
        using var two = Open();
        Assert.Equal(("/", "/"), (await one.SignInAsync(login, "/"), await two.SignInAsync(login, "/")));
        var token = await clinic.SignAsync(Logout(login));
        Assert.Equal(HttpStatusCode.NoContent, await clinic.LogOutAsync(token));
        await Eventually.Async(async () => await one.RefusalAsync() == "session.ended" && await two.RefusalAsync() == "session.ended");
        using var three = Open();
        Assert.Equal("/", await three.SignInAsync(login, "/"));
        Assert.Equal(HttpStatusCode.BadRequest, await clinic.LogOutAsync(token));
        Assert.Null(await three.RefusalAsync());
    }

    [Theory]
    [InlineData("iss", "https://another.example"), InlineData("aud", "another-client"), InlineData("nonce", "a nonce")]
    [InlineData("iat", -3600), InlineData("iat", 3600), InlineData("exp", -3600)]
    [InlineData("events", null), InlineData("jti", null), InlineData("sub", null), InlineData("typ", "at+jwt"), InlineData("key", null)]
    public async Task A_message_that_is_not_right_ends_nothing(string member, object? value)
    {
        var login = NewLogin();
        await clinic.SetPeopleAsync((login, ["everybody"]));
        using var browser = Open();
        Assert.Equal("/", await browser.SignInAsync(login, "/"));
        var payload = Logout(login);
        if (value is null)
            payload.Remove(member);
        else if (member != "typ")
            payload[member] = value is int seconds ? DateTimeOffset.UtcNow.AddSeconds(seconds).ToUnixTimeSeconds() : value;
        var token = await clinic.SignAsync(payload, member == "typ" ? (string)value! : "logout+jwt", other: member == "key");
        Assert.Equal(HttpStatusCode.BadRequest, await clinic.LogOutAsync(token));
        Assert.Equal(HttpStatusCode.BadRequest, await clinic.LogOutAsync("no token"));
        Assert.Null(await browser.RefusalAsync());
        Assert.Equal(HttpStatusCode.NoContent, await clinic.LogOutAsync(await clinic.SignAsync(Logout(login)))); // the right one works
    }

    [Theory]
    [InlineData("nonce"), InlineData("audience"), InlineData("issuer"), InlineData("expired"), InlineData("key")]
    public async Task A_provider_that_lies_is_refused_and_opens_no_account(string about)
    {
        var login = NewLogin();
        await clinic.SetPeopleAsync((login, ["everybody"]));
        using var browser = Open();
        await clinic.LieAsync(about);
        try
        {
            Assert.Equal("/?problem=oidc.denied", await browser.SignInAsync(login));
        }
        finally
        {
            await clinic.LieAsync("");
        }
        Assert.Equal("session.none", await browser.RefusalAsync());
        var found = await clinic.Administrator.GetAsync<JsonElement>($"api/people?search={login}");
        Assert.Equal(0, found.GetProperty("total").GetInt32());
        Assert.Contains("Signing in by clinic was refused with oidc.denied", clinic.Hub.Said, StringComparison.Ordinal);
        Assert.Equal("/board?week=1", await browser.SignInAsync(login)); // the way forward
    }

    [Fact]
    public async Task A_provider_that_calls_itself_by_another_name_than_the_settings_is_refused()
    {
        using var browser = Open();
        Assert.Equal("/?problem=oidc.denied", await browser.GoAsync("api/session/oidc/renamed", NewLogin()));
    }

    [Theory]
    [InlineData("subject"), InlineData("key")]
    public async Task A_provider_that_lies_at_a_check_changes_nothing(string about)
    {
        var login = NewLogin();
        await clinic.SetPeopleAsync((login, ["everybody"]));
        using var browser = Open();
        Assert.Equal("/", await browser.SignInAsync(login, "/"));
        await clinic.LieAsync(about);
        try
        {
            await clinic.SetPeopleAsync((login, ["everybody", "auditors"]));
            await Eventually.Async(() => SaysOf(login, "was not confirmed"));
            Assert.Equal(["attendee"], await browser.RolesAsync());
        }
        finally
        {
            await clinic.LieAsync("");
        }
    }

    [Fact]
    public async Task A_sign_in_outlives_a_provider_that_is_away_for_a_limited_time_only()
    {
        var login = NewLogin();
        await clinic.SetPeopleAsync((login, ["everybody"]));
        using var browser = Open();
        Assert.Equal("/", await browser.SignInAsync(login, "/"));
        await clinic.BeAwayAsync(true);
        try
        {
            await Eventually.Async(() => SaysOf(login, "was not confirmed"));
            Assert.Null(await browser.RefusalAsync());
            using var other = Open();
            Assert.Contains("problem=oidc.away", await other.GoAsync("api/session/oidc/closed", login), StringComparison.Ordinal);
            await Eventually.Async(async () => await browser.RefusalAsync() == "session.ended");
        }
        finally
        {
            await clinic.BeAwayAsync(false);
        }
        Assert.Equal("/", await browser.SignInAsync(login, "/"));
    }

    [Fact]
    public async Task Neither_the_cookies_nor_the_log_contain_what_the_provider_said()
    {
        var login = NewLogin();
        await clinic.SetPeopleAsync((login, ["everybody"]));
        using var browser = Open();
        Assert.Equal("/", await browser.SignInAsync(login, "/"));
        Assert.Equal(["hub"], browser.HubCookies.Split("; ").Select(c => c.Split('=')[0]));
        Assert.DoesNotContain("eyJ", clinic.Hub.Said, StringComparison.Ordinal); // each JWT begins so
        Assert.DoesNotContain(OidcInstitution.Secret, clinic.Hub.Said, StringComparison.Ordinal);
    }

    private static Dictionary<string, object> Extra() => [];

    private Dictionary<string, object> Logout(string subject)
    {
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        return new(Extra())
        {
            ["iss"] = clinic.Issuer,
            ["aud"] = OidcInstitution.Client,
            ["sub"] = subject,
            ["iat"] = now,
            ["exp"] = now + 120,
            ["jti"] = Guid.NewGuid().ToString(),
            ["events"] = new Dictionary<string, object> { [LogoutEvent] = Extra() },
        };
    }

    private bool SaysOf(string login, string what) =>
        clinic
            .Hub.Said.Split('\n')
            .Any(line => line.Contains(what, StringComparison.Ordinal) && line.Contains(login, StringComparison.Ordinal));

    /// <summary>A person who has chosen a password, signed in with it.</summary>
    private async Task<(string Person, OidcBrowser Browser)> WithPasswordAsync()
    {
        var (person, invitation) = await clinic.InviteAsync(NewLogin());
        var browser = Open();
        using var response = await browser.Caller.Http.PostAsJsonAsync(
            "api/invitations/acceptance",
            new { token = invitation, password = Password }
        );
        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        return (person, browser);
    }

    /// <summary>The same person in a new browser.</summary>
    private async Task<OidcBrowser> AgainAsync(OidcBrowser browser)
    {
        var userName = (await browser.Caller.GetAsync<JsonElement>("api/me")).GetProperty("userName").GetString();
        var again = Open();
        using var response = await again.Caller.Http.PostAsJsonAsync("api/session", new { userName, password = Password });
        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        return again;
    }

    private static async Task<string> DepartureAsync(OidcBrowser browser, string path, object body)
    {
        using var response = await browser.Caller.Http.PostAsJsonAsync(path, body);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        return (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("address").GetString()!;
    }

    private static async Task<string> AcceptAsync(OidcBrowser browser, string invitation, string login) =>
        await browser.GoAsync(
            await DepartureAsync(browser, "api/invitations/provider", new { token = invitation, provider = "clinic" }),
            login
        );

    private static async Task<string> LinkAsync(OidcBrowser browser, string login) =>
        await browser.GoAsync(
            await DepartureAsync(
                browser,
                "api/me/identities",
                new
                {
                    provider = "clinic",
                    returnUrl = "/account",
                    password = Password,
                }
            ),
            login
        );

    private async Task<HubConnection> LiveAsync(OidcBrowser browser)
    {
        var live = new HubConnectionBuilder()
            .WithUrl(new Uri(clinic.Hub.Address, "hubs/live"), options => options.Headers["Cookie"] = browser.HubCookies)
            .Build();
        await live.StartAsync();
        return live;
    }
}
