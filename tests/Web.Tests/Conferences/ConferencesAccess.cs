using ConsultHub.Tests.Fixtures;
using static ConsultHub.Tests.Fixtures.Visitors;

namespace ConsultHub.Tests.Conferences;

internal sealed class ConferencesAccess : IAccessTable
{
    private const string Edit = """{"commandId":"{id}","title":"A session","duration":30,"room":"Hall"}""",
        Move = """{"commandId":"{id}","start":"{tomorrow}","duration":60,"room":"Hall"}""",
        Schedule =
            "<schedule><conference><title>Ours</title><time_zone_name>Asia/Dubai</time_zone_name></conference>"
            + "<day date=\"2027-03-01\"><event id=\"1\"><title>One</title><start>10:00</start><duration>45</duration><room>A</room>"
            + "</event></day></schedule>";

    public static IReadOnlyDictionary<string, Row> Rows { get; } =
        new Dictionary<string, Row>
        {
            ["GET /api/conferences"] = new(Members) { Secret = "{conference}", Sees = Programme }, // those of the visitor's own network
            ["GET /api/conferences/{conference}"] = new(Programme),
            ["PUT /api/conferences/{id}"] = new("coordinator")
            {
                Body = """{"title":"Made by hand","timeZone":"Asia/Dubai","network":"{network}"}""",
                Status = 201,
            },
            ["PUT /api/conferences/{conference}?preview=true"] = new("coordinator")
            {
                Body = """{"title":"Another title","timeZone":"Asia/Dubai","rooms":[{"name":"Hall"}]}""",
                IfMatch = "*",
            },
            ["DELETE /api/conferences/{undrafted}?preview=true"] = new("coordinator") { IfMatch = "*" },
            ["GET /api/conferences/{conference}/sessions/{session1}"] = new(Programme),
            ["GET /api/conferences/{conference}/sessions/{session1}?draft=true"] = new("coordinator"),
            ["PUT /api/conferences/{conference}/sessions/{session2}?preview=true"] = new("coordinator")
            {
                Body = """{"title":"A session","duration":30,"room":"Hall"}""",
                IfMatch = "*",
            },
            ["DELETE /api/conferences/{conference}/sessions/{session2}?preview=true"] = new("coordinator") { IfMatch = "*" },
            ["GET /api/conferences/{conference}?draft=true"] = new("coordinator"),
            ["POST /api/conferences/import"] = new("coordinator")
            {
                Body = Schedule,
                Type = "application/xml",
                Status = 201,
            },
            ["POST /api/conferences/import?conferenceId={undrafted}&preview=true"] = new("coordinator")
            {
                Body = Schedule,
                Type = "application/xml",
            },
            ["GET /api/conferences/{conference}/schedule.xml"] = new(Programme + " integration"),
            ["GET /api/conferences/{conference}/schedule.json"] = new(Programme + " integration"),
            ["POST /api/conferences/{conference}/sessions/{session2}/move"] = new("coordinator") { Body = Move },
            ["POST /api/conferences/{conference}/sessions/{session2}/move/checks"] = new("coordinator") { Body = Move },
            ["GET /api/conferences/{conference}/favourites"] = new(Programme),
            ["PUT /api/conferences/{conference}/favourites/{session1}"] = new(Follows) { Status = 204 },
            ["DELETE /api/conferences/{conference}/favourites/{session1}"] = new(Follows) { Status = 204 },
            ["POST /api/conferences/{undrafted}/draft"] = new("coordinator") { Status = 204 },
            ["DELETE /api/conferences/{drafted}/draft"] = new("coordinator") { Status = 204 },
            ["GET /api/conferences/{conference}/draft/changes"] = new("coordinator"),
            ["POST /api/conferences/{conference}/draft/checks"] = new("coordinator")
            {
                Body = """{"start":"{tomorrow}","duration":30,"room":"Hall"}""",
            },
            ["POST /api/conferences/{conference}/draft/sessions"] = new("coordinator") { Body = Edit },
            ["PUT /api/conferences/{conference}/draft/sessions/{session2}"] = new("coordinator") { Body = Edit },
            ["DELETE /api/conferences/{conference}/draft/sessions/{session3}"] = new("coordinator") { Status = 204 },
            ["POST /api/conferences/{publishable}/releases"] = new("coordinator") { Body = """{"commandId":"{id}"}""" },
            ["GET /api/conferences/{conference}/releases"] = new(Programme),
            ["GET /api/conferences/{conference}/releases/{release}"] = new(Programme),
            ["GET /api/conferences/{conference}/releases/{release}/changes"] = new(Programme),
            ["GET /api/conferences/{conference}/places"] = new(Programme),
            ["GET /api/conferences/{conference}/ticket"] = new(Attends),
            ["PUT /api/conferences/{conference}/sessions/{session2}/place"] = new(Attends),
            ["DELETE /api/conferences/{conference}/sessions/{session2}/place"] = new(Attends),
            ["PUT /api/conferences/{conference}/sessions/{session3}/feedback"] = new(Follows) { Body = """{"stars":5}""" },
            ["GET /api/conferences/{conference}/sessions/{session3}/feedback"] = new("coordinator"),
            ["PUT /api/conferences/{conference}/sessions/{session2}/capacity"] = new("coordinator")
            {
                Body = """{"places":50}""",
                Status = 204,
            },
            ["POST /api/conferences/{conference}/sessions/{session1}/checkins"] = new("coordinator") { Body = """{"code":"{ticket}"}""" },
            ["GET /api/conferences/{conference}/sessions/{session2}/audience"] = new("coordinator"),
            ["PUT /api/conferences/{conference}/public"] = new("coordinator") { Body = """{"public":true}""", Status = 204 },
            ["GET /api/public/conferences/{conference}"] = Everybody,
            ["GET /api/public/conferences/{conference}/schedule.xml"] = Everybody,
            ["GET /api/public/conferences/{conference}/schedule.json"] = Everybody,
            ["GET /api/public/conferences/{conference}/calendar.ics"] = Everybody,
            ["WATCH conference/{conference}"] = new(Programme),
            ["WATCH conference/{conference}/draft"] = new("coordinator"),
        };
}
