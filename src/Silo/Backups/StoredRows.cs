using System.Text.Json.Serialization;
using ConsultHub.Journal;
using Orleans.Serialization;

namespace ConsultHub.Backups;

/// <summary>One row of grain storage, in the same form for both kinds of database.</summary>
/// <param name="State">The name of the state, such as <c>roster.row</c>.</param>
/// <param name="Key">In a journal, the key of the grain and the part, such as <c>ehs/2026-W48~12</c> for row 12.</param>
/// <param name="Version">The ETag.</param>
/// <param name="Data">Null if the state was cleared.</param>
internal sealed record StoredRow(string State, string Key, long N0, long N1, int Version, DateTime At, byte[]? Data)
{
    /// <summary>The journal to which the row belongs, such as <c>roster ehs/2026-W48</c>.</summary>
    [JsonIgnore]
    public string Journal => $"{State[..Math.Max(0, State.LastIndexOf('.'))]} {Key[..Math.Max(0, Key.LastIndexOf('~'))]}";

    [JsonIgnore]
    public bool IsJournalRow => State.EndsWith(".row", StringComparison.Ordinal);

    [JsonIgnore]
    public bool IsSnapshot => State.EndsWith(".sealed-snapshot", StringComparison.Ordinal);

    [JsonIgnore]
    public bool IsJournalHead => State.EndsWith(".head", StringComparison.Ordinal);
}

/// <param name="Grain">The grain, such as <c>roster/ehs/2026-W48</c>.</param>
/// <param name="Period">In milliseconds.</param>
/// <param name="Hash">The hash of the grain. Orleans uses it to choose the silo that runs the reminder.</param>
internal sealed record StoredReminder(string Grain, string Reminder, DateTime Start, long Period, int Hash, int Version);

/// <summary>
/// Checks the chains of all journals. The rows must come in ascending order, and each journal's head before its rows. No row may be
/// missing, and each row must contain the hash of the one before. A journal may begin after row 1 only if its head says that the rows
/// before are in an archive.
/// </summary>
internal sealed class ChainCheck(Serializer serializer)
{
    private readonly Dictionary<string, long> _begins = [];
    private readonly Dictionary<string, (StoredRow Kept, byte[] Hash, long Number)> _ends = [];

    /// <summary>The newest row of each journal without its data, with its hash and number.</summary>
    public IReadOnlyCollection<(StoredRow Kept, byte[] Hash, long Number)> Ends => _ends.Values;

    /// <exception cref="BackupException">The chain of a journal is broken.</exception>
    public void Add(StoredRow kept)
    {
        if (kept.Data is null || !(kept.IsJournalRow || kept.IsJournalHead))
            return;
        if (kept.IsJournalHead)
        {
            _begins[kept.Journal] = serializer.Deserialize<JournalHead>(kept.Data)!.FirstRow;
            return;
        }
        var row = serializer.Deserialize<JournalRow>(kept.Data)!;
        var follows = _ends.TryGetValue(kept.Journal, out var end)
            ? row.Number == end.Number + 1 && row.PreviousHash.AsSpan().SequenceEqual(end.Hash)
            : row.Number == Math.Max(1, _begins.GetValueOrDefault(kept.Journal));
        if (!follows)
            throw new BackupException(
                $"The journal {kept.Journal} is broken at row {row.Number}: a row before it is missing or was changed."
            );
        _ends[kept.Journal] = (kept with { Data = null }, row.Hash(), row.Number);
    }
}
