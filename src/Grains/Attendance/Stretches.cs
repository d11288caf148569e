using System.Collections.Immutable;

namespace ConsultHub.Attendance;

/// <summary>A stretch of time. Its end is not part of it.</summary>
/// <param name="From">
///     Milliseconds since 1970 UTC. Each lecture stores thousands of stretches, and instants with offsets would need three times the space.
/// </param>
/// <param name="To">Also milliseconds since 1970 UTC.</param>
[GenerateSerializer, Immutable, Alias("hub.Stretch")]
public readonly record struct Stretch([property: Id(0)] long From, [property: Id(1)] long To)
{
    public static Stretch Of(DateTimeOffset from, DateTimeOffset to) => new(from.ToUnixTimeMilliseconds(), to.ToUnixTimeMilliseconds());

    public long Milliseconds => To - From;
}

/// <summary>
/// Time with possible gaps: sorted pieces that are not empty and do not touch each other. Pieces that overlap or touch are merged into one.
/// </summary>
[GenerateSerializer, Immutable, Alias("hub.Stretches")]
public sealed record Stretches
{
    private Stretches(ImmutableArray<Stretch> pieces) => Pieces = pieces;

    [Id(0)]
    public ImmutableArray<Stretch> Pieces { get; init; } = [];

    public static Stretches None { get; } = new([]);

    /// <summary>Sorts and merges pieces. A piece that does not end after its start is left out.</summary>
    public static Stretches Of(params IEnumerable<Stretch> pieces)
    {
        var merged = ImmutableArray.CreateBuilder<Stretch>();
        foreach (var piece in pieces.Where(p => p.To > p.From).OrderBy(p => p.From))
        {
            if (merged.Count > 0 && piece.From <= merged[^1].To)
                merged[^1] = merged[^1] with { To = Math.Max(merged[^1].To, piece.To) };
            else
                merged.Add(piece);
        }
        return merged.Count == 0 ? None : new(merged.DrainToImmutable());
    }

    public static Stretches Of(DateTimeOffset from, DateTimeOffset to) => Of(Stretch.Of(from, to));

    public TimeSpan Length => TimeSpan.FromMilliseconds(Pieces.Sum(p => p.Milliseconds));

    public bool IsEmpty => Pieces.IsEmpty;

    public Stretches Union(Stretches other) =>
        other.IsEmpty ? this
        : IsEmpty ? other
        : Of(Pieces.Concat(other.Pieces));

    public Stretches Intersect(Stretches other)
    {
        var common = ImmutableArray.CreateBuilder<Stretch>();
        for (int i = 0, j = 0; i < Pieces.Length && j < other.Pieces.Length; )
        {
            var (mine, theirs) = (Pieces[i], other.Pieces[j]);
            var piece = new Stretch(Math.Max(mine.From, theirs.From), Math.Min(mine.To, theirs.To));
            if (piece.To > piece.From)
                common.Add(piece);
            if (mine.To < theirs.To)
                i++;
            else
                j++;
        }
        return new(common.DrainToImmutable());
    }

    public Stretches Except(Stretches other)
    {
        if (IsEmpty || other.IsEmpty)
            return this;
        // These are the gaps between the other's pieces, including the time before the first and after the last.
        var gaps = other
            .Pieces.Prepend(new(long.MinValue, long.MinValue))
            .Zip(other.Pieces.Append(new(long.MaxValue, long.MaxValue)), (before, after) => new Stretch(before.To, after.From));
        return Intersect(new([.. gaps]));
    }

    /// <summary>Returns at most this many pieces: the longest ones. This limits how much one person's reports can store.</summary>
    public Stretches AtMost(int pieces) =>
        Pieces.Length <= pieces ? this : Of(Pieces.OrderByDescending(p => p.Milliseconds).ThenBy(p => p.From).Take(pieces));
}
