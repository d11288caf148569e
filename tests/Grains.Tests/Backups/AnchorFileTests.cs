using ConsultHub.Anchors;

namespace ConsultHub.Tests.Backups;

/// <summary>A process's file of anchors when its disk fails for a while.</summary>
public sealed class AnchorFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("hub-anchors-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void What_could_not_be_written_is_written_the_next_time_and_leaves_no_line_that_cannot_be_read()
    {
        using var file = AnchorFile.Open(_folder, "test");
        file.Append([Line("a", 1)]);
        // Whoever replaces the file fails where a folder of its new name is in the way.
        var obstacle = Directory.CreateDirectory(file.Path + ".new").FullName;
        Assert.ThrowsAny<Exception>(() => file.Append(Enumerable.Range(2, 20_000).Select(n => Line("a", n))));
        Assert.ThrowsAny<Exception>(() => file.Append([Line("b", 1)]));
        Directory.Delete(obstacle);
        Assert.Empty(file.Append([Line("b", 2)]));
        var kept = AnchorFile.Lines(file.Path).Select(text => AnchorLine.Parse(text)).ToList();
        Assert.DoesNotContain(null, kept);
        Assert.Equal(
            [("a", 20_001), ("b", 2)],
            kept.Select(k => (k!.Journal, k.Number)).GroupBy(k => k.Journal).Select(g => (g.Key, g.Max(k => (int)k.Number)))
        );
    }

    private static AnchorLine Line(string journal, long row) => AnchorLine.OfRow(journal, row, new byte[32]);
}
