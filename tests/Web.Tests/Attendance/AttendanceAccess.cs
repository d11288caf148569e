using ConsultHub.Tests.Fixtures;
using static ConsultHub.Tests.Fixtures.Visitors;

namespace ConsultHub.Tests.Attendance;

internal sealed class AttendanceAccess : IAccessTable
{
    public static IReadOnlyDictionary<string, Row> Rows { get; } =
        new Dictionary<string, Row>
        {
            // People report only their own playback. What a display reports is dropped.
            ["POST /api/lectures/{session1}/played"] = new(Rooms)
            {
                Body = """{"connection":"tab","played":[{"from":"{from}","to":"{to}","as":"live"}],"receipts":["{receipt}"]}""",
                Status = 204,
            },
            ["GET /api/conferences/{conference}/attendance"] = new("coordinator"),
            ["GET /api/conferences/{conference}/attendance/mine"] = new(Programme),
            ["GET /api/conferences/{conference}/attendance/export"] = new("coordinator integration"),
            ["GET /api/networks/{network}/credit-policies"] = new(Members),
            ["PUT /api/networks/{network}/credit-policies"] = new("coordinator") { Body = """{"policies":[],"version":{policies}}""" },
            ["GET /api/networks/{network}/credit-policies/templates"] = new("coordinator"),
            ["GET /api/networks/{network}/credit-policies/history"] = new("coordinator auditor"),
        };
}
