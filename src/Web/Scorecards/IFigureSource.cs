using System.Collections.Frozen;
using System.Collections.Immutable;
using ConsultHub.Scorecards;

namespace ConsultHub.Web.Scorecards;

/// <summary>
/// Gives the rows of some figures of a network. A feature that adds figures registers its source with
/// <see cref="ScorecardsApi.AddFigureSource{T}"/>.
/// </summary>
internal interface IFigureSource
{
    /// <summary>The figures whose rows the source gives. No other source gives rows of them.</summary>
    ImmutableArray<Figure> Figures { get; }

    /// <summary>
    /// Reads all rows of the period, whoever asks. The caller leaves out what the viewer may not see. With the same question and the same
    /// positions, the rows are the same at any later time.
    /// </summary>
    Task<FigureReading> ReadAsync(FigureQuestion question);
}

/// <param name="From">The first day, in the zone.</param>
/// <param name="To">The last day.</param>
/// <param name="At">UTC. When the figures are read, or when the report was stored.</param>
/// <param name="AsOf">The version at which each journal is read, by its name. A journal that is not named was not read. Null reads what is
/// stored now.</param>
internal sealed record FigureQuestion(
    NetworkId Network,
    TimeZoneInfo Zone,
    DateOnly From,
    DateOnly To,
    DateTimeOffset At,
    FrozenDictionary<string, long>? AsOf = null
)
{
    public DateOnly DayOf(DateTimeOffset instant) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, Zone).DateTime);

    /// <summary>The day of the reading.</summary>
    public DateOnly Today => DayOf(At);

    /// <summary>The ids of the journals of one kind that were read for a report.</summary>
    /// <param name="kind">The beginning of the journals' names, such as <c>consultant</c> and a space.</param>
    public IEnumerable<string> Read(string kind) =>
        (AsOf?.Keys ?? []).Where(key => key.StartsWith(kind, StringComparison.Ordinal)).Select(key => key[kind.Length..]);

    public bool Covers(DateOnly day) => From <= day && day <= To;
}

/// <param name="Positions">How far each journal was read. Journals without an entry are left out.</param>
internal sealed record FigureReading(IReadOnlyList<FigureRow> Rows, ImmutableArray<ReadPosition> Positions);
