using System.Collections.Immutable;

namespace ConsultHub.Scorecards;

/// <summary>What a scorecard counts. The order is the order of the table. New figures are added at the end.</summary>
public enum Figure
{
    /// <summary>
    /// Stays of consultants, from their records. A stay counts on the day of its arrival. It is done once the consultant has completed an
    /// engagement in it, because nobody reports that a stay is over. A stay belongs to the hospitals and specialties of its engagements.
    /// </summary>
    Visits,

    /// <summary>Engagements of this kind. They are done when they are completed.</summary>
    ClinicalVisits,

    /// <summary>
    /// Planned: engagements of this kind. Done: the sum of the consultations that are recorded for completed engagements of any kind, so a
    /// count in a clinical visit counts too. An engagement of this kind that was completed without a count is not recorded. Nothing is
    /// guessed for it.
    /// </summary>
    Consultations,

    /// <summary>Counted as <see cref="Consultations"/>.</summary>
    Evaluations,

    /// <summary>Counted as <see cref="Consultations"/>.</summary>
    FollowUps,

    /// <summary>Counted as <see cref="Consultations"/>.</summary>
    Operations,

    /// <summary>Remote second opinions. They are done when they are completed.</summary>
    SecondOpinions,
    Lectures,
    ConferenceSessions,
    ClinicalTeaching,

    /// <summary>Workshops and trainings.</summary>
    Workshops,

    /// <summary>
    /// Planned: the people who are expected at lectures, clinical teaching, workshops and trainings. Done: the sum of the people taught
    /// that is recorded for completed engagements of any kind. Such an engagement that was completed without a count is not recorded.
    /// </summary>
    Taught,
}

/// <summary>The thing behind a row, to which a screen links.</summary>
/// <param name="Kind"><c>engagement</c> or <c>visit</c>.</param>
/// <param name="Week">The week of an engagement. Null for other things.</param>
/// <param name="Person">The consultant of a visit. Null for other things.</param>
public sealed record FigureThing(string Kind, string Id, string Title, Week? Week = null, PersonId? Person = null);

/// <summary>
/// What one thing adds to one figure. A visit has one row for each hospital and specialty of its engagements. It counts once for all of
/// them together, and once for each of them.
/// </summary>
/// <param name="Day">In the network's time zone.</param>
/// <param name="Hospital">Null for a visit without engagements.</param>
/// <param name="Partners">The partners that have sent the consultants. With consultants of two partners, the row counts for both.</param>
/// <param name="NotRecorded">1 if the thing is done and nobody has recorded how much was done. Otherwise 0.</param>
public sealed record FigureRow(
    Figure Figure,
    FigureThing Thing,
    DateOnly Day,
    HospitalId? Hospital,
    string? Specialty,
    ImmutableArray<PartnerId> Partners,
    int Planned,
    int Done,
    int NotRecorded = 0
);

/// <summary>One thing behind a figure, with all its places. The lines of a figure add up to it.</summary>
public sealed record FigureLine(
    FigureThing Thing,
    DateOnly Day,
    ImmutableArray<HospitalId> Hospitals,
    ImmutableArray<string> Specialties,
    ImmutableArray<PartnerId> Partners,
    int Planned,
    int Done,
    int NotRecorded
);
