namespace ConsultHub.Journal;

/// <summary>
/// Is told how far each journal has come, and keeps it outside the database. Whoever alters or removes stored rows cannot change what is
/// kept there.
/// It answers at once: no commit waits for it.
/// </summary>
public interface IJournalAnchors
{
    /// <summary>A start has found the row to be the newest one. It shows by its number where rows that were there before are
    /// gone.</summary>
    /// <inheritdoc cref="RowStored"/>
    void RowRead(string journal, long row, byte[] hash);

    /// <summary>A row is stored.</summary>
    /// <param name="journal">Such as <c>roster ehs/2026-W48</c>.</param>
    /// <param name="hash">The row's.</param>
    void RowStored(string journal, long row, byte[] hash);

    /// <summary>A start would begin with this snapshot.</summary>
    /// <param name="hash">SHA-256 of the snapshot's body.</param>
    void SnapshotStored(string journal, long row, byte[] hash);
}
