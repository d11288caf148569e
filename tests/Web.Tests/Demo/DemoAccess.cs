using ConsultHub.Tests.Fixtures;
using static ConsultHub.Tests.Fixtures.Visitors;

namespace ConsultHub.Tests.Demo;

internal sealed class DemoAccess : IAccessTable
{
    public static IReadOnlyDictionary<string, Row> Rows { get; } =
        new Dictionary<string, Row>
        {
            ["GET /api/demo/day"] = new(SignedIn) { NoTwin = "The demo is off." },
            ["PUT /api/demo/day"] = new("coordinator") { Body = """{"running":false}""", NoTwin = "The demo is off." },
        };
}
