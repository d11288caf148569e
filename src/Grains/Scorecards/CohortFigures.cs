using ConsultHub.Programmes;

namespace ConsultHub.Scorecards;

/// <summary>
/// What a cohort of an education programme adds to the figures. <see cref="Figure.Electives"/>, <see cref="Figure.Trainings"/> and
/// <see cref="Figure.TrainedPeople"/> have the rules. Pure.
/// </summary>
public static class CohortFigures
{
    /// <summary>The figure of cohorts of a kind. Null if only their people count.</summary>
    public static Figure? Of(ProgrammeKind kind) =>
        kind switch
        {
            ProgrammeKind.ResidencyElective or ProgrammeKind.Fellowship => null,
            ProgrammeKind.StaffTraining
            or ProgrammeKind.ClinicalTeaching
            or ProgrammeKind.ComprehensiveHealthcare
            or ProgrammeKind.SmartTechnology => Figure.Trainings,
            ProgrammeKind.Leadership => Figure.LeadershipCohorts,
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
        };

    /// <param name="accepted">How many places of the cohort are accepted.</param>
    /// <param name="today">The day of the reading, in the network's time zone.</param>
    public static void AddRows(List<FigureRow> rows, ProgrammeProfile programme, Cohort cohort, int accepted, DateOnly today)
    {
        var over = cohort.To < today;
        var thing = ThingOf(programme, cohort);
        var place = new RowPlace(cohort.From, programme.Hospitals, programme.Specialty, programme.Partner is { } partner ? [partner] : []);
        if (Of(programme.Kind) is { } cohorts)
            rows.AddRange(place.Rows(cohorts, thing, 1, over && accepted > 0 ? 1 : 0));
        if (accepted > 0)
            rows.AddRange(
                place.Rows(Of(programme.Kind) is null ? Figure.Electives : Figure.TrainedPeople, thing, accepted, over ? accepted : 0)
            );
    }

    /// <summary>The cohort as a screen shows it. It has the names of the programme and the cohort.</summary>
    public static FigureThing ThingOf(ProgrammeProfile programme, Cohort cohort)
    {
        var name = new LocalName(
            NameIn("en"),
            programme.Name.Ar is null && cohort.Name.Ar is null ? null : NameIn("ar"),
            programme.Name.Ko is null && cohort.Name.Ko is null ? null : NameIn("ko")
        );
        return new("cohort", $"{programme.Id}/{cohort.Id}", name.En, Name: name);

        string NameIn(string language) => $"{programme.Name.In(language)} · {cohort.Name.In(language)}";
    }
}
