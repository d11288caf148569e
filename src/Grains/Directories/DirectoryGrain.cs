using System.Collections.Immutable;
using ConsultHub.Journal;
using ConsultHub.Live;
using Orleans.Concurrency;
using Orleans.Runtime;

namespace ConsultHub.Directories;

[GenerateSerializer, Immutable, Alias("hub.EntriesListed")]
internal sealed record EntriesListed([property: Id(0)] ImmutableArray<DirectoryEntry> Entries);

/// <summary>Asks a directory to list an object.</summary>
[GenerateSerializer, Immutable, Alias("hub.ListEntry")]
internal sealed record ListEntry([property: Id(0)] DirectoryEntry Entry) : OutboxPayload;

[GenerateSerializer, Immutable, Alias("hub.DirectoryState")]
internal sealed record DirectoryState : IAuthorityState<DirectoryState, EntriesListed>
{
    [Id(0)]
    public ImmutableSortedDictionary<string, DirectoryEntry> Entries { get; init; } =
        ImmutableSortedDictionary.Create<string, DirectoryEntry>(StringComparer.Ordinal);

    public DirectoryState Apply(JournalEntry<EntriesListed> entry) =>
        this with
        {
            Entries = Entries.SetItems(entry.Events.SelectMany(e => e.Entries.Select(x => KeyValuePair.Create(x.Id, x)))),
        };

    public IEnumerable<TopicItem> ItemsSince(long version) => [];

    public Tombstones Tombstones => Tombstones.None;
}

[Reentrant, GrainType("directory")]
internal sealed class DirectoryGrain(AuthorityServices services)
    : AuthorityGrain<DirectoryState, EntriesListed>("directory", services),
        IDirectoryGrain
{
    public Task<ImmutableArray<DirectoryEntry>> ListAsync() => Task.FromResult(Stored.Entries.Values.ToImmutableArray());

    protected override Decision<EntriesListed>? Receive(GrainId sender, OutboxMessage message) =>
        message.Payload is ListEntry { Entry: var entry } && Head.Entries.GetValueOrDefault(entry.Id) != entry
            ? new(Actor.System, Guid.Empty, [new EntriesListed([entry])])
            : null;

    public async Task PutAsync(ImmutableArray<DirectoryEntry> entries)
    {
        ImmutableArray<DirectoryEntry> changed = [.. entries.Where(e => Head.Entries.GetValueOrDefault(e.Id) != e)];
        if (!changed.IsEmpty)
            await CommitAsync(new(Actor.System, Guid.Empty, [new EntriesListed(changed)]));
        else
            await WhenAllStoredAsync();
    }
}
