using ConsultHub.Tests.Fixtures;
using static ConsultHub.Tests.Fixtures.Visitors;

namespace ConsultHub.Tests.Feeds;

internal sealed class FeedsAccess : IAccessTable
{
    public static IReadOnlyDictionary<string, Row> Rows { get; } =
        new Dictionary<string, Row>
        {
            ["GET /api/feed"] = new(SignedIn),
            ["POST /api/feed"] = new(Members + " integration"), // the calendar shows what happens in a network
            ["DELETE /api/feed"] = new(SignedIn) { Status = 204 },
            ["GET /api/feeds/{c3}/{feed}/calendar.ics"] = Everybody, // anybody who knows the link may read the calendar
        };
}
