namespace ConsultHub.Conferences.Export;

/// <summary>The formats in which a programme can be written.</summary>
public enum ScheduleFormat
{
    /// <summary>voc/schedule XML, valid by its schema.xsd.</summary>
    Xml,

    /// <summary>voc/schedule JSON, version 1, valid by its schema.json.</summary>
    Json,
}

/// <summary>Writes programmes in formats that the hub's own reader and other programs can read. Pure.</summary>
public static class ProgrammeWriter
{
    /// <summary>Writes a programme as a file.</summary>
    /// <param name="pages">The address under which the hub's own pages are, such as <c>https://hub.example</c>.</param>
    /// <param name="version">The version of the programme that readers show.</param>
    public static byte[] Write(Programme programme, ScheduleFormat format, Uri pages, string version)
    {
        var export = new ScheduleExport(programme, pages);
        return format == ScheduleFormat.Xml ? ScheduleXmlExport.Write(export, version) : ScheduleJsonExport.Write(export, version);
    }
}
