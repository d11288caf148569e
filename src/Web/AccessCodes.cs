namespace ConsultHub.Web;

/// <summary>The codes with which <see cref="Access"/> refuses a request.</summary>
[CodesOf<Refusal>]
public static class AccessCodes
{
    public static readonly Code Denied = Code.NotAllowed("access.denied", "You may not do this.");
    public static readonly Code NotSignedIn = Code.NotSignedIn("session.none", "You have to sign in first.");
    public static readonly Code Unconfirmed = Code.Unavailable(
        "access.unconfirmed",
        "This node cannot confirm what you may do, because it does not reach the hub's accounts. Try again in a moment."
    );
}
