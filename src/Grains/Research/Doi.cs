using System.Text.RegularExpressions;

namespace ConsultHub.Research;

/// <summary>
/// Digital object identifiers, by the syntax in the DOI Handbook of the DOI Foundation: <c>10.</c>, the number of the registrant, a slash
/// and a suffix of printable characters.
/// </summary>
public static partial class Doi
{
    /// <summary>The longest DOI that the hub takes, in characters. The handbook has no limit.</summary>
    public const int Longest = 200;

    [GeneratedRegex(@"^10\.[1-9]\d{3,8}(?:\.\d{1,9})*/[^\s\p{C}]+\z")]
    private static partial Regex Shape();

    [GeneratedRegex(@"^(?:https?://(?:dx\.|www\.)?doi\.org/|doi:\s*)", RegexOptions.IgnoreCase)]
    private static partial Regex Before();

    public static bool IsValid(string doi) => doi.Length <= Longest && Shape().IsMatch(doi);

    /// <summary>Removes what stands before the name: the address of the resolver, or <c>doi:</c>.</summary>
    /// <returns>Null if there is no text. Any other text stays, so that the check can refuse it.</returns>
    public static string? BareOf(string? text)
    {
        text = text?.Trim();
        if (string.IsNullOrEmpty(text))
            return null;
        var bare = Before().Replace(text, "");
        return bare.Length == text.Length || !bare.Contains('%', StringComparison.Ordinal) ? bare : Uri.UnescapeDataString(bare);
    }
}

/// <summary>Addresses of documents.</summary>
public static class WebLink
{
    public const int Longest = 500;

    public static bool IsValid(string link) =>
        Uri.TryCreate(link, UriKind.Absolute, out var address)
        && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps)
        && address.Host.Length > 0
        && address.UserInfo.Length == 0;
}
