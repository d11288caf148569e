using System.Collections.Immutable;
using System.Text.Json.Serialization;
using ConsultHub.Accounts;

namespace ConsultHub.Scorecards;

/// <summary>How far a journal was read.</summary>
/// <param name="Journal">The journal's name, such as <c>roster ehs/2026-W48</c> or <c>consultant c-kim</c>.</param>
[GenerateSerializer, Immutable, Alias("hub.ReadPosition")]
public readonly record struct ReadPosition([property: Id(0)] string Journal, [property: Id(1)] long Version);

/// <summary>What a report covers. The days are in the zone.</summary>
/// <param name="From">The first day.</param>
/// <param name="To">The last day.</param>
/// <param name="Zone">The IANA time zone of the network when the report was made.</param>
/// <param name="Scopes">The parts of the network that the person who made the report could see.</param>
/// <param name="Figures">The figures that the hub had when the report was made. Empty in reports of earlier releases, which had those up to
/// <see cref="Figure.Taught"/>. A report shows no others, because their journals were not read for it.</param>
[GenerateSerializer, Immutable, Alias("hub.ReportQuestion")]
public sealed record ReportQuestion(
    [property: Id(0)] DateOnly From,
    [property: Id(1)] DateOnly To,
    [property: Id(2)] string Zone,
    [property: Id(3)] ScorecardFilter Filter,
    [property: Id(4)] ImmutableArray<GrantScope> Scopes,
    [property: Id(5), JsonIgnore] ImmutableArray<Figure> Figures = default
)
{
    /// <summary>Whether a report with this question shows a figure.</summary>
    public bool Has(Figure figure) => Figures.IsDefaultOrEmpty ? figure <= Figure.Taught : Figures.Contains(figure);
}

/// <summary>
/// A stored report. It has no figure in it. The figures are made again from the journals as they were at the positions.
/// </summary>
/// <param name="Id">The id of the command that stored the report.</param>
/// <param name="At">UTC.</param>
[GenerateSerializer, Immutable, Alias("hub.ScorecardReport")]
public sealed record ScorecardReport(
    [property: Id(0)] Guid Id,
    [property: Id(1)] DateTimeOffset At,
    [property: Id(2)] PersonId By,
    [property: Id(3)] ReportQuestion Question,
    [property: Id(4), JsonIgnore] ImmutableArray<ReadPosition> Positions
);

/// <param name="Report">Null if the report was refused.</param>
/// <param name="Code">The code of the refusal, or null.</param>
[GenerateSerializer, Immutable, Alias("hub.ReportReply")]
public sealed record ReportReply([property: Id(0)] ScorecardReport? Report, [property: Id(1)] string? Code = null);

/// <summary>The reports of a network. Key: the network.</summary>
[Alias("hub.IScorecardReportsGrain")]
public interface IScorecardReportsGrain : IGrainWithStringKey
{
    /// <summary>The greatest number of reports of a network, and of positions in one report. A year has about 52 weeks.</summary>
    const int Most = 200,
        MostPositions = 5_000;

    /// <summary>Stores a report. A repeat with the same id is answered with the first report.</summary>
    [Alias("Store")]
    Task<ReportReply> StoreAsync(Actor actor, Guid command, ReportQuestion question, ImmutableArray<ReadPosition> positions);

    /// <summary>All reports, the newest first.</summary>
    [Alias("List")]
    Task<ImmutableArray<ScorecardReport>> ListAsync();
}
