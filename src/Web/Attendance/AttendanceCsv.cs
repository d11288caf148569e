using System.Buffers;
using System.Globalization;
using System.Text;

namespace ConsultHub.Web.Attendance;

/// <summary>
/// A conference's attendance and credit as a table (RFC 4180), with one row for each session that a person attended. It is UTF-8 with a
/// byte-order mark, because Excel guesses another encoding without one.
/// </summary>
public static class AttendanceCsv
{
    private static readonly SearchValues<char> Quoted = SearchValues.Create("\",\r\n;\t");

    /// <param name="language">The language of the names of people.</param>
    public static byte[] Of(IReadOnlyList<PersonCredits> people, string language)
    {
        var bodies = people.SelectMany(p => p.Bodies).Select(b => b.Policy).DistinctBy(p => p.Id).ToList();
        var text = new StringBuilder();
        Row(
            text,
            [
                "person",
                "name",
                "session",
                "title",
                "day",
                "held_minutes",
                "live_minutes",
                "recorded_minutes",
                "room_minutes",
                .. bodies.SelectMany(b => (string[])[$"credit_{b.Id}", $"why_{b.Id}"]),
            ]
        );
        foreach (var person in people)
        {
            foreach (var session in person.Sessions)
            {
                var credits = bodies.Select(body =>
                    person.Bodies.First(b => b.Policy.Id == body.Id).Lectures.First(l => l.Session == session.Session)
                );
                Row(
                    text,
                    [
                        person.Person.Value,
                        person.Name.In(language),
                        session.Session.Value,
                        session.Title,
                        session.Day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "",
                        Number(session.Minutes),
                        Number(session.Live),
                        Number(session.Recorded),
                        Number(session.Room),
                        .. credits.SelectMany(c =>
                            (string[])[c.Credits.ToString("0.####", CultureInfo.InvariantCulture), string.Join(' ', c.Why)]
                        ),
                    ]
                );
            }
        }
        return [.. Encoding.UTF8.GetPreamble(), .. Encoding.UTF8.GetBytes(text.ToString())];
    }

    private static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    private static void Row(StringBuilder text, IEnumerable<string> cells) => text.AppendJoin(',', cells.Select(Cell)).Append("\r\n");

    /// <summary>
    /// Returns a value as one cell of the table: in quotes if necessary, and without control characters except tabs and line breaks.
    /// Anybody may choose names and titles. So if a spreadsheet would read the value as a formula, an apostrophe is put before it, as OWASP
    /// advises.
    /// </summary>
    internal static string Cell(string value)
    {
        if (value.Any(c => char.IsControl(c) && c is not ('\t' or '\r' or '\n')))
            value = string.Concat(value.Where(c => !char.IsControl(c) || c is '\t' or '\r' or '\n'));
        if (value.Length > 0 && value[0] is '=' or '+' or '-' or '@' or '\t' or '\r' or '\n' or '＝' or '＋' or '－' or '＠')
            value = "'" + value;
        return value.AsSpan().ContainsAny(Quoted) || value.StartsWith('\'')
            ? $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
            : value;
    }
}
