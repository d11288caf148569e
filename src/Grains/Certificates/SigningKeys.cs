using System.Collections.Immutable;
using ConsultHub.Journal;
using ConsultHub.Live;
using Orleans.Concurrency;

namespace ConsultHub.Certificates;

/// <summary>A key that signs certificates, ECDSA on P-256.</summary>
/// <param name="Id">The RFC 7638 thumbprint of the public key.</param>
/// <param name="X">Base64url, as in a JWK (RFC 7517).</param>
/// <param name="Y">Base64url, as in a JWK (RFC 7517).</param>
/// <param name="Protected">The encrypted private key, which only web nodes can decrypt.</param>
[GenerateSerializer, Immutable, Alias("hub.SigningKey")]
public sealed record SigningKey(
    [property: Id(0)] string Id,
    [property: Id(1)] string X,
    [property: Id(2)] string Y,
    [property: Id(3)] ImmutableArray<byte> Protected,
    [property: Id(4)] DateTimeOffset MadeAt
);

/// <summary>The keys of the installation, newest first. The newest key signs, and all keys verify. Key: <c>hub</c>.</summary>
[Alias("hub.ISigningKeysGrain")]
public interface ISigningKeysGrain : IGrainWithStringKey
{
    [Alias("List")]
    Task<ImmutableArray<SigningKey>> ListAsync();

    /// <summary>Adds a key as the newest key, unless another key has been added meanwhile.</summary>
    /// <param name="after">The id of the newest key at the time this key was made. Null if there was none.</param>
    /// <returns>All stored keys, newest first.</returns>
    [Alias("Add")]
    Task<ImmutableArray<SigningKey>> AddAsync(Actor actor, SigningKey key, string? after);
}

[GenerateSerializer, Immutable, Alias("hub.SigningKeyAdded")]
internal sealed record SigningKeyAdded([property: Id(0)] SigningKey Key);

[GenerateSerializer, Immutable, Alias("hub.SigningKeys")]
internal sealed record SigningKeys : IAuthorityState<SigningKeys, SigningKeyAdded>
{
    [Id(0)]
    public ImmutableArray<SigningKey> Keys { get; init; } = [];

    public SigningKeys Apply(JournalEntry<SigningKeyAdded> entry) =>
        this with
        {
            Keys = [.. entry.Events.Select(e => e.Key).Reverse(), .. Keys],
        };

    public IEnumerable<TopicItem> ItemsSince(long version) => [];

    public Tombstones Tombstones => Tombstones.None;
}

[Reentrant, GrainType("signing-keys")]
internal sealed class SigningKeysGrain(AuthorityServices services)
    : AuthorityGrain<SigningKeys, SigningKeyAdded>("signing-keys", services),
        ISigningKeysGrain
{
    public Task<ImmutableArray<SigningKey>> ListAsync() => Task.FromResult(Stored.Keys);

    public async Task<ImmutableArray<SigningKey>> AddAsync(Actor actor, SigningKey key, string? after)
    {
        if (Head.Keys.FirstOrDefault()?.Id == after)
            await CommitAsync(new(actor, Guid.Empty, [new SigningKeyAdded(key)]));
        else
            await WhenAllStoredAsync();
        return Stored.Keys;
    }
}
