using System.Buffers.Text;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using ConsultHub.Tests.Fixtures;
using static ConsultHub.Tests.Accounts.NewPerson;

namespace ConsultHub.Tests.Accounts;

/// <summary>Passkeys over HTTP, with a device in software that can lie.</summary>
public sealed class PasskeyTests(PasskeyHub hub, DemoHub demo) : IClassFixture<PasskeyHub>
{
    /// <summary>What each refused sign-in answers. It does not say what is wrong.</summary>
    private const string Denied = "401 session.denied The passkey was not accepted.";

    private static readonly TimeSpan Stale = TimeSpan.FromMinutes(5.1),
        FactorOver = TimeSpan.FromMinutes(10.1);

    /// <summary>
    /// The lies of a device, or of a page that sends its answer. In each answer, the lie is the only thing that is wrong.
    /// </summary>
    private static readonly Dictionary<string, Saying> Lies = new()
    {
        ["a page of another site"] = new() { Origin = "https://evil.example" },
        ["a page of a site below the hub"] = new() { Origin = "https://a.hub.example" },
        ["a page at another port"] = new() { Origin = "https://hub.example:444" },
        ["a page without TLS"] = new() { Origin = "http://hub.example" },
        ["a page in a frame of another site"] = new() { CrossOrigin = true },
        ["the key of another site"] = new() { Domain = "evil.example" },
        ["a device that has not asked for a finger"] = new() { Flags = Saying.Present },
        ["a device that nobody has touched"] = new() { Flags = Saying.Verified },
        ["another challenge"] = new() { Challenge = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32)) },
        ["an answer for another purpose"] = new() { Type = "webauthn.other" },
    };

    /// <summary>Lies about the person or the passkey. They are possible only when signing in.</summary>
    private static readonly Dictionary<string, Saying> Names = new()
    {
        ["a wrong signature"] = new() { WithWrongSignature = true },
        ["an unknown passkey"] = new() { Credential = RandomNumberGenerator.GetBytes(32) },
        ["an unknown person"] = new() { Handle = "p-nobody" },
        ["another person"] = new() { Handle = "p-administrator" },
        ["no person"] = new() { WithoutHandle = true },
    };

    public static TheoryData<string> NewPasskeyLies { get; } = [.. Lies.Keys];

    public static TheoryData<string> SignInLies { get; } = [.. Lies.Keys, .. Names.Keys];

    [Fact]
    public async Task A_person_adds_a_passkey_and_signs_in_with_it_alone()
    {
        var (browser, person) = await hub.JoinAsync();
        using var passkey = await browser.AddAsync("My phone");
        var listed = Assert.Single((await DoAsync(browser.Http, "GET", "api/me/passkeys")).EnumerateArray());
        Assert.Equal("My phone", listed.GetProperty("name").GetString());
        Assert.False(listed.TryGetProperty("usedAt", out _));

        using var other = hub.Open();
        await other.SignInAsync(passkey, new() { Count = 7 });
        Assert.Equal(person, (await DoAsync(other.Http, "GET", "api/me")).GetProperty("person").GetString());
        Assert.Equal("given", (await DoAsync(other.Http, "GET", "api/session")).GetProperty("factor").GetString());
        var used = (await DoAsync(other.Http, "GET", "api/me/passkeys"))[0];
        Assert.InRange(used.GetProperty("usedAt").GetDateTimeOffset(), used.GetProperty("at").GetDateTimeOffset(), DateTimeOffset.MaxValue);

        var id = used.GetProperty("id").GetGuid();
        await DoAsync(other.Http, "PUT", $"api/me/passkeys/{id}", new { name = " 전화 " });
        Assert.Equal("전화", (await DoAsync(browser.Http, "GET", "api/me/passkeys"))[0].GetProperty("name").GetString());
        Assert.Equal(
            (HttpStatusCode.NotFound, "passkey.unknown"),
            await RefusedAsync(browser.Http, "PUT", $"api/me/passkeys/{Guid.NewGuid()}", new { name = "x" })
        );
    }

    [Fact]
    public async Task The_hub_asks_for_its_own_domain_and_for_a_finger_and_keeps_the_challenge_from_scripts()
    {
        var (browser, _) = await hub.JoinAsync();
        var made = await browser.AskForNewAsync();
        Assert.Equal("hub.example", made.GetProperty("rp").GetProperty("id").GetString());
        var wanted = made.GetProperty("authenticatorSelection");
        Assert.Equal(
            ("required", "required"),
            (wanted.GetProperty("userVerification").GetString(), wanted.GetProperty("residentKey").GetString())
        );
        using var asked = await SendAsync(browser.Http, "POST", "api/session/passkey/options");
        var options = JsonDocument.Parse(await asked.Content.ReadAsStringAsync()).RootElement;
        Assert.Equal(
            ("hub.example", "required"),
            (options.GetProperty("rpId").GetString(), options.GetProperty("userVerification").GetString())
        );
        var cookie = Assert.Single(asked.Headers.GetValues("Set-Cookie")).ToLowerInvariant();
        Assert.All(["httponly", "samesite=strict", "secure"], word => Assert.Contains(word, cookie, StringComparison.Ordinal));
        Assert.DoesNotContain(options.GetProperty("challenge").GetString()!.ToLowerInvariant(), cookie, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(SignInLies))]
    public async Task A_sign_in_is_refused_without_a_reason_for(string lie)
    {
        var (browser, _) = await hub.JoinAsync();
        using var passkey = await browser.AddAsync();
        using var other = hub.Open();
        Assert.Equal(Denied, Short(await other.RefusedAsync(passkey, Lies.GetValueOrDefault(lie) ?? Names[lie])));
        await other.SignInAsync(passkey);
    }

    [Theory, MemberData(nameof(NewPasskeyLies))]
    public async Task A_new_passkey_is_refused_for(string lie)
    {
        var (browser, _) = await hub.JoinAsync();
        using var passkey = new SoftPasskey(PasskeyHub.Origin);
        var credential = passkey.Make(await browser.AskForNewAsync(), Lies[lie]);
        Assert.Equal(
            (HttpStatusCode.BadRequest, "passkey.not-added"),
            await RefusedAsync(browser.Http, "POST", "api/me/passkeys", new { credential, name = "x" })
        );
        Assert.Equal(0, (await DoAsync(browser.Http, "GET", "api/me/passkeys")).GetArrayLength());
        using var added = await browser.AddAsync();
    }

    [Fact]
    public async Task An_answer_works_once_in_whichever_browser_it_is_sent_again()
    {
        var (browser, _) = await hub.JoinAsync();
        using var passkey = await browser.AddAsync();
        using var first = hub.Open();
        var answer = await first.AnswerAsync(passkey);
        PasskeyHub.Browser[] thieves = [hub.Open(), hub.Open()];
        foreach (var thief in thieves)
            thief.Steal(first, "api/session/passkey", "/");
        var answers = await Task.WhenAll(thieves.Append(first).Select(b => b.Http.PostAsJsonAsync("api/session/passkey", answer)));
        Assert.Equal(
            [HttpStatusCode.NoContent, HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized],
            answers.Select(a => a.StatusCode).Order()
        );
        using var late = hub.Open();
        late.Cookies.Add(thieves[0].Cookies.GetCookies(new(PasskeyHub.Origin)));
        Assert.Equal((HttpStatusCode.Unauthorized, "session.denied"), await RefusedAsync(late.Http, "POST", "api/session/passkey", answer));
        using var without = hub.Open();
        Assert.Equal(
            (HttpStatusCode.Unauthorized, "session.denied"),
            await RefusedAsync(without.Http, "POST", "api/session/passkey", answer)
        );
    }

    [Fact]
    public async Task A_challenge_is_too_old_after_five_minutes()
    {
        var (browser, _) = await hub.JoinAsync();
        using var passkey = await browser.AddAsync();
        using var other = hub.Open();
        var answer = await other.AnswerAsync(passkey);
        hub.Pass(Stale);
        Assert.Equal(
            (HttpStatusCode.Unauthorized, "session.denied"),
            await RefusedAsync(other.Http, "POST", "api/session/passkey", answer)
        );
        await other.SignInAsync(passkey);

        using var next = new SoftPasskey(PasskeyHub.Origin);
        var credential = next.Make(await other.AskForNewAsync());
        hub.Pass(Stale);
        Assert.Equal(
            (HttpStatusCode.BadRequest, "passkey.not-added"),
            await RefusedAsync(other.Http, "POST", "api/me/passkeys", new { credential, name = "x" })
        );
    }

    [Fact]
    public async Task A_challenge_works_only_for_what_it_was_given_and_in_the_sign_in_in_which_it_was_given()
    {
        const string SignIn = "api/session/passkey",
            Factor = "api/session/factor/passkey";
        var (browser, _) = await hub.JoinAsync();
        using var passkey = await browser.AddAsync();
        using var other = hub.Open();
        await other.SignInAsync(passkey);

        var toSignIn = await other.AnswerAsync(passkey, address: SignIn);
        other.Steal(other, SignIn, $"/{Factor}");
        Assert.Equal((HttpStatusCode.BadRequest, "passkey.wrong"), await RefusedAsync(other.Http, "POST", Factor, toSignIn));

        using var nobody = hub.Open();
        var toConfirm = await other.AnswerAsync(passkey, address: Factor);
        nobody.Steal(other, Factor, $"/{SignIn}");
        Assert.Equal((HttpStatusCode.Unauthorized, "session.denied"), await RefusedAsync(nobody.Http, "POST", SignIn, toConfirm));

        browser.Steal(other, Factor, $"/{Factor}");
        Assert.Equal((HttpStatusCode.BadRequest, "passkey.wrong"), await RefusedAsync(browser.Http, "POST", Factor, toConfirm));
        await DoAsync(other.Http, "POST", Factor, toConfirm);
    }

    [Fact]
    public async Task The_passkey_of_another_person_is_no_second_factor()
    {
        var (browser, _) = await hub.JoinAsync();
        using var own = await browser.AddAsync();
        var (stranger, person) = await hub.JoinAsync();
        using var passkey = await stranger.AddAsync();
        foreach (var saying in (Saying?[])[null, new() { WithoutHandle = true }, new() { Handle = person }])
        {
            var answer = await browser.AnswerAsync(passkey, saying, "api/session/factor/passkey");
            Assert.Equal(
                (HttpStatusCode.BadRequest, "passkey.wrong"),
                await RefusedAsync(browser.Http, "POST", "api/session/factor/passkey", answer)
            );
        }
        await DoAsync(
            browser.Http,
            "POST",
            "api/session/factor/passkey",
            await browser.AnswerAsync(own, address: "api/session/factor/passkey")
        );
    }

    [Fact]
    public async Task A_removed_passkey_and_a_switched_off_account_get_the_same_answer_as_an_unknown_passkey()
    {
        var (browser, person) = await hub.JoinAsync();
        using var removed = await browser.AddAsync("Old phone");
        using var kept = await browser.AddAsync("New phone");
        var id = (await DoAsync(browser.Http, "GET", "api/me/passkeys"))[0].GetProperty("id").GetGuid();
        await DoAsync(browser.Http, "DELETE", $"api/me/passkeys/{id}");
        await DoAsync(browser.Http, "DELETE", $"api/me/passkeys/{id}"); // as a client does after a lost answer
        using var other = hub.Open();
        Assert.Equal(Denied, Short(await other.RefusedAsync(removed)));
        await ActivateAsync(false);
        Assert.Equal(Denied, Short(await other.RefusedAsync(kept)));
        Assert.Equal(Denied, Short(await other.RefusedAsync(kept, Names["an unknown passkey"])));
        await ActivateAsync(true);
        await other.SignInAsync(kept);

        async Task ActivateAsync(bool active)
        {
            using var administrator = hub.SignInAdministrator();
            await DoAsync(administrator.Http, "PUT", $"api/people/{person}/activation", new { commandId = Guid.NewGuid(), active });
        }
    }

    [Fact]
    public async Task A_counter_that_does_not_rise_is_refused_because_the_key_may_have_been_copied()
    {
        var (browser, _) = await hub.JoinAsync();
        using var passkey = await browser.AddAsync();
        using var other = hub.Open();
        await other.SignInAsync(passkey, new() { Count = 5 });
        using var copy = hub.Open();
        Assert.Equal(Denied, Short(await copy.RefusedAsync(passkey, new() { Count = 5 })));
        await copy.SignInAsync(passkey, new() { Count = 6 });
    }

    [Fact]
    public async Task An_administrator_may_have_a_passkey_instead_of_an_app_and_gives_it_again_before_something_grave()
    {
        var (browser, _) = await hub.JoinAsync(Role.Administrator);
        Assert.Equal("missing", (await DoAsync(browser.Http, "GET", "api/session")).GetProperty("factor").GetString());
        Assert.Equal((HttpStatusCode.Forbidden, "session.factor-missing"), await RefusedAsync(browser.Http, "GET", "api/people"));
        using var passkey = await browser.AddAsync();
        Assert.Equal("given", (await DoAsync(browser.Http, "GET", "api/session")).GetProperty("factor").GetString());
        await DoAsync(browser.Http, "POST", "api/tokens", Token());

        using var other = hub.Open();
        await other.SignInAsync(passkey);
        await DoAsync(other.Http, "POST", "api/tokens", Token());
        hub.Pass(FactorOver);
        Assert.Equal((HttpStatusCode.Forbidden, "session.factor-again"), await RefusedAsync(other.Http, "POST", "api/tokens", Token()));
        // Whoever enters a network becomes its coordinator.
        var (path, network) = ($"api/networks/n{Guid.NewGuid():N}", new { name = new { en = "A network" }, timeZone = "Asia/Dubai" });
        Assert.Equal((HttpStatusCode.Forbidden, "session.factor-again"), await RefusedAsync(other.Http, "PUT", path, network));
        await ConfirmAsync(other, passkey);
        await DoAsync(other.Http, "PUT", path, network);
        await DoAsync(other.Http, "POST", "api/tokens", Token());

        static object Token() =>
            new
            {
                name = "A program",
                actions = new[] { "account.own" },
                until = DateTimeOffset.UtcNow.AddDays(30),
            };
    }

    [Fact]
    public async Task The_last_second_factor_stays_while_a_role_demands_one()
    {
        var (browser, _) = await hub.JoinAsync(Role.Administrator);
        using var passkey = await browser.AddAsync();
        Assert.Equal((HttpStatusCode.Conflict, "factor.last"), await RefusedAsync(browser.Http, "DELETE", await OnlyAsync(browser)));
        var (_, codes) = await AuthenticatorApp.AddAsync(browser.Http);
        await DoAsync(browser.Http, "DELETE", await OnlyAsync(browser));
        Assert.Equal(
            (HttpStatusCode.Conflict, "factor.last"),
            await RefusedAsync(browser.Http, "POST", "api/me/totp/removal", new { code = codes[0] })
        );
        using var next = await browser.AddAsync();
        await DoAsync(browser.Http, "POST", "api/me/totp/removal", new { code = codes[0] });
        var me = await DoAsync(browser.Http, "GET", "api/me");
        Assert.Equal(
            (false, 1, 9, true),
            (
                me.GetProperty("totp").GetBoolean(),
                me.GetProperty("passkeys").GetInt32(),
                me.GetProperty("recoveryCodes").GetInt32(),
                me.GetProperty("needsFactor").GetBoolean()
            )
        );
    }

    [Fact]
    public async Task Another_app_takes_the_place_of_the_first_one_as_soon_as_it_is_confirmed()
    {
        var (browser, _) = await hub.JoinAsync(Role.Administrator);
        var (first, codes) = await AuthenticatorApp.AddAsync(browser.Http);
        hub.Pass(FactorOver);
        Assert.Equal((HttpStatusCode.Forbidden, "session.factor-again"), await RefusedAsync(browser.Http, "POST", "api/me/totp", new { }));
        await DoAsync(browser.Http, "POST", "api/session/factor", new { code = codes[0] });
        var pending = (await DoAsync(browser.Http, "POST", "api/me/totp", new { })).GetProperty("key").GetString()!;
        Assert.Equal(
            (HttpStatusCode.BadRequest, "factor.wrong-code"),
            await RefusedAsync(browser.Http, "POST", "api/session/factor", new { code = new AuthenticatorApp(pending).Now })
        );
        await DoAsync(browser.Http, "POST", "api/session/factor", new { code = codes[1] });
        var (second, _) = await AuthenticatorApp.AddAsync(browser.Http);
        Assert.NotEqual(first.Key, second.Key);
        Assert.Equal(
            (HttpStatusCode.BadRequest, "factor.wrong-code"),
            await RefusedAsync(browser.Http, "POST", "api/session/factor", new { code = codes[2] })
        );
    }

    [Fact]
    public async Task After_ten_wrong_codes_no_code_of_the_app_is_accepted_for_a_while_but_a_recovery_code_is()
    {
        var (browser, _) = await hub.JoinAsync();
        var (app, codes) = await AuthenticatorApp.AddAsync(browser.Http);
        for (var i = 0; i < 10; i++)
            Assert.Equal((HttpStatusCode.BadRequest, "factor.wrong-code"), await TryAsync(Wrong(app, i)));
        Assert.Equal((HttpStatusCode.TooManyRequests, "factor.too-many"), await TryAsync(app.Now));
        await DoAsync(browser.Http, "POST", "api/me/recovery-codes", new { code = codes[0] });
        Assert.Equal("factor.too-many", (await TryAsync(app.Now)).Code);
        hub.Pass(TimeSpan.FromMinutes(16));
        await DoAsync(browser.Http, "POST", "api/me/recovery-codes", new { code = app.Now });
        Assert.Equal("factor.wrong-code", (await TryAsync(Wrong(app, 0))).Code); // a right code ends the count

        Task<(HttpStatusCode Status, string? Code)> TryAsync(string code) =>
            RefusedAsync(browser.Http, "POST", "api/me/recovery-codes", new { code });
    }

    /// <summary>A wrong code. It is very unlikely that it is the code of the half-minute before or after.</summary>
    private static string Wrong(AuthenticatorApp app, int i) =>
        ((int.Parse(app.Now, CultureInfo.InvariantCulture) + 1000 * (i + 1)) % 1_000_000).ToString("000000", CultureInfo.InvariantCulture);

    [Fact]
    public async Task A_password_alone_no_longer_suffices_and_recovery_codes_stand_for_a_lost_passkey()
    {
        var (browser, person) = await hub.JoinAsync();
        using var passkey = await browser.AddAsync();
        using var other = hub.Open();
        Assert.Equal(
            (HttpStatusCode.Unauthorized, "session.factor-required"),
            await RefusedAsync(other.Http, "POST", "api/session", SignIn(null))
        );
        Assert.Equal(
            (HttpStatusCode.Unauthorized, "session.code-denied"),
            await RefusedAsync(other.Http, "POST", "api/session", SignIn("123456"))
        );
        hub.Pass(FactorOver);
        Assert.Equal(
            (HttpStatusCode.Forbidden, "session.factor-again"),
            await RefusedAsync(browser.Http, "POST", "api/me/recovery-codes", new { })
        );
        await ConfirmAsync(browser, passkey);
        var codes = (await DoAsync(browser.Http, "POST", "api/me/recovery-codes", new { })).GetProperty("recoveryCodes");
        await DoAsync(other.Http, "POST", "api/session", SignIn(codes[0].GetString()));
        Assert.Equal("given", (await DoAsync(other.Http, "GET", "api/session")).GetProperty("factor").GetString());
        // When the last second factor is removed, the recovery codes are removed too.
        await DoAsync(other.Http, "DELETE", await OnlyAsync(other));
        Assert.Equal(0, (await DoAsync(other.Http, "GET", "api/me")).GetProperty("recoveryCodes").GetInt32());
        await DoAsync(other.Http, "POST", "api/session", SignIn(null));

        object SignIn(string? code) =>
            new
            {
                userName = person,
                password = Password,
                code,
            };
    }

    [Fact]
    public async Task The_first_passkey_needs_the_password_and_each_change_after_it_the_second_factor()
    {
        var (browser, person) = await hub.JoinAsync();
        foreach (var password in (string?[])[null, "a wrong password"])
            Assert.Equal(
                (HttpStatusCode.BadRequest, "password.wrong"),
                await RefusedAsync(browser.Http, "POST", "api/me/passkeys/options", new { password })
            );
        using var older = hub.Open();
        await DoAsync(older.Http, "POST", "api/session", new { userName = person, password = Password });
        using var passkey = await browser.AddAsync();
        using var second = await browser.AddAsync("Key ring");

        // A sign-in from before the passkey was added has given no second factor.
        var options = ("POST", "api/me/passkeys/options");
        foreach (var (method, path) in ((string, string)[])[options, ("DELETE", await OnlyAsync(browser)), ("POST", "api/me/totp")])
            Assert.Equal(
                (HttpStatusCode.Forbidden, "session.factor-again"),
                await RefusedAsync(older.Http, method, path, method == "POST" ? new { password = Password } : null)
            );
        await ConfirmAsync(older, passkey);
        await DoAsync(older.Http, "DELETE", await OnlyAsync(older));
        using var third = await older.AddAsync();
    }

    [Fact]
    public async Task A_reset_of_the_second_factor_removes_the_passkeys_and_another_new_link_does_not()
    {
        var (browser, person) = await hub.JoinAsync();
        using var passkey = await browser.AddAsync();
        using var other = hub.Open();
        await DoAsync(other.Http, "POST", "api/invitations/acceptance", new { token = await hub.InviteAsync(person), password = Password });
        Assert.Equal("session.none", (await RefusedAsync(other.Http, "GET", "api/session")).Code);
        await other.SignInAsync(passkey);

        using var reset = hub.Open();
        await DoAsync(
            reset.Http,
            "POST",
            "api/invitations/acceptance",
            new { token = await hub.InviteAsync(person, resetsFactors: true), password = Password }
        );
        Assert.Equal(0, (await DoAsync(reset.Http, "GET", "api/me")).GetProperty("passkeys").GetInt32());
        using var late = hub.Open();
        Assert.Equal(Denied, Short(await late.RefusedAsync(passkey)));
    }

    [Fact]
    public async Task A_passkey_is_added_once_under_a_name_and_an_account_has_at_most_ten()
    {
        var (browser, _) = await hub.JoinAsync();
        using var passkey = new SoftPasskey(PasskeyHub.Origin);
        foreach (var name in (string?[])[null, "  ", new('x', 61), "a\nb"])
            Assert.Equal(
                (HttpStatusCode.BadRequest, "passkey.bad-name"),
                await RefusedAsync(
                    browser.Http,
                    "POST",
                    "api/me/passkeys",
                    new { credential = passkey.Make(await browser.AskForNewAsync()), name }
                )
            );
        var options = await browser.AskForNewAsync();
        using var copy = hub.Open();
        var body = new { credential = passkey.Make(options), name = "x" };
        foreach (Cookie cookie in browser.Cookies.GetAllCookies())
            copy.Cookies.Add(new Cookie(cookie.Name, cookie.Value, cookie.Path, cookie.Domain));
        await DoAsync(browser.Http, "POST", "api/me/passkeys", body);
        var again = new { credential = passkey.Make(await browser.AskForNewAsync()), name = "x" };
        Assert.Equal((HttpStatusCode.Conflict, "passkey.exists"), await RefusedAsync(browser.Http, "POST", "api/me/passkeys", again));
        // The same answer does not work again after the passkey was removed.
        await DoAsync(browser.Http, "DELETE", await OnlyAsync(browser));
        Assert.Equal((HttpStatusCode.BadRequest, "passkey.not-added"), await RefusedAsync(copy.Http, "POST", "api/me/passkeys", body));

        for (var i = 0; i < 10; i++)
            (await browser.AddAsync($"Number {i}")).Dispose();
        Assert.Equal(
            (HttpStatusCode.Conflict, "passkey.too-many"),
            await RefusedAsync(browser.Http, "POST", "api/me/passkeys/options", new { })
        );
    }

    [Theory]
    [InlineData("{}"), InlineData("""{"credential":null}"""), InlineData("""{"credential":[]}""")]
    [InlineData("""{"credential":{"id":"!","response":{"userHandle":7}}}"""), InlineData("""{"credential":{"response":[]}}""")]
    public async Task A_credential_of_a_wrong_form_is_refused_as_every_other(string body)
    {
        using var browser = hub.Open();
        await DoAsync(browser.Http, "POST", "api/session/passkey/options");
        using var response = await browser.Http.PostAsync(
            "api/session/passkey",
            new StringContent(body, System.Text.Encoding.UTF8, "application/json")
        );
        var (status, problem) = await Caller.ProblemAsync(response);
        Assert.Contains($"{(int)status} {problem.Code}", (string[])["401 session.denied", "400 request.bad-json"]);
    }

    [Theory]
    [InlineData("api/session/passkey"), InlineData("api/session/factor/passkey"), InlineData("api/me/passkeys")]
    public async Task A_large_body_is_refused(string path)
    {
        using var caller = await demo.SignInAsync("p-attendee");
        var body = new { credential = new { id = new string('x', 17_000) }, name = "x" };
        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, "request.too-large"), await RefusedAsync(caller.Http, "POST", path, body));
    }

    [Fact]
    public async Task The_trace_tells_who_added_used_and_removed_a_passkey()
    {
        var (browser, person) = await hub.JoinAsync(Role.Administrator); // the hub's own trace, which has no network, is searched too
        using var passkey = await browser.AddAsync();
        using var second = await browser.AddAsync("Key ring");
        using var other = hub.Open();
        await other.RefusedAsync(passkey, new() { WithWrongSignature = true });
        await other.SignInAsync(passkey);
        await DoAsync(other.Http, "DELETE", await OnlyAsync(other));
        using var administrator = hub.SignInAdministrator();
        await Eventually.Async(async () =>
        {
            var rows = await DoAsync(administrator.Http, "GET", $"api/audit?person={person}");
            var told = rows.GetProperty("rows")
                .EnumerateArray()
                .Select(r => $"{r.GetProperty("kind")} {r.GetProperty("what")}")
                .ToHashSet();
            return told.IsSupersetOf([
                "secrets-changed passkey.added",
                "sign-in-refused sign-in",
                "signed-in passkey",
                "secrets-changed passkey.removed",
            ]);
        });
    }

    [Fact]
    public async Task A_hub_whose_public_address_is_a_number_has_no_passkeys()
    {
        await using var numbered = new InProcessHub { PublicUrl = "http://192.0.2.7:8080" };
        using var http = numbered.CreateClient();
        http.DefaultRequestHeaders.Add("X-Hub", "1");
        Assert.Equal((HttpStatusCode.Conflict, "passkey.unavailable"), await RefusedAsync(http, "POST", "api/session/passkey/options"));
    }

    /// <summary>A new process has nothing of the old one's memory. In this it is like another web node.</summary>
    [Fact]
    public async Task A_used_challenge_stays_used_in_another_process_and_the_demo_has_passkeys_on_its_own_machine()
    {
        await using var host = await HubHost.StartAsync();
        using var owner = await Caller.SignInAsync(host.Address, "p-coordinator");
        using var passkey = new SoftPasskey($"http://localhost:{host.Address.Port}");
        var options = await DoAsync(owner.Http, "POST", "api/me/passkeys/options", new { });
        Assert.Equal("localhost", options.GetProperty("rp").GetProperty("id").GetString());
        await DoAsync(owner.Http, "POST", "api/me/passkeys", new { credential = passkey.Make(options), name = "Laptop" });

        var cookies = new CookieContainer();
        using var first = new Caller(host.Address, cookies);
        var answer = new { credential = passkey.Answer(await DoAsync(first.Http, "POST", "api/session/passkey/options")) };
        var before = new CookieContainer();
        before.Add(cookies.GetAllCookies());
        await DoAsync(first.Http, "POST", "api/session/passkey", answer);
        Assert.Equal("p-coordinator", (await DoAsync(first.Http, "GET", "api/me")).GetProperty("person").GetString());
        host.Kill();
        await host.RestartAsync();
        using var thief = new Caller(host.Address, before);
        Assert.Equal(
            (HttpStatusCode.Unauthorized, "session.denied"),
            await RefusedAsync(thief.Http, "POST", "api/session/passkey", answer)
        );
        using var later = Caller.Nobody(host.Address);
        var fresh = new { credential = passkey.Answer(await DoAsync(later.Http, "POST", "api/session/passkey/options")) };
        host.Kill();
        await host.RestartAsync();
        await DoAsync(later.Http, "POST", "api/session/passkey", fresh);
    }

    private static async Task ConfirmAsync(PasskeyHub.Browser browser, SoftPasskey passkey)
    {
        const string address = "api/session/factor/passkey";
        await DoAsync(browser.Http, "POST", address, await browser.AnswerAsync(passkey, address: address));
    }

    /// <summary>The address of the person's first passkey.</summary>
    private static async Task<string> OnlyAsync(PasskeyHub.Browser browser) =>
        $"api/me/passkeys/{(await DoAsync(browser.Http, "GET", "api/me/passkeys"))[0].GetProperty("id").GetGuid()}";

    private static string Short(string answer)
    {
        var problem = JsonDocument.Parse(answer[4..]).RootElement;
        Assert.False(problem.TryGetProperty("place", out _));
        return $"{answer[..3]} {problem.GetProperty("code")} {problem.GetProperty("detail")}";
    }
}
