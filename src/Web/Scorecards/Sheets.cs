using System.Collections.Immutable;
using ConsultHub.Research;
using ConsultHub.Scorecards;

namespace ConsultHub.Web.Scorecards;

public sealed record FigureTotal(Figure Figure, Score Score);

/// <summary>What a network has had of its partners in a period, and what waits.</summary>
/// <param name="At">UTC. When it was read.</param>
/// <param name="Hospitals">The hospitals to which the sheet is limited. Empty for the whole network.</param>
/// <param name="Services">The figures of services of each specialty that are not zero.</param>
/// <param name="Unstaffed">How many engagements of the next 90 days need a consultant and have none, whatever the period is.</param>
/// <param name="UnstaffedWork">The first of them by day, at most <see cref="SheetReader.MostLines"/>.</param>
/// <param name="Waiting">How many people are on the waiting lists of cohorts that have not begun, whatever the period is.</param>
/// <param name="WaitingFor">The first of these cohorts by day, at most <see cref="SheetReader.MostLines"/>.</param>
/// <param name="People">People taught, trained, and in electives and fellowships.</param>
public sealed record HostSheet(
    DateOnly From,
    DateOnly To,
    string Zone,
    DateTimeOffset At,
    ImmutableArray<HospitalId> Hospitals,
    ImmutableArray<SpecialtyServices> Services,
    int Unstaffed,
    ImmutableArray<UnstaffedWork> UnstaffedWork,
    int Waiting,
    ImmutableArray<WaitingCohort> WaitingFor,
    ImmutableArray<FigureTotal> People
);

/// <param name="Specialty">The code of the specialty.</param>
public sealed record SpecialtyServices(string Specialty, ImmutableArray<FigureTotal> Figures);

public sealed record UnstaffedWork(FigureThing Thing, DateOnly Day, HospitalId Hospital, string? Specialty);

/// <param name="Day">The first day of the cohort.</param>
public sealed record WaitingCohort(FigureThing Thing, DateOnly Day, int People);

/// <summary>What a partner has given in a period.</summary>
/// <param name="At">UTC. When it was read.</param>
/// <param name="Days">The consultants of the partner that have at least one day in the period, at most
/// <see cref="SheetReader.MostPeople"/>. Those with the most days come first.</param>
/// <param name="OnSite">The days on site of all of them together.</param>
/// <param name="Remote">The remote days of all of them together.</param>
/// <param name="Teaching">The figures of teaching.</param>
/// <param name="Stages">The initiatives with the partner that were entered until the end of the period, by their present stage.</param>
public sealed record PartnerSheet(
    DateOnly From,
    DateOnly To,
    string Zone,
    DateTimeOffset At,
    PartnerId Partner,
    ImmutableArray<PersonDays> Days,
    int OnSite,
    int Remote,
    ImmutableArray<FigureTotal> Teaching,
    ImmutableArray<StageCount> Stages,
    Score Publications
);

public sealed record PersonDays(PersonId Person, LocalName Name, int OnSite, int Remote);

public sealed record StageCount(InitiativeStage Stage, int Count);
