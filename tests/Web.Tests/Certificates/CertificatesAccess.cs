using ConsultHub.Tests.Fixtures;
using static ConsultHub.Tests.Fixtures.Visitors;

namespace ConsultHub.Tests.Certificates;

internal sealed class CertificatesAccess : IAccessTable
{
    public static IReadOnlyDictionary<string, Row> Rows { get; } =
        new Dictionary<string, Row>
        {
            ["GET /api/conferences/{conference}/certificates"] = new("coordinator"),
            ["GET /api/conferences/{conference}/certificates/mine"] = new(Programme),
            ["POST /api/conferences/{conference}/certificates"] = new(Follows) { Body = """{"body":"body"}""" },
            ["GET /api/certificates/keys"] = Everybody,
            ["POST /api/certificates/keys"] = new("administrator"),
            ["GET /api/certificates/verification?number={certificate}"] = Everybody,
            // The attendee has the first certificate, and consultant 1 the second. To others the hub says that there is none.
            ["GET /api/certificates/{certificate}"] = new("coordinator attendee") { Hides = true },
            ["GET /api/certificates/{certificate2}"] = new("consultant1 coordinator") { Hides = true },
            ["GET /api/certificates/{certificate}/pdf"] = new("coordinator attendee") { Hides = true },
            ["POST /api/certificates/{certificate2}/revocation"] = new("coordinator")
            {
                Body = """{"reason":"A test"}""",
                Status = 204,
                Hides = true,
            },
        };
}
