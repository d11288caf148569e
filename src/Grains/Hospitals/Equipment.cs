using System.Collections.Immutable;

namespace ConsultHub.Hospitals;

/// <summary>Compares what rooms have with what engagements need. Case and outer spaces do not matter. Pure.</summary>
public static class Equipment
{
    /// <summary>The longest name of a thing, in characters.</summary>
    public const int Longest = 60;

    /// <summary>The things that a room lacks, in the order of the needs.</summary>
    public static ImmutableArray<string> Lacking(Room room, ImmutableArray<string> needs) =>
        needs.IsEmpty ? [] : needs.RemoveAll(need => room.Equipment.Any(has => IsSame(has, need)));

    /// <summary>The texts without outer spaces, blank texts and repeats.</summary>
    public static ImmutableArray<string> Distinct(ImmutableArray<string> things) =>
        things.IsDefaultOrEmpty
            ? []
            : [.. things.Where(t => !string.IsNullOrWhiteSpace(t)).Select(t => t.Trim()).Distinct(StringComparer.OrdinalIgnoreCase)];

    private static bool IsSame(string a, string b) => a.AsSpan().Trim().Equals(b.AsSpan().Trim(), StringComparison.OrdinalIgnoreCase);
}
