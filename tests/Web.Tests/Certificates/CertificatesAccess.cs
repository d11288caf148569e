using ConsultHub.Tests.Fixtures;
using static ConsultHub.Tests.Fixtures.Visitors;

namespace ConsultHub.Tests.Certificates;

internal sealed class CertificatesAccess : IAccessTable
{
    private const string Decides = "coordinator hospital partner director";

    public static IReadOnlyDictionary<string, Row> Rows { get; } =
        new Dictionary<string, Row>
        {
            ["GET /api/conferences/{conference}/certificates"] = new("coordinator"),
            ["GET /api/conferences/{conference}/certificates/mine"] = new(Programme),
            ["POST /api/conferences/{conference}/certificates"] = new(Follows) { Body = """{"body":"body"}""" },
            ["GET /api/networks/{network}/credit-years/mine"] = new(Members),
            ["GET /api/certificates/keys"] = Everybody,
            ["POST /api/certificates/keys"] = new("administrator"),
            ["GET /api/certificates/verification?number={certificate}"] = Everybody,
            // The attendee has the first certificate, and consultant 1 the second. To others the hub says that there is none.
            ["GET /api/certificates/{certificate}"] = new("coordinator attendee") { Hides = true },
            ["GET /api/certificates/{certificate2}"] = new("consultant1 coordinator") { Hides = true },
            ["GET /api/certificates/{certificate}/pdf"] = new("coordinator attendee") { Hides = true },
            ["GET /api/certificates/{certificate}/badge"] = new("coordinator attendee") { Hides = true },
            ["GET /api/badges/keys"] = Everybody,
            ["GET /api/badges/keys/{key}"] = Everybody,
            ["GET /api/badges/conferences/{conference}/issuer"] = Everybody,
            ["GET /api/badges/conferences/{conference}/status"] = Everybody,
            ["GET /api/certificates/completions"] = new(SignedIn),
            // The trainee has completed the course. To others the hub says that there is no such certificate.
            ["GET /api/certificates/{completion}"] = new(Decides + " trainee") { Hides = true },
            ["GET /api/certificates/{completion}/pdf"] = new(Decides + " trainee") { Hides = true },
            ["GET /api/certificates/{completion}/badge"] = new(Decides + " trainee") { Hides = true },
            ["GET /api/badges/programmes/{course}/issuer"] = Everybody,
            ["GET /api/badges/programmes/{course}/status"] = Everybody,
            ["GET /api/programmes/{course}/certificates"] = new(Decides),
            ["POST /api/programmes/{course}/cohorts/{cohort}/certificates"] = new(Decides) { Body = """{"person":"{traineeOf}"}""" },
            ["POST /api/certificates/{completion}/revocation"] = new(Decides)
            {
                Body = """{"reason":"A test"}""",
                Status = 204,
                Hides = true,
            },
            ["POST /api/certificates/{certificate2}/revocation"] = new("coordinator")
            {
                Body = """{"reason":"A test"}""",
                Status = 204,
                Hides = true,
            },
        };
}
