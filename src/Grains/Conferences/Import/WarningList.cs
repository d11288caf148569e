using System.Collections.Immutable;
using System.Globalization;

namespace ConsultHub.Conferences.Import;

/// <summary>
/// Collects the warnings about a file. The number of warnings is limited, so that the list stays readable. The sentences are in
/// <see cref="WarningSentences"/>.
/// </summary>
internal sealed class WarningList
{
    private const int MostOfOneCode = 250;

    private readonly List<ImportWarning> _listed = [];
    private readonly Dictionary<Code, int> _counts = [];
    private readonly Dictionary<Sentence, (int Count, string Place, (string Name, object? Value)[] Values)> _throughout = [];

    /// <summary>Adds one warning. After 250 warnings of one code, the others are only counted.</summary>
    public void Add(Sentence sentence, string? place, params (string Name, object? Value)[] values)
    {
        var count = _counts[sentence.Code] = _counts.GetValueOrDefault(sentence.Code) + 1;
        if (count <= MostOfOneCode)
            _listed.Add(Warning(sentence.Code, sentence, place, values));
    }

    /// <summary>
    /// Adds a warning about something that many files have in many places. The warning is reported once, with the number of places and with
    /// the first place.
    /// </summary>
    public void AddThroughout(Sentence sentence, string place, params (string Name, object? Value)[] values)
    {
        var (count, at, first) = _throughout.GetValueOrDefault(sentence, (0, place, values));
        _throughout[sentence] = (count + 1, at, first);
    }

    public ImmutableArray<ImportWarning> ToImmutable() =>
        [
            .. _listed,
            .. _counts
                .Where(c => c.Value > MostOfOneCode)
                .Select(c => Warning(c.Key, WarningSentences.More, null, [("count", c.Value - MostOfOneCode)])),
            .. _throughout.Select(t =>
                Warning(t.Key.Code, t.Key, t.Value.Place, [.. t.Value.Values, ("places", t.Value.Count)], WarningSentences.Places)
            ),
        ];

    private static ImportWarning Warning(
        Code code,
        Sentence sentence,
        string? place,
        (string Name, object? Value)[] values,
        Sentence? also = null
    )
    {
        var message = WarningSentences.Say(sentence, values);
        if (also is not null)
            message += ' ' + WarningSentences.Say(also, values);
        return new ImportWarning(
            code,
            message,
            place,
            sentence.Name,
            values.ToImmutableDictionary(v => v.Name, v => Convert.ToString(v.Value, CultureInfo.InvariantCulture) ?? "")
        );
    }
}
