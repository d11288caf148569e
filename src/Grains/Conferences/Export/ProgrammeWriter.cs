namespace ConsultHub.Conferences.Export;

/// <summary>The formats a programme is written in.</summary>
public enum ScheduleFormat
{
    /// <summary>voc/schedule XML, valid by its schema.xsd.</summary>
    Xml,

    /// <summary>voc/schedule JSON, version 1, valid by its schema.json.</summary>
    Json,
}

/// <summary>Writes programmes so that the hub's own reader, and those of others, read them again. Pure.</summary>
public static class ProgrammeWriter
{
    /// <param name="pages">Where the hub's own pages are, such as <c>https://hub.example</c>.</param>
    /// <param name="version">What readers show as the programme's version.</param>
    public static byte[] Write(Programme programme, ScheduleFormat format, Uri pages, string version)
    {
        var export = new ScheduleExport(programme, pages);
        return format == ScheduleFormat.Xml ? ScheduleXmlExport.Write(export, version) : ScheduleJsonExport.Write(export, version);
    }
}
