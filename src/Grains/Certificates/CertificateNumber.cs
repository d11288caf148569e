using System.Buffers;
using System.Security.Cryptography;

namespace ConsultHub.Certificates;

/// <summary>Numbers of certificates: the conference, a dot, eight characters without those that are mistaken for each other (40 bits, drawn
/// by lot, so that nobody finds one by trying).</summary>
public static class CertificateNumber
{
    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz"; // Crockford's base 32
    private static readonly SearchValues<char> Known = SearchValues.Create(Alphabet);
    private const int Length = 8;

    public static string New(ConferenceId conference) => $"{conference}.{RandomNumberGenerator.GetString(Alphabet, Length)}";

    /// <returns>Null where the text is no number.</returns>
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
