namespace ConsultHub.Web.Accounts;

/// <summary>The codes of refusals to sign in.</summary>
[CodesOf<Refusal>]
public static class SignInCodes
{
    public static readonly Code Denied = Code.NotSignedIn("session.denied", "The user name or the password is wrong.");
    public static readonly Code UnknownPerson = Code.Unknown("session.unknown-person");
}
