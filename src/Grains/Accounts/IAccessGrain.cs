using System.Collections.Immutable;
using System.Text.Json.Serialization;
using ConsultHub.Live;

namespace ConsultHub.Accounts;

/// <summary>
/// The account of one person, as every web node holds it in memory: who the person is, and which roles the person has. Passwords and other
/// secrets are not in it. They belong to <see cref="IAccountGrain"/>.
/// </summary>
[GenerateSerializer, Immutable, Alias("hub.Account")]
[JsonTypeName("account")]
public sealed record Account : TopicItem
{
    public override string Key => $"account/{Person}";

    [Id(0)]
    public required PersonId Person { get; init; }

    /// <summary>The name for signing in, in lower case. No two accounts have the same.</summary>
    [Id(1)]
    public required string UserName { get; init; }

    [Id(2)]
    public required LocalName Name { get; init; }

    [Id(3)]
    public string? Email { get; init; }

    /// <summary>The person may not sign in.</summary>
    [Id(4)]
    public bool Deactivated { get; init; }

    /// <summary>The account belongs to the demo. It is void when the demo is off, and needs no second factor.</summary>
    [Id(5)]
    public bool Demo { get; init; }

    [Id(6)]
    public ImmutableArray<Grant> Grants { get; init; } = [];

    /// <summary>Sign-ins that ended early. A cookie of such a sign-in is refused.</summary>
    [Id(7), JsonIgnore]
    public ImmutableArray<EndedSignIn> Ended { get; init; } = [];

    /// <summary>The tokens with which programs act for the person.</summary>
    [Id(8), JsonIgnore]
    public ImmutableArray<AccessToken> Tokens { get; init; } = [];

    /// <summary>Whether a person, a device or a guest uses the account.</summary>
    [Id(9)]
    public AccountKind Kind { get; init; }

    /// <summary>
    /// All sign-ins that end by themselves until then have ended too. Null if <see cref="Ended"/> has all that ended early.
    /// </summary>
    [Id(11), JsonIgnore]
    public DateTimeOffset? EndedThrough { get; init; }

    /// <summary>UTC. The first sign-in that the hub noted. Null if there is none. Releases before 2026-12 noted none.</summary>
    [Id(12)]
    public DateTimeOffset? SignedInAt { get; init; }

    /// <summary>The person's identities at institutions' providers. No two accounts have the same.</summary>
    [Id(10), JsonIgnore]
    public ImmutableArray<ExternalIdentity> Identities { get; init; } = [];
}

/// <summary>Who or what uses an account.</summary>
public enum AccountKind
{
    /// <summary>A person who signs in with a password.</summary>
    Person,

    /// <summary>A wall display or a kiosk. It signs in with a link and has no password.</summary>
    Device,

    /// <summary>A guest speaker of one session. Guests sign in with a link and have no password.</summary>
    Guest,
}

/// <summary>A token with which a program acts for a person. Only the hash of its secret is stored.</summary>
/// <param name="Hash">The hash of the secret, see <see cref="AccountRules.HashOf"/>.</param>
/// <param name="Actions">The names of the actions that the token allows, as far as the person may do them.</param>
/// <param name="Until">UTC. The token is not valid from then on.</param>
/// <param name="By">Who made it.</param>
/// <param name="Factor">Whether its maker had given a second factor. If not, it does not serve roles that demand one.</param>
/// <param name="At">UTC. When it was made. Null if an older version of the software made it.</param>
[GenerateSerializer, Immutable, Alias("hub.AccessToken")]
public sealed record AccessToken(
    [property: Id(0)] Guid Id,
    [property: Id(1)] string Name,
    [property: Id(2)] string Hash,
    [property: Id(3)] ImmutableArray<string> Actions,
    [property: Id(4)] DateTimeOffset Until,
    [property: Id(5)] PersonId By,
    [property: Id(6)] bool Factor,
    [property: Id(7)] DateTimeOffset? At = null
);

/// <summary>A command about accounts and roles.</summary>
[GenerateSerializer, Immutable, Alias("hub.AccessCommand")]
public abstract record AccessCommand : ICommand
{
    [Id(0)]
    public Guid CommandId { get; init; }

    /// <summary>The account's version that the person saw. Null skips the check.</summary>
    [Id(1)]
    public long? ExpectedVersion { get; init; }

    [Id(2)]
    public string? Reason { get; init; }

    [Id(3)]
    public required PersonId Person { get; init; }

    /// <summary>
    /// The grant of the person who gives the command, on which the web node's decision rests. The command is refused if the grant is no
    /// longer valid when the command arrives. So of two administrators who take each other's role away at once, one succeeds. Null only
    /// for commands of the hub itself.
    /// </summary>
    [Id(4), JsonIgnore]
    public Guid? Basis { get; init; }
}

/// <summary>Opens an account with its first roles.</summary>
[GenerateSerializer, Immutable, Alias("hub.OpenAccount")]
public sealed record OpenAccount : AccessCommand
{
    [Id(0)]
    public required string UserName { get; init; }

    [Id(1)]
    public required LocalName Name { get; init; }

    [Id(2)]
    public string? Email { get; init; }

    [Id(3)]
    public ImmutableArray<Grant> Grants { get; init; } = [];

    [Id(4)]
    public bool Demo { get; init; }

    [Id(5)]
    public AccountKind Kind { get; init; }

    /// <summary>The identity by which the person came, if the hub opens the account itself.</summary>
    [Id(6)]
    public ExternalIdentity? Identity { get; init; }
}

/// <summary>Changes the name or the e-mail address of an account.</summary>
[GenerateSerializer, Immutable, Alias("hub.ChangeAccount")]
public sealed record ChangeAccount : AccessCommand
{
    [Id(0)]
    public required string UserName { get; init; }

    [Id(1)]
    public required LocalName Name { get; init; }

    [Id(2)]
    public string? Email { get; init; }
}

/// <summary>Forbids a person to sign in and ends all sign-ins, or allows it again.</summary>
[GenerateSerializer, Immutable, Alias("hub.DeactivateAccount")]
public sealed record DeactivateAccount : AccessCommand
{
    [Id(0)]
    public bool Deactivated { get; init; } = true;
}

/// <summary>Gives a role. A grant of the same role with the same id and scope is replaced.</summary>
[GenerateSerializer, Immutable, Alias("hub.GiveRole")]
public sealed record GiveRole : AccessCommand
{
    [Id(0)]
    public required Grant Grant { get; init; }
}

/// <summary>Changes the period in which a role counts. The role and its scope stay the same.</summary>
[GenerateSerializer, Immutable, Alias("hub.ChangePeriod")]
public sealed record ChangePeriod : AccessCommand
{
    [Id(0)]
    public required Guid Grant { get; init; }

    /// <summary>UTC.</summary>
    [Id(1)]
    public required DateTimeOffset From { get; init; }

    /// <summary>UTC. Null leaves the period open.</summary>
    [Id(2)]
    public DateTimeOffset? Until { get; init; }
}

/// <summary>Takes a role away.</summary>
[GenerateSerializer, Immutable, Alias("hub.TakeRole")]
public sealed record TakeRole : AccessCommand
{
    [Id(0)]
    public required Guid Grant { get; init; }
}

/// <summary>Links an identity at a provider to the account. An account has at most one identity of each provider.</summary>
[GenerateSerializer, Immutable, Alias("hub.LinkIdentity")]
public sealed record LinkIdentity : AccessCommand
{
    [Id(0)]
    public required ExternalIdentity Identity { get; init; }
}

/// <summary>Takes the identity of a provider away, together with the roles that the provider's claims gave.</summary>
[GenerateSerializer, Immutable, Alias("hub.UnlinkIdentity")]
public sealed record UnlinkIdentity : AccessCommand
{
    [Id(0)]
    public required string Issuer { get; init; }
}

/// <summary>
/// Replaces the roles that a provider's claims give. Roles that people gave stay. Only the hub itself gives this command. It changes
/// nothing
/// if the person has these roles already.
/// </summary>
[GenerateSerializer, Immutable, Alias("hub.MapRoles")]
public sealed record MapRoles : AccessCommand
{
    [Id(0)]
    public required string Issuer { get; init; }

    [Id(1)]
    public ImmutableArray<Grant> Grants { get; init; } = [];
}

/// <summary>
/// Notes that an operator has recovered an account at the server. Only the hub itself may do this, so no person can send it.
/// </summary>
[GenerateSerializer, Immutable, Alias("hub.RecoverAccount")]
public sealed record RecoverAccount : AccessCommand
{
    /// <summary>Whether the account is switched on and gets the role of administrator without an end.</summary>
    [Id(0)]
    public bool Administrator { get; init; }
}

/// <summary>Adds a token to an account. Tokens that are no longer valid are forgotten.</summary>
[GenerateSerializer, Immutable, Alias("hub.MakeToken")]
public sealed record MakeToken : AccessCommand
{
    [Id(0)]
    public required AccessToken Token { get; init; }
}

/// <summary>Withdraws a token.</summary>
[GenerateSerializer, Immutable, Alias("hub.WithdrawToken")]
public sealed record WithdrawToken : AccessCommand
{
    [Id(0)]
    public required Guid Token { get; init; }
}

/// <summary>
/// The one-time link that makes the first account. The secret is encrypted, so that each web node can print the same link.
/// </summary>
/// <param name="Hash">The hash of the secret, see <see cref="AccountRules.HashOf"/>.</param>
/// <param name="Protected">The secret, which only web nodes can decrypt.</param>
[GenerateSerializer, Immutable, Alias("hub.SetupLink")]
public sealed record SetupLink(
    [property: Id(0)] string Hash,
    [property: Id(1)] ImmutableArray<byte> Protected,
    [property: Id(2)] DateTimeOffset Until
);

/// <summary>The account after a command, or why the command was refused.</summary>
/// <param name="Code">Null if the command was decided.</param>
[GenerateSerializer, Immutable, Alias("hub.AccessReply")]
public sealed record AccessReply(
    [property: Id(0)] Account? Account,
    [property: Id(1), CodesOf<Refusal>] string? Code = null,
    [property: Id(2)] string? Message = null,
    [property: Id(3)] string? Place = null
)
{
    [JsonIgnore]
    public Refusal? Refusal =>
        ConsultHub.Refusal.Of(Code, Message) is { } refusal ? refusal with { Place = Place, Current = Account } : null;
}

/// <summary>
/// All accounts and their roles. Every web node holds a replica of this grain, and so decides in memory who may do what. One grain owns all
/// roles, so that the last administrator cannot be lost. Key: <c>hub</c>.
/// </summary>
[Alias("hub.IAccessGrain")]
public interface IAccessGrain : ILiveAuthority
{
    [Alias("Decide")]
    Task<AccessReply> DecideAsync(Actor actor, AccessCommand command);

    /// <summary>
    /// Returns the link that makes the first account: the one that is valid now, or the offered one. Null if the hub has an administrator.
    /// </summary>
    [Alias("OfferSetup")]
    Task<SetupLink?> OfferSetupAsync(SetupLink offered);

    /// <summary>Whether a hash belongs to the link that makes the first account, and whether this link is valid now.</summary>
    [Alias("IsSetup")]
    Task<bool> IsSetupAsync(string hash);

    /// <summary>Makes the first account, which gets the role of administrator. The link can then not be used again.</summary>
    /// <param name="hash">The hash of the link's secret.</param>
    [Alias("SetUp")]
    Task<AccessReply> SetUpAsync(string hash, OpenAccount account);

    /// <summary>Returns the account with a user name in lower case, or null.</summary>
    [Alias("Find")]
    Task<Account?> FindAsync(string userName);

    /// <summary>Returns what has happened to an account, the newest first.</summary>
    [Alias("History")]
    Task<ImmutableArray<AccessChange>> HistoryAsync(PersonId person, long? before, int take);

    /// <summary>Returns what has happened to all accounts in a period, the newest first.</summary>
    /// <param name="before">Only changes with a lower version.</param>
    [Alias("Changes")]
    Task<ImmutableArray<AccountStep>> ChangesAsync(DateTimeOffset from, DateTimeOffset to, long? before, int take);
}

/// <summary>A change of an account, and the account before it.</summary>
/// <param name="Before">Null if the account is new.</param>
[GenerateSerializer, Immutable, Alias("hub.AccountStep")]
public sealed record AccountStep([property: Id(0)] AccessChange Change, [property: Id(1)] Account? Before);

/// <summary>One change of an account: who changed what, when and why.</summary>
/// <param name="What">The name of the command, such as <c>give-role</c>.</param>
[GenerateSerializer, Immutable, Alias("hub.AccessChange")]
public sealed record AccessChange(
    [property: Id(0)] long Version,
    [property: Id(1)] DateTimeOffset At,
    [property: Id(2)] PersonId By,
    [property: Id(3)] string What,
    [property: Id(4)] Account? Account,
    [property: Id(5)] Guid? Grant,
    [property: Id(6)] string? Reason
);
