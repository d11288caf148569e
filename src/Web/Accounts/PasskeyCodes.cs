namespace ConsultHub.Web.Accounts;

/// <summary>The codes of refusals about passkeys.</summary>
[CodesOf<Refusal>]
public static class PasskeyCodes
{
    public static readonly Code BadName = Code.BadInput("passkey.bad-name", "A passkey has a name of 1 to 60 characters.");
    public static readonly Code Exists = Code.Conflict("passkey.exists", "The account already has this passkey.");
    public static readonly Code NotAdded = Code.BadInput(
        "passkey.not-added",
        "The passkey is not valid, or this took too long. Try again."
    );
    public static readonly Code TooMany = Code.Conflict("passkey.too-many", "An account has at most 10 passkeys. Remove one first.");
    public static readonly Code Unavailable = Code.Conflict(
        "passkey.unavailable",
        "Passkeys need a hub whose public address is a name and not a number, and an account of a person."
    );
    public static readonly Code Unknown = Code.Unknown("passkey.unknown", "The account does not have this passkey.");
    public static readonly Code Wrong = Code.BadInput("passkey.wrong", "The passkey was not accepted.");
}
