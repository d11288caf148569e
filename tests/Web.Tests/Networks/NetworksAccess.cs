using ConsultHub.Tests.Fixtures;
using static ConsultHub.Tests.Fixtures.Visitors;

namespace ConsultHub.Tests.Networks;

internal sealed class NetworksAccess : IAccessTable
{
    public static IReadOnlyDictionary<string, Row> Rows { get; } =
        new Dictionary<string, Row>
        {
            // The list holds only the visitor's own networks.
            ["GET /api/networks"] = new(Members + " administrator") { Secret = "{pa}", Sees = Members + " administrator" },
            ["GET /api/networks/{network}"] = new(Members + " administrator"),
            ["GET /api/networks/{network}/people"] = new(Staff),
        };
}
