using System.Collections.Immutable;
using System.Text.Json.Serialization;
using ConsultHub.Journal;
using ConsultHub.Records;

namespace ConsultHub.Programmes;

/// <summary>A paper of somebody with a place that ends too early, as the people concerned were told.</summary>
/// <param name="Requirement">The id of the requirement for which the paper is.</param>
/// <param name="To">The last day on which the person's papers of this kind are valid.</param>
/// <param name="IsOver">Whether this day was over when they were told.</param>
/// <param name="Until">The day until which the programme needs the paper.</param>
/// <param name="Acts">Who must renew it.</param>
/// <param name="Director">The director who was told. Null if only the person was told.</param>
[GenerateSerializer, Immutable, Alias("hub.PaperLapse")]
public sealed record PaperLapse(
    [property: Id(0)] string Cohort,
    [property: Id(1)] PersonId Person,
    [property: Id(2)] string Requirement,
    [property: Id(3)] DateOnly To,
    [property: Id(4)] bool IsOver,
    [property: Id(5)] DateOnly Until,
    [property: Id(6)] Responsible Acts,
    [property: Id(7)] PersonId? Director
)
{
    [JsonIgnore]
    public (string Cohort, string Requirement, PersonId Person) Key => (Cohort, Requirement, Person);
}

/// <summary>People were told of papers that lapse, or that papers no longer lapse.</summary>
/// <param name="Told">A lapse that is told again replaces the earlier one.</param>
[GenerateSerializer, Immutable, Alias("hub.PapersTold")]
internal sealed record PapersTold([property: Id(0)] ImmutableArray<PaperLapse> Told, [property: Id(1)] ImmutableArray<PaperLapse> Ended)
    : ProfileEvent<EducationProgramme>
{
    public override EducationProgramme? After(EducationProgramme? programme)
    {
        var gone = Told.Concat(Ended).Select(l => l.Key).ToHashSet();
        return programme is null ? null : programme with { Lapses = [.. programme.Lapses.Where(l => !gone.Contains(l.Key)), .. Told] };
    }
}

/// <summary>Tells a programme that papers of a person have changed.</summary>
[GenerateSerializer, Immutable, Alias("hub.PapersChanged")]
internal sealed record PapersChanged([property: Id(0)] PersonId Person) : OutboxPayload;

/// <summary>
/// The rules about papers that lapse. People who have a place are told when their papers of a kind end within <see cref="DaysBefore"/> days
/// and too early, and once more when they have ended. The director is told if somebody else must renew the paper, and when it has ended.
/// Nobody is told after the day until which the programme needs the paper. Pure.
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
            let until = requirement.Lasts ? cohort.To : cohort.From
            where today <= until
            let papers = dossiers[application.Person].Documents.Where(d => d.Kind == requirement.Kind)
            let last = LastDay(papers, cohort.From < today ? today : cohort.From)
            where last < until && last.Value.AddDays(-DaysBefore) <= today
            let isOver = last < today
            select new PaperLapse(
                cohort.Id,
                application.Person,
                requirement.Id,
                last.Value,
                isOver,
                until,
                requirement.By,
                isOver || requirement.By != Responsible.Trainee ? programme.Profile.Director : null
            )
        ).ToDictionary(l => l.Key);
        var asked = programme.Requirements.Select(r => r.Id).ToHashSet();
        // What nobody asks for any more ends, whatever the papers are.
        var known = programme.Lapses.Where(l => dossiers.ContainsKey(l.Person) || !asked.Contains(l.Requirement)).ToList();
        ImmutableArray<PaperLapse> told = [.. lapses.Values.Except(known)],
            ended = [.. known.Where(l => !lapses.ContainsKey(l.Key))];
        return told.IsEmpty && ended.IsEmpty ? null : new(told, ended);
    }

    /// <summary>
    /// The last day on which one of the papers is valid, from a day on and without a gap. If none is valid on that day, the last day before
    /// it. Null if there is no paper that was valid on or before that day.
    /// </summary>
    private static DateOnly? LastDay(IEnumerable<DossierDocument> papers, DateOnly from)
    {
        DateOnly? last = null;
        foreach (var paper in papers.OrderBy(p => p.From ?? DateOnly.MinValue))
        {
            var (first, end) = (paper.From ?? DateOnly.MinValue, paper.To ?? DateOnly.MaxValue);
            if ((first <= from || (last is { } known && first.AddDays(-1) <= known)) && !(end <= last))
                last = end;
        }
        return last;
    }

    private static IEnumerable<Application> Watched(EducationProgramme programme, DateOnly today) =>
        programme.Requirements.IsEmpty
            ? []
            : programme.Applications.Values.Where(a =>
                a.Status == ApplicationStatus.Accepted && programme.Find(a.Cohort) is { } cohort && today <= cohort.To
            );
}
