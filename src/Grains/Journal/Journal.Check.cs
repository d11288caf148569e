using System.Collections.Immutable;

namespace ConsultHub.Journal;

/// <summary>Replaying rows that somebody else reads, to compare what comes of them.</summary>
internal sealed partial class Journal<TState, TEvent>
{
    /// <summary>What a snapshot would hold now.</summary>
    public JournalSnapshot<TState> Picture => ToSnapshot();

    /// <summary>Takes the next row, from row 1 on, as a start does.</summary>
    /// <exception cref="JournalAlteredException">It is not what was written.</exception>
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
