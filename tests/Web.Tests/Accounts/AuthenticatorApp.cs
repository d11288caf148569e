using System.Net;
using ConsultHub.Tests.Fixtures;
using static ConsultHub.Tests.Accounts.NewPerson;

namespace ConsultHub.Tests.Accounts;

/// <summary>An authenticator app with a key in base32.</summary>
/// <param name="Used">The code with which the app was confirmed.</param>
internal sealed record AuthenticatorApp(string Key, string Used = "")
{
    public string Now => AuthenticatorCode.Now(Key);

    /// <summary>Sets up an app for a person. Returns the app and the recovery codes.</summary>
    public static async Task<(AuthenticatorApp App, string[] RecoveryCodes)> AddAsync(HttpClient http, string password = NewPerson.Password)
    {
        var key = (await DoAsync(http, "POST", "api/me/totp", new { password })).GetProperty("key").GetString()!;
        Assert.Equal(
            (HttpStatusCode.BadRequest, "factor.wrong-code"),
            await RefusedAsync(http, "PUT", "api/me/totp", new { code = "not a code" })
        );
        var app = new AuthenticatorApp(key);
        var used = app.Now;
        var answer = await DoAsync(http, "PUT", "api/me/totp", new { code = used });
        return (app with { Used = used }, [.. answer.GetProperty("recoveryCodes").EnumerateArray().Select(c => c.GetString()!)]);
    }
}
