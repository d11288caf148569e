using Orleans.Runtime;
using Orleans.Storage;

namespace ConsultHub.Tests.Storage;

/// <summary>The behaviour of storage that the journal relies on, for every supported database.</summary>
public sealed class GrainStorageContract
{
    private const string StateName = "contract.row";

    [Theory, MemberData(nameof(StorageFactory.All), MemberType = typeof(StorageFactory))]
    public async Task A_written_row_can_be_read_even_after_a_restart(StorageFactory database)
    {
        await using var hub = await database.NewAsync();
        var key = Key("ehs/2026-W48~1");
        await WriteAsync(hub, key, "سلام 안녕 🏥");
        Assert.Equal("سلام 안녕 🏥", (await ReadAsync(hub, key)).State?.Text);

        await hub.ReopenAsync();

        var read = await ReadAsync(hub, key);
        Assert.True(read.RecordExists);
        Assert.Equal("سلام 안녕 🏥", read.State?.Text);
    }

    [Theory, MemberData(nameof(StorageFactory.All), MemberType = typeof(StorageFactory))]
    public async Task A_row_that_was_never_written_does_not_exist(StorageFactory database)
    {
        await using var hub = await database.NewAsync();
        var read = await ReadAsync(hub, Key("ehs/nothing~1"));
        Assert.False(read.RecordExists);
        Assert.Null(read.ETag);
    }

    [Theory, MemberData(nameof(StorageFactory.All), MemberType = typeof(StorageFactory))]
    public async Task A_write_needs_the_version_that_the_previous_write_left(StorageFactory database)
    {
        await using var hub = await database.NewAsync();
        var key = Key("ehs/head~1");
        var mine = await WriteAsync(hub, key, "first");
        var theirs = await ReadAsync(hub, key);
        mine.State = new("second");
        await hub.Storage.WriteStateAsync(StateName, key, mine);

        theirs.State = new("late");
        await Assert.ThrowsAsync<InconsistentStateException>(() => hub.Storage.WriteStateAsync(StateName, key, theirs));
        await Assert.ThrowsAsync<InconsistentStateException>(() => hub.Storage.ClearStateAsync(StateName, key, theirs));

        Assert.Equal("second", (await ReadAsync(hub, key)).State?.Text);
    }

    [Theory, MemberData(nameof(StorageFactory.All), MemberType = typeof(StorageFactory))]
    public async Task A_row_can_be_inserted_only_once(StorageFactory database)
    {
        await using var hub = await database.NewAsync();
        var key = Key("ehs/2026-W48~2");
        await WriteAsync(hub, key, "first");
        await Assert.ThrowsAsync<InconsistentStateException>(() => WriteAsync(hub, key, "second writer"));
        Assert.Equal("first", (await ReadAsync(hub, key)).State?.Text);
    }

    [Theory, MemberData(nameof(StorageFactory.All), MemberType = typeof(StorageFactory))]
    public async Task Exactly_one_of_many_writers_that_insert_the_same_row_succeeds(StorageFactory database)
    {
        await using var hub = await database.NewAsync();
        var key = Key("ehs/2026-W48~3");
        var writers = await Task.WhenAll(
            Enumerable
                .Range(0, 16)
                .Select(async n =>
                {
                    try
                    {
                        await WriteAsync(hub, key, $"writer {n}");
                        return n;
                    }
                    catch (InconsistentStateException)
                    {
                        return -1;
                    }
                })
        );
        var winner = Assert.Single(writers, n => n >= 0);
        Assert.Equal($"writer {winner}", (await ReadAsync(hub, key)).State?.Text);
    }

    [Theory, MemberData(nameof(StorageFactory.All), MemberType = typeof(StorageFactory))]
    public async Task A_write_that_names_a_version_is_refused_if_the_row_does_not_exist(StorageFactory database)
    {
        await using var hub = await database.NewAsync();
        var state = new GrainState<ContractRow>
        {
            State = new("of another database"),
            ETag = "1",
            RecordExists = true,
        };
        await Assert.ThrowsAsync<InconsistentStateException>(() => hub.Storage.WriteStateAsync(StateName, Key("ehs/lost~1"), state));
        Assert.False((await ReadAsync(hub, Key("ehs/lost~1"))).RecordExists);
    }

    [Theory, MemberData(nameof(StorageFactory.All), MemberType = typeof(StorageFactory))]
    public async Task A_cleared_row_is_gone_but_its_key_stays_taken(StorageFactory database)
    {
        await using var hub = await database.NewAsync();
        var key = Key("ehs/text~1");
        var state = await WriteAsync(hub, key, "to be erased");
        await hub.Storage.ClearStateAsync(StateName, key, state);

        var read = await ReadAsync(hub, key);
        Assert.False(read.RecordExists);
        await Assert.ThrowsAsync<InconsistentStateException>(() => WriteAsync(hub, key, "second writer"));

        read.State = new("anew, knowing its version");
        await hub.Storage.WriteStateAsync(StateName, key, read);
        Assert.Equal("anew, knowing its version", (await ReadAsync(hub, key)).State?.Text);
    }

    [Theory, MemberData(nameof(StorageFactory.All), MemberType = typeof(StorageFactory))]
    public async Task Keys_that_look_alike_are_separate_rows(StorageFactory database)
    {
        await using var hub = await database.NewAsync();
        var longest = new string('k', 400);
        string[] keys =
        [
            "1f~1",
            "01f~1",
            "1F~1",
            "1f~01",
            "0000000000000000000000000000001f~1",
            "ehs/2026-W48~1",
            "EHS/2026-W48~1",
            "ehs/2026-W48~1 ",
            "ehs/2026-W4~81",
            "asan+1~1",
            "asan~1",
            longest + "~1",
            longest + "~2",
            "칸~1",
            "카ㄴ~1",
            "é~1",
            "e\u0301~1",
            "مستشفى~1",
            "🏥~1",
        ];
        foreach (var key in keys)
            await WriteAsync(hub, Key(key), key);
        foreach (var key in keys)
            Assert.Equal(key, (await ReadAsync(hub, Key(key))).State?.Text);
    }

    [Theory, MemberData(nameof(StorageFactory.All), MemberType = typeof(StorageFactory))]
    public async Task One_key_under_several_state_names_is_several_rows(StorageFactory database)
    {
        await using var hub = await database.NewAsync();
        string[] names = ["roster.row", "roster.rows", "Roster.row", "inbox.row"];
        foreach (var name in names)
            await hub.Storage.WriteStateAsync(name, Key("ehs~1"), new GrainState<ContractRow> { State = new(name) });
        foreach (var name in names)
        {
            var read = new GrainState<ContractRow>();
            await hub.Storage.ReadStateAsync(name, Key("ehs~1"), read);
            Assert.Equal(name, read.State?.Text);
        }
    }

    private static GrainId Key(string key) => GrainId.Create("contract", key);

    private static async Task<GrainState<ContractRow>> WriteAsync(StoredHub hub, GrainId key, string value)
    {
        var state = new GrainState<ContractRow> { State = new(value) };
        await hub.Storage.WriteStateAsync(StateName, key, state);
        return state;
    }

    private static async Task<GrainState<ContractRow>> ReadAsync(StoredHub hub, GrainId key)
    {
        var state = new GrainState<ContractRow>();
        await hub.Storage.ReadStateAsync(StateName, key, state);
        return state;
    }
}

[GenerateSerializer, Alias("hub.tests.ContractRow")]
internal sealed record ContractRow([property: Id(0)] string Text);
