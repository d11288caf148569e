using System.Runtime.CompilerServices;

namespace ConsultHub.Journal;

/// <summary>Reads histories, and serves the commands that archive weeks and bring them back.</summary>
internal sealed partial class Journal<TState, TEvent>
{
    /// <summary>
    /// To find the beginning of a page, this many rows are searched for an entry about the subject. If none of these rows has such an
    /// entry, the subject's links are followed from the newest row about the subject.
    /// </summary>
    private const int LookBack = 64;

    /// <summary>The number of the newest stored row.</summary>
    public long Row => _row;

    /// <summary>
    /// Reads entries, the newest first. If a subject is given, follows the subject's links and returns only the entries about this subject.
    /// The row and the text of each returned entry are checked against their hashes.
    /// </summary>
    /// <exception cref="JournalAlteredException">Stored rows or texts were altered or are missing.</exception>
    public async IAsyncEnumerable<(JournalEntry<TEvent> Entry, string? Reason)> HistoryAsync(
        string? subject,
        long? before,
        [EnumeratorCancellation] CancellationToken cancel = default
    )
    {
        var number = await BeginAsync(subject, before);
        while (number > 0 && await _rows.ReadAsync(number) is { } row)
        {
            cancel.ThrowIfCancellationRequested();
            var body = store.Open(row);
            TextRow? texts = null;
            for (var i = body.Entries.Length - 1; i >= 0; i--)
            {
                var entry = body.Entries[i];
                if (entry.Version >= before || (subject is not null && !entry.Subjects.Contains(subject)))
                    continue;
                if (entry.Reason is { } reference)
                    texts ??= await store.ReadTextsAsync(reference.Row);
                yield return (entry, entry.Reason is null ? null : TextOf(entry.Reason, texts, number));
            }
            number = subject is null ? number - 1 : body.Links.FirstOrDefault(l => l.Subject == subject).Row;
        }
    }

    /// <returns>The text, or null if it was erased.</returns>
    private string? TextOf(TextReference reference, TextRow? texts, long row) =>
        TextRow.StandingOf(texts, reference) switch
        {
            TextStanding.Whole => texts!.Texts[reference.Index].Text,
            TextStanding.Erased => null,
            TextStanding.Altered => throw new JournalAlteredException(store.Journal, row, "has a free text that is not what was written"),
            TextStanding.Missing => throw new JournalAlteredException(store.Journal, row, "has a free text that is missing"),
            _ => throw new InvalidOperationException("Unknown text standing."),
        };

    /// <summary>
    /// Finds the row from which a page of a history is read downwards: the newest row that the page needs, or a newer row. The result is 0
    /// if there is no row to read.
    /// </summary>
    private async Task<long> BeginAsync(string? subject, long? before)
    {
        var newest = subject is null ? _row : _trail.GetValueOrDefault(subject);
        if (before is not { } version || version > StoredVersion || newest == 0)
            return newest;
        var found = await RowBelowAsync(first => first.Version >= version);
        await ProveNextAsync(found, version);
        if (found >= newest)
            return newest;
        if (subject is null)
            return found;
        // Looks for an entry about the subject in the next rows downwards. If there is none, entries about the subject are rare, and
        // following all links of the subject costs little.
        for (var number = found; number > found - LookBack; number--)
        {
            if (number < 1 || await _rows.ReadAsync(number) is not { } row)
                return 0;
            if (store.Open(row).Entries.Any(e => e.Subjects.Contains(subject)))
                return number;
        }
        return newest;
    }

    /// <summary>
    /// The binary search has found a row. This method checks the next row that has entries. The search itself does not check the hashes of
    /// the rows that it reads. Without this check, an altered row could make a page begin too low, and entries would be missing without
    /// notice.
    /// </summary>
    private async Task ProveNextAsync(long below, long version)
    {
        for (var number = below + 1; number <= _row && await _rows.ReadAsync(number) is { } row; number++)
        {
            if (store.Open(row).Entries is not [var first, ..])
                continue;
            if (first.Version < version)
                throw new JournalAlteredException(store.Journal, number, "or a row near it is not what was written");
            return;
        }
    }

    /// <summary>
    /// Finds by binary search the newest row whose first entry is not late, for example has a lower version than a given one. A row without
    /// entries is treated as a part of the row before it. If rows are missing, the search continues in the rows above them.
    /// </summary>
    private async Task<long> RowBelowAsync(Func<JournalEntry<TEvent>, bool> isLate)
    {
        var (below, above) = (0L, _row + 1);
        while (above - below > 1)
        {
            var middle = below + ((above - below) / 2);
            var number = middle;
            JournalEntry<TEvent>? begins = null;
            for (; begins is null && number > below && await store.ReadRowAsync(number) is { } row; number--)
                if (store.Open(row).Entries is [var first, ..])
                    begins = first;
            if (begins is not null && isLate(begins))
                above = number + 1;
            else
                below = middle;
        }
        return below;
    }

    /// <summary>Returns the version of the first stored entry that was decided at the given time or later. Null if there is none.</summary>
    public async Task<long?> VersionAtAsync(DateTimeOffset at)
    {
        for (var number = Math.Max(1, await RowBelowAsync(first => first.At >= at)); number <= _row; number++)
            if (await store.ReadRowAsync(number) is { } row && store.Open(row).Entries.FirstOrDefault(e => e.At >= at) is { } entry)
                return entry.Version;
        return null;
    }

    /// <summary>Erases the free texts to which rows refer.</summary>
    /// <param name="from">The number of the first row.</param>
    /// <param name="most">How many rows are read at most.</param>
    /// <returns>The number of the row with which to go on. Null if no row is left.</returns>
    public async Task<long?> EraseTextsAsync(long from, int most)
    {
        var number = Math.Max(1, from);
        for (var end = number + most; number < end && number <= _row; number++)
            if (await store.ReadRowAsync(number) is { } row)
                foreach (var texts in store.Open(row).Entries.Select(e => e.Reason?.Row).OfType<Guid>().Distinct())
                    await store.EraseTextsAsync(texts);
        return number <= _row ? number : null;
    }

    /// <summary>
    /// Reads rows that another writer has stored. Such writers are the commands that archive a week or bring it back and, if the cluster is
    /// divided, a second copy of the grain. Without this call, the grain notices their rows only at its next commit: that commit fails, and
    /// then the rows are read.
    /// </summary>
    public async Task CatchUpAsync()
    {
        var next = _row + 1;
        if (!_writing.IsCompleted || await store.ReadRowAsync(next) is null || !_writing.IsCompleted || _row >= next)
            return;
        await (_writing = ReloadAsync());
    }

    private async Task ReloadAsync()
    {
        try
        {
            await LoadAsync();
        }
        catch (Exception unreadable)
        {
            LogFailed(unreadable);
            broken();
        }
    }

    /// <summary>Completes when no write, no reload and no snapshot is under way.</summary>
    public async Task WhenIdleAsync()
    {
        await _writing;
        await _snapshotting;
    }

    /// <summary>Writes a snapshot of the newest row, so that a start no longer needs the rows before it.</summary>
    /// <param name="firstRow">The first row that is not in an archive, or 0 if no row is in an archive.</param>
    public Task SnapshotFromAsync(long firstRow) => store.WriteSnapshotAsync(ToSnapshot(), firstRow);
}
