using ConsultHub.Tests.Fixtures;
using static ConsultHub.Tests.Fixtures.Visitors;

namespace ConsultHub.Tests.Feeds;

internal sealed class FeedsAccess : IAccessTable
{
    public static IReadOnlyDictionary<string, string> Rows { get; } =
        new Dictionary<string, string>
        {
            ["GET /api/feed"] = SignedIn,
            ["POST /api/feed"] = SignedIn,
            ["DELETE /api/feed"] = SignedIn,
            ["GET /api/feeds/c-consultant/none/calendar.ics"] = All, // anybody who knows the link may read the calendar
        };
}
