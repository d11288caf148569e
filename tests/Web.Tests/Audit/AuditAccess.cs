using ConsultHub.Tests.Fixtures;

namespace ConsultHub.Tests.Audit;

internal sealed class AuditAccess : IAccessTable
{
    public static IReadOnlyDictionary<string, Row> Rows { get; } =
        new Dictionary<string, Row>
        {
            // Administrators search every network, and auditors only their own.
            ["GET /api/audit?network={network}"] = new("administrator auditor"),
        };
}
