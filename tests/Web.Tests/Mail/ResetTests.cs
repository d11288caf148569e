using System.Collections.Immutable;
using System.Diagnostics;
using System.Net;
using ConsultHub.Accounts;
using ConsultHub.Tests.Fixtures;
using ConsultHub.Web;
using ConsultHub.Web.Accounts;
using Microsoft.Extensions.DependencyInjection;
using static ConsultHub.Tests.Accounts.NewPerson;

namespace ConsultHub.Tests.Mail;

/// <summary>A new password that people ask for themselves.</summary>
public sealed class ResetTests(MailHub mail) : IClassFixture<MailHub>
{
    private static readonly string[] Told = ["Status", "Body", "Headers"];

    [Fact]
    public async Task The_answer_and_its_time_do_not_show_whether_there_is_such_an_account()
    {
        var (known, address) = await mail.OpenAsync();
        var (off, offAddress) = await mail.OpenAsync();
        await DoAsync(mail.Admin, "PUT", $"api/people/{off}/activation", new { commandId = Guid.NewGuid(), active = false });
        var (_, demoAddress) = await mail.OpenAsync(demo: true);
        var (_, deviceAddress) = await mail.OpenAsync(kind: AccountKind.Device);
        var (_, guestAddress) = await mail.OpenAsync(kind: AccountKind.Guest);
        var (noAddress, _) = await mail.OpenAsync(hasAddress: false);
        var answers = await Task.WhenAll(
            (
                (string[])[$"u-{known}", address, offAddress, demoAddress, deviceAddress, guestAddress, $"u-{noAddress}", "nobody-at-all"]
            ).Select(AskAsync)
        );
        Assert.All(Told, what => Assert.Single(answers.Select(a => a.Seen[what]).Distinct()));
        Assert.Equal("202", answers[0].Seen["Status"]);
        Assert.All(answers, a => Assert.True(a.Took >= ResetApi.Beat, $"It took {a.Took}."));
        // Only the known account gets a mail. A later mail to somebody else arrives first, so that mails to the others would have had time
        // to arrive.
        await mail.Server.ReceivedAsync(address);
        var (marker, markerAddress) = await mail.OpenAsync();
        await mail.InviteAsync([marker]);
        await mail.Server.ReceivedAsync(markerAddress);
        foreach (var other in (string[])[offAddress, demoAddress, deviceAddress, guestAddress])
            Assert.Empty(await mail.Server.TakenAsync(other));
    }

    private async Task<(Dictionary<string, string> Seen, TimeSpan Took)> AskAsync(string userName)
    {
        var since = Stopwatch.StartNew();
        using var response = await SendAsync(mail.Nobody(), "POST", "api/session/reset", new { userName });
        var body = await response.Content.ReadAsStringAsync();
        var headers = response
            .Headers.Concat(response.Content.Headers)
            .OrderBy(h => h.Key)
            .Select(h => $"{h.Key}: {string.Join(',', h.Value)}");
        return (
            new()
            {
                ["Status"] = $"{(int)response.StatusCode}",
                ["Body"] = body,
                ["Headers"] = string.Join('\n', headers),
            },
            since.Elapsed
        );
    }

    [Fact]
    public async Task The_link_works_once_leaves_the_second_factor_and_does_not_replace_an_invitation()
    {
        var (person, address) = await mail.OpenAsync();
        using var joined = await mail.JoinAsync(person);
        await GiveFactorAsync(person);
        var made = (await DoAsync(mail.Admin, "POST", "api/invitations", new { person })).GetProperty("link").GetString()!.Split('#')[1];
        await DoAsync(mail.Nobody(), "POST", "api/session/reset", new { userName = $"U-{person}", language = "ko" });
        var taken = await mail.Server.ReceivedAsync(address);
        Assert.Equal("컨설트 허브 새 비밀번호", taken.Message.Subject);
        await DoAsync(mail.Nobody(), "POST", "api/invitations/preview", new { token = made });
        var preview = await DoAsync(mail.Nobody(), "POST", "api/invitations/preview", new { token = taken.Secret });
        Assert.False(preview.GetProperty("resetsFactors").GetBoolean());
        Assert.InRange(preview.GetProperty("until").GetDateTimeOffset(), DateTimeOffset.UtcNow, DateTimeOffset.UtcNow.AddHours(1));

        // The person still has to give the second factor, so the link alone signs nobody in.
        using var reset = await mail.UseAsync(taken.Secret, "a quite new password");
        Assert.Equal((HttpStatusCode.Unauthorized, "session.none"), await RefusedAsync(reset, "GET", "api/me"));
        Assert.True((await SecretsAsync(person)).Totp);
        Assert.Equal((HttpStatusCode.Unauthorized, "session.ended"), await RefusedAsync(joined, "GET", "api/me"));
        var body = new { userName = $"u-{person}", password = "a quite new password" };
        Assert.Equal(
            (HttpStatusCode.Unauthorized, "session.factor-required"),
            await RefusedAsync(mail.Nobody(), "POST", "api/session", body)
        );
        // Both links of the person are used up.
        foreach (var token in (string[])[taken.Secret, made])
            Assert.Equal(
                (HttpStatusCode.NotFound, "link.unknown"),
                await RefusedAsync(mail.Nobody(), "POST", "api/invitations/preview", new { token })
            );
        Assert.Equal("Your password was changed", (await mail.Server.ReceivedAsync(address, count: 2)).Message.Subject);
    }

    [Fact]
    public async Task Asking_again_at_once_sends_no_second_mail()
    {
        var (person, address) = await mail.OpenAsync();
        await DoAsync(mail.Nobody(), "POST", "api/session/reset", new { userName = address });
        await DoAsync(mail.Nobody(), "POST", "api/session/reset", new { userName = address });
        var taken = await mail.Server.ReceivedAsync(address);
        Assert.Single(await mail.MailsAsync(person));
        await DoAsync(mail.Nobody(), "POST", "api/invitations/preview", new { token = taken.Secret });
    }

    [Fact]
    public async Task People_who_share_an_address_get_a_mail_each_that_names_their_account()
    {
        var (one, address) = await mail.OpenAsync();
        var (other, _) = await mail.OpenAsync(address: address);
        await DoAsync(mail.Nobody(), "POST", "api/session/reset", new { userName = address.ToUpperInvariant() });
        await mail.Server.ReceivedAsync(address, count: 2);
        var texts = (await mail.Server.TakenAsync(address)).Select(m => m.Message.TextBody).ToList();
        foreach (var person in (string[])[one, other])
            Assert.Single(texts, t => t!.Contains($"u-{person}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_person_of_an_institution_without_a_password_of_the_hub_gets_no_link()
    {
        var (person, address) = await mail.OpenAsync();
        var linked = await mail
            .Grains.GetGrain<IAccessGrain>("hub")
            .DecideAsync(
                Actor.System,
                new LinkIdentity
                {
                    CommandId = Guid.NewGuid(),
                    Person = new(person),
                    Identity = new("https://clinic.example", person, DateTimeOffset.UtcNow),
                }
            );
        Assert.Null(linked.Code);
        await DoAsync(mail.Nobody(), "POST", "api/session/reset", new { userName = address });
        Assert.Empty(await mail.MailsAsync(person));
    }

    [Fact]
    public async Task A_hub_without_mail_says_so_and_hands_links_over()
    {
        await using var hub = new InProcessHub();
        using var nobody = hub.CreateDefaultClient();
        nobody.DefaultRequestHeaders.Add("X-Hub", "1");
        Assert.False((await DoAsync(nobody, "GET", "api/session/reset")).GetProperty("byMail").GetBoolean());
        Assert.Equal(
            (HttpStatusCode.Conflict, "mail.off"),
            await RefusedAsync(nobody, "POST", "api/session/reset", new { userName = "x" })
        );
        var cookie = hub.CookieOf(new Member(new("p-administrator"), Role.Administrator, null));
        using var admin = hub.CreateDefaultClient();
        admin.DefaultRequestHeaders.Add("X-Hub", "1");
        admin.DefaultRequestHeaders.Add("Cookie", cookie);
        var opening = new
        {
            commandId = Guid.NewGuid(),
            userName = "somebody",
            name = new { en = "Somebody" },
            email = "somebody@clinic.example",
            roles = new[] { new { role = "administrator", scope = new { } } },
        };
        var opened = await DoAsync(admin, "POST", "api/people", opening);
        var person = opened.GetProperty("account").GetProperty("person").GetString()!;
        Assert.Equal(
            (HttpStatusCode.Conflict, "mail.off"),
            await RefusedAsync(admin, "POST", "api/invitations/many", new { people = new[] { person }, byMail = true })
        );
        // The link from the opening of the account stays valid.
        var token = opened.GetProperty("link").GetString()!.Split('#')[1];
        await DoAsync(nobody, "POST", "api/invitations/preview", new { token });
    }

    private async Task<Secrets> SecretsAsync(string person)
    {
        await using var scope = mail.Hub.Services.CreateAsyncScope();
        return (await ReadAsync(scope.ServiceProvider, person)).Secrets;
    }

    internal static Task<HubUser> ReadAsync(IServiceProvider services, string person) =>
        services.GetRequiredService<AccountStore>().ReadAsync(services.GetRequiredService<AccessBook>().Find(new(person))!);

    /// <summary>Gives a person a second factor whose codes nobody knows.</summary>
    private async Task GiveFactorAsync(string person)
    {
        await using var scope = mail.Hub.Services.CreateAsyncScope();
        var user = await ReadAsync(scope.ServiceProvider, person);
        user.Secrets = user.Secrets with { Totp = true, TotpKey = "JBSWY3DPEHPK3PXP", RecoveryCodes = ImmutableArray<string>.Empty };
        Assert.True((await scope.ServiceProvider.GetRequiredService<AccountStore>().UpdateAsync(user, default)).Succeeded);
    }
}
