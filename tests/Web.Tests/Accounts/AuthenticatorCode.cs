using System.Globalization;
using System.Net;
using System.Security.Cryptography;

namespace ConsultHub.Tests.Accounts;

/// <summary>The codes of authenticator apps (RFC 6238).</summary>
internal static class AuthenticatorCode
{
    /// <summary>The code that an app shows now.</summary>
    /// <param name="secret">The app's key in base32.</param>
    public static string Now(string secret)
    {
        var bits = string.Concat(secret.Select(c => Convert.ToString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(c), 2).PadLeft(5, '0')));
        var key = bits.Chunk(8).Where(b => b.Length == 8).Select(b => Convert.ToByte(new string(b), 2)).ToArray();
        var step = BitConverter.GetBytes(IPAddress.HostToNetworkOrder(DateTimeOffset.UtcNow.ToUnixTimeSeconds() / 30));
#pragma warning disable CA5350 // RFC 6238 uses SHA-1
        var hash = HMACSHA1.HashData(key, step);
#pragma warning restore CA5350
        var code = IPAddress.NetworkToHostOrder(BitConverter.ToInt32(hash, hash[^1] & 15)) & 0x7fffffff;
        return (code % 1_000_000).ToString("000000", CultureInfo.InvariantCulture);
    }
}
