using ConsultHub.Journal;
using Orleans.Serialization;

namespace ConsultHub.Keeping;

/// <summary>
/// The whole hub in one file, taken while it runs, restored into an empty database of either kind: grain state and reminders, but neither the
/// cluster's members nor the keys of cookies (who was signed in signs in again). A restore gives every journal a row with a new epoch,
/// so whoever comes back with a position of the lost time gets a snapshot; the chain goes on through that row, and shows that there was a restore.
/// </summary>
internal static class Backup
{
    public const string Format = "consult-hub-backup";
    private const int Version = 1;

    /// <param name="Database">The kind of database it was taken from.</param>
    /// <param name="Schema">That database's version.</param>
    private sealed record Head(string Format, int Version, string Database, int Schema, DateTimeOffset TakenAt) : SealedFile.Head(Format, Version);

    /// <summary>A line is either.</summary>
    private sealed record Line(KeptRow? Row, KeptReminder? Reminder);

    /// <returns>Rows, journals, reminders, bytes of the file.</returns>
    /// <exception cref="KeepingException">The file exists, cannot be written, or a journal in the database is broken.</exception>
    public static async Task<(long Rows, int Journals, long Reminders, long Bytes)> TakeAsync(KeptDatabase database, Serializer serializer, string path)
    {
        if (File.Exists(path)) throw new KeepingException($"{path} exists already; a backup replaces nothing.");
        await using var session = await database.ReadAsync();
        using var file = new SealedFile.Writer(path);
        file.Write(new Head(Format, Version, database.Kind, await session.SchemaVersionAsync(), DateTimeOffset.UtcNow));
        var chains = new ChainCheck(serializer);
        var (rows, reminders) = (0L, 0L);
        await foreach (var row in session.RowsAsync())
        {
            chains.Add(row);
            file.Write(new Line(row, null));
            rows++;
        }
        await foreach (var reminder in session.RemindersAsync())
        {
            file.Write(new Line(null, reminder));
            reminders++;
        }
        return (rows, chains.Ends.Count, reminders, file.Complete());
    }

    /// <summary>All or nothing.</summary>
    /// <exception cref="KeepingException">The database is not empty or a hub runs on it; the file is damaged, of a newer program, or a journal in it is broken.</exception>
    public static async Task<(long Rows, int Journals, long Reminders)> RestoreAsync(KeptDatabase database, Serializer serializer, string path)
    {
        CheckHead(path);
        await using var session = await database.ClaimAsync();
        if (!await session.IsEmptyAsync()) throw new KeepingException($"The database {database.Name} is not empty. A restore needs a new one: name another, or move this one away.");
        var chains = new ChainCheck(serializer);
        var (rows, reminders) = (0L, 0L);
        foreach (var line in Lines(path))
        {
            if (line.Row is { } row)
            {
                chains.Add(row);
                await session.InsertAsync(row);
                rows++;
            }
            else if (line.Reminder is { } reminder)
            {
                await session.InsertAsync(reminder);
                reminders++;
            }
        }
        var epoch = Guid.NewGuid();
        foreach (var (last, hash, number) in chains.Ends)
        {
            var renewal = JournalRow.Renewal(number + 1, epoch, hash);
            await session.InsertAsync(last with
            {
                Key = $"{last.Key[..last.Key.LastIndexOf('~')]}~{renewal.Number}", Version = 1, At = DateTime.UtcNow, Data = serializer.SerializeToArray(renewal),
            });
        }
        await session.CommitAsync();
        return (rows, chains.Ends.Count, reminders);
    }

    /// <summary>Reads all of it, as a restore would.</summary>
    public static (long Rows, int Journals) Check(Serializer serializer, string path)
    {
        CheckHead(path);
        var chains = new ChainCheck(serializer);
        var rows = 0L;
        foreach (var line in Lines(path))
        {
            if (line.Row is not { } row) continue;
            chains.Add(row);
            rows++;
        }
        return (rows, chains.Ends.Count);
    }

    private static IEnumerable<Line> Lines(string path) => SealedFile.Read(path, Format, Version).Skip(1).Select(line => SealedFile.Parse<Line>(line, path));

    private static void CheckHead(string path)
    {
        var head = SealedFile.Parse<Head>(SealedFile.Read(path, Format, Version).First(), path);
        if (KeptDatabase.SchemaOf(head.Database) is not { } known) throw new KeepingException($"{path} was taken from a database of the kind {head.Database}, which this program does not know.");
        if (head.Schema > known.Steps.Length)
            throw new KeepingException($"{path} was taken from a database of schema version {head.Schema}, but this program knows versions up to {known.Steps.Length}: restore it with the newer program.");
    }
}
