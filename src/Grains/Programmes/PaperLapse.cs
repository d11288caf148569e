using System.Collections.Immutable;
using ConsultHub.Journal;
using ConsultHub.Records;

namespace ConsultHub.Programmes;

/// <summary>A paper of somebody in a cohort that ends too early. The people concerned were told of it.</summary>
/// <param name="Requirement">The id of the requirement for which the paper is.</param>
/// <param name="To">The last day on which the paper is valid.</param>
/// <param name="IsOver">Whether this day was over when they were told.</param>
[GenerateSerializer, Immutable, Alias("hub.PaperLapse")]
public sealed record PaperLapse(
    [property: Id(0)] string Cohort,
    [property: Id(1)] PersonId Person,
    [property: Id(2)] string Requirement,
    [property: Id(3)] DateOnly To,
    [property: Id(4)] bool IsOver
)
{
    internal (string, PersonId, string) Of => (Cohort, Person, Requirement);
}

/// <summary>People were told of papers that lapse, or that papers no longer lapse.</summary>
/// <param name="Told">A lapse that is told again replaces the earlier one.</param>
[GenerateSerializer, Immutable, Alias("hub.PapersTold")]
internal sealed record PapersTold([property: Id(0)] ImmutableArray<PaperLapse> Told, [property: Id(1)] ImmutableArray<PaperLapse> Ended)
    : ProfileEvent<EducationProgramme>
{
    public override EducationProgramme? After(EducationProgramme? programme)
    {
        var gone = Told.Concat(Ended).Select(l => l.Of).ToHashSet();
        return programme is null ? null : programme with { Lapses = [.. programme.Lapses.Where(l => !gone.Contains(l.Of)), .. Told] };
    }
}

/// <summary>Tells a programme that papers of a person have changed.</summary>
[GenerateSerializer, Immutable, Alias("hub.PapersChanged")]
internal sealed record PapersChanged([property: Id(0)] PersonId Person) : OutboxPayload;

/// <summary>
/// The rules about papers that lapse. People who have a place are told once when a paper lapses within <see cref="DaysBefore"/> days and
/// before the programme needs it no longer, and once more when it has lapsed. Nobody is told after the last day of the cohort. Pure.
/// </summary>
internal static class PaperLapses
{
    public const int DaysBefore = 30;

    /// <summary>Whether somebody may have to be told later.</summary>
    /// <param name="today">The day in the network's time zone.</param>
    public static bool HasOpenWork(EducationProgramme programme, DateOnly today) =>
        !programme.Lapses.IsEmpty || Watched(programme, today).Any();

    /// <summary>The people whose papers must be looked at.</summary>
    public static IEnumerable<PersonId> People(EducationProgramme programme, DateOnly today) =>
        Watched(programme, today).Select(a => a.Person).Concat(programme.Lapses.Select(l => l.Person)).Distinct();

    /// <summary>What must be told about some people. Null if there is nothing to tell.</summary>
    /// <param name="dossiers">The papers of these people.</param>
    public static PapersTold? ChangeOf(EducationProgramme programme, IReadOnlyDictionary<PersonId, Dossier> dossiers, DateOnly today)
    {
        var lapses = (
            from application in Watched(programme, today)
            where dossiers.ContainsKey(application.Person)
            let cohort = programme.Find(application.Cohort)
            from requirement in programme.Requirements
            let paper = RequirementRules.Of(requirement, cohort, dossiers[application.Person])
            where
                paper is { State: RequirementState.Lapsed or RequirementState.LapsesBefore, To: { } to } && to.AddDays(-DaysBefore) <= today
            select new PaperLapse(cohort.Id, application.Person, requirement.Id, paper.To!.Value, paper.To < today)
        ).ToDictionary(l => l.Of);
        var known = programme.Lapses.Where(l => dossiers.ContainsKey(l.Person)).ToList();
        ImmutableArray<PaperLapse> told = [.. lapses.Values.Except(known)],
            ended = [.. known.Where(l => !lapses.ContainsKey(l.Of))];
        return told.IsEmpty && ended.IsEmpty ? null : new(told, ended);
    }

    private static IEnumerable<Application> Watched(EducationProgramme programme, DateOnly today) =>
        programme.Requirements.IsEmpty
            ? []
            : programme.Applications.Values.Where(a =>
                a.Status == ApplicationStatus.Accepted && programme.Find(a.Cohort) is { } cohort && today <= cohort.To
            );
}
