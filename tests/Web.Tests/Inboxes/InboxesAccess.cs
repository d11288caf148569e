using ConsultHub.Tests.Fixtures;
using static ConsultHub.Tests.Fixtures.Visitors;

namespace ConsultHub.Tests.Inboxes;

internal sealed class InboxesAccess : IAccessTable
{
    public static IReadOnlyDictionary<string, string> Rows { get; } =
        new Dictionary<string, string>
        {
            ["GET /api/inboxes/c-consultant/alerts"] = "consultant",
            ["POST /api/inboxes/c-consultant/alerts/x-1/acknowledgement"] = "consultant",
            ["POST /api/inboxes/c-consultant/alerts/x-1/seen"] = "consultant",
        };
}
