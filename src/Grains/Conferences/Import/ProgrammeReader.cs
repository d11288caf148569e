using System.Text.Json;
using System.Xml;

namespace ConsultHub.Conferences.Import;

/// <summary>The formats a programme is read from.</summary>
public enum ProgrammeFormat
{
    /// <summary>frab or pentabarf XML, with rooms inside days (today) or without (2007).</summary>
    ScheduleXml,

    /// <summary>voc/schedule JSON, version 1 (events inside days and rooms) or 2 (one list of events).</summary>
    ScheduleJson,

    /// <summary>iCalendar (RFC 5545): every event is a session.</summary>
    Calendar,
}

/// <summary>Reads programmes from files. Pure: the same bytes give the same programme, and nothing is fetched or stored.</summary>
public static class ProgrammeReader
{
    /// <summary>Files of this size or more are refused; whoever hands over a stream stops reading there.</summary>
    public const long TooManyBytes = 50_000_000;

    /// <summary>A programme with more sessions is refused, since a conference is held in memory whole.</summary>
    public const int MostSessions = 10_000;

    internal const int MostDepth = 32;

    /// <summary>Reads a file. Whatever the bytes are, the answer is a programme or a fault with its place; only a failing stream
    /// throws.</summary>
    /// <param name="assumedZone">The zone of a file that names none and writes no offsets; UTC where null.</param>
    public static ImportResult Read(Stream file, ProgrammeFormat format, TimeZoneInfo? assumedZone = null)
    {
        try
        {
            var source = format switch
            {
                ProgrammeFormat.ScheduleXml => ScheduleXml.Read(file),
                ProgrammeFormat.ScheduleJson => ScheduleJson.Read(file),
                _ => CalendarFile.Read(file, assumedZone),
            };
            return new ProgrammeRead(new ProgrammeBuilder(source, assumedZone).Build());
        }
        catch (ImportFaultException refused)
        {
            return refused.Fault;
        }
        catch (XmlException malformed) when (malformed.Message.Contains("DTD", StringComparison.Ordinal))
        {
            return FaultSentences.Fault("import.dtd", Line(malformed));
        }
        catch (XmlException malformed)
        {
            return FaultSentences.Fault("import.malformed.xml", Line(malformed), (FaultSentences.Parser, malformed.Message));
        }
        catch (JsonException malformed)
        {
            return FaultSentences.Fault(
                "import.malformed.json",
                $"line {malformed.LineNumber + 1}, byte {malformed.BytePositionInLine + 1}",
                (FaultSentences.Parser, malformed.Message)
            );
        }
    }

    private static string Line(XmlException at) => $"line {at.LineNumber}, column {at.LinePosition}";
}
