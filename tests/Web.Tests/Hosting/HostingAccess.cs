using ConsultHub.Tests.Fixtures;
using static ConsultHub.Tests.Fixtures.Visitors;

namespace ConsultHub.Tests.Hosting;

internal sealed class HostingAccess : IAccessTable
{
    public static IReadOnlyDictionary<string, Row> Rows { get; } =
        new Dictionary<string, Row>
        {
            ["GET /openapi/{document}.json"] = Everybody,
            ["GET /health/live"] = Everybody,
            ["GET /health/ready"] = Everybody,
        };
}
