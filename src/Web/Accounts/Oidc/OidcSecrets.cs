using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;

namespace ConsultHub.Web.Accounts.Oidc;

/// <summary>Why a person goes to a provider, if not to sign in with an identity that is connected already.</summary>
/// <param name="SignIn">The sign-in whose person connects an identity. Null for an invitation.</param>
/// <param name="Invitation">The secret of the invitation that the person accepts. Null for a person who is signed in.</param>
/// <param name="Browser">A random text that the browser keeps in a cookie. So the address works only in this browser.</param>
internal sealed record OidcErrand(PersonId? Person, Guid? SignIn, string? Invitation, string Browser);

/// <summary>Encrypts what the hub keeps about providers' sign-ins, with the keys of the web nodes.</summary>
internal sealed class OidcSecrets(IDataProtectionProvider protection)
{
    /// <summary>How long a person may take at the provider.</summary>
    public static readonly TimeSpan Lasts = TimeSpan.FromMinutes(10);

    private readonly ITimeLimitedDataProtector _errands = protection.CreateProtector("oidc-errand").ToTimeLimitedDataProtector();

    public string Protect(OidcErrand errand) => _errands.Protect(JsonSerializer.Serialize(errand), Lasts);

    /// <summary>Null if the text is not valid or too old.</summary>
    public OidcErrand? ReadErrand(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<OidcErrand>(_errands.Unprotect(text));
        }
        catch (Exception e) when (e is CryptographicException or FormatException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Encrypts a provider's refresh token. Only for this person and this provider it can be decrypted.</summary>
    public ImmutableArray<byte> ProtectToken(PersonId person, string issuer, string? token) =>
        string.IsNullOrEmpty(token) ? [] : [.. Tokens(person, issuer).Protect(Encoding.UTF8.GetBytes(token))];

    /// <summary>Null if there is no token, or if the key that encrypted it is lost.</summary>
    public string? ReadToken(PersonId person, string issuer, ImmutableArray<byte> token)
    {
        if (token.IsDefaultOrEmpty)
            return null;
        try
        {
            return Encoding.UTF8.GetString(Tokens(person, issuer).Unprotect([.. token]));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private IDataProtector Tokens(PersonId person, string issuer) => protection.CreateProtector("oidc-token", person.Value, issuer);
}
