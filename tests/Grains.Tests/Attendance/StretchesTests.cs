using ConsultHub.Attendance;
using CsCheck;

namespace ConsultHub.Tests.Attendance;

/// <summary>A list of stretches of time behaves like the set of all milliseconds in these stretches.</summary>
public sealed class StretchesTests
{
    private static readonly Gen<Stretches> Some = Gen.Select(Gen.Int[0, 60], Gen.Int[-2, 12])
        .Select((from, length) => new Stretch(from, from + length))
        .Array[0, 8]
        .Select(pieces => Stretches.Of(pieces));

    private static HashSet<long> Set(Stretches stretches) =>
        [.. stretches.Pieces.SelectMany(p => Enumerable.Range((int)p.From, (int)p.Milliseconds).Select(i => (long)i))];

    [Fact]
    public void Union_and_intersection_and_difference_match_those_of_sets() =>
        Gen.Select(Some, Some)
            .Sample(
                (a, b) =>
                {
                    Assert.True(Set(a.Union(b)).SetEquals(Set(a).Union(Set(b))));
                    Assert.True(Set(a.Intersect(b)).SetEquals(Set(a).Intersect(Set(b))));
                    Assert.True(Set(a.Except(b)).SetEquals(Set(a).Except(Set(b))));
                }
            );

    [Fact]
    public void Pieces_are_in_order_and_are_never_empty_and_never_touch() =>
        Gen.Select(Some, Some)
            .Sample(
                (a, b) =>
                {
                    foreach (var all in (Stretches[])[a, a.Union(b), a.Intersect(b), a.Except(b)])
                    {
                        Assert.All(all.Pieces, p => Assert.True(p.To > p.From));
                        for (var i = 1; i < all.Pieces.Length; i++)
                            Assert.True(all.Pieces[i].From > all.Pieces[i - 1].To);
                        Assert.Equal(Set(all).Count, all.Length.TotalMilliseconds);
                    }
                }
            );

    [Fact]
    public void The_longest_pieces_are_kept_when_there_are_too_many_pieces()
    {
        var many = Stretches.Of(Enumerable.Range(0, 20).Select(i => new Stretch(i * 100, (i * 100) + 1 + i)));
        Assert.Equal([new(1800, 1819), new(1900, 1920)], many.AtMost(2).Pieces);
        Assert.Same(many, many.AtMost(20));
    }
}
