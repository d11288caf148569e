using System.Collections.Immutable;
using System.Globalization;
using ConsultHub.Anchors;
using ConsultHub.Journal;
using ConsultHub.Rostering;
using Orleans.Serialization;

namespace ConsultHub.Backups;

/// <summary>
/// Reads every journal of a database completely and compares it with its anchors, while the hub may be running. It checks rows, links, free
/// texts and snapshots. If the check fails, stored data was altered or removed, or the program does not know the kind of a journal. The
/// message names one fault of each wrong journal, for at most 20 journals.
/// </summary>
internal sealed class Verification(HubDatabase database, AnchorFolder folder, Serializer serializer)
{
    private const int MostFaults = 20;

    /// <param name="Unanchored">The number of journals that had no anchor.</param>
    /// <param name="Doubts">Sentences about what cannot be proven.</param>
    public sealed record Outcome(
        int Journals,
        long Rows,
        long Texts,
        long Erased,
        int Snapshots,
        int Unanchored,
        ImmutableArray<string> Doubts
    );

    private readonly record struct Name(string Kind, string Key)
    {
        public override string ToString() => $"{Kind} {Key}";
    }

    /// <summary>Verifies the database as it is at one moment.</summary>
    /// <exception cref="BackupException">Stored data was altered or removed, or a journal's kind is unknown to the program.</exception>
    public async Task<Outcome> RunAsync()
    {
        // The anchors are read before the database, so that no anchor belongs to a row that is stored later.
        var anchors = Anchors();
        await using var session = await database.ReadAsync();
        return await RunAsync(session, anchors);
    }

    public ImmutableDictionary<string, NewestAnchors> Anchors()
    {
        try
        {
            return folder.Read();
        }
        catch (AnchorException e)
        {
            throw new BackupException(e.Message, e);
        }
    }

    /// <inheritdoc cref="RunAsync()"/>
    /// <param name="anchors">The anchors, read before the session began.</param>
    public async Task<Outcome> RunAsync(DatabaseSession session, ImmutableDictionary<string, NewestAnchors> anchors)
    {
        List<string> faults = [],
            doubts = [];
        List<AnchorLine> unanchored = [];
        var sum = new Outcome(0, 0, 0, 0, 0, 0, []);
        var names = await NamesAsync(session);
        foreach (
            var name in names
                .Union(anchors.Keys.Select(NameOf))
                .OrderBy(n => n.Kind, StringComparer.Ordinal)
                .ThenBy(n => n.Key, StringComparer.Ordinal)
        )
        {
            var kept = anchors.GetValueOrDefault(name.ToString());
            try
            {
                var whole = await CheckAsync(session, name, kept ?? NewestAnchors.None);
                sum = sum with
                {
                    Journals = sum.Journals + 1,
                    Rows = sum.Rows + whole.Row,
                    Texts = sum.Texts + whole.Texts,
                    Erased = sum.Erased + whole.Erased,
                    Snapshots = sum.Snapshots + (whole.SnapshotHash is null ? 0 : 1),
                };
                if (whole.Doubt is not null)
                    doubts.Add(whole.Doubt);
                if (kept is not null)
                    continue;
                unanchored.Add(AnchorLine.OfRow(name.ToString(), whole.Row, whole.Hash));
                if (whole.SnapshotHash is { } snapshot)
                    unanchored.Add(AnchorLine.OfSnapshot(name.ToString(), whole.Snapshot, snapshot));
            }
            catch (JournalAlteredException e)
            {
                faults.Add(e.Message);
                if (faults.Count == MostFaults)
                    break;
            }
        }
        if (faults.Count > 0)
            throw new BackupException(
                $"The content of {database.Name} is not what was written."
                    + string.Concat(faults.Select(fault => Environment.NewLine + fault))
            );
        Anchor(unanchored);
        return sum with { Unanchored = unanchored.Count(line => line.Row is not null), Doubts = [.. doubts] };
    }

    /// <summary>
    /// Adds anchors for journals that have none: they have not changed since anchors were introduced, or their anchors were lost or are not
    /// written yet.
    /// </summary>
    private void Anchor(List<AnchorLine> lines)
    {
        if (lines.Count == 0)
            return;
        try
        {
            folder.Append(lines);
        }
        catch (AnchorException e)
        {
            throw new BackupException(e.Message, e);
        }
    }

    private async Task<JournalWhole> CheckAsync(DatabaseSession session, Name name, NewestAnchors anchors)
    {
        var check =
            JournalKinds.CheckOf(name.Kind, name.Key, TransactionStorage.Over(session, database, serializer))
            ?? throw new JournalAlteredException($"{name}: this program knows no journals of this kind.");
        var head = await RowsAsync(session, name, "head").FirstOrDefaultAsync() is { } kept ? Open<JournalHead>(name, kept) : null;
        SnapshotRow? snapshot = null;
        await foreach (var row in RowsAsync(session, name, "sealed-snapshot"))
            if (NumberOf(row) == head?.SnapshotRow)
                snapshot = Open<SnapshotRow>(name, row);
        Dictionary<Guid, TextRow> texts = [];
        await foreach (var row in RowsAsync(session, name, "text"))
            if (Guid.TryParse(row.Key.AsSpan(row.Key.LastIndexOf("~text-", StringComparison.Ordinal) + 6), out var id))
                texts[id] = Open<TextRow>(name, row);
        return await check.RunAsync(
            new(head, snapshot, texts, JournalRowsAsync(session, name), anchors),
            happened => happened is WeekArchived
        );
    }

    private async IAsyncEnumerable<JournalRow> JournalRowsAsync(DatabaseSession session, Name name)
    {
        await foreach (var kept in RowsAsync(session, name, "row"))
        {
            var row = Open<JournalRow>(name, kept);
            if (row.Number != NumberOf(kept) || row.PreviousHash is null || row.Body is null)
                throw new JournalAlteredException(name.ToString(), NumberOf(kept), "is not what was written");
            yield return row;
        }
    }

    private static async IAsyncEnumerable<StoredRow> RowsAsync(DatabaseSession session, Name name, string part)
    {
        await foreach (var row in session.RowsAsync($"{name.Kind}.{part}", name.Key + "~"))
            if (row.Journal == name.ToString() && row.Data is not null)
                yield return row;
    }

    private T Open<T>(Name name, StoredRow kept)
        where T : class
    {
        try
        {
            if (serializer.Deserialize<T>(kept.Data!) is { } value)
                return value;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // With altered bytes the serializer may throw any exception.
        }
        throw new JournalAlteredException(
            $"{name}: what is stored as {kept.State[(name.Kind.Length + 1)..]} {kept.Key[(name.Key.Length + 1)..]} cannot be read."
        );
    }

    private static long NumberOf(StoredRow kept) =>
        long.TryParse(kept.Key.AsSpan(kept.Key.LastIndexOf('~') + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : 0;

    private static Name NameOf(string journal) =>
        journal.IndexOf(' ', StringComparison.Ordinal) is var space and > 0
            ? new(journal[..space], journal[(space + 1)..])
            : new(journal, "");

    /// <summary>Returns the names of all journals that have at least one stored row of any kind.</summary>
    private static async Task<HashSet<Name>> NamesAsync(DatabaseSession session)
    {
        HashSet<Name> names = [];
        await foreach (var (state, key) in session.KeysAsync())
            if (state.LastIndexOf('.') is var dot and > 0 && key.LastIndexOf('~') is var end and > 0)
                names.Add(new(state[..dot], key[..end]));
        return names;
    }
}
