using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace ConsultHub.Accounts;

/// <summary>
/// What proves who a person is: password, second factors and so on. Only web nodes can decrypt it, so the silos and the database store
/// nothing that helps to sign in.
/// </summary>
/// <param name="Version">Rises with each change. 0 if the account has no secrets yet.</param>
[GenerateSerializer, Immutable, Alias("hub.AccountSecrets")]
public sealed record AccountSecrets([property: Id(0)] long Version, [property: Id(1)] ImmutableArray<byte> Protected);

/// <summary>One sign-in of a person on one device.</summary>
/// <param name="Device">What the device calls itself, at most 200 characters.</param>
/// <param name="Address">The address from which the person signed in.</param>
/// <param name="SeenAt">When the sign-in was last used, to within half an hour.</param>
/// <param name="Until">When the sign-in ends at the latest.</param>
/// <param name="FactorAt">When the person last gave a second factor. Null if never.</param>
/// <param name="Demo">Whether the demo allowed it without a password.</param>
/// <param name="External">The provider by which the person signed in. Null for a sign-in with the hub's own password.</param>
[GenerateSerializer, Immutable, Alias("hub.SignIn")]
public sealed record SignIn(
    [property: Id(0)] Guid Id,
    [property: Id(1)] DateTimeOffset At,
    [property: Id(2)] string Device,
    [property: Id(3)] string Address,
    [property: Id(4)] DateTimeOffset SeenAt,
    [property: Id(5)] DateTimeOffset Until,
    [property: Id(6)] DateTimeOffset? FactorAt,
    [property: Id(7)] bool Demo,
    [property: Id(8)] ExternalSignIn? External = null
);

/// <summary>When and from where a token was last used, to within five minutes.</summary>
[GenerateSerializer, Immutable, Alias("hub.TokenUse")]
public sealed record TokenUse([property: Id(0)] Guid Token, [property: Id(1)] DateTimeOffset At, [property: Id(2)] string Address);

/// <summary>What a secret link does.</summary>
public enum LinkKind
{
    /// <summary>Lets its holder choose a password once: an invitation, or a reset.</summary>
    Password,

    /// <summary>Signs a device in once.</summary>
    Device,

    /// <summary>Signs a guest in, as often as needed, on one device at a time.</summary>
    Guest,

    /// <summary>Lets its holder choose a password once. The person asked for it.</summary>
    OwnReset,
}

/// <summary>
/// A secret link of one person. A person has at most one link that somebody else made, and one link that the person asked for.
/// </summary>
/// <param name="Hash">The hash of the secret, see <see cref="AccountRules.HashOf"/>.</param>
/// <param name="ResetsFactors">Whether the holder also has to set up the second factor again.</param>
/// <param name="Page">The path of the page that opens after the sign-in. Null for links of passwords.</param>
/// <param name="ByName">The name of the person who made it. Null for an operator at the server, and for links that the person asked
/// for.</param>
[GenerateSerializer, Immutable, Alias("hub.AccountLink")]
public sealed record AccountLink(
    [property: Id(0)] string Hash,
    [property: Id(1)] DateTimeOffset Until,
    [property: Id(2)] PersonId By,
    [property: Id(3)] bool ResetsFactors,
    [property: Id(4)] LinkKind Kind = LinkKind.Password,
    [property: Id(5)] string? Page = null,
    [property: Id(6)] LocalName? ByName = null
)
{
    /// <summary>Whether the link lets its holder choose a password.</summary>
    public bool IsForPassword => Kind is LinkKind.Password or LinkKind.OwnReset;
}

/// <param name="Code">Null if the request was done.</param>
[GenerateSerializer, Immutable, Alias("hub.AccountReply")]
public sealed record AccountReply(
    [property: Id(0), CodesOf<Refusal>] string? Code = null,
    [property: Id(1)] string? Message = null,
    [property: Id(2)] long Version = 0
)
{
    [JsonIgnore]
    public Refusal? Refusal => ConsultHub.Refusal.Of(Code, Message);
}

/// <summary>The secrets and the sign-ins of one person. Key: the person.</summary>
[Alias("hub.IAccountGrain")]
public interface IAccountGrain : IGrainWithStringKey
{
    [Alias("ReadSecrets")]
    Task<AccountSecrets> ReadSecretsAsync();

    /// <summary>Replaces the secrets, if they are still those that the caller has read. Otherwise refuses with account.stale.</summary>
    [Alias("ChangeSecrets")]
    Task<AccountReply> ChangeSecretsAsync(Actor actor, AccountSecrets secrets);

    /// <summary>Stores a new sign-in. If the person has too many, the one that was used least recently ends.</summary>
    /// <param name="secrets">The version of the secrets that proved who the person is. Null if the secrets proved nothing, for example in a
    /// sign-in by a provider.</param>
    /// <returns>False if the secrets have changed meanwhile. Then nothing is stored. So nobody can sign in with a password that was
    /// replaced while it was checked.</returns>
    [Alias("Begin")]
    Task<bool> BeginAsync(SignIn signIn, long? secrets);

    /// <summary>Notes that a sign-in was used, and perhaps that the person has given a second factor again.</summary>
    /// <returns>False if the sign-in has ended.</returns>
    [Alias("Touch")]
    Task<bool> TouchAsync(Guid signIn, DateTimeOffset? factorAt);

    [Alias("SignIns")]
    Task<ImmutableArray<SignIn>> SignInsAsync();

    /// <summary>Ends one sign-in, or all of them.</summary>
    /// <param name="signIn">The sign-in to end. Null ends all except <paramref name="except"/>.</param>
    [Alias("End")]
    Task EndAsync(Actor actor, Guid? signIn, Guid? except);

    /// <summary>Notes that a token was used, unless the same was noted less than five minutes ago.</summary>
    [Alias("NoteToken")]
    Task NoteTokenAsync(Guid token, string address);

    [Alias("TokenUses")]
    Task<ImmutableArray<TokenUse>> TokenUsesAsync();

    /// <summary>
    /// Stores a link that somebody else made. It replaces the earlier one. If the new link resets the second factor, the person gets an
    /// alert.
    /// </summary>
    [Alias("PutLink")]
    Task PutLinkAsync(Actor actor, AccountLink link);

    /// <summary>
    /// Stores a link that the person asked for. It replaces the link that the person asked for before. The link that somebody else made
    /// stays, so that nobody can make it useless by asking.
    /// </summary>
    /// <returns>False if the person asked less than five minutes ago. Then nothing changes, so that nobody can fill the person's
    /// mailbox.</returns>
    [Alias("AskReset")]
    Task<bool> AskResetAsync(AccountLink link);

    /// <summary>Returns the link with this hash. Null if there is none, if it was used, or if it has expired.</summary>
    [Alias("FindLink")]
    Task<AccountLink?> FindLinkAsync(string hash);

    /// <summary>
    /// Signs in with a link of a device or a guest. All earlier sign-ins end. A device's link is used up, and a guest's link stays valid.
    /// </summary>
    /// <returns>The link. Null if there is no such link of this kind, if it was used, or if it has expired.</returns>
    [Alias("Enter")]
    Task<AccountLink?> EnterAsync(string hash, LinkKind kind, SignIn signIn);

    /// <summary>Returns the link that is valid now, or null.</summary>
    [Alias("ReadLink")]
    Task<AccountLink?> ReadLinkAsync();

    /// <summary>
    /// Uses a link up: stores the secrets, and ends all sign-ins and all other links. Refuses with link.unknown if the link is wrong, was
    /// used or has expired, and with account.stale if the secrets have changed meanwhile. If the link resets the second factor, the person
    /// gets an alert.
    /// </summary>
    [Alias("UseLink")]
    Task<AccountReply> UseLinkAsync(string hash, AccountSecrets secrets);

    /// <summary>
    /// Returns the open sign-ins by providers that were last confirmed at or before <paramref name="due"/>, and reserves them for the
    /// caller. Until the reservation lapses or the check is finished, no other caller gets them.
    /// </summary>
    [Alias("ClaimChecks")]
    Task<ImmutableArray<SignIn>> ClaimChecksAsync(DateTimeOffset due, TimeSpan lease);

    /// <summary>Notes that the provider has confirmed a sign-in, and keeps the token for the next check.</summary>
    /// <returns>False if the sign-in has ended meanwhile.</returns>
    [Alias("FinishCheck")]
    Task<bool> FinishCheckAsync(Guid signIn, ImmutableArray<byte> token);

    /// <summary>
    /// Ends the sign-ins that the provider has ended. The same message works once. Otherwise it is refused with oidc.replayed.
    /// </summary>
    [Alias("LogOut")]
    Task<AccountReply> LogOutAsync(ProviderLogout logout);
}
