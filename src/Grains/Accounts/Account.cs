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

    /// <summary>
    /// Whether the account belongs to a guest, or to somebody who attends or attended single conferences only. Such people have chosen
    /// their names and addresses themselves.
    /// </summary>
    [JsonIgnore]
    public bool IsVisitor => Kind == AccountKind.Guest || Grants.All(g => g is { Role: Role.Attendee, Scope.Conference: not null });

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
