using ConsultHub.Tests.Fixtures;
using static ConsultHub.Tests.Fixtures.Visitors;

namespace ConsultHub.Tests.Hospitals;

internal sealed class HospitalsAccess : IAccessTable
{
    public static IReadOnlyDictionary<string, Row> Rows { get; } =
        new Dictionary<string, Row>
        {
            ["GET /api/hospitals?network={network}"] = new(Staff + " administrator"),
            ["GET /api/hospitals/{h1}"] = new(Staff + " administrator"),
            ["GET /api/hospitals/{h2}"] = new(Staff + " administrator"),
        };
}
