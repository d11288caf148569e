using System.Collections.Immutable;
using Orleans.Concurrency;

namespace ConsultHub.Live;

/// <summary>
/// The changes of an authority from one version to another. A snapshot (<see cref="From"/> is null) replaces everything that the receiver
/// knows.
/// </summary>
/// <param name="From">The version that the change builds on, or null for a snapshot.</param>
/// <param name="To">The receiver's position after it has applied the change.</param>
/// <param name="Removed">Tombstones above <paramref name="From"/>. A snapshot contains all tombstones that are kept, so that its receiver
/// can make deltas from older positions.</param>
/// <param name="TombstonesFrom">Only in a snapshot: the lowest version from which a delta can be made.</param>
/// <param name="StoredAt">The time when the change was stored, UTC by the authority's clock. Set only if the change is sent because it was
/// just stored.</param>
[GenerateSerializer, Immutable, Alias("hub.LiveChange")]
public sealed record LiveChange(
    [property: Id(0)] long? From,
    [property: Id(1)] LivePosition To,
    [property: Id(2)] ImmutableArray<TopicItem> Items,
    [property: Id(3)] ImmutableArray<Tombstone> Removed,
    [property: Id(4)] long TombstonesFrom = 0,
    [property: Id(5)] DateTimeOffset? StoredAt = null
);

/// <summary>
/// A web node that receives the stored changes of one authority. Calls are one-way, so a change can be lost. The node notices the gap when
/// the <see cref="LiveChange.From"/> of the next change does not fit, or when it renews its registration.
/// </summary>
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
    /// <summary>
    /// Registers the observer, or renews its registration, and returns the authority's position. An observer that is not renewed expires
    /// after 20 seconds.
    /// </summary>
    [Alias("Observe")]
    Task<LivePosition> ObserveAsync(ILiveObserver observer);

    [Alias("Unobserve")]
    Task UnobserveAsync(ILiveObserver observer);

    /// <summary>
    /// Returns the items that have changed since a position. The result is a snapshot if the position is null, has another epoch or is
    /// ahead of the authority, or if tombstones above the position have been dropped. The result never leaves out a change.
    /// </summary>
    [Alias("ReadSince")]
    Task<LiveChange> ReadSinceAsync(LivePosition? since);
}
