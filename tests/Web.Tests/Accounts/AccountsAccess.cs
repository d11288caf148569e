using ConsultHub.Tests.Fixtures;
using static ConsultHub.Tests.Fixtures.Visitors;

namespace ConsultHub.Tests.Accounts;

internal sealed class AccountsAccess : IAccessTable
{
    public static IReadOnlyDictionary<string, string> Rows { get; } =
        new Dictionary<string, string>
        {
            ["GET /api/session"] = SignedIn,
            ["POST /api/session"] = All,
            ["DELETE /api/session"] = All,
            ["GET /api/session/people"] = All, // only from this machine, see AccessTests and SessionTests
            ["POST /api/session/person"] = All,
        };
}
