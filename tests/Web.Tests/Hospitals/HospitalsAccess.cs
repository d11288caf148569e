using ConsultHub.Tests.Fixtures;
using static ConsultHub.Tests.Fixtures.Visitors;

namespace ConsultHub.Tests.Hospitals;

internal sealed class HospitalsAccess : IAccessTable
{
    public static IReadOnlyDictionary<string, string> Rows { get; } =
        new Dictionary<string, string> { ["GET /api/hospitals"] = SignedIn, ["GET /api/hospitals/x-1"] = SignedIn };
}
