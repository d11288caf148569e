using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;

namespace ConsultHub.Web.Accounts;

/// <summary>The purpose for which the hub asks for a passkey. A challenge for one purpose is refused for another.</summary>
internal enum PasskeyPurpose
{
    SignIn,

    /// <summary>To give the second factor again, before a grave change.</summary>
    Factor,

    /// <summary>To add a passkey.</summary>
    Add,
}

/// <summary>A challenge that a passkey must sign.</summary>
/// <param name="Id">The account stores this id when the challenge is used.</param>
/// <param name="State">What ASP.NET Core Identity needs to check the answer: the challenge, and whose passkey is asked for.</param>
/// <param name="SignIn">The sign-in in which the challenge was given. Null if it is for signing in.</param>
internal sealed record PasskeyChallenge(Guid Id, string State, DateTimeOffset Until, Guid? SignIn);

/// <summary>
/// Gives challenges to browsers. An encrypted cookie holds the challenge. So every web node can check it, and it works only in the browser
/// that asked for it, for a short time.
/// </summary>
internal sealed class PasskeyChallenges(IDataProtectionProvider protection, TimeProvider clock)
{
    private const string Cookie = "hub.passkey";

    /// <summary>How long a person may take to answer.</summary>
    public static readonly TimeSpan Lasts = TimeSpan.FromMinutes(5);

    public void Give(HttpContext http, PasskeyPurpose purpose, string state)
    {
        var challenge = new PasskeyChallenge(Guid.NewGuid(), state, clock.GetUtcNow() + Lasts, SignInOf(http, purpose));
        http.Response.Cookies.Append(Cookie, Protector(purpose).Protect(JsonSerializer.Serialize(challenge)), Options(http, purpose));
    }

    /// <summary>Reads the browser's challenge and deletes its cookie.</summary>
    /// <returns>Null if there is none, if it is too old, or if it was given for something else.</returns>
    public PasskeyChallenge? Take(HttpContext http, PasskeyPurpose purpose)
    {
        if (http.Request.Cookies[Cookie] is not { } given)
            return null;
        http.Response.Cookies.Delete(Cookie, Options(http, purpose));
        try
        {
            var challenge = JsonSerializer.Deserialize<PasskeyChallenge>(Protector(purpose).Unprotect(given));
            return challenge?.Until > clock.GetUtcNow() && challenge.SignIn == SignInOf(http, purpose) ? challenge : null;
        }
        catch (Exception e) when (e is CryptographicException or FormatException or JsonException)
        {
            return null;
        }
    }

    private static Guid? SignInOf(HttpContext http, PasskeyPurpose purpose) =>
        purpose == PasskeyPurpose.SignIn ? null : Viewer.Of(http).Ticket.SignIn;

    private static CookieOptions Options(HttpContext http, PasskeyPurpose purpose) =>
        new()
        {
            HttpOnly = true,
            SameSite = SameSiteMode.Strict,
            Secure = http.Request.IsHttps,
            Path = purpose switch
            {
                PasskeyPurpose.SignIn => PasskeysApi.SignInPath,
                PasskeyPurpose.Factor => PasskeysApi.FactorPath,
                PasskeyPurpose.Add => PasskeysApi.OwnPath,
                _ => throw new ArgumentOutOfRangeException(nameof(purpose), purpose, null),
            },
            MaxAge = Lasts,
        };

    private IDataProtector Protector(PasskeyPurpose purpose) => protection.CreateProtector("passkey-challenge", purpose.ToString());
}
