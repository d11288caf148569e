using System.Runtime.CompilerServices;

namespace ConsultHub.Journal;

/// <summary>Reading back, and what an archive leaves.</summary>
internal sealed partial class Journal<TState, TEvent>
{
    /// <summary>Rows read beside a subject's trail in search of it, before all of the trail is followed.</summary>
    private const int LookBack = 64;

    /// <summary>Number of the newest stored row.</summary>
    public long Row => _row;

    /// <summary>Entries newest first: all of them, or one subject's along its links. Each row is proven as it is read, and so are its
    /// texts.</summary>
    /// <exception cref="JournalAlteredException">What is stored is not what was written.</exception>
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

    /// <returns>Null where it was erased.</returns>
    private string? TextOf(TextReference reference, TextRow? texts, long row) =>
        TextRow.StandingOf(texts, reference) switch
        {
            TextStanding.Whole => texts!.Texts[reference.Index].Text,
            TextStanding.Erased => null,
            TextStanding.Altered => throw new JournalAlteredException(store.Journal, row, "has a free text that is not what was written"),
            TextStanding.Missing => throw new JournalAlteredException(store.Journal, row, "has a free text that is missing"),
            _ => throw new InvalidOperationException("A text stands in no other way."),
        };

    /// <summary>The newest row that a page of a history needs, or one not far after it.</summary>
    private async Task<long> BeginAsync(string? subject, long? before)
    {
        var newest = subject is null ? _row : _trail.GetValueOrDefault(subject);
        if (before is not { } version || version > StoredVersion || newest == 0)
            return newest;
        var found = await RowBelowAsync(version);
        await ProveNextAsync(found, version);
        if (found >= newest)
            return newest;
        if (subject is null)
            return found;
        // Beside the subject's trail: a row on it is near, or the trail is so sparse that following all of it costs little.
        for (var number = found; number > found - LookBack; number--)
        {
            if (number < 1 || await _rows.ReadAsync(number) is not { } row)
                return 0;
            if (store.Open(row).Entries.Any(e => e.Subjects.Contains(subject)))
                return number;
        }
        return newest;
    }

    /// <summary>Halving trusts what it reads. An altered row must not make a page begin too low, so that entries would be left out in
    /// silence.</summary>
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

    /// <summary>The newest row that begins below a version, by halving. A row without entries goes with the one before it; where rows are
    /// missing, nothing is below them.</summary>
    private async Task<long> RowBelowAsync(long version)
    {
        var (below, above) = (0L, _row + 1);
        while (above - below > 1)
        {
            var middle = below + ((above - below) / 2);
            var number = middle;
            long? begins = null;
            for (; begins is null && number > below && await store.ReadRowAsync(number) is { } row; number--)
                if (store.Open(row).Entries is [var first, ..])
                    begins = first.Version;
            if (begins >= version)
                above = number + 1;
            else
                below = middle;
        }
        return below;
    }

    /// <summary>
    /// Reads again where somebody else has written, as the commands do that archive a week and bring it back. Nothing else needs this: the
    /// next
    /// commit would meet the foreign row and read it.
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

    /// <summary>Completes once nothing is being written, nor read again after a write that failed.</summary>
    public async Task WhenIdleAsync()
    {
        await _writing;
        await _snapshotting;
    }

    /// <summary>Leaves a snapshot of the newest row, so that rows before it are not needed any more for a start.</summary>
    /// <param name="firstRow">The first row that is not in an archive; 0 for all of them.</param>
    public Task SnapshotFromAsync(long firstRow) => store.WriteSnapshotAsync(ToSnapshot(), firstRow);
}
