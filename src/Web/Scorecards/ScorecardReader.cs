using System.Collections.Frozen;
using System.Collections.Immutable;
using ConsultHub.Scorecards;

namespace ConsultHub.Web.Scorecards;

/// <summary>Rows of a period, in a fixed order, and how far the journals were read for them.</summary>
/// <param name="At">UTC. When the journals were read, or when the report was stored.</param>
internal sealed record ScorecardReading(
    ReportQuestion Question,
    DateTimeOffset At,
    IReadOnlyList<FigureRow> Rows,
    ImmutableArray<Figure> Figures,
    ImmutableArray<ReadPosition> Positions
)
{
    public ImmutableArray<FigureScore> Scores => Scorecard.Of(Rows, Figures, Question.From, Question.To);
}

/// <summary>Asks the sources, and leaves out what the question leaves out.</summary>
internal sealed class ScorecardReader(IEnumerable<IFigureSource> sources, TimeProvider clock)
{
    /// <summary>All figures that the hub has.</summary>
    public ImmutableArray<Figure> Figures { get; } = [.. sources.SelectMany(s => s.Figures).Order()];

    /// <param name="report">A stored report, whose positions are read. Null reads what is stored now.</param>
    /// <param name="only">The figures that are needed. Sources that have none of them are not asked. Null stands for all.</param>
    public async Task<ScorecardReading> ReadAsync(
        NetworkId network,
        ReportQuestion question,
        ScorecardReport? report = null,
        ImmutableArray<Figure>? only = null
    )
    {
        var at = report?.At ?? clock.GetUtcNow();
        var asked = new FigureQuestion(
            network,
            TimeZoneInfo.FindSystemTimeZoneById(question.Zone),
            question.From,
            question.To,
            at,
            report?.Positions.ToFrozenDictionary(p => p.Journal, p => p.Version)
        );
        ImmutableArray<Figure> figures =
        [
            .. Figures.Where(f => (report is null || report.Question.Has(f)) && (only is not { } wanted || wanted.Contains(f))),
        ];
        var read = await Task.WhenAll(sources.Where(s => s.Figures.Any(f => figures.Contains(f))).Select(s => s.ReadAsync(asked)));
        return new(
            question,
            at,
            [
                .. ScorecardRules.Shown(
                    read.SelectMany(r => r.Rows).Where(r => figures.Contains(r.Figure)),
                    question.Filter,
                    question.Scopes
                ),
            ],
            figures,
            [.. read.SelectMany(r => r.Positions).Distinct().OrderBy(p => p.Journal, StringComparer.Ordinal)]
        );
    }
}
