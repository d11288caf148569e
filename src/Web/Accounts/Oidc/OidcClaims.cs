using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using ConsultHub.Accounts;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace ConsultHub.Web.Accounts.Oidc;

/// <summary>What a provider says about a person: in the ID token, and at its address for user information, which counts first.</summary>
internal sealed class OidcClaims(string subject, JsonElement? token, JsonElement? userInfo)
{
    private const int LongestName = 120;

    public string Subject => subject;

    /// <summary>The provider's id of the session.</summary>
    public string? Session => One("sid");

    public string? UserName => One("preferred_username");

    public string Name => One("name") is { Length: > 0 and <= LongestName } name ? name : UserName ?? "?";

    public static JsonElement PayloadOf(JsonWebToken token)
    {
        using var document = JsonDocument.Parse(Encoding.UTF8.GetString(Base64UrlEncoder.DecodeBytes(token.EncodedPayload)));
        return document.RootElement.Clone();
    }

    /// <summary>The grants that the claims give.</summary>
    public ImmutableArray<Grant> GrantsOf(OidcProvider provider, DateTimeOffset now) =>
        [
            .. provider
                .MapRoles.Where(m => Values(m.Claim).Contains(m.Value))
                .Select(m => m.ToGrant(provider.Issuer, now))
                .DistinctBy(g => (g.Role, g.Scope)),
        ];

    /// <summary>
    /// When the person gave the provider a second factor. Null if the person gave none. If the provider does not say when, the factor
    /// counts, but never as given just now, because the person may have given it long ago.
    /// </summary>
    public DateTimeOffset? FactorAt(OidcProvider provider, DateTimeOffset now) =>
        !Values("amr").Intersect(OidcProvider.Split(provider.FactorMethods)).Any() ? null
        : long.TryParse(One("auth_time"), NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at <= now.ToUnixTimeSeconds()
            ? DateTimeOffset.FromUnixTimeSeconds(at)
        : DateTimeOffset.UnixEpoch;

    private string? One(string claim) => Values(claim).FirstOrDefault();

    private List<string> Values(string claim) => Find(userInfo, claim) ?? Find(token, claim) ?? [];

    private static List<string>? Find(JsonElement? from, string claim)
    {
        if (from is not { ValueKind: JsonValueKind.Object } found)
            return null;
        if (found.TryGetProperty(claim, out var direct))
            return Texts(direct);
        foreach (var part in claim.Split('.'))
            if (found.ValueKind != JsonValueKind.Object || !found.TryGetProperty(part, out found))
                return null;
        return Texts(found);
    }

    private static List<string> Texts(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.Array => [.. value.EnumerateArray().SelectMany(Texts)],
            JsonValueKind.String => [value.GetString()!],
            JsonValueKind.True or JsonValueKind.False or JsonValueKind.Number => [value.GetRawText()],
            _ => [],
        };
}
