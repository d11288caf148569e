using ConsultHub.Tests.Fixtures;
using static ConsultHub.Tests.Fixtures.Visitors;

namespace ConsultHub.Tests.Rostering;

internal sealed class RosteringAccess : IAccessTable
{
    public static IReadOnlyDictionary<string, string> Rows { get; } =
        new Dictionary<string, string>
        {
            ["POST /api/rosters/ehs/2026-W48/commands"] = Commands,
            ["POST /api/rosters/ehs/2026-W48/checks"] = Commands,
            ["GET /api/rosters/ehs/2026-W48/engagements/x-1"] = Boards,
            // only coordinators and the people concerned may read it, see ConfidentialTests
            ["GET /api/rosters/ehs/2026-W48/engagements/x-1/confidential"] = "coordinator consultant stranger",
            ["GET /api/rosters/ehs/2026-W48/engagements/x-1/candidates"] = Coordinates,
            ["GET /api/rosters/ehs/2026-W48/history"] = Boards,
        };
}
