using ConsultHub.Tests.Fixtures;
using static ConsultHub.Tests.Fixtures.Visitors;

namespace ConsultHub.Tests.Accounts;

internal sealed class AccountsAccess : IAccessTable
{
    public static IReadOnlyDictionary<string, Row> Rows { get; } =
        new Dictionary<string, Row>
        {
            ["GET /api/session"] = new(SignedIn),
            // The body is not complete, because the hub delays its answer to a wrong password.
            ["POST /api/session"] = new(All) { Body = "[]", NoTwin = "Nobody can sign in while the demo is off. See SessionTests." },
            ["DELETE /api/session"] = new(All) { Status = 204 },
            // Only from this machine. See AccessTests and SessionTests.
            ["GET /api/session/people"] = new(All) { NoTwin = "The demo is off." },
            ["POST /api/session/person"] = new(All) { Body = """{"person":"nobody"}""", NoTwin = "The demo is off." },
        };
}
