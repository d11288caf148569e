using ConsultHub.Tests.Fixtures;

namespace ConsultHub.Tests.Research;

internal sealed class ResearchAccess : IAccessTable
{
    private const string Reads = "coordinator hospital partner registrar consultant1 consultant2 auditor research",
        Changes = "coordinator hospital partner research consultant1", // consultant 1 leads the initiative
        Decides = "coordinator hospital partner research",
        Profile =
            """{"network":"{network}","kind":"researchInnovation","title":{"en":"An initiative"},"specialty":"cardiology","""
            + """ "partner":"{pa}","sites":["{h1}"],"lead":"{c1}","stage":"idea"}""",
        Proposal = """{"call":"k1","title":"An idea","summary":"A summary","proposer":"{c2}","submitted":"{submitted}"}""";

    public static IReadOnlyDictionary<string, Row> Rows { get; } =
        new Dictionary<string, Row>([
            .. Of("milestones", "m1", """{"name":{"en":"A milestone"},"due":"2029-01-01"}"""),
            .. Of("tasks", "t1", """{"title":"A task","owner":"{c2}"}"""),
            .. Of("approvals", "a1", """{"site":"{h1}","body":"Committee","state":"asked"}"""),
            .. Of("papers", "d1", """{"title":"A document","link":"https://example.org"}"""),
            .. Of("outputs", "o1", """{"kind":"other","title":"An output"}"""),
            .. Of("resources", "s1", """{"kind":"service","name":{"en":"A service"},"partner":"{pa}","contact":"Somebody"}"""),
            .. Of("calls", "k1", """{"title":{"en":"A call"},"opens":"2029-01-01T00:00:00Z","closes":"2029-02-01T00:00:00Z"}""", 400),
            .. Of("proposals", "q1", Proposal, changes: Decides),
        ])
        {
            ["GET /api/initiatives?network={network}"] = new(Reads + " " + Visitors.Learners),
            ["GET /api/public/initiatives/{i1}"] = Visitors.Everybody,
            ["GET /api/initiatives/{i1}"] = new(Reads),
            ["PUT /api/initiatives/{i1}?preview=true"] = Put(Changes, Profile, 200),
            ["PUT /api/initiatives/{id}?preview=true"] = Put(Decides, Profile, 200) with { IfMatch = null },
            ["DELETE /api/initiatives/{ix}?preview=true"] = Delete(Changes),
            ["GET /api/initiatives/{i1}/overview"] = new(Reads) { Secret = "{summary}", Sees = Decides + " consultant2" },
            ["GET /api/initiatives/{i1}/proposals/{q1}"] = new(Reads) { Secret = "{summary}", Sees = Decides + " consultant2" },
            ["GET /api/tables/{proposalsTable}?network={network}"] = new(Visitors.SignedIn)
            {
                Elsewhere = Visitors.SignedIn,
                Secret = "{summary}",
                Sees = Decides + " consultant2",
            },
            ["POST /api/initiatives/{i1}/commands"] = new(Reads)
            {
                Body = """{"type":"submit","commandId":"{id}","call":"k1","title":"An idea","summary":"A summary"}""",
                Status = 204,
            },
            ["WATCH research/{network}"] = new(Reads),
        };

    private static IEnumerable<KeyValuePair<string, Row>> Of(
        string table,
        string id,
        string body,
        int removed = 200,
        string changes = Changes
    ) =>
        [
            new($"GET /api/initiatives/{{i1}}/{table}/{{{id}}}", new(Reads)),
            new($"PUT /api/initiatives/{{i1}}/{table}/{{id}}", Put(changes, body, 201)),
            new($"DELETE /api/initiatives/{{ix}}/{table}/{{{id}}}?preview=true", Delete(changes, removed)),
        ];

    private static Row Put(string allowed, string body, int status) =>
        new(allowed)
        {
            Body = body,
            Status = status,
            IfMatch = status == 201 ? null : "*",
        };

    private static Row Delete(string allowed, int status = 200) => new(allowed) { Status = status, IfMatch = "*" };
}
