using System.Collections.Immutable;

namespace ConsultHub.Journal;

/// <summary>Replays rows that the caller has read, so that the caller can compare the result with the stored snapshot.</summary>
internal sealed partial class Journal<TState, TEvent>
{
    /// <summary>The snapshot that would be written now.</summary>
    public JournalSnapshot<TState> Picture => ToSnapshot();

    /// <summary>Applies the next row in the same way as when the grain starts. The first call must give row 1.</summary>
    /// <exception cref="JournalAlteredException">The row was altered, or it does not follow the row before it.</exception>
    public JournalBody<TEvent> Follow(JournalRow row)
    {
        var body = store.Open(row);
        var version = StoredVersion;
        if (body.Entries.Any(entry => entry.Version != ++version))
            throw new JournalAlteredException(store.Journal, row.Number, "has versions that do not follow those before it");
        if (!body.Links.ToImmutableHashSet().SetEquals(Links(body.Entries)))
            throw new JournalAlteredException(store.Journal, row.Number, "does not link to the rows before it on the same subjects");
        try
        {
            Replay(row, body);
        }
        catch (Exception e) when (e is not JournalAlteredException)
        {
            throw new JournalAlteredException(store.Journal, row.Number, $"cannot be applied ({e.GetType().Name})");
        }
        return body;
    }
}
