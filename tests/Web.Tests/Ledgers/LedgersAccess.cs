using ConsultHub.Tests.Fixtures;

namespace ConsultHub.Tests.Ledgers;

internal sealed class LedgersAccess : IAccessTable
{
    /// <summary>Those who see the whole network, and a partner's director, who sees the work of the own consultants.</summary>
    private const string Readers = "coordinator partner auditor";

    public static IReadOnlyDictionary<string, Row> Rows { get; } =
        new Dictionary<string, Row>
        {
            ["GET /api/hospitals/{h1}/ledger"] = new(Readers + " hospital registrar"),
            ["GET /api/hospitals/{h2}/ledger?to=2026-12-31&from=2026-01-01"] = new(Readers),
            ["GET /api/hospitals/{h1}/ledger/cases?procedure={procedure}"] = new(Readers + " hospital registrar"),
            ["GET /api/hospitals/{h2}/ledger/cases?procedure={procedure}"] = new(Readers),
        };
}
