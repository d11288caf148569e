using System.Collections.Immutable;
using ConsultHub.Attendance;
using ConsultHub.Certificates;
using ConsultHub.Conferences;
using ConsultHub.Grave;
using ConsultHub.Networks;
using ConsultHub.Web.Attendance;
using ConsultHub.Web.Certificates;
using ConsultHub.Web.Conferences;
using ConsultHub.Web.Hosting;
using ConsultHub.Web.Limits;
using ConsultHub.Web.Programmes;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ConsultHub.Web.Certificates;

/// <summary>
/// Issues, prints, revokes and verifies certificates. People who have earned credit get a certificate. Coordinators can revoke
/// certificates. Anybody can verify them without signing in.
/// </summary>
public static class CertificatesApi
{
    public sealed record IssueRequest(AccreditorId Body);

    public sealed record RevokeRequest(string Reason);

    /// <param name="Issued">A certificate of attendance, and whether it was revoked or replaced. Null if it is one of completion.</param>
    /// <param name="Reason">Why it was revoked.</param>
    /// <param name="Completion">A certificate of completion, and whether it was revoked or replaced.</param>
    public sealed record CertificateView(IssuedCertificate? Issued, string? Reason, IssuedCompletion? Completion = null);

    /// <summary>A public key as JWK (RFC 7517).</summary>
    public sealed record PublicKey(string Kty, string Crv, string Use, string Alg, string Kid, string X, string Y);

    public sealed record PublicKeys(ImmutableArray<PublicKey> Keys);

    /// <summary>
    /// Valid, revoked by a coordinator, replaced by a newer certificate, not issued here, or different from what this hub signed.
    /// </summary>
    public enum CertificateStanding
    {
        Valid,
        Revoked,
        Replaced,
        Unknown,
        Forged,
    }

    /// <summary>The full names in every language. The claims have the same names shortened and only in English.</summary>
    /// <param name="Body">Null for a certificate of completion. So is <paramref name="Unit"/>.</param>
    /// <param name="Title">The programme's name. Null for a conference, whose title is in one language.</param>
    public sealed record CertificateNames(LocalName Holder, LocalName? Issuer, LocalName? Body, LocalName? Unit, LocalName? Title = null);

    /// <param name="Claims">The claims that were signed. Null if the standing is <c>Unknown</c> or <c>Forged</c>.</param>
    /// <param name="Since">When it was revoked or replaced, UTC.</param>
    /// <param name="Names">Null if the claims are null. Also null for a certificate of an earlier release, which did not sign names in
    /// other languages.</param>
    public sealed record Verification(
        CertificateStanding Standing,
        CertificateClaims? Claims = null,
        DateTimeOffset? Since = null,
        CertificateNames? Names = null
    );

    public static IServiceCollection AddCertificates(this IServiceCollection services) =>
        services
            .AddSingleton<CertificateKeys>()
            .AddSingleton<CertificatePrinter>()
            .AddSingleton<CertificateFinder>()
            .AddSingleton<BadgeIssuer>();

    public static void MapCertificates(this IEndpointRouteBuilder app)
    {
        var conference = app.MapGroup("/api/conferences/{id}/certificates").WithTags("Certificates");
        conference.MapGet("/", ListAsync).Requires(Access.To(CertificateActions.Manage, Thing.Conference)).Traces("certificates.read");
        conference.MapGet("/mine", MineAsync).Requires(Access.To(ConferenceActions.Read, Thing.Conference));
        conference.MapPost("/", IssueAsync).Requires(Access.To(ConferenceActions.Follow, Thing.Conference));
        var certificates = app.MapGroup("/api/certificates").WithTags("Certificates");
        certificates.MapGet("/keys", async (CertificateKeys keys) => Public(await keys.ListAsync())).Requires(Access.Anybody);
        certificates
            .MapPost("/keys", async (CertificateKeys keys, HttpContext http) => Public(await keys.RotateAsync(Viewer.Of(http).Actor)))
            .Requires(Access.Gravely(Access.To(CertificateActions.ChangeKeys, Thing.None), GraveAct.KeysRenewed));
        certificates.MapGet("/verification", VerifyAsync).Requires(Access.Anybody).RequireRateLimiting(LimitHosting.Verification);
        certificates.MapGet("/{number}", GetAsync).Requires(Access.SignedIn).Traces("certificates.read");
        certificates
            .MapGet("/{number}/pdf", PrintAsync)
            .Requires(Access.SignedIn)
            .Produces<byte[]>(200, "application/pdf")
            .Traces("certificates.read");
        certificates
            .MapPost("/{number}/revocation", RevokeAsync)
            .Requires(Access.ToSome(CertificateActions.Manage, ProgrammeActions.Decide));
        app.MapBadges();
        app.MapCompletions();
        app.MapCreditYears();
    }

    private static Ok<PublicKeys> Public(ImmutableArray<SigningKey> keys) =>
        TypedResults.Ok(new PublicKeys([.. keys.Select(k => new PublicKey("EC", "P-256", "sig", "ES256", k.Id, k.X, k.Y))]));

    private static async Task<Results<Ok<ImmutableArray<IssuedCertificate>>, ProblemHttpResult>> ListAsync(
        ConferenceId id,
        IGrainFactory grains
    ) =>
        await grains.GetGrain<IConferenceGrain>(id.Value).GetAsync() is null
            ? AttendanceApi.Unknown(id)
            : TypedResults.Ok(await Register(grains, id).ListAsync(null));

    private static async Task<Ok<ImmutableArray<IssuedCertificate>>> MineAsync(ConferenceId id, HttpContext http, IGrainFactory grains) =>
        TypedResults.Ok(await Register(grains, id).ListAsync(Viewer.Of(http).Person));

    /// <summary>
    /// Issues a certificate for the credit that the viewer has earned until now, as one accrediting body counts it. A second request
    /// returns the same certificate until a new one would say something else, for example because the viewer has earned more.
    /// </summary>
    private static async Task<Results<Ok<Certificate>, ProblemHttpResult>> IssueAsync(
        ConferenceId id,
        IssueRequest request,
        HttpContext http,
        IGrainFactory grains,
        IServiceProvider services,
        TimeProvider clock
    )
    {
        if (await ConferenceCredits.ReadAsync(id, grains, clock.GetUtcNow()) is not { } credits)
            return AttendanceApi.Unknown(id);
        var mine = await credits.OfAsync(Viewer.Of(http).Person);
        if (mine.Bodies.FirstOrDefault(b => b.Policy.Id == request.Body) is not { } earned)
            return Problems.Of(CreditCodes.UnknownBody, place: "$.body");
        if (earned.Credits <= 0)
            return Problems.Of(CertificateCodes.NothingEarned);
        var network = credits.Conference.Network is { } held ? (await grains.GetGrain<INetworkGrain>(held.Value).GetAsync())?.Name : null;
        var certificate = new Certificate
        {
            Number = CertificateNumber.New(id),
            Conference = id,
            Title = credits.Conference.Title,
            Network = network,
            Person = mine.Person,
            Holder = mine.Name,
            Policy = earned.Policy,
            PolicyVersion = mine.PolicyVersion,
            Lectures =
            [
                .. earned
                    .Lectures.Where(l => l.Credits > 0)
                    .Select(l => (Credit: l, Session: mine.Sessions.First(s => s.Session == l.Session)))
                    .Select(l => new CertifiedLecture(
                        l.Session.Session,
                        l.Session.Title,
                        l.Session.Day,
                        l.Credit.Minutes,
                        l.Credit.Credits
                    )),
            ],
            Credits = earned.Credits,
            IssuedAt = clock.GetUtcNow(),
            Token = "",
            Elsewhere = earned.Elsewhere,
        };
        var token = await services.GetRequiredService<CertificateKeys>().SignAsync(certificate);
        var outcome = await Register(grains, id).IssueAsync(Viewer.Of(http).Actor, certificate with { Token = token });
        return outcome.Certificate is { } issued ? TypedResults.Ok(issued) : Problems.Of(outcome.Refusal!);
    }

    private static async Task<Results<Ok<CertificateView>, ProblemHttpResult>> GetAsync(
        string number,
        HttpContext http,
        CertificateFinder finder
    ) =>
        await finder.FindAsync(number, http) is { } found
            ? TypedResults.Ok(
                new CertificateView(found.Attendance, await finder.Register(found.Register).ReasonAsync(number), found.Completion)
            )
            : Unknown(number);

    /// <param name="language"><c>en</c>, <c>ar</c> or <c>ko</c>.</param>
    private static async Task<Results<FileContentHttpResult, ProblemHttpResult>> PrintAsync(
        string number,
        HttpContext http,
        CertificateFinder finder,
        IGrainFactory grains,
        IServiceProvider services,
        string language = "en"
    )
    {
        if (CertificateTexts.For(language) is not { } texts)
            return Problems.Of(
                CertificateCodes.UnknownLanguage,
                $"Certificates are printed in {string.Join(", ", CertificateTexts.Languages)}.",
                "language"
            );
        if (await finder.FindAsync(number, http) is not { } found)
            return Unknown(number);
        var keys = await services.GetRequiredService<CertificateKeys>().ListAsync();
        var printer = services.GetRequiredService<CertificatePrinter>();
        byte[] pdf;
        if (found.Attendance is { Certificate: var certificate })
        {
            if (!CertificateToken.IsAsSigned(certificate, keys))
                return Altered();
            var zone = (await grains.GetGrain<IConferenceGrain>(certificate.Conference.Value).GetAsync())?.TimeZone;
            pdf = await Task.Run(() => printer.Print(certificate, texts, ZoneOf(zone), AddressOf(certificate.Token)));
        }
        else
        {
            var completion = found.Completion!.Certificate;
            if (!CertificateToken.IsAsSigned(completion, keys))
                return Altered();
            var profile = await services.GetRequiredService<ProgrammeBook>().FindAsync(completion.Programme.Value);
            var zone = profile is null ? null : (await grains.GetGrain<INetworkGrain>(profile.Network.Value).GetAsync())?.TimeZone;
            pdf = await Task.Run(() => printer.Print(completion, texts, ZoneOf(zone), AddressOf(completion.Token)));
        }
        return TypedResults.File(pdf, "application/pdf", $"{number}-{language}.pdf");

        // The token contains the holder's name. It comes after the #, because browsers do not send this part of an address to a server. So
        // no server log contains the name.
        string AddressOf(string token) => new Uri(PublicAddress.Of(http), $"/verify#{token}").ToString();
    }

    private static TimeZoneInfo ZoneOf(string? zone) => TimeZoneInfo.FindSystemTimeZoneById(zone ?? "Etc/UTC");

    private static ProblemHttpResult Altered() =>
        Problems.Of(CertificateCodes.Altered, "What is stored of this certificate is not what was signed, so it is not printed.");

    private static async Task<Results<NoContent, ProblemHttpResult>> RevokeAsync(
        string number,
        RevokeRequest request,
        HttpContext http,
        CertificateFinder finder
    )
    {
        if (await finder.FindAsync(number, http) is not { Manages: true } found)
            return Unknown(number);
        var code = await finder.Register(found.Register).RevokeAsync(Viewer.Of(http).Actor, number, request.Reason);
        return CertificateCodes.NotRevoked(code, number) is { } refusal ? Problems.Of(refusal) : TypedResults.NoContent();
    }

    /// <summary>Verifies a certificate by the token in its QR code or by its printed number.</summary>
    private static async Task<Results<Ok<Verification>, ProblemHttpResult>> VerifyAsync(
        IGrainFactory grains,
        IServiceProvider services,
        string? token = null,
        string? number = null
    )
    {
        if (token is null && number is null)
            return Problems.Of(RequestCodes.BadParameter, "A token or a number is needed.", "token");
        var keys = await services.GetRequiredService<CertificateKeys>().ListAsync();
        CertificateClaims? said = null;
        if (token is not null)
        {
            if ((said = CertificateToken.Verify(token, keys)) is null)
                return TypedResults.Ok(new Verification(CertificateStanding.Forged));
            number = said.Number;
        }
        number = number!.Trim().ToLowerInvariant();
        if (CertificateNumber.RegisterOf(number) is not { } id)
            return TypedResults.Ok(new Verification(CertificateStanding.Unknown));
        var register = grains.GetGrain<ICertificatesGrain>(id.Key);
        return TypedResults.Ok(
            (
                id.Programme is null
                    ? Verified(await register.GetAsync(number), said, keys)
                    : Verified(await register.GetCompletionAsync(number), said, keys)
            ) ?? new Verification(CertificateStanding.Unknown)
        );
    }

    /// <summary>A stored certificate that differs from what was signed is not valid.</summary>
    /// <param name="said">The claims of the token that was asked about. Null if only the number is known.</param>
    private static Verification? Verified(IssuedCertificate? issued, CertificateClaims? said, ImmutableArray<SigningKey> keys)
    {
        if (issued is not { Certificate: var certificate, Revoked: var revoked })
            return null;
        var claims = CertificateToken.ClaimsOf(certificate);
        if (!CertificateToken.IsAsSigned(certificate, keys) || (said ?? claims) != claims)
            return new(CertificateStanding.Forged);
        var names = CertificateToken.SignsEverything(certificate)
            ? new CertificateNames(certificate.Holder, certificate.Network, certificate.Policy.Name, certificate.Policy.Unit)
            : null;
        return new(StandingOf(revoked), claims, revoked?.At, names);
    }

    private static Verification? Verified(IssuedCompletion? issued, CertificateClaims? said, ImmutableArray<SigningKey> keys)
    {
        if (issued is not { Certificate: var certificate, Revoked: var revoked })
            return null;
        var claims = CertificateToken.ClaimsOf(certificate);
        return !CertificateToken.IsAsSigned(certificate, keys) || (said ?? claims) != claims
            ? new(CertificateStanding.Forged)
            : new(StandingOf(revoked), claims, revoked?.At, new(certificate.Holder, certificate.Network, null, null, certificate.Title));
    }

    private static CertificateStanding StandingOf(Revocation? revoked) =>
        revoked switch
        {
            null => CertificateStanding.Valid,
            { Replaced: null } => CertificateStanding.Revoked,
            _ => CertificateStanding.Replaced,
        };

    private static ICertificatesGrain Register(IGrainFactory grains, ConferenceId conference) =>
        grains.GetGrain<ICertificatesGrain>(conference.Value);

    private static ProblemHttpResult Unknown(string number) => Problems.Of(CertificateCodes.NoSuch(number));
}
