namespace ConsultHub.Conferences.Export;

/// <summary>The formats in which a programme can be written.</summary>
public enum ScheduleFormat
{
    /// <summary>voc/schedule XML. It is valid against the format's schema.xsd.</summary>
    Xml,

    /// <summary>voc/schedule JSON, version 1. It is valid against the format's schema.json.</summary>
    Json,
}

/// <summary>Writes programmes in formats that the hub's own reader and other programs can read. Pure.</summary>
public static class ProgrammeWriter
{
    /// <summary>Writes a programme as a file.</summary>
    /// <param name="pages">The base address of the hub's pages, such as <c>https://hub.example</c>.</param>
    /// <param name="version">The version of the programme. Programs that read the file show it.</param>
    public static byte[] Write(Programme programme, ScheduleFormat format, Uri pages, string version)
    {
        var export = new ScheduleExport(programme, pages);
        return format == ScheduleFormat.Xml ? ScheduleXmlExport.Write(export, version) : ScheduleJsonExport.Write(export, version);
    }
}
