using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace ConsultHub.Conferences.Import;

/// <summary>Makes plain text from text in a file: removes HTML and control characters, and cuts text that is too long.</summary>
internal static partial class PlainText
{
    // Only HTML tags count as markup. "std::vector<int>" and "a < b" are ordinary text.
    private const string Tags =
        "a|abbr|address|article|aside|audio|b|blockquote|body|br|button|caption|center|cite|code|col|colgroup|dd|del|details|dfn|div|"
        + "dl|dt|em|embed|figcaption|figure|font|footer|form|h[1-6]|head|header|hr|html|i|iframe|img|input|ins|kbd|label|li|link|main|"
        + "mark|meta|nav|noscript|object|ol|p|picture|pre|q|s|samp|script|section|small|source|span|strike|strong|style|sub|summary|sup|"
        + "svg|table|tbody|td|textarea|tfoot|th|thead|title|tr|tt|u|ul|var|video";

    private const RegexOptions Safe = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking;

    [GeneratedRegex($"</?({Tags})(\\s[^<>]*)?/?>|<!--", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Markup();

    private static readonly Regex Unseen = new(@"<(script|style)(\s[^<>]*)?>[\s\S]*?</(script|style)\s*>|<!--[\s\S]*?-->", Safe);
    private static readonly Regex Item = new(@"<li(\s[^<>]*)?>", Safe);
    private static readonly Regex Break = new(
        @"<br(\s[^<>]*)?/?>|</(p|div|li|h[1-6]|tr|ul|ol|dd|dt|blockquote|pre|table|section|article)\s*>",
        Safe
    );
    private static readonly Regex Spaces = new(@"[ \t]+", Safe);
    private static readonly Regex BlankLines = new(@" ?\n( ?\n)+ ?", Safe);

    /// <summary>Returns the text as one line without control characters. Several spaces become one. Null if nothing remains.</summary>
    public static string? Line(string? text)
    {
        if (text is null)
            return null;
        var line = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune) || Rune.IsControl(rune))
            {
                if (line.Length > 0 && line[^1] != ' ')
                    line.Append(' ');
            }
            else
                line.Append(rune);
        }
        if (line.Length > 0 && line[^1] == ' ')
            line.Length--;
        return line.Length == 0 ? null : line.ToString();
    }

    /// <summary>Removes control characters. Line breaks stay, and a tab becomes a space.</summary>
    public static string Printable(string text)
    {
        if (!text.AsSpan().ContainsAnyInRange('\0', '\x1F') && !text.AsSpan().ContainsAnyInRange('\x7F', '\x9F'))
            return text;
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
            if (rune.Value is '\n' || !Rune.IsControl(rune))
                clean.Append(rune);
            else if (rune.Value is '\t')
                clean.Append(' ');
        return clean.ToString();
    }

    /// <summary>Returns text with its line breaks, without HTML. Null if nothing remains.</summary>
    /// <param name="hadMarkup">Whether HTML was removed.</param>
    public static string? Paragraphs(string? text, out bool hadMarkup)
    {
        hadMarkup = false;
        if (string.IsNullOrWhiteSpace(text))
            return null;
        text = text.ReplaceLineEndings("\n");
        if (text.Contains('<') && Markup().IsMatch(text))
        {
            hadMarkup = true;
            text = Unseen.Replace(text, "");
            text = Item.Replace(text, "• ");
            text = Break.Replace(text, "\n");
            text = WebUtility.HtmlDecode(Markup().Replace(text, ""));
        }
        text = Spaces.Replace(Printable(text).Replace('\u00A0', ' '), " ");
        // Repeats until nothing changes. So a second call with the result leaves its spaces and blank lines as they are.
        for (string? before = null; before != text; text = BlankLines.Replace(text, "\n\n").Trim())
            before = text;
        return text.Length == 0 ? null : text;
    }

    /// <summary>Cuts text that is too long, but never inside a character. Returns whether the text was too long.</summary>
    public static bool Cut([NotNullWhen(true)] ref string? text, int most)
    {
        if (text is null || text.Length <= most)
            return false;
        var end = most - 1;
        if (char.IsHighSurrogate(text[end - 1]))
            end--;
        text = string.Concat(text.AsSpan(0, end).TrimEnd(), "…");
        return true;
    }

    /// <summary>
    /// Makes a key from a name: lower-case Latin letters, digits and dashes. The key is empty if the name has no Latin letters and no
    /// digits, such as a name in Arabic script.
    /// </summary>
    public static string Slug(string? name, int most)
    {
        var slug = new StringBuilder();
        foreach (var c in (Line(name) ?? "").Normalize(NormalizationForm.FormKD).ToLowerInvariant())
        {
            if (slug.Length == most)
                break;
            if (char.IsAsciiLetterOrDigit(c))
                slug.Append(c);
            else if (
                slug.Length > 0
                && slug[^1] != '-'
                && !char.IsHighSurrogate(c)
                && char.GetUnicodeCategory(c) != System.Globalization.UnicodeCategory.NonSpacingMark
            )
                slug.Append('-');
        }
        return slug.ToString().TrimEnd('-');
    }
}
