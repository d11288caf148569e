using System.Collections.Immutable;
using ConsultHub.Hospitals;
using ConsultHub.Rostering;

namespace ConsultHub.Ledgers;

/// <summary>Says from counts and from what was agreed what a local team does. Pure.</summary>
public static class LedgerRules
{
    /// <summary>Cases count for this many years if the procedure names no first day.</summary>
    public const int UsualYears = 5;

    /// <summary>Nothing is read that is older than this many years.</summary>
    public const int MostYears = 10;

    /// <summary>The lines of a completed engagement at a hospital. Other engagements have none.</summary>
    public static IEnumerable<CaseLine> LinesOf(
        Engagement engagement,
        HospitalId hospital,
        Week week,
        DateOnly day,
        ImmutableArray<PartnerId> partners
    ) =>
        engagement is { Status: EngagementStatus.Completed, Work: { } work } && engagement.Hospital == hospital
            ? work.Procedures.Select(p => new CaseLine(
                p.Procedure,
                engagement.Id,
                week,
                day,
                engagement.Title,
                partners,
                p.Assisted,
                p.Supervised,
                p.Alone
            ))
            : [];

    /// <summary>The first day whose cases of a procedure count.</summary>
    public static DateOnly CountedFrom(Procedure agreed, DateOnly today)
    {
        var first = today.AddYears(-MostYears);
        var since = agreed.Since ?? today.AddYears(-UsualYears);
        return since < first ? first : since;
    }

    /// <summary>
    /// Alone: both sides have signed it, and the day has come. Supervised: the team has watched or assisted in as many cases as was agreed.
    /// Otherwise not yet. Counts alone never make a team act alone.
    /// </summary>
    public static ProcedureLevel LevelOf(Procedure agreed, CaseCounts counts, DateOnly today) =>
        agreed.SignedOn <= today ? ProcedureLevel.Alone
        : counts.Assisted >= agreed.Assisted ? ProcedureLevel.Supervised
        : ProcedureLevel.NotYet;

    /// <summary>
    /// The levels above the present one. For a level, all agreed cases before it count as missing as long as they are missing. The visits
    /// are the missing cases divided by the mean number of cases in a visit, rounded up.
    /// </summary>
    public static ImmutableArray<LevelStep> StepsOf(Procedure agreed, CaseCounts counts, ProcedureLevel level, CasePace pace)
    {
        var assisted = Math.Max(0, agreed.Assisted - counts.Assisted);
        var supervised = Math.Max(0, agreed.Supervised - counts.Supervised);
        return level switch
        {
            ProcedureLevel.NotYet => [Step(ProcedureLevel.Supervised, assisted), Step(ProcedureLevel.Alone, assisted + supervised)],
            ProcedureLevel.Supervised => [Step(ProcedureLevel.Alone, supervised)],
            _ => [],
        };

        LevelStep Step(ProcedureLevel to, long missing) =>
            missing == 0 ? new(to, 0, 0, null)
            : pace.Visits == 0 ? new(to, missing, null, NoEstimate.NoVisit)
            : pace.Cases == 0 ? new(to, missing, null, NoEstimate.NoCase)
            : new(to, missing, ((missing * pace.Visits) + pace.Cases - 1) / pace.Cases, null);
    }

    /// <param name="all">All lines of the hospital.</param>
    /// <param name="seen">The lines that the viewer may see.</param>
    /// <param name="visits">The visits of the last twelve months at the hospital in the procedure's specialty. Null if the viewer sees only
    /// a part.</param>
    public static ProcedureStanding StandingOf(
        Procedure agreed,
        IEnumerable<CaseLine> all,
        IEnumerable<CaseLine> seen,
        int? visits,
        DateOnly today
    )
    {
        var from = CountedFrom(agreed, today);
        var own = all.Where(line => line.Procedure == agreed.Id).ToList();
        var counted = CaseCounts.Of(own.Where(Counts));
        var level = LevelOf(agreed, counted, today);
        var year = PaceFrom(today);
        var pace = visits is { } known
            ? new CasePace(
                year,
                today,
                known,
                CaseCounts.Of(own.Where(line => !line.Partners.IsEmpty && year <= line.Day && line.Day <= today)).All
            )
            : null;
        return new(
            agreed,
            from,
            CaseCounts.Of(seen.Where(line => line.Procedure == agreed.Id && Counts(line))),
            level,
            pace,
            pace is null ? [] : StepsOf(agreed, counted, level, pace)
        );

        bool Counts(CaseLine line) => from <= line.Day && line.Day <= today;
    }

    /// <summary>The first of the twelve months from which the pace follows.</summary>
    public static DateOnly PaceFrom(DateOnly today) => today.AddYears(-1).AddDays(1);
}
