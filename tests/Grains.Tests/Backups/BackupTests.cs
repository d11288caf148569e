using System.IO.Compression;
using System.Text.Json;
using ConsultHub.Inboxes;
using ConsultHub.Records;
using ConsultHub.Rostering;
using ConsultHub.Tests.Rostering;
using ConsultHub.Tests.Storage;
using static ConsultHub.Tests.Rostering.RosterWorld;

namespace ConsultHub.Tests.Backups;

/// <summary>A backup that is taken while the hub runs and is restored into an empty database of the same kind or the other.</summary>
public sealed class BackupTests
{
    private static readonly HistorySubject[] Subjects = Enum.GetValues<HistorySubject>();

    public static IEnumerable<TheoryDataRow<string, string>> Pairs => BackupPlace.Pairs;

    public static IEnumerable<TheoryDataRow<string>> Kinds => BackupPlace.Kinds;

    [Theory, MemberData(nameof(Pairs))]
    public async Task A_restored_hub_has_the_same_histories_under_a_new_epoch_and_its_deadlines_continue(string from, string to)
    {
        await using var source = await BackupPlace.NewAsync(from);
        await using var target = await BackupPlace.NewAsync(to);
        var file = source.File("hub.backup");
        string before;
        Live.LivePosition position;
        await using (var hub = await source.StartAsync())
        {
            await hub.DoneAsync(Plan("a", Kim, room: One));
            await hub.DoneAsync(Move("a", 1, reason: "the room is taken"));
            await hub.DoneAsync(Propose("a", Lee, Kim, Park));
            await hub.AlertAsync(Lee, AlertKind.Proposed);
            await RosterHub.UntilAsync(async () => (await hub.Roster.ReadSinceAsync(null)).To.Version == 3, "the week has three versions");
            before = await PictureAsync(hub);
            position = (await hub.Roster.ReadSinceAsync(null)).To;
            await source.DoneAsync("backup", file);
            await hub.DoneAsync(Plan("lost", Park, at: 5)); // after the backup, so it is lost with the database
        }
        await source.DoneAsync("check", file);
        await target.DoneAsync("restore", file);

        // The clock of the restored hub starts half a minute after the start of the first hub's clock. No alert is repeated that soon.
        await using var restored = await target.StartAsync(Eight.AddDays(-1).AddSeconds(30), seed: false);
        Assert.Equal(before, await PictureAsync(restored));
        var whole = await restored.Roster.ReadSinceAsync(position);
        Assert.Null(whole.From);
        Assert.NotEqual(position.Epoch, whole.To.Epoch);
        Assert.Equal(position.Version, whole.To.Version);
        Assert.Null((await restored.Inbox(Lee).ReadSinceAsync(new(position.Epoch, 1))).From);
        // Positions of the new epoch are valid again.
        Assert.Equal(whole.To.Version, (await restored.Roster.ReadSinceAsync(whole.To)).From);

        // The restored proposal still has its deadline. The first reminder after the deadline asks the next candidate.
        restored.Clock.Advance(TimeSpan.FromMinutes(11));
        await RosterHub.TickAsync(restored.Roster);
        Assert.Equal(Park, (await restored.GetAsync("a")).Proposal!.Candidate);
        await restored.AlertAsync(Park, AlertKind.Proposed);
        // A backup checks each hash chain completely. So this one also checks the rows from before the restore.
        await target.DoneAsync("backup", target.File("again.backup"));
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task A_backup_includes_the_reminders(string kind)
    {
        await using var source = await BackupPlace.NewAsync(kind);
        await using var target = await BackupPlace.NewAsync(kind);
        await using (var hub = await source.StartAsync())
        {
            await hub.DoneAsync(Plan("a", Kim, room: One));
            await hub.DoneAsync(Propose("a", Lee, Kim, Park));
            await source.DoneAsync("backup", source.File("b"));
        }
        await target.DoneAsync("restore", source.File("b"));
        await target.DoneAsync("backup", target.File("b"));
        var (before, after) = (Reminders(source.File("b")), Reminders(target.File("b")));
        Assert.Contains(before, line => line.Contains("roster/ehs/2026-W48", StringComparison.Ordinal));
        Assert.Equal(before, after);
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task A_restore_into_a_database_with_data_is_refused_and_a_backup_does_not_overwrite_a_file(string kind)
    {
        await using var place = await BackupPlace.NewAsync(kind);
        await using (var hub = await place.StartAsync())
        {
            await hub.DoneAsync(Plan("a", Kim, room: One));
            await place.DoneAsync("backup", place.File("b"));
            Assert.Contains("exists already", await place.RefusedAsync("backup", place.File("b")), StringComparison.Ordinal);
        }
        Assert.Contains("is not empty", await place.RefusedAsync("restore", place.File("b")), StringComparison.Ordinal);
        await using var same = await place.StartAsync(seed: false);
        Assert.Equal([Kim], (await same.GetAsync("a")).Consultants);
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task A_backup_file_that_is_damaged_or_cut_short_or_changed_restores_nothing(string kind)
    {
        await using var place = await BackupPlace.NewAsync(kind);
        await using var target = await BackupPlace.NewAsync(kind);
        await using (var hub = await place.StartAsync())
        {
            for (var i = 0; i < 20; i++)
                await hub.DoneAsync(Plan($"a-{i}", at: i / 10.0));
            await place.DoneAsync("backup", place.File("b"));
        }
        var lines = Lines(place.File("b"));
        Write(target.File("short"), lines[..^2]);
        Write(
            target.File("changed"),
            [.. lines.Select(l => l.Replace("\"version\":1,\"at\"", "\"version\":2,\"at\"", StringComparison.Ordinal))]
        );
        await File.WriteAllBytesAsync(target.File("cut"), (await File.ReadAllBytesAsync(place.File("b")))[..^200]);
        await File.WriteAllTextAsync(target.File("other"), "no backup");
        foreach (var bad in (string[])["short", "changed", "cut", "other"])
        {
            Assert.Contains("damaged", await target.RefusedAsync("restore", target.File(bad)), StringComparison.Ordinal);
            Assert.Contains("damaged", await target.RefusedAsync("check", target.File(bad)), StringComparison.Ordinal);
        }
        Assert.Contains("cannot be read", await target.RefusedAsync("restore", target.File("missing")), StringComparison.Ordinal);
        await target.DoneAsync("restore", place.File("b")); // the refused files left nothing behind
    }

    [Theory, MemberData(nameof(Pairs))]
    public async Task A_backup_includes_slides_and_recordings_as_far_as_they_are_written(string from, string to)
    {
        await using var source = await BackupPlace.NewAsync(from);
        await using var target = await BackupPlace.NewAsync(to);
        var kept = PutFiles(source);
        foreach (
            var passing in (string[])
                [
                    "lectures/s-1/slides/a.pdf.part",
                    "recordings/s-1/7/about.json.new",
                    "recordings/s-1/7/track-1.webm",
                    "recordings/s-1/7/lecture-10.webm",
                    "keys/key.xml",
                ]
        )
            source.Put(passing, [1]);
        kept["recordings/s-1/7/000002.media"] = Bytes(30_000);
        // A lecture is live. Its recorder has a segment open and goes on writing after the backup.
        await using (
            var growing = new FileStream(
                source.Data("recordings/s-1/7/000002.media"),
                FileMode.CreateNew,
                FileAccess.Write,
                FileShare.Read | FileShare.Delete
            )
        )
        await using (await source.StartAsync())
        {
            growing.Write(kept["recordings/s-1/7/000002.media"]);
            growing.Flush();
            Assert.Contains(
                $"{kept.Count} files of {kept.Values.Sum(f => f.Length)} bytes",
                await source.DoneAsync("backup", source.File("b")),
                StringComparison.Ordinal
            );
            growing.Write(Bytes(10_000));
        }
        Assert.Contains($"{kept.Count} files", await source.DoneAsync("check", source.File("b")), StringComparison.Ordinal);
        Assert.DoesNotContain("not in it", await target.DoneAsync("restore", source.File("b")), StringComparison.Ordinal);
        Assert.Equal(kept.OrderBy(f => f.Key), target.DataFiles().OrderBy(f => f.Key));
        Assert.False(Directory.Exists(target.Data("restored.unfinished")));
    }

    [Fact]
    public async Task Recordings_can_be_left_out_and_then_the_backup_and_the_check_and_the_restore_say_so()
    {
        await using var source = await BackupPlace.NewAsync("SQLite");
        await using var target = await BackupPlace.NewAsync("SQLite");
        PutFiles(source);
        await using (await source.StartAsync())
            Assert.Contains(
                "Recordings are not in it.",
                await source.DoneAsync("backup", source.File("b"), "no-recordings"),
                StringComparison.Ordinal
            );
        Assert.Contains("Recordings are not in it.", await source.DoneAsync("check", source.File("b")), StringComparison.Ordinal);
        target.Put("recordings/s-1/7/about.json", [5]); // copied by other means
        Assert.Contains("Recordings are not in it.", await target.DoneAsync("restore", source.File("b")), StringComparison.Ordinal);
        Assert.Equal(
            ["lectures/s-1/slides/a.pdf", "lectures/s-2/slides/empty.pdf", "recordings/s-1/7/about.json"],
            target.DataFiles().Keys.Order()
        );
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task A_restore_leaves_existing_files_alone_and_a_damaged_backup_leaves_no_files(string kind)
    {
        await using var source = await BackupPlace.NewAsync(kind);
        await using var target = await BackupPlace.NewAsync(kind);
        var kept = PutFiles(source);
        await using (await source.StartAsync())
            await source.DoneAsync("backup", source.File("b"));
        var lines = Lines(source.File("b"));
        var last = Array.FindIndex(lines, l => l.Contains("recordings/s-1/7/000001.media", StringComparison.Ordinal));
        Write(target.File("short"), lines[..last]);
        Seal(
            target.File("outside"),
            [.. lines[..^1].Select(l => l.Replace("lectures/s-1/slides/a.pdf", "lectures/../../a.pdf", StringComparison.Ordinal))]
        );
        Seal(target.File("gap"), [.. lines[..^1].Where(l => !l.Contains("a.pdf\",\"from\":24576,", StringComparison.Ordinal))]);
        foreach (var bad in (string[])["short", "outside", "gap"])
        {
            Assert.Contains("damaged", await target.RefusedAsync("restore", target.File(bad)), StringComparison.Ordinal);
            Assert.Contains("damaged", await target.RefusedAsync("check", target.File(bad)), StringComparison.Ordinal);
            Assert.Empty(target.DataFiles());
        }
        target.Put("recordings/other/1/about.json", [1]);
        Assert.Contains("recordings is not empty", await target.RefusedAsync("restore", source.File("b")), StringComparison.Ordinal);
        Assert.Equal("recordings/other/1/about.json", Assert.Single(target.DataFiles()).Key);
        Directory.Delete(target.Data("recordings"), recursive: true);
        target.Put("restored.unfinished/lectures/s-9/slides/old.pdf", [1]); // left by a restore that was killed
        await target.DoneAsync("restore", source.File("b")); // possible because the refused restores left the database empty
        Assert.Equal(kept.Keys.Order(), target.DataFiles().Keys.Order());
    }

    [Fact]
    public async Task A_backup_of_an_earlier_release_without_files_is_restored_and_the_restore_says_so()
    {
        await using var source = await BackupPlace.NewAsync("SQLite");
        await using var target = await BackupPlace.NewAsync("SQLite");
        await using (var hub = await source.StartAsync())
            await source.DoneAsync("backup", source.File("b"));
        var lines = Lines(source.File("b"))[..^1];
        Seal(source.File("old"), [lines[0].Replace("\"version\":2", "\"version\":1", StringComparison.Ordinal), .. lines[1..]]);
        Assert.Contains(
            "Slides and recordings are not in it",
            await target.DoneAsync("restore", source.File("old")),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_backup_of_a_cluster_is_refused_when_its_shared_folder_is_not_named()
    {
        Assert.SkipWhen(PostgresqlServer.IsMissing, PostgresqlServer.HowToHave);
        await using var place = await BackupPlace.NewAsync("PostgreSQL");
        await using (await place.StartAsync())
        {
            Directory.Delete(place.Data(""), recursive: true);
            Assert.Contains(
                "Set Hub:DataPath to the folder that the web nodes share",
                await place.RefusedAsync("backup", place.File("b")),
                StringComparison.Ordinal
            );
            Assert.False(File.Exists(place.File("b")));
            Directory.CreateDirectory(place.Data(""));
            Assert.Contains("0 files", await place.DoneAsync("backup", place.File("b")), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_row_missing_from_a_journal_is_found_even_if_the_hash_of_the_backup_file_is_right()
    {
        await using var place = await BackupPlace.NewAsync("SQLite");
        await using (var hub = await place.StartAsync())
        {
            for (var i = 0; i < 3; i++)
                await hub.DoneAsync(Plan($"a-{i}", at: i));
            await place.DoneAsync("backup", place.File("b"));
        }
        await using var target = await BackupPlace.NewAsync("SQLite");
        Seal(
            target.File("missing"),
            [.. Lines(place.File("b"))[..^1].Where(l => !l.Contains("\"key\":\"ehs/2026-W48~2\"", StringComparison.Ordinal))]
        );
        Assert.Contains(
            "The journal roster ehs/2026-W48 is broken at row 3",
            await target.RefusedAsync("restore", target.File("missing")),
            StringComparison.Ordinal
        );
        Seal(
            target.File("first"),
            [.. Lines(place.File("b"))[..^1].Where(l => !l.Contains("\"key\":\"ehs/2026-W48~1\"", StringComparison.Ordinal))]
        );
        Assert.Contains("is broken at row 2", await target.RefusedAsync("check", target.File("first")), StringComparison.Ordinal);
        await target.DoneAsync("restore", place.File("b"));
    }

    [Fact]
    public async Task A_backup_of_a_newer_program_is_refused_with_the_reason()
    {
        await using var place = await BackupPlace.NewAsync("SQLite");
        await using (var hub = await place.StartAsync())
            await place.DoneAsync("backup", place.File("b"));
        await using var target = await BackupPlace.NewAsync("SQLite");
        var lines = Lines(place.File("b"))[..^1];
        Seal(target.File("schema"), [lines[0].Replace("\"schema\":", "\"schema\":100", StringComparison.Ordinal), .. lines[1..]]);
        Seal(target.File("format"), [lines[0].Replace("\"version\":", "\"version\":9", StringComparison.Ordinal), .. lines[1..]]);
        Assert.Contains("schema version 100", await target.RefusedAsync("restore", target.File("schema")), StringComparison.Ordinal);
        Assert.Contains("version 92 of its format", await target.RefusedAsync("restore", target.File("format")), StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task Nothing_is_restored_while_a_hub_runs_on_the_database(string kind)
    {
        await using var source = await BackupPlace.NewAsync(kind);
        await using (var hub = await source.StartAsync())
            await source.DoneAsync("backup", source.File("b"));
        await using var target = await BackupPlace.NewAsync(kind);
        await using var running = await target.StartAsync(seed: false);
        // On SQLite this process itself holds the folder's lock, so only the data that the hub has stored prevents the restore. On
        // PostgreSQL the hub's entry in the table of cluster members prevents it.
        if (kind == "SQLite")
            await running.Network.PutAsync(Coordinator, new RosterWorld().Network);
        Assert.Matches("A hub runs|is not empty", await target.RefusedAsync("restore", source.File("b")));
    }

    [Fact]
    public async Task A_backup_without_a_database_is_refused_with_the_reason()
    {
        await using var place = await BackupPlace.NewAsync("SQLite");
        Assert.Contains("There is no database", await place.RefusedAsync("backup", place.File("b")), StringComparison.Ordinal);
        Assert.Contains("bring-back <file>", await place.RefusedAsync("help"), StringComparison.Ordinal);
    }

    /// <summary>Returns all items of the board, a history of each kind of subject, and Lee's alerts.</summary>
    private static async Task<string> PictureAsync(RosterHub hub)
    {
        List<object> picture = [(await hub.Roster.ReadSinceAsync(null)).Items.OrderBy(i => i.Key)];
        foreach (var subject in Subjects)
            picture.Add(
                await hub.Roster.HistoryAsync(
                    subject,
                    subject switch
                    {
                        HistorySubject.Engagement => "a",
                        HistorySubject.Consultant => Kim.Value,
                        HistorySubject.Room => $"{North}/{One}",
                        HistorySubject.Hospital => North.Value,
                        _ => null,
                    },
                    null,
                    50
                )
            );
        picture.Add(await hub.Inbox(Lee).ListAsync());
        Assert.All(picture, part => Assert.NotEqual("[]", JsonSerializer.Serialize(part, HubJson.Options)));
        return JsonSerializer.Serialize(picture, HubJson.Options);
    }

    /// <summary>Writes a deck of several parts, a deck without bytes, and a recording of two segments whose index names only one.</summary>
    private static Dictionary<string, byte[]> PutFiles(BackupPlace place)
    {
        Dictionary<string, byte[]> files = new()
        {
            ["lectures/s-1/slides/a.pdf"] = Bytes(100_000),
            ["lectures/s-2/slides/empty.pdf"] = [],
            ["recordings/s-1/7/about.json"] = "{}"u8.ToArray(),
            ["recordings/s-1/7/index"] = "0 0 4000000 50000 1 .\n"u8.ToArray(),
            ["recordings/s-1/7/000000.media"] = Bytes(49_152),
            ["recordings/s-1/7/000001.media"] = Bytes(7),
        };
        foreach (var (name, content) in files)
            place.Put(name, content);
        return files;
    }

    private static byte[] Bytes(int count) => System.Security.Cryptography.RandomNumberGenerator.GetBytes(count);

    private static string[] Reminders(string file) => [.. Lines(file).Where(l => l.StartsWith("{\"reminder\"", StringComparison.Ordinal))];

    private static string[] Lines(string file)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(file), CompressionMode.Decompress));
        return reader.ReadToEnd().TrimEnd('\n').Split('\n');
    }

    private static void Write(string file, IEnumerable<string> lines)
    {
        using var writer = new StreamWriter(new GZipStream(File.Create(file), CompressionMode.Compress));
        foreach (var line in lines)
            writer.Write(line + "\n");
    }

    /// <summary>
    /// Writes a file that ends with the right number and hash of its lines, as somebody would do who wants to deceive the reader.
    /// </summary>
    private static void Seal(string file, string[] lines)
    {
        var text = string.Concat(lines.Select(l => l + "\n"));
        var hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text)));
        Write(file, [.. lines, $"{{\"lines\":{lines.Length},\"sha256\":\"{hash}\"}}"]);
    }
}
