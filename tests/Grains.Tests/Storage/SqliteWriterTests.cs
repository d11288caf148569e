using ConsultHub.Storage;
using Microsoft.Data.Sqlite;

namespace ConsultHub.Tests.Storage;

/// <summary>Writes that wait together share a transaction but do not affect each other.</summary>
public sealed class SqliteWriterTests : IDisposable
{
    private readonly string _folder = TestHub.NewFolder();
    private readonly SqliteDataSource _database;
    private readonly SqliteWriter _writer;

    public SqliteWriterTests()
    {
        _database = new(_folder);
        HubSchema.Sqlite.Apply(_database);
        Execute("CREATE TABLE Written (Number INTEGER NOT NULL PRIMARY KEY)");
        _writer = new(_database);
    }

    public void Dispose()
    {
        _writer.Dispose();
        _database.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Writes_that_wait_together_are_all_stored()
    {
        await TogetherAsync([.. Enumerable.Range(0, 300).Select(n => (Func<Task>)(() => InsertAsync(n)))]);
        Assert.Equal(300L, Execute("SELECT count(*) FROM Written"));
    }

    [Fact]
    public async Task A_write_that_fails_does_not_affect_the_others()
    {
        var written = await TogetherAsync([
            () => InsertAsync(1),
            () => InsertAsync(1),
            () => InsertAsync(2),
            () => throw new InvalidOperationException("spoiled"),
            () => InsertAsync(3),
        ]);

        Assert.Equal(3L, Execute("SELECT count(*) FROM Written"));
        Assert.IsType<SqliteException>(written[1]);
        Assert.IsType<InvalidOperationException>(written[3]);
        Assert.All([0, 2, 4], n => Assert.Null(written[n]));
    }

    [Fact]
    public async Task A_write_that_fails_halfway_stores_nothing()
    {
        var written = await TogetherAsync([
            () => InsertAsync(1),
            async () =>
            {
                await InsertAsync(2);
                throw new InvalidOperationException("half done");
            },
        ]);

        Assert.Equal(1L, Execute("SELECT group_concat(Number) = '1' FROM Written"));
        Assert.NotNull(written[1]);
    }

    [Fact]
    public async Task A_completed_write_is_visible_to_other_connections()
    {
        for (var n = 1L; n <= 20; n++)
        {
            await _writer.RunAsync(() => InsertAsync((int)n));
            Assert.Equal(n, Execute("SELECT count(*) FROM Written"));
        }
    }

    [Fact]
    public async Task A_stopped_writer_refuses_new_writes_and_finishes_the_waiting_ones()
    {
        using var open = new ManualResetEventSlim();
        var first = _writer.RunAsync(() =>
        {
            open.Wait();
            return InsertAsync(1);
        });
        var waiting = _writer.RunAsync(() => InsertAsync(2));
        _writer.Dispose();
        await Assert.ThrowsAsync<InvalidOperationException>(() => _writer.RunAsync(() => InsertAsync(3)));
        open.Set();
        await Task.WhenAll(first, waiting);
        Assert.Equal(2L, Execute("SELECT count(*) FROM Written"));
    }

    /// <returns>The exception of each write, or null if the write succeeded.</returns>
    private async Task<Exception?[]> TogetherAsync(Func<Task>[] writes)
    {
        using var open = new ManualResetEventSlim();
        var first = _writer.RunAsync(() =>
        {
            open.Wait();
            return Task.CompletedTask;
        });
        var waiting = writes.Select(w => _writer.RunAsync(w)).ToList();
        open.Set();
        await first;
        return await Task.WhenAll(
            waiting.Select(async w =>
            {
                try
                {
                    await w;
                    return null;
                }
                catch (Exception e)
                {
                    return (Exception?)e;
                }
            })
        );
    }

    private Task InsertAsync(int number)
    {
        Execute($"INSERT INTO Written VALUES ({number})");
        return Task.CompletedTask;
    }

    private object? Execute(string sql)
    {
        using var connection = _database.OpenConnection();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }
}
