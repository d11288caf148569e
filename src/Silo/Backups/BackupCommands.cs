using System.Globalization;
using ConsultHub.Anchors;
using ConsultHub.Silo;
using ConsultHub.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Orleans.Serialization;

namespace ConsultHub.Backups;

/// <summary>
/// The commands with which an operator maintains the hub's data, most of them while the hub runs. The section <c>Hub</c> of the
/// configuration says which database and which data path they use. <c>docs/backups.md</c> describes the commands.
/// </summary>
public static class BackupCommands
{
    private const string Usage = """
        verify                         check that the database holds what was written: rows, texts, snapshots, ends
        backup <file>                  write the hub to one file while it runs: its database, slides and recordings
        backup <file> no-recordings    the same without recordings
        restore <file>                 restore a backup into an empty database and data path while no hub runs on it
        archive <week> <folder>        move the journals of the weeks before one, such as 2026-W10, into one file for each week
        bring-back <file>              bring an archived week back into the database
        check <file>                   check that a file of either kind is whole
        """;

    /// <summary>Whether the arguments are one of these commands and not settings of a node.</summary>
    public static bool Knows(string[] args) =>
        args is ["verify" or "backup" or "restore" or "archive" or "bring-back" or "check" or "help", ..];

    /// <summary>Runs the command on the database that the host would use. The host itself is not started.</summary>
    /// <returns>The exit code of the process: 0, or 1 after a message on the error stream.</returns>
    public static async Task<int> KeepAsync(this IHost host, string[] args, TextWriter? output = null, TextWriter? errors = null)
    {
        (output, errors) = (output ?? Console.Out, errors ?? Console.Error);
        try
        {
            await output.WriteLineAsync(await DoAsync(host.Services, args));
            return 0;
        }
        catch (Exception e) when (e is BackupException or AnchorException or StorageStartException or OptionsValidationException)
        {
            await errors.WriteLineAsync(e.Message);
            return 1;
        }
    }

    private static async Task<string> DoAsync(IServiceProvider services, string[] args)
    {
        var serializer = services.GetRequiredService<Serializer>();
        var options = services.GetRequiredService<IOptions<HubOptions>>().Value;
        var (files, anchors) = (new HubFiles(options.DataPath), AnchorFolder.Of(options));
        switch (args)
        {
            case ["verify"]:
                return await VerifyAsync(HubDatabase.Of(services), anchors, serializer);
            case ["backup", var file, .. [] or ["no-recordings"]]:
                var source = HubDatabase.Of(services);
                var (taken, bytes) = await Backup.TakeAsync(source, files, anchors, serializer, file, recordings: args.Length == 2);
                return Text($"{file} holds {taken.Rows} rows of {taken.Journals} journals, every chain whole,")
                    + Text($" and {taken.Reminders} reminders of {source.Name}, and {FilesOf(taken)} of {files.Folder}:")
                    + Text($" {bytes} bytes. {taken.Missing}");
            case ["restore", var file]:
                var target = HubDatabase.Of(services);
                var restored = await Backup.RestoreAsync(target, files, anchors, serializer, file);
                return Text(
                        $"{target.Name} holds {restored.Rows} rows of {restored.Journals} journals, every chain whole and with a new epoch,"
                    ) + Text($" and {restored.Reminders} reminders. {files.Folder} holds {FilesOf(restored)}. {restored.Missing}");
            case ["archive", var before, var folder]:
                return await ArchiveAsync(new WeekArchive(HubDatabase.Of(services), anchors, serializer), before, folder);
            case ["bring-back", var file]:
                var back = await new WeekArchive(HubDatabase.Of(services), anchors, serializer).BringBackAsync(file);
                return Text($"{back.Key} is back with {back.Rows} rows.");
            case ["check", var file]:
                return Check(serializer, file);
            default:
                throw new BackupException(Usage);
        }
    }

    private static async Task<string> VerifyAsync(HubDatabase database, AnchorFolder anchors, Serializer serializer)
    {
        var whole = await new Verification(database, anchors, serializer).RunAsync();
        List<string> lines =
        [
            Text($"{database.Name} holds what was written: {whole.Rows} rows of {whole.Journals} journals, {whole.Texts} free texts")
                + Text($" and {whole.Snapshots} snapshots. {whole.Erased} texts were erased."),
        ];
        if (whole.Unanchored > 0)
            lines.Add(
                Text($"{whole.Unanchored} journals had no anchor and have one now. Nothing proves that their newest rows are all there.")
            );
        return string.Join(Environment.NewLine, [.. lines, .. whole.Doubts]);
    }

    private static async Task<string> ArchiveAsync(WeekArchive archive, string before, string folder)
    {
        // An engagement may last until one day after its week, and time zones differ. Two days after the week's end in UTC, the week is
        // over everywhere.
        var latest = Week.Of(DateOnly.FromDateTime(DateTime.UtcNow.AddDays(-2)));
        if (!Week.TryParse(before, null, out var week))
            throw new BackupException($"{before} is not an ISO week such as 2026-W10.");
        if (week > latest)
            throw new BackupException($"Only weeks that are over can be archived. These are the weeks before {latest}.");
        if (File.Exists(folder))
            throw new BackupException($"{folder} is a file. Name a folder.");
        Directory.CreateDirectory(folder);
        List<string> lines = [];
        var done = 0;
        foreach (var key in await archive.KeysBeforeAsync(week))
        {
            var outcome = await archive.ArchiveAsync(key, folder);
            if (outcome.File is not null)
                done++;
            lines.Add(outcome.File is null ? $"{key} stays: {outcome.Why}." : Text($"{key} is in {outcome.File}: {outcome.Rows} rows."));
        }
        lines.Add(Text($"{done} weeks archived."));
        return string.Join(Environment.NewLine, lines);
    }

    private static string Check(Serializer serializer, string file)
    {
        if (SealedFile.FormatOf(file) == WeekFile.Format)
        {
            var week = WeekFile.Read(file);
            return Text($"{file} is whole: {week.Key}, {week.Rows.Length} rows, their chain unbroken.");
        }
        var backup = Backup.Check(serializer, file);
        return Text($"{file} is whole: {backup.Rows} rows of {backup.Journals} journals, every chain unbroken,")
            + Text($" and {FilesOf(backup)}. {backup.Missing}");
    }

    private static string FilesOf(Backup.Content content) => Text($"{content.Files} files of {content.FileBytes} bytes");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture).TrimEnd();
}
