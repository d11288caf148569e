using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using ConsultHub.Tests.Fixtures;
using static ConsultHub.Tests.Accounts.NewPerson;

namespace ConsultHub.Tests.Accounts;

/// <summary>An authenticator app (RFC 6238) with a key in base32.</summary>
/// <param name="Used">The code with which the app was confirmed.</param>
internal sealed record AuthenticatorApp(string Key, string Used = "")
{
    public string Now
    {
        get
        {
            var bits = string.Concat(Key.Select(c => Convert.ToString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(c), 2).PadLeft(5, '0')));
            var key = bits.Chunk(8).Where(b => b.Length == 8).Select(b => Convert.ToByte(new string(b), 2)).ToArray();
            var step = BitConverter.GetBytes(IPAddress.HostToNetworkOrder(DateTimeOffset.UtcNow.ToUnixTimeSeconds() / 30));
#pragma warning disable CA5350 // RFC 6238 uses SHA-1
            var hash = HMACSHA1.HashData(key, step);
#pragma warning restore CA5350
            var code = IPAddress.NetworkToHostOrder(BitConverter.ToInt32(hash, hash[^1] & 15)) & 0x7fffffff;
            return (code % 1_000_000).ToString("000000", CultureInfo.InvariantCulture);
        }
    }

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
