using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml;

namespace ConsultHub.Conferences.Export;

/// <summary>
/// Writes a programme as schedule.xml, which is valid against the schema.xsd of voc/schedule. A duration of more than 99:59 hours is
/// written as 99:59, the longest that the format allows.
/// </summary>
internal static partial class ScheduleXmlExport
{
    private static readonly TimeSpan Longest = new(99, 59, 0);

    /// <param name="version">The version of the programme. Programs that read the file show it.</param>
    public static byte[] Write(ScheduleExport export, string version)
    {
        using var bytes = new MemoryStream();
        using (
            var xml = XmlWriter.Create(
                bytes,
                new XmlWriterSettings
                {
                    Encoding = new UTF8Encoding(false),
                    Indent = true,
                    NewLineChars = "\n",
                }
            )
        )
            Write(xml, export, version);
        return bytes.ToArray();
    }

    private static void Write(XmlWriter xml, ScheduleExport export, string version)
    {
        var conference = export.Conference;
        xml.WriteStartElement("schedule");
        xml.WriteStartElement("generator");
        xml.WriteAttributeString("name", "Consult Hub");
        xml.WriteEndElement();
        Element(xml, "version", version);
        xml.WriteStartElement("conference");
        Element(xml, "title", conference.Title);
        Element(xml, "acronym", export.Acronym);
        Element(xml, "start", Day(export.Days[0].Date));
        Element(xml, "end", Day(export.Days[^1].Date));
        Element(xml, "days", $"{export.Days.Length}");
        Element(xml, "timeslot_duration", "00:05");
        Element(xml, "time_zone_name", conference.TimeZone);
        foreach (var track in conference.Tracks)
        {
            xml.WriteStartElement("track");
            xml.WriteAttributeString("name", Clean(ExportNames.Line(track)));
            xml.WriteEndElement();
        }
        xml.WriteEndElement();
        foreach (var day in export.Days)
            WriteDay(xml, export, day);
        xml.WriteEndElement();
    }

    private static void WriteDay(XmlWriter xml, ScheduleExport export, ExportedDay day)
    {
        xml.WriteStartElement("day");
        xml.WriteAttributeString("index", $"{day.Index}");
        xml.WriteAttributeString("date", Day(day.Date));
        xml.WriteAttributeString("start", Instant(day.Start));
        xml.WriteAttributeString("end", Instant(day.End));
        foreach (var (room, sessions) in day.Rooms)
        {
            xml.WriteStartElement("room");
            xml.WriteAttributeString("name", Clean(ExportNames.Line(room)));
            foreach (var session in sessions)
                WriteSession(xml, export, session);
            xml.WriteEndElement();
        }
        xml.WriteEndElement();
    }

    private static void WriteSession(XmlWriter xml, ScheduleExport export, ExportedSession exported)
    {
        var session = exported.Session;
        xml.WriteStartElement("event");
        xml.WriteAttributeString("id", $"{exported.Number}");
        xml.WriteAttributeString("guid", exported.Guid);
        Element(xml, "room", session.Room);
        Element(xml, "title", session.Title);
        if (session.Subtitle is not null)
            Element(xml, "subtitle", session.Subtitle);
        Element(xml, "type", session.Kind);
        Element(xml, "date", Instant(exported.Start));
        Element(xml, "start", exported.Start.ToString(exported.Start.Second == 0 ? "HH:mm" : "HH:mm:ss", CultureInfo.InvariantCulture));
        Element(xml, "duration", Duration(session.Duration));
        xml.WriteElementString("abstract", Clean(ExportNames.Paragraphs(session.Abstract)));
        if (exported.Slug is { } slug && Slug().IsMatch(slug))
            Element(xml, "slug", slug);
        Element(xml, "track", session.Track);
        if (session.Language is not null)
            Element(xml, "language", session.Language);
        Element(xml, "url", export.UrlOf(session));
        xml.WriteStartElement("persons");
        foreach (var speaker in session.Speakers)
        {
            xml.WriteStartElement("person");
            if (long.TryParse(speaker.SourceId, NumberStyles.None, CultureInfo.InvariantCulture, out _))
                xml.WriteAttributeString("id", speaker.SourceId);
            else if (Guid.TryParseExact(speaker.SourceId, "D", out _))
                xml.WriteAttributeString("guid", speaker.SourceId);
            xml.WriteString(Clean(ExportNames.Line(speaker.Name)));
            xml.WriteEndElement();
        }
        xml.WriteEndElement();
        WriteLinks(xml, "link", session.Links?.Where(l => !l.Attachment) ?? []);
        WriteLinks(xml, "attachment", session.Links?.Where(l => l.Attachment) ?? []);
        xml.WriteEndElement();
    }

    private static void WriteLinks(XmlWriter xml, string name, IEnumerable<SessionLink> links)
    {
        if (!links.Any())
            return;
        xml.WriteStartElement(name + "s");
        foreach (var link in links)
        {
            xml.WriteStartElement(name);
            xml.WriteAttributeString("href", Clean(link.Url));
            if (link.Type is not null)
                xml.WriteAttributeString("type", link.Type);
            xml.WriteString(Clean(ExportNames.Line(link.Title)));
            xml.WriteEndElement();
        }
        xml.WriteEndElement();
    }

    /// <summary>The pattern for slugs in the XML schema.</summary>
    [GeneratedRegex(@"^[a-z0-9_]{4,}-[a-z0-9_-]{4,}\z")]
    private static partial Regex Slug();

    private static void Element(XmlWriter xml, string name, string? text) => xml.WriteElementString(name, Clean(ExportNames.Line(text)));

    /// <summary>Removes characters that XML does not allow. Half a surrogate pair becomes U+FFFD, the replacement character.</summary>
    private static string Clean(string text)
    {
        try
        {
            return XmlConvert.VerifyXmlChars(text);
        }
        catch (XmlException)
        {
            var clean = new StringBuilder(text.Length);
            foreach (var rune in text.EnumerateRunes())
                if (rune.Value > 0xFFFF || XmlConvert.IsXmlChar((char)rune.Value))
                    clean.Append(rune);
            return clean.ToString();
        }
    }

    private static string Day(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Instant(DateTimeOffset at) => at.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);

    private static string Duration(TimeSpan length)
    {
        if (length > Longest)
            length = Longest;
        var text = string.Create(CultureInfo.InvariantCulture, $"{(int)length.TotalHours:00}:{length.Minutes:00}");
        return length.Seconds == 0 ? text : string.Create(CultureInfo.InvariantCulture, $"{text}:{length.Seconds:00}");
    }
}
