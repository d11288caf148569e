namespace ConsultHub.Accounts;

/// <summary>The codes of refusals about accounts, roles and links.</summary>
[CodesOf<Refusal>]
public static class AccountCodes
{
    public static readonly Code BadEmail = Code.BadInput("account.bad-email", "This is not an e-mail address.");
    public static readonly Code BadName = Code.BadInput("account.bad-name", "A name has 1 to 120 characters.");
    public static readonly Code BadUserName = Code.BadInput(
        "account.bad-user-name",
        "A user name has 2 to 64 characters: letters without accents, digits, and . _ - @"
    );
    public static readonly Code CommandUsed = Code.Conflict(
        "account.command-used",
        "Another request already has this command id. Send the request with a new one."
    );
    public static readonly Code Exists = Code.Conflict("account.exists", "This person already has an account.");
    public static readonly Code Full = Code.Conflict("account.full", "The hub has as many accounts as it can hold.");
    public static readonly Code LastAdministrator = Code.Conflict(
        "account.last-administrator",
        "This would leave the hub without an administrator. Give the role to somebody else first."
    );
    public static readonly Code NameTaken = Code.Conflict("account.name-taken", "Another account has this user name.");
    public static readonly Code Stale = Code.Conflict("account.stale", "The account has changed meanwhile.");
    public static readonly Code RegistrationClosed = Code.Conflict(
        "registration.closed",
        "Nobody can open an account for this conference. Ask its organiser."
    );
    public static readonly Code RegistrationFull = Code.Conflict("registration.full", "All places of this conference are taken.");
    public static readonly Code RegistrationOver = Code.Conflict("registration.over", "Registration for this conference is over.");
    public static readonly Code BadRegistration = Code.BadInput(
        "registration.bad-terms",
        "Registration ends in the future, and 1 to 20000 people can register."
    );
    public static readonly Code TooManyGuests = Code.Conflict(
        "guest.too-many",
        "A session has at most 50 guests at the same time, and a conference at most 1000 in all."
    );
    public static readonly Code Unknown = Code.Unknown("account.unknown", "There is no such account.");
    public static readonly Code BadPeriod = Code.BadInput("role.bad-period", "A role ends after it begins.");
    public static readonly Code BadScope = Code.BadInput("role.bad-scope");
    public static readonly Code RoleUnknown = Code.Unknown("role.unknown", "The person does not have this role.");
    public static readonly Code RoleLost = Code.NotAllowed("role.lost", "The role with which you did this was taken away meanwhile.");
    public static readonly Code TooManyRoles = Code.Conflict("role.too-many", "A person has at most 50 roles.");
    public static readonly Code NoPassword = Code.Conflict(
        "account.no-password",
        "Devices and guests sign in with a link of their own and have no password."
    );
    public static readonly Code OfDemo = Code.Conflict("account.of-demo", "An account of the demo has no password of its own.");
    public static readonly Code SwitchedOff = Code.Conflict("account.switched-off", "The account is switched off. Switch it on first.");
    public static readonly Code LinkUnknown = Code.Unknown("link.unknown", "The link is wrong, was already used, or has expired.");
    public static readonly Code LinkedElsewhere = Code.Conflict(
        "oidc.linked-elsewhere",
        "This identity belongs to another account. Its owner or an administrator can disconnect it there."
    );
    public static readonly Code LinkedAlready = Code.Conflict(
        "oidc.linked-already",
        "The account is already connected with this institution. Disconnect it first."
    );
    public static readonly Code NotLinked = Code.Unknown("oidc.not-linked", "The account is not connected with this institution.");
    public static readonly Code TooManyIdentities = Code.Conflict("oidc.too-many", "An account is connected with at most 10 institutions.");
    public static readonly Code Replayed = Code.BadInput("oidc.replayed", "The message was already used.");
    public static readonly Code RoleFromProvider = Code.Conflict(
        "role.from-provider",
        "The institution gives this role. It ends when the institution takes it away, or when the account is disconnected from it."
    );
}
