using System.Collections.Immutable;
using ConsultHub.Journal;
using ConsultHub.Live;

namespace ConsultHub.Feeds;

[GenerateSerializer, Immutable, Alias("hub.FeedEvent")]
internal abstract record FeedEvent;

/// <param name="Token">Null: the link has ended.</param>
[GenerateSerializer, Immutable, Alias("hub.FeedLinkSet")]
internal sealed record FeedLinkSet([property: Id(0)] string? Token, [property: Id(1)] NetworkId? Network) : FeedEvent;

/// <summary>What a reader was given differs from what the last one was given.</summary>
[GenerateSerializer, Immutable, Alias("hub.FeedMarksChanged")]
internal sealed record FeedMarksChanged([property: Id(0)] ImmutableArray<FeedMark> Set, [property: Id(1)] ImmutableArray<string> Removed) : FeedEvent;

/// <summary>What is remembered of an entry, so that its sequence rises when it changes and only then.</summary>
/// <param name="Content">Hash of what readers see, names of places apart: those depend on the language.</param>
[GenerateSerializer, Immutable, Alias("hub.FeedMark")]
internal sealed record FeedMark([property: Id(0)] string Uid, [property: Id(1)] string Content, [property: Id(2)] int Sequence, [property: Id(3)] DateTimeOffset Changed);

[GenerateSerializer, Immutable, Alias("hub.FeedState")]
internal sealed record FeedState : IAuthorityState<FeedState, FeedEvent>
{
    [Id(0)] public string? Token { get; init; }
    [Id(1)] public NetworkId? Network { get; init; }
    [Id(2)] public ImmutableDictionary<string, FeedMark> Marks { get; init; } = ImmutableDictionary<string, FeedMark>.Empty;

    public FeedState Apply(JournalEntry<FeedEvent> entry) => entry.Events.Aggregate(this, (state, e) => e switch
    {
        FeedLinkSet link => state with { Token = link.Token, Network = link.Network ?? state.Network },
        FeedMarksChanged changed => state with { Marks = state.Marks.RemoveRange(changed.Removed).SetItems(changed.Set.Select(m => KeyValuePair.Create(m.Uid, m))) },
        _ => state,
    });

    public IEnumerable<TopicItem> ItemsSince(long version) => [];

    public IEnumerable<Tombstone>? RemovedSince(long version) => [];
}
