using ConsultHub.Consultants;
using ConsultHub.Scorecards;

namespace ConsultHub.Tests.Scorecards;

/// <summary>How days at a network are counted.</summary>
public sealed class DaysAbroadTests
{
    private static readonly TimeZoneInfo Dubai = TimeZoneInfo.FindSystemTimeZoneById("Asia/Dubai");

    /// <summary>Times of the clock in Dubai, which is four hours before UTC.</summary>
    private static Visit Stay(string from, string to, bool remote = false, string network = "ehs") =>
        new(new("v"), new(network), At(from), At(to), remote);

    private static DateTimeOffset At(string local) =>
        new(DateTime.Parse(local, System.Globalization.CultureInfo.InvariantCulture), TimeSpan.FromHours(4));

    private static (int, int) Count(params Visit[] visits)
    {
        var days = DaysAbroad.Of(visits, new("ehs"), Dubai, new(2026, 3, 1), new(2026, 3, 31));
        return (days.OnSite, days.Remote);
    }

    [Fact]
    public void The_days_of_arrival_and_departure_count_in_the_zone_of_the_network()
    {
        Assert.Equal((3, 0), Count(Stay("2026-03-10 23:30", "2026-03-12 00:30")));
        Assert.Equal((2, 0), Count(Stay("2026-03-10 23:30", "2026-03-12 00:00")));
        Assert.Equal((1, 0), Count(Stay("2026-03-10 08:00", "2026-03-10 18:00")));
    }

    [Fact]
    public void A_visit_is_cut_to_the_period()
    {
        Assert.Equal((31, 0), Count(Stay("2026-01-01 08:00", "2026-12-01 08:00")));
        Assert.Equal((2, 0), Count(Stay("2026-02-20 08:00", "2026-03-02 08:00")));
        Assert.Equal((0, 0), Count(Stay("2026-02-20 08:00", "2026-02-28 08:00"), Stay("2026-04-01 00:00", "2026-04-09 08:00")));
    }

    [Fact]
    public void A_day_counts_once_and_remote_days_count_apart()
    {
        Assert.Equal((3, 0), Count(Stay("2026-03-10 08:00", "2026-03-11 09:00"), Stay("2026-03-11 12:00", "2026-03-12 09:00")));
        Assert.Equal((1, 2), Count(Stay("2026-03-10 08:00", "2026-03-10 09:00"), Stay("2026-03-10 12:00", "2026-03-11 09:00", true)));
        Assert.Equal((0, 0), Count(Stay("2026-03-10 08:00", "2026-03-10 09:00", network: "other")));
    }
}
