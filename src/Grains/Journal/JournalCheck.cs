using System.Collections.Immutable;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging.Abstractions;
using Orleans.Runtime;

namespace ConsultHub.Journal;

/// <summary>What is kept of one journal outside the database.</summary>
/// <param name="Rows">Hashes of rows by number. There is more than one where the chain was another one once.</param>
/// <param name="Snapshots">Hashes of snapshots, as <paramref name="Rows"/>.</param>
internal sealed record KeptAnchors(ILookup<long, byte[]> Rows, ILookup<long, byte[]> Snapshots)
{
    public static KeptAnchors None { get; } =
        new(
            Array.Empty<(long Row, byte[] Hash)>().ToLookup(a => a.Row, a => a.Hash),
            Array.Empty<(long Row, byte[] Hash)>().ToLookup(a => a.Row, a => a.Hash)
        );

    public long Newest => Rows.Select(r => r.Key).DefaultIfEmpty().Max();
}

/// <summary>One journal as it is stored.</summary>
/// <param name="Snapshot">The one that the head names.</param>
/// <param name="Rows">In ascending order.</param>
internal sealed record StoredJournal(
    JournalHead? Head,
    SnapshotRow? Snapshot,
    IReadOnlyDictionary<Guid, TextRow> Texts,
    IAsyncEnumerable<JournalRow> Rows,
    KeptAnchors Anchors
);

/// <param name="Row">The newest row.</param>
/// <param name="Texts">Free texts that are what was written.</param>
/// <param name="Erased">Free texts that were erased.</param>
/// <param name="SnapshotHash">Null where there is no snapshot.</param>
/// <param name="Doubt">What cannot be proven, as a sentence; null where everything is.</param>
internal sealed record JournalWhole(long Row, byte[] Hash, long Texts, long Erased, long Snapshot, byte[]? SnapshotHash, string? Doubt);

internal interface IJournalCheck
{
    /// <param name="isArchiveMark">Whether an event says that the rows before it went into an archive.</param>
    /// <exception cref="JournalAlteredException">Names the first wrong row.</exception>
    Task<JournalWhole> RunAsync(StoredJournal stored, Func<object, bool> isArchiveMark);
}

/// <summary>
/// Reads a journal from its first row to its last: each row follows the one before it, is the one that was anchored, links to where its
/// subjects were before, and has the
/// texts that it refers to; the snapshot is what replaying the rows gives; and the journal ends where it was anchored or later.
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

    /// <summary>The rows, each once it is known that the next one follows it.</summary>
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

    /// <summary>Which of two rows that do not fit was altered: the one that does not fit its anchor, or else the second where the third
    /// does not follow it either.</summary>
    private async Task<JournalAlteredException> BrokenAsync(
        JournalRow row,
        JournalRow next,
        IAsyncEnumerator<JournalRow> after,
        KeptAnchors anchors
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

    private void CheckAnchors(JournalRow row, KeptAnchors anchors)
    {
        if (anchors.Rows[row.Number].Any(h => !h.AsSpan().SequenceEqual(row.Hash())))
            throw new JournalAlteredException(Name, row.Number, "is not what was written: its anchor holds another hash");
        // The first row after an archive names the last one in the archive.
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
                    throw new InvalidOperationException("A text stands in no other way.");
            }
        }
    }

    /// <param name="replayed">Null where the rows that it was made of lie in an archive.</param>
    /// <returns>What cannot be proven.</returns>
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
                return null; // as it was written, by a release that made something else of the same rows
            if (snapshot.Marks.IsDefault)
                return $"{Name}: the snapshot of row {row.Number}, which an earlier release wrote, differs from what this one makes of the rows, in {difference}.";
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
            return null; // altered bytes make the serializer fail in any way
        }
    }
}
