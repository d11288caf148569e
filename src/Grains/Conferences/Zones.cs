namespace ConsultHub.Conferences;

/// <summary>
/// The time zone of a programme before and after a change. People read a programme in local time. If the time zone is corrected and the
/// local time of a session stays the same, the session has not moved for them.
/// </summary>
/// <param name="Before">The IANA zone before the change.</param>
/// <param name="After">The IANA zone after the change.</param>
internal readonly record struct Zones(string Before, string After)
{
    public bool Differ => Before != After;

    /// <summary>Whether two times are the same instant, or the same local time in their zones.</summary>
    public bool Agree(DateTimeOffset? before, DateTimeOffset? after) =>
        before == after || (Differ && before is { } a && after is { } b && Clock(a, Before) == Clock(b, After));

    /// <summary>Returns the instant at which the local time in the new zone is the same as it was in the old zone.</summary>
    public DateTimeOffset? Correct(DateTimeOffset? before)
    {
        if (before is not { } at || !Differ)
            return before;
        var (clock, zone) = (Clock(at, Before), TimeZoneInfo.FindSystemTimeZoneById(After));
        // A time that the new zone skips in spring becomes one hour later.
        if (zone.IsInvalidTime(clock))
            clock = clock.AddHours(1);
        return new DateTimeOffset(clock, zone.GetUtcOffset(clock)).ToUniversalTime();
    }

    private static DateTime Clock(DateTimeOffset at, string zone) =>
        TimeZoneInfo.ConvertTime(at, TimeZoneInfo.FindSystemTimeZoneById(zone)).DateTime;
}
