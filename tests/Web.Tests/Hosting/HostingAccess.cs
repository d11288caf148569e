using ConsultHub.Tests.Fixtures;
using static ConsultHub.Tests.Fixtures.Visitors;

namespace ConsultHub.Tests.Hosting;

internal sealed class HostingAccess : IAccessTable
{
    public static IReadOnlyDictionary<string, string> Rows { get; } =
        new Dictionary<string, string>
        {
            ["GET /openapi/v1.json"] = All,
            ["GET /health/live"] = All,
            ["GET /health/ready"] = All,
        };
}
