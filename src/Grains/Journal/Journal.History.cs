using System.Runtime.CompilerServices;

namespace ConsultHub.Journal;

/// <summary>Reading back, and what an archive leaves.</summary>
internal sealed partial class Journal<TState, TEvent>
{
    /// <summary>Number of the newest stored row.</summary>
    public long Row => _row;

    /// <summary>Entries newest first: all of them, or one subject's along its links.</summary>
    public async IAsyncEnumerable<(JournalEntry<TEvent> Entry, string? Reason)> HistoryAsync(
        string? subject, long? before, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        var number = subject is null ? _row : _trail.GetValueOrDefault(subject);
        while (number > 0 && await store.ReadRowAsync(number) is { } row)
        {
            cancel.ThrowIfCancellationRequested();
            var body = store.Open(row);
            TextRow? texts = null;
            for (var i = body.Entries.Length - 1; i >= 0; i--)
            {
                var entry = body.Entries[i];
                if (entry.Version >= before || (subject is not null && !entry.Subjects.Contains(subject))) continue;
                if (entry.Reason is { } reference) texts ??= await store.ReadTextsAsync(reference.Row);
                yield return (entry, entry.Reason is null ? null : texts?.Texts[entry.Reason.Index].Text);
            }
            number = subject is null ? number - 1 : body.Links.FirstOrDefault(l => l.Subject == subject).Row;
        }
    }

    /// <summary>
    /// Reads again where somebody else has written, as the commands do that archive a week and bring it back. Nothing else needs this: the next
    /// commit would meet the foreign row and read it.
    /// </summary>
    public async Task CatchUpAsync()
    {
        var next = _row + 1;
        if (!_writing.IsCompleted || await store.ReadRowAsync(next) is null || !_writing.IsCompleted || _row >= next) return;
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
