using System.Collections.Immutable;
using ConsultHub.Hospitals;

namespace ConsultHub.Rostering;

/// <summary>Limits on the size of a command. They are checked before anything is read. Pure.</summary>
public static class CommandLimits
{
    /// <summary>The maximum number of consultants on one engagement.</summary>
    public const int MostConsultants = 20;

    /// <summary>The maximum number of candidates in the ladder of a proposal.</summary>
    public const int MostCandidates = 50;

    /// <summary>The maximum number of commands that are decided together.</summary>
    public const int MostCommands = 1_000;

    /// <summary>The maximum number of things that one engagement needs.</summary>
    public const int MostNeeds = 10;

    public const int LongestTitle = 120,
        LongestReason = 500,
        LongestCaseReference = 40;

    /// <summary>Returns a finding about the first limit that a command exceeds. Null if the command is within all limits.</summary>
    public static Finding? Against(RosterCommand command)
    {
        if (command.Reason is { Length: > LongestReason })
            return new(RosterCodes.TextTooLong, $"A reason has at most {LongestReason} characters.");
        if (
            command is Plan plan
            && (
                string.IsNullOrWhiteSpace(plan.Title)
                || plan.Title.Length > LongestTitle
                || plan.CaseReference is { Length: > LongestCaseReference }
            )
        )
            return new(
                RosterCodes.TextTooLong,
                $"A title has 1 to {LongestTitle} characters, a case reference at most {LongestCaseReference}."
            );
        if (WorkOf(command)?.Procedures.Length > Work.MostProcedures)
            return new(RosterCodes.TooMany, $"An engagement counts cases of at most {Work.MostProcedures} procedures.");
        if (command is Complete { Work.IsValid: false } or RecordWork { Work: null or { IsValid: false } })
            return new(RosterCodes.BadCount, $"What was done is counted from 0 to {Work.Most}, and each procedure at most once.");
        if (command is Plan { Needs: { IsDefault: false } needs })
        {
            if (needs.Length > MostNeeds)
                return new(RosterCodes.TooMany, $"An engagement needs at most {MostNeeds} things.");
            if (needs.Any(n => n is null or { Length: > Equipment.Longest } || n.Contains(';', StringComparison.Ordinal)))
                return new(RosterCodes.TextTooLong, $"A thing that is needed has at most {Equipment.Longest} characters and no semicolon.");
        }
        if (PurposeOf(command) is { IsValid: false })
            return new(RosterCodes.UnknownPurpose, "An engagement takes place for a cohort of a programme, or for an initiative.");
        if (Count(ConsultantsOf(command)) > MostConsultants)
            return new(RosterCodes.TooMany, $"An engagement has at most {MostConsultants} consultants.");
        return command is Propose propose && Count(propose.Ladder) > MostCandidates
            ? new(RosterCodes.TooMany, $"A proposal has at most {MostCandidates} candidates on its ladder.")
            : null;
    }

    /// <summary>What was done, according to a command.</summary>
    internal static Work? WorkOf(RosterCommand command) =>
        command switch
        {
            Complete complete => complete.Work,
            RecordWork record => record.Work,
            _ => null,
        };

    /// <summary>The purpose that a command gives to an engagement.</summary>
    internal static Purpose? PurposeOf(RosterCommand command) =>
        command switch
        {
            Plan plan => plan.Purpose,
            SetPurpose set => set.Purpose,
            _ => null,
        };

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
