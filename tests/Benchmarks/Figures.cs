namespace ConsultHub.Benchmarks;

/// <summary>
/// The table that a run prints: the measured value, the aim, and the value that a plain SignalR broadcast reached in the same run.
/// </summary>
internal sealed class Figures
{
    private readonly List<string[]> _rows =
    [
        ["what", "aim", "measured", "plain, same run"],
    ];

    public void Add(string what, string aim, string measured, string plain = "") => _rows.Add([what, aim, measured, plain]);

    public void Print()
    {
        var widths = Enumerable.Range(0, 4).Select(column => _rows.Max(row => row[column].Length)).ToArray();
        for (var i = 0; i < _rows.Count; i++)
        {
            Console.WriteLine($"| {string.Join(" | ", _rows[i].Select((cell, column) => cell.PadRight(widths[column])))} |");
            if (i == 0)
                Console.WriteLine($"|{string.Join('|', widths.Select(width => new string('-', width + 2)))}|");
        }
    }

    public static string Rate(double perSecond) => FormattableString.Invariant($"{perSecond:N0}/s");

    public static string Ms(double milliseconds) => FormattableString.Invariant($"{milliseconds:F2} ms");
}
