using ConsultHub.Journal;

namespace ConsultHub.Anchors;

/// <summary>Collects the newest anchors of what a transaction writes. They are used only after the transaction is stored.</summary>
internal sealed class NotedAnchors : IJournalAnchors
{
    private readonly Dictionary<(string Journal, bool Snapshot), AnchorLine> _lines = [];

    public IReadOnlyCollection<AnchorLine> Lines => _lines.Values;

    public void RowRead(string journal, long row, byte[] hash) { }

    public void RowStored(string journal, long row, byte[] hash) => _lines[(journal, false)] = AnchorLine.OfRow(journal, row, hash);

    public void SnapshotStored(string journal, long row, byte[] hash) =>
        _lines[(journal, true)] = AnchorLine.OfSnapshot(journal, row, hash);
}
