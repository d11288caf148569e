using System.Collections.Immutable;
using System.Text.Json.Serialization;
using ConsultHub.Certificates;
using ConsultHub.Conferences;
using ConsultHub.Networks;
using ConsultHub.Programmes;
using ConsultHub.Silo;
using ConsultHub.Web.Hosting;
using ConsultHub.Web.Limits;
using ConsultHub.Web.Programmes;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using static ConsultHub.Web.Certificates.CertificatesApi;

namespace ConsultHub.Web.Certificates;

/// <summary>
/// Certificates as badges, and what everybody needs to verify them: the public keys, the issuer's profile and the status list. A verifier
/// asks for none of these by the number of a certificate.
/// </summary>
internal static class BadgesApi
{
    /// <summary>The institution that issued the certificates of a register (Open Badges 3.0, Profile).</summary>
    public sealed record IssuerProfile(
        [property: JsonPropertyName("@context")] ImmutableArray<string> Context,
        string Id,
        ImmutableArray<string> Type,
        string Name,
        string Url
    );

    private const string Jwt = "application/jwt",
        CredentialJwt = "application/vc+jwt";

    /// <summary>The header of a JWT. The key's id is the address at which the key is shown as JWK.</summary>
    private sealed record Header(string Alg, string Typ, string Kid);

    public static void MapBadges(this IEndpointRouteBuilder app)
    {
        app.MapGroup("/api/certificates")
            .WithTags("Certificates")
            .MapGet("/{number}/badge", BadgeAsync)
            .Requires(Access.SignedIn)
            .Produces<string>(200, Jwt)
            .Traces("certificates.read");
        var badges = app.MapGroup("/api/badges").WithTags("Badges").RequireRateLimiting(LimitHosting.Verification);
        badges
            .MapGet("/keys", async (HttpContext http, CertificateKeys keys) => PublicAt(http, await keys.ListAsync()))
            .Requires(Access.Anybody);
        badges.MapGet("/keys/{key}", KeyAsync).Requires(Access.Anybody);
        Map<ConferenceId>("conferences", CertificateRegisterId.Of);
        Map<ProgrammeId>("programmes", CertificateRegisterId.Of);

        void Map<TId>(string kind, Func<TId, CertificateRegisterId> of)
            where TId : struct, ITextId<TId>
        {
            badges
                .MapGet($"/{kind}/{{id}}/issuer", (TId id, HttpContext http, BadgeIssuer issuer) => IssuerAsync(of(id), http, issuer))
                .Requires(Access.Anybody);
            badges
                .MapGet(
                    $"/{kind}/{{id}}/status",
                    (TId id, HttpContext http, CertificateFinder finder, CertificateKeys keys, TimeProvider clock) =>
                        StatusAsync(of(id), http, finder, keys, clock)
                )
                .Requires(Access.Anybody)
                .Produces<string>(200, CredentialJwt);
        }
    }

    /// <summary>A certificate as a credential of Open Badges 3.0, for a wallet or a portfolio.</summary>
    private static async Task<Results<FileContentHttpResult, ProblemHttpResult>> BadgeAsync(
        string number,
        HttpContext http,
        CertificateFinder finder,
        CertificateKeys keys
    )
    {
        if (await finder.FindAsync(number, http) is not { } found)
            return Problems.Of(CertificateCodes.NoSuch(number));
        if (!HasAddress(http))
            return Problems.Of(CertificateCodes.NoAddress);
        var known = await keys.ListAsync();
        var asSigned = found.Attendance is { } attendance
            ? CertificateToken.IsAsSigned(attendance.Certificate, known)
            : CertificateToken.IsAsSigned(found.Completion!.Certificate, known);
        if (!asSigned || await finder.Register(found.Register).PlaceAsync(number) is not { } place)
            return Problems.Of(CertificateCodes.Altered, "What is stored of this certificate is not what was signed.");
        var at = new BadgeAddresses(PublicAddress.Of(http), found.Register);
        var badge = found.Attendance is { } attended
            ? Badge.Of(attended.Certificate, at, place)
            : Badge.Of(found.Completion!.Certificate, at, place);
        var jwt = await keys.SignAsync(
            (keyId, key) => CertificateToken.Compact(new Header("ES256", "JWT", at.Key(keyId)), badge, key),
            mayMake: false
        );
        return TypedResults.File(System.Text.Encoding.ASCII.GetBytes(jwt), Jwt, $"{number}.jwt");
    }

    /// <summary>The status list of a register. Caches may keep it for five minutes.</summary>
    private static async Task<Results<ContentHttpResult, ProblemHttpResult>> StatusAsync(
        CertificateRegisterId register,
        HttpContext http,
        CertificateFinder finder,
        CertificateKeys keys,
        TimeProvider clock
    )
    {
        if (!HasAddress(http))
            return Problems.Of(CertificateCodes.NoAddress);
        if (await finder.Register(register).RevokedPlacesAsync() is not { } revoked)
            return NoRegister();
        var at = new BadgeAddresses(PublicAddress.Of(http), register);
        var list = StatusList.Of(revoked, at, clock.GetUtcNow());
        var jwt = await keys.SignAsync(
            (keyId, key) => CertificateToken.Compact(new Header("ES256", "vc+jwt", at.Key(keyId)), list, key),
            mayMake: false
        );
        LetCachesKeep(http);
        return TypedResults.Text(jwt, CredentialJwt);
    }

    private static async Task<Results<Ok<IssuerProfile>, ProblemHttpResult>> IssuerAsync(
        CertificateRegisterId register,
        HttpContext http,
        BadgeIssuer issuer
    )
    {
        if (await issuer.NameOfAsync(register) is not { } name)
            return NoRegister();
        var at = new BadgeAddresses(PublicAddress.Of(http), register);
        LetCachesKeep(http);
        return TypedResults.Ok(new IssuerProfile([Badge.Credentials, Badge.OpenBadges], at.Issuer, ["Profile"], name.En, at.Hub));
    }

    private static async Task<Results<Ok<PublicKey>, ProblemHttpResult>> KeyAsync(string key, HttpContext http, CertificateKeys keys)
    {
        if ((await keys.ListAsync()).FirstOrDefault(k => k.Id == key) is not { } known)
            return Problems.Of(CertificateCodes.UnknownKey);
        LetCachesKeep(http);
        return TypedResults.Ok(PublicAt(http, known));
    }

    private static Ok<PublicKeys> PublicAt(HttpContext http, ImmutableArray<SigningKey> keys)
    {
        LetCachesKeep(http);
        return TypedResults.Ok(new PublicKeys([.. keys.Select(key => PublicAt(http, key))]));
    }

    /// <summary>A key under the id that badges name.</summary>
    private static PublicKey PublicAt(HttpContext http, SigningKey key) =>
        new("EC", "P-256", "sig", "ES256", new BadgeAddresses(PublicAddress.Of(http), default).Key(key.Id), key.X, key.Y);

    /// <summary>
    /// Whether the hub knows its address. It signs none that a request only claims, except on its own machine.
    /// </summary>
    private static bool HasAddress(HttpContext http) =>
        http.RequestServices.GetRequiredService<IOptions<HubOptions>>().Value.PublicUrl is not null || PublicAddress.Of(http).IsLoopback;

    private static void LetCachesKeep(HttpContext http) =>
        http.Response.Headers.CacheControl = $"public, max-age={(int)StatusList.Fresh.TotalSeconds}";

    private static ProblemHttpResult NoRegister() => Problems.Of(CertificateCodes.NoRegister);
}

/// <summary>Knows in whose name the certificates of a register are issued.</summary>
internal sealed class BadgeIssuer(IGrainFactory grains, ProgrammeBook programmes)
{
    /// <returns>Null if there is no such conference or programme.</returns>
    public async Task<LocalName?> NameOfAsync(CertificateRegisterId register)
    {
        if (register.Programme is { } programme)
            return await programmes.FindAsync(programme.Value) is { } profile ? await NameOfAsync(profile.Network) : null;
        if (await grains.GetGrain<IConferenceGrain>(register.Key).GetAsync() is not { } conference)
            return null;
        return (conference.Network is { } network ? await NameOfAsync(network) : null) ?? new(conference.Title);
    }

    private async Task<LocalName?> NameOfAsync(NetworkId network) => (await grains.GetGrain<INetworkGrain>(network.Value).GetAsync())?.Name;
}
