using ConsultHub.Tests.Fixtures;
using static ConsultHub.Tests.Fixtures.Visitors;

namespace ConsultHub.Tests.Programmes;

internal sealed class ProgrammesAccess : IAccessTable
{
    private const string Applies = "coordinator hospital partner registrar consultant1 consultant2 research " + Learners,
        Reads = Applies + " auditor",
        Decides = "coordinator hospital partner director",
        Reviews = "director reviewer",
        Profile =
            """
                {"network":"{network}","kind":"fellowship","name":{"en":"A fellowship"},"summary":{"en":"A year."},"partner":"{pa}",
                "hospitals":["{h1}"],"atPartner":false,"languages":["en"],"director":"{network}-director","reviewsPerSide":1,
                "admission":"selection","public":true}
                """,
        Cohort =
            """
                {"name":{"en":"Cohort"},"from":"2030-03-01","to":"2031-02-28","applyBy":"2030-01-01T00:00:00Z","places":10,"answerDays":7}
                """,
        Requirement = """{"kind":"licence","name":{"en":"A licence"},"lasts":true,"by":"trainee"}""",
        Paper = """{"kind":"licence","title":"Licence"}""";

    public static IReadOnlyDictionary<string, Row> Rows { get; } =
        new Dictionary<string, Row>
        {
            ["GET /api/programmes?network={network}"] = new(Reads),
            ["GET /api/programmes/{programme}"] = new(Reads),
            ["PUT /api/programmes/{programme}"] = Put(Decides, Profile, 200),
            ["DELETE /api/programmes/{programmeX}?preview=true"] = Delete(Decides, 200),
            ["GET /api/programmes/{programme}/cohorts/{cohort}"] = new(Reads),
            ["PUT /api/programmes/{programme}/cohorts/{id}"] = Put(Decides, Cohort),
            ["DELETE /api/programmes/{programmeX}/cohorts/{cohort}?preview=true"] = Delete(Decides, 200),
            ["GET /api/programmes/{programme}/requirements/{requirement}"] = new(Reads),
            ["PUT /api/programmes/{programme}/requirements/{requirement}"] = Put(Decides, Requirement, 200),
            ["DELETE /api/programmes/{programmeX}/requirements/{requirement}?preview=true"] = Delete(Decides, 200),
            ["POST /api/programmes/{programme}/commands"] = Command(Applies, "\"type\":\"apply\"") with { Twin = "supervisor" },
            ["POST /api/programmes/{programme}/commands?as=reviewer"] = Command(
                Reviews,
                """
                "type":"review","person":"{traineeOf}","score":4,"recommendation":"recommend"
                """
            ),
            ["POST /api/programmes/{programme}/commands?as=director"] = Command(
                Decides,
                """
                "type":"rank","people":[]
                """
            ),
            ["GET /api/programmes/{programme}/cohorts/{cohort}/applications/{traineeOf}"] = new(Decides + " reviewer trainee")
            {
                Secret = "{statement}",
                Sees = Decides + " reviewer trainee",
            },
            ["GET /api/public/programmes/{programme}"] = Everybody,
            ["GET /api/dossiers/{traineeOf}"] = new(Decides + " trainee") { Secret = "{paper}", Sees = Decides + " trainee" },
            ["PUT /api/dossiers/{traineeOf}/documents/{paper}/check"] = new(Decides) { Body = """{"tag":"{paperTag}"}""", Status = 204 },
            ["DELETE /api/dossiers/{traineeOf}/documents/{paper}/check"] = new(Decides) { Status = 204 },
            ["GET /api/dossiers/{traineeOf}/documents/{paper}"] = new(Decides + " trainee"),
            ["PUT /api/dossiers/{traineeOf}/documents/{id}"] = Put("trainee", Paper),
            ["DELETE /api/dossiers/{traineeOf}/documents/{paper}?preview=true"] = Delete("trainee", 200),
            ["WATCH programmes/{network}"] = new(Reads),
            ["WATCH programme/{programme}"] = new(Reads),
            ["WATCH programme/{programme}/applications"] = new(Decides + " reviewer"),
            ["WATCH dossier/{traineeOf}"] = new("trainee"),
        };

    private static Row Command(string allowed, string members) =>
        new(allowed) { Body = $$"""{{{members.Trim()}},"commandId":"{id}","cohort":"{cohort}"}""" };

    private static Row Put(string allowed, string body, int status = 201) =>
        new(allowed)
        {
            Body = body,
            Status = status,
            IfMatch = status == 201 ? null : "*",
        };

    private static Row Delete(string allowed, int status) => new(allowed) { Status = status, IfMatch = "*" };
}
