using System.Buffers.Text;
using System.Collections.Immutable;
using System.IO.Compression;
using System.Text.Json.Nodes;

namespace ConsultHub.Web.Certificates;

/// <summary>
/// Makes the status list of a register (W3C Bitstring Status List 1.0). Its bits say which certificates are revoked or replaced. All
/// certificates of a register share one list, so the hub does not learn which one a verifier asks about.
/// </summary>
internal static class StatusList
{
    /// <summary>The smallest length that the recommendation allows. A register never has as many certificates and revocations.</summary>
    public const int Length = 131_072;

    /// <summary>A verifier without a network may use a list for this time.</summary>
    public static readonly TimeSpan Lasts = TimeSpan.FromDays(1);

    /// <summary>A verifier with a network, and each cache, asks again after this time.</summary>
    public static readonly TimeSpan Fresh = TimeSpan.FromMinutes(5);

    /// <returns>The bits in GZIP and base64url, after the letter by which multibase names this encoding.</returns>
    public static string Encode(ImmutableArray<long> revoked)
    {
        var bits = new byte[Length / 8];
        foreach (var place in revoked)
            bits[checked((int)place) / 8] |= (byte)(0x80 >> (int)(place % 8));
        using var packed = new MemoryStream();
        using (var zip = new GZipStream(packed, CompressionLevel.Optimal))
            zip.Write(bits);
        return $"u{Base64Url.EncodeToString(packed.ToArray())}";
    }

    /// <returns>The payload of the JWT.</returns>
    public static JsonObject Of(ImmutableArray<long> revoked, BadgeAddresses at, DateTimeOffset now)
    {
        var until = now + Lasts;
        return new()
        {
            ["@context"] = new JsonArray(Badge.Credentials),
            ["id"] = at.StatusList,
            ["type"] = new JsonArray("VerifiableCredential", "BitstringStatusListCredential"),
            ["issuer"] = at.Issuer,
            ["validFrom"] = Badge.Instant(now),
            ["validUntil"] = Badge.Instant(until),
            ["credentialSubject"] = new JsonObject
            {
                ["id"] = $"{at.StatusList}#list",
                ["type"] = "BitstringStatusList",
                ["statusPurpose"] = "revocation",
                ["encodedList"] = Encode(revoked),
                ["ttl"] = (long)Fresh.TotalMilliseconds,
            },
            ["iss"] = at.Issuer,
            ["sub"] = $"{at.StatusList}#list",
            ["jti"] = at.StatusList,
            ["nbf"] = now.ToUnixTimeSeconds(),
            ["exp"] = until.ToUnixTimeSeconds(),
        };
    }
}
