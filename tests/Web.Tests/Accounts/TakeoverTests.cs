using System.Net;
using System.Text.Json;
using ConsultHub.Accounts;
using ConsultHub.Tests.Fixtures;
using ConsultHub.Tests.Mail;
using Microsoft.Extensions.DependencyInjection;
using static ConsultHub.Tests.Accounts.NewPerson;

namespace ConsultHub.Tests.Accounts;

/// <summary>Ways in which somebody with a few rights could try to get the account or the rights of somebody else.</summary>
public sealed class TakeoverTests(DemoHub hub, MailHub mail) : IClassFixture<MailHub>
{
    [Fact]
    public async Task A_command_id_that_was_used_gives_no_link_for_another_person_and_no_answer_to_another_actor()
    {
        var command = Guid.NewGuid();
        var body = Body(command);
        var first = await DoAsync(hub.Coordinator.Http, "POST", "api/people", body);
        var again = await DoAsync(hub.Coordinator.Http, "POST", "api/people", body); // as a client does after a lost answer
        Assert.Equal(Person(first), Person(again));
        Assert.Equal(
            (HttpStatusCode.Conflict, "account.command-used"),
            await RefusedAsync(hub.Coordinator.Http, "POST", "api/people", Body(command, await ConsultantAsync()))
        );
        using var admin = await hub.SignInAsync("p-admin");
        Assert.Equal((HttpStatusCode.Conflict, "account.command-used"), await RefusedAsync(admin.Http, "POST", "api/people", body));

        static string? Person(JsonElement invited) => invited.GetProperty("account").GetProperty("person").GetString();
        static object Body(Guid commandId, string? person = null) =>
            new
            {
                commandId,
                person,
                userName = $"u-{commandId:n}",
                name = new { en = "Somebody new" },
                roles = new[] { new { role = "attendee", scope = Ehs } },
            };
    }

    [Fact]
    public async Task Opening_an_account_neither_shows_one_that_exists_nor_takes_the_place_of_somebody_outside()
    {
        object Body(string person) =>
            new
            {
                commandId = Guid.NewGuid(),
                person,
                userName = $"u-{Guid.NewGuid():n}",
                name = new { en = "Somebody else" },
                roles = new[] { new { role = "attendee", scope = Ehs } },
            };
        using var exists = await SendAsync(hub.Coordinator.Http, "POST", "api/people", Body(await ConsultantAsync()));
        var said = await exists.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains("account.exists", said, StringComparison.Ordinal);
        Assert.DoesNotContain("current", said, StringComparison.Ordinal);
        foreach (var person in (string[])["p-admin", "p-nobody-yet", "hub-system"])
            Assert.Equal(
                (HttpStatusCode.NotFound, "account.unknown"),
                await RefusedAsync(hub.Coordinator.Http, "POST", "api/people", Body(person))
            );
        using var admin = await hub.SignInAsync("p-admin");
        Assert.Equal((HttpStatusCode.Conflict, "account.exists"), await RefusedAsync(admin.Http, "POST", "api/people", Body("hub-system")));
    }

    [Fact]
    public async Task A_link_is_void_when_its_maker_has_lost_the_right_or_its_owner_may_do_more()
    {
        using var admin = await hub.SignInAsync("p-admin");
        var (maker, _, grant) = await JoinAsync(hub.Address, "coordinator");
        using var _ = maker;
        await AuthenticatorApp.AddAsync(maker.Http);
        var (ofLost, ofRisen) = (await InviteAsync(maker, await OpenAsync()), await OpenAsync());
        using var holder = Caller.Nobody(hub.Address);
        await DoAsync(holder.Http, "POST", "api/invitations/preview", new { token = ofLost });
        await DoAsync(admin.Http, "DELETE", $"api/roles/{grant}");
        await VoidAsync(ofLost);

        var token = await InviteAsync(hub.Coordinator, ofRisen);
        await DoAsync(holder.Http, "POST", "api/invitations/preview", new { token });
        await DoAsync(admin.Http, "POST", "api/roles", Giving(ofRisen, "administrator", new { }));
        await VoidAsync(token);
        await DoAsync(holder.Http, "POST", "api/invitations/preview", new { token = await InviteAsync(admin, ofRisen) });

        async Task VoidAsync(string token)
        {
            var unknown = (HttpStatusCode.NotFound, "link.unknown");
            Assert.Equal(unknown, await RefusedAsync(holder.Http, "POST", "api/invitations/preview", new { token }));
            Assert.Equal(
                unknown,
                await RefusedAsync(holder.Http, "POST", "api/invitations/acceptance", new { token, password = Password })
            );
        }
    }

    [Fact]
    public async Task A_coordinator_learns_nothing_of_an_account_outside_by_giving_it_a_role()
    {
        foreach (var person in (string[])["p-admin", "p-nobody"])
            Assert.Equal(
                (HttpStatusCode.NotFound, "account.unknown"),
                await RefusedAsync(hub.Coordinator.Http, "POST", "api/roles", Giving(person, "attendee", Ehs))
            );
    }

    [Fact]
    public async Task Without_a_second_factor_an_app_is_set_up_only_with_the_password()
    {
        var (caller, _, _) = await JoinAsync(hub.Address, "attendee");
        using var _ = caller;
        foreach (var password in (string?[])[null, "a wrong password"])
            Assert.Equal(
                (HttpStatusCode.BadRequest, "password.wrong"),
                await RefusedAsync(caller.Http, "POST", "api/me/totp", new { password })
            );
        await AuthenticatorApp.AddAsync(caller.Http);
    }

    [Fact]
    public async Task A_reset_of_the_second_factor_withdraws_the_tokens_and_a_link_for_the_password_does_not()
    {
        using var admin = await hub.SignInAsync("p-admin");
        var (caller, person, _) = await JoinAsync(hub.Address, "attendee");
        using var _ = caller;
        var token = new
        {
            name = "A program",
            actions = (string[])["account.own"],
            until = DateTimeOffset.UtcNow.AddDays(1),
        };
        await DoAsync(caller.Http, "POST", "api/tokens", token);
        foreach (var resetsFactors in (bool[])[false, true])
        {
            var made = await DoAsync(admin.Http, "POST", "api/invitations", new { person, resetsFactors });
            using var browser = Caller.Nobody(hub.Address);
            var body = new { token = made.GetProperty("link").GetString()!.Split('#')[1], password = Password };
            await DoAsync(browser.Http, "POST", "api/invitations/acceptance", body);
            Assert.Equal(resetsFactors ? 0 : 1, (await DoAsync(browser.Http, "GET", "api/tokens")).GetArrayLength());
        }
    }

    [Fact]
    public async Task A_sign_in_does_not_begin_with_a_password_that_was_reset_meanwhile()
    {
        var (person, _) = await mail.OpenAsync();
        using var http = await mail.JoinAsync(person);
        await using var scope = mail.Hub.Services.CreateAsyncScope();
        var read = (await ResetTests.ReadAsync(scope.ServiceProvider, person)).Version;
        using var again = await mail.JoinAsync(person, "a quite new password");
        var (account, now) = (mail.Grains.GetGrain<IAccountGrain>(person), DateTimeOffset.UtcNow);
        var late = new SignIn(Guid.NewGuid(), now, "Late", "127.0.0.1", now, now.AddHours(1), null, false);
        Assert.False(await account.BeginAsync(late, read));
        Assert.DoesNotContain(await account.SignInsAsync(), s => s.Id == late.Id);
        Assert.True(await account.BeginAsync(late, (await ResetTests.ReadAsync(scope.ServiceProvider, person)).Version));
    }

    /// <summary>A consultant of the coordinator's network, who has an account.</summary>
    private async Task<string> ConsultantAsync() =>
        (await DoAsync(hub.Coordinator.Http, "GET", "api/consultants?network=ehs"))[0].GetProperty("id").GetString()!;

    private async Task<string> OpenAsync()
    {
        var opened = await DoAsync(hub.Coordinator.Http, "POST", "api/people", Opening("attendee", Ehs));
        return opened.GetProperty("account").GetProperty("person").GetString()!;
    }

    private static async Task<string> InviteAsync(Caller maker, string person)
    {
        var made = await DoAsync(maker.Http, "POST", "api/invitations", new { person });
        return made.GetProperty("link").GetString()!.Split('#')[1];
    }

    private static object Giving(string person, string role, object scope) =>
        new
        {
            commandId = Guid.NewGuid(),
            person,
            role,
            scope,
        };
}
