using System.Globalization;
using System.Security.Claims;

namespace ConsultHub.Web;

/// <summary>
/// What the encrypted sign-in cookie says: who signed in, and when. It says nothing about roles, because these can change at any time.
/// </summary>
/// <param name="SignIn">The id of the sign-in, which the person's account keeps.</param>
/// <param name="Until">When the sign-in ends at the latest.</param>
/// <param name="FactorAt">When the person last gave a second factor. Null if never.</param>
/// <param name="Demo">Whether the demo allowed the sign-in. It is void when the demo is off.</param>
/// <param name="Issuer">The provider by which the person signed in. Roles that its claims give count only in such a sign-in.</param>
public sealed record SignInTicket(
    PersonId Person,
    Guid SignIn,
    DateTimeOffset Until,
    DateTimeOffset? FactorAt,
    bool Demo,
    string? Issuer = null
)
{
    /// <summary>The token that the request carries instead of a cookie. Null if a person has signed in.</summary>
    public Guid? Token { get; init; }

    /// <returns>Null if nobody has signed in, or if an earlier release made the cookie.</returns>
    public static SignInTicket? From(ClaimsPrincipal? principal) =>
        TextId.TryParse<PersonId>(principal?.FindFirstValue("person"), out var person)
        && Guid.TryParse(principal!.FindFirstValue("sign-in"), out var id)
        && Time(principal!.FindFirstValue("until")) is { } until
            ? new(
                person,
                id,
                until,
                Time(principal!.FindFirstValue("factor")),
                principal!.HasClaim("demo", "true"),
                principal!.FindFirstValue("issuer")
            )
            {
                Token = Guid.TryParse(principal!.FindFirstValue("token"), out var token) ? token : null,
            }
            : null;

    public ClaimsPrincipal ToPrincipal(string scheme)
    {
        List<Claim> claims = [new("person", Person.Value), new("sign-in", SignIn.ToString()), new("until", Text(Until))];
        if (FactorAt is { } factor)
            claims.Add(new("factor", Text(factor)));
        if (Demo)
            claims.Add(new("demo", "true"));
        if (Token is { } token)
            claims.Add(new("token", token.ToString()));
        if (Issuer is not null)
            claims.Add(new("issuer", Issuer));
        return new(new ClaimsIdentity(claims, scheme));
    }

    private static string Text(DateTimeOffset at) => at.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);

    private static DateTimeOffset? Time(string? text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at < 253_402_300_800_000
            ? DateTimeOffset.FromUnixTimeMilliseconds(at)
            : null;
}
