using ConsultHub.Silo;
using ConsultHub.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ConsultHub.Tests.Storage;

/// <summary>Tests what happens to the data path before Orleans starts, and what prevents the start.</summary>
public sealed class SqliteStartTests : IDisposable
{
    private readonly string _folder = TestHub.NewFolder();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Applying_the_schema_again_changes_nothing()
    {
        using var database = new SqliteDataSource(_folder);
        HubSchema.Sqlite.Apply(database);
        var before = Tables(database);
        HubSchema.Sqlite.Apply(database);
        Assert.Equal(before, Tables(database));
        Assert.Equal((long)HubSchema.Sqlite.Steps.Length, Scalar(database, "SELECT count(*) FROM HubSchema"));
    }

    [Fact]
    public async Task Processes_that_start_at_the_same_time_apply_the_schema_only_once()
    {
        using var start = new Barrier(4);
        await Task.WhenAll(
            Enumerable
                .Range(0, 4)
                .Select(_ =>
                    Task.Factory.StartNew(
                        () =>
                        {
                            using var database = new SqliteDataSource(_folder);
                            start.SignalAndWait();
                            HubSchema.Sqlite.Apply(database);
                        },
                        default,
                        TaskCreationOptions.LongRunning,
                        TaskScheduler.Default
                    )
                )
        );
        using var database = new SqliteDataSource(_folder);
        Assert.Equal((long)HubSchema.Sqlite.Steps.Length, Scalar(database, "SELECT count(*) FROM HubSchema"));
    }

    [Fact]
    public void An_older_database_gets_the_schema_steps_that_it_lacks()
    {
        using var database = new SqliteDataSource(_folder);
        HubSchema.Sqlite.Apply(database);
        var next = HubSchema.Sqlite with { Steps = HubSchema.Sqlite.Steps.Add("CREATE TABLE Added (Id INTEGER);") };
        next.Apply(database);
        Assert.Equal(0L, Scalar(database, "SELECT count(*) FROM Added"));
    }

    [Fact]
    public void A_schema_step_that_fails_leaves_the_database_unchanged()
    {
        using var database = new SqliteDataSource(_folder);
        HubSchema.Sqlite.Apply(database);
        var before = Tables(database);
        var broken = HubSchema.Sqlite with
        {
            Steps = HubSchema.Sqlite.Steps.Add("CREATE TABLE Added (Id INTEGER); CREATE TABLE HubSchema (x);"),
        };
        Assert.ThrowsAny<Exception>(() => broken.Apply(database));
        Assert.Equal(before, Tables(database));
    }

    [Fact]
    public async Task A_database_that_is_newer_than_the_program_prevents_the_start()
    {
        using (var database = new SqliteDataSource(_folder))
        {
            HubSchema.Sqlite.Apply(database);
            Scalar(database, "INSERT INTO HubSchema VALUES (1000, '2099-01-01')");
        }
        var refused = await Assert.ThrowsAsync<StorageStartException>(() => TestHub.StartAsync(_folder));
        Assert.Contains("schema version 1000", refused.Message, StringComparison.Ordinal);
        Assert.Contains(_folder, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_not_a_database_prevents_the_start()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "hub.db"), new string('x', 5000));
        var refused = await Assert.ThrowsAsync<StorageStartException>(() => TestHub.StartAsync(_folder));
        Assert.Contains("Hub:DataPath", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_data_path_that_another_process_uses_is_refused()
    {
        using (File.Open(Path.Combine(_folder, "hub.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None))
        {
            var refused = await Assert.ThrowsAsync<StorageStartException>(() => DataPathLock.TakeAsync(_folder, TimeSpan.Zero, default));
            Assert.Contains(_folder, refused.Message, StringComparison.Ordinal);
        }
        using var taken = await DataPathLock.TakeAsync(_folder, TimeSpan.Zero, default);
    }

    [Fact]
    public void Each_commit_waits_for_the_disk()
    {
        using var database = new SqliteDataSource(_folder);
        HubSchema.Sqlite.Apply(database);
        Assert.Equal("wal", Scalar(database, "PRAGMA journal_mode"));
        const long full = 2;
        Assert.Equal(full, Scalar(database, "PRAGMA synchronous"));
    }

    [Theory]
    [InlineData("Hub:DataPath", " ")]
    [InlineData("Hub:Silo:SiloPort", "70000")]
    [InlineData("Hub:Silo:GatewayPort", "-1")]
    [InlineData("Hub:Silo:GatewayPort", "many")]
    [InlineData("Hub:Cluster:Provider", "oracle")]
    [InlineData("Hub:PublicUrl", "hub.example")]
    [InlineData("Hub:PublicUrl", "ftp://hub.example")]
    [InlineData("Hub:PublicUrl", "https://hub.example/below")]
    [InlineData("Hub:PublicUrl", "https://hub.example?x=1")]
    public async Task A_wrong_setting_prevents_the_start_and_is_named(string setting, string value)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Configuration["Hub:DataPath"] = _folder;
        builder.Configuration[setting] = value;
        builder.Logging.ClearProviders();
        builder.AddHubSilo();
        using var host = builder.Build();
        var refused = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync());
        Assert.Contains(setting, refused.Message, StringComparison.Ordinal);
    }

    private static object? Scalar(SqliteDataSource database, string sql)
    {
        using var connection = database.OpenConnection();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }

    private static object? Tables(SqliteDataSource database) => Scalar(database, "SELECT group_concat(sql, char(10)) FROM sqlite_schema");
}
