using System.Collections.Immutable;
using System.Globalization;

namespace ConsultHub.Conferences.Import;

/// <summary>An event of a calendar that is read as a list of days.</summary>
/// <param name="Line">The line of the file in which the event begins, from 1.</param>
/// <param name="First">The first day. Null if the event has a time of day, or no day that can be read.</param>
/// <param name="Last">The last day, included. Null if <paramref name="First"/> is null.</param>
/// <param name="Recurs">Whether the event is repeated, or is one time of a repeated event.</param>
public sealed record CalendarDay(int Line, string? Name, DateOnly? First, DateOnly? Last, bool Recurs);

/// <summary>Reads an iCalendar file (RFC 5545) as a list of days. Cancelled events are left out. Pure.</summary>
public static class CalendarDays
{
    /// <returns>The events in the order of the file, or the fault if this is not a whole calendar.</returns>
    public static (ImmutableArray<CalendarDay> Days, ImportFault? Fault) Read(byte[] file)
    {
        try
        {
            var events = CalendarText.Read(new MemoryStream(file)).Calendars.SelectMany(EventsOf);
            return ([.. events.Where(e => Value(e, "STATUS") != "CANCELLED").Select(DayOf)], null);
        }
        catch (ImportFaultException refused)
        {
            return ([], refused.Fault);
        }
    }

    /// <summary>No holiday lasts longer.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(3_660);

    private static IEnumerable<CalendarPart> EventsOf(CalendarPart calendar) =>
        Value(calendar, "METHOD") == "CANCEL" ? [] : calendar.Parts.Where(p => p.Name == "VEVENT");

    private static string? Value(CalendarPart part, string property) => part.First(property)?.Value.Trim().ToUpperInvariant();

    private static CalendarDay DayOf(CalendarPart part)
    {
        var line = int.Parse(part.Place.AsSpan("line ".Length), CultureInfo.InvariantCulture);
        var name = part.First("SUMMARY") is { } summary ? PlainText.Line(summary.Text) : null;
        var recurs = part.Properties.Exists(p => p.Name is "RRULE" or "RDATE" or "RECURRENCE-ID");
        if (part.First("DTSTART") is not { } start || !CalendarValues.IsDate(start) || CalendarValues.Local(start.Value) is not { } from)
            return new(line, name, null, null, recurs);
        // RFC 5545 excludes the end. Some programs write an end that is the start, and mean one day.
        var length =
            part.First("DTEND") is { } end ? (CalendarValues.IsDate(end) ? CalendarValues.Local(end.Value) - from : null)
            : part.First("DURATION") is { } duration ? CalendarValues.Duration(duration.Value)
            : TimeSpan.FromDays(1);
        if (length is not { } whole || whole.Ticks % TimeSpan.TicksPerDay != 0 || whole < TimeSpan.Zero || whole > Longest)
            return new(line, name, null, null, recurs);
        var first = DateOnly.FromDateTime(from);
        return new(line, name, first, DateOnly.FromDateTime(from.AddDays(whole.Days == 0 ? 0 : whole.Days - 1)), recurs);
    }
}
