using ConsultHub.Journal;
using ConsultHub.Live;
using Orleans.Runtime;

namespace ConsultHub.Tests.Journal;

public sealed class JournalTests(JournalCluster cluster) : IClassFixture<JournalCluster>
{
    private const string Row = "test-ledger.row";

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!await condition())
            await Task.Delay(10, limit.Token);
    }

    private static bool IsOf(GrainId id, ILedgerGrain ledger) =>
        id.Key.ToString()!.StartsWith(ledger.GetPrimaryKeyString() + "~", StringComparison.Ordinal);

    [Fact]
    public async Task An_acknowledged_change_survives_a_new_activation_and_versions_continue()
    {
        var ledger = cluster.Ledger();
        await ledger.AddAsync(Guid.NewGuid(), "a", 3);
        Assert.Equal(2, await ledger.AddAsync(Guid.NewGuid(), "b", 4));
        var before = await ledger.ReadSinceAsync(null);
        await ledger.DeactivateAsync();
        Assert.Equal(3, await ledger.SumAsync("a"));
        Assert.Equal(3, await ledger.AddAsync(Guid.NewGuid(), "a", 1));
        Assert.Equal(before.To.Epoch, (await ledger.ReadSinceAsync(null)).To.Epoch);
    }

    [Fact]
    public async Task Decisions_made_during_a_write_share_the_next_write()
    {
        var ledger = cluster.Ledger();
        var rows = 0;
        var gate = new TaskCompletionSource();
        cluster.Storage.BeforeWrite = (name, id) =>
            name == Row && IsOf(id, ledger) && Interlocked.Increment(ref rows) == 1 ? gate.Task : Task.CompletedTask;
        var first = ledger.AddAsync(Guid.NewGuid(), "a", 1);
        await UntilAsync(() => Task.FromResult(Volatile.Read(ref rows) == 1));
        Task<long>[] all = [first, .. Enumerable.Range(0, 49).Select(_ => ledger.AddAsync(Guid.NewGuid(), "a", 1))];
        await UntilAsync(async () => await ledger.HeadSumAsync("a") == 50);
        Assert.Equal(0, await ledger.SumAsync("a"));
        gate.SetResult();
        Assert.Equal(Enumerable.Range(1, 50).Select(i => (long)i), (await Task.WhenAll(all)).Order());
        Assert.Equal(2, rows);
    }

    [Fact]
    public async Task A_failed_write_fails_its_group_and_the_decisions_based_on_that_group_and_nothing_else()
    {
        var ledger = cluster.Ledger();
        await ledger.AddAsync(Guid.NewGuid(), "a", 1);
        var gate = new TaskCompletionSource();
        cluster.Storage.BeforeWrite = (name, id) => name == Row && IsOf(id, ledger) ? gate.Task : Task.CompletedTask;
        var (first, second) = (Guid.NewGuid(), Guid.NewGuid());
        var failing = new[] { ledger.AddAsync(first, "a", 10), ledger.AddAsync(second, "a", 100) };
        await UntilAsync(async () => await ledger.HeadSumAsync("a") == 111);
        cluster.Storage.BeforeWrite = null;
        gate.SetException(new IOException("disk full"));
        foreach (var task in failing)
            await Assert.ThrowsAsync<JournalWriteException>(() => task);
        Assert.Equal(1, await ledger.SumAsync("a"));
        await UntilAsync(async () =>
        {
            try
            {
                return await ledger.AddAsync(first, "a", 10) == 2;
            }
            catch (JournalWriteException)
            {
                return false;
            }
        });
        Assert.Equal(11, await ledger.SumAsync("a"));
    }

    [Fact]
    public async Task A_write_that_only_seemed_to_fail_is_acknowledged_when_its_command_is_repeated()
    {
        var ledger = cluster.Ledger();
        cluster.Storage.AfterWrite = (name, id) => name == Row && IsOf(id, ledger) ? throw new TimeoutException() : Task.CompletedTask;
        var command = Guid.NewGuid();
        await Assert.ThrowsAsync<JournalWriteException>(() => ledger.AddAsync(command, "a", 5));
        cluster.Storage.AfterWrite = null;
        await UntilAsync(async () =>
        {
            try
            {
                return await ledger.AddAsync(command, "a", 5) == 1;
            }
            catch (JournalWriteException)
            {
                return false;
            }
        });
        Assert.Equal(5, await ledger.SumAsync("a"));
    }

    [Fact]
    public async Task A_write_fails_if_another_writer_was_first_and_the_ledger_then_reads_the_row_of_that_writer()
    {
        var ledger = cluster.Ledger();
        await ledger.AddAsync(Guid.NewGuid(), "a", 1);
        // The other writer stores its row between the ledger's decision and the ledger's write.
        cluster.Storage.BeforeWrite = async (name, id) =>
        {
            if (name != Row || !IsOf(id, ledger))
                return;
            cluster.Storage.BeforeWrite = null;
            var first = new GrainState<JournalRow>();
            await cluster.Storage.ReadStateAsync(Row, GrainId.Create(id.Type, ledger.GetPrimaryKeyString() + "~1"), first);
            var foreign = first.State! with { Number = 2, PreviousHash = first.State.Hash() };
            await cluster.Storage.WriteStateAsync(Row, id, new GrainState<JournalRow> { State = foreign });
        };
        await Assert.ThrowsAsync<JournalWriteException>(() => ledger.AddAsync(Guid.NewGuid(), "a", 10));
        await UntilAsync(async () => await ledger.SumAsync("a") == 2);
    }

    [Fact]
    public async Task A_repeated_command_gets_the_first_answer_even_after_a_new_activation()
    {
        var ledger = cluster.Ledger();
        var command = Guid.NewGuid();
        Assert.Equal(1, await ledger.AddAsync(command, "a", 5));
        Assert.Equal(1, await ledger.AddAsync(command, "a", 5));
        await ledger.DeactivateAsync();
        Assert.Equal(1, await ledger.AddAsync(command, "a", 5));
        Assert.Equal(5, await ledger.SumAsync("a"));
    }

    [Fact]
    public async Task A_history_that_is_read_by_its_links_contains_the_rows_from_before_the_snapshots_and_their_reasons()
    {
        var ledger = cluster.Ledger();
        for (var i = 1; i <= 600; i++)
            await ledger.AddAsync(Guid.NewGuid(), i % 200 == 0 ? "rare" : "often", i, i == 400 ? "because" : null);
        await ledger.DeactivateAsync();
        Assert.Equal(["600:600", "400:400 because", "200:200"], await ledger.HistoryAsync("rare"));
        Assert.Equal(600, (await ledger.HistoryAsync(null)).Count);
        Assert.Equal(Enumerable.Range(1, 600).Where(i => i % 200 != 0).Sum(), await ledger.SumAsync("often"));
    }

    [Fact]
    public async Task Snapshots_are_still_written_after_another_activation_has_written_the_head()
    {
        var ledger = cluster.Ledger();
        async Task AddAsync(int count)
        {
            for (var i = 0; i < count; i++)
                await ledger.AddAsync(Guid.NewGuid(), "a", 1);
        }
        async Task<GrainState<JournalHead>> HeadAsync()
        {
            var head = new GrainState<JournalHead>();
            await cluster.Storage.ReadStateAsync(
                "test-ledger.head",
                GrainId.Create("test-ledger", ledger.GetPrimaryKeyString() + "~head"),
                head
            );
            return head;
        }
        await AddAsync(256);
        await UntilAsync(async () => (await HeadAsync()).State?.SnapshotRow == 256);
        // Writes the head again, which changes its ETag in storage. The active grain does not know the new ETag.
        await cluster.Storage.WriteStateAsync(
            "test-ledger.head",
            GrainId.Create("test-ledger", ledger.GetPrimaryKeyString() + "~head"),
            await HeadAsync()
        );
        await AddAsync(256);
        await UntilAsync(async () => (await HeadAsync()).State?.SnapshotRow == 512);
        await ledger.DeactivateAsync();
        Assert.Equal(512, await ledger.SumAsync("a"));
    }

    [Fact]
    public async Task Several_decisions_of_one_call_are_stored_in_one_row()
    {
        var ledger = cluster.Ledger();
        var rows = 0;
        cluster.Storage.BeforeWrite = (name, id) =>
        {
            if (name == Row && IsOf(id, ledger))
                rows++;
            return Task.CompletedTask;
        };
        Assert.Equal(40, await ledger.AddAllAsync("a", 40));
        Assert.Equal((1, 40), (rows, await ledger.SumAsync("a")));
    }

    [Fact]
    public async Task A_message_arrives_once_even_if_its_acknowledgement_was_lost()
    {
        var (from, to) = (cluster.Ledger(), cluster.Ledger());
        var lost = 2;
        cluster.Storage.AfterWrite = (name, id) =>
            name == Row && IsOf(id, to) && Interlocked.Decrement(ref lost) >= 0 ? throw new TimeoutException() : Task.CompletedTask;
        for (var i = 0; i < 5; i++)
            await from.SendAsync(to.GetPrimaryKeyString(), "a", 1);
        await UntilAsync(async () => await to.SumAsync("a") == 5);
        await from.DeactivateAsync();
        await from.SendAsync(to.GetPrimaryKeyString(), "a", 1);
        await UntilAsync(async () => await to.SumAsync("a") == 6);
    }

    [Fact]
    public async Task A_newer_message_replaces_an_undelivered_message_with_the_same_key()
    {
        var (from, to) = (cluster.Ledger(), cluster.Ledger());
        var gate = new TaskCompletionSource();
        cluster.Storage.BeforeWrite = (name, id) => name == Row && IsOf(id, to) ? gate.Task : Task.CompletedTask;
        await from.SendAsync(to.GetPrimaryKeyString(), "a", 1);
        await UntilAsync(async () => await to.HeadSumAsync("a") == 1);
        foreach (var amount in (int[])[10, 100, 1000])
            await from.SendAsync(to.GetPrimaryKeyString(), "a", amount, "same");
        gate.SetResult();
        await UntilAsync(async () => await to.SumAsync("a") == 1001);
        Assert.Equal(1001, await to.SumAsync("a"));
    }

    [Fact]
    public async Task A_reader_gets_the_changes_above_a_known_position_and_everything_for_an_unknown_position()
    {
        var ledger = cluster.Ledger();
        await ledger.AddAsync(Guid.NewGuid(), "a", 1);
        var start = await ledger.ReadSinceAsync(null);
        await ledger.AddAsync(Guid.NewGuid(), "b", 2);
        var delta = await ledger.ReadSinceAsync(start.To);
        Assert.Equal((1, "account/b"), (delta.From, Assert.Single(delta.Items).Key));
        Assert.Equal((null, 2), ((await ledger.ReadSinceAsync(new LivePosition(Guid.NewGuid(), 1))).From, delta.To.Version));
        Assert.Null((await ledger.ReadSinceAsync(delta.To with { Version = 99 })).From);
    }
}
