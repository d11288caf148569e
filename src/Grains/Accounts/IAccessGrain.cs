using System.Collections.Immutable;
using System.Text.Json.Serialization;
using ConsultHub.Live;
using ConsultHub.Records;

namespace ConsultHub.Accounts;

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
public interface IAccessGrain : ILiveAuthority, IRecordTarget
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
