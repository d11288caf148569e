using System.Collections.Immutable;

namespace ConsultHub.Journal;

/// <param name="Hash">The hash of the row.</param>
[GenerateSerializer, Immutable, Alias("hub.RowMark")]
internal readonly record struct RowMark([property: Id(0)] long Row, [property: Id(1)] byte[] Hash);

/// <summary>
/// Reads rows and proves that they were not altered. The hashes of the newest row and of every 32nd row are known. To prove a row, the
/// class starts at the nearest row with a known hash: the wanted row itself or a later row. From there it follows the chain back to the
/// wanted row, because each row contains the hash of the row before it. Not thread-safe.
/// </summary>
/// <param name="readFirstRow">Reads from the storage the number of the first row that is not in an archive.</param>
internal sealed class ProvenRows(string journal, Func<long, Task<JournalRow?>> read, Func<Task<long>> readFirstRow)
{
    /// <summary>
    /// The number of rows from one known hash to the next. If all these hashes are known, reading one row costs at most this many reads.
    /// The hashes themselves have one byte for each row of the journal.
    /// </summary>
    public const int Spacing = 32;

    private const int MostRecent = 2048;

    private readonly Dictionary<long, byte[]> _marks = [],
        _recent = [];
    private (long Row, byte[] Hash) _newest = (0, []);

    /// <summary>
    /// Starts with the hashes in a snapshot. A snapshot of an earlier release has none. In that case, later reads follow the chain from the
    /// newest row and remember the hashes that they find.
    /// </summary>
    public void Begin(long newest, byte[] hash, ImmutableArray<RowMark> marks)
    {
        _marks.Clear();
        _recent.Clear();
        foreach (var mark in marks.IsDefault ? [] : marks)
            _marks[mark.Row] = mark.Hash;
        Add(newest, hash);
    }

    /// <summary>Adds the next row of the chain.</summary>
    public void Add(long row, byte[] hash)
    {
        _newest = (row, hash);
        if (row % Spacing == 0 && row > 0)
            _marks[row] = hash;
    }

    public ImmutableArray<RowMark> ToSnapshot() => [.. _marks.Select(m => new RowMark(m.Key, m.Value)).OrderBy(m => m.Row)];

    /// <summary>Reads and proves a row. Null if the row is in an archive.</summary>
    /// <exception cref="JournalAlteredException">The row, or a row between it and the nearest known row, is missing or was
    /// altered.</exception>
    public async Task<JournalRow?> ReadAsync(long number)
    {
        var (at, hash) = KnownFrom(number);
        while (true)
        {
            if (await read(at) is not { } row)
                return at < await readFirstRow() ? null : throw new JournalAlteredException(journal, at, "is missing");
            if (row.Number != at || !row.Hash().AsSpan().SequenceEqual(hash))
                throw new JournalAlteredException(journal, at, "is not what was written");
            Remember(at - 1, row.PreviousHash);
            if (at == number)
                return row;
            (at, hash) = (at - 1, row.PreviousHash);
        }
    }

    /// <summary>The nearest row with a known hash, searched upwards from the given row and including it.</summary>
    private (long Row, byte[] Hash) KnownFrom(long number)
    {
        var row = number;
        for (; row < _newest.Row && row % Spacing != 0; row++)
            if (_recent.TryGetValue(row, out var recent))
                return (row, recent);
        for (; row < _newest.Row; row += Spacing)
            if (_marks.TryGetValue(row, out var mark))
                return (row, mark);
        return _newest;
    }

    private void Remember(long row, byte[] hash)
    {
        if (row % Spacing == 0 && row > 0)
            _marks[row] = hash;
        if (_recent.Count >= MostRecent)
            _recent.Clear();
        _recent[row] = hash;
    }
}
