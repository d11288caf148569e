using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace ConsultHub.Accounts;

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
/// nothing if the person has these roles already.
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
