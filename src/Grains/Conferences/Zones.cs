namespace ConsultHub.Conferences;

/// <summary>The zone of a programme before and after a change. People read a programme by the clock of the place, so a corrected zone moves
/// nothing for them.</summary>
/// <param name="Before">IANA.</param>
/// <param name="After">IANA.</param>
internal readonly record struct Zones(string Before, string After)
{
    public bool Differ => Before != After;

    /// <summary>Whether two times are the same instant, or the same time of the clock each in its own zone.</summary>
    public bool Agree(DateTimeOffset? before, DateTimeOffset? after) =>
        before == after || (Differ && before is { } a && after is { } b && Clock(a, Before) == Clock(b, After));

    /// <summary>The instant at which the clock shows in the new zone what it showed in the old one.</summary>
    public DateTimeOffset? Correct(DateTimeOffset? before)
    {
        if (before is not { } at || !Differ)
            return before;
        var (clock, zone) = (Clock(at, Before), TimeZoneInfo.FindSystemTimeZoneById(After));
        // A time that the new zone leaves out in spring is told an hour later.
        if (zone.IsInvalidTime(clock))
            clock = clock.AddHours(1);
        return new DateTimeOffset(clock, zone.GetUtcOffset(clock)).ToUniversalTime();
    }

    private static DateTime Clock(DateTimeOffset at, string zone) =>
        TimeZoneInfo.ConvertTime(at, TimeZoneInfo.FindSystemTimeZoneById(zone)).DateTime;
}
