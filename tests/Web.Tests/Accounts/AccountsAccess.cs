using ConsultHub.Tests.Fixtures;
using static ConsultHub.Tests.Fixtures.Visitors;

namespace ConsultHub.Tests.Accounts;

internal sealed class AccountsAccess : IAccessTable
{
    private const string Code = """{"code":"000000"}""",
        Token = """{"token":"none"}""",
        NoApp = "It needs an authenticator app. See AccountTests.",
        NoLink = "It needs a secret link. See AccountTests.",
        NoPasskey = "It needs a passkey. See PasskeyTests.";

    /// <summary>Those who may change the account of an attendee of their network.</summary>
    private const string Changes = "coordinator administrator";

    /// <summary>People whose role is not limited to another conference. The conference of these rows is not public.</summary>
    private const string Network = "attendee coordinator hospital partner registrar consultant1 consultant2 research " + Learners;

    /// <summary>Those who may change some accounts. The handler decides which.</summary>
    private const string ChangesSome = Changes + " hospital partner";

    /// <summary>Those who may invite guests to some sessions. The handler decides to which.</summary>
    private const string InvitesGuests = "coordinator hospital partner host";

    /// <summary>Those who may read some accounts. The answers contain only the accounts that they may read.</summary>
    private const string Reads = Changes + " hospital partner auditor";

    public static IReadOnlyDictionary<string, Row> Rows { get; } =
        new Dictionary<string, Row>
        {
            ["GET /api/session"] = new(SignedIn),
            // The body is not complete, because the hub delays its answer to a wrong password.
            ["POST /api/session"] = new(All) { Body = "[]", NoTwin = "It needs a password. See AccountTests." },
            ["DELETE /api/session"] = new(All) { Status = 204 },
            ["POST /api/session/factor"] = new(SignedIn) { Body = Code, NoTwin = NoApp },
            ["POST /api/session/passkey/options"] = new(All),
            // The body is not complete, because the hub delays its answer to a wrong passkey.
            ["POST /api/session/passkey"] = new(All) { Body = "[]", NoTwin = NoPasskey },
            ["POST /api/session/factor/passkey/options"] = new(SignedIn),
            ["POST /api/session/factor/passkey"] = new(SignedIn) { Body = "[]", NoTwin = NoPasskey },
            // Only from this machine. See AccessTests and SessionTests.
            ["GET /api/session/people"] = new(All) { NoTwin = "The demo is off." },
            ["POST /api/session/person"] = new(All) { Body = """{"person":"nobody"}""", NoTwin = "The demo is off." },
            ["GET /api/session/reset"] = new(All),
            ["POST /api/session/reset"] = new(All)
            {
                Body = """{"userName":"nobody"}""",
                NoTwin = "The hub of this test sends no mail. See ResetTests.",
            },
            ["GET /api/me"] = new(SignedIn),
            ["PUT /api/me/password"] = new(SignedIn)
            {
                Body = """{"current":"wrong","password":"a password of fair length"}""",
                NoTwin = "It needs a password. See AccountTests.",
            },
            ["POST /api/me/totp"] = new(SignedIn) { Body = "{}" },
            ["PUT /api/me/totp"] = new(SignedIn) { Body = Code, NoTwin = NoApp },
            ["POST /api/me/totp/removal"] = new(SignedIn) { Body = Code, NoTwin = NoApp },
            ["POST /api/me/recovery-codes"] = new(SignedIn) { Body = Code, NoTwin = NoApp },
            ["GET /api/me/passkeys"] = new(SignedIn),
            ["POST /api/me/passkeys/options"] = new(SignedIn) { Body = "{}" },
            ["POST /api/me/passkeys"] = new(SignedIn) { Body = """{"credential":{},"name":"x"}""", NoTwin = NoPasskey },
            ["PUT /api/me/passkeys/{id}"] = new(SignedIn) { Body = """{"name":"x"}""", NoTwin = NoPasskey },
            ["DELETE /api/me/passkeys/{id}"] = new(SignedIn) { Status = 204 },
            ["GET /api/me/sign-ins"] = new(SignedIn),
            ["DELETE /api/me/sign-ins/{id}"] = new(SignedIn) { Status = 204 },
            ["DELETE /api/me/sign-ins"] = new(SignedIn) { Status = 204 },
            ["POST /api/setup"] = new(All)
            {
                Body = """{"token":"none","userName":"first","password":"a password of fair length","name":"First"}""",
                NoTwin = NoLink,
            },
            ["POST /api/invitations"] = new(Changes) { Body = """{"person":"{attendee}"}""", Status = 201 },
            ["POST /api/invitations/many"] = new(ChangesSome)
            {
                Elsewhere = ChangesSome,
                Body = """{"people":["{attendee}"]}""",
                Secret = "\"outcome\":\"link\"",
                Sees = Changes,
            },
            ["POST /api/invitations/preview"] = new(All) { Body = Token, NoTwin = NoLink },
            ["POST /api/invitations/acceptance"] = new(All) { Body = Token, NoTwin = NoLink },
            ["POST /api/tokens"] = new(SignedIn)
            {
                Elsewhere = SignedIn,
                Body = """{"name":"A program","actions":["account.own"],"until":"{tomorrow}"}""",
                Status = 201,
            },
            ["GET /api/tokens"] = new(SignedIn),
            ["DELETE /api/tokens/{id}"] = new(SignedIn) { NoTwin = "It needs a token. See TokenTests." },
            ["POST /api/device-links"] = new(Changes)
            {
                Body = """{"commandId":"{id}","name":"A wall","network":"{network}","page":"/board"}""",
                Status = 201,
            },
            ["GET /api/device-links"] = new(ChangesSome),
            ["POST /api/device-links/{attendee}"] = new(ChangesSome)
            {
                Elsewhere = ChangesSome,
                Body = """{"page":"/board"}""",
                NoTwin = "It needs a device. See DeviceTests.",
            },
            ["POST /api/device-links/use"] = new(All) { Body = Token, NoTwin = NoLink },
            ["POST /api/guest-links"] = new("coordinator host")
            {
                Body = """{"commandId":"{id}","conference":"{conference}","session":"{session1}","name":"x","until":"{tomorrow}"}""",
                Status = 201,
            },
            ["GET /api/guest-links?conference={conference}&session={session1}"] = new("coordinator host"),
            ["DELETE /api/guest-links/{attendee}"] = new(InvitesGuests)
            {
                Elsewhere = InvitesGuests,
                NoTwin = "It needs a guest. See GuestTests.",
            },
            ["POST /api/guest-links/use"] = new(All) { Body = Token, NoTwin = NoLink },
            ["PUT /api/conferences/{conference}/registration"] = new("coordinator") { Body = """{"open":true}""", Status = 204 },
            ["GET /api/conferences/{registrable}/registration/mine"] = new(Network + " display auditor"),
            ["PUT /api/conferences/{registrable}/registration/mine"] = new(Network) { Status = 204 },
            ["DELETE /api/conferences/{registrable}/registration/mine"] = new(Network + " display auditor") { Status = 204 },
            ["POST /api/registrations"] = new(All)
            {
                Body = """{"conference":"none","name":"x","userName":"x","password":"x"}""",
                NoTwin = "It needs a conference that allows it. See RegistrationTests.",
            },
            ["GET /api/people?network={network}&take=200"] = new(Reads)
            {
                Elsewhere = Reads,
                Secret = "\"{attendee}\"",
                Sees = "coordinator administrator auditor",
            },
            ["POST /api/people"] = new(Changes)
            {
                Body =
                    """{"commandId":"{id}","userName":"u-{id}","name":{"en":"New"},"""
                    + """ "roles":[{"role":"attendee","scope":{"network":"{network}"}}]}""",
                Status = 201,
            },
            ["GET /api/people/{attendee}"] = new(Changes + " auditor") { Hides = true },
            ["PUT /api/people/{attendee}"] = new(Changes)
            {
                Body = """{"commandId":"{id}","userName":"{attendee}","name":{"en":"Renamed"}}""",
                Hides = true,
            },
            ["PUT /api/people/{attendee}/activation"] = new(Changes) { Body = """{"commandId":"{id}","active":true}""", Hides = true },
            ["GET /api/people/{attendee}/history"] = new(Changes + " auditor") { Hides = true },
            ["GET /api/people/{attendee}/rights"] = new(Changes + " auditor") { Hides = true },
            ["GET /api/people/{attendee}/mails"] = new(Changes) { Hides = true },
            ["GET /api/people/{attendee}/sign-ins"] = new(Changes) { Hides = true },
            ["DELETE /api/people/{attendee}/sign-ins"] = new(Changes) { Status = 204, Hides = true },
            ["GET /api/roles"] = new(SignedIn),
            ["POST /api/roles"] = new(Changes)
            {
                Body =
                    """{"commandId":"{id}","person":"{network}-spare","role":"speaker","""
                    + """ "scope":{"network":"{network}","conference":"{conference}"}}""",
                Status = 201,
            },
            ["DELETE /api/roles/{grant}"] = new(Changes) { Hides = true },
            ["PUT /api/roles/{period}"] = new(Changes)
            {
                Body = """{"commandId":"{id}","from":"2026-01-01T00:00:00Z","until":"2099-01-01T00:00:00Z"}""",
                Hides = true,
            },
        };
}
