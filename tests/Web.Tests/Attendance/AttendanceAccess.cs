using ConsultHub.Tests.Fixtures;
using static ConsultHub.Tests.Fixtures.Visitors;

namespace ConsultHub.Tests.Attendance;

internal sealed class AttendanceAccess : IAccessTable
{
    public static IReadOnlyDictionary<string, string> Rows { get; } =
        new Dictionary<string, string>
        {
            ["POST /api/lectures/s-1/played"] = SignedIn, // people report only their own playback
            ["GET /api/conferences/x-1/attendance"] = Coordinates,
            ["GET /api/conferences/x-1/attendance/mine"] = SignedIn,
            ["GET /api/conferences/x-1/attendance/export"] = Coordinates,
            ["GET /api/networks/ehs/credit-policies"] = SignedIn,
            ["PUT /api/networks/ehs/credit-policies"] = Coordinates,
            ["GET /api/networks/ehs/credit-policies/history"] = Coordinates,
        };
}
