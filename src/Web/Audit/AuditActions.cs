namespace ConsultHub.Web.Audit;

/// <summary>What people do with this feature. <see cref="Access"/> says who may.</summary>
public static class AuditActions
{
    /// <summary>Search the trace: who signed in, was refused, or read private data.</summary>
    public static readonly AccessAction Read = new("audit.read");
}
