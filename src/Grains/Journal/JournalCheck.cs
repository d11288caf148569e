using System.Collections.Immutable;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging.Abstractions;
using Orleans.Runtime;

namespace ConsultHub.Journal;

/// <summary>The anchors of one journal, which are kept outside the database.</summary>
/// <param name="Rows">Hashes of rows by row number. A number has several hashes if different rows were stored under it at different
/// times.</param>
/// <param name="Snapshots">Hashes of snapshots by row number, in the same form as <paramref name="Rows"/>.</param>
internal sealed record NewestAnchors(ILookup<long, byte[]> Rows, ILookup<long, byte[]> Snapshots)
{
    public static NewestAnchors None { get; } =
        new(
            Array.Empty<(long Row, byte[] Hash)>().ToLookup(a => a.Row, a => a.Hash),
            Array.Empty<(long Row, byte[] Hash)>().ToLookup(a => a.Row, a => a.Hash)
        );

    public long Newest => Rows.Select(r => r.Key).DefaultIfEmpty().Max();
}

/// <summary>All stored parts of one journal.</summary>
/// <param name="Snapshot">The snapshot that <paramref name="Head"/> names. Null if it is missing.</param>
/// <param name="Rows">The rows in ascending order.</param>
internal sealed record StoredJournal(
    JournalHead? Head,
    SnapshotRow? Snapshot,
    IReadOnlyDictionary<Guid, TextRow> Texts,
    IAsyncEnumerable<JournalRow> Rows,
    NewestAnchors Anchors
);

/// <param name="Row">The number of the newest row.</param>
/// <param name="Texts">The number of free texts that are unaltered.</param>
/// <param name="Erased">The number of free texts that were erased.</param>
/// <param name="SnapshotHash">SHA-256 of the snapshot's body, or null if there is no snapshot.</param>
/// <param name="Doubt">A sentence that says what cannot be proven, or null if everything is proven.</param>
internal sealed record JournalWhole(long Row, byte[] Hash, long Texts, long Erased, long Snapshot, byte[]? SnapshotHash, string? Doubt);

internal interface IJournalCheck
{
    /// <param name="isArchiveMark">Returns whether an event says that the rows before the event were moved to an archive.</param>
    /// <exception cref="JournalAlteredException">A row, a free text or the snapshot is missing or was altered. The message names the
    /// row.</exception>
    Task<JournalWhole> RunAsync(StoredJournal stored, Func<object, bool> isArchiveMark);
}

/// <summary>
/// Reads a journal from its first row to its last and checks it. Each row must follow the row before it, have the hash of its anchor (if it
/// has an anchor), link to the earlier rows of its subjects, and have the texts that it refers to. The snapshot must be the one that
/// replaying the rows gives. The journal must not end before its newest anchor. If the first rows are in an archive, the other rows cannot
/// be replayed: links are then not checked, and the snapshot is compared only with its anchor.
/// </summary>
internal sealed class JournalCheck<TState, TEvent>(AuthorityServices services, string kind, string key) : IJournalCheck
    where TState : class, IAuthorityState<TState, TEvent>, new()
{
    private readonly JournalStore<TState, TEvent> _store = new(services, kind, GrainId.Create(kind, key));
    private long _texts,
        _erased;

    private string Name => _store.Journal;

    public async Task<JournalWhole> RunAsync(StoredJournal stored, Func<object, bool> isArchiveMark)
    {
        var first = Math.Max(1, stored.Head?.FirstRow ?? 0);
        var replay = new Journal<TState, TEvent>(
            _store,
            services.Clock,
            NullLogger.Instance,
            (_, _) => Task.CompletedTask,
            (_, _) => { },
            () => { }
        );
        JournalRow? last = null;
        string? doubt = null;
        await foreach (var row in ChainedAsync(stored, first))
        {
            CheckAnchors(row, stored.Anchors);
            var body = first > 1 ? _store.Open(row) : replay.Follow(row);
            if (row.Number == first && first > 1 && !body.Entries.Any(e => e.Events.Any(happened => isArchiveMark(happened!))))
                throw new JournalAlteredException(Name, first - 1, "and all before it are missing, although no archive was made of them");
            CheckTexts(row, body, stored.Texts);
            if (row.Number == stored.Head?.SnapshotRow)
                doubt = CheckSnapshot(stored, row, first > 1 ? null : replay.Picture);
            last = row;
        }
        var end = last?.Number ?? first - 1;
        var needed = Math.Max(stored.Anchors.Newest, stored.Head?.SnapshotRow ?? 0);
        if (last is null || needed > end)
            throw new JournalAlteredException(Name, end + 1, Missing(end, needed));
        return new(
            end,
            last.Hash(),
            _texts,
            _erased,
            stored.Head?.SnapshotRow ?? 0,
            stored.Snapshot is { } snapshot ? SHA256.HashData(snapshot.Body) : null,
            doubt
        );
    }

    private static string Missing(long end, long needed) =>
        end == 0 ? "and all after it are missing: the whole journal is gone"
        : needed > end + 1 ? FormattableString.Invariant($"and all after it up to row {needed}, which was written, are missing")
        : "is missing, although it was written";

    /// <summary>Returns the rows in order. Before a row is returned, the method checks that the next stored row follows that row.</summary>
    private async IAsyncEnumerable<JournalRow> ChainedAsync(StoredJournal stored, long first)
    {
        await using var rows = stored.Rows.GetAsyncEnumerator();
        if (!await rows.MoveNextAsync())
            yield break;
        var row = rows.Current;
        if (row.Number != first)
            throw new JournalAlteredException(Name, first, "is missing");
        if (first == 1 && row.PreviousHash.Any(b => b != 0))
            throw new JournalAlteredException(Name, 1, "is not what was written: it names a row before it");
        while (await rows.MoveNextAsync())
        {
            var next = rows.Current;
            if (next.Number != row.Number + 1)
                throw new JournalAlteredException(Name, row.Number + 1, "is missing");
            if (!next.PreviousHash.AsSpan().SequenceEqual(row.Hash()))
                throw await BrokenAsync(row, next, rows, stored.Anchors);
            yield return row;
            row = next;
        }
        yield return row;
    }

    /// <summary>
    /// Finds which of two adjacent rows was altered: the first one that differs from its anchor. If no row differs from its anchor, the row
    /// after the two rows decides. If that third row does not follow the second row, the second row was altered. Otherwise the first row
    /// was altered.
    /// </summary>
    private async Task<JournalAlteredException> BrokenAsync(
        JournalRow row,
        JournalRow next,
        IAsyncEnumerator<JournalRow> after,
        NewestAnchors anchors
    )
    {
        const string altered = "is not what was written";
        var (isFirst, isSecond) = (
            anchors.Rows[row.Number].Any(h => !h.AsSpan().SequenceEqual(row.Hash())),
            anchors.Rows[next.Number].Any(h => !h.AsSpan().SequenceEqual(next.Hash()))
        );
        if (!isFirst && !isSecond && await after.MoveNextAsync())
            isSecond = after.Current.Number != next.Number + 1 || !after.Current.PreviousHash.AsSpan().SequenceEqual(next.Hash());
        return isSecond && !isFirst
            ? new JournalAlteredException(Name, next.Number, altered)
            : new JournalAlteredException(Name, row.Number, $"{altered}: the row after it holds another hash");
    }

    private void CheckAnchors(JournalRow row, NewestAnchors anchors)
    {
        if (anchors.Rows[row.Number].Any(h => !h.AsSpan().SequenceEqual(row.Hash())))
            throw new JournalAlteredException(Name, row.Number, "is not what was written: its anchor holds another hash");
        // The first row after an archive contains the hash of the last row in the archive.
        if (anchors.Rows[row.Number - 1].Any(h => !h.AsSpan().SequenceEqual(row.PreviousHash)))
            throw new JournalAlteredException(Name, row.Number, "does not follow the row that was anchored before it");
    }

    private void CheckTexts(JournalRow row, JournalBody<TEvent> body, IReadOnlyDictionary<Guid, TextRow> texts)
    {
        foreach (var entry in body.Entries)
        {
            if (entry.Reason is not { } reference)
                continue;
            switch (TextRow.StandingOf(texts.GetValueOrDefault(reference.Row), reference))
            {
                case TextStanding.Whole:
                    _texts++;
                    break;
                case TextStanding.Erased:
                    _erased++;
                    break;
                case TextStanding.Altered:
                    throw new JournalAlteredException(Name, row.Number, "has a free text that is not what was written");
                case TextStanding.Missing:
                    throw new JournalAlteredException(Name, row.Number, "has a free text that is missing");
                default:
                    throw new InvalidOperationException("Unknown text standing.");
            }
        }
    }

    /// <param name="replayed">The snapshot that replaying the rows gives. Null if the first rows are in an archive.</param>
    /// <returns>A sentence that says what cannot be proven. Null if the snapshot is correct.</returns>
    private string? CheckSnapshot(StoredJournal stored, JournalRow row, JournalSnapshot<TState>? replayed)
    {
        if (stored.Snapshot is null)
            throw new JournalAlteredException(Name, row.Number, "has lost its snapshot");
        var isAnchored = stored.Anchors.Snapshots[row.Number].Any(h => h.AsSpan().SequenceEqual(SHA256.HashData(stored.Snapshot.Body)));
        if (Read(stored.Snapshot) is not { } snapshot)
            throw new JournalAlteredException(Name, row.Number, "has a snapshot that cannot be read");
        if (replayed is not null && SnapshotComparison.Difference(snapshot, replayed) is { } difference)
        {
            if (isAnchored)
                return null; // unaltered: an earlier release made a different state from the same rows
            if (snapshot.Marks.IsDefault)
                return $"{Name}: an earlier release wrote the snapshot of row {row.Number}. "
                    + $"It differs in {difference} from the snapshot that this release makes of the rows.";
            throw new JournalAlteredException(Name, row.Number, $"has a snapshot that is not what the rows give: {difference}");
        }
        if (replayed is not null || isAnchored)
            return null;
        if (snapshot.Row != row.Number || !snapshot.Hash.AsSpan().SequenceEqual(row.Hash()) || stored.Anchors.Snapshots[row.Number].Any())
            throw new JournalAlteredException(Name, row.Number, "has a snapshot that is not what was written");
        return $"{Name}: its rows are in an archive, and no anchor says what its snapshot was.";
    }

    private JournalSnapshot<TState>? Read(SnapshotRow snapshot)
    {
        try
        {
            return services.Serializer.Deserialize<JournalSnapshot<TState>>(snapshot.Body);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return null; // with altered bytes the serializer may throw any exception
        }
    }
}
