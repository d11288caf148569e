using System.Collections.Immutable;

namespace ConsultHub.Live;

/// <summary>What has left a topic, oldest first, and from which version on all of it is remembered.</summary>
/// <param name="From">Only deltas from this version on can be told: what left up to it may be forgotten.</param>
public readonly record struct Tombstones(ImmutableArray<Tombstone> Kept, long From)
{
    /// <summary>Of an authority whose items never leave.</summary>
    public static Tombstones None { get; } = new([], 0);

    /// <summary>Those above the version; null where some of them are forgotten, so that only a snapshot will do.</summary>
    public IEnumerable<Tombstone>? Since(long version) => version < From ? null : Kept.Where(t => t.Version > version);

    /// <summary>With items that left; beyond the bound the oldest are forgotten.</summary>
    public Tombstones With(IEnumerable<Tombstone> gone, int most)
    {
        var all = Kept.AddRange(gone);
        var forgotten = all.Length - most;
        return forgotten <= 0 ? this with { Kept = all } : new(all.RemoveRange(0, forgotten), all[forgotten - 1].Version);
    }

    /// <summary>With keys that left at a version.</summary>
    public Tombstones With(IEnumerable<string> keys, long version, int most) => With(keys.Select(key => new Tombstone(key, version)), most);

    /// <summary>Without those of items that are back.</summary>
    public Tombstones Without(IReadOnlySet<string> keys) => this with { Kept = Kept.RemoveAll(t => keys.Contains(t.Key)) };
}
