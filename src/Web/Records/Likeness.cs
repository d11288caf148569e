using System.Collections.Immutable;

namespace ConsultHub.Web.Records;

/// <summary>
/// Finds names that are probably those of one person, spelt differently: in another order, with other spaces, or with other vowels. It only
/// leads to a question, so it may be wrong.
/// </summary>
internal static class Likeness
{
    /// <summary>Two names with a key in common are alike.</summary>
    public static ImmutableArray<string> KeysOf(LocalName name)
    {
        var english = RecordRow.Fold(name.En);
        var letters = string.Concat(english.Where(char.IsLetter).Order());
        var consonants = string.Concat(english.Split([' ', '-']).SelectMany(Consonants).Order());
        return
        [
            .. new[] { ("letters", letters), ("consonants", consonants), ("ar", Plain(name.Ar)), ("ko", Plain(name.Ko)) }
                .Where(k => k.Item2.Length > 0)
                .Select(k => $"{k.Item1}/{k.Item2}"),
        ];
    }

    /// <summary>Whether two names are different in the same script, so that they are not those of one person.</summary>
    public static bool Differ(LocalName a, LocalName b) =>
        (Plain(a.Ko) is { Length: > 0 } ko && Plain(b.Ko) is { Length: > 0 } other && ko != other)
        || (Plain(a.Ar) is { Length: > 0 } ar && Plain(b.Ar) is { Length: > 0 } another && ar != another);

    private static string Plain(string? name) => string.Concat(RecordRow.Fold(name ?? "").Where(char.IsLetter));

    /// <summary>A word without vowels and doubled letters: Minjoon and Minjun are alike.</summary>
    private static string Consonants(string word)
    {
        var kept = new List<char>();
        foreach (var c in word.Where(char.IsLetter))
            if (!"aeiouwy".Contains(c, StringComparison.Ordinal) && (kept.Count == 0 || kept[^1] != c))
                kept.Add(c);
        return kept.Count == 0 ? word : string.Concat(kept);
    }
}
