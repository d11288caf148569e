using ConsultHub.Tests.Fixtures;
using static ConsultHub.Tests.Fixtures.Visitors;

namespace ConsultHub.Tests.Accounts;

internal sealed class OidcAccess : IAccessTable
{
    private const string NoProvider = "It needs a provider. See OidcTests.",
        NoIdentity = "It needs a connected account. See OidcTests.";

    /// <summary>Those who may change the account of an attendee of their network.</summary>
    private const string Changes = "coordinator administrator";

    public static IReadOnlyDictionary<string, Row> Rows { get; } =
        new Dictionary<string, Row>
        {
            ["GET /api/session/providers"] = new(All),
            ["GET /api/session/oidc/{attendee}"] = Everybody with { NoTwin = NoProvider },
            // The handler checks the provider's signature.
            ["POST /api/oidc/{attendee}/backchannel-logout"] = Everybody with
            {
                NoTwin = NoProvider,
            },
            ["POST /api/invitations/provider"] = new(All) { Body = """{"token":"none","provider":"none"}""", NoTwin = NoProvider },
            ["GET /api/me/identities"] = new(SignedIn),
            ["POST /api/me/identities"] = new(SignedIn) { Body = """{"provider":"none"}""", NoTwin = NoProvider },
            ["DELETE /api/me/identities?issuer=none"] = new(SignedIn) { NoTwin = NoIdentity },
            ["GET /api/people/{attendee}/identities"] = new(Changes) { Hides = true },
            ["DELETE /api/people/{attendee}/identities?issuer=none"] = new(Changes) { NoTwin = NoIdentity, Hides = true },
        };
}
