using System.Buffers;
using System.Security.Cryptography;

namespace ConsultHub.Certificates;

/// <summary>
/// Makes and reads certificate numbers: the conference or the education programme, a dot and random characters. The alphabet has no
/// characters that people confuse. The numbers of a conference end with 8 characters (40 bits), and those of a programme with 10 (50 bits).
/// So nobody can find a certificate by trying numbers, and the length says of which kind it is.
/// </summary>
public static class CertificateNumber
{
    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz"; // Crockford's base 32
    private static readonly SearchValues<char> Known = SearchValues.Create(Alphabet);
    private const int OfConference = 8,
        OfProgramme = 10;

    public static string New(ConferenceId conference) => $"{conference}.{RandomNumberGenerator.GetString(Alphabet, OfConference)}";

    public static string New(ProgrammeId programme) => $"{programme}.{RandomNumberGenerator.GetString(Alphabet, OfProgramme)}";

    /// <summary>Returns the register in which a certificate with this number is.</summary>
    /// <returns>Null if the text is not a certificate number.</returns>
    public static CertificateRegisterId? RegisterOf(string? number)
    {
        var dot = number?.LastIndexOf('.') ?? -1;
        if (dot <= 0 || number.AsSpan(dot + 1).IndexOfAnyExcept(Known) >= 0)
            return null;
        return (number!.Length - dot - 1) switch
        {
            OfConference when TextId.TryParse<ConferenceId>(number[..dot], out var conference) => CertificateRegisterId.Of(conference),
            OfProgramme when TextId.TryParse<ProgrammeId>(number[..dot], out var programme) => CertificateRegisterId.Of(programme),
            _ => null,
        };
    }
}
