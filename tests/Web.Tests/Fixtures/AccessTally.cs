using System.Globalization;

namespace ConsultHub.Tests.Fixtures;

/// <summary>Counts the answers of one access test, and keeps those that differ from the table.</summary>
/// <param name="what">What the test asks for, such as <c>endpoints</c>.</param>
internal sealed class AccessTally(string what)
{
    private readonly List<string> _leaks = [],
        _passed = [],
        _refusals = [],
        _twins = [];
    private readonly HashSet<string> _unproven = [];
    private int _pairs,
        _denied;

    /// <param name="pair">The row, the visitor and the network whose things were asked for.</param>
    /// <param name="allowed">What the table says.</param>
    /// <param name="refused">Whether the hub refused because of the visitor.</param>
    /// <param name="succeeded">Whether the hub did what the visitor asked for.</param>
    public void Note(string pair, bool allowed, bool refused, bool succeeded, string answer)
    {
        _pairs++;
        _denied += allowed ? 0 : 1;
        if (allowed && refused)
            _refusals.Add($"{pair}: {answer}");
        else if (!allowed && !refused)
            (succeeded ? _leaks : _passed).Add($"{pair}: {answer}");
    }

    public void NoteSecret(string pair, bool expected, bool shown)
    {
        if (shown != expected)
            (shown ? _leaks : _refusals).Add($"{pair}: {(shown ? "shows" : "hides")} the secret");
    }

    public void NoteTwin(string pair, bool succeeded, string answer)
    {
        if (!succeeded)
            _twins.Add($"{pair}: {answer}");
    }

    /// <summary>Notes a row of which no request can succeed, or not yet.</summary>
    public void NoteNoTwin(string row, string reason) => _unproven.Add($"{row}: {reason}");

    /// <summary>Appends the counts to the file that <c>HUB_ACCESS_REPORT</c> names, if any. Fails if an answer differs from the
    /// table.</summary>
    public void Conclude()
    {
        (string Name, IReadOnlyCollection<string> Lines)[] lists =
        [
            ("leaks", _leaks),
            ("answers without a refusal that did nothing", _passed),
            ("wrong refusals", _refusals),
            ("twins that failed", _twins),
        ];
        if (Environment.GetEnvironmentVariable("HUB_ACCESS_REPORT") is { Length: > 0 } file)
            File.AppendAllLines(
                file,
                [
                    string.Create(CultureInfo.InvariantCulture, $"{what}: {_pairs} pairs, of which the table refuses {_denied}"),
                    .. lists
                        .Append(("rows without a twin", _unproven))
                        .SelectMany(list => list.Item2.Select(line => "  " + line).Prepend($"{what}: {list.Item2.Count} {list.Item1}")),
                ]
            );
        Assert.True(
            lists.All(list => list.Lines.Count == 0),
            string.Join('\n', lists.Where(l => l.Lines.Count > 0).SelectMany(l => l.Lines.Prepend($"{l.Lines.Count} {l.Name}:")))
        );
    }
}
