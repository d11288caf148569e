using System.Collections.Immutable;
using ConsultHub.Anchors;
using ConsultHub.Journal;
using ConsultHub.Rostering;
using Microsoft.Extensions.Logging.Abstractions;
using Orleans.Runtime;
using Orleans.Serialization;
using Orleans.Storage;

namespace ConsultHub.Backups;

/// <summary>
/// Moves the journals of old weeks from the database into files, one file for each week, and brings them back. The hub may be running.
/// <para>
/// Three things of an archived week stay in the database: its head, its last snapshot, and a row that says that the week is archived.
/// Boards still show the week, but commands and histories are refused. The row also contains the hash of the last row in the file. So a
/// file that was changed cannot be brought back.
/// </para>
/// <para>
/// This class writes to the week's journal in the same way as the week's grain does. If this class and the grain write at the same moment,
/// one of them fails, and nothing is lost.
/// </para>
/// </summary>
internal sealed class WeekArchive(HubDatabase database, AnchorFolder anchors, Serializer serializer)
{
    private const string Roster = "roster",
        Rows = "roster.row",
        Texts = "roster.text",
        Snapshots = "roster.sealed-snapshot",
        BusyNow = "it is being changed right now";

    /// <summary>The result for one week.</summary>
    /// <param name="File">Null if the week stays in the database.</param>
    /// <param name="Why">The reason why the week stays, or null.</param>
    public sealed record Outcome(string Key, string? File, int Rows, string? Why);

    /// <summary>Returns the keys of the weeks, of all networks, that are before the given week and not archived yet.</summary>
    public async Task<ImmutableArray<string>> KeysBeforeAsync(Week week)
    {
        await using var session = await database.ReadAsync();
        using var command = session.Command(
            "SELECT GrainIdExtensionString FROM OrleansStorage "
                + "WHERE GrainTypeString = @state AND GrainIdExtensionString LIKE '%~1' ORDER BY GrainIdExtensionString",
            [("@state", Rows)]
        );
        using var reader = await command.ExecuteReaderAsync();
        var keys = ImmutableArray.CreateBuilder<string>();
        while (await reader.ReadAsync())
        {
            var key = reader.GetString(0)[..^2];
            if (WeekOf(key) < week)
                keys.Add(key);
        }
        return keys.DrainToImmutable();
    }

    /// <summary>Writes the file and reads it back. The journal is deleted from the database only after that.</summary>
    public async Task<Outcome> ArchiveAsync(string key, string folder)
    {
        if (await ReadAsync(key) is not { } content)
            return new(key, null, 0, "it has open work: an unanswered proposal or an undelivered message");
        var path = Path.Combine(folder, key.Replace('/', '-') + ".jsonl.gz");
        WeekFile.Write(path, content, serializer);
        if (!WeekFile.Read(path).LastHash.AsSpan().SequenceEqual(content.LastHash))
            throw SealedFile.Damaged(path);
        await using var session = await database.ChangeAsync();
        var noted = new NotedAnchors();
        var journal = await JournalAsync(session, key, noted);
        if (journal.Row != content.Rows.Length || !await SettleAsync(journal, new WeekArchived(StepsOf(content.Rows)), archived: true))
        {
            File.Delete(path);
            return new(key, null, 0, BusyNow);
        }
        foreach (var state in (string[])[Rows, Texts, Snapshots])
            await session.DeleteAsync(state, key + "~", kept: $"{key}~{journal.Row}");
        await session.CommitAsync();
        anchors.Append(noted.Lines);
        return new(key, path, content.Rows.Length, null);
    }

    /// <summary>
    /// Puts a week's journal back into the database. The file must be the one that was written when the week was archived.
    /// </summary>
    /// <exception cref="BackupException">The file is damaged or was changed, or its week is not archived in this database.</exception>
    public async Task<Outcome> BringBackAsync(string path)
    {
        var content = WeekFile.Read(path);
        await using var session = await database.ChangeAsync();
        var store = StoreOf(session, content.Key);
        if (await store.ReadRowAsync(content.Rows.Length) is not null || await store.ReadRowAsync(content.Rows.Length + 1) is not { } mark)
            throw new BackupException($"The week {content.Key} is not archived here, or not with this file.");
        if (!WeekFile.Follows(mark, content.Rows[^1]))
            throw new BackupException(
                $"{path} is not what was archived of {content.Key}: its last hash differs from the one in the database."
            );
        CheckTexts(content.Key, content.Rows, content.Texts);
        foreach (var row in content.Rows)
            await store.InsertRowAsync(row);
        foreach (var (id, texts) in content.Texts)
            await store.InsertTextsAsync(id, texts);
        var noted = new NotedAnchors();
        if (!await SettleAsync(await JournalAsync(session, content.Key, noted), new WeekBroughtBack(), archived: false))
            throw new BackupException($"{content.Key} stays archived: {BusyNow}. Try again.");
        await session.CommitAsync();
        anchors.Append(noted.Lines);
        return new(content.Key, path, content.Rows.Length, null);
    }

    /// <summary>Checks that each free text is unchanged or was erased.</summary>
    private void CheckTexts(string key, IEnumerable<JournalRow> rows, IReadOnlyDictionary<Guid, TextRow> texts)
    {
        foreach (var row in rows)
        {
            if (row.Body.Length == 0)
                continue;
            foreach (
                var reference in serializer
                    .Deserialize<JournalBody<RosterEvent>>(row.Body)!
                    .Entries.Select(e => e.Reason)
                    .OfType<TextReference>()
            )
                if (
                    TextRow.StandingOf(texts.GetValueOrDefault(reference.Row), reference) is not (TextStanding.Whole or TextStanding.Erased)
                )
                    throw new BackupException(
                        $"{Roster} {key}: row {row.Number} has a free text that is missing or is not what was written."
                    );
        }
    }

    /// <summary>What reports about the week need of its changes, the newest first.</summary>
    private ImmutableArray<EngagementStep> StepsOf(IEnumerable<JournalRow> rows) =>
        [
            .. rows.Reverse()
                .Where(row => row.Body.Length > 0)
                .SelectMany(row => serializer.Deserialize<JournalBody<RosterEvent>>(row.Body)!.Entries.Reverse())
                .SelectMany(entry =>
                    entry
                        .Events.Reverse()
                        .OfType<EngagementChanged>()
                        .Where(RosterPast.Matters)
                        .Select(change => RosterPast.StepOf(change, entry.Version))
                ),
        ];

    private static Week? WeekOf(string key) => Week.TryParse(key[(key.LastIndexOf('/') + 1)..], null, out var week) ? week : null;

    /// <returns>Null if the week must stay because its grain still has something to do.</returns>
    private async Task<WeekFile.Content?> ReadAsync(string key)
    {
        await using var session = await database.ReadAsync();
        var journal = await JournalAsync(session, key);
        if (!journal.Outbox.IsEmpty || !journal.Stored.Proposed.IsEmpty || journal.Stored.Holds.Values.Any(h => h.Until is not null))
            return null;
        var rows = ImmutableArray.CreateBuilder<JournalRow>();
        await foreach (var kept in session.RowsAsync(Rows, key + "~"))
        {
            var row = serializer.Deserialize<JournalRow>(kept.Data!)!;
            if (!WeekFile.Follows(row, rows.LastOrDefault()))
                throw new BackupException(
                    $"The journal {kept.Journal} is broken at row {row.Number}: a row before it is missing or was changed."
                );
            rows.Add(row);
        }
        if (rows.Count != journal.Row || !rows[^1].Hash().AsSpan().SequenceEqual(journal.Picture.Hash))
            throw new BackupException($"The journal {Roster} {key} does not end with the row that was written last. Run verify.");
        var texts = ImmutableDictionary.CreateBuilder<Guid, TextRow>();
        await foreach (var kept in session.RowsAsync(Texts, key + "~text-"))
            texts[Guid.Parse(kept.Key[(key.Length + "~text-".Length)..])] = serializer.Deserialize<TextRow>(kept.Data!)!;
        CheckTexts(key, rows, texts);
        return new(key, rows.ToImmutable(), texts.ToImmutable());
    }

    private JournalStore<Roster, RosterEvent> StoreOf(DatabaseSession session, string key, NotedAnchors? noted = null) =>
        new(TransactionStorage.Over(session, database, serializer, noted), Roster, GrainId.Create(Roster, key));

    private async Task<Journal<Roster, RosterEvent>> JournalAsync(DatabaseSession session, string key, NotedAnchors? noted = null)
    {
        var journal = new Journal<Roster, RosterEvent>(
            StoreOf(session, key, noted),
            TimeProvider.System,
            NullLogger.Instance,
            (_, _) => Task.CompletedTask,
            (_, _) => { },
            () => { }
        );
        try
        {
            await journal.LoadAsync();
            return journal;
        }
        catch (JournalAlteredException e)
        {
            throw new BackupException($"The week {key} cannot be read: {e.Message}", e);
        }
    }

    /// <summary>
    /// Stores in the journal that the week was archived or brought back. Then stores a snapshot. The grain reads this snapshot when it
    /// starts again.
    /// </summary>
    /// <returns>False if the week's grain wrote at the same moment.</returns>
    private static async Task<bool> SettleAsync(Journal<Roster, RosterEvent> journal, RosterEvent happened, bool archived)
    {
        try
        {
            await journal.CommitAsync([new Decision<RosterEvent>(Actor.System, Guid.NewGuid(), [happened])]);
            await journal.WhenIdleAsync();
            await journal.SnapshotFromAsync(archived ? journal.Row : 0);
            return true;
        }
        catch (Exception e) when (e is JournalWriteException or InconsistentStateException)
        {
            await journal.WhenIdleAsync(); // after a failure the journal still reads from the session, which must stay open meanwhile
            return false;
        }
    }
}
