using ConsultHub.Hospitals;
using ConsultHub.Networks;
using ConsultHub.Rostering;
using ConsultHub.Tests.Rostering;
using static ConsultHub.Tests.Rostering.RosterWorld;

namespace ConsultHub.Tests.Records;

/// <summary>Working hours, the hours of Fridays and of Ramadan, holidays, and estimated travel times.</summary>
public sealed class CalendarTests
{
    private static readonly TimeZoneInfo Dubai = TimeZoneInfo.FindSystemTimeZoneById("Asia/Dubai");

    /// <summary>Ramadan of 1448 begins at about the 8th of February 2027 and ends at about the 9th of March.</summary>
    private static readonly DateOnly Ramadan = new(2027, 2, 8),
        EidEve = new(2027, 3, 9);

    private static readonly DayOfWeek[] Weekdays = [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday];

    private static readonly Hospital Known = NewHospital(North) with
    {
        Hours =
        [
            .. Weekdays.Select(day => new WorkingHours(day, new(7, 30), new(15, 30))),
            new(DayOfWeek.Friday, new(7, 30), new(12, 0)),
            .. Weekdays.Select(day => new WorkingHours(day, new(9, 0), new(14, 30), Ramadan, EidEve)),
            new(DayOfWeek.Friday, new(9, 0), new(11, 30), Ramadan, EidEve),
        ],
        Holidays = [new(new(2027, 3, 10), new(2027, 3, 12), "Eid al-Fitr"), new(new(2026, 12, 2), new(2026, 12, 3), "National day")],
    };

    /// <summary>Whether a period of local time is within the hours.</summary>
    private static bool Within(string from, string to, Hospital? hospital = null, TimeZoneInfo? zone = null)
    {
        DateTimeOffset At(string local)
        {
            var time = DateTime.Parse(local, System.Globalization.CultureInfo.InvariantCulture);
            return new(time, (zone ?? Dubai).GetUtcOffset(time));
        }
        return PlacementRules.WithinHours(hospital ?? Known, zone ?? Dubai, At(from), At(to));
    }

    [Theory]
    [InlineData("2026-11-24 07:30", "2026-11-24 15:30", true)] // Tuesday
    [InlineData("2026-11-24 07:29", "2026-11-24 09:00", false)]
    [InlineData("2026-11-24 15:00", "2026-11-24 15:31", false)]
    [InlineData("2026-11-27 08:00", "2026-11-27 12:00", true)] // Friday
    [InlineData("2026-11-27 11:30", "2026-11-27 12:01", false)] // the prayer at noon
    [InlineData("2026-11-28 10:00", "2026-11-28 11:00", false)] // Saturday
    [InlineData("2026-12-02 10:00", "2026-12-02 11:00", false)] // National day, Wednesday
    [InlineData("2026-12-03 10:00", "2026-12-03 11:00", false)]
    [InlineData("2026-12-04 10:00", "2026-12-04 11:00", true)]
    [InlineData("2027-02-08 08:00", "2027-02-08 08:30", false)] // the first day of Ramadan, Monday
    [InlineData("2027-02-08 09:00", "2027-02-08 14:30", true)]
    [InlineData("2027-03-09 14:00", "2027-03-09 15:00", false)] // the last day of Ramadan
    [InlineData("2027-02-12 11:00", "2027-02-12 12:00", false)] // a Friday in Ramadan
    [InlineData("2027-03-10 10:00", "2027-03-10 11:00", false)] // the feast
    [InlineData("2027-03-15 08:00", "2027-03-15 15:30", true)] // after it
    [InlineData("2026-11-24 23:00", "2026-11-25 08:00", false)] // over midnight
    public void Hours_apply_by_the_day_of_the_week_and_those_with_dates_come_first_and_a_holiday_has_none(
        string from,
        string to,
        bool within
    ) => Assert.Equal(within, Within(from, to));

    [Fact]
    public void A_hospital_without_hours_is_always_open_except_on_holidays()
    {
        var open = Known with { Hours = [] };
        Assert.True(Within("2026-11-28 23:00", "2026-11-29 05:00", open));
        Assert.False(Within("2026-12-02 23:00", "2026-12-03 00:00", open));
        Assert.True(Within("2026-12-02 23:00", "2026-12-03 00:00", open with { Holidays = [] }));
    }

    [Fact]
    public void Hours_are_local_time_also_when_the_clocks_change()
    {
        var paris = TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris");
        var sunday = Known with { Hours = [new(DayOfWeek.Sunday, new(8, 0), new(12, 0))] };
        // Summer time begins on the 28th of March 2027.
        Assert.True(Within("2027-03-21 08:00", "2027-03-21 12:00", sunday, paris));
        Assert.True(Within("2027-03-28 08:00", "2027-03-28 12:00", sunday, paris));
        Assert.False(Within("2027-03-28 07:00", "2027-03-28 08:00", sunday, paris));
    }

    private static Hospital At(double? latitude, double? longitude) => Known with { Latitude = latitude, Longitude = longitude };

    [Fact]
    public void A_travel_time_is_estimated_from_the_distance_and_rounded_up_to_five_minutes()
    {
        // One degree of latitude is 111.2 km, so the way is 144.6 km or 123.9 minutes.
        Assert.Equal(125, TravelEstimate.Minutes(At(25, 55), At(26, 55)));
        Assert.Equal(125, TravelEstimate.Minutes(At(26, 55), At(25, 55)));
        // At a latitude of 60 degrees, a degree of longitude is half as long.
        Assert.Equal(65, TravelEstimate.Minutes(At(60, 0), At(60, 1)));
        Assert.Equal(5, TravelEstimate.Minutes(At(25, 55), At(25, 55)));
        Assert.Null(TravelEstimate.Minutes(At(25, 55), At(null, null)));
    }

    [Fact]
    public void A_travel_time_that_somebody_has_entered_counts_instead_of_the_estimate()
    {
        var world = new RosterWorld();
        world.Network = world.Network with { Travel = [] };
        Assert.Equal(0, world.Facts().TravelMinutes(North, South)); // nobody knows where the hospitals are
        world.Hospitals[North] = world.Hospitals[North] with { Latitude = 25, Longitude = 55 };
        world.Hospitals[South] = world.Hospitals[South] with { Latitude = 26, Longitude = 55 };
        Assert.Equal(125, world.Facts().TravelMinutes(North, South));
        world.Network = world.Network with { Travel = [new(South, North, 90)] };
        Assert.Equal(
            (90, 90, 0),
            (
                world.Facts().TravelMinutes(North, South),
                world.Facts().TravelMinutes(South, North),
                world.Facts().TravelMinutes(North, North)
            )
        );
        world.Network = world.Network with { Travel = [new(South, North, 0)] };
        Assert.Equal(0, world.Facts().TravelMinutes(North, South));
    }

    [Fact]
    public async Task A_roster_estimates_the_way_from_an_engagement_that_it_has_known_since_before_a_restart()
    {
        var folder = TestHub.NewFolder();
        var now = Eight.AddDays(-1);
        async Task PlaceAsync(RosterHub hub, HospitalId id, double latitude) =>
            await Place.PutAsync(hub.Hospital(id), NewHospital(id).Profile with { Latitude = latitude, Longitude = 55 });
        await using (var hub = await RosterHub.StartAsync(folder))
        {
            await Place.RemoveAsync(hub.Network, new TravelTime(North, South, 60));
            await PlaceAsync(hub, North, 25);
            await PlaceAsync(hub, South, 26);
            await hub.DoneAsync(Plan("south", Kim, room: One, hospital: South));
        }
        await using (var hub = await RosterHub.StartAsync(folder, seed: false))
            Assert.Equal(["roster.travel"], await hub.RefusedAsync(Plan("north", Kim, at: 2, room: One)));
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void A_hospital_whose_hours_all_have_dates_is_closed_for_the_rest_unless_the_dates_cover_all_days()
    {
        bool Otherwise(params (DateOnly? From, DateOnly? Until)[] periods) =>
            OpenHours.IsClosedOtherwise(
                Known with
                {
                    Hours = [.. periods.Select(p => new WorkingHours(DayOfWeek.Monday, new(9, 0), new(14, 0), p.From, p.Until))],
                }
            );
        Assert.False(Otherwise());
        Assert.False(Otherwise((null, null)));
        Assert.False(Otherwise((Ramadan, EidEve), (null, null)));
        Assert.True(Otherwise((Ramadan, EidEve)));
        Assert.True(Otherwise((null, EidEve)));
        Assert.True(Otherwise((Ramadan, null)));
        Assert.False(Otherwise((EidEve.AddDays(1), null), (null, EidEve)));
        Assert.True(Otherwise((EidEve.AddDays(2), null), (null, EidEve)));
        Assert.False(Otherwise((null, DateOnly.MaxValue)));
    }
}
