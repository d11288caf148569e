namespace ConsultHub.Web;

/// <summary>The codes of refusals because of an access rule.</summary>
[CodesOf<Refusal>]
public static class AccessCodes
{
    public static readonly Code Denied = Code.NotAllowed("access.denied", "You may not do this.");
    public static readonly Code NotSignedIn = Code.NotSignedIn("session.none", "Sign in first.");
}
