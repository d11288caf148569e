namespace ConsultHub.Programmes;

/// <summary>
/// What a dossier has for a requirement, from the worst to the best. <c>Missing</c>: no paper of this kind. <c>Lapsed</c>: it ends before
/// the cohort begins. <c>Later</c>: it begins after the first day. <c>TooLong</c>: it is valid for longer than such a paper can be.
/// <c>LapsesBefore</c>: it ends before the last day. <c>Unchecked</c>: nobody has checked it yet.
/// </summary>
public enum RequirementState
{
    Missing,
    Lapsed,
    Later,
    TooLong,
    LapsesBefore,
    Unchecked,
    Met,
}

/// <summary>One requirement, and the paper of a dossier that fits it best.</summary>
/// <param name="Document">The title of the paper. Null if there is none of this kind.</param>
/// <param name="To">The last day on which the paper is valid. Null if it has no end.</param>
/// <param name="Acts">Who must act. Null if nothing has to be done.</param>
public sealed record RequirementCell(
    string Requirement,
    DocumentKind Kind,
    LocalName Name,
    RequirementState State,
    string? Document,
    DateOnly? To,
    Responsible? Acts
);

/// <summary>Compares the papers of a dossier with what a programme asks for. Pure.</summary>
public static class RequirementRules
{
    public static RequirementCell Of(ProgrammeRequirement requirement, Cohort cohort, Dossier dossier)
    {
        var (best, document) = dossier
            .Documents.Where(d => d.Kind == requirement.Kind)
            .Select(d => (State: StateOf(requirement, cohort, d, dossier.IsChecked(d)), Document: (DossierDocument?)d))
            .DefaultIfEmpty((RequirementState.Missing, null))
            .MaxBy(found => (found.Item1, found.Item2?.To ?? DateOnly.MaxValue));
        return new(
            requirement.Id,
            requirement.Kind,
            requirement.Name,
            best,
            document?.Title,
            document?.To,
            best switch
            {
                RequirementState.Met => null,
                // The host sees the paper and checks it.
                RequirementState.Unchecked => Responsible.Host,
                _ => requirement.By,
            }
        );
    }

    private static RequirementState StateOf(ProgrammeRequirement requirement, Cohort cohort, DossierDocument document, bool isChecked) =>
        document.To < cohort.From ? RequirementState.Lapsed
        : document.From > cohort.From ? RequirementState.Later
        : requirement.MostMonths is { } months && !(document.From is { } from && document.To <= from.AddMonths(months))
            ? RequirementState.TooLong
        : requirement.Lasts && document.To < cohort.To ? RequirementState.LapsesBefore
        : isChecked ? RequirementState.Met
        : RequirementState.Unchecked;
}
