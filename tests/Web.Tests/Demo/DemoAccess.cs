using ConsultHub.Tests.Fixtures;
using static ConsultHub.Tests.Fixtures.Visitors;

namespace ConsultHub.Tests.Demo;

internal sealed class DemoAccess : IAccessTable
{
    public static IReadOnlyDictionary<string, string> Rows { get; } =
        new Dictionary<string, string> { ["GET /api/demo/day"] = SignedIn, ["PUT /api/demo/day"] = AnyCoordinator };
}
