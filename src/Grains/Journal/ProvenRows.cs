using System.Collections.Immutable;

namespace ConsultHub.Journal;

/// <param name="Hash">The row's.</param>
[GenerateSerializer, Immutable, Alias("hub.RowMark")]
internal readonly record struct RowMark([property: Id(0)] long Row, [property: Id(1)] byte[] Hash);

/// <summary>
/// Reads rows and proves each as it is read: the hashes of the newest row and of every 32nd row are known, and from the next known one
/// above, the chain
/// is followed down to the row that is wanted. Not thread-safe.
/// </summary>
/// <param name="readFirstRow">The first row that is not in an archive, read anew.</param>
internal sealed class ProvenRows(string journal, Func<long, Task<JournalRow?>> read, Func<Task<long>> readFirstRow)
{
    /// <summary>Rows between marks: a row costs this many reads at most, and each row of a journal one byte of memory.</summary>
    public const int Spacing = 32;

    private const int MostRecent = 2048;

    private readonly Dictionary<long, byte[]> _marks = [],
        _recent = [];
    private (long Row, byte[] Hash) _newest = (0, []);

    /// <summary>Begins with what a snapshot knows. One of an earlier release has no marks: then the chain is followed from its row, and
    /// marks are made on the way.</summary>
    public void Begin(long newest, byte[] hash, ImmutableArray<RowMark> marks)
    {
        _marks.Clear();
        _recent.Clear();
        foreach (var mark in marks.IsDefault ? [] : marks)
            _marks[mark.Row] = mark.Hash;
        Add(newest, hash);
    }

    /// <summary>The next row of the chain.</summary>
    public void Add(long row, byte[] hash)
    {
        _newest = (row, hash);
        if (row % Spacing == 0 && row > 0)
            _marks[row] = hash;
    }

    public ImmutableArray<RowMark> ToSnapshot() => [.. _marks.Select(m => new RowMark(m.Key, m.Value)).OrderBy(m => m.Row)];

    /// <summary>Null where the row lies in an archive.</summary>
    /// <exception cref="JournalAlteredException">It, or a row between it and the next one that is known, is missing or is not what was
    /// written.</exception>
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

    /// <summary>The next row from the given one upwards whose hash is known.</summary>
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
