namespace ConsultHub.Web.Accounts.Oidc;

/// <summary>The codes of refusals to sign in by a provider. Some also stand in the address of the sign-in page.</summary>
[CodesOf<Refusal>]
public static class OidcCodes
{
    public static readonly Code Away = Code.Unavailable("oidc.away", "The institution's sign-in does not answer. Try again later.");
    public static readonly Code Denied = Code.NotSignedIn("oidc.denied", "The institution's sign-in was refused.");
    public static readonly Code UnknownPerson = Code.NotSignedIn(
        "oidc.unknown-person",
        "No account is connected with this identity. Accept an invitation with it, or connect it in your account."
    );
    public static readonly Code FactorFirst = Code.Conflict(
        "oidc.factor-first",
        "The account has a second factor. Choose a password with the link, sign in, and connect the institution in your account."
    );
    public static readonly Code BadMessage = Code.BadInput("oidc.bad-message", "This is no valid message of the provider.");
    public static readonly Code UnknownProvider = Code.Unknown("oidc.unknown-provider", "There is no such provider.");
    public static readonly Code OnlyWay = Code.Conflict(
        "oidc.only-way",
        "The account has no password, so this is the only way to sign in. Ask for an invitation, and choose a password first."
    );
}
