using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace ConsultHub.Conferences.Export;

/// <summary>
/// Writes a programme as schedule.json, which is valid against the schema.json of voc/schedule. Durations are rounded up to whole minutes,
/// because the format has no seconds.
/// </summary>
internal static partial class ScheduleJsonExport
{
    private static readonly JsonWriterOptions Options = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Write(ScheduleExport export, string version)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes, Options))
            Write(json, export, version);
        return bytes.WrittenSpan.ToArray();
    }

    private static void Write(Utf8JsonWriter json, ScheduleExport export, string version)
    {
        var conference = export.Conference;
        json.WriteStartObject();
        json.WriteString("$schema", "https://c3voc.de/schedule/schema.json");
        json.WriteStartObject("generator");
        json.WriteString("name", "Consult Hub");
        json.WriteEndObject();
        json.WriteStartObject("schedule");
        json.WriteString("version", version);
        json.WriteStartObject("conference");
        Text(json, "acronym", export.Acronym);
        Text(json, "title", conference.Title);
        json.WriteString("start", Day(export.Days[0].Date));
        json.WriteString("end", Day(export.Days[^1].Date));
        json.WriteNumber("daysCount", export.Days.Length);
        json.WriteString("timeslot_duration", "00:05");
        if (export.NamedZone is { } zone)
            json.WriteString("time_zone_name", zone);
        json.WriteStartArray("tracks");
        foreach (var track in conference.Tracks)
        {
            json.WriteStartObject();
            Text(json, "name", track);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartArray("rooms");
        foreach (var room in conference.Rooms)
        {
            json.WriteStartObject();
            Text(json, "name", room.Name);
            json.WriteString("guid", ExportNames.GuidOf($"room/{conference.Id}/{room.Name}"));
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartArray("days");
        foreach (var day in export.Days)
            WriteDay(json, export, day);
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteDay(Utf8JsonWriter json, ScheduleExport export, ExportedDay day)
    {
        json.WriteStartObject();
        json.WriteNumber("index", day.Index);
        json.WriteString("date", Day(day.Date));
        json.WriteString("day_start", Instant(day.Start));
        json.WriteString("day_end", Instant(day.End));
        json.WriteStartObject("rooms");
        foreach (var (room, sessions) in day.Rooms)
        {
            json.WriteStartArray(ExportNames.Line(room));
            foreach (var session in sessions)
                WriteSession(json, export, session);
            json.WriteEndArray();
        }
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteSession(Utf8JsonWriter json, ScheduleExport export, ExportedSession exported)
    {
        var session = exported.Session;
        var minutes = (long)Math.Ceiling(session.Duration.TotalMinutes);
        json.WriteStartObject();
        json.WriteString("guid", exported.Guid);
        json.WriteNumber("id", exported.Number);
        json.WriteString("date", Instant(exported.Start));
        json.WriteString("start", exported.Start.ToString("HH:mm", CultureInfo.InvariantCulture));
        json.WriteString("duration", string.Create(CultureInfo.InvariantCulture, $"{minutes / 60:00}:{minutes % 60:00}"));
        Text(json, "room", session.Room);
        json.WriteString("slug", exported.Slug is { } slug && Slug().IsMatch(slug) ? slug : ExportNames.SlugOf(session.Id));
        json.WriteString("url", export.UrlOf(session));
        Text(json, "title", session.Title);
        Text(json, "subtitle", session.Subtitle);
        Text(json, "track", session.Track);
        json.WriteString("type", ExportNames.Line(session.Kind));
        Text(json, "language", session.Language);
        if (session.Abstract is null)
            json.WriteNull("abstract");
        else
            json.WriteString("abstract", ExportNames.Paragraphs(session.Abstract));
        json.WriteStartArray("persons");
        foreach (var speaker in session.Speakers)
        {
            json.WriteStartObject();
            Text(json, "name", speaker.Name);
            if (int.TryParse(speaker.SourceId, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                json.WriteNumber("id", number);
            else if (Guid.TryParseExact(speaker.SourceId, "D", out _))
                json.WriteString("guid", speaker.SourceId);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        WriteLinks(json, "links", session.Links?.Where(l => !l.Attachment) ?? []);
        WriteLinks(json, "attachments", session.Links?.Where(l => l.Attachment) ?? []);
        json.WriteEndObject();
    }

    private static void WriteLinks(Utf8JsonWriter json, string name, IEnumerable<SessionLink> links)
    {
        json.WriteStartArray(name);
        foreach (var link in links)
        {
            json.WriteStartObject();
            json.WriteString("url", link.Url);
            if (link.Title is not null)
                json.WriteString("title", ExportNames.Line(link.Title));
            if (link.Type is not null)
                json.WriteString("type", link.Type);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void Text(Utf8JsonWriter json, string name, string? text)
    {
        if (text is null)
            json.WriteNull(name);
        else
            json.WriteString(name, ExportNames.Line(text));
    }

    /// <summary>The pattern for slugs in the JSON schema.</summary>
    [GeneratedRegex(@"^[a-z0-9_-]+[a-z0-9]\z")]
    private static partial Regex Slug();

    private static string Day(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Instant(DateTimeOffset at) => at.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);
}
