namespace ConsultHub.Accounts;

/// <summary>The codes of refusals about tokens.</summary>
[CodesOf<Refusal>]
public static class TokenCodes
{
    public static readonly Code ActionLacking = Code.BadInput("token.action-lacking");
    public static readonly Code BadActions = Code.BadInput("token.bad-actions", "A token names 1 to 100 actions.");
    public static readonly Code BadName = Code.BadInput("token.bad-name", "A token has a name of 1 to 120 characters.");
    public static readonly Code BadPeriod = Code.BadInput("token.bad-period", "A token is valid for at most 366 days from now.");
    public static readonly Code Expired = Code.NotSignedIn("token.expired", "The token has expired.");
    public static readonly Code NeedsPerson = Code.NotAllowed(
        "token.needs-person",
        "No token allows this. It needs a person who has signed in."
    );
    public static readonly Code NotForProgram = Code.Conflict(
        "token.not-for-program",
        "Only an account whose roles are all integration, and that has no password, gets a token from somebody else."
    );
    public static readonly Code TooMany = Code.Conflict("token.too-many", "An account has at most 20 tokens.");
    public static readonly Code Unknown = Code.Unknown("token.unknown", "There is no such token.");
    public static readonly Code Wrong = Code.NotSignedIn("token.wrong", "The token is wrong, or it was withdrawn.");
}
