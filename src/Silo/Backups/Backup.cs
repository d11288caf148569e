using System.Globalization;
using System.Security.Cryptography;
using ConsultHub.Anchors;
using ConsultHub.Journal;
using Orleans.Serialization;

namespace ConsultHub.Backups;

/// <summary>
/// The whole hub in one file, taken while it runs, restored into an empty database of either kind: grain state and reminders, slides and
/// recordings, but neither
/// the cluster's members nor the keys of cookies (who was signed in signs in again; what certificates are verified with is grain state). A
/// restore gives every
/// journal a row with a new epoch, so whoever comes back with a position of the lost time gets a snapshot; the chain goes on through that
/// row, and shows that
/// there was a restore.
/// </summary>
internal static class Backup
{
    public const string Format = "consult-hub-backup";

    /// <summary>The first whose backups hold files.</summary>
    private const int WithFiles = 2;
    private const int Version = WithFiles;

    /// <param name="Database">The kind of database it was taken from.</param>
    /// <param name="Schema">That database's version.</param>
    /// <param name="Recordings">Whether recordings were taken along.</param>
    private sealed record Head(string Format, int Version, string Database, int Schema, DateTimeOffset TakenAt, bool Recordings = false)
        : SealedFile.Head(Format, Version);

    /// <summary>A line is one of these.</summary>
    private sealed record Line(StoredRow? Row = null, StoredReminder? Reminder = null, BackupPart? File = null);

    /// <summary>What a backup holds.</summary>
    /// <param name="FileBytes">Of slides and recordings.</param>
    /// <param name="Missing">What it does not hold, as a sentence for whoever reads it; empty where it holds everything.</param>
    public sealed record Content(long Rows, int Journals, long Reminders, long Files, long FileBytes, string Missing);

    /// <param name="recordings">Whether to take recordings along.</param>
    /// <returns>What was taken, and the bytes of the file.</returns>
    /// <exception cref="BackupException">The file exists, cannot be written, or something in the database is not what was
    /// written.</exception>
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
            throw new BackupException($"{path} exists already; a backup replaces nothing.");
        files.MustExist(); // before verify makes anchors that are missing, in the same folder unless another is named
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
        // After the database's moment: a deck that it names is there.
        var count = new HubFiles.Count(path);
        foreach (var part in files.Read(recordings))
        {
            count.Add(part);
            file.Write(new Line(File: part));
        }
        return (new(rows, chains.Ends.Count, reminders, count.Files, count.Bytes, MissingFrom(head)), file.Complete());
    }

    /// <summary>All or nothing.</summary>
    /// <exception cref="BackupException">The database or a folder is not empty, or a hub runs on it; the file is damaged, of a newer
    /// program, or a journal in it is broken.</exception>
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
                $"The database {database.Name} is not empty. A restore needs a new one: name another, or move this one away."
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
        // Before the end, so that a restored database never stands beside the anchors of another one. A restore that is killed here has to
        // be begun again anyway.
        anchors.Renew([.. ends, .. snapshots.Values]);
        await session.CommitAsync();
        returning.Keep();
        return new(rows, chains.Ends.Count, reminders, returning.Count.Files, returning.Count.Bytes, MissingFrom(head));
    }

    /// <summary>Reads all of it, as a restore would.</summary>
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
            { Version: < WithFiles } => "Slides and recordings are not in it, for it was taken before backups held files.",
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
                $"{path} was taken from a database of schema version {head.Schema}, but this program knows versions up to {known.Steps.Length}: restore it with the newer program."
            );
        return head;
    }
}
