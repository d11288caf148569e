using ConsultHub.Benchmarks;
using ConsultHub.Load.Records;

namespace ConsultHub.Load;

/// <summary>The table of a run, and the list of counts that should be 0 and are not.</summary>
internal sealed class Report
{
    private const int MostExamples = 10;

    private readonly Figures _figures = new();
    private readonly List<string> _faults = [];

    public void Add(string what, string aim, string measured, string plain = "") => _figures.Add(what, aim, measured, plain);

    /// <summary>Adds a count that must be 0.</summary>
    /// <param name="details">One line for each fault.</param>
    public void Never(string what, long count, IEnumerable<string>? details = null, string plain = "")
    {
        Add(what, "0", FormattableString.Invariant($"{count:N0}"), plain);
        if (count > 0)
            _faults.AddRange([$"{what}: {count}", .. (details ?? []).Take(MostExamples).Select(d => "  " + d)]);
    }

    public void Never(Verdict verdict)
    {
        Never("acknowledged commands lost", verdict.Lost.Count, verdict.Lost);
        Never("commands doubled", verdict.Doubled.Count, verdict.Doubled);
        Never("changes torn", verdict.Torn.Count, verdict.Torn);
    }

    /// <returns>The exit code.</returns>
    public int Print()
    {
        _figures.Print();
        foreach (var fault in _faults)
            Console.WriteLine(fault);
        return _faults.Count == 0 ? 0 : 1;
    }

    public static string Count(double count) => FormattableString.Invariant($"{count:N0}");
}
