using System.Security.Cryptography;
using System.Text;
using ConsultHub.Accounts;

namespace ConsultHub.Web.Accounts;

/// <summary>
/// The text of a token: <c>hub_</c>, the token's id, and 256 random bits. The start is recognisable, so that programs that search files for
/// secrets find it. The text names no person.
/// </summary>
internal static class TokenText
{
    public const string Start = "hub_";

    private const int IdLength = 32,
        Longest = 120;

    public static (Guid Id, string Text, string Hash) Make()
    {
        var (id, secret) = (Guid.NewGuid(), AccountRules.NewSecret());
        return (id, $"{Start}{id:n}_{secret}", AccountRules.HashOf(secret));
    }

    /// <returns>The token's id and the hash of its secret. Null if the text is no token.</returns>
    public static (Guid Id, string Hash)? Parse(string text)
    {
        const int secret = 4 + IdLength + 1;
        return
            text.Length is > secret and <= Longest
            && text.StartsWith(Start, StringComparison.Ordinal)
            && text[secret - 1] == '_'
            && Guid.TryParseExact(text.AsSpan(Start.Length, IdLength), "n", out var id)
            ? (id, AccountRules.HashOf(text[secret..]))
            : null;
    }

    /// <summary>Compares two hashes in constant time.</summary>
    public static bool Matches(string hash, string other) =>
        CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(hash), Encoding.ASCII.GetBytes(other));
}
