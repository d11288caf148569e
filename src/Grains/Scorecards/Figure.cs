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

    /// <summary>
    /// People with a place in an elective or a fellowship. Planned: accepted places. Done: those whose cohort's last day is over, in the
    /// network's time zone, when the figures are read, or when the report was stored. A place that was given up counts as neither. All
    /// places of a cohort count on its first day. They belong to the hospitals that are hosts of the programme, its specialty and its
    /// partner.
    /// </summary>
    Electives,

    /// <summary>
    /// Cohorts of staff trainings, clinical teaching, comprehensive healthcare and smart technology. Planned: every cohort. Done:
    /// those with
    /// at least one accepted place whose last day is over. The day and the places are those of <see cref="Electives"/>.
    /// </summary>
    Trainings,

    /// <summary>Cohorts of leadership programmes, counted as <see cref="Trainings"/>.</summary>
    LeadershipCohorts,

    /// <summary>
    /// People in the cohorts of <see cref="Trainings"/> and <see cref="LeadershipCohorts"/>, counted as <see cref="Electives"/>. An offer
    /// that nobody has answered does not count as planned, because the person may decline it.
    /// </summary>
    TrainedPeople,

    /// <summary>
    /// Initiatives of research and innovation. Each counts on the day on which it was entered, because the hub knows no other day of its
    /// beginning. It is done when its stage is published or closed. One that was closed early counts as done too, because the hub does not
    /// know whether a closed one was given up. It belongs to its sites, its specialty and its partner.
    /// </summary>
    JointInitiatives,

    /// <summary>
    /// Outputs of initiatives that have a DOI and a day, on this day. They are planned until the day has come, and done from then on. An
    /// output without a day counts on no day. A DOI that two initiatives name counts for both.
    /// </summary>
    Publications,

    /// <summary>
    /// Planned: the people who are expected at lectures and conference sessions. Done: the sum of the people taught that is recorded for
    /// them. In a ledger these are the lectures that people at the hospital have attended. Somebody who is in two lectures counts twice.
    /// </summary>
    LectureAttendances,
}

/// <summary>The thing behind a row, to which a screen links.</summary>
/// <param name="Kind"><c>engagement</c>, <c>visit</c>, <c>cohort</c>, <c>initiative</c> or <c>output</c>.</param>
/// <param name="Id">The id. Of a cohort it is <c>{programme}/{cohort}</c>, and of an output <c>{initiative}/{output}</c>.</param>
/// <param name="Title">In English, if the thing has a name in several languages.</param>
/// <param name="Week">The week of an engagement. Null for other things.</param>
/// <param name="Person">The consultant of a visit. Null for other things.</param>
/// <param name="Name">The name in all languages. Null for things that have one title.</param>
public sealed record FigureThing(string Kind, string Id, string Title, Week? Week = null, PersonId? Person = null, LocalName? Name = null);

/// <summary>
/// What one thing adds to one figure. A visit has one row for each hospital and specialty of its engagements, and a cohort, an initiative
/// or an output one row for each hospital. Such a thing counts once for all of its rows together, and once for each hospital and specialty.
/// </summary>
/// <param name="Day">In the network's time zone.</param>
/// <param name="Hospital">Null for a visit without engagements, and for what takes place in no hospital of the network.</param>
/// <param name="Partners">The partners that have sent the consultants, or that take part. With two partners, the row counts for
/// both.</param>
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

/// <summary>What is the same for all rows of a cohort, an initiative or an output.</summary>
internal sealed record RowPlace(DateOnly Day, ImmutableArray<HospitalId> Hospitals, string? Specialty, ImmutableArray<PartnerId> Partners)
{
    /// <summary>One row for each hospital, or one without a hospital.</summary>
    public IEnumerable<FigureRow> Rows(Figure figure, FigureThing thing, int planned, int done) =>
        Hospitals
            .Select(h => (HospitalId?)h)
            .DefaultIfEmpty()
            .Select(hospital => new FigureRow(figure, thing, Day, hospital, Specialty, Partners, planned, done));
}

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
