using System.Buffers;
using System.Security.Cryptography;

namespace ConsultHub.Certificates;

/// <summary>
/// Makes and reads certificate numbers: the conference, a dot and eight characters. The alphabet has no characters that people confuse. The
/// characters are random (40 bits), so nobody can find a certificate by trying numbers.
/// </summary>
public static class CertificateNumber
{
    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz"; // Crockford's base 32
    private static readonly SearchValues<char> Known = SearchValues.Create(Alphabet);
    private const int Length = 8;

    public static string New(ConferenceId conference) => $"{conference}.{RandomNumberGenerator.GetString(Alphabet, Length)}";

    /// <summary>Returns the conference that a certificate number names.</summary>
    /// <returns>Null if the text is not a certificate number.</returns>
    public static ConferenceId? ConferenceOf(string? number)
    {
        var dot = number?.LastIndexOf('.') ?? -1;
        return
            dot > 0
            && number!.Length - dot - 1 == Length
            && number.AsSpan(dot + 1).IndexOfAnyExcept(Known) < 0
            && TextId.TryParse<ConferenceId>(number[..dot], out var conference)
            ? conference
            : null;
    }
}
