using System.Buffers.Text;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ConsultHub.Certificates;
using ConsultHub.Tests.Attendance;
using ConsultHub.Tests.Fixtures;
using ConsultHub.Web.Certificates;
using Microsoft.Extensions.DependencyInjection;
using static ConsultHub.Tests.Attendance.CreditHub;
using static ConsultHub.Web.Certificates.CertificatesApi;

namespace ConsultHub.Tests.Certificates;

/// <summary>Tests how certificates are issued, revoked, and verified with and without the hub.</summary>
public sealed class CertificateApiTests(CreditHub hub) : IClassFixture<CreditHub>
{
    private async Task<Certificate> NewAsync()
    {
        var conference = await hub.NewConferenceAsync();
        await hub.CheckInAsync(conference, 1, Noura);
        return await hub.IssueAsync(conference, Noura);
    }

    private Task<Verification> VerifyAsync(string token) =>
        hub.GetAsync<Verification>(null, $"api/certificates/verification?token={token}");

    /// <summary>Verifies a token with only the public keys: plain ECDSA over its first two parts, according to RFC 7515.</summary>
    private static bool VerifiesOffline(string token, PublicKeys keys)
    {
        var parts = token.Split('.');
        var kid = JsonDocument.Parse(Base64Url.DecodeFromChars(parts[0])).RootElement.GetProperty("kid").GetString();
        var key = keys.Keys.Single(k => k.Kid == kid);
        using var ecdsa = ECDsa.Create(
            new ECParameters
            {
                Curve = ECCurve.NamedCurves.nistP256,
                Q = new() { X = Base64Url.DecodeFromChars(key.X), Y = Base64Url.DecodeFromChars(key.Y) },
            }
        );
        return ecdsa.VerifyData(
            Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"),
            Base64Url.DecodeFromChars(parts[2]),
            HashAlgorithmName.SHA256
        );
    }

    private static string Tampered(string token)
    {
        var parts = token.Split('.');
        var claims = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(parts[1])).Replace("\"cr\":1", "\"cr\":9", StringComparison.Ordinal);
        return $"{parts[0]}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(claims))}.{parts[2]}";
    }

    [Fact]
    public async Task A_certificate_passes_the_online_and_the_offline_check_and_a_changed_certificate_fails_both_checks()
    {
        var certificate = await NewAsync();
        var online = await VerifyAsync(certificate.Token);
        Assert.Equal(
            (CertificateStanding.Valid, certificate.Number, "Noura Al Hammadi", 1m),
            (online.Standing, online.Claims!.Number, online.Claims.Holder, online.Claims.Credits)
        );
        var keys = await hub.GetAsync<PublicKeys>(null, "api/certificates/keys");
        Assert.True(VerifiesOffline(certificate.Token, keys));

        var tampered = Tampered(certificate.Token);
        Assert.NotEqual(certificate.Token, tampered);
        Assert.False(VerifiesOffline(tampered, keys));
        Assert.Equal(CertificateStanding.Forged, (await VerifyAsync(tampered)).Standing);
        foreach (var nonsense in (string[])["x", "a.b.c", "..", certificate.Token + "A", certificate.Token[..^2]])
            Assert.Equal(CertificateStanding.Forged, (await VerifyAsync(nonsense)).Standing);
    }

    public static IEnumerable<TheoryDataRow<string>> Alterations =>
        [new("holder"), new("name in Arabic"), new("credits"), new("lecture"), new("body in Korean")];

    [Theory, MemberData(nameof(Alterations))]
    public async Task A_stored_certificate_that_differs_from_the_signed_one_counts_as_forged_and_is_not_printed(string what)
    {
        var issued = await NewAsync();
        var signed = issued with { Number = CertificateNumber.New(issued.Conference) };
        signed = signed with { Token = await hub.Services.GetRequiredService<CertificateKeys>().SignAsync(signed) };
        var altered = what switch
        {
            "holder" => signed with { Holder = signed.Holder with { En = "Somebody Else" } },
            "name in Arabic" => signed with { Holder = signed.Holder with { Ar = "شخص آخر" } },
            "credits" => signed with { Credits = 99 },
            "lecture" => signed with { Lectures = [signed.Lectures[0] with { Title = "Another lecture" }] },
            _ => signed with { Policy = signed.Policy with { Name = signed.Policy.Name with { Ko = "다른 기관" } } },
        };
        // The grain does not compare a certificate with its token, so this has the same effect as a change in the database.
        Assert.NotNull(
            (await hub.Grains.GetGrain<ICertificatesGrain>(issued.Conference.Value).IssueAsync(Coordinator.Actor, altered)).Certificate
        );
        Assert.Equal(
            new Verification(CertificateStanding.Forged),
            await hub.GetAsync<Verification>(null, $"api/certificates/verification?number={altered.Number}")
        );
        Assert.Equal(new Verification(CertificateStanding.Forged), await VerifyAsync(signed.Token));
        Assert.Equal((409, "certificate.altered"), await RefusedAsync(hub.Http(Noura).GetAsync($"api/certificates/{altered.Number}/pdf")));
    }

    [Fact]
    public async Task A_typed_certificate_number_verifies_and_a_number_that_was_never_issued_is_unknown()
    {
        var certificate = await NewAsync();
        Assert.Equal(
            CertificateStanding.Valid,
            (
                await hub.GetAsync<Verification>(null, $"api/certificates/verification?number=%20{certificate.Number.ToUpperInvariant()}")
            ).Standing
        );
        foreach (var number in (string[])[$"{certificate.Conference}.00000000", "nothing", "a.b", ".12345678"])
            Assert.Equal(
                new Verification(CertificateStanding.Unknown),
                await hub.GetAsync<Verification>(null, $"api/certificates/verification?number={number}")
            );
        Assert.Equal((400, "request.bad-parameter"), await RefusedAsync(hub.Http(null).GetAsync("api/certificates/verification")));
    }

    [Fact]
    public async Task A_second_request_returns_the_same_certificate_or_a_new_one_after_more_attendance()
    {
        var first = await NewAsync();
        Assert.Equal(first.Number, (await hub.IssueAsync(first.Conference, Noura)).Number);
        await hub.CheckInAsync(first.Conference, 2, Noura);
        var second = await hub.IssueAsync(first.Conference, Noura);
        Assert.Equal((2m, 2), (second.Credits, second.Lectures.Length));
        Assert.Equal(CertificateStanding.Replaced, (await VerifyAsync(first.Token)).Standing);
        Assert.Equal(CertificateStanding.Valid, (await VerifyAsync(second.Token)).Standing);
        Assert.Equal(
            2,
            (await hub.GetAsync<List<IssuedCertificate>>(Noura, $"api/conferences/{first.Conference}/certificates/mine")).Count
        );
        Assert.Equal(
            (409, "certificate.nothing-earned"),
            await RefusedAsync(hub.Http(Min).PostAsJsonAsync($"api/conferences/{first.Conference}/certificates", new { body = Body.Value }))
        );
        Assert.Equal(
            (404, "credit.unknown-body"),
            await RefusedAsync(hub.Http(Min).PostAsJsonAsync($"api/conferences/{first.Conference}/certificates", new { body = "none" }))
        );
    }

    [Fact]
    public async Task A_coordinator_revokes_a_certificate_and_the_public_does_not_see_the_reason()
    {
        var certificate = await NewAsync();
        var path = $"api/certificates/{certificate.Number}";
        Assert.Equal(
            (400, "certificate.bad-reason"),
            await RefusedAsync(hub.Http(Coordinator).PostAsJsonAsync($"{path}/revocation", new { reason = "" }))
        );
        Assert.Equal(
            (404, "certificate.unknown"),
            await RefusedAsync(hub.Http(Stranger).PostAsJsonAsync($"{path}/revocation", new { reason = "Because I can." }))
        );
        Assert.Equal(CertificateStanding.Valid, (await VerifyAsync(certificate.Token)).Standing);
        using var revoked = await hub.Http(Coordinator)
            .PostAsJsonAsync($"{path}/revocation", new { reason = "Issued for the wrong person." });
        Assert.Equal(204, (int)revoked.StatusCode);
        var standing = await hub.Http(null).GetStringAsync($"api/certificates/verification?token={certificate.Token}");
        Assert.Contains("\"revoked\"", standing, StringComparison.Ordinal);
        Assert.DoesNotContain("wrong person", standing, StringComparison.Ordinal);
        Assert.Equal("Issued for the wrong person.", (await hub.GetAsync<CertificateView>(Noura, path)).Reason);
    }

    [Fact]
    public async Task Only_the_holder_and_the_networks_coordinators_can_read_a_certificate()
    {
        var certificate = await NewAsync();
        foreach (var viewer in (Member[])[Min, Stranger])
        {
            Assert.Equal(
                (404, "certificate.unknown"),
                await RefusedAsync(hub.Http(viewer).GetAsync($"api/certificates/{certificate.Number}"))
            );
            Assert.Equal(
                (404, "certificate.unknown"),
                await RefusedAsync(hub.Http(viewer).GetAsync($"api/certificates/{certificate.Number}/pdf"))
            );
        }
        Assert.Contains(
            await hub.GetAsync<List<IssuedCertificate>>(Coordinator, $"api/conferences/{certificate.Conference}/certificates"),
            c => c.Certificate.Number == certificate.Number
        );
        Assert.Equal(
            (403, "access.denied"),
            await RefusedAsync(hub.Http(Stranger).GetAsync($"api/conferences/{certificate.Conference}/certificates"))
        );
        Assert.Equal(
            (400, "certificate.unknown-language"),
            await RefusedAsync(hub.Http(Noura).GetAsync($"api/certificates/{certificate.Number}/pdf?language=xx"))
        );
    }

    [Fact]
    public async Task A_certificate_that_is_signed_with_the_old_key_stays_valid_after_a_key_rotation()
    {
        var before = await NewAsync();
        var administrator = new Member(new("p-administrator"), Role.Administrator, null);
        using var rotated = await hub.Http(administrator).PostAsync("api/certificates/keys", null);
        Assert.True(rotated.IsSuccessStatusCode);
        var after = await NewAsync();
        Assert.NotEqual(before.Token.Split('.')[0], after.Token.Split('.')[0]);
        var keys = await hub.GetAsync<PublicKeys>(null, "api/certificates/keys");
        foreach (var certificate in (Certificate[])[before, after])
        {
            Assert.True(VerifiesOffline(certificate.Token, keys));
            Assert.Equal(CertificateStanding.Valid, (await VerifyAsync(certificate.Token)).Standing);
        }
        // the answer contains no private key
        Assert.DoesNotContain("\"d\"", await hub.Http(null).GetStringAsync("api/certificates/keys"), StringComparison.Ordinal);
    }
}
