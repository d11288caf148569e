using System.Buffers.Text;
using System.IO.Compression;
using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using ConsultHub.Certificates;
using ConsultHub.Tests.Attendance;
using ConsultHub.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;
using static ConsultHub.Tests.Attendance.CreditHub;
using static ConsultHub.Web.Certificates.CertificatesApi;

namespace ConsultHub.Tests.Certificates;

/// <summary>
/// Certificates as badges of Open Badges 3.0. The program tests/Badges verifies them without the hub, and refuses what is altered, expired
/// or revoked.
/// </summary>
public sealed class BadgeTests(CreditHub hub) : IClassFixture<CreditHub>
{
    private async Task<Certificate> NewAsync()
    {
        var conference = await hub.NewConferenceAsync();
        await hub.CheckInAsync(conference, 1, Noura);
        return await hub.IssueAsync(conference, Noura);
    }

    private static string ListOf(Certificate certificate) => $"api/badges/conferences/{certificate.Conference}/status";

    /// <summary>What a third party reads: the badge from its holder, and the rest from the hub, without signing in.</summary>
    private async Task<BadgeEvidence> EvidenceAsync(Certificate certificate) =>
        new(
            await hub.Http(Noura).GetStringAsync($"api/certificates/{certificate.Number}/badge"),
            await hub.GetAsync<PublicKeys>(null, "api/badges/keys"),
            await hub.Http(null).GetStringAsync(ListOf(certificate))
        );

    private static JsonObject PayloadOf(string jwt) => JsonNode.Parse(Base64Url.DecodeFromChars(jwt.Split('.')[1]))!.AsObject();

    /// <summary>The same JWT with another payload, so that its signature no longer fits.</summary>
    private static string With(string jwt, Action<JsonObject> change)
    {
        var (parts, payload) = (jwt.Split('.'), PayloadOf(jwt));
        change(payload);
        return $"{parts[0]}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(payload.ToJsonString()))}.{parts[2]}";
    }

    private static async Task RefusedAsync(string why, BadgeEvidence evidence) =>
        Assert.Equal((false, why), await evidence.VerifyAsync() is var verdict ? (verdict.Valid, verdict.Why) : default);

    [Fact]
    public async Task A_badge_is_verified_offline_and_says_what_the_certificate_says()
    {
        var certificate = await NewAsync();
        var evidence = await EvidenceAsync(certificate);
        var verdict = await evidence.VerifyAsync();
        Assert.Null(verdict.Why);
        Assert.True(verdict.Valid);
        var subject = verdict.Credential.GetProperty("credentialSubject");
        Assert.Equal("Noura Al Hammadi", subject.GetProperty("identifier")[0].GetProperty("identityHash").GetString());
        Assert.Equal(1m, subject.GetProperty("creditsEarned").GetDecimal());
        Assert.Equal("Clinical Congress", subject.GetProperty("achievement").GetProperty("name").GetString());
        Assert.Contains("The Body", subject.GetProperty("achievement").GetProperty("description").GetString(), StringComparison.Ordinal);
        Assert.Equal("Emirates Health", verdict.Credential.GetProperty("issuer").GetProperty("name").GetString());
        // As in the QR code, nothing but the name says who the holder is.
        Assert.DoesNotContain(Noura.Person.Value, PayloadOf(evidence.Badge).ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_issuer_and_the_key_that_a_badge_names_are_shown_at_their_addresses()
    {
        var evidence = await EvidenceAsync(await NewAsync());
        var issuer = PayloadOf(evidence.Badge)["issuer"]!.AsObject();
        var profile = JsonNode.Parse(await hub.Http(null).GetStringAsync(PathOf(issuer["id"])))!.AsObject();
        foreach (var member in (string[])["id", "name", "url", "type"])
            Assert.True(JsonNode.DeepEquals(issuer[member], profile[member]), member);
        var kid = JsonNode.Parse(Base64Url.DecodeFromChars(evidence.Badge.Split('.')[0]))!["kid"];
        Assert.Equal(evidence.Keys.Keys[0], await hub.GetAsync<PublicKey>(null, PathOf(kid)));
        Assert.Equal((404, "certificate.unknown-key"), await CreditHub.RefusedAsync(hub.Http(null).GetAsync("api/badges/keys/none")));

        static string PathOf(JsonNode? address) => new Uri(address!.GetValue<string>()).AbsolutePath;
    }

    [Fact]
    public async Task An_altered_badge_is_refused()
    {
        var evidence = await EvidenceAsync(await NewAsync());
        const string signature = "badge ERR_JWS_SIGNATURE_VERIFICATION_FAILED";
        await RefusedAsync(
            signature,
            evidence with
            {
                Badge = With(evidence.Badge, payload => payload["credentialSubject"]!["creditsEarned"] = 99),
            }
        );
        await RefusedAsync(
            signature,
            evidence with
            {
                Badge = With(evidence.Badge, payload => payload["credentialSubject"]!["identifier"]![0]!["identityHash"] = "Somebody Else"),
            }
        );
        // Without a signature, and with the algorithm "none"
        var none = Base64Url.EncodeToString("""{"alg":"none","typ":"JWT"}"""u8);
        await RefusedAsync("badge ERR_JOSE_ALG_NOT_ALLOWED", evidence with { Badge = $"{none}.{evidence.Badge.Split('.')[1]}." });
        // Another key with the same id
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var point = other.ExportParameters(false).Q;
        await RefusedAsync(
            signature,
            evidence with
            {
                Keys = new([
                    .. evidence.Keys.Keys.Select(key =>
                        key with
                        {
                            X = Base64Url.EncodeToString(point.X!),
                            Y = Base64Url.EncodeToString(point.Y!),
                        }
                    ),
                ]),
            }
        );
        await RefusedAsync("badge ERR_JWKS_NO_MATCHING_KEY", evidence with { Keys = new([]) });
    }

    [Fact]
    public async Task A_badge_is_refused_with_a_status_list_that_is_altered_expired_or_of_another_register()
    {
        var certificate = await NewAsync();
        var evidence = await EvidenceAsync(certificate);
        await RefusedAsync(
            "list ERR_JWS_SIGNATURE_VERIFICATION_FAILED",
            evidence with
            {
                List = With(evidence.List, payload => payload["exp"] = payload["exp"]!.GetValue<long>() + 1_000_000),
            }
        );
        Assert.True((await (evidence with { At = DateTimeOffset.UtcNow.AddHours(23) }).VerifyAsync()).Valid);
        await RefusedAsync("list expired", evidence with { At = DateTimeOffset.UtcNow.AddHours(25) });
        var other = await EvidenceAsync(await NewAsync());
        await RefusedAsync("another list", evidence with { List = other.List });
        // A badge is no status list, although the same key has signed it.
        await RefusedAsync("list ERR_JWT_CLAIM_VALIDATION_FAILED", evidence with { List = evidence.Badge });
        // A badge is not valid before it was issued.
        Assert.False((await (evidence with { At = certificate.IssuedAt.AddDays(-1) }).VerifyAsync()).Valid);
    }

    [Fact]
    public async Task A_revoked_certificate_is_refused_with_the_next_status_list_and_others_stay_valid()
    {
        var conference = await hub.NewConferenceAsync();
        await hub.CheckInAsync(conference, 1, Noura);
        await hub.CheckInAsync(conference, 1, Min);
        var (revoked, other) = (await hub.IssueAsync(conference, Noura), await hub.IssueAsync(conference, Min));
        var before = await EvidenceAsync(revoked);
        Assert.True((await before.VerifyAsync()).Valid);
        using var done = await hub.Http(Coordinator)
            .PostAsJsonAsync($"api/certificates/{revoked.Number}/revocation", new { reason = "Issued by mistake." });
        Assert.Equal(HttpStatusCode.NoContent, done.StatusCode);
        await RefusedAsync("revoked", await EvidenceAsync(revoked));
        var list = (await EvidenceAsync(revoked)).List;
        var badge = await hub.Http(Min).GetStringAsync($"api/certificates/{other.Number}/badge");
        Assert.True((await (before with { Badge = badge, List = list }).VerifyAsync()).Valid);
        Assert.DoesNotContain("mistake", PayloadOf(list).ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_replaced_certificate_is_refused_and_the_newer_one_is_valid()
    {
        var first = await NewAsync();
        var badge = await hub.Http(Noura).GetStringAsync($"api/certificates/{first.Number}/badge");
        await hub.CheckInAsync(first.Conference, 2, Noura);
        var second = await EvidenceAsync(await hub.IssueAsync(first.Conference, Noura));
        Assert.True((await second.VerifyAsync()).Valid);
        await RefusedAsync("revoked", second with { Badge = badge });
    }

    [Fact]
    public async Task A_badge_of_a_key_before_a_rotation_stays_valid()
    {
        var certificate = await NewAsync();
        var before = await EvidenceAsync(certificate);
        using var rotated = await hub.Http(new(new("p-administrator"), Role.Administrator, null)).PostAsync("api/certificates/keys", null);
        Assert.True(rotated.IsSuccessStatusCode);
        var after = await EvidenceAsync(certificate);
        Assert.NotEqual(before.Badge.Split('.')[0], after.Badge.Split('.')[0]);
        Assert.True((await after.VerifyAsync()).Valid);
        Assert.True((await (after with { Badge = before.Badge }).VerifyAsync()).Valid);
    }

    [Fact]
    public async Task A_status_list_has_131072_bits_and_caches_may_keep_it_for_five_minutes()
    {
        var certificate = await NewAsync();
        using var response = await hub.Http(null).GetAsync(ListOf(certificate));
        Assert.Equal("public, max-age=300", response.Headers.CacheControl!.ToString());
        Assert.Equal("application/vc+jwt", response.Content.Headers.ContentType!.MediaType);
        var subject = PayloadOf(await response.Content.ReadAsStringAsync())["credentialSubject"]!;
        Assert.Equal(300_000, subject["ttl"]!.GetValue<long>());
        using var packed = new MemoryStream(Base64Url.DecodeFromChars(subject["encodedList"]!.GetValue<string>().AsSpan(1)));
        using var zip = new GZipStream(packed, CompressionMode.Decompress);
        using var bits = new MemoryStream();
        await zip.CopyToAsync(bits);
        Assert.Equal(131_072, bits.Length * 8);
        Assert.All(bits.ToArray(), one => Assert.Equal(0, one));
        foreach (var path in (string[])["api/badges/conferences/none/status", "api/badges/programmes/none/issuer"])
            Assert.Equal((404, "certificate.no-register"), await CreditHub.RefusedAsync(hub.Http(null).GetAsync(path)));
    }

    [Fact]
    public async Task Only_the_holder_and_the_networks_coordinators_get_a_badge_and_an_altered_certificate_gives_none()
    {
        var certificate = await NewAsync();
        var path = $"api/certificates/{certificate.Number}/badge";
        Assert.Equal((404, "certificate.unknown"), await CreditHub.RefusedAsync(hub.Http(Stranger).GetAsync(path)));
        using var badge = await hub.Http(Coordinator).GetAsync(path);
        Assert.Equal($"{certificate.Number}.jwt", badge.Content.Headers.ContentDisposition!.FileName);
        var altered = certificate with { Number = CertificateNumber.New(certificate.Conference), Credits = 99 };
        Assert.NotNull(
            (await hub.Grains.GetGrain<ICertificatesGrain>(certificate.Conference.Value).IssueAsync(Coordinator.Actor, altered)).Certificate
        );
        Assert.Equal(
            (409, "certificate.altered"),
            await CreditHub.RefusedAsync(hub.Http(Noura).GetAsync($"api/certificates/{altered.Number}/badge"))
        );
    }
}
