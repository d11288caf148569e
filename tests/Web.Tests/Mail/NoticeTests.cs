using System.Net;
using ConsultHub.Accounts;
using ConsultHub.Inboxes;
using ConsultHub.Networks;
using ConsultHub.Records;
using ConsultHub.Tests.Fixtures;
using ConsultHub.Web.Accounts;
using Microsoft.Extensions.DependencyInjection;
using static ConsultHub.Tests.Accounts.NewPerson;

namespace ConsultHub.Tests.Mail;

/// <summary>Who is told: people of changes of their password or second factor, and the other administrators of grave changes.</summary>
public sealed class NoticeTests(MailHub mail) : IClassFixture<MailHub>
{
    [Fact]
    public async Task The_owner_is_told_when_somebody_else_resets_the_second_factor_and_when_it_is_gone()
    {
        var (person, address) = await mail.OpenAsync();
        await mail.JoinAsync(person);
        await GiveFactorAsync(person, "JBSWY3DPEHPK3PXP");
        var made = await DoAsync(mail.Admin, "POST", "api/invitations", new { person, resetsFactors = true });
        await Eventually.Async(async () => (await ResetsAsync(person)).Length == 1);
        Assert.Contains("p-administrator", (await ResetsAsync(person))[0].Text["en"], StringComparison.Ordinal);
        Assert.Equal("Your second factor is being reset", (await mail.Server.ReceivedAsync(address)).Message.Subject);

        await mail.UseAsync(made.GetProperty("link").GetString()!.Split('#')[1], "a quite new password");
        await Eventually.Async(async () => (await ResetsAsync(person)).Length == 2);
        Assert.StartsWith("Your second factor was removed", (await ResetsAsync(person))[1].Text["en"], StringComparison.Ordinal);
        await mail.Server.ReceivedAsync(address, count: 3); // the password and the second factor
        // A link for the password alone is no reset.
        await DoAsync(mail.Admin, "POST", "api/invitations", new { person });
        Assert.Equal(2, (await ResetsAsync(person)).Length);
    }

    private async Task<Alert[]> ResetsAsync(string person) =>
        [.. (await mail.AlertsAsync(person)).Where(a => a.Kind == AlertKind.FactorReset)];

    [Fact]
    public async Task People_get_a_mail_when_their_own_password_or_second_factor_changes()
    {
        var (person, address) = await mail.OpenAsync();
        using var http = await mail.JoinAsync(person);
        await DoAsync(http, "PUT", "api/me/password", new { current = Password, password = "a quite new password" });
        Assert.Equal("Your password was changed", (await mail.Server.ReceivedAsync(address)).Message.Subject);
        var codes = await GiveFactorAsync(person, "JBSWY3DPEHPK3PXP");
        await DoAsync(http, "POST", "api/me/totp/removal", new { code = codes });
        Assert.Equal("Your second factor was changed", (await mail.Server.ReceivedAsync(address, count: 2)).Message.Subject);
    }

    /// <summary>Gives a person a second factor, and returns a recovery code.</summary>
    private async Task<string> GiveFactorAsync(string person, string key)
    {
        await using var scope = mail.Hub.Services.CreateAsyncScope();
        var user = await ResetTests.ReadAsync(scope.ServiceProvider, person);
        user.Secrets = user.Secrets with { Totp = true, TotpKey = key, RecoveryCodes = [AccountRules.HashOf("A-RECOVERY-CODE")] };
        Assert.True((await scope.ServiceProvider.GetRequiredService<AccountStore>().UpdateAsync(user, default)).Succeeded);
        return "a-recovery-code";
    }

    public static TheoryData<string, string, string, string> Acts =>
        new()
        {
            {
                "POST",
                "api/people",
                """{"commandId":"{id}","userName":"u-{id}","name":{"en":"New"},"roles":[{"role":"administrator","scope":{}}]}""",
                "opened an account"
            },
            { "PUT", "api/people/{person}", """{"commandId":"{id}","userName":"u-{id}","name":{"en":"Renamed"}}""", "changed the details" },
            { "PUT", "api/people/{person}/activation", """{"commandId":"{id}","active":false}""", "deactivated an account" },
            {
                "POST",
                "api/roles",
                """{"commandId":"{id}","person":"{person}","role":"administrator","scope":{}}""",
                "gave a role (administrator"
            },
            {
                "PUT",
                "api/roles/{grant}",
                """{"commandId":"{id}","from":"2026-01-01T00:00:00Z","until":"{tomorrow}"}""",
                "changed the period of a role (attendee"
            },
            { "DELETE", "api/roles/{grant}", "", "took a role away (attendee" },
            { "POST", "api/invitations", """{"person":"{person}"}""", "made a link for a new password" },
            { "POST", "api/invitations", """{"person":"{person}","resetsFactors":true}""", "made a link that resets a second factor" },
            { "POST", "api/invitations/many", """{"people":["{person}"]}""", "made a link for a new password" },
            { "POST", "api/certificates/keys", "{}", "made a new key that signs certificates" },
            { "POST", "api/tokens", """{"name":"A program","actions":["people.read"],"until":"{tomorrow}"}""", "made a token" },
            {
                "POST",
                "api/device-links",
                """{"commandId":"{id}","name":"A wall","network":"ehs","page":"/board"}""",
                "made a link that signs a device in"
            },
        };

    [Theory, MemberData(nameof(Acts))]
    public async Task The_other_administrators_are_told_of_what_is_grave_and_the_actor_is_not(
        string method,
        string path,
        string body,
        string said
    )
    {
        var actor = $"p-actor-{Guid.NewGuid():n}";
        using var http = mail.As(actor);
        var (person, _) = await mail.OpenAsync("Omar Aziz");
        var grant = (await DoAsync(mail.Admin, "GET", $"api/people/{person}")).GetProperty("grants")[0].GetProperty("id").GetString()!;
        await HaveNetworkAsync();
        string Filled(string text) =>
            text.Replace("{person}", person, StringComparison.Ordinal)
                .Replace("{grant}", grant, StringComparison.Ordinal)
                .Replace("{tomorrow}", $"{DateTimeOffset.UtcNow.AddDays(1):O}", StringComparison.Ordinal)
                .Replace("{id}", Guid.NewGuid().ToString(), StringComparison.Ordinal);
        using var request = new HttpRequestMessage(new(method), Filled(path));
        if (body.Length > 0)
            request.Content = new StringContent(Filled(body), System.Text.Encoding.UTF8, "application/json");
        using var response = await http.SendAsync(request);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());

        await Eventually.Async(async () => (await OfAsync("p-administrator", actor)).Length == 1);
        var alert = (await OfAsync("p-administrator", actor))[0];
        Assert.Contains(said, Plain(alert.Text["en"]), StringComparison.Ordinal);
        Assert.StartsWith(actor, Plain(alert.Text["en"]), StringComparison.Ordinal);
        Assert.Equal(["ar", "en", "ko"], alert.Text.Keys.Order());
        Assert.Empty(await OfAsync(actor, actor));
    }

    private Task HaveNetworkAsync() =>
        mail
            .Grains.GetGrain<INetworkGrain>("ehs")
            .PutAsync(
                new(new("p-coordinator"), Role.Coordinator),
                new Network
                {
                    Id = new("ehs"),
                    Name = new("Emirates"),
                    TimeZone = "Asia/Dubai",
                }
            );

    /// <summary>The alerts in a person's inbox about what somebody has done.</summary>
    private async Task<Alert[]> OfAsync(string person, string actor) =>
        [.. (await mail.AlertsAsync(person)).Where(a => a.Kind == AlertKind.GraveChange && a.Id.Contains(actor, StringComparison.Ordinal))];

    private static string Plain(string text) =>
        text.Replace("\u2068", "", StringComparison.Ordinal).Replace("\u2069", "", StringComparison.Ordinal);

    [Fact]
    public async Task A_refused_request_tells_nobody()
    {
        var actor = $"p-actor-{Guid.NewGuid():n}";
        using var http = mail.As(actor);
        var (person, _) = await mail.OpenAsync();
        Assert.Equal(
            (HttpStatusCode.NotFound, "account.unknown"),
            await RefusedAsync(http, "POST", "api/invitations", new { person = "p-unknown" })
        );
        await DoAsync(http, "POST", "api/invitations/many", new { people = (string[])["p-unknown"] });
        await DoAsync(http, "POST", "api/certificates/keys");
        await Eventually.Async(async () => (await OfAsync("p-administrator", actor)).Length > 0);
        Assert.Contains("key that signs", Assert.Single(await OfAsync("p-administrator", actor)).Text["en"], StringComparison.Ordinal);
        Assert.NotNull(person);
    }

    [Fact]
    public async Task What_a_person_does_again_and_again_shares_one_alert_and_one_mail_a_minute()
    {
        var (actor, told) = ($"p-actor-{Guid.NewGuid():n}", $"p-told-{Guid.NewGuid():n}");
        using var http = mail.As(actor);
        using var other = mail.As(told);
        var address = $"{told}@clinic.example";
        await DoAsync(
            mail.Admin,
            "PUT",
            $"api/people/{told}",
            new
            {
                commandId = Guid.NewGuid(),
                userName = told,
                name = new { en = "Told" },
                email = address,
            }
        );
        List<string> people = [];
        for (var i = 0; i < 6; i++)
            people.Add((await mail.OpenAsync()).Person);
        foreach (var person in people[..3])
            await DoAsync(http, "POST", "api/invitations", new { person });
        await DoAsync(http, "POST", "api/invitations/many", new { people = people[3..] });
        await Eventually.Async(async () =>
            (await OfAsync(told, actor)) is [var only] && only.Text["en"].Contains("6 times within a minute", StringComparison.Ordinal)
        );
        // The mail waits until the minute is over, and then tells of all changes.
        Assert.Empty(await mail.Server.TakenAsync(address));
        mail.Advance(TimeSpan.FromMinutes(1));
        var message = (await mail.Server.ReceivedAsync(address)).Message;
        Assert.Contains("6 times within a minute", message.TextBody, StringComparison.Ordinal);
        // The next minute has an alert of its own.
        await DoAsync(http, "POST", "api/invitations", new { person = people[0] });
        await Eventually.Async(async () => (await OfAsync(told, actor)).Length == 2);
    }

    [Fact]
    public async Task An_administrator_whose_role_is_taken_away_is_told_of_it()
    {
        var (actor, removed) = ($"p-actor-{Guid.NewGuid():n}", $"p-removed-{Guid.NewGuid():n}");
        using var http = mail.As(actor);
        using var other = mail.As(removed);
        var grant = (await DoAsync(mail.Admin, "GET", $"api/people/{removed}")).GetProperty("grants")[0].GetProperty("id").GetString();
        await DoAsync(http, "DELETE", $"api/roles/{grant}");
        await Eventually.Async(async () => (await OfAsync(removed, actor)).Length == 1);
    }

    [Fact]
    public async Task An_administrator_may_watch_the_own_inbox()
    {
        using var frame = await SendAsync(mail.Admin, "GET", "api/topics/inbox/p-administrator");
        Assert.Equal(HttpStatusCode.OK, frame.StatusCode);
        using var others = await SendAsync(mail.Admin, "GET", "api/topics/inbox/p-somebody-else");
        Assert.NotEqual(HttpStatusCode.OK, others.StatusCode);
    }
}
