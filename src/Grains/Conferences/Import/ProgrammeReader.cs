using System.Text.Json;
using System.Xml;

namespace ConsultHub.Conferences.Import;

/// <summary>The formats from which a programme can be read.</summary>
public enum ProgrammeFormat
{
    /// <summary>frab or pentabarf XML. Rooms are inside days. The layout of 2007 has no rooms.</summary>
    ScheduleXml,

    /// <summary>voc/schedule JSON: version 1 (events inside days and rooms) or version 2 (one list of events).</summary>
    ScheduleJson,

    /// <summary>iCalendar (RFC 5545). An event becomes a session, and a recurring event several sessions.</summary>
    Calendar,
}

/// <summary>Reads programmes from files. Pure: the same bytes always give the same programme, and nothing is fetched or stored.</summary>
public static class ProgrammeReader
{
    /// <summary>Files of 50 MB or more are refused. The caller must check the size, because not all readers do.</summary>
    public const long TooManyBytes = 50_000_000;

    /// <summary>A programme with more sessions is refused, because a whole conference is held in memory.</summary>
    public const int MostSessions = 10_000;

    internal const int MostDepth = 32;

    /// <summary>Reads a file. Returns a programme or a fault, whatever the file contains. Throws only if the stream fails.</summary>
    /// <param name="assumedZone">
    ///     The zone for a file that names no known zone. If it is null, the zone has the offset that all dates of the file have. If the
    ///     offsets differ, are missing or are not whole hours, the zone is UTC.
    /// </param>
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
            return FaultSentences.Fault(FaultSentences.Dtd, Line(malformed));
        }
        catch (XmlException malformed)
        {
            return FaultSentences.Fault(FaultSentences.MalformedXml, Line(malformed), (FaultSentences.Parser, malformed.Message));
        }
        catch (JsonException malformed)
        {
            return FaultSentences.Fault(
                FaultSentences.MalformedJson,
                $"line {malformed.LineNumber + 1}, byte {malformed.BytePositionInLine + 1}",
                (FaultSentences.Parser, malformed.Message)
            );
        }
    }

    private static string Line(XmlException at) => $"line {at.LineNumber}, column {at.LinePosition}";
}
