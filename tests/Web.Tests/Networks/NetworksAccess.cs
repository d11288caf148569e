using ConsultHub.Tests.Fixtures;
using static ConsultHub.Tests.Fixtures.Visitors;

namespace ConsultHub.Tests.Networks;

internal sealed class NetworksAccess : IAccessTable
{
    public static IReadOnlyDictionary<string, string> Rows { get; } =
        new Dictionary<string, string>
        {
            ["GET /api/networks"] = SignedIn,
            ["GET /api/networks/ehs"] = SignedIn,
            ["GET /api/networks/ehs/people"] = Boards,
        };
}
