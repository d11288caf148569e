using System.Collections.Immutable;

namespace ConsultHub.Attendance;

/// <summary>Decides which policies may be stored.</summary>
public static class CreditPolicyRules
{
    public const int MostPolicies = 20;
    private const int LongestName = 120,
        LongestSource = 300,
        MostInYear = 1_000;

    /// <summary>Returns the first fault. Null if there is none.</summary>
    public static PolicyFault? Check(ImmutableArray<CreditPolicy> policies)
    {
        if (policies.IsDefault || policies.Length > MostPolicies)
            return Fault($"A network can have at most {MostPolicies} policies.", "$.policies");
        for (var i = 0; i < policies.Length; i++)
            if (Check(policies[i]) is { } fault)
                return Fault(fault.Message, $"$.policies[{i}].{fault.Member}");
        return policies.DistinctBy(p => p.Id).Count() < policies.Length ? Fault("Two policies have the same id.", "$.policies") : null;
    }

    private static (string Message, string Member)? Check(CreditPolicy policy) =>
        policy switch
        {
            { Id.Value: null } => ("The id is missing.", "id"),
            _ when !IsName(policy.Name) => ($"A name must have 1 to {LongestName} characters in each of its languages.", "name"),
            _ when !IsName(policy.Unit) => ($"A unit must have 1 to {LongestName} characters in each of its languages.", "unit"),
            { PerHour: not (> 0 and <= 10) } => ("The credit for an hour must be more than 0 and at most 10.", "perHour"),
            { MinimumShare: not (>= 0 and <= 1) } => ("The minimum share must be 0 to 1.", "minimumShare"),
            { MinimumMinutes: not (>= 0 and <= 24 * 60) } => ("The minimum time must be 0 to 1,440 minutes.", "minimumMinutes"),
            { DayCap: not (null or (> 0 and <= 100)) } => ("The day's cap must be more than 0 and at most 100.", "dayCap"),
            { YearTarget: not (null or (> 0 and <= MostInYear)) } => (
                $"The credit for a year must be more than 0 and at most {MostInYear}.",
                "yearTarget"
            ),
            { YearCap: not (null or (> 0 and <= MostInYear)) } => (
                $"The year's limit must be more than 0 and at most {MostInYear}.",
                "yearCap"
            ),
            { Source.Length: > LongestSource } => ($"A source has at most {LongestSource} characters.", "source"),
            { Step: not (>= 0.01m and <= 1) } => ("The step must be 0.01 to 1.", "step"),
            { Live: false, Recorded: false, InPerson: false } => ("At least one kind of attendance must count.", "live"),
            _ when !Enum.IsDefined(policy.Rounding) => ("Credit must be rounded down or to the nearest step.", "rounding"),
            _ => null,
        };

    private static bool IsName(LocalName? name) =>
        name?.En is not null
        && ((string?[])[name.En, name.Ar ?? name.En, name.Ko ?? name.En]).All(n => n!.Trim().Length is > 0 and <= LongestName);

    private static PolicyFault Fault(string message, string place) => new(CreditCodes.BadPolicy, message, place);
}
