using System.Globalization;
using System.Text;
using ConsultHub.Conferences.Import;

namespace ConsultHub.Feeds;

/// <summary>
/// Writes a feed as iCalendar (RFC 5545, with the refresh hints of RFC 7986 and of Outlook). Starts and ends are local times with the name
/// of their zone, or times in UTC. For each zone except UTC, the file lists how its offset changes in the period of the entries. Calendar
/// programs therefore need not know the zone by its name. Pure.
/// </summary>
public static class FeedCalendar
{
    private const int LineBytes = 75;
    private const string Local = "yyyyMMdd'T'HHmmss";
    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    /// <summary>Writes the entries of a calendar.</summary>
    /// <param name="name">The name that calendar programs show.</param>
    /// <param name="pages">The base address of the hub's pages, such as <c>https://hub.example</c>.</param>
    public static string Write(string name, IReadOnlyList<FeedEntry> entries, Uri pages)
    {
        var text = new StringBuilder();
        void Line(string line) => Fold(text, line);
        Line("BEGIN:VCALENDAR");
        Line("VERSION:2.0");
        Line("PRODID:-//Consult Hub//Feed//EN");
        Line("CALSCALE:GREGORIAN");
        Line("METHOD:PUBLISH");
        Line($"NAME:{Escape(name)}");
        Line($"X-WR-CALNAME:{Escape(name)}");
        Line("REFRESH-INTERVAL;VALUE=DURATION:PT15M");
        Line("X-PUBLISHED-TTL:PT15M");
        foreach (var zone in entries.Where(e => e.Zone != "UTC").GroupBy(e => e.Zone))
            WriteZone(zone.Key, zone.Min(e => e.Start), zone.Max(e => e.End), Line);
        foreach (var entry in entries)
        {
            Line("BEGIN:VEVENT");
            Line($"UID:{Escape(entry.Uid)}");
            Line($"SEQUENCE:{entry.Sequence}");
            Line($"DTSTAMP:{Utc(entry.Changed)}");
            Line($"LAST-MODIFIED:{Utc(entry.Changed)}");
            Line($"DTSTART{Time(entry.Start, entry.Zone)}");
            Line($"DTEND{Time(entry.End, entry.Zone)}");
            Line($"SUMMARY:{Escape(entry.Title)}");
            if (entry.Place.Length > 0)
                Line($"LOCATION:{Escape(entry.Place)}");
            var room = entry.Room is null ? null : new Uri(pages, entry.Room).AbsoluteUri;
            // Many programs show only the description, so it contains the link to the lecture room too.
            if ((entry.Text ?? room) is not null)
                Line($"DESCRIPTION:{Escape(string.Join("\n\n", new[] { entry.Text, room }.OfType<string>()))}");
            if (entry.Page is not null)
                Line($"URL:{new Uri(pages, entry.Page).AbsoluteUri}");
            if (room is not null)
                Line($"CONFERENCE;VALUE=URI;FEATURE=AUDIO,VIDEO:{room}");
            Line($"STATUS:{entry.Status.ToString().ToUpperInvariant()}");
            Line("END:VEVENT");
        }
        Line("END:VCALENDAR");
        return text.ToString();
    }

    private static void WriteZone(string name, DateTimeOffset from, DateTimeOffset to, Action<string> line)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(name);
        line("BEGIN:VTIMEZONE");
        line($"TZID:{name}");
        // The list of changes begins 200 days before the first entry, so that the offset at the start of this entry is known.
        var at = from.ToUniversalTime().AddDays(-200);
        WriteChange(
            zone.IsDaylightSavingTime(at),
            at.UtcDateTime + zone.GetUtcOffset(at),
            zone.GetUtcOffset(at),
            zone.GetUtcOffset(at),
            line
        );
        for (var next = at.AddDays(1); at < to.ToUniversalTime(); at = next, next = at.AddDays(1))
        {
            if (zone.GetUtcOffset(at) == zone.GetUtcOffset(next))
                continue;
            var (before, after) = (at, next);
            while (after - before > TimeSpan.FromSeconds(1))
            {
                var middle = before + TimeSpan.FromTicks((after - before).Ticks / 2);
                if (zone.GetUtcOffset(middle) == zone.GetUtcOffset(at))
                    before = middle;
                else
                    after = middle;
            }
            var change = new DateTimeOffset(
                (after.Ticks + (TimeSpan.TicksPerSecond / 2)) / TimeSpan.TicksPerSecond * TimeSpan.TicksPerSecond,
                TimeSpan.Zero
            );
            WriteChange(
                zone.IsDaylightSavingTime(next),
                change.UtcDateTime + zone.GetUtcOffset(at),
                zone.GetUtcOffset(at),
                zone.GetUtcOffset(next),
                line
            );
        }
        line("END:VTIMEZONE");
    }

    private static void WriteChange(bool daylight, DateTime local, TimeSpan from, TimeSpan to, Action<string> line)
    {
        var kind = daylight ? "DAYLIGHT" : "STANDARD";
        line($"BEGIN:{kind}");
        line($"DTSTART:{local.ToString(Local, Culture)}");
        line($"TZOFFSETFROM:{Offset(from)}");
        line($"TZOFFSETTO:{Offset(to)}");
        line($"END:{kind}");
    }

    private static string Time(DateTimeOffset at, string zone) =>
        zone == "UTC"
            ? ":" + Utc(at)
            : $";TZID={zone}:{TimeZoneInfo.ConvertTime(at, TimeZoneInfo.FindSystemTimeZoneById(zone)).ToString(Local, Culture)}";

    private static string Utc(DateTimeOffset at) => at.UtcDateTime.ToString(Local + "'Z'", Culture);

    private static string Offset(TimeSpan offset) => string.Create(Culture, $"{(offset < TimeSpan.Zero ? '-' : '+')}{offset:hhmm}");

    private static string Escape(string text) =>
        PlainText
            .Printable(text.ReplaceLineEndings("\n"))
            .Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace(";", "\\;", StringComparison.Ordinal)
            .Replace(",", "\\,", StringComparison.Ordinal)
            .Replace("\n", "\\n", StringComparison.Ordinal);

    /// <summary>
    /// Writes a line. A line of more than 75 bytes is split into several lines, but never inside a character (RFC 5545, 3.1).
    /// </summary>
    private static void Fold(StringBuilder text, string line)
    {
        var bytes = 0;
        foreach (var rune in line.EnumerateRunes())
        {
            if (bytes + rune.Utf8SequenceLength > LineBytes)
            {
                text.Append("\r\n ");
                bytes = 1;
            }
            text.Append(rune);
            bytes += rune.Utf8SequenceLength;
        }
        text.Append("\r\n");
    }
}
