using ConsultHub.Tests.Fixtures;
using static ConsultHub.Tests.Fixtures.Visitors;

namespace ConsultHub.Tests.Consultants;

internal sealed class ConsultantsAccess : IAccessTable
{
    public static IReadOnlyDictionary<string, string> Rows { get; } =
        new Dictionary<string, string>
        {
            ["GET /api/specialties"] = All,
            ["GET /api/visits"] = Coordinates,
            ["GET /api/consultants"] = SignedIn,
            ["GET /api/consultants/x-1"] = SignedIn,
        };
}
