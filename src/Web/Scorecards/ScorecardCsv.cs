using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using ConsultHub.Scorecards;
using ConsultHub.Web.Attendance;

namespace ConsultHub.Web.Scorecards;

/// <summary>
/// Figures and rows as tables (RFC 4180) in UTF-8 with a byte-order mark. The tables of figures have ids and no names, so that a report
/// gives the same bytes after a thing was renamed or a name was erased.
/// </summary>
internal static class ScorecardCsv
{
    /// <summary>One line for each figure, and one for each of its months, hospitals, specialties and partners.</summary>
    public static byte[] Of(ImmutableArray<FigureScore> figures, DateOnly from, DateOnly to)
    {
        string[] period = [Text(from), Text(to)];
        return Table(
            ["from", "to", "figure", "part", "id", "planned", "done", "not_recorded"],
            figures.SelectMany(f =>
                new[] { ("total", ImmutableArray.Create(new PartScore("", f.Total))) }
                    .Append(("month", f.Months))
                    .Append(("hospital", f.Hospitals))
                    .Append(("specialty", f.Specialties))
                    .Append(("partner", f.Partners))
                    .SelectMany(part =>
                        part.Item2.Select(p =>
                            (string[])
                                [
                                    .. period,
                                    NameOf(f.Figure),
                                    part.Item1,
                                    p.Id,
                                    Text(p.Score.Planned),
                                    Text(p.Score.Done),
                                    Text(p.Score.NotRecorded),
                                ]
                        )
                    )
            )
        );
    }

    public static byte[] Of(IEnumerable<FigureLine> lines) =>
        Table(
            ["day", "kind", "id", "week", "person", "title", "hospitals", "specialties", "partners", "planned", "done", "not_recorded"],
            lines.Select(line =>
                (string[])
                    [
                        Text(line.Day),
                        line.Thing.Kind,
                        line.Thing.Id,
                        line.Thing.Week?.ToString() ?? "",
                        line.Thing.Person?.Value ?? "",
                        line.Thing.Title,
                        string.Join(' ', line.Hospitals),
                        string.Join(' ', line.Specialties),
                        string.Join(' ', line.Partners),
                        Text(line.Planned),
                        Text(line.Done),
                        Text(line.NotRecorded),
                    ]
            )
        );

    /// <summary>The JSON name of a figure.</summary>
    internal static string NameOf(Figure figure) => HubJson.Options.PropertyNamingPolicy!.ConvertName(figure.ToString());

    internal static string Text(IFormattable value) =>
        value.ToString(value is DateOnly ? "yyyy-MM-dd" : null, CultureInfo.InvariantCulture);

    internal static byte[] Table(IEnumerable<string> header, IEnumerable<string[]> lines)
    {
        var text = new StringBuilder();
        foreach (var line in lines.Prepend([.. header]))
            text.AppendJoin(',', line.Select(AttendanceCsv.Cell)).Append("\r\n");
        return [.. Encoding.UTF8.GetPreamble(), .. Encoding.UTF8.GetBytes(text.ToString())];
    }
}
