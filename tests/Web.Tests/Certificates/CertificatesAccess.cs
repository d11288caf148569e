using ConsultHub.Tests.Fixtures;
using static ConsultHub.Tests.Fixtures.Visitors;

namespace ConsultHub.Tests.Certificates;

internal sealed class CertificatesAccess : IAccessTable
{
    public static IReadOnlyDictionary<string, string> Rows { get; } =
        new Dictionary<string, string>
        {
            ["GET /api/conferences/x-1/certificates"] = Coordinates,
            ["GET /api/conferences/x-1/certificates/mine"] = SignedIn,
            ["POST /api/conferences/x-1/certificates"] = SignedIn,
            ["GET /api/certificates/keys"] = All,
            ["POST /api/certificates/keys"] = Coordinates,
            ["GET /api/certificates/verification"] = All,
            ["GET /api/certificates/x-1.0000000z"] = SignedIn, // for the holder and the network's coordinators, see CertificateApiTests
            ["GET /api/certificates/x-1.0000000z/pdf"] = SignedIn,
            ["POST /api/certificates/x-1.0000000z/revocation"] = AnyCoordinator,
        };
}
