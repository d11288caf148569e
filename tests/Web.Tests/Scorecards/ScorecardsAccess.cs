using ConsultHub.Tests.Fixtures;

namespace ConsultHub.Tests.Scorecards;

internal sealed class ScorecardsAccess : IAccessTable
{
    /// <summary>Limited roles read the figures of their part. <see cref="RandomYearTests"/> shows that they see nothing else.</summary>
    private const string Readers = "coordinator hospital partner registrar auditor",
        // Whoever is limited to a partner does not see the host's sheet. Whoever is limited to a hospital does not see a partner's.
        Hosts = "coordinator hospital registrar auditor director",
        OfPartner = "coordinator partner auditor director";

    public static IReadOnlyDictionary<string, Row> Rows { get; } =
        new Dictionary<string, Row>
        {
            ["GET /api/scorecards/{network}"] = new(Readers),
            ["GET /api/scorecards/{network}/figures.csv"] = new(Readers),
            ["GET /api/scorecards/{network}/scorecard.pdf?language=ko"] = new(Readers),
            ["GET /api/scorecards/{network}/rows?figure=consultations&to=2100-01-01&from=2099-01-01"] = new(Readers),
            ["GET /api/scorecards/{network}/rows.csv?figure=visits"] = new(Readers),
            ["POST /api/scorecards/{network}/reports"] = new(Readers)
            {
                Body = """{"commandId":"{id}","from":"2026-01-01","to":"2026-01-31"}""",
            },
            ["GET /api/scorecards/{network}/reports"] = new(Readers),
            ["GET /api/scorecards/{network}/sheets/host"] = new(Hosts),
            ["GET /api/scorecards/{network}/sheets/host.csv"] = new(Hosts),
            ["GET /api/scorecards/{network}/sheets/partner?partner={pa}"] = new(OfPartner),
            ["GET /api/scorecards/{network}/sheets/partner.csv?partner={pa}"] = new(OfPartner),
            // A report of the whole network is hidden from those who see a part of it.
            ["GET /api/scorecards/{network}/reports/{report}"] = new("coordinator auditor") { Hides = true },
            ["GET /api/scorecards/{network}/reports/{report}.csv"] = new("coordinator auditor") { Hides = true },
            ["GET /api/scorecards/{network}/reports/{report}.pdf"] = new("coordinator auditor") { Hides = true },
        };
}
