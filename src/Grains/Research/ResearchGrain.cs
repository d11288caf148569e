using System.Collections.Immutable;
using ConsultHub.Journal;
using ConsultHub.Live;
using Orleans.Concurrency;
using Orleans.Runtime;

namespace ConsultHub.Research;

[GenerateSerializer, Immutable, Alias("hub.ResearchEvent")]
internal abstract record ResearchEvent;

[GenerateSerializer, Immutable, Alias("hub.InitiativeShown")]
internal sealed record InitiativeShown([property: Id(0)] InitiativeItem Item) : ResearchEvent;

[GenerateSerializer, Immutable, Alias("hub.InitiativeForgotten")]
internal sealed record InitiativeForgotten([property: Id(0)] InitiativeId Initiative) : ResearchEvent;

/// <summary>The initiatives on the board. A network has at most as many as the directory takes.</summary>
[GenerateSerializer, Immutable, Alias("hub.ResearchBoard")]
internal sealed record ResearchBoard : IAuthorityState<ResearchBoard, ResearchEvent>
{
    private const int MostTombstones = 200;

    [Id(0)]
    public ImmutableSortedDictionary<string, InitiativeItem> Items { get; init; } =
        ImmutableSortedDictionary.Create<string, InitiativeItem>(StringComparer.Ordinal);

    [Id(1)]
    public ImmutableArray<Tombstone> KeptTombstones { get; init; } = [];

    /// <summary>Tombstones up to this version may have been deleted.</summary>
    [Id(2)]
    public long ForgottenUpTo { get; init; }

    public Tombstones Tombstones => new(KeptTombstones, ForgottenUpTo);

    public ResearchBoard Apply(JournalEntry<ResearchEvent> entry) =>
        entry.Events.Aggregate(
            this,
            (board, happened) =>
                happened switch
                {
                    InitiativeShown shown => board.With(shown.Item with { Version = entry.Version }),
                    InitiativeForgotten gone when board.Items.TryGetValue(gone.Initiative.Value, out var item) => board.With(
                        board.Tombstones.With([item.Key], entry.Version, MostTombstones)
                    ) with
                    {
                        Items = board.Items.Remove(gone.Initiative.Value),
                    },
                    InitiativeForgotten => board,
                    _ => throw new InvalidOperationException($"Unknown research event {happened.GetType().Name}."),
                }
        );

    private ResearchBoard With(InitiativeItem item) =>
        With(Tombstones.Without(new HashSet<string> { item.Key })) with
        {
            Items = Items.SetItem(item.Id.Value, item),
        };

    private ResearchBoard With(Tombstones tombstones) => this with { KeptTombstones = tombstones.Kept, ForgottenUpTo = tombstones.From };

    public IEnumerable<TopicItem> ItemsSince(long version) => Items.Values.Where(i => i.Version > version);
}

[Reentrant, GrainType("research")]
internal sealed class ResearchGrain(AuthorityServices services)
    : AuthorityGrain<ResearchBoard, ResearchEvent>("research", services),
        IResearchGrain
{
    public Task<ImmutableArray<InitiativeId>> LedByAsync(PersonId person) =>
        Task.FromResult<ImmutableArray<InitiativeId>>([.. Stored.Items.Values.Where(i => i.Leads.Contains(person)).Select(i => i.Id)]);

    protected override Decision<ResearchEvent>? Receive(GrainId sender, OutboxMessage message) =>
        message.Payload switch
        {
            TellResearch told => new(Actor.System, Guid.Empty, [new InitiativeShown(told.Item)]),
            ForgetInitiative gone => new(Actor.System, Guid.Empty, [new InitiativeForgotten(gone.Initiative)]),
            _ => null,
        };
}
