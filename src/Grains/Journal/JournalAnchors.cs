namespace ConsultHub.Journal;

/// <summary>
/// Keeps the numbers and hashes of each journal's newest rows outside the database. A person who can change only the database cannot change
/// these records. The methods return at once, so no commit waits for them.
/// </summary>
public interface IJournalAnchors
{
    /// <summary>
    /// A grain has read its journal, at its start or later, and this row is the newest. If an earlier call gave a higher number, rows have
    /// been removed.
    /// </summary>
    /// <inheritdoc cref="RowStored"/>
    void RowRead(string journal, long row, byte[] hash);

    /// <summary>A row has been stored.</summary>
    /// <param name="journal">The journal's name, such as <c>roster ehs/2026-W48</c>.</param>
    /// <param name="hash">The hash of the row.</param>
    void RowStored(string journal, long row, byte[] hash);

    /// <summary>A snapshot has been stored. The next start of the grain begins with this snapshot.</summary>
    /// <param name="hash">SHA-256 of the snapshot's body.</param>
    void SnapshotStored(string journal, long row, byte[] hash);
}
