namespace ConsultHub.Web;

/// <summary>The settings in <c>Hub:Audit</c>.</summary>
public sealed record AuditOptions
{
    /// <summary>For how many days rows of the trace are kept. Older days are erased.</summary>
    public int KeepDays { get; init; } = 400;

    public bool IsValid => KeepDays is >= 1 and <= 3_650;
}
