using System.Globalization;

namespace ConsultHub.Conferences.Import;

/// <summary>
/// Reads an iCalendar stream (RFC 5545, with NAME and CONFERENCE of RFC 7986) as a programme. A VEVENT becomes a session, and each time of
/// a recurring VEVENT becomes a session of its own. A session is identified by its UID. A time of a recurring event is identified by the
/// UID and its original local time, so that an update finds it again. Attendees with a name become speakers, unless they have declined or
/// do not take part. Email addresses are not read.
/// </summary>
internal sealed class CalendarFile
{
    private sealed record Entry(CalendarPart Part, string? Uid, CalendarProperty Start, string? RecurrenceId, int Sequence, bool Cancelled);

    private readonly SourceProgramme _programme = new();
    private readonly CalendarText _text;
    private readonly CalendarZones _zones;
    private readonly CalendarInstances _instances;
    private CalendarZone? _own;

    private CalendarFile(CalendarText text)
    {
        _text = text;
        _zones = new CalendarZones(text.Calendars);
        _instances = new CalendarInstances(_programme.Warnings);
    }

    public static SourceProgramme Read(Stream file, TimeZoneInfo? assumedZone) =>
        new CalendarFile(CalendarText.Read(file)).Read(assumedZone);

    private SourceProgramme Read(TimeZoneInfo? assumedZone)
    {
        string? Named(string name) => _text.Calendars.Select(c => c.First(name)?.Text).FirstOrDefault(t => !string.IsNullOrWhiteSpace(t));
        _programme.Title = Named("NAME") ?? Named("X-WR-CALNAME") ?? Named("X-WR-CALDESC");
        var events = _text
            .Calendars.SelectMany(c =>
                c.Parts.Where(p => p.Name == "VEVENT").Select(p => (p, c.First("METHOD")?.Value.Trim().ToUpperInvariant()))
            )
            .ToList();
        FindZone(Named("X-WR-TIMEZONE"), events.Select(e => e.p), assumedZone);
        if (!_text.IsUtf8)
            _programme.Warnings.Add(WarningSentences.Encoding, "line 1");
        foreach (var place in _text.BadLines)
            _programme.Warnings.AddThroughout(WarningSentences.BadLine, place);
        foreach (var place in _text.Others)
            _programme.Warnings.AddThroughout(WarningSentences.OtherEntry, place);
        var entries = Newest(events.Select(e => EntryOf(e.p, e.Item2)).OfType<Entry>());
        var exceptions = entries.Where(e => e.RecurrenceId is not null).ToLookup(e => e.Uid);
        var series = entries.Where(e => e.RecurrenceId is null).Select(e => e.Uid).ToHashSet();
        HashSet<Entry> used = [];
        foreach (var entry in entries.Where(e => e.RecurrenceId is null || !series.Contains(e.Uid)))
            AddAll(entry, entry.RecurrenceId is null ? exceptions[entry.Uid] : [], used);
        // If an entry changes one time of a series and the series no longer contains this time, the entry becomes a session of its own.
        foreach (var entry in entries.Where(e => e.RecurrenceId is not null && series.Contains(e.Uid) && !used.Contains(e)))
            AddAll(entry, [], used);
        return _programme;
    }

    /// <summary>Finds the zone that the calendar names, otherwise the zone of most entries, otherwise the assumed zone.</summary>
    private void FindZone(string? named, IEnumerable<CalendarPart> events, TimeZoneInfo? assumed)
    {
        var common = events
            .Select(e => e.First("DTSTART")?["TZID"])
            .OfType<string>()
            .GroupBy(z => z)
            .OrderByDescending(g => g.Count())
            .Select(g => g.Key)
            .FirstOrDefault();
        var zone = (named is null ? null : CalendarZones.Known(named)) ?? (common is null ? null : _zones.Find(common)?.Known);
        _programme.Zone = zone?.Id ?? named;
        _own =
            zone is not null ? new CalendarZone(zone)
            : assumed is not null ? new CalendarZone(assumed)
            : common is null ? null
            : _zones.Find(common);
    }

    private Entry? EntryOf(CalendarPart part, string? method)
    {
        var uid = part.First("UID")?.Text.Trim();
        if (method is not (null or "PUBLISH" or "REQUEST" or "ADD" or "CANCEL"))
        {
            _programme.Warnings.AddThroughout(WarningSentences.Message, part.Place);
            return null;
        }
        if (part.First("DTSTART") is not { } start)
        {
            if (method != "CANCEL")
                _programme.Warnings.Add(WarningSentences.BadTimeNone, part.Place);
            return null;
        }
        _ = int.TryParse(part.First("SEQUENCE")?.Value.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var sequence);
        var cancelled =
            method == "CANCEL" || string.Equals(part.First("STATUS")?.Value.Trim(), "CANCELLED", StringComparison.OrdinalIgnoreCase);
        return new Entry(
            part,
            string.IsNullOrEmpty(uid) ? null : uid,
            start,
            part.First("RECURRENCE-ID")?.Value.Trim(),
            sequence,
            cancelled
        );
    }

    /// <summary>
    /// Keeps only the newest state of each entry (RFC 5546, 2.1.5). If several entries have the same UID and the newest sequence, all are
    /// kept, because some feeds repeat UIDs.
    /// </summary>
    private List<Entry> Newest(IEnumerable<Entry> entries)
    {
        var all = entries.ToList();
        var newest = all.Where(e => e.Uid is not null)
            .GroupBy(e => (e.Uid, e.RecurrenceId))
            .ToDictionary(g => g.Key, g => g.Max(e => e.Sequence));
        foreach (var old in all.Where(e => e.Uid is not null && e.Sequence < newest[(e.Uid, e.RecurrenceId)]))
            _programme.Warnings.AddThroughout(WarningSentences.Superseded, old.Part.Place);
        return [.. all.Where(e => e.Uid is null || e.Sequence == newest[(e.Uid, e.RecurrenceId)])];
    }

    private void AddAll(Entry entry, IEnumerable<Entry> exceptions, HashSet<Entry> used)
    {
        var isDate = CalendarValues.IsDate(entry.Start);
        var zone = ZoneOf(entry.Start);
        if (CalendarValues.Local(entry.Start.Value) is not { } start)
        {
            Add(entry, null, null, null, zone, isDate);
            return;
        }
        var times = _instances.Of(entry.Part, start, isDate, zone);
        var instead = exceptions
            .GroupBy(e => LocalOf(e.Part.First("RECURRENCE-ID")!, zone))
            .Where(g => g.Key is not null)
            .ToDictionary(g => g.Key!.Value, g => g.First());
        var single = times.Count == 1 && entry.Part.First("RRULE") is null && instead.Count == 0;
        foreach (var time in times)
        {
            var name = single ? entry.RecurrenceId : time.Local.ToString("yyyyMMdd'T'HHmmss", CultureInfo.InvariantCulture);
            if (
                instead.TryGetValue(time.Local, out var changed)
                && used.Add(changed)
                && CalendarValues.Local(changed.Start.Value) is { } moved
            )
                Add(changed, name, moved, null, ZoneOf(changed.Start), CalendarValues.IsDate(changed.Start));
            else
                Add(entry, name, time.Local, time.Duration, zone, isDate);
        }
    }

    /// <summary>Returns the zone in which a time is written. Null if neither the time nor the calendar has a known zone.</summary>
    private CalendarZone? ZoneOf(CalendarProperty written)
    {
        if (written.Value.TrimEnd().EndsWith('Z'))
            return new CalendarZone(TimeZoneInfo.Utc);
        if (written["TZID"] is { } id)
        {
            if (_zones.Find(id) is { } zone)
                return zone;
            _programme.Warnings.Add(WarningSentences.UnknownZoneEntry, written.Place, ("name", PlainText.Line(id)));
        }
        else if (!CalendarValues.IsDate(written))
            _programme.Warnings.AddThroughout(WarningSentences.FloatingTime, written.Place);
        return _own;
    }

    private DateTime? LocalOf(CalendarProperty written, CalendarZone? zone)
    {
        if (CalendarValues.Local(written.Value) is not { } date)
            return null;
        if (date.Kind == DateTimeKind.Utc)
            return zone is null ? DateTime.SpecifyKind(date, DateTimeKind.Unspecified) : zone.ToLocal(new DateTimeOffset(date));
        return written["TZID"] is { } id && _zones.Find(id) is { } its && zone is not null && !CalendarValues.IsDate(written)
            ? zone.ToLocal(its.ToInstant(date))
            : date;
    }

    private void Add(Entry entry, string? instance, DateTime? local, TimeSpan? duration, CalendarZone? zone, bool isDate)
    {
        var part = entry.Part;
        string? Text(string name) => part.First(name)?.Text;
        var uid =
            entry.Uid is null ? null
            : instance is null ? entry.Uid
            : $"{entry.Uid}#{instance}";
        if (entry.Uid is null)
            _programme.Warnings.AddThroughout(WarningSentences.NoUid, part.Place);
        if (isDate)
            _programme.Warnings.AddThroughout(WarningSentences.AllDay, part.Place);
        if (part.First("RECURRENCE-ID")?["RANGE"] is not null)
            _programme.Warnings.Add(WarningSentences.RecurrenceCutChange, part.Place);
        var length = duration ?? LengthOf(part, entry.Start, isDate);
        _programme.Add(
            new SourceSession
            {
                Place = part.Place,
                Guid = uid,
                Date = local is { Year: > 1 and < 9999 } at ? Written(at, zone) : entry.Start.Value,
                Duration = string.Create(CultureInfo.InvariantCulture, $"{(int)length.TotalHours}:{length.Minutes:00}:{length.Seconds:00}"),
                Room = Text("LOCATION"),
                Title = Text("SUMMARY"),
                Track = Text("CATEGORIES")?.Split(',')[0],
                Abstract = Text("DESCRIPTION"),
                Url = Text("URL"),
                Cancelled = entry.Cancelled,
                Persons = [.. part.All("ATTENDEE").Where(Speaks).Select(a => ((string?)null, a["CN"]))],
                Links =
                [
                    .. part.All("ATTACH")
                        .Where(a => a["VALUE"] != "BINARY")
                        .Select(a => new SourceLink(a.Value, a["FILENAME"], null, true)),
                    .. part.All("CONFERENCE").Select(c => new SourceLink(c.Value, c["LABEL"], null, false)),
                ],
            }
        );
    }

    /// <summary>
    /// Whether an attendee is a named person who takes part. An attendee whose name contains an email address is left out, because the
    /// address is private.
    /// </summary>
    private static bool Speaks(CalendarProperty attendee) =>
        attendee["CN"] is { Length: > 0 } name
        && !name.Contains('@', StringComparison.Ordinal)
        && Is(attendee["CUTYPE"], "INDIVIDUAL")
        && !Is(attendee["ROLE"] ?? "", "NON-PARTICIPANT")
        && !Is(attendee["PARTSTAT"] ?? "", "DECLINED");

    private static bool Is(string? parameter, string value) =>
        parameter is null || string.Equals(parameter, value, StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// Writes a time in the notation of the other formats. If the calendar's own zone is known, the time is written in this zone. With the
    /// offset of another zone, <see cref="SessionTimes"/> would add a warning.
    /// </summary>
    private string Written(DateTime local, CalendarZone? zone)
    {
        if (zone is null)
            return local.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);
        var instant = zone.ToInstant(DateTime.SpecifyKind(local, DateTimeKind.Unspecified));
        return (_own?.Known is { } own ? TimeZoneInfo.ConvertTime(instant, own) : instant).ToString(
            "yyyy-MM-dd'T'HH:mm:sszzz",
            CultureInfo.InvariantCulture
        );
    }

    private TimeSpan LengthOf(CalendarPart part, CalendarProperty start, bool isDate)
    {
        if (part.First("DTEND") is { } end && CalendarValues.Local(end.Value) is { } until && CalendarValues.Local(start.Value) is { } from)
        {
            TimeSpan? length = isDate || CalendarValues.IsDate(end) ? until.Date - from.Date : until - from;
            if (
                !isDate
                && (from.Kind != until.Kind || start["TZID"] != end["TZID"])
                && ZoneOf(start) is { } first
                && ZoneOf(end) is { } last
            )
                length =
                    last.ToInstant(DateTime.SpecifyKind(until, DateTimeKind.Unspecified))
                    - first.ToInstant(DateTime.SpecifyKind(from, DateTimeKind.Unspecified));
            if (length >= TimeSpan.Zero)
                return length.Value;
            _programme.Warnings.Add(WarningSentences.BadDurationNegative, part.Place);
            return TimeSpan.Zero;
        }
        if (CalendarValues.Duration(part.First("DURATION")?.Value) is { } stated && stated >= TimeSpan.Zero)
            return stated;
        return isDate ? TimeSpan.FromDays(1) : TimeSpan.Zero;
    }
}
