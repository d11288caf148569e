using System.Collections.Immutable;

namespace ConsultHub.Rostering;

/// <summary>How much a command may hold. It is checked before anything is read. Pure.</summary>
public static class CommandLimits
{
    /// <summary>Consultants of one engagement.</summary>
    public const int MostConsultants = 20;

    /// <summary>Candidates who are asked one after the other.</summary>
    public const int MostCandidates = 50;

    /// <summary>Commands that are decided together.</summary>
    public const int MostCommands = 1_000;

    public const int LongestTitle = 120,
        LongestReason = 500,
        LongestCaseReference = 40;

    /// <summary>What is too long or too many in a command; null where all is within its bounds.</summary>
    public static Finding? Against(RosterCommand command)
    {
        if (command.Reason is { Length: > LongestReason })
            return new("roster.text-too-long", $"A reason has at most {LongestReason} characters.");
        if (
            command is Plan plan
            && (
                string.IsNullOrWhiteSpace(plan.Title)
                || plan.Title.Length > LongestTitle
                || plan.CaseReference is { Length: > LongestCaseReference }
            )
        )
            return new(
                "roster.text-too-long",
                $"A title has 1 to {LongestTitle} characters, a case reference at most {LongestCaseReference}."
            );
        if (Count(ConsultantsOf(command)) > MostConsultants)
            return new("roster.too-many", $"An engagement has at most {MostConsultants} consultants.");
        return command is Propose propose && Count(propose.Ladder) > MostCandidates
            ? new("roster.too-many", $"At most {MostCandidates} candidates are asked.")
            : null;
    }

    private static ImmutableArray<PersonId> ConsultantsOf(RosterCommand command) =>
        command switch
        {
            Plan plan => plan.Consultants,
            Assign assign => assign.Consultants,
            EmergencyMove { Consultants: { } consultants } => consultants,
            _ => [],
        };

    private static int Count(ImmutableArray<PersonId> people) => people.IsDefault ? 0 : people.Length;
}
