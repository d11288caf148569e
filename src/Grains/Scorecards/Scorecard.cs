using System.Collections.Immutable;

namespace ConsultHub.Scorecards;

/// <param name="NotRecorded">How many things are done and have no count.</param>
public readonly record struct Score(long Planned, long Done, long NotRecorded);

/// <param name="Id">The id of a hospital or a partner, the code of a specialty, or a month such as <c>2026-11</c>.</param>
public sealed record PartScore(string Id, Score Score);

/// <summary>One figure of a period.</summary>
/// <param name="Months">Every month of the period in order, also those without rows.</param>
/// <param name="Hospitals">The hospitals that have rows, by id. A thing of two partners counts for both, and a visit or a cohort for
/// each of its hospitals and specialties, so the parts may add up to more than the total.</param>
public sealed record FigureScore(
    Figure Figure,
    Score Total,
    ImmutableArray<PartScore> Months,
    ImmutableArray<PartScore> Hospitals,
    ImmutableArray<PartScore> Specialties,
    ImmutableArray<PartScore> Partners
);

/// <summary>Makes figures from rows. Pure: no total is stored anywhere.</summary>
public static class Scorecard
{
    /// <summary>The figures in their order, also those without rows.</summary>
    public static ImmutableArray<FigureScore> Of(IEnumerable<FigureRow> rows, IEnumerable<Figure> figures, DateOnly from, DateOnly to)
    {
        var months = Enumerable.Range(0, MonthOf(to) - MonthOf(from) + 1).Select(i => from.AddDays(1 - from.Day).AddMonths(i)).ToList();
        var tallies = figures.Distinct().Order().ToDictionary(f => f, f => new FigureTally(CountsOnce(f), months.Count));
        foreach (var row in rows)
            tallies[row.Figure].Add(row, MonthOf(row.Day) - MonthOf(from));
        return
        [
            .. tallies.Select(t => new FigureScore(
                t.Key,
                t.Value.Total.Score,
                [.. months.Select((month, i) => new PartScore($"{month:yyyy-MM}", t.Value.Months[i]?.Score ?? default))],
                Sorted(t.Value.Hospitals, id => id.Value),
                Sorted(t.Value.Specialties, id => id),
                Sorted(t.Value.Partners, id => id.Value)
            )),
        ];
    }

    /// <summary>The things behind the rows of one figure, the newest first, in an order that is always the same.</summary>
    public static ImmutableArray<FigureLine> LinesOf(IEnumerable<FigureRow> rows) =>
        [
            .. rows.GroupBy(r => r.Thing)
                .Select(of => new FigureLine(
                    of.Key,
                    of.First().Day,
                    [.. of.Select(r => r.Hospital).OfType<HospitalId>().Distinct().OrderBy(h => h.Value, StringComparer.Ordinal)],
                    [.. of.Select(r => r.Specialty).OfType<string>().Distinct().Order(StringComparer.Ordinal)],
                    of.First().Partners,
                    of.Max(r => r.Planned),
                    of.Max(r => r.Done),
                    of.Max(r => r.NotRecorded)
                ))
                .OrderByDescending(line => line.Day)
                .ThenBy(line => line.Thing.Id, StringComparer.Ordinal)
                .ThenBy(line => line.Thing.Person?.Value, StringComparer.Ordinal),
        ];

    /// <summary>Whether a thing can have several rows of the figure, which count once together.</summary>
    private static bool CountsOnce(Figure figure) => figure is Figure.Visits or >= Figure.Electives;

    private static int MonthOf(DateOnly day) => (day.Year * 12) + day.Month;

    private static ImmutableArray<PartScore> Sorted<T>(Dictionary<T, Tally> tallies, Func<T, string> id)
        where T : notnull => [.. tallies.Select(t => new PartScore(id(t.Key), t.Value.Score)).OrderBy(p => p.Id, StringComparer.Ordinal)];

    private sealed class FigureTally(bool once, int months)
    {
        public Tally Total { get; } = new(once);
        public Tally?[] Months { get; } = new Tally?[months];
        public Dictionary<HospitalId, Tally> Hospitals { get; } = [];
        public Dictionary<string, Tally> Specialties { get; } = [];
        public Dictionary<PartnerId, Tally> Partners { get; } = [];

        public void Add(FigureRow row, int month)
        {
            Total.Add(row);
            (Months[month] ??= new(once)).Add(row);
            if (row.Hospital is { } hospital)
                Of(Hospitals, hospital).Add(row);
            if (row.Specialty is { } specialty)
                Of(Specialties, specialty).Add(row);
            foreach (var partner in row.Partners)
                Of(Partners, partner).Add(row);
        }

        private Tally Of<T>(Dictionary<T, Tally> tallies, T key)
            where T : notnull => tallies.TryGetValue(key, out var known) ? known : tallies[key] = new(once);
    }

    /// <param name="once">Whether several rows of one thing count once.</param>
    private sealed class Tally(bool once)
    {
        private readonly HashSet<(FigureThing, bool)> _seen = [];
        private Score _score;

        public Score Score => _score;

        public void Add(FigureRow row)
        {
            var planned = once && row.Planned > 0 && !_seen.Add((row.Thing, false)) ? 0 : row.Planned;
            var done = once && row.Done > 0 && !_seen.Add((row.Thing, true)) ? 0 : row.Done;
            _score = new(_score.Planned + planned, _score.Done + done, _score.NotRecorded + row.NotRecorded);
        }
    }
}
