using ConsultHub.Tests.Fixtures;
using static ConsultHub.Tests.Fixtures.Visitors;

namespace ConsultHub.Tests.Records;

internal sealed class RecordsAccess : IAccessTable
{
    private const string Read = Members + " administrator",
        OfHospital1 = "coordinator hospital registrar",
        OfConsultant1 = "coordinator partner",
        Hospital = """{"network":"{network}","name":{"en":"Hospital 1"},"city":"Dubai","timeZone":"Asia/Dubai"}""",
        Room = """{"name":{"en":"A room"},"capacity":5}""",
        Closure = """{"from":"2029-01-01T00:00:00Z","to":"2029-01-02T00:00:00Z"}""",
        Procedure = """{"specialty":"cardiology","name":{"en":"A procedure"},"assisted":3,"supervised":5}""",
        Credential = """{"hospital":"{h1}","specialty":"cardiology","from":"2029-01-01T00:00:00Z","to":"2029-02-01T00:00:00Z"}""",
        Rooms = "hospital,id,name.en,capacity\n{h1},{id},A room,3\n";

    public static IReadOnlyDictionary<string, Row> Rows { get; } =
        new Dictionary<string, Row>
        {
            ["PUT /api/networks/{network}"] = Put("coordinator", """{"name":{"en":"A network"},"timeZone":"Asia/Dubai"}""", 200),
            ["PUT /api/networks/{id}?preview=true"] = new("administrator")
            {
                Body = """{"name":{"en":"A new network"},"timeZone":"Asia/Dubai"}""",
            },
            ["DELETE /api/networks/{network}"] = Delete("coordinator", 409), // it has hospitals
            ["GET /api/networks/{network}/policy"] = new(Read),
            ["PUT /api/networks/{network}/policy"] = Put("coordinator", Policy, 200),
            ["DELETE /api/networks/{network}/policy"] = Delete("coordinator"),
            ["GET /api/networks/{network}/travel"] = new(Read),
            ["PUT /api/networks/{network}/travel"] = Put("coordinator", """{"travel":[{"from":"{h1}","to":"{h2}","minutes":20}]}""", 200),
            ["GET /api/networks/{network}/travel/{way}"] = new(Read),
            ["PUT /api/networks/{network}/travel/{way}"] = Put("coordinator", """{"from":"{h1}","to":"{h2}","minutes":25}""", 200),
            ["DELETE /api/networks/{network}/travel/{way}?preview=true"] = Delete("coordinator", 200),
            ["GET /api/networks/{network}/rota"] = new(Read),
            ["PUT /api/networks/{network}/rota?preview=true"] = Put("coordinator", """{"rota":[]}""", 200),
            ["GET /api/networks/{network}/rota/{period2}"] = new(Read),
            ["PUT /api/networks/{network}/rota/{anyPeriod}"] = Put(
                "coordinator",
                """{"coordinator":"{network}-coordinator","from":"2029-01-01T00:00:00Z","to":"2029-01-02T00:00:00Z"}"""
            ) with
            {
                IfMatch = null,
            },
            ["DELETE /api/networks/{network}/rota/{period2}?preview=true"] = Delete("coordinator", 200),
            ["GET /api/networks/{network}/partner-holidays/{partnerHoliday}"] = new(Read),
            ["PUT /api/networks/{network}/partner-holidays/{partnerHoliday}"] = Put(
                "coordinator",
                """{"partner":"{pa}","from":"2027-01-01","until":"2027-01-01","name":"New Year's Day"}""",
                200
            ),
            ["DELETE /api/networks/{network}/partner-holidays/{partnerHoliday}?preview=true"] = Delete("coordinator", 200),
            ["GET /api/partners/{pa}?network={network}"] = new(Read),
            ["PUT /api/partners/{id}?network={network}"] = Put("coordinator", """{"name":{"en":"A partner"},"timeZone":"Asia/Seoul"}"""),
            ["DELETE /api/partners/{px}?network={network}"] = Delete("coordinator"),

            ["POST /api/records"] = new(OfHospital1)
            {
                Body =
                    """{"commandId":"{id}","owner":"{h1}","records":[{"table":"rooms","record":{"id":"{id}","name":{"en":"A room"},"""
                    + "\"capacity\":5}}]}",
                Status = 201,
            },

            ["PUT /api/hospitals/{h1}"] = Put(OfHospital1, Hospital, 200),
            ["PUT /api/hospitals/{id}?preview=true"] = new("coordinator") { Body = Hospital },
            ["DELETE /api/hospitals/{hx}?preview=true"] = Delete("coordinator", 200),
            ["GET /api/hospitals/{h1}/rooms/{r1}"] = new(Staff + " administrator"),
            ["PUT /api/hospitals/{h1}/rooms/{id}"] = Put(OfHospital1, Room),
            ["PUT /api/hospitals/{h2}/rooms/{id}"] = Put("coordinator", Room),
            ["DELETE /api/hospitals/{hx}/rooms/{rx}"] = Delete("coordinator"),
            ["GET /api/hospitals/{h1}/calendar"] = new(Staff + " administrator"),
            ["PUT /api/hospitals/{h1}/calendar"] = Put(OfHospital1, """{"hours":[],"holidays":[]}""", 200),
            ["GET /api/hospitals/{hx}/calendar/hours/{monday}"] = new(Staff + " administrator"),
            ["PUT /api/hospitals/{hx}/calendar/hours/{monday}"] = Put(
                "coordinator",
                """{"day":"monday","opens":"09:00:00","closes":"16:00:00"}""",
                200
            ),
            ["DELETE /api/hospitals/{hx}/calendar/hours/{monday}?preview=true"] = Delete("coordinator", 200),
            ["GET /api/hospitals/{hx}/calendar/holidays/{holiday}"] = new(Staff + " administrator"),
            ["PUT /api/hospitals/{hx}/calendar/holidays/{holiday}"] = Put(
                "coordinator",
                """{"from":"2027-12-02","until":"2027-12-04","name":"National day"}""",
                200
            ),
            ["DELETE /api/hospitals/{hx}/calendar/holidays/{holiday}?preview=true"] = Delete("coordinator", 200),
            ["GET /api/hospitals/{hx}/closures/{closed}"] = new(Staff + " administrator"),
            ["PUT /api/hospitals/{h1}/closures/{id}"] = Put(OfHospital1, Closure),
            ["DELETE /api/hospitals/{hx}/closures/{closed}?preview=true"] = Delete("coordinator", 200),

            ["GET /api/hospitals/{h2}/procedures/{procedure}"] = new(Staff + " administrator"),
            ["PUT /api/hospitals/{h1}/procedures/{id}"] = Put(OfHospital1, Procedure),
            ["DELETE /api/hospitals/{hx}/procedures/{procedure}?preview=true"] = Delete("coordinator", 200),

            ["GET /api/specialties/{specialty}"] = Everywhere(Read),
            ["PUT /api/specialties/{id}?preview=true"] = new("administrator") { Body = """{"name":{"en":"A specialty"}}""" },
            ["DELETE /api/specialties/{specialty}?preview=true"] = Delete("administrator", 200),
            ["PUT /api/consultants/{c1}?preview=true"] = Put(
                OfConsultant1,
                """{"name":{"en":"Dr 1"},"home":"{pa}","homeTimeZone":"Asia/Seoul","networks":["{network}"]}""",
                200
            ),
            ["DELETE /api/consultants/{cx}?preview=true"] = Delete("coordinator", 200),
            ["GET /api/consultants/{c1}/credentials/{credential11}"] = new("coordinator hospital partner registrar consultant1"),
            ["GET /api/consultants/{c1}/credentials/{credential12}"] = new("coordinator partner consultant1"),
            ["PUT /api/consultants/{c1}/credentials/{id}"] = Put(OfHospital1 + " partner", Credential),
            ["DELETE /api/consultants/{c2}/credentials/{credential22}?preview=true"] = Delete("coordinator", 200),
            ["GET /api/consultants/{c1}/visits/{visit1}"] = new("coordinator partner consultant1"),
            ["PUT /api/consultants/{c1}/visits/{id}?preview=true"] = Put(
                OfConsultant1,
                """{"network":"{network}","arrival":"2029-01-01T00:00:00Z","departure":"2029-01-02T00:00:00Z"}""",
                200
            ) with
            {
                IfMatch = null,
            },
            ["DELETE /api/consultants/{c1}/visits/{visit1}?preview=true"] = Delete(OfConsultant1, 200),
            ["GET /api/consultants/{c1}/absences/{absence1}"] = new("coordinator partner consultant1"),
            ["PUT /api/consultants/{c1}/absences/{id}"] = Put(OfConsultant1, Closure),
            ["DELETE /api/consultants/{c1}/absences/{absence1}?preview=true"] = Delete(OfConsultant1, 200),

            ["GET /api/tables"] = Everywhere(SignedIn),
            // Everybody who has signed in gets the rows that the person may read, which may be none.
            ["GET /api/tables/{roomsTable}?network={network}"] = Everywhere(SignedIn) with
            {
                Secret = "\"{r1}\"",
                Sees = Staff + " administrator",
            },
            ["GET /api/tables/{credentialsTable}?network={network}"] = Everywhere(SignedIn) with
            {
                Secret = "\"{credential12}\"",
                Sees = "coordinator partner consultant1",
            },
            ["GET /api/tables/{visitsTable}?network={network}"] = Everywhere(SignedIn) with
            {
                Secret = "\"{visit2}\"",
                Sees = "coordinator consultant2",
            },
            ["GET /api/tables/{conferencesTable}?network={network}"] = Everywhere(SignedIn) with
            {
                Secret = "\"{conference}\"",
                Sees = "coordinator",
            },
            ["GET /api/tables/{sessionsTable}?network={network}"] = Everywhere(SignedIn) with
            {
                Secret = "\"{session1}\"",
                Sees = "coordinator",
            },
            ["POST /api/tables/{conferencesTable}?network={network}&preview=true"] = new("coordinator hospital partner")
            {
                Body = "id,title.en\n{conference},Ours\n",
                Type = "text/csv",
            },
            ["POST /api/tables/{sessionsTable}?network={network}&preview=true"] = new("coordinator hospital partner")
            {
                Body = "conference,id,title.en\n{conference},{session1},One\n",
                Type = "text/csv",
            },
            ["GET /api/tables/{peopleTable}?network={network}"] = Everywhere("coordinator hospital partner administrator auditor") with
            {
                Secret = "\"{network}-attendee\"",
                Sees = "coordinator administrator auditor",
            },
            ["POST /api/tables/{peopleTable}?network={network}&preview=true"] = new("coordinator hospital partner administrator")
            {
                Body = "userName,name.en,role,network\nsomebody-new,New,display,{network}\n",
                Type = "text/csv",
            },
            ["GET /api/tables/{roomsTable}/history?owner={h1}&id={r1}"] = new(OfHospital1),
            ["POST /api/tables/{roomsTable}?network={network}"] = new(OfHospital1 + " partner") { Body = Rooms, Type = "text/csv" },
            ["POST /api/tables/{consultantsTable}?network={network}&preview=true"] = new("coordinator hospital partner")
            {
                Body = "id,name.en\n{c1},Dr 1\n",
                Type = "text/csv",
            },
            ["POST /api/tables/{holidaysTable}?network={network}&preview=true"] = new(OfHospital1 + " partner")
            {
                Body = "BEGIN:VCALENDAR\nEND:VCALENDAR\n",
                Type = "text/calendar",
                Status = 422,
            },
            ["GET /api/tables/imports/{import}"] = new("coordinator") { Hides = true },
            ["WATCH records/{network}"] = new(Members),
        };

    private const string Policy = """
        {"consultantOverlap":"refuse","roomOverlap":"refuse","credential":"refuse","visit":"refuse","closure":"refuse","travel":"warn",
        "rest":"warn","workingHours":"warn","roomCapacity":"warn","roomEquipment":"warn","hospitalLimit":"warn",
        "travelMargin":"00:15:00","minimumRest":"11:00:00","hospitalsPerConsultant":4,"answerMargin":"00:30:00","arrivalFrom":"02:00:00",
        "patientLanguages":["ar"]}
        """;

    private static Row Put(string allowed, string body, int status = 201) =>
        new(allowed)
        {
            Body = body,
            Status = status,
            IfMatch = status == 201 ? null : "*",
        };

    private static Row Delete(string allowed, int status = 204) => new(allowed) { Status = status, IfMatch = "*" };

    private static Row Everywhere(string allowed) => new(allowed) { Elsewhere = allowed };
}
