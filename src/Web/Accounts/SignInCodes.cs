namespace ConsultHub.Web.Accounts;

/// <summary>The codes of refusals to sign in, and of the reasons why a sign-in has ended.</summary>
[CodesOf<Refusal>]
public static class SignInCodes
{
    public static readonly Code CodeDenied = Code.NotSignedIn("session.code-denied", "The code is wrong, too old, or was already used.");
    public static readonly Code Deactivated = Code.NotSignedIn("session.deactivated", "The account is switched off.");
    public static readonly Code Denied = Code.NotSignedIn("session.denied", "The user name or the password is wrong.");
    public static readonly Code Ended = Code.NotSignedIn("session.ended", "The sign-in was ended.");
    public static readonly Code Expired = Code.NotSignedIn("session.expired", "The sign-in has expired.");
    public static readonly Code FactorAgain = Code.NotAllowed(
        "session.factor-again",
        "This needs a second factor that was given just now."
    );
    public static readonly Code FactorLast = Code.Conflict(
        "factor.last",
        "Your role needs a second factor, and this is the only one. Add another one first."
    );
    public static readonly Code FactorMissing = Code.NotAllowed(
        "session.factor-missing",
        "Your role needs a second factor. Set it up in your account first."
    );
    public static readonly Code FactorRequired = Code.NotSignedIn(
        "session.factor-required",
        "The account needs a second factor: a code, or signing in with a passkey."
    );
    public static readonly Code TooManyCodes = Code.TooMany(
        "factor.too-many",
        "Too many wrong codes were given. Wait 15 minutes, or use a recovery code or a passkey."
    );
    public static readonly Code UnknownPerson = Code.Unknown("session.unknown-person");
    public static readonly Code WeakPassword = Code.BadInput("password.weak");
    public static readonly Code WrongCode = Code.BadInput("factor.wrong-code", "The code is wrong, too old, or was already used.");
    public static readonly Code WrongPassword = Code.BadInput("password.wrong", "The present password is wrong.");
}
