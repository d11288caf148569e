using System.Buffers.Text;
using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using ConsultHub.Attendance;
using ConsultHub.Certificates;

namespace ConsultHub.Web.Certificates;

/// <summary>
/// The data in a certificate's QR code. They are enough to compare with the printed certificate, and short enough for cameras to read the
/// code well.
/// </summary>
/// <param name="Number"><c>jti</c>.</param>
/// <param name="Holder">The holder's name in English. Like every text here, it has at most 80 characters.</param>
/// <param name="Title">The conference's title, or the name of the education programme.</param>
/// <param name="Issuer">The network that held the conference or the programme.</param>
/// <param name="Body">The accrediting body. Null if the certificate is about no credit.</param>
/// <param name="Credits">Null if the certificate is about no credit.</param>
/// <param name="Unit">Null if the certificate is about no credit.</param>
/// <param name="IssuedAt">Seconds since 1970 UTC.</param>
public sealed record CertificateClaims(
    [property: JsonPropertyName("jti")] string Number,
    [property: JsonPropertyName("sub")] string Holder,
    [property: JsonPropertyName("evt")] string Title,
    [property: JsonPropertyName("iss")] string Issuer,
    [property: JsonPropertyName("body")] string? Body,
    [property: JsonPropertyName("cr")] decimal? Credits,
    [property: JsonPropertyName("unit")] string? Unit,
    [property: JsonPropertyName("from")] DateOnly? From,
    [property: JsonPropertyName("to")] DateOnly? To,
    [property: JsonPropertyName("iat")] long IssuedAt
);

/// <summary>
/// Compact JSON Web Signatures (RFC 7515) with ES256 (RFC 7518). Anybody with the public keys can verify them without the hub.
/// </summary>
public static class CertificateToken
{
    private const int LongestText = 80,
        LongestToken = 4_096;

    /// <param name="Dig">A digest of everything that is printed and that the claims do not contain in full. Null in tokens of earlier
    /// releases.</param>
    private sealed record Header(string Alg, string Kid, string? Dig = null);

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The claims that are signed for a certificate.</summary>
    public static CertificateClaims ClaimsOf(Certificate certificate)
    {
        var days = certificate.Lectures.Select(l => l.Day).OfType<DateOnly>().Order().ToList();
        return new(
            certificate.Number,
            Short(certificate.Holder.En),
            Short(certificate.Title),
            Short(certificate.Network?.En ?? certificate.Title),
            Short(certificate.Policy.Name.En),
            certificate.Credits,
            Short(CreditUnit.Of(certificate.Policy.Unit.En, certificate.Credits, "en")),
            days.Count > 0 ? days[0] : null,
            days.Count > 0 ? days[^1] : null,
            certificate.IssuedAt.ToUnixTimeSeconds()
        );
    }

    /// <summary>The claims that are signed for a certificate of completion.</summary>
    public static CertificateClaims ClaimsOf(CompletionCertificate certificate) =>
        new(
            certificate.Number,
            Short(certificate.Holder.En),
            Short(certificate.Title.En),
            Short(certificate.Network.En),
            null,
            null,
            null,
            certificate.From,
            certificate.To,
            certificate.IssuedAt.ToUnixTimeSeconds()
        );

    public static string Sign(Certificate certificate, string keyId, ECDsa key) =>
        Compact(new Header("ES256", keyId, DigestOf(certificate)), ClaimsOf(certificate), key);

    public static string Sign(CompletionCertificate certificate, string keyId, ECDsa key) =>
        Compact(new Header("ES256", keyId, DigestOf(certificate)), ClaimsOf(certificate), key);

    /// <summary>Signs a header and a payload, which are written as JSON.</summary>
    /// <param name="header">It says that the algorithm is ES256.</param>
    public static string Compact<THeader, TPayload>(THeader header, TPayload payload, ECDsa key)
    {
        var signed = $"{Part(header)}.{Part(payload)}";
        return $"{signed}."
            + Base64Url.EncodeToString(
                key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation)
            );
    }

    /// <summary>Returns the claims of a token if one of the keys has signed it, otherwise null.</summary>
    public static CertificateClaims? Verify(string? token, ImmutableArray<SigningKey> keys)
    {
        if (token is not { Length: > 0 and <= LongestToken } || token.Split('.') is not [var header, var payload, var signature])
            return null;
        try
        {
            if (Read<Header>(header) is not { Alg: "ES256" } head || keys.FirstOrDefault(k => k.Id == head.Kid) is not { } key)
                return null;
            using var ecdsa = PublicPart(key);
            return ecdsa.VerifyData(
                Encoding.ASCII.GetBytes($"{header}.{payload}"),
                Base64Url.DecodeFromChars(signature),
                HashAlgorithmName.SHA256,
                DSASignatureFormat.IeeeP1363FixedFieldConcatenation
            )
                ? Read<CertificateClaims>(payload)
                : null;
        }
        catch (Exception e) when (e is FormatException or JsonException or CryptographicException)
        {
            return null; // not a token of this hub
        }
    }

    /// <summary>Whether a stored certificate is still the same as the one that was signed when it was issued.</summary>
    public static bool IsAsSigned(Certificate certificate, ImmutableArray<SigningKey> keys) =>
        Verify(certificate.Token, keys) == ClaimsOf(certificate)
        && (DigestIn(certificate.Token) is not { } digest || digest == DigestOf(certificate));

    /// <summary>Whether a stored certificate is still the same as the one that was signed when it was issued.</summary>
    public static bool IsAsSigned(CompletionCertificate certificate, ImmutableArray<SigningKey> keys) =>
        Verify(certificate.Token, keys) == ClaimsOf(certificate) && DigestIn(certificate.Token) == DigestOf(certificate);

    /// <summary>Whether the signature covers everything that is printed, including the lectures and the names in other languages.</summary>
    public static bool SignsEverything(Certificate certificate) => DigestIn(certificate.Token) is not null;

    private static string? DigestIn(string token) => Read<Header>(token.Split('.')[0])?.Dig;

    /// <summary>
    /// Returns the first 128 bits of a SHA-256 hash. They are enough: a forger needs two certificates with the same hash, and nobody can
    /// choose the content of both. Each text is written with its length, so that two different certificates never give the same bytes.
    /// </summary>
    private static string DigestOf(Certificate certificate)
    {
        using var bytes = new MemoryStream();
        using (var writer = new BinaryWriter(bytes, Encoding.UTF8, leaveOpen: true))
        {
            Write(
                writer,
                certificate.Number,
                certificate.Conference.Value,
                certificate.Title,
                certificate.Person.Value,
                certificate.Policy.Id.Value,
                certificate.Policy.DayCap?.ToString("0.####", CultureInfo.InvariantCulture) ?? ""
            );
            foreach (var name in (LocalName?[])[certificate.Holder, certificate.Network, certificate.Policy.Name, certificate.Policy.Unit])
                Write(writer, name?.En ?? "", name?.Ar ?? "", name?.Ko ?? "");
            writer.Write(certificate.Lectures.Length);
            foreach (var lecture in certificate.Lectures)
                Write(
                    writer,
                    lecture.Session.Value,
                    lecture.Title,
                    lecture.Day?.ToString("O", CultureInfo.InvariantCulture) ?? "",
                    lecture.Minutes.ToString("R", CultureInfo.InvariantCulture),
                    lecture.Credits.ToString("0.####", CultureInfo.InvariantCulture)
                );
            writer.Write(certificate.Elsewhere.IsDefault ? 0 : certificate.Elsewhere.Length);
            foreach (var elsewhere in certificate.Elsewhere.IsDefault ? [] : certificate.Elsewhere)
                Write(
                    writer,
                    elsewhere.Title,
                    elsewhere.Day.ToString("O", CultureInfo.InvariantCulture),
                    elsewhere.Credits.ToString("0.####", CultureInfo.InvariantCulture)
                );
        }
        return Digest(bytes);
    }

    private static string DigestOf(CompletionCertificate certificate)
    {
        using var bytes = new MemoryStream();
        using (var writer = new BinaryWriter(bytes, Encoding.UTF8, leaveOpen: true))
        {
            Write(
                writer,
                certificate.Number,
                certificate.Programme.Value,
                certificate.Kind.ToString(),
                certificate.Cohort,
                certificate.Person.Value,
                certificate.From.ToString("O", CultureInfo.InvariantCulture),
                certificate.To.ToString("O", CultureInfo.InvariantCulture)
            );
            foreach (
                var name in (LocalName?[])
                    [certificate.Holder, certificate.Title, certificate.CohortName, certificate.Network, certificate.Partner]
            )
                Write(writer, name?.En ?? "", name?.Ar ?? "", name?.Ko ?? "");
            writer.Write(certificate.Lines.Length);
            foreach (var line in certificate.Lines)
                Write(writer, line.Name.En, line.Name.Ar ?? "", line.Name.Ko ?? "", line.Result ?? "");
        }
        return Digest(bytes);
    }

    private static string Digest(MemoryStream bytes) => Base64Url.EncodeToString(SHA256.HashData(bytes.ToArray()).AsSpan(0, 16));

    private static void Write(BinaryWriter writer, params ReadOnlySpan<string> texts)
    {
        foreach (var text in texts)
            writer.Write(text);
    }

    private static ECDsa PublicPart(SigningKey key) =>
        ECDsa.Create(
            new ECParameters
            {
                Curve = ECCurve.NamedCurves.nistP256,
                Q = new ECPoint { X = Base64Url.DecodeFromChars(key.X), Y = Base64Url.DecodeFromChars(key.Y) },
            }
        );

    private static string Part<T>(T value) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(value, Json));

    private static T? Read<T>(string part) => JsonSerializer.Deserialize<T>(Base64Url.DecodeFromChars(part), Json);

    private static string Short(string text) =>
        text.Length <= LongestText ? text : string.Concat(text.EnumerateRunes().Take(LongestText - 1)) + "…";
}
