using System.Collections.Immutable;
using ConsultHub.Journal;
using ConsultHub.Live;

namespace ConsultHub.Feeds;

[GenerateSerializer, Immutable, Alias("hub.FeedEvent")]
internal abstract record FeedEvent;

/// <summary>The link of a feed was set or ended.</summary>
/// <param name="Token">The secret itself. Only earlier versions of the software stored it.</param>
/// <param name="Hash">The hash of the secret. If the hash and the token are both null, the link has ended.</param>
[GenerateSerializer, Immutable, Alias("hub.FeedLinkSet")]
internal sealed record FeedLinkSet(
    [property: Id(0)] string? Token,
    [property: Id(1)] NetworkId? Network,
    [property: Id(2)] string? Hash = null
) : FeedEvent;

/// <summary>Entries of the feed are new or have changed, or old marks of entries that have left the feed were removed.</summary>
[GenerateSerializer, Immutable, Alias("hub.FeedMarksChanged")]
internal sealed record FeedMarksChanged([property: Id(0)] ImmutableArray<FeedMark> Set, [property: Id(1)] ImmutableArray<string> Removed)
    : FeedEvent;

/// <summary>
/// The data that is stored about an entry. The feed compares the data with the entry as it is now. The sequence number rises only if the
/// entry has changed since the feed was last read.
/// </summary>
/// <param name="Content">
///     The hash of the entry's content. For an engagement, the hash leaves out the names of the hospital and the room, because these names
///     depend on the language.
/// </param>
[GenerateSerializer, Immutable, Alias("hub.FeedMark")]
internal sealed record FeedMark(
    [property: Id(0)] string Uid,
    [property: Id(1)] string Content,
    [property: Id(2)] int Sequence,
    [property: Id(3)] DateTimeOffset Changed
);

[GenerateSerializer, Immutable, Alias("hub.FeedState")]
internal sealed record FeedState : IAuthorityState<FeedState, FeedEvent>
{
    /// <summary>The link's secret. It is only in snapshots from earlier versions of the software.</summary>
    [Id(0)]
    public string? Token { get; init; }

    [Id(1)]
    public NetworkId? Network { get; init; }

    [Id(2)]
    public ImmutableDictionary<string, FeedMark> Marks { get; init; } = ImmutableDictionary<string, FeedMark>.Empty;

    [Id(3)]
    public string? Hash { get; init; }

    /// <summary>
    /// The hash of the link's secret. Null if there is no link. If the state comes from an earlier version of the software and contains
    /// the secret, the hash is computed from the secret.
    /// </summary>
    public string? KnownHash => Hash ?? (Token is null ? null : FeedRules.HashOf(Token));

    public FeedState Apply(JournalEntry<FeedEvent> entry) =>
        entry.Events.Aggregate(
            this,
            (state, e) =>
                e switch
                {
                    FeedLinkSet link => state with
                    {
                        Token = null,
                        Hash = link.Hash ?? (link.Token is null ? null : FeedRules.HashOf(link.Token)),
                        Network = link.Network ?? state.Network,
                    },
                    FeedMarksChanged changed => state with
                    {
                        Marks = state.Marks.RemoveRange(changed.Removed).SetItems(changed.Set.Select(m => KeyValuePair.Create(m.Uid, m))),
                    },
                    _ => state,
                }
        );

    public IEnumerable<TopicItem> ItemsSince(long version) => [];

    public Tombstones Tombstones => Tombstones.None;
}
