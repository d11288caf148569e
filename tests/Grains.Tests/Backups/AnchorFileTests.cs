using ConsultHub.Anchors;

namespace ConsultHub.Tests.Backups;

/// <summary>The anchor file of a process whose disk fails for a while.</summary>
public sealed class AnchorFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("hub-anchors-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_newest_anchors_of_a_failed_write_are_written_the_next_time_and_no_unreadable_line_remains()
    {
        using var file = AnchorFile.Open(_folder, "test");
        file.Append([Line("a", 1)]);
        // To replace the file, the hub first writes a file with the ending .new. That fails while a folder has this name.
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
