using System.Collections.Immutable;
using System.Text.Json.Serialization;
using ConsultHub.Hospitals;

namespace ConsultHub.Ledgers;

/// <summary>What the local team of a hospital does with a procedure.</summary>
public enum ProcedureLevel
{
    /// <summary>It does not act yet. It watches or assists.</summary>
    NotYet,

    /// <summary>It acts under supervision.</summary>
    Supervised,

    /// <summary>It acts alone, because both sides have signed this.</summary>
    Alone,
}

/// <summary>The cases of one procedure that one completed engagement has recorded. A ledger reads nothing else about procedures.</summary>
/// <param name="Day">The day of the engagement in the network's time zone.</param>
/// <param name="Partners">The partners that have sent its consultants.</param>
public sealed record CaseLine(
    ProcedureId Procedure,
    EngagementId Engagement,
    Week Week,
    DateOnly Day,
    string Title,
    ImmutableArray<PartnerId> Partners,
    int Assisted,
    int Supervised,
    int Alone
);

/// <summary>Cases by what the local team did.</summary>
public readonly record struct CaseCounts(long Assisted, long Supervised, long Alone)
{
    [JsonIgnore]
    public long All => Assisted + Supervised + Alone;

    public static CaseCounts Of(IEnumerable<CaseLine> lines) =>
        lines.Aggregate(
            default(CaseCounts),
            (sum, line) => new(sum.Assisted + line.Assisted, sum.Supervised + line.Supervised, sum.Alone + line.Alone)
        );
}

/// <summary>
/// How many cases a visit brings: cases of a procedure, and visits at the hospital in its specialty, both in the same days.
/// </summary>
/// <param name="Visits">Stays of consultants with a completed engagement at the hospital in the specialty.</param>
/// <param name="Cases">Cases of the procedure in completed engagements of visiting consultants. Those of the local team alone bring
/// no visit.</param>
public sealed record CasePace(DateOnly From, DateOnly To, int Visits, long Cases);

/// <summary>Why nobody can say how many visits are still needed.</summary>
public enum NoEstimate
{
    /// <summary>There was no completed visit in the days of the pace.</summary>
    NoVisit,

    /// <summary>There were visits, but no case of the procedure.</summary>
    NoCase,
}

/// <summary>A level that is not reached yet.</summary>
/// <param name="Missing">How many of the agreed cases are missing. If none is missing, the signatures of both sides are.</param>
/// <param name="Visits">How many more visits bring the missing cases, at the pace of the last twelve months. Null if this is not
/// known.</param>
/// <param name="Why">Why the number of visits is not known. Null if it is known.</param>
public sealed record LevelStep(ProcedureLevel Level, long Missing, long? Visits, NoEstimate? Why);

/// <summary>Where a hospital stands with a procedure, with the numbers from which this follows.</summary>
/// <param name="CountedFrom">The first day whose cases count.</param>
/// <param name="Counts">The cases since then that the viewer may see.</param>
/// <param name="Steps">The levels that are not reached. Empty if the viewer may see only a part of the cases, because they follow from
/// all.</param>
public sealed record ProcedureStanding(
    Procedure Agreed,
    DateOnly CountedFrom,
    CaseCounts Counts,
    ProcedureLevel Level,
    CasePace? Pace,
    ImmutableArray<LevelStep> Steps
);
