using System.Collections.Immutable;

namespace ConsultHub.Live;

/// <summary>The items that have left a topic, oldest first.</summary>
/// <param name="From">The lowest version from which a delta can be made. Items that left at this version or earlier may have been dropped
/// from the list.</param>
public readonly record struct Tombstones(ImmutableArray<Tombstone> Kept, long From)
{
    /// <summary>The value for an authority whose items never leave its topics.</summary>
    public static Tombstones None { get; } = new([], 0);

    /// <summary>
    /// Returns the tombstones above a version. Null if some of them have been dropped, so that only a snapshot is possible.
    /// </summary>
    public IEnumerable<Tombstone>? Since(long version) => version < From ? null : Kept.Where(t => t.Version > version);

    /// <summary>Adds tombstones. If there are then more than <paramref name="most"/>, the oldest are dropped.</summary>
    public Tombstones With(IEnumerable<Tombstone> gone, int most)
    {
        var all = Kept.AddRange(gone);
        var forgotten = all.Length - most;
        return forgotten <= 0 ? this with { Kept = all } : new(all.RemoveRange(0, forgotten), all[forgotten - 1].Version);
    }

    /// <summary>Adds tombstones for the keys of items that left at the same version.</summary>
    public Tombstones With(IEnumerable<string> keys, long version, int most) => With(keys.Select(key => new Tombstone(key, version)), most);

    /// <summary>Removes the tombstones of items that are back.</summary>
    public Tombstones Without(IReadOnlySet<string> keys) => this with { Kept = Kept.RemoveAll(t => keys.Contains(t.Key)) };
}
