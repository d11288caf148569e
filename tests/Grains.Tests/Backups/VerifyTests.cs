using System.Collections.Immutable;
using ConsultHub.Attendance;
using ConsultHub.Backups;
using ConsultHub.Certificates;
using ConsultHub.Journal;
using ConsultHub.Rostering;
using ConsultHub.Tests.Rostering;
using Orleans.Serialization;
using static ConsultHub.Tests.Rostering.RosterWorld;

namespace ConsultHub.Tests.Backups;

/// <summary>Changes and deletions that somebody makes in the database are noticed and named.</summary>
public sealed class VerifyTests
{
    private const string Week = "roster ehs/2026-W48",
        Certificates = "certificates congress";

    public static IEnumerable<TheoryDataRow<string>> Kinds => BackupPlace.Kinds;

    [Theory, MemberData(nameof(Kinds))]
    public async Task Verify_names_the_first_row_that_was_altered_and_then_no_backup_is_made(string kind)
    {
        await using var place = await BackupPlace.NewAsync(kind);
        var (rows, reason, first) = await FillAsync(place);
        Assert.Contains("holds what was written", await place.DoneAsync("verify"), StringComparison.Ordinal);

        await NoticedAsync(
            $"{Week}: row {reason} has a free text that is not what was written",
            t => t.ChangeTextsAsync(Week, texts => [.. texts.Select(text => text with { Text = "another reason" })])
        );
        await NoticedAsync($"{Week}: row {reason} has a free text that is missing", t => t.DeleteAsync("roster.text", "ehs/2026-W48~"));
        await NoticedAsync(
            $"{Week}: row {rows} is not what was written",
            t => t.ChangeRowAsync<RosterEvent>(Week, rows, entry => entry with { At = entry.At.AddHours(1) })
        );
        await NoticedAsync(
            $"{Week}: row {rows - 2} and all after it up to row {rows}",
            async t =>
            {
                for (var row = rows - 2; row <= rows; row++)
                    await t.DeleteRowAsync(Week, row);
            }
        );
        await NoticedAsync($"{Week}: row 1 and all after it are missing: the whole journal is gone", t => t.DeleteJournalAsync(Week));
        await NoticedAsync(
            $"{Week}: row {first} is not what was written",
            t => t.ChangeRowAsync<RosterEvent>(Week, first, entry => entry with { At = entry.At.AddHours(1) })
        );
        await NoticedAsync($"{Week}: row {first} is missing", t => t.DeleteRowAsync(Week, first));
        await NoticedAsync(
            "is not what was written: its anchor holds another hash",
            t => t.ForgeFromAsync<RosterEvent>(Week, first, rows, entry => entry with { At = entry.At.AddHours(1) })
        );
        await NoticedAsync(
            "has a snapshot that is not what the rows give: State.Engagements[a-3].Title",
            t =>
                t.ChangeSnapshotAsync<Roster>(
                    Week,
                    s =>
                        s with
                        {
                            State = s.State with
                            {
                                Engagements = s.State.Engagements.SetItem(
                                    new("a-3"),
                                    s.State.Engagements[new("a-3")] with
                                    {
                                        Title = "altered",
                                    }
                                ),
                            },
                        }
                )
        );
        await NoticedAsync(
            "has a snapshot that is not what the rows give: Trail",
            t => t.ChangeSnapshotAsync<Roster>(Week, s => s with { Trail = s.Trail[1..] })
        );
        await NoticedAsync("has lost its snapshot", t => t.DeleteAsync("roster.sealed-snapshot", "ehs/2026-W48~"));
        await NoticedAsync(
            $"{Certificates}: row 2 is not what was written",
            t => t.ChangeRowAsync<CertificateEvent>(Certificates, 2, entry => entry with { Events = [.. entry.Events.Select(Rename)] })
        );
        await NoticedAsync($"{Certificates}: row 2 is missing, although it was written", t => t.DeleteRowAsync(Certificates, 2));
        await NoticedAsync($"{Certificates}: row 1 is missing", t => t.DeleteRowAsync(Certificates, 1));
        Assert.Contains("holds what was written", await place.DoneAsync("verify"), StringComparison.Ordinal);

        // Alters the database, checks that the alteration is noticed, and then takes it back.
        async Task NoticedAsync(string sentence, Func<Tampering, Task> alter)
        {
            var saved = new List<StoredRow>();
            await place.ChangeAsync(
                async (session, serializer) =>
                {
                    await foreach (var row in session.RowsAsync())
                        saved.Add(row);
                    await alter(new(session, serializer));
                }
            );
            Assert.Contains(sentence, await place.RefusedAsync("verify"), StringComparison.Ordinal);
            Assert.Contains(sentence, await place.RefusedAsync("backup", place.File("refused")), StringComparison.Ordinal);
            Assert.False(File.Exists(place.File("refused")));
            await place.ChangeAsync(
                async (session, _) =>
                {
                    await session.ExecuteAsync("DELETE FROM OrleansStorage");
                    foreach (var row in saved)
                        await session.InsertAsync(row);
                }
            );
        }
    }

    private static CertificateEvent Rename(CertificateEvent happened) =>
        happened is CertificateIssued issued ? new CertificateIssued(issued.Certificate with { Holder = new("Somebody Else") }) : happened;

    [Theory, MemberData(nameof(Kinds))]
    public async Task An_altered_row_below_a_snapshot_is_not_served(string kind)
    {
        await using var place = await BackupPlace.NewAsync(kind);
        var (_, reason, first) = await FillAsync(place);
        await place.ChangeAsync(
            (session, serializer) =>
                new Tampering(session, serializer).ChangeTextsAsync(
                    Week,
                    texts => [.. texts.Select(text => text with { Text = "another reason" })]
                )
        );
        await place.ChangeAsync(
            (session, serializer) =>
                new Tampering(session, serializer).ChangeRowAsync<RosterEvent>(
                    Week,
                    first,
                    entry => entry with { At = entry.At.AddHours(1) }
                )
        );
        await using var hub = await place.StartAsync(seed: false);
        Assert.NotNull(await hub.GetAsync("a-3")); // the board comes from the snapshot, so it needs no altered row
        Assert.Contains($"row {reason} has a free text", await RefusedAsync("moved"), StringComparison.Ordinal);
        Assert.Contains($"row {first} is not what was written", await RefusedAsync("a-0"), StringComparison.Ordinal);
        Assert.NotEmpty(await hub.Roster.HistoryAsync(HistorySubject.Engagement, "a-20", null, 50));

        async Task<string> RefusedAsync(string engagement) =>
            (
                await Assert.ThrowsAsync<JournalAlteredException>(() =>
                    hub.Roster.HistoryAsync(HistorySubject.Engagement, engagement, null, 50)
                )
            ).Message;
    }

    [Fact]
    public async Task An_erased_text_is_counted_and_not_mistaken_for_an_altered_one()
    {
        await using var place = await BackupPlace.NewAsync("SQLite");
        await FillAsync(place);
        await place.ChangeAsync(
            (session, serializer) =>
                new Tampering(session, serializer).ChangeTextsAsync(Week, texts => [.. texts.Select(_ => SaltedText.Erased)])
        );
        Assert.Contains("1 texts were erased", await place.DoneAsync("verify"), StringComparison.Ordinal);
        await using var hub = await place.StartAsync(seed: false);
        Assert.All(await hub.Roster.HistoryAsync(HistorySubject.Engagement, "moved", null, 50), entry => Assert.Null(entry.Reason));
    }

    [Fact]
    public async Task Anchors_that_are_missing_after_a_kill_do_not_count_as_tampering_and_verify_adds_them()
    {
        await using var place = await BackupPlace.NewAsync("SQLite");
        var (rows, _, _) = await FillAsync(place);
        var file = Directory.EnumerateFiles(place.Data("anchors"), "*.anchors").Single();
        var lines = await File.ReadAllLinesAsync(file);
        await File.WriteAllTextAsync(
            file,
            string.Concat(lines.Where(line => !line.Contains(Week, StringComparison.Ordinal)).Select(line => line + "\n")) + lines[0][..20]
        ); // the last line is cut short too
        Assert.Contains("1 journals had no anchor", await place.DoneAsync("verify"), StringComparison.Ordinal);
        Assert.DoesNotContain("no anchor", await place.DoneAsync("verify"), StringComparison.Ordinal);
        await place.ChangeAsync((session, serializer) => new Tampering(session, serializer).DeleteRowAsync(Week, rows));
        Assert.Contains($"{Week}: row {rows} is missing", await place.RefusedAsync("verify"), StringComparison.Ordinal);
        await File.AppendAllTextAsync(file, "\nno anchor\n");
        Assert.Contains("is damaged at line", await place.RefusedAsync("verify"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Removed_rows_are_still_noticed_after_the_hub_has_written_new_rows()
    {
        await using var place = await BackupPlace.NewAsync("SQLite");
        await FillAsync(place);
        await place.ChangeAsync((session, serializer) => new Tampering(session, serializer).DeleteRowAsync(Certificates, 2));
        await using (var hub = await place.StartAsync(seed: false))
            for (var i = 3; i < 8; i++)
                Assert.NotNull((await Register(hub).IssueAsync(Coordinator, CertificateOf(i))).Certificate);
        await using (await place.StartAsync(seed: false)) { } // each start writes the anchor file anew
        Assert.Contains(
            $"{Certificates}: row 2 is not what was written: its anchor",
            await place.RefusedAsync("verify"),
            StringComparison.Ordinal
        );
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task Verify_passes_while_the_hub_runs_and_after_a_backup_and_after_a_restore(string kind)
    {
        await using var source = await BackupPlace.NewAsync(kind);
        await using var target = await BackupPlace.NewAsync(kind);
        await FillAsync(source);
        await using (var hub = await source.StartAsync(seed: false))
        {
            var writing = Task.Run(async () =>
            {
                for (var i = 0; i < 40; i++)
                    await hub.DoneAsync(Plan($"w-{i}", at: i / 10.0));
            });
            while (!writing.IsCompleted)
                await source.DoneAsync("verify");
            await writing;
            await source.DoneAsync("backup", source.File("b"));
        }
        await source.DoneAsync("verify");
        target.Put(
            "anchors/lost-hub-1.anchors",
            System.Text.Encoding.UTF8.GetBytes($"{{\"journal\":\"{Week}\",\"row\":9999,\"hash\":\"{new string('0', 64)}\"}}\n")
        ); // an anchor of a database that was lost
        await target.DoneAsync("restore", source.File("b"));
        await target.DoneAsync("verify");
        await using (var hub = await target.StartAsync(seed: false))
            await hub.DoneAsync(Plan("after"));
        await target.DoneAsync("verify");
    }

    /// <returns>How many rows the week has, which row has a reason, and which is the first row with entries.</returns>
    private static async Task<(long Rows, long Reason, long First)> FillAsync(BackupPlace place)
    {
        await using (var hub = await place.StartAsync())
        {
            for (var i = 0; i < 50; i++)
            {
                await hub.DoneAsync(Plan($"a-{i}", at: i / 10.0));
                if (i == 1)
                    await hub.DoneAsync(Plan("moved"));
                if (i == 2)
                    await hub.DoneAsync(Move("moved", 2, reason: "the room is taken"));
            }
            for (var i = 1; i <= 2; i++)
                Assert.NotNull((await Register(hub).IssueAsync(Coordinator, CertificateOf(i))).Certificate);
        }
        var (rows, reason, first) = (0L, 0L, 0L);
        await place.ChangeAsync(
            async (session, serializer) =>
            {
                await foreach (var kept in session.RowsAsync("roster.row", "ehs/2026-W48~"))
                {
                    var row = serializer.Deserialize<JournalRow>(kept.Data!)!;
                    var entries = serializer.Deserialize<JournalBody<RosterEvent>>(row.Body)!.Entries;
                    rows = row.Number;
                    if (entries.Any(e => e.Reason is not null))
                        reason = row.Number;
                    if (first == 0 && entries.Length > 0)
                        first = row.Number;
                }
            }
        );
        Assert.InRange(rows, 45, 255);
        return (rows, reason, first);
    }

    private static ICertificatesGrain Register(RosterHub hub) => hub.Grains.GetGrain<ICertificatesGrain>("congress");

    private static Certificate CertificateOf(int number) =>
        new()
        {
            Number = $"congress.0000000{number}",
            Conference = new("congress"),
            Title = "Congress",
            Person = new($"p-{number}"),
            Holder = new("Noura"),
            Policy = new CreditPolicy
            {
                Id = new("body"),
                Name = new("Body"),
                Unit = new("credits"),
            },
            PolicyVersion = 1,
            Lectures = [],
            Credits = 1,
            IssuedAt = Eight,
            Token = "x.y.z",
        };

    /// <summary>Alterations that are possible with write access to the database.</summary>
    private sealed class Tampering(DatabaseSession session, Serializer serializer)
    {
        public Task<int> DeleteAsync(string state, string prefix) => session.DeleteAsync(state, prefix, kept: "");

        public async Task DeleteRowAsync(string journal, long row) =>
            Assert.Equal(
                1,
                await session.ExecuteAsync(
                    "DELETE FROM OrleansStorage WHERE GrainTypeString = @state AND GrainIdExtensionString = @key",
                    Of(journal, "row", FormattableString.Invariant($"{row}"))
                )
            );

        public async Task DeleteJournalAsync(string journal)
        {
            foreach (var part in (string[])["row", "text", "sealed-snapshot", "head"])
                await DeleteAsync($"{Kind(journal)}.{part}", Key(journal) + "~");
        }

        public Task ChangeRowAsync<TEvent>(string journal, long number, Func<JournalEntry<TEvent>, JournalEntry<TEvent>> change) =>
            ChangeAsync<JournalRow>(journal, "row", number, row => Changed(row, change));

        /// <summary>Alters a row, adapts every later row so that the hash chain fits, and deletes the snapshots.</summary>
        public async Task ForgeFromAsync<TEvent>(
            string journal,
            long first,
            long last,
            Func<JournalEntry<TEvent>, JournalEntry<TEvent>> change
        )
        {
            byte[] hash = [];
            for (var number = first; number <= last; number++)
                await ChangeAsync<JournalRow>(
                    journal,
                    "row",
                    number,
                    row =>
                    {
                        var forged = number == first ? Changed(row, change) : row with { PreviousHash = hash };
                        hash = forged.Hash();
                        return forged;
                    }
                );
            await DeleteAsync($"{Kind(journal)}.sealed-snapshot", Key(journal) + "~");
            await DeleteAsync($"{Kind(journal)}.head", Key(journal) + "~");
        }

        public Task ChangeTextsAsync(string journal, Func<ImmutableArray<SaltedText>, ImmutableArray<SaltedText>> change) =>
            EachAsync<TextRow>($"{Kind(journal)}.text", Key(journal), texts => new TextRow(change(texts.Texts)));

        public Task ChangeSnapshotAsync<TState>(string journal, Func<JournalSnapshot<TState>, JournalSnapshot<TState>> change) =>
            EachAsync<SnapshotRow>(
                $"{Kind(journal)}.sealed-snapshot",
                Key(journal),
                row => new SnapshotRow(serializer.SerializeToArray(change(serializer.Deserialize<JournalSnapshot<TState>>(row.Body)!)))
            );

        private JournalRow Changed<TEvent>(JournalRow row, Func<JournalEntry<TEvent>, JournalEntry<TEvent>> change)
        {
            var body = serializer.Deserialize<JournalBody<TEvent>>(row.Body)!;
            return row with
            {
                Body = serializer.SerializeToArray(
                    body.Entries.IsEmpty
                        ? body with
                        {
                            Delivered = [new(Orleans.Runtime.GrainId.Create("inbox", "p"), 1)],
                        }
                        : body with
                        {
                            Entries = [.. body.Entries.Select(change)],
                        }
                ),
            };
        }

        private Task ChangeAsync<T>(string journal, string part, long number, Func<T, T> change) =>
            EachAsync($"{Kind(journal)}.{part}", Key(journal), change, $"{Key(journal)}~{number}");

        private async Task EachAsync<T>(string state, string key, Func<T, T> change, string? only = null)
        {
            var changed = 0;
            List<StoredRow> rows = [];
            await foreach (var row in session.RowsAsync(state, key + "~"))
                rows.Add(row);
            foreach (var row in rows.Where(row => only is null || row.Key == only))
                changed += await session.ExecuteAsync(
                    "UPDATE OrleansStorage SET PayloadBinary = @data WHERE GrainTypeString = @state AND GrainIdExtensionString = @key",
                    ("@data", serializer.SerializeToArray(change(serializer.Deserialize<T>(row.Data!)!))),
                    ("@state", state),
                    ("@key", row.Key)
                );
            Assert.NotEqual(0, changed);
        }

        private static (string, object)[] Of(string journal, string part, string number) =>
            [("@state", $"{Kind(journal)}.{part}"), ("@key", $"{Key(journal)}~{number}")];

        private static string Kind(string journal) => journal[..journal.IndexOf(' ', StringComparison.Ordinal)];

        private static string Key(string journal) => journal[(journal.IndexOf(' ', StringComparison.Ordinal) + 1)..];
    }
}
