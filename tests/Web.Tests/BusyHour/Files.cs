using System.Globalization;
using System.Text.Json;
using System.Xml.Linq;

namespace ConsultHub.Tests.BusyHour;

/// <summary>An event of a subscribed calendar.</summary>
internal sealed record CalendarEvent(string Uid, DateTimeOffset Start, DateTimeOffset End, string Title, string Place, string Status)
{
    /// <summary>The events of a calendar, by UID.</summary>
    public static IReadOnlyDictionary<string, CalendarEvent> Of(string calendar)
    {
        Dictionary<string, CalendarEvent> events = [];
        Dictionary<string, string>? one = null;
        foreach (var line in calendar.Replace("\r\n ", "", StringComparison.Ordinal).Split("\r\n", StringSplitOptions.RemoveEmptyEntries))
        {
            if (line == "BEGIN:VEVENT")
                one = [];
            else if (line == "END:VEVENT" && one is not null)
            {
                var found = new CalendarEvent(
                    one["UID"],
                    At(one, "DTSTART"),
                    At(one, "DTEND"),
                    Plain(one["SUMMARY"]),
                    Plain(one.GetValueOrDefault("LOCATION", "")),
                    one["STATUS"]
                );
                events.Add(found.Uid, found);
                one = null;
            }
            else if (one is not null)
                one[line[..line.IndexOfAny([':', ';'])]] = line[line.IndexOfAny([':', ';'])..];
        }
        return events.ToDictionary(e => e.Key[1..], e => e.Value with { Uid = e.Value.Uid[1..], Status = e.Value.Status[1..] });
    }

    /// <summary>Reads a time such as <c>;TZID=Asia/Dubai:20270308T090000</c>.</summary>
    private static DateTimeOffset At(Dictionary<string, string> one, string name)
    {
        var (text, colon) = (one[name], one[name].LastIndexOf(':'));
        var time = DateTime.ParseExact(text[(colon + 1)..].TrimEnd('Z'), "yyyyMMdd'T'HHmmss", CultureInfo.InvariantCulture);
        var zone =
            colon > 0
                ? TimeZoneInfo.FindSystemTimeZoneById(text[(text.IndexOf('=', StringComparison.Ordinal) + 1)..colon])
                : TimeZoneInfo.Utc;
        return new DateTimeOffset(time, zone.GetUtcOffset(time)).ToUniversalTime();
    }

    private static string Plain(string text) =>
        text.TrimStart(':').Replace("\\,", ",", StringComparison.Ordinal).Replace("\\;", ";", StringComparison.Ordinal);
}

/// <summary>A session in an exported file.</summary>
internal sealed record ExportedEvent(string Title, DateTimeOffset Start, TimeSpan Duration, string Room)
{
    public static IReadOnlyList<ExportedEvent> OfXml(string xml) =>
        [
            .. XDocument
                .Parse(xml)
                .Descendants("event")
                .Select(e => new ExportedEvent(Text(e, "title"), At(Text(e, "date")), Length(Text(e, "duration")), Text(e, "room"))),
        ];

    public static IReadOnlyList<ExportedEvent> OfJson(string json)
    {
        List<ExportedEvent> events = [];
        using var document = JsonDocument.Parse(json);
        foreach (var day in document.RootElement.GetProperty("schedule").GetProperty("conference").GetProperty("days").EnumerateArray())
        foreach (var room in day.GetProperty("rooms").EnumerateObject())
        foreach (var one in room.Value.EnumerateArray())
            events.Add(
                new(
                    one.GetProperty("title").GetString()!,
                    At(one.GetProperty("date").GetString()!),
                    Length(one.GetProperty("duration").GetString()!),
                    one.GetProperty("room").GetString()!
                )
            );
        return events;
    }

    private static string Text(XElement one, string name) => one.Element(name)!.Value;

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture).ToUniversalTime();

    private static TimeSpan Length(string text) =>
        text.Split(':') is [var hours, var minutes, ..]
            ? new(int.Parse(hours, CultureInfo.InvariantCulture), int.Parse(minutes, CultureInfo.InvariantCulture), 0)
            : default;
}
