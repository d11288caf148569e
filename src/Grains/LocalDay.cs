namespace ConsultHub;

/// <summary>Days of a calendar as instants in a time zone.</summary>
public static class LocalDay
{
    /// <summary>
    /// The first instant of a day, as UTC. If the day has no midnight in the zone, it starts at the first quarter of an hour that exists
    /// after midnight. If that midnight occurs twice, the day starts at the second one.
    /// </summary>
    public static DateTimeOffset StartOf(DateOnly day, TimeZoneInfo zone)
    {
        var local = day.ToDateTime(TimeOnly.MinValue);
        while (zone.IsInvalidTime(local))
            local = local.AddMinutes(15);
        return new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime();
    }

    /// <summary>The first instant after a day, as UTC.</summary>
    public static DateTimeOffset EndOf(DateOnly day, TimeZoneInfo zone) => StartOf(day.AddDays(1), zone);

    /// <summary>The day of an instant.</summary>
    public static DateOnly Of(DateTimeOffset instant, TimeZoneInfo zone) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, zone).DateTime);
}
