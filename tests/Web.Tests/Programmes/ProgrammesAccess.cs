using ConsultHub.Tests.Fixtures;
using static ConsultHub.Tests.Fixtures.Visitors;

namespace ConsultHub.Tests.Programmes;

internal sealed class ProgrammesAccess : IAccessTable
{
    private const string Applies = "coordinator hospital partner registrar consultant1 consultant2 research " + Learners,
        Reads = Applies + " auditor",
        Decides = "coordinator hospital partner director",
        Reviews = "director reviewer",
        Rotates = Decides + " supervisor",
        Judges = "director supervisor",
        Department = """{"name":{"en":"Ward"},"hospital":"{h1}","capacity":5}""",
        Activity = """{"name":{"en":"Act"},"cases":1}""",
        Rotation =
            """
                {"cohort":"now","person":"{traineeOf}","department":"ward","from":"{rotationFrom}","to":"{rotationTo}",
                "supervisor":"{supervisorOf}"}
                """,
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
            ["GET /api/programmes/{training}/departments/{ward}"] = new(Reads),
            ["PUT /api/programmes/{training}/departments/{id}"] = Put(Decides, Department),
            ["DELETE /api/programmes/{training}/departments/{ward}?preview=true"] = Delete(Decides, 409),
            ["GET /api/programmes/{training}/activities/{act}"] = new(Reads),
            ["PUT /api/programmes/{training}/activities/{id}"] = Put(Decides, Activity),
            ["DELETE /api/programmes/{training}/activities/{act}?preview=true"] = Delete(Decides, 409),
            ["GET /api/programmes/{training}/rotations/{rotation}"] = new(Rotates),
            ["PUT /api/programmes/{training}/rotations/{rotation}"] = Put(Decides, Rotation, 200),
            ["DELETE /api/programmes/{training}/rotations/{rotation}?preview=true"] = Delete(Decides, 200),
            ["GET /api/programmes/{training}/rotations-attention"] = new(Rotates),
            ["GET /api/programmes/{training}/cohorts/{now}/logbooks/{traineeOf}"] = new(Rotates + " trainee"),
            ["POST /api/programmes/{training}/cohorts/{now}/logbooks/{traineeOf}/commands"] = Log(
                "trainee",
                """
                "type":"logCases","entry":"{id}","activity":"act","day":"{yesterday}","cases":1,"role":"assisted"
                """
            ),
            ["POST /api/programmes/{training}/cohorts/{now}/logbooks/{traineeOf}/commands?as=supervisor"] = Log(
                Judges,
                """
                "type":"entrust","activity":"act","level":"observe"
                """
            ),
            ["GET /api/programmes/{training}/cohorts/{now}/course"] = new(Rotates + " trainee consultant1"),
            ["GET /api/programmes/{training}/cohorts/{now}/course/sessions/{e4}/comments"] = new(Rotates + " consultant1"),
            ["POST /api/programmes/{training}/cohorts/{now}/course/commands"] = Log(
                Decides + " consultant1",
                """
                "type":"markPresence","session":"{e4}","people":[{"person":"{traineeOf}","state":"present"}]
                """
            ) with
            {
                Code = "course.not-trainer",
            },
            ["POST /api/programmes/{training}/cohorts/{now}/course/commands?as=trainee"] = Log(
                "trainee",
                """
                "type":"giveFeedback","session":"{e4}","rating":4
                """
            ) with
            {
                Code = "course.not-yours",
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
            ["WATCH programme/{training}/rotations"] = new(Rotates),
            ["WATCH logbook/{training}/{now}/{traineeOf}"] = new(Rotates + " trainee"),
            ["WATCH course/{training}/{now}"] = new(Rotates),
            ["WATCH course/{training}/{now}/{traineeOf}"] = new("trainee"),
            ["WATCH dossier/{traineeOf}"] = new("trainee"),
        };

    private static Row Command(string allowed, string members) =>
        new(allowed) { Body = $$"""{{{members.Trim()}},"commandId":"{id}","cohort":"{cohort}"}""" };

    private static Row Log(string allowed, string members) => new(allowed) { Body = $$"""{{{members.Trim()}},"commandId":"{id}"}""" };

    private static Row Put(string allowed, string body, int status = 201) =>
        new(allowed)
        {
            Body = body,
            Status = status,
            IfMatch = status == 201 ? null : "*",
        };

    private static Row Delete(string allowed, int status) => new(allowed) { Status = status, IfMatch = "*" };
}
