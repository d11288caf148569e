using ConsultHub.Journal;

namespace ConsultHub.Anchors;

/// <summary>
/// Collects the newest anchors of each journal that a transaction writes to. The caller writes them to an anchor file after the commit.
/// </summary>
internal sealed class NotedAnchors : IJournalAnchors
{
    private readonly Dictionary<(string Journal, bool Snapshot), AnchorLine> _lines = [];

    public IReadOnlyCollection<AnchorLine> Lines => _lines.Values;

    public void RowRead(string journal, long row, byte[] hash) { }

    public void RowStored(string journal, long row, byte[] hash) => _lines[(journal, false)] = AnchorLine.OfRow(journal, row, hash);

    public void SnapshotStored(string journal, long row, byte[] hash) =>
        _lines[(journal, true)] = AnchorLine.OfSnapshot(journal, row, hash);
}
