using ConsultHub.Rostering;
using ConsultHub.Silo.Demo;
using ConsultHub.Tests.Rostering;
using static ConsultHub.Tests.Rostering.RosterWorld;

namespace ConsultHub.Tests.Demo;

/// <summary>Tests the simulated day while several callers drive it at once.</summary>
public sealed class DemoDayTests
{
    private static IDemoDayGrain Day(RosterHub hub) => hub.Grains.GetGrain<IDemoDayGrain>("ehs");

    private static Task DriveAsync(RosterHub hub) => Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Day(hub).TickAsync()));

    /// <summary>Counts the engagements that have begun. Each step begins one of the engagements that are due.</summary>
    private static async Task<int> BegunAsync(RosterHub hub)
    {
        var begun = 0;
        foreach (var id in (string[])["a", "b", "c"])
            if ((await hub.GetAsync(id)).Status == EngagementStatus.InProgress)
                begun++;
        return begun;
    }

    [Fact]
    public async Task The_demo_day_makes_one_change_per_interval_however_many_callers_drive_it_and_goes_on_after_a_restart()
    {
        var folder = TestHub.NewFolder();
        await using (var hub = await RosterHub.StartAsync(folder))
        {
            await hub.DoneAsync(Plan("a", Kim, at: 0, hours: 4, room: One));
            await hub.DoneAsync(Plan("b", Lee, at: 0, hours: 4, room: Two));
            await hub.DoneAsync(Plan("c", Park, at: 0, hours: 4, hospital: South));
            hub.Clock.Advance(TimeSpan.FromDays(1) + TimeSpan.FromMinutes(5));
            await DriveAsync(hub);
            Assert.Equal((false, 0), (await Day(hub).IsRunningAsync(), await BegunAsync(hub)));
            await Day(hub).SwitchAsync(true);
            await DriveAsync(hub);
            await DriveAsync(hub);
            Assert.Equal((true, 1), (await Day(hub).IsRunningAsync(), await BegunAsync(hub)));
            hub.Clock.Advance(TimeSpan.FromSeconds(7));
            await DriveAsync(hub);
            Assert.Equal(2, await BegunAsync(hub));
        }
        await using var again = await RosterHub.StartAsync(folder, Eight.AddMinutes(6), seed: false);
        await DriveAsync(again);
        Assert.Equal(3, await BegunAsync(again));
        await Day(again).SwitchAsync(false);
        Assert.False(await Day(again).IsRunningAsync());
        again.Clock.Advance(TimeSpan.FromHours(5));
        await DriveAsync(again);
        Assert.Equal(3, await BegunAsync(again)); // nothing is completed after the demo day was switched off
    }
}
