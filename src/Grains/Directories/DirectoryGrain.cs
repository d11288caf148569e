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

    /// <summary>Null before the first change of an object with records.</summary>
    [Id(1)]
    public RecordChanges? Changes { get; init; }

    /// <summary>Whether a message about an object says something new.</summary>
    public bool Learns(DirectoryEntry entry)
    {
        var known = Entries.GetValueOrDefault(entry.Id);
        return known is null ? !entry.Gone : entry.Version >= known.Version && entry != known;
    }

    public DirectoryState Apply(JournalEntry<EntriesListed> entry)
    {
        var state = this;
        foreach (var listed in entry.Events.SelectMany(e => e.Entries))
            state = state with
            {
                Entries = listed.Gone ? state.Entries.Remove(listed.Id) : state.Entries.SetItem(listed.Id, listed),
                Changes = listed.Kind is { } kind ? After(state.Changes, kind, listed.Id, entry.Version) : state.Changes,
            };
        return state;
    }

    private static RecordChanges After(RecordChanges? before, string kind, string id, long version) =>
        new()
        {
            Kind = kind,
            Version = version,
            Recent = [new(id, version), .. (before?.Recent ?? []).Where(r => r.Id != id).Take(RecordChanges.Kept - 1)],
        };

    public IEnumerable<TopicItem> ItemsSince(long version) => Changes?.Version > version ? [Changes] : [];

    public Tombstones Tombstones => Tombstones.None;
}

[Reentrant, GrainType("directory")]
internal sealed class DirectoryGrain(AuthorityServices services)
    : AuthorityGrain<DirectoryState, EntriesListed>("directory", services),
        IDirectoryGrain
{
    public Task<ImmutableArray<DirectoryEntry>> ListAsync() => Task.FromResult(Stored.Entries.Values.ToImmutableArray());

    public Task<DirectoryList?> ListIfChangedAsync(LivePosition? known) =>
        Task.FromResult(known == Position ? null : new DirectoryList(Position, [.. Stored.Entries.Values]));

    protected override Decision<EntriesListed>? Receive(GrainId sender, OutboxMessage message) =>
        message.Payload is ListEntry { Entry: var entry } && Head.Learns(entry)
            ? new(Actor.System, Guid.Empty, [new EntriesListed([entry])])
            : null;

    public async Task PutAsync(ImmutableArray<DirectoryEntry> entries)
    {
        ImmutableArray<DirectoryEntry> changed = [.. entries.Where(Head.Learns)];
        if (!changed.IsEmpty)
            await CommitAsync(new(Actor.System, Guid.Empty, [new EntriesListed(changed)]));
        else
            await WhenAllStoredAsync();
    }
}
