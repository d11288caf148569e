using System.Globalization;
using System.Security.Cryptography;
using ConsultHub.Anchors;
using ConsultHub.Journal;
using Orleans.Serialization;

namespace ConsultHub.Backups;

/// <summary>
/// Backs up the whole hub into one file while the hub runs. Restores such a file into an empty database, of SQLite or of PostgreSQL. The
/// file contains grain state, reminders, slides and, unless the operator leaves them out, recordings. It contains neither the members of
/// the cluster nor the keys of cookies, so people must sign in again after a restore. The keys that sign certificates are grain state and
/// are included.
/// <para>
/// A restore adds a row with a new epoch to every journal. So a client that returns with a position from the time after the backup gets a
/// snapshot. The chain of hashes includes this row and so shows that there was a restore.
/// </para>
/// </summary>
internal static class Backup
{
    public const string Format = "consult-hub-backup";

    /// <summary>The first version of the format whose backups contain files.</summary>
    private const int WithFiles = 2;
    private const int Version = WithFiles;

    /// <param name="Database">The kind of database from which the backup was taken.</param>
    /// <param name="Schema">The schema version of that database.</param>
    /// <param name="Recordings">Whether the backup contains recordings.</param>
    private sealed record Head(string Format, int Version, string Database, int Schema, DateTimeOffset TakenAt, bool Recordings = false)
        : SealedFile.Head(Format, Version);

    /// <summary>A line of the file. Exactly one of the values is set.</summary>
    private sealed record Line(StoredRow? Row = null, StoredReminder? Reminder = null, BackupPart? File = null);

    /// <summary>Counts of what a backup contains.</summary>
    /// <param name="FileBytes">The bytes of slides and recordings.</param>
    /// <param name="Missing">A sentence about what the backup does not contain, or an empty text if it contains everything.</param>
    public sealed record Content(long Rows, int Journals, long Reminders, long Files, long FileBytes, string Missing);

    /// <param name="recordings">Whether the backup includes recordings.</param>
    /// <returns>What the backup contains, and the size of the file in bytes.</returns>
    /// <exception cref="BackupException">The file exists or cannot be written, or stored data was altered or removed.</exception>
    public static async Task<(Content Content, long Bytes)> TakeAsync(
        HubDatabase database,
        HubFiles files,
        AnchorFolder anchors,
        Serializer serializer,
        string path,
        bool recordings
    )
    {
        if (File.Exists(path))
            throw new BackupException($"{path} exists already. A backup never replaces a file.");
        files.MustExist(); // checked first, because the verification may create this folder for its anchors
        using var file = new SealedFile.Writer(path);
        var chains = new ChainCheck(serializer);
        var (rows, reminders) = (0L, 0L);
        Head head;
        var verification = new Verification(database, anchors, serializer);
        var kept = verification.Anchors();
        await using (var session = await database.ReadAsync())
        {
            await verification.RunAsync(session, kept);
            file.Write(
                head = new Head(Format, Version, database.Kind, await session.SchemaVersionAsync(), DateTimeOffset.UtcNow, recordings)
            );
            await foreach (var row in session.RowsAsync())
            {
                chains.Add(row);
                file.Write(new Line(row));
                rows++;
            }
            await foreach (var reminder in session.RemindersAsync())
            {
                file.Write(new Line(Reminder: reminder));
                reminders++;
            }
        }
        // The files are read after the database. So the backup contains every slide deck that the database names.
        var count = new HubFiles.Count(path);
        foreach (var part in files.Read(recordings))
        {
            count.Add(part);
            file.Write(new Line(File: part));
        }
        return (new(rows, chains.Ends.Count, reminders, count.Files, count.Bytes, MissingFrom(head)), file.Complete());
    }

    /// <summary>Restores a backup, completely or not at all.</summary>
    /// <exception cref="BackupException">The database or a folder is not empty, or a hub uses the database. Or the file is damaged or was
    /// written by a newer program, or a journal in the file is broken.</exception>
    public static async Task<Content> RestoreAsync(
        HubDatabase database,
        HubFiles files,
        AnchorFolder anchors,
        Serializer serializer,
        string path
    )
    {
        var head = CheckHead(path);
        await using var session = await database.ClaimAsync();
        if (!await session.IsEmptyAsync())
            throw new BackupException(
                $"The database {database.Name} is not empty. A restore needs an empty one. Name another, or move this one away."
            );
        var chains = new ChainCheck(serializer);
        using var returning = new HubFiles.Returning(files, path);
        var (rows, reminders) = (0L, 0L);
        Dictionary<string, AnchorLine> snapshots = [];
        foreach (var line in Lines(path))
        {
            if (line.File is { } part)
                returning.Add(part);
            else if (line.Row is { } row)
            {
                chains.Add(row);
                if (row is { IsSnapshot: true, Data: { } data })
                    snapshots[row.Journal] = AnchorLine.OfSnapshot(
                        row.Journal,
                        long.Parse(row.Key[(row.Key.LastIndexOf('~') + 1)..], CultureInfo.InvariantCulture),
                        SHA256.HashData(serializer.Deserialize<SnapshotRow>(data)!.Body)
                    );
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
        List<AnchorLine> ends = [];
        foreach (var (last, hash, number) in chains.Ends)
        {
            var renewal = JournalRow.Renewal(number + 1, epoch, hash);
            ends.Add(AnchorLine.OfRow(last.Journal, renewal.Number, renewal.Hash()));
            await session.InsertAsync(
                last with
                {
                    Key = $"{last.Key[..last.Key.LastIndexOf('~')]}~{renewal.Number}",
                    Version = 1,
                    At = DateTime.UtcNow,
                    Data = serializer.SerializeToArray(renewal),
                }
            );
        }
        returning.Place();
        // The anchors are replaced before the commit, so that a restored database never has the anchors of another database. If the restore
        // is killed here, it must be repeated anyway.
        anchors.Renew([.. ends, .. snapshots.Values]);
        await session.CommitAsync();
        returning.Keep();
        return new(rows, chains.Ends.Count, reminders, returning.Count.Files, returning.Count.Bytes, MissingFrom(head));
    }

    /// <summary>Reads a whole backup with the same checks as a restore.</summary>
    public static Content Check(Serializer serializer, string path)
    {
        var head = CheckHead(path);
        var (chains, files) = (new ChainCheck(serializer), new HubFiles.Count(path));
        var (rows, reminders) = (0L, 0L);
        foreach (var line in Lines(path))
        {
            if (line.File is { } part)
                files.Add(part);
            if (line.Reminder is not null)
                reminders++;
            if (line.Row is not { } row)
                continue;
            chains.Add(row);
            rows++;
        }
        return new(rows, chains.Ends.Count, reminders, files.Files, files.Bytes, MissingFrom(head));
    }

    private static string MissingFrom(Head head) =>
        head switch
        {
            { Version: < WithFiles } => "Slides and recordings are not in it, because it was taken before backups contained files.",
            { Recordings: false } => "Recordings are not in it.",
            _ => "",
        };

    private static IEnumerable<Line> Lines(string path) =>
        SealedFile.Read(path, Format, Version).Skip(1).Select(line => SealedFile.Parse<Line>(line, path));

    private static Head CheckHead(string path)
    {
        var head = SealedFile.Parse<Head>(SealedFile.Read(path, Format, Version).First(), path);
        if (HubDatabase.SchemaOf(head.Database) is not { } known)
            throw new BackupException($"{path} was taken from a database of the kind {head.Database}, which this program does not know.");
        if (head.Schema > known.Steps.Length)
            throw new BackupException(
                $"{path} was taken from a database of schema version {head.Schema}, but this program knows versions up to "
                    + $"{known.Steps.Length}. Restore it with the newer program."
            );
        return head;
    }
}
