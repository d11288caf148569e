using System.Collections.Immutable;
using System.Globalization;

namespace ConsultHub.Conferences.Import;

/// <summary>Gathers what is odd in a file, so that a file that is odd throughout does not bury its reader.</summary>
internal sealed class WarningList
{
    private const int MostOfOneCode = 250;

    private readonly List<ImportWarning> _listed = [];
    private readonly Dictionary<string, int> _counts = [];
    private readonly Dictionary<string, (int Count, string Sentence, string Place)> _throughout = [];

    /// <summary>One oddity. Beyond 250 of one code only their number is told.</summary>
    public void Add(string code, string message, string? place)
    {
        var count = _counts[code] = _counts.GetValueOrDefault(code) + 1;
        if (count <= MostOfOneCode) _listed.Add(new ImportWarning(code, message, place));
    }

    /// <summary>An oddity that files tend to have throughout: told once, with the number of sessions and the first place.</summary>
    public void AddThroughout(string code, string sentence, string place)
    {
        var (count, first, at) = _throughout.GetValueOrDefault(code, (0, sentence, place));
        _throughout[code] = (count + 1, first, at);
    }

    public ImmutableArray<ImportWarning> ToImmutable() =>
    [
        .. _listed,
        .. _counts.Where(c => c.Value > MostOfOneCode)
            .Select(c => new ImportWarning(c.Key, $"{Number(c.Value - MostOfOneCode)} more of the same are not listed.", null)),
        .. _throughout.Select(t => new ImportWarning(t.Key, $"{t.Value.Sentence} Sessions concerned: {Number(t.Value.Count)}.", t.Value.Place)),
    ];

    private static string Number(int value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
