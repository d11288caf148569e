using ConsultHub.Journal;
using CsCheck;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Orleans.Runtime;
using Orleans.Serialization;
using Orleans.Storage;

namespace ConsultHub.Tests.Journal;

/// <summary>Reads pages of a history from any place. Compares them with a reading of all rows from the newest to the oldest.</summary>
public sealed class HistoryPageTests : IDisposable
{
    private static readonly GrainId Grain = GrainId.Create("test-ledger", "pages");
    private static readonly string?[] Subjects = [null, "account/a", "account/b", "account/c", "account/nobody"];

    /// <summary>
    /// Makes one row. A row is a list of entries, and an entry is a list of the accounts that it concerns. A row without entries is the row
    /// that a restore adds.
    /// </summary>
    private static readonly Gen<string[][]> Row = Gen.Frequency(
        (
            6,
            Entry(
                Gen.Int[0, 199]
                    .Select(n =>
                        n < 160 ? "a"
                        : n < 198 ? "b"
                        : "c"
                    )
            ).Array[1, 4]
        ),
        (1, Gen.Const<string[][]>([]))
    );

    private readonly ServiceProvider _serializing = new ServiceCollection().AddSerializer().BuildServiceProvider();

    private static Gen<string[]> Entry(Gen<string> account) => account.Array[0, 2];

    [Fact]
    public Task Pages_from_any_place_match_a_reading_of_every_row_even_if_rows_are_archived() =>
        Gen.Select(Row.Array[0, 160], Gen.Int[20, 60], Gen.Int[0, 200], Gen.Int[0, 500].Array[12])
            .SampleAsync(
                async (rows, size, archived, places) =>
                {
                    var rowStore = new RowStorage();
                    var journal = await FillAsync(rowStore, rows);
                    rowStore.Archive(archived > 160 ? 0 : archived);
                    foreach (var subject in Subjects)
                    {
                        var all = Plain(rowStore, journal.Row, subject);
                        Assert.Equal(all, await ReadAsync(journal, subject, null, int.MaxValue));
                        foreach (var before in places.Select(p => p % (journal.StoredVersion + 3)))
                            Assert.Equal(all.Where(e => e.Version < before), await ReadAsync(journal, subject, before, int.MaxValue));
                        List<(long Version, string? Reason)> paged = [];
                        while (await ReadAsync(journal, subject, paged.Count > 0 ? paged[^1].Version : null, size) is { Count: > 0 } page)
                            paged.AddRange(page);
                        Assert.Equal(all, paged);
                    }
                },
                iter: 100
            );

    [Theory]
    [InlineData(null), InlineData("account/often"), InlineData("account/now-and-then"), InlineData("account/once")]
    public async Task A_page_far_back_reads_few_rows(string? subject)
    {
        var rowStore = new RowStorage();
        var journal = await FillAsync(
            rowStore,
            [
                .. Enumerable
                    .Range(1, 6_000)
                    .Select(i =>
                        (string[][])
                            [
                                ["often", i == 7 ? "once" : "x", i % 50 == 0 ? "now-and-then" : "y"],
                            ]
                    ),
            ]
        );
        foreach (var before in (long[])[5_900, 3_000, 200, 20])
        {
            rowStore.RowsRead = 0;
            var page = await ReadAsync(journal, subject, before, 10);
            var expected = subject switch
            {
                null or "account/often" => 10,
                "account/once" => 1,
                _ => Math.Min(10, (before - 1) / 50),
            };
            Assert.Equal(expected, page.Count);
            // The limit is the sum of 13 rows for the binary search in 6,000 rows, the row after the found row, 64 rows for the search for
            // the subject, and the rows of the page. For a row, the rows up to the next row with a known hash are read too.
            Assert.InRange(rowStore.RowsRead, 1, 13 + ProvenRows.Spacing + 64 + 1 + (10 * ProvenRows.Spacing));
            if (subject is null or "account/often")
                Assert.InRange(rowStore.RowsRead, 1, 13 + ProvenRows.Spacing + 1 + 11);
        }
    }

    [Theory]
    [InlineData(null), InlineData("account/often")]
    public async Task An_altered_row_is_refused_even_if_the_next_row_was_changed_to_fit_it_and_so_is_a_missing_row(string? subject)
    {
        var rowStore = new RowStorage();
        var journal = await FillAsync(
            rowStore,
            [
                .. Enumerable
                    .Range(1, 100)
                    .Select(_ =>
                        (string[][])
                            [
                                ["often"],
                            ]
                    ),
            ]
        );
        var (altered, next) = (rowStore.Row(50)!, rowStore.Row(51)!);
        var body = _serializing.GetRequiredService<Serializer>().Deserialize<JournalBody<Added>>(altered.Body)!;
        var changed = altered with
        {
            Body = _serializing
                .GetRequiredService<Serializer>()
                .SerializeToArray(body with { Entries = [body.Entries[0] with { Events = [new Added("often", 1_000)] }] }),
        };
        rowStore.Add(changed);
        Assert.Contains("row 50 is not", await RefusedAsync(), StringComparison.Ordinal);
        rowStore.Add(next with { PreviousHash = changed.Hash() });
        Assert.Contains("row 51 is not", await RefusedAsync(), StringComparison.Ordinal);
        rowStore.Add(next);
        rowStore.Remove(50);
        Assert.Contains("row 50 is missing", await RefusedAsync(), StringComparison.Ordinal);
        rowStore.Add(altered);
        Assert.Equal(100, (await ReadAsync(journal, subject, null, int.MaxValue)).Count);

        async Task<string> RefusedAsync() =>
            (await Assert.ThrowsAsync<JournalAlteredException>(() => ReadAsync(journal, subject, 60, int.MaxValue))).Message;
    }

    [Fact]
    public async Task A_snapshot_of_an_earlier_release_without_marks_proves_its_rows_too()
    {
        var rowStore = new RowStorage();
        var journal = await FillAsync(
            rowStore,
            [
                .. Enumerable
                    .Range(1, 100)
                    .Select(_ =>
                        (string[][])
                            [
                                ["often"],
                            ]
                    ),
            ]
        );
        rowStore.PutSnapshot(_serializing.GetRequiredService<Serializer>(), journal.Picture with { Marks = default });
        var again = Open(rowStore);
        await again.LoadAsync();
        Assert.Equal(100, (await ReadAsync(again, null, null, int.MaxValue)).Count);
        rowStore.Add(rowStore.Row(7)! with { Epoch = Guid.NewGuid() });
        again = Open(rowStore);
        await again.LoadAsync();
        Assert.Contains(
            "row 7 is not",
            (await Assert.ThrowsAsync<JournalAlteredException>(() => ReadAsync(again, null, 9, 5))).Message,
            StringComparison.Ordinal
        );
    }

    public void Dispose() => _serializing.Dispose();

    private Journal<Ledger, Added> Open(RowStorage rows)
    {
        var services = new AuthorityServices(
            new ServiceCollection()
                .AddKeyedSingleton<IGrainStorage>(AuthorityServices.StorageName, rows)
                .AddSingleton(_serializing.GetRequiredService<Serializer>())
                .AddLogging()
                .BuildServiceProvider()
        );
        return new(
            new(services, "test-ledger", Grain),
            TimeProvider.System,
            NullLogger.Instance,
            (_, _) => Task.CompletedTask,
            (_, _) => { },
            () => { }
        );
    }

    private async Task<Journal<Ledger, Added>> FillAsync(RowStorage storage, string[][][] rows)
    {
        var journal = Open(storage);
        await journal.LoadAsync();
        foreach (var entries in rows)
        {
            if (entries.Length > 0)
                await journal.CommitAsync([
                    .. entries.Select(
                        (accounts, i) =>
                            new Decision<Added>(Actor.System, Guid.NewGuid(), [.. accounts.Select(a => new Added(a, 1))])
                            {
                                Subjects = [.. accounts.Distinct().Select(a => "account/" + a)],
                                Reason = i == 1 ? $"because of {journal.Row}" : null,
                            }
                    ),
                ]);
            else if (journal.Row > 0)
                await RenewAsync(storage, journal);
            await journal.WhenIdleAsync();
        }
        return journal;
    }

    /// <summary>Adds a row without entries, as a restore does.</summary>
    private static async Task RenewAsync(RowStorage storage, Journal<Ledger, Added> journal)
    {
        var newest = storage.Row(journal.Row)!;
        storage.Add(JournalRow.Renewal(newest.Number + 1, Guid.NewGuid(), newest.Hash()));
        await journal.CatchUpAsync();
    }

    private static async Task<List<(long Version, string? Reason)>> ReadAsync(
        Journal<Ledger, Added> journal,
        string? subject,
        long? before,
        int take
    )
    {
        List<(long, string?)> page = [];
        await foreach (var (entry, reason) in journal.HistoryAsync(subject, before))
        {
            page.Add((entry.Version, reason));
            if (page.Count == take)
                break;
        }
        return page;
    }

    private List<(long Version, string? Reason)> Plain(RowStorage storage, long newest, string? subject)
    {
        List<(long, string?)> all = [];
        var serializer = _serializing.GetRequiredService<Serializer>();
        for (var number = newest; storage.Row(number) is { } row; number--)
        {
            if (row.Body.Length == 0)
                continue;
            foreach (var entry in serializer.Deserialize<JournalBody<Added>>(row.Body)!.Entries.Reverse())
            {
                if (subject is not null && !entry.Subjects.Contains(subject))
                    continue;
                all.Add((entry.Version, entry.Reason is { } at ? storage.Texts(at.Row).Texts[at.Index].Text : null));
            }
        }
        return all;
    }

    /// <summary>A storage that keeps rows in memory. It counts how often a row is read, and it can remove archived rows.</summary>
    private sealed class RowStorage : IGrainStorage
    {
        private readonly Dictionary<(string State, GrainId Key), object> _stored = [];

        public int RowsRead { get; set; }

        public JournalRow? Row(long number) => (JournalRow?)_stored.GetValueOrDefault(("test-ledger.row", Key(number)));

        public void Add(JournalRow row) => _stored[("test-ledger.row", Key(row.Number))] = row;

        public TextRow Texts(Guid id) =>
            (TextRow)_stored[("test-ledger.text", GrainId.Create(Grain.Type, IdSpan.Create($"{Grain.Key}~text-{id}")))];

        public void Archive(int upTo)
        {
            for (var number = 1; number <= upTo; number++)
                Remove(number);
            if (upTo > 0)
                _stored[("test-ledger.head", Key("head"))] = new JournalHead(Guid.Empty, 0, upTo + 1);
        }

        public void Remove(long number) => _stored.Remove(("test-ledger.row", Key(number)));

        public void PutSnapshot(Serializer serializer, JournalSnapshot<Ledger> snapshot)
        {
            _stored[("test-ledger.sealed-snapshot", Key(snapshot.Row))] = new SnapshotRow(serializer.SerializeToArray(snapshot));
            _stored[("test-ledger.head", Key("head"))] = new JournalHead(snapshot.Epoch, snapshot.Row);
        }

        public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
        {
            if (stateName == "test-ledger.row")
                RowsRead++;
            if (!_stored.TryGetValue((stateName, grainId), out var found))
                return Task.CompletedTask;
            (grainState.State, grainState.ETag, grainState.RecordExists) = ((T)found, "1", true);
            return Task.CompletedTask;
        }

        public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
        {
            _stored[(stateName, grainId)] = grainState.State!;
            (grainState.ETag, grainState.RecordExists) = ("1", true);
            return Task.CompletedTask;
        }

        public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
            throw new NotSupportedException("A journal clears nothing.");

        private static GrainId Key(object part) => GrainId.Create(Grain.Type, IdSpan.Create($"{Grain.Key}~{part}"));
    }
}
