using System.Globalization;

namespace ConsultHub.Conferences.Import;

/// <summary>
/// Finds out when sessions take place. Files often give the time of a session twice, and the two times do not always agree.
/// </summary>
internal sealed class SessionTimes
{
    private const int FirstYear = 1970,
        LastYear = 2200;
    private static readonly TimeSpan LongestSession = TimeSpan.FromDays(31),
        Noon = TimeSpan.FromHours(12);

    private readonly WarningList _warnings;
    private readonly Dictionary<SourceDay, DateOnly?> _days = [];
    private readonly TimeSpan _dayChange;

    public SessionTimes(SourceProgramme source, TimeZoneInfo? assumedZone, WarningList warnings)
    {
        _warnings = warnings;
        Zone = FindZone(source, assumedZone);
        foreach (var day in source.Days)
            _days[day] = DateOf(day);
        _dayChange = FindDayChange(source);
    }

    public TimeZoneInfo Zone { get; }
    public TimeOnly DayChange => TimeOnly.FromTimeSpan(_dayChange);

    /// <summary>Finds a zone by its IANA name. Names that could be a path of a file are not accepted.</summary>
    public static TimeZoneInfo? ZoneNamed(string? name) =>
        name is { Length: > 0 and <= 60 }
        && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '_' or '-' or '+')
        && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone)
        && zone.HasIanaId
            ? zone
            : null;

    /// <summary>Returns the time of a session. Everything odd becomes a warning. If there is no usable time, the start is null.</summary>
    public (DateTimeOffset? Start, TimeSpan Duration, DateOnly? Day) Of(SourceSession session)
    {
        var start = InRange(StartOf(session), session);
        var duration = DurationOf(session, start);
        var listed = session.Day is { } day ? _days[day] : null;
        if (start is not { } instant)
            return (null, duration, listed);
        var local = TimeZoneInfo.ConvertTime(instant, Zone).DateTime;
        var date = DateOnly.FromDateTime(local);
        // The day in the file is used if it is possible. A session before noon can belong to the day before.
        var possible = listed is { } its && (its == date || (its.AddDays(1) == date && local.TimeOfDay < Noon));
        if (listed is not null && !possible)
            _warnings.AddThroughout(WarningSentences.DayDiffersSessions, session.Place);
        var found =
            possible ? listed!.Value
            : local.TimeOfDay < _dayChange ? date.AddDays(-1)
            : date;
        if (date > found)
            _warnings.Add(
                WarningSentences.AfterMidnight,
                session.Place,
                ("time", local.ToString("HH:mm", CultureInfo.InvariantCulture)),
                ("date", Iso(found))
            );
        return (instant, duration, found);
    }

    private TimeZoneInfo FindZone(SourceProgramme source, TimeZoneInfo? assumed)
    {
        if (ZoneNamed(source.Zone?.Trim()) is { } named)
            return named;
        var zone = assumed ?? ZoneOfOffsets(source) ?? TimeZoneInfo.Utc;
        const string place = "conference, time_zone_name";
        if (PlainText.Line(source.Zone) is { } unknown)
            _warnings.Add(WarningSentences.UnknownZone, place, ("name", unknown), ("zone", zone.Id));
        else
            _warnings.Add(WarningSentences.MissingZone, place, ("zone", zone.Id));
        return zone;
    }

    /// <summary>
    /// Returns a zone with a fixed offset if all dates have this offset and it is a number of whole hours other than 0. Otherwise null.
    /// </summary>
    private static TimeZoneInfo? ZoneOfOffsets(SourceProgramme source)
    {
        var offsets = source.Sessions.Select(s => SourceTime.Instant(s.Date)?.Offset).OfType<TimeSpan>().Distinct().Take(2).ToList();
        // These zones have the opposite sign in their names: Etc/GMT-4 is at +04:00.
        return offsets is [{ Minutes: 0, Hours: not 0 } offset]
            ? ZoneNamed(string.Create(CultureInfo.InvariantCulture, $"Etc/GMT{-offset.Hours:+0;-0}"))
            : null;
    }

    private DateOnly? DateOf(SourceDay day)
    {
        var date = SourceTime.Date(day.Date);
        if (SourceTime.Instant(day.Start) is not { } start)
            return date;
        var starts = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(start, Zone).DateTime);
        if (date is not null && date != starts)
            _warnings.Add(WarningSentences.DayDiffers, day.Place, ("date", Iso(date.Value)), ("begins", Iso(starts)), ("zone", Zone.Id));
        return starts;
    }

    private TimeSpan FindDayChange(SourceProgramme source)
    {
        if (SourceTime.Clock(source.DayChange) is { Days: 0 } stated)
            return stated;
        var latest = TimeSpan.Zero;
        foreach (var day in source.Days)
        {
            if (SourceTime.Instant(day.End) is not { } end || _days[day] is not { } date)
                continue;
            var local = TimeZoneInfo.ConvertTime(end, Zone).DateTime;
            // If a day ends at 03:00, the file can also give its end as 02:59 or 02:59:59.
            var turn = TimeSpan.FromMinutes(Math.Ceiling(local.TimeOfDay.TotalMinutes));
            if (turn.Minutes == 59)
                turn += TimeSpan.FromMinutes(1);
            if (DateOnly.FromDateTime(local) > date && turn <= Noon && turn > latest)
                latest = turn;
        }
        return latest;
    }

    private DateTimeOffset? StartOf(SourceSession session)
    {
        var clock = SourceTime.Clock(session.Start);
        if (SourceTime.Instant(session.Date) is { } instant)
        {
            Compare(session, instant, clock);
            return instant.ToUniversalTime();
        }
        if (SourceTime.Local(session.Date) is { } local)
            return Utc(local);
        var date = SourceTime.Date(session.Date) ?? (session.Day is { } day ? SourceTime.Date(day.Date) : null);
        if (!string.IsNullOrWhiteSpace(session.Date) && SourceTime.Date(session.Date) is null)
            _warnings.Add(WarningSentences.BadTimeDate, session.Place, ("written", Shown(session.Date)));
        if (date is { Year: < 9999 } && clock is { } time)
            return Utc(date.Value.ToDateTime(TimeOnly.MinValue) + (time < _dayChange ? time + TimeSpan.FromDays(1) : time));
        _warnings.Add(WarningSentences.BadTimeStart, session.Place, ("written", Shown(session.Start)));
        return null;
    }

    private DateTimeOffset? Utc(DateTime local) => local.Year is > 1 and < 9999 ? SourceTime.ToUtc(local, Zone) : DateTimeOffset.MaxValue;

    private void Compare(SourceSession session, DateTimeOffset date, TimeSpan? clock)
    {
        var local = TimeZoneInfo.ConvertTime(date, Zone);
        var sameOffset = local.Offset == date.Offset;
        if (clock is null || clock == date.TimeOfDay)
        {
            if (!sameOffset)
                _warnings.AddThroughout(WarningSentences.OffsetDiffers, session.Place, ("zone", Zone.Id));
        }
        else if (clock == local.TimeOfDay)
            _warnings.AddThroughout(WarningSentences.LocalStart, session.Place, ("zone", Zone.Id));
        else
            _warnings.Add(WarningSentences.StartDiffers, session.Place, ("start", Shown(session.Start)), ("written", Shown(session.Date)));
    }

    private TimeSpan DurationOf(SourceSession session, DateTimeOffset? start)
    {
        var duration = SourceTime.Duration(session.Duration);
        if (duration is null && start is not null && SourceTime.Instant(session.End) is { } end)
            duration = end - start.Value;
        if (duration is not { } length || length < TimeSpan.Zero || length > LongestSession)
        {
            _warnings.Add(WarningSentences.BadDuration, session.Place, ("written", Shown(session.Duration)));
            return TimeSpan.Zero;
        }
        if (length == TimeSpan.Zero)
            _warnings.Add(WarningSentences.ZeroLength, session.Place);
        return length;
    }

    private DateTimeOffset? InRange(DateTimeOffset? start, SourceSession session)
    {
        if (start is not { } instant || instant.Year is >= FirstYear and <= LastYear)
            return start;
        _warnings.Add(
            WarningSentences.TimeOutOfRange,
            session.Place,
            ("written", Shown(session.Date ?? session.Day?.Date)),
            ("first", $"{FirstYear}"),
            ("last", $"{LastYear}")
        );
        return null;
    }

    private static string Iso(DateOnly date) => date.ToString("O", CultureInfo.InvariantCulture);

    private static string Shown(string? text)
    {
        var line = PlainText.Line(text);
        PlainText.Cut(ref line, 40);
        return line ?? "";
    }
}
