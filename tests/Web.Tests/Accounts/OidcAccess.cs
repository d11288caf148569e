using ConsultHub.Tests.Fixtures;
using static ConsultHub.Tests.Fixtures.Visitors;

namespace ConsultHub.Tests.Accounts;

internal sealed class OidcAccess : IAccessTable
{
    public static IReadOnlyDictionary<string, string> Rows { get; } =
        new Dictionary<string, string>
        {
            ["GET /api/session/providers"] = All,
            ["GET /api/session/oidc/x-1"] = All,
            ["POST /api/oidc/x-1/backchannel-logout"] = All, // the provider's signature is checked, see OidcTests
            ["POST /api/invitations/provider"] = All, // the handler checks the link
            ["GET /api/me/identities"] = SignedIn,
            ["POST /api/me/identities"] = SignedIn,
            ["DELETE /api/me/identities"] = SignedIn,
            ["GET /api/people/x-1/identities"] = AnyCoordinator,
            ["DELETE /api/people/x-1/identities"] = AnyCoordinator,
        };
}
