using ConsultHub.Consultants;

namespace ConsultHub.Scorecards;

/// <summary>On how many days of a period somebody was at a network.</summary>
/// <param name="OnSite">Days with a visit on site.</param>
/// <param name="Remote">Days with a remote visit. A day can be in both numbers.</param>
public readonly record struct DaysAbroad(int OnSite, int Remote)
{
    /// <summary>
    /// Counts days of the calendar of the zone, each once: from the day of the arrival to the day of the departure, both included. A visit
    /// that goes on before or after the period is cut to it. A departure at midnight does not take the day that begins then. Pure.
    /// </summary>
    public static DaysAbroad Of(IEnumerable<Visit> visits, NetworkId network, TimeZoneInfo zone, DateOnly from, DateOnly to)
    {
        HashSet<DateOnly> onSite = [],
            remote = [];
        foreach (var visit in visits.Where(v => v.Network == network))
        {
            var (first, last) = (DayOf(visit.Arrival), DayOf(visit.Departure.AddTicks(-1)));
            for (var day = first < from ? from : first; day <= last && day <= to; day = day.AddDays(1))
                (visit.Remote ? remote : onSite).Add(day);
        }
        return new(onSite.Count, remote.Count);

        DateOnly DayOf(DateTimeOffset instant) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, zone).DateTime);
    }
}
