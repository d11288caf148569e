using System.Net;
using ConsultHub.Accounts;
using ConsultHub.Tests.Fixtures;
using static ConsultHub.Tests.Accounts.NewPerson;

namespace ConsultHub.Tests.Mail;

/// <summary>
/// Mails to a real server, which refuses, waits or is away. Each test changes the server's answers, so the tests run one after the other.
/// </summary>
public sealed class MailTests(MailHub mail) : IClassFixture<MailHub>, IAsyncLifetime
{
    public async ValueTask InitializeAsync()
    {
        await mail.Server.AnswerAsync(new { });
        await mail.Server.ListenAsync();
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Three_hundred_people_are_invited_at_once_and_each_gets_one_mail()
    {
        List<(string Person, string Address)> people = [];
        for (var i = 0; i < 300; i++)
            people.Add(await mail.OpenAsync());
        var (unreachable, _) = await mail.OpenAsync(hasAddress: false);
        var (device, _) = await mail.OpenAsync(kind: AccountKind.Device);
        await mail.Server.ForgetAsync();
        var answer = await mail.InviteAsync([.. people.Select(p => p.Person), unreachable, device, "p-unknown"]);
        var outcomes = answer
            .GetProperty("people")
            .EnumerateArray()
            .ToDictionary(
                p => p.GetProperty("person").GetString()!,
                p => p.TryGetProperty("code", out var code) ? code.GetString() : p.GetProperty("outcome").GetString()
            );
        Assert.All(people, p => Assert.Equal("mailed", outcomes[p.Person]));
        Assert.Equal(
            ("mail.no-address", "account.no-password", "account.unknown"),
            (outcomes[unreachable], outcomes[device], outcomes["p-unknown"])
        );
        Assert.DoesNotContain("#", answer.ToString(), StringComparison.Ordinal);

        await Eventually.Async(async () => (await mail.Server.StateAsync()).Taken.Length >= people.Count);
        var state = await mail.Server.StateAsync();
        Assert.Equal(people.Select(p => p.Address).Order(), state.Taken.SelectMany(m => m.To).Order());
        Assert.InRange(state.Connections, 1, 60); // several mails share a connection
        Assert.Equal(people.Count, state.Taken.Select(m => m.Message.MessageId).Distinct().Count());

        var last = state.Taken.Single(m => m.To[0] == people[^1].Address);
        Assert.StartsWith("https://hub.example/invitation#", last.Link, StringComparison.Ordinal);
        var preview = await DoAsync(mail.Nobody(), "POST", "api/invitations/preview", new { token = last.Secret });
        Assert.Equal(people[^1].Person, preview.GetProperty("person").GetString());
        await Eventually.Async(async () => await mail.StateOfLastMailAsync(people[^1].Person) == "sent");
    }

    [Fact]
    public async Task Links_to_hand_over_are_in_the_answer_and_making_them_again_replaces_them()
    {
        var (person, address) = await mail.OpenAsync();
        async Task<string> LinkAsync()
        {
            var answer = (await mail.InviteAsync([person], byMail: false)).GetProperty("people")[0];
            Assert.Equal("link", answer.GetProperty("outcome").GetString());
            return answer.GetProperty("link").GetString()!.Split('#')[1];
        }
        var older = await LinkAsync();
        var newer = await LinkAsync();
        Assert.Equal(
            (HttpStatusCode.NotFound, "link.unknown"),
            await RefusedAsync(mail.Nobody(), "POST", "api/invitations/preview", new { token = older })
        );
        await DoAsync(mail.Nobody(), "POST", "api/invitations/preview", new { token = newer });
        Assert.Empty(await mail.Server.TakenAsync(address));
        Assert.Empty(await mail.MailsAsync(person));
    }

    [Fact]
    public async Task Opening_an_account_can_mail_its_invitation_with_the_names_of_three_scripts()
    {
        var address = $"seoyun-{Guid.NewGuid():n}@clinic.example";
        object Opening(string? email) =>
            new
            {
                commandId = Guid.NewGuid(),
                userName = $"u-{Guid.NewGuid():n}",
                name = new
                {
                    en = "Lee Seo-yun",
                    ar = "لي سيو يون",
                    ko = "이서윤",
                },
                email,
                byMail = true,
                roles = new[] { new { role = "administrator", scope = new { } } },
            };
        Assert.Equal((HttpStatusCode.Conflict, "mail.no-address"), await RefusedAsync(mail.Admin, "POST", "api/people", Opening(null)));
        var opened = await DoAsync(mail.Admin, "POST", "api/people", Opening(address));
        Assert.False(opened.TryGetProperty("link", out _));
        var message = (await mail.Server.ReceivedAsync(address)).Message;
        Assert.Equal("hub@hub.example", message.From.Mailboxes.Single().Address);
        foreach (var text in (string[])["이서윤 님, 안녕하세요.", "مرحبًا لي سيو يون،", "Hello Lee Seo-yun,"])
        {
            Assert.Contains(text, Plain(message.TextBody), StringComparison.Ordinal);
            Assert.Contains(text, Plain(message.HtmlBody), StringComparison.Ordinal);
        }
        Assert.Contains("dir=\"rtl\"", message.HtmlBody, StringComparison.Ordinal);
        Assert.Contains("href=\"https://hub.example/invitation#", message.HtmlBody, StringComparison.Ordinal);
        Assert.Equal("auto-generated", message.Headers["Auto-Submitted"]);
    }

    /// <summary>A text without the marks that isolate names.</summary>
    private static string Plain(string? text) =>
        text!.Replace("\u2068", "", StringComparison.Ordinal).Replace("\u2069", "", StringComparison.Ordinal);

    [Fact]
    public async Task A_mail_waits_while_the_server_is_away_and_arrives_once_when_it_is_back()
    {
        var (person, address) = await mail.OpenAsync();
        await mail.Server.BeAwayAsync();
        await mail.InviteAsync([person]);
        await Eventually.Async(async () => (await mail.LastMailAsync(person)).GetProperty("tries").GetInt32() > 0);
        var waiting = await mail.LastMailAsync(person);
        Assert.Equal("waiting", waiting.GetProperty("state").GetString());
        Assert.False(string.IsNullOrEmpty(waiting.GetProperty("why").GetString()));
        await mail.Server.ListenAsync();
        mail.Advance(TimeSpan.FromMinutes(1));
        await mail.Server.ReceivedAsync(address);
        await Eventually.Async(async () => await mail.StateOfLastMailAsync(person) == "sent");
    }

    [Theory]
    [InlineData("mailFrom"), InlineData("rcpt"), InlineData("data")]
    public async Task A_server_that_refuses_for_now_is_asked_again_after_a_pause(string where)
    {
        var (person, address) = await mail.OpenAsync();
        await mail.Server.AnswerAsync(new Dictionary<string, int> { [where] = 451, ["times"] = 1 });
        await mail.InviteAsync([person]);
        await Eventually.Async(async () => (await mail.LastMailAsync(person)).GetProperty("tries").GetInt32() == 1);
        var waiting = await mail.LastMailAsync(person);
        Assert.Equal("waiting", waiting.GetProperty("state").GetString());
        Assert.StartsWith("451", waiting.GetProperty("why").GetString(), StringComparison.Ordinal);
        Assert.Empty(await mail.Server.TakenAsync(address));
        mail.Advance(TimeSpan.FromMinutes(1));
        await mail.Server.ReceivedAsync(address);
    }

    [Fact]
    public async Task An_address_that_is_refused_for_good_is_not_tried_again_and_does_not_stop_other_mails()
    {
        var (wrong, wrongAddress) = await mail.OpenAsync();
        var (right, rightAddress) = await mail.OpenAsync();
        await mail.Server.AnswerAsync(new { rcpt = 550, only = wrongAddress });
        await mail.InviteAsync([wrong, right]);
        await mail.Server.ReceivedAsync(rightAddress);
        await Eventually.Async(async () => await mail.StateOfLastMailAsync(wrong) == "undeliverable");
        var failed = await mail.LastMailAsync(wrong);
        Assert.Equal(1, failed.GetProperty("tries").GetInt32());
        Assert.StartsWith("550", failed.GetProperty("why").GetString(), StringComparison.Ordinal);
        // The administrators see it.
        var status = await DoAsync(mail.Admin, "GET", "api/mail");
        Assert.Contains(status.GetProperty("failed").EnumerateArray(), m => m.GetProperty("person").GetString() == wrong);
        Assert.True(status.GetProperty("on").GetBoolean());
    }

    [Fact]
    public async Task The_hub_gives_up_after_a_day()
    {
        await using var own = new MailHub(); // no other test needs its clock
        await own.InitializeAsync();
        var (person, _) = await own.OpenAsync();
        await own.Server.AnswerAsync(new { rcpt = 450 });
        await own.InviteAsync([person]);
        await Eventually.Async(async () => (await own.LastMailAsync(person)).GetProperty("tries").GetInt32() == 1);
        own.Advance(TimeSpan.FromHours(23) + TimeSpan.FromMinutes(59.5));
        await Eventually.Async(async () => await own.StateOfLastMailAsync(person) == "undeliverable");
        Assert.Equal(2, (await own.LastMailAsync(person)).GetProperty("tries").GetInt32());
    }

    [Fact]
    public async Task A_link_that_is_no_longer_valid_is_not_sent()
    {
        var (person, address) = await mail.OpenAsync();
        await mail.JoinAsync(person);
        await mail.Server.BeAwayAsync();
        await DoAsync(mail.Nobody(), "POST", "api/session/reset", new { userName = address });
        await Eventually.Async(async () => (await mail.LastMailAsync(person)).GetProperty("tries").GetInt32() > 0);
        Assert.Equal("ownReset", (await mail.LastMailAsync(person)).GetProperty("kind").GetString());
        mail.Advance(AccountRules.OwnResetLasts + TimeSpan.FromMinutes(10)); // the clock has stood still since the hub started
        await mail.Server.ListenAsync();
        var (other, otherAddress) = await mail.OpenAsync();
        await mail.InviteAsync([other]);
        await mail.Server.ReceivedAsync(otherAddress);
        await Eventually.Async(async () => await mail.StateOfLastMailAsync(person) == "expired");
        Assert.Empty(await mail.Server.TakenAsync(address));
    }

    [Fact]
    public async Task Only_the_newest_link_is_sent_if_several_wait()
    {
        var (person, address) = await mail.OpenAsync();
        await mail.Server.BeAwayAsync();
        await mail.InviteAsync([person]);
        await mail.InviteAsync([person]);
        await Eventually.Async(async () => (await mail.LastMailAsync(person)).GetProperty("tries").GetInt32() > 0);
        await mail.Server.ListenAsync();
        mail.Advance(TimeSpan.FromMinutes(1));
        var taken = await mail.Server.ReceivedAsync(address);
        await DoAsync(mail.Nobody(), "POST", "api/invitations/preview", new { token = taken.Secret });
        await Eventually.Async(async () => await mail.StateOfLastMailAsync(person) == "sent");
        Assert.Equal(["Sent", "Replaced"], (await mail.MailsAsync(person)).Select(m => $"{m.State}"));
    }

    [Fact]
    public async Task A_name_with_line_breaks_adds_no_header_and_no_receiver()
    {
        const string name = "Eve\r\nBcc: victim@clinic.example\r\nSubject: Win\r\n\r\nHello";
        var (person, address) = await mail.OpenAsync(name);
        await mail.InviteAsync([person]);
        var taken = await mail.Server.ReceivedAsync(address);
        Assert.Equal([address], taken.To);
        Assert.Equal([address], taken.Message.To.Mailboxes.Select(m => m.Address));
        Assert.Empty(taken.Message.Bcc);
        Assert.Equal("Your account at Consult Hub", taken.Message.Subject);
        Assert.Single(taken.Message.Headers, h => h.Field == "Subject");
        Assert.DoesNotContain(taken.Message.Headers, h => h.Field == "Bcc");
        Assert.Empty(await mail.Server.TakenAsync("victim@clinic.example"));
    }

    [Fact]
    public async Task A_name_cannot_add_a_link_or_a_mark_to_the_page_of_a_mail()
    {
        var (person, address) = await mail.OpenAsync("<a href=\"https://evil.example\">Click</a>");
        await mail.InviteAsync([person]);
        var html = (await mail.Server.ReceivedAsync(address)).Message.HtmlBody;
        Assert.DoesNotContain("<a href=\"https://evil.example\"", html, StringComparison.Ordinal);
        Assert.Contains("&lt;a href=", html, StringComparison.Ordinal);
    }
}
