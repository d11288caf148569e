using ConsultHub.Tests.Fixtures;
using static ConsultHub.Tests.Fixtures.Visitors;

namespace ConsultHub.Tests.Inboxes;

internal sealed class InboxesAccess : IAccessTable
{
    public static IReadOnlyDictionary<string, Row> Rows { get; } =
        new Dictionary<string, Row>
        {
            ["GET /api/inboxes/{c1}/alerts"] = new("consultant1"),
            ["GET /api/inboxes/{c2}/alerts"] = new("consultant2"),
            ["POST /api/inboxes/{c1}/alerts/{alert}/acknowledgement"] = new("consultant1") { Status = 204 },
            ["POST /api/inboxes/{c1}/alerts/{alert}/seen"] = new("consultant1") { Status = 204 },
            ["WATCH inbox/{c1}"] = new("consultant1"),
            ["WATCH inbox/{c2}"] = new("consultant2"),
        };
}
