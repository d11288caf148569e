using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using ConsultHub.Tests.Accounts;
using ConsultHub.Tests.Fixtures;
using static ConsultHub.Tests.Accounts.NewPerson;

namespace ConsultHub.Tests.Mail;

/// <summary>Mails of a hub in a process of its own, which the test kills, and encrypted connections to the mail server.</summary>
public sealed class MailCrashTests : IAsyncLifetime
{
    private readonly MailServer _server = new();

    public async ValueTask InitializeAsync() => await _server.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private Task<HubHost> StartAsync(params (string Name, string Value)[] more) =>
        HubHost.StartAsync(
            environment: _server
                .Settings.Select(s => (Name: s.Key.Replace(":", "__", StringComparison.Ordinal), s.Value))
                .Concat(more)
                .GroupBy(s => s.Name)
                .ToDictionary(s => s.Key, s => s.Last().Value)
        );

    private static async Task<(string Person, string Address)> InviteAsync(HubHost host)
    {
        using var admin = await Caller.SignInAsync(host.Address, "p-admin");
        var address = $"m-{Guid.NewGuid():n}@clinic.example";
        var body = new
        {
            commandId = Guid.NewGuid(),
            userName = $"u-{Guid.NewGuid():n}",
            name = new { en = "Somebody new" },
            email = address,
            byMail = true,
            roles = new[] { new { role = "attendee", scope = Ehs } },
        };
        var opened = await DoAsync(admin.Http, "POST", "api/people", body);
        return (opened.GetProperty("account").GetProperty("person").GetString()!, address);
    }

    private static async Task<JsonElement> LastMailAsync(HubHost host, string person)
    {
        using var admin = await Caller.SignInAsync(host.Address, "p-admin");
        return (await DoAsync(admin.Http, "GET", $"api/people/{person}/mails"))[0];
    }

    [Fact]
    public async Task A_mail_that_was_promised_before_a_crash_is_sent_after_it()
    {
        await using var host = await StartAsync();
        await _server.BeAwayAsync();
        var (_, address) = await InviteAsync(host);
        host.Kill();
        await _server.ListenAsync();
        await host.RestartAsync();
        var taken = await _server.ReceivedAsync(address);
        using var nobody = Caller.Nobody(host.Address);
        await DoAsync(nobody.Http, "POST", "api/invitations/preview", new { token = taken.Secret });
        Assert.DoesNotContain(taken.Secret, host.Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_crash_before_the_hub_notes_a_sent_mail_sends_it_again_as_the_same_mail()
    {
        await using var host = await StartAsync();
        await _server.AnswerAsync(new { hold = true });
        var (person, address) = await InviteAsync(host);
        await Eventually.Async(async () => (await _server.StateAsync()).Held == 1);
        host.Kill();
        await _server.AnswerAsync(new { });
        await _server.ReleaseAsync();
        await host.RestartAsync();
        await _server.ReceivedAsync(address, count: 2);
        var taken = await _server.TakenAsync(address);
        Assert.Equal(taken[0].Message.MessageId, taken[1].Message.MessageId);
        await Eventually.Async(async () => (await LastMailAsync(host, person)).GetProperty("state").GetString() == "sent");
    }

    [Fact]
    public async Task With_StartTls_nothing_is_sent_unencrypted_or_to_a_server_with_a_wrong_certificate()
    {
        using var right = NewCertificate();
        using var wrong = NewCertificate();
        var trusted = Path.Combine(Directory.CreateTempSubdirectory("hub-mail-").FullName, "trusted.pem");
        await File.WriteAllTextAsync(trusted, right.ExportCertificatePem());
        var auth = new { user = "hub", pass = "a mail password" };
        // An unencrypted server gets no mail, although it would take it.
        await _server.ListenAsync();
        await using var host = await StartAsync(
            ("Hub__Mail__Security", "StartTls"),
            ("Hub__Mail__UserName", "hub"),
            ("Hub__Mail__Password", "a mail password"),
            ("SSL_CERT_FILE", trusted)
        );
        var (person, _) = await InviteAsync(host);
        await Eventually.Async(async () => (await LastMailAsync(host, person)).GetProperty("tries").GetInt32() > 0);
        await _server.ListenAsync(SettingsOf(wrong, auth));
        await InviteAsync(host); // is tried at once
        await Eventually.Async(async () => (await _server.StateAsync()).Connections >= 2);
        var before = await _server.StateAsync();
        Assert.Empty(before.Users);
        Assert.Empty(before.Taken);
        await _server.ListenAsync(SettingsOf(right, auth));
        var (_, address) = await InviteAsync(host);
        Assert.True((await _server.ReceivedAsync(address)).Secure);
        Assert.Equal(["hub"], (await _server.StateAsync()).Users.Distinct());
        File.Delete(trusted);
    }

    private static object SettingsOf(X509Certificate2 certificate, object auth) =>
        new
        {
            startTls = true,
            auth,
            key = certificate.GetRSAPrivateKey()!.ExportPkcs8PrivateKeyPem(),
            cert = certificate.ExportCertificatePem(),
        };

    private static X509Certificate2 NewCertificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(System.Net.IPAddress.Loopback);
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }
}
