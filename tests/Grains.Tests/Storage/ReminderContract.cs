using Orleans.Runtime;

namespace ConsultHub.Tests.Storage;

/// <summary>The behaviour of storage that the reminders of authorities rely on, for every supported database.</summary>
public sealed class ReminderContract
{
    private static readonly DateTime Start = new(2026, 11, 23, 6, 30, 15, 250, DateTimeKind.Utc);
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    [Theory, MemberData(nameof(StorageFactory.All), MemberType = typeof(StorageFactory))]
    public async Task A_reminder_survives_a_restart(StorageFactory database)
    {
        await using var hub = await database.NewAsync();
        await hub.Reminders.UpsertRow(Reminder("ehs/2026-W48"));

        await hub.ReopenAsync();

        var read = await hub.Reminders.ReadRow(Grain("ehs/2026-W48"), "reconcile");
        Assert.NotNull(read);
        Assert.Equal((Start, DateTimeKind.Utc, Period), (read.StartAt, read.StartAt.Kind, read.Period));
    }

    [Theory, MemberData(nameof(StorageFactory.All), MemberType = typeof(StorageFactory))]
    public async Task A_reminder_is_removed_only_if_the_given_version_is_the_newest(StorageFactory database)
    {
        await using var hub = await database.NewAsync();
        var stale = await hub.Reminders.UpsertRow(Reminder("ehs/2026-W48"));
        var newest = await hub.Reminders.UpsertRow(Reminder("ehs/2026-W48"));

        Assert.False(await hub.Reminders.RemoveRow(Grain("ehs/2026-W48"), "reconcile", stale!));
        Assert.True(await hub.Reminders.RemoveRow(Grain("ehs/2026-W48"), "reconcile", newest!));
        Assert.Null(await hub.Reminders.ReadRow(Grain("ehs/2026-W48"), "reconcile"));
    }

    [Theory, MemberData(nameof(StorageFactory.All), MemberType = typeof(StorageFactory))]
    public async Task Two_ranges_that_together_cover_all_hashes_contain_every_reminder_exactly_once(StorageFactory database)
    {
        await using var hub = await database.NewAsync();
        var keys = Enumerable.Range(1, 52).Select(week => $"ehs/2026-W{week:00}").ToHashSet();
        foreach (var key in keys)
            await hub.Reminders.UpsertRow(Reminder(key));

        foreach (var (begin, end) in new (uint, uint)[] { (0, uint.MaxValue / 2), (7, 0x9000_0000), (0xF000_0000, 0x1000_0000) })
        {
            string[] found = [.. await KeysAsync(hub, begin, end), .. await KeysAsync(hub, end, begin)];
            Assert.Equal(keys.Order(), found.Order());
        }
    }

    private static async Task<IEnumerable<string>> KeysAsync(StoredHub hub, uint begin, uint end) =>
        (await hub.Reminders.ReadRows(begin, end)).Reminders.Select(r => r.GrainId.Key.ToString()!);

    private static GrainId Grain(string key) => GrainId.Create("roster", key);

    private static ReminderEntry Reminder(string key) =>
        new()
        {
            GrainId = Grain(key),
            ReminderName = "reconcile",
            StartAt = Start,
            Period = Period,
        };
}
