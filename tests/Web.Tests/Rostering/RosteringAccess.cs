using ConsultHub.Tests.Fixtures;
using static ConsultHub.Tests.Fixtures.Visitors;

namespace ConsultHub.Tests.Rostering;

internal sealed class RosteringAccess : IAccessTable
{
    private static string PlanAt(string hospital) =>
        """{"type":"plan","commandId":"{id}","engagement":"{id}","kind":"consultation","title":"Clinic","specialty":"cardiology","""
        + $$"""
            "hospital":"{{hospital}}","start":"{start}","end":"{end}","reason":"A test"}
            """;

    public static IReadOnlyDictionary<string, Row> Rows { get; } =
        new Dictionary<string, Row>
        {
            ["POST /api/rosters/{network}/{week}/commands?at=h1"] = new("coordinator hospital") { Body = PlanAt("{h1}") },
            ["POST /api/rosters/{network}/{week}/commands?at=h2"] = new("coordinator") { Body = PlanAt("{h2}") },
            ["POST /api/rosters/{network}/{pastWeek}/commands?record"] = new("coordinator hospital registrar consultant1")
            {
                Body =
                    """{"type":"recordWork","commandId":"{id}","engagement":"{e4}","work":{"consultations":3},"reason":"Counted again"}""",
            },
            // Only the candidate may answer, so the roster refuses a coordinator too.
            ["POST /api/rosters/{network}/{week}/commands?answer"] = new("consultant1")
            {
                Body = """{"type":"accept","commandId":"{id}","engagement":"{e3}","proposal":"{proposal}"}""",
                Code = "roster.not-candidate",
            },
            ["POST /api/rosters/{network}/{week}/checks?at=h1"] = new("coordinator hospital") { Body = PlanAt("{h1}") },
            ["POST /api/rosters/{network}/{week}/checks?at=h2"] = new("coordinator") { Body = PlanAt("{h2}") },
            ["GET /api/rosters/{network}/{week}/engagements/{e1}"] = new(BoardOfHospital1 + " partner") { Secret = "{case1}" },
            ["GET /api/rosters/{network}/{week}/engagements/{e2}"] = new(Boards) { Secret = "{case2}" },
            ["GET /api/rosters/{network}/{week}/engagements/{e1}/confidential"] = new("coordinator hospital consultant1"),
            ["GET /api/rosters/{network}/{week}/engagements/{e2}/confidential"] = new("coordinator consultant2"),
            ["GET /api/rosters/{network}/{week}/engagements/{e1}/candidates"] = new("coordinator hospital"),
            ["GET /api/rosters/{network}/{week}/engagements/{e2}/candidates"] = new("coordinator"),
            // Everybody who sees the board reads its history. Only some visitors see the reasons.
            ["GET /api/rosters/{network}/{week}/history"] = new(Boards) { Secret = "{reason1}", Sees = "coordinator auditor consultant1" },
            ["GET /api/rosters/{network}/{week}/history?subject=engagement&id={e1}"] = new(BoardOfHospital1 + " partner")
            {
                Secret = "{reason1}",
                Sees = "coordinator hospital auditor consultant1",
            },
            ["GET /api/rosters/{network}/{week}/history?subject=hospital&id={h1}"] = new(BoardOfHospital1)
            {
                Secret = "{reason1}",
                Sees = "coordinator hospital auditor consultant1",
            },
            ["GET /api/rosters/{network}/{week}/history?subject=room&id={h1}/{r1}"] = new(BoardOfHospital1)
            {
                Secret = "{reason1}",
                Sees = "coordinator hospital auditor consultant1",
            },
            ["GET /api/rosters/{network}/{week}/history?subject=hospital&id={h2}"] = new(Boards)
            {
                Secret = "{reason2}",
                Sees = "coordinator auditor consultant2",
            },
            ["GET /api/rosters/{network}/{week}/history?subject=consultant&id={c1}"] = new("coordinator partner auditor consultant1")
            {
                Secret = "{case1}",
            },
            ["GET /api/rosters/{network}/{week}/history?subject=consultant&id={c2}"] = new("coordinator auditor consultant2"),
            ["WATCH board/{network}/{week}"] = new(Boards),
            ["WATCH board/{network}/{week}/hospital/{h1}"] = new(BoardOfHospital1),
            ["WATCH board/{network}/{week}/hospital/{h2}"] = new(Boards),
            ["WATCH board/{network}/{week}/partner/{pa}"] = new(BoardOfPartner1),
            ["WATCH board/{network}/{week}/partner/{pb}"] = new(Boards),
        };
}
