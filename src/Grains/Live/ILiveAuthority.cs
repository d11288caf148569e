using System.Collections.Immutable;
using Orleans.Concurrency;

namespace ConsultHub.Live;

/// <summary>What changed in an authority from one version to another. A snapshot (<see cref="From"/> is null) replaces everything
/// known.</summary>
/// <param name="From">The version this builds on, or null for a snapshot.</param>
/// <param name="To">Where the receiver stands once this is applied.</param>
/// <param name="Removed">Tombstones above <paramref name="From"/>; with a snapshot, all that are kept, so that its receiver can tell deltas
/// from older positions.</param>
/// <param name="TombstonesFrom">With a snapshot: deltas from positions below cannot be told.</param>
/// <param name="StoredAt">When it was stored, where it is told as it happens; UTC by the authority's clock.</param>
[GenerateSerializer, Immutable, Alias("hub.LiveChange")]
public sealed record LiveChange(
    [property: Id(0)] long? From,
    [property: Id(1)] LivePosition To,
    [property: Id(2)] ImmutableArray<TopicItem> Items,
    [property: Id(3)] ImmutableArray<Tombstone> Removed,
    [property: Id(4)] long TombstonesFrom = 0,
    [property: Id(5)] DateTimeOffset? StoredAt = null
);

/// <summary>A web node's ear for one authority. Told only what has been stored; calls are one-way, so a gap is possible and is found by
/// <see cref="LiveChange.From"/> or at the next renewal.</summary>
[Alias("hub.ILiveObserver")]
public interface ILiveObserver : IGrainObserver
{
    [OneWay, Alias("Changed")]
    Task ChangedAsync(LiveChange change);
}

/// <summary>A grain whose stored state browsers may watch through a web node's replica.</summary>
[Alias("hub.ILiveAuthority")]
public interface ILiveAuthority : IGrainWithStringKey
{
    /// <summary>Registers the observer, or renews it (it expires after a minute), and answers where the authority stands.</summary>
    [Alias("Observe")]
    Task<LivePosition> ObserveAsync(ILiveObserver observer);

    [Alias("Unobserve")]
    Task UnobserveAsync(ILiveObserver observer);

    /// <summary>The items above a position, or a snapshot where the epoch differs, the position is ahead or the tombstones since are gone.
    /// Never a partial replay.</summary>
    [Alias("ReadSince")]
    Task<LiveChange> ReadSinceAsync(LivePosition? since);
}
