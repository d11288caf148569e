using System.Collections.Immutable;
using ConsultHub.Audit;
using ConsultHub.Storage;
using ConsultHub.Tests.Backups;

namespace ConsultHub.Tests.Audit;

public sealed class AuditGrainTests
{
    private static readonly DateOnly Day = new(2026, 11, 28);
    private static readonly DateTimeOffset Morning = new(Day, new TimeOnly(8, 0), TimeSpan.Zero);
    private static readonly AuditQuery All = new(100, DateTimeOffset.MinValue, new(DateTimeOffset.MaxValue, Guid.Empty));
    private const string Secret = "192.0.2.77-of-somebody";

    private static AuditRow Row(int minute = 0) =>
        new(Guid.NewGuid(), Morning.AddMinutes(minute), AuditKinds.Refused, "cases.read") { Person = new("p-mariam"), Address = Secret };

    private static IAuditGrain Grain(TestHub hub, DateOnly? day = null) =>
        hub.Grains.GetGrain<IAuditGrain>(AuditRules.KeyOf("ehs", day ?? Day, "n-3"));

    [Fact]
    public async Task Rows_are_found_newest_first_after_a_restart_and_a_row_with_a_higher_count_replaces_the_earlier_one()
    {
        var folder = TestHub.NewFolder();
        var (first, second) = (Row(), Row(1));
        await using (var hub = await TestHub.StartAsync(folder))
        {
            await Grain(hub).WriteAsync(Guid.NewGuid(), [first]);
            Assert.Equal([first], await Grain(hub).SearchAsync(All));
            await Grain(hub).WriteAsync(Guid.NewGuid(), [second]);
            await Grain(hub).WriteAsync(Guid.NewGuid(), [first with { Count = 7, LastAt = Morning.AddSeconds(30) }]);
        }
        await using (var hub = await TestHub.StartAsync(folder))
            Assert.Equal([second, first with { Count = 7, LastAt = Morning.AddSeconds(30) }], await Grain(hub).SearchAsync(All));
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_batch_that_is_sent_again_is_stored_once()
    {
        await using var hub = await TestHub.StartAsync();
        var (batch, key) = (Guid.NewGuid(), AuditRules.KeyOf("ehs", Day, "n-4"));
        ImmutableArray<AuditRow> full = [.. Enumerable.Range(0, AuditRules.MostTaken).Select(i => Row(i % 60))];
        for (var i = 0; i < 2; i++)
            await hub.Grains.GetGrain<IAuditGrain>(key).WriteAsync(batch, full);
        // If the second copy were stored too, half of the day's refusals would be used up one batch earlier.
        for (var i = 1; i < AuditRules.MostRefused / AuditRules.MostTaken; i++)
            await hub.Grains.GetGrain<IAuditGrain>(key).WriteAsync(Guid.NewGuid(), [.. full.Select(r => r with { Id = Guid.NewGuid() })]);
        Assert.Empty(await hub.Grains.GetGrain<IAuditGrain>(key).SearchAsync(All with { Kind = AuditKinds.Dropped }));
        await hub.Grains.GetGrain<IAuditGrain>(key).WriteAsync(Guid.NewGuid(), [Row(), Row() with { Count = 4 }]);
        var missing = Assert.Single(await hub.Grains.GetGrain<IAuditGrain>(key).SearchAsync(All with { Kind = AuditKinds.Dropped }));
        Assert.Equal(5, missing.Count);
    }

    [Fact]
    public async Task Old_days_are_erased_from_the_database_and_the_chain_of_rows_stays_whole()
    {
        await using var place = await BackupPlace.NewAsync("SQLite");
        var folder = place.Data("");
        await using (var hub = await TestHub.StartAsync(folder))
        {
            foreach (var day in (DateOnly[])[Day.AddDays(-2), Day.AddDays(-1), Day])
                await Grain(hub, day).WriteAsync(Guid.NewGuid(), [Row(), Row(1)]);
            Assert.True(await HasSecretAsync(folder) == 3);
            var days = hub.Grains.GetGrain<IAuditDaysGrain>("ehs/days");
            while (!await days.EraseBeforeAsync(Day)) { }
            Assert.Equal([Day], (await days.ListAsync(DateOnly.MinValue, DateOnly.MaxValue)).Select(d => d.Day));
            Assert.Empty(await Grain(hub, Day.AddDays(-1)).SearchAsync(All));
            Assert.Equal(2, (await Grain(hub).SearchAsync(All)).Length);
            Assert.Equal(1, await HasSecretAsync(folder));
            await Grain(hub, Day.AddDays(-1)).WriteAsync(Guid.NewGuid(), [Row()]); // a late row of an erased day
            Assert.Empty(await Grain(hub, Day.AddDays(-1)).SearchAsync(All));
        }
        await using (var hub = await TestHub.StartAsync(folder))
            Assert.Empty(await Grain(hub, Day.AddDays(-2)).SearchAsync(All));
        Assert.Contains("2 texts were erased", await place.DoneAsync("verify"), StringComparison.Ordinal);
    }

    /// <summary>In how many stored rows the address is.</summary>
    private static async Task<long> HasSecretAsync(string folder)
    {
        using var database = new SqliteDataSource(folder);
        await using var connection = database.OpenConnection();
        await using var command = connection.CreateCommand();
        command.CommandText =
            "SELECT count(*) FROM OrleansStorage WHERE GrainTypeString LIKE 'audit%' AND instr(PayloadBinary, CAST(@secret AS BLOB)) > 0";
        var secret = command.CreateParameter();
        (secret.ParameterName, secret.Value) = ("@secret", Secret);
        command.Parameters.Add(secret);
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
