namespace ConsultHub.Conferences.Import;

/// <summary>The zone of a calendar: a zone that the machine knows, or a zone whose changes of offset the file lists.</summary>
internal sealed class CalendarZone
{
    private readonly List<(DateTime Local, TimeSpan From, TimeSpan To)> _changes = [];

    public CalendarZone(TimeZoneInfo known) => Known = known;

    public CalendarZone(IEnumerable<(DateTime Local, TimeSpan From, TimeSpan To)> changes) => _changes = [.. changes.OrderBy(c => c.Local)];

    /// <summary>The zone that the machine knows. Null for a zone that the file defines.</summary>
    public TimeZoneInfo? Known { get; }

    /// <summary>
    /// Returns the instant of a local time (RFC 5545, 3.3.5). For a time that the clocks skip, the offset before the change is used. For a
    /// time that the clocks repeat, the first of the two instants is returned.
    /// </summary>
    public DateTimeOffset ToInstant(DateTime local)
    {
        if (Known is not null)
            return SourceTime.ToUtc(local, Known);
        var last = _changes.FindLastIndex(c => c.Local <= local);
        var offset =
            last < 0 ? _changes[0].From
            : local < _changes[last].Local + (_changes[last].To - _changes[last].From) ? _changes[last].From
            : _changes[last].To;
        return new DateTimeOffset(local, offset).ToUniversalTime();
    }

    /// <summary>Returns the local time of an instant.</summary>
    public DateTime ToLocal(DateTimeOffset instant)
    {
        if (Known is not null)
            return TimeZoneInfo.ConvertTime(instant, Known).DateTime;
        var utc = instant.UtcDateTime;
        var last = _changes.FindLastIndex(c => c.Local - c.From <= utc);
        return DateTime.SpecifyKind(utc + (last < 0 ? _changes[0].From : _changes[last].To), DateTimeKind.Unspecified);
    }
}

/// <summary>
/// Finds zones by the names that calendars use: IANA names, IANA names behind a vendor's prefix
/// (<c>/mozilla.org/20070129_1/Europe/Berlin</c>), and Windows names (Outlook's <c>Arabian Standard Time</c>). Other names must be defined
/// by a VTIMEZONE (RFC 5545, 3.6.5).
/// </summary>
internal sealed class CalendarZones
{
    private const int MostZones = 500,
        MostChanges = 1_000,
        MostRules = 1_000;
    private static readonly DateTime Horizon = new(2200, 1, 1);

    private readonly Dictionary<string, CalendarPart> _defined = [];
    private readonly Dictionary<string, CalendarZone?> _found = [];
    private int _rules;

    /// <summary>Collects the zones that calendars define.</summary>
    /// <exception cref="ImportFaultException">The calendars define too many zones.</exception>
    public CalendarZones(IEnumerable<CalendarPart> calendars)
    {
        foreach (var zone in calendars.SelectMany(c => c.Parts).Where(p => p.Name == "VTIMEZONE"))
            if (zone.First("TZID") is { } id && _defined.TryAdd(id.Value.Trim(), zone) && _defined.Count > MostZones)
                throw new ImportFaultException(FaultSentences.TooManyZones, zone.Place, ("most", MostZones));
    }

    /// <summary>Finds a zone by its name.</summary>
    /// <returns>Null if neither the machine nor the file knows the zone.</returns>
    public CalendarZone? Find(string name)
    {
        name = name.Trim();
        if (!_found.TryGetValue(name, out var zone))
            _found[name] = zone = Known(name) is { } known ? new CalendarZone(known) : Defined(name);
        return zone;
    }

    /// <summary>Finds a zone that the machine knows.</summary>
    public static TimeZoneInfo? Known(string name)
    {
        if (SessionTimes.ZoneNamed(name) is { } plain)
            return plain;
        // An IANA name can follow a prefix. The prefix is removed part by part until the rest is the name of a zone.
        for (var at = name.IndexOfAny(['/', '_']); at >= 0; at = name.IndexOfAny(['/', '_'], at + 1))
            if (name[(at + 1)..] is var rest && rest.Contains('/') && SessionTimes.ZoneNamed(rest) is { } behind)
                return behind;
        return name.Length <= 60 && TimeZoneInfo.TryConvertWindowsIdToIanaId(name, out var iana) ? SessionTimes.ZoneNamed(iana) : null;
    }

    private CalendarZone? Defined(string name)
    {
        if (!_defined.TryGetValue(name, out var zone))
            return null;
        if (zone.First("X-LIC-LOCATION") is { } place && SessionTimes.ZoneNamed(place.Value.Trim()) is { } known)
            return new CalendarZone(known);
        var changes = zone.Parts.SelectMany(Changes).Take(MostChanges * 4).ToList();
        return changes.Count == 0 ? null : new CalendarZone(changes);
    }

    private IEnumerable<(DateTime Local, TimeSpan From, TimeSpan To)> Changes(CalendarPart observance)
    {
        if (
            CalendarValues.Offset(observance.First("TZOFFSETFROM")?.Value) is not { } from
            || CalendarValues.Offset(observance.First("TZOFFSETTO")?.Value) is not { } to
            || CalendarValues.Local(observance.First("DTSTART")?.Value) is not { } first
        )
            yield break;
        yield return (first, from, to);
        foreach (var rule in observance.All("RRULE"))
        {
            // Every rule costs computing time, even if it gives no changes.
            if (++_rules > MostRules)
                throw new ImportFaultException(FaultSentences.TooManyRecurrencesZones, rule.Place, ("most", MostRules));
            var dates = CalendarRule.Parse(rule.Value) is { } parsed
                ? parsed.From(first, until => until.Kind == DateTimeKind.Utc ? until + from : until, MostChanges)
                : [];
            foreach (var date in dates.TakeWhile(d => d < Horizon).Skip(1))
                yield return (date, from, to);
        }
        foreach (
            var date in observance
                .All("RDATE")
                .SelectMany(d => d.Value.Split(','))
                .Take(MostChanges)
                .Select(CalendarValues.Local)
                .OfType<DateTime>()
        )
            yield return (date, from, to);
    }
}
