using System.IO.Compression;
using System.Text.Json;
using ConsultHub.Journal;
using ConsultHub.Records;
using ConsultHub.Rostering;
using ConsultHub.Tests.Rostering;
using static ConsultHub.Tests.Rostering.RosterWorld;

namespace ConsultHub.Tests.Backups;

/// <summary>Weeks that are over can move from the database to files, and back, while the hub runs.</summary>
public sealed class ArchiveTests
{
    /// <summary>
    /// The week that the tests archive. The archive command uses the real time, by which this week is long over. The clock of the grains
    /// starts in this week.
    /// </summary>
    private static readonly Week Old = new(2025, 10),
        After = new(2025, 11);

    private const string Name = "ehs-2025-W10.jsonl.gz";

    public static IEnumerable<TheoryDataRow<string>> Kinds => BackupPlace.Kinds;

    [Theory, MemberData(nameof(Kinds))]
    public async Task An_archived_week_shows_its_last_state_and_refuses_all_changes_until_it_is_brought_back(string kind)
    {
        await using var place = await BackupPlace.NewAsync(kind);
        await using (var hub = await StartAsync(place))
        {
            var (roster, picture, history) = (hub.Of(Old), await PictureAsync(hub), await HistoryAsync(hub));
            var position = (await roster.ReadSinceAsync(null)).To;
            Assert.Contains("ehs/2025-W10 is in", await ArchivedAsync(place), StringComparison.Ordinal);

            // The grain has been active all the time and notices the archive by itself.
            Assert.True(await roster.IsArchivedAsync());
            await RefusesAsync(hub);
            Assert.DoesNotContain("archive", await place.DoneAsync("verify"), StringComparison.Ordinal); // the week's snapshot is proven
            Assert.Equal(picture, await PictureAsync(hub));
            Assert.Equal(position.Version, (await roster.ReadSinceAsync(position)).From); // a watcher can continue from its position
            Assert.Empty(await roster.HistoryAsync(HistorySubject.Week, null, null, 50));
            Assert.Contains("0 weeks archived", await place.DoneAsync("archive", After.ToString(), place.Files), StringComparison.Ordinal);

            Assert.Contains("is back", await place.DoneAsync("bring-back", place.File(Name)), StringComparison.Ordinal);
            Assert.False(await roster.IsArchivedAsync());
            await place.DoneAsync("verify");
            Assert.Equal(history, await HistoryAsync(hub));
            await hub.DoneAsync(PlanOf("new"), at: roster);
            Assert.Contains("not archived here", await place.RefusedAsync("bring-back", place.File(Name)), StringComparison.Ordinal);
        }
        // A new hub reads everything from the storage and shows the same board. Its backups prove that the hash chain is whole, both while
        // the week is archived and after the week is brought back.
        await ArchivedAsync(place);
        await using (var again = await place.StartAsync(seed: false))
        {
            await RefusesAsync(again);
            Assert.NotNull(await again.Of(Old).GetAsync(new("new")));
            await place.DoneAsync("backup", place.File("backup"));
            await place.DoneAsync("bring-back", place.File(Name));
            await again.DoneAsync(PlanOf("last"), at: again.Of(Old));
            await place.DoneAsync("backup", place.File("backup-2"));
        }
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task A_week_is_read_as_at_an_earlier_version_while_it_is_archived_and_afterwards(string kind)
    {
        await using var place = await BackupPlace.NewAsync(kind);
        await using var hub = await StartAsync(place);
        var roster = hub.Of(Old);
        List<string> pictures = [];
        async Task<string> AtAsync(long version) =>
            string.Join(
                "; ",
                (await roster.AtAsync(version)).OrderBy(e => e.Id.Value, StringComparer.Ordinal).Select(e => $"{e.Id} {e.Status} {e.Work}")
            );
        hub.Clock.Advance(TimeSpan.FromDays(6));
        await hub.DoneAsync(
            new Complete
            {
                CommandId = Guid.NewGuid(),
                Engagement = new("b"),
                Work = new(Operations: 2),
            },
            at: roster
        );
        for (var version = 0; version <= await RosterHub.VersionAsync(roster); version++)
            pictures.Add(await AtAsync(version));
        Assert.Contains("Operations = 2", pictures[^1], StringComparison.Ordinal);
        Assert.Equal("", pictures[0]);
        await ArchivedAsync(place);
        await SameAsync();
        await place.DoneAsync("bring-back", place.File(Name));
        await SameAsync();

        async Task SameAsync()
        {
            for (var version = 0; version < pictures.Count; version++)
                Assert.Equal(pictures[version], await AtAsync(version));
        }
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task No_acknowledged_write_is_lost_while_a_week_is_archived(string kind)
    {
        await using var place = await BackupPlace.NewAsync(kind);
        await using var hub = await StartAsync(place);
        HashSet<string> acknowledged = [],
            refused = [];
        var archived = new TaskCompletionSource();
        var writing = Task.Run(async () =>
        {
            for (var i = 0; !archived.Task.IsCompleted || i < 50; i++)
            {
                try
                {
                    var reply = await hub.Of(Old).DecideAsync(Coordinator, PlanOf($"w-{i}"));
                    (reply is Decided ? acknowledged : refused).Add($"w-{i}");
                    // The pauses grow, so that even on a slow machine the archiving finds a moment between two changes. A pause ends when
                    // the week is archived.
                    if (i % 5 == 4)
                        await Task.WhenAny(archived.Task, Task.Delay(50 * i));
                    if (reply is Refused r)
                        Assert.Equal("roster.archived", Assert.Single(r.Findings).Code);
                }
                catch (JournalWriteException)
                {
                    // The archiving stored its row first. So the change failed, and the hub did not acknowledge it.
                }
            }
        });
        try
        {
            await ArchivedAsync(place);
        }
        finally
        {
            archived.SetResult();
        }
        await writing;
        await RefusesAsync(hub);
        Assert.NotEmpty(acknowledged);
        await place.DoneAsync("bring-back", place.File(Name));
        Assert.False(await hub.Of(Old).IsArchivedAsync());
        var shown = (await hub.Of(Old).ReadSinceAsync(null)).Items.OfType<Engagement>().Select(e => e.Id.Value).ToHashSet();
        Assert.Superset(acknowledged, shown);
        Assert.DoesNotContain(shown, refused.Contains);
        await place.DoneAsync("backup", place.File("backup"));
    }

    [Fact]
    public async Task An_archive_file_can_be_read_and_checked_without_the_hub()
    {
        await using var place = await BackupPlace.NewAsync("SQLite");
        await using (await StartAsync(place))
            await ArchivedAsync(place);
        using var reader = new StreamReader(new GZipStream(File.OpenRead(place.File(Name)), CompressionMode.Decompress));
        var lines = (await reader.ReadToEndAsync()).TrimEnd('\n').Split('\n').Select(l => JsonDocument.Parse(l).RootElement).ToList();
        Assert.Equal(
            ("consult-hub-week", "ehs/2025-W10"),
            (lines[0].GetProperty("format").GetString(), lines[0].GetProperty("key").GetString())
        );
        var rows = lines.Where(l => l.TryGetProperty("row", out _)).Select(l => l.GetProperty("row")).ToList();
        var hash = new byte[32];
        foreach (var (row, number) in rows.Select((r, i) => (r, i + 1L)))
        {
            // Computes the hash as the documentation describes, without any code of the hub.
            byte[] hashed =
            [
                .. BitConverter.GetBytes(number),
                .. row.GetProperty("epoch").GetGuid().ToByteArray(),
                .. hash,
                .. row.GetProperty("body").GetBytesFromBase64(),
            ];
            hash = System.Security.Cryptography.SHA256.HashData(hashed);
            Assert.Equal(row.GetProperty("hash").GetString(), Convert.ToHexStringLower(hash));
        }
        var entries = rows.SelectMany(r => r.GetProperty("entries").EnumerateArray()).ToList();
        Assert.Equal(
            ["planned", "timeChanged", "planned"],
            entries.Select(e => e.GetProperty("events")[0].GetProperty("engagementChanged").GetProperty("what").GetString())
        );
        Assert.Equal(
            ("p-coordinator", "the room is taken"),
            (entries[1].GetProperty("by").GetString(), entries[1].GetProperty("reason").GetString())
        );
        Assert.Contains("is whole: ehs/2025-W10", await place.DoneAsync("check", place.File(Name)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_differs_from_the_archived_week_is_not_brought_back()
    {
        await using var place = await BackupPlace.NewAsync("SQLite");
        await using var other = await BackupPlace.NewAsync("SQLite");
        foreach (var at in (BackupPlace[])[place, other])
            await using (await StartAsync(at))
                await ArchivedAsync(at);
        // The journal of the other hub may have more or fewer rows about delivered messages. Then the number of rows in its file differs
        // from the archived week, and the refusal is the second of these two sentences.
        Assert.Matches(
            "is not what was archived|is not archived here, or not with this file",
            await place.RefusedAsync("bring-back", other.File(Name))
        );
        var bytes = await File.ReadAllBytesAsync(place.File(Name));
        await File.WriteAllBytesAsync(place.File("cut.gz"), bytes[..(bytes.Length / 2)]);
        Assert.Contains("damaged", await place.RefusedAsync("bring-back", place.File("cut.gz")), StringComparison.Ordinal);
        await place.DoneAsync("bring-back", place.File(Name));
    }

    [Fact]
    public async Task Weeks_that_are_not_over_or_have_open_work_are_not_archived()
    {
        await using var place = await BackupPlace.NewAsync("SQLite");
        await using var hub = await StartAsync(place);
        var now = Week.Of(DateOnly.FromDateTime(DateTime.UtcNow));
        Assert.Contains(
            "Only weeks that are over",
            await place.RefusedAsync("archive", now.Next.ToString(), place.Files),
            StringComparison.Ordinal
        );
        Assert.Contains("is not an ISO week", await place.RefusedAsync("archive", "W10", place.Files), StringComparison.Ordinal);
        await hub.DoneAsync(
            new Propose
            {
                CommandId = Guid.NewGuid(),
                Engagement = new("a"),
                Candidate = Lee,
                Replaces = Kim,
                AnswerWithinSeconds = 600,
            },
            at: hub.Of(Old)
        );
        Assert.Contains(
            "ehs/2025-W10 stays: it has open work",
            await place.DoneAsync("archive", After.ToString(), place.Files),
            StringComparison.Ordinal
        );
        Assert.False(await hub.Of(Old).IsArchivedAsync());
        Assert.False(File.Exists(place.File(Name)));
        Assert.Contains("0 weeks archived", await place.DoneAsync("archive", Old.ToString(), place.Files), StringComparison.Ordinal);
    }

    /// <summary>Starts a hub at the time of the old week, with a little history.</summary>
    private static async Task<RosterHub> StartAsync(BackupPlace place)
    {
        var hub = await place.StartAsync(Old.Monday.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc));
        foreach (var id in new[] { Kim, Lee, Park })
            await hub.Consultant(id)
                .PutAsync(
                    Coordinator,
                    NewConsultant(id) with
                    {
                        Credentials = [.. NewConsultant(id).Credentials.Select(c => c with { From = Eight.AddDays(-700) })],
                        Visits = [new(new($"v-{id}"), Ehs, Eight.AddDays(-700), Eight.AddDays(30))],
                    }
                );
        await hub.DoneAsync(PlanOf("a") with { Consultants = [Kim], Room = One }, at: hub.Of(Old));
        await hub.DoneAsync(
            new ChangeTime
            {
                CommandId = Guid.NewGuid(),
                Engagement = new("a"),
                Start = At(6),
                End = At(7),
                Reason = "the room is taken",
            },
            at: hub.Of(Old)
        );
        await hub.DoneAsync(PlanOf("b"), at: hub.Of(Old));
        return hub;
    }

    /// <summary>Archives the week as soon as its roster has stored that all its messages were delivered.</summary>
    private static async Task<string> ArchivedAsync(BackupPlace place)
    {
        var text = "";
        await RosterHub.UntilAsync(
            async () =>
                (text = await place.DoneAsync("archive", After.ToString(), place.Files)).Contains(
                    "1 weeks archived",
                    StringComparison.Ordinal
                ),
            "the week is archived"
        );
        return text;
    }

    private static DateTimeOffset At(double hour) =>
        new DateTimeOffset(Old.Monday.AddDays(2), TimeOnly.MinValue, TimeSpan.Zero).AddHours(hour);

    private static Plan PlanOf(string id) => Plan(id) with { Start = At(5), End = At(6), Reason = "Written down afterwards." };

    private static async Task RefusesAsync(RosterHub hub)
    {
        Assert.Equal(["roster.archived"], await hub.RefusedAsync(PlanOf("refused"), at: hub.Of(Old)));
        Assert.Equal(
            ["roster.archived"],
            await hub.RefusedAsync(
                new Cancel
                {
                    CommandId = Guid.NewGuid(),
                    Engagement = new("a"),
                    Reason = "x",
                },
                at: hub.Of(Old)
            )
        );
        Assert.Equal("roster.archived", Assert.Single((await hub.Of(Old).CheckAsync(Coordinator, PlanOf("refused"))).Findings).Code);
        Assert.Equal(
            "roster.archived",
            Assert.Single(await hub.Of(Old).HoldAsync((await hub.Of(Old).GetAsync(new("a")))! with { Id = new("other") })).Code
        );
    }

    private static async Task<string> PictureAsync(RosterHub hub) =>
        JsonSerializer.Serialize((await hub.Of(Old).ReadSinceAsync(null)).Items.OrderBy(i => i.Key), HubJson.Options);

    private static async Task<string> HistoryAsync(RosterHub hub)
    {
        var history = await hub.Of(Old).HistoryAsync(HistorySubject.Week, null, null, 50);
        Assert.Equal(3, history.Length);
        return JsonSerializer.Serialize(history, HubJson.Options)
            + JsonSerializer.Serialize(await hub.Of(Old).HistoryAsync(HistorySubject.Consultant, Kim.Value, null, 50), HubJson.Options);
    }
}
