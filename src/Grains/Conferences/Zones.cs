namespace ConsultHub.Conferences;

/// <summary>
/// The time zone of a programme before and after a change. People read a programme in local time. A corrected time zone is therefore no
/// move for them, as long as the local time stays the same.
/// </summary>
/// <param name="Before">IANA.</param>
/// <param name="After">IANA.</param>
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
