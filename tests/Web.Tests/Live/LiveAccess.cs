using ConsultHub.Tests.Fixtures;
using static ConsultHub.Tests.Fixtures.Visitors;

namespace ConsultHub.Tests.Live;

internal sealed class LiveAccess : IAccessTable
{
    public static IReadOnlyDictionary<string, string> Rows { get; } =
        new Dictionary<string, string>
        {
            ["GET /api/topics/conference/none"] = SignedIn,
            ["GET /hubs/live"] = SignedIn,
            ["POST /hubs/live/negotiate"] = SignedIn,
        };
}
