using System.Collections.Frozen;
using System.Collections.Immutable;
using ConsultHub.Scorecards;

namespace ConsultHub.Web.Scorecards;

/// <summary>Rows of a period, in a fixed order, and how far the journals were read for them.</summary>
internal sealed record ScorecardReading(
    ReportQuestion Question,
    IReadOnlyList<FigureRow> Rows,
    ImmutableArray<Figure> Figures,
    ImmutableArray<ReadPosition> Positions
)
{
    public ImmutableArray<FigureScore> Scores => Scorecard.Of(Rows, Figures, Question.From, Question.To);
}

/// <summary>Asks all sources, and leaves out what the question leaves out.</summary>
internal sealed class ScorecardReader(IEnumerable<IFigureSource> sources)
{
    /// <param name="report">A stored report, whose positions are read. Null reads what is stored now.</param>
    public async Task<ScorecardReading> ReadAsync(NetworkId network, ReportQuestion question, ScorecardReport? report = null)
    {
        var asked = new FigureQuestion(
            network,
            TimeZoneInfo.FindSystemTimeZoneById(question.Zone),
            question.From,
            question.To,
            report?.Positions.ToFrozenDictionary(p => p.Journal, p => p.Version)
        );
        var read = await Task.WhenAll(sources.Select(source => source.ReadAsync(asked)));
        return new(
            question,
            [.. ScorecardRules.Shown(read.SelectMany(r => r.Rows), question.Filter, question.Scopes)],
            [.. sources.SelectMany(s => s.Figures).Order()],
            [.. read.SelectMany(r => r.Positions).Distinct().OrderBy(p => p.Journal, StringComparer.Ordinal)]
        );
    }
}
