using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ConsultHub.Records;

namespace ConsultHub.Web.Records;

/// <summary>
/// Writes the value of a cell as text, and reads the text that a spreadsheet has made of it. Spreadsheets run cells that begin with
/// <c>= + - @</c> as formulas. So such texts get an apostrophe, which is removed when they are read.
/// </summary>
internal static partial class CellText
{
    /// <summary>Separates the values of a cell with a list.</summary>
    private const char Between = ';';

    /// <summary>Instants before and after these years cannot be converted in every zone.</summary>
    private const int FirstYear = 2,
        LastYear = 9998;

    [GeneratedRegex(@"^'*[=+\-@\t\r]")]
    private static partial Regex Formula();

    [GeneratedRegex(@"^'+[=+\-@\t\r]")]
    private static partial Regex Escaped();

    public static string Write(Column column, JsonNode? value) =>
        value switch
        {
            null => "",
            JsonArray many => Escape(string.Join(Between, many.Select(each => Within(column, Plain(each))))),
            _ when column.Kind is ColumnKind.Number or ColumnKind.Fraction => Plain(value),
            _ => Escape(Plain(value)),
        };

    private static string Plain(JsonNode? value) =>
        value is JsonValue text && text.GetValueKind() == JsonValueKind.String ? text.GetValue<string>() : value?.ToJsonString() ?? "";

    private static string Escape(string text) => Formula().IsMatch(text) ? "'" + text : text;

    /// <summary>Reads the text of a cell that is not empty.</summary>
    /// <param name="zone">The zone of times that name none.</param>
    /// <returns>The value, or the sentence that says what is wrong.</returns>
    public static (JsonNode? Value, string? Wrong) Read(Column column, string text, TimeZoneInfo zone)
    {
        text = text.Trim();
        if (Escaped().IsMatch(text))
            text = text[1..];
        if (!column.Many)
            return One(column, text, zone);
        var values = new JsonArray();
        foreach (var part in Parts(column, text))
        {
            var (value, wrong) = One(column, part, zone);
            if (wrong is not null)
                return (null, wrong);
            values.Add(value);
        }
        return (values, null);
    }

    /// <summary>A text in a list may itself have a semicolon. It then follows a backslash.</summary>
    private static string Within(Column column, string text) =>
        column.Kind == ColumnKind.Text
            ? text.Replace(@"\", @"\\", StringComparison.Ordinal).Replace(";", @"\;", StringComparison.Ordinal)
            : text;

    private static IEnumerable<string> Parts(Column column, string text) =>
        column.Kind == ColumnKind.Text
            ? Part().Matches(text).Select(part => Marked().Replace(part.Value, "$1").Trim()).Where(part => part.Length > 0)
            : text.Split(Between, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    [GeneratedRegex(@"(?:\\[\\;]|[^;])+")]
    private static partial Regex Part();

    [GeneratedRegex(@"\\([\\;])")]
    private static partial Regex Marked();

    private static (JsonNode? Value, string? Wrong) One(Column column, string text, TimeZoneInfo zone)
    {
        var invariant = CultureInfo.InvariantCulture;
        switch (column.Kind)
        {
            case ColumnKind.Number:
                return
                    decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, invariant, out var whole)
                    && whole == decimal.Truncate(whole)
                    && whole is >= int.MinValue and <= int.MaxValue
                    ? ((int)whole, null)
                    : (null, "A whole number is needed, such as 12, without a mark for thousands.");
            case ColumnKind.Fraction:
                return decimal.TryParse(text.Replace(',', '.'), NumberStyles.Float, invariant, out var number)
                    ? (number, null)
                    : (null, "A number is needed, such as 25.2.");
            case ColumnKind.Flag:
                return text.ToLowerInvariant() switch
                {
                    "true" or "yes" or "1" or "x" => (true, null),
                    "false" or "no" or "0" => (false, null),
                    _ => (null, "Yes or no is needed: true or false."),
                };
            case ColumnKind.Date:
                return DateOf(text) is { } date
                    ? (date.ToString("yyyy-MM-dd", invariant), null)
                    : (null, "A date is needed, such as 2026-11-28. With slashes, it must be clear which number is the month.");
            case ColumnKind.Time:
                return TimeOnly.TryParse(text, invariant, out var time)
                    ? (time.ToString("HH:mm:ss", invariant), null)
                    : (null, "A time of day is needed, such as 08:00.");
            case ColumnKind.Duration:
                // A bare number would be a number of days.
                return
                    text.Contains(':', StringComparison.Ordinal)
                    && TimeSpan.TryParse(text, invariant, out var length)
                    && length >= TimeSpan.Zero
                    ? (length.ToString("c", invariant), null)
                    : (null, "A length of time is needed, such as 01:30:00.");
            case ColumnKind.Instant:
                return InstantOf(text, zone, column.Ends) is { } at
                    ? (JsonSerializer.SerializeToNode(at, HubJson.Options), null)
                    : (null, "A time is needed, such as 2026-11-28T09:00+04:00, or 2026-11-28 09:00 in the network's zone.");
            case ColumnKind.Choice:
                return column.Choices!.Value.FirstOrDefault(c => c.Equals(text, StringComparison.OrdinalIgnoreCase)) is { } choice
                    ? (choice, null)
                    : (null, $"One of these is needed: {string.Join(", ", column.Choices)}.");
            case ColumnKind.Id or ColumnKind.Reference:
                return TextId.IsValid(text) ? (text, null) : (null, RecordCodes.BadId.Message);
            default:
                return (text, null);
        }
    }

    private static DateOnly? DateOf(string text)
    {
        if (
            DateOnly.TryParseExact(
                text,
                ["yyyy-M-d", "yyyy/M/d", "yyyy.M.d", "d.M.yyyy"],
                CultureInfo.InvariantCulture,
                DateTimeStyles.None,
                out var clear
            )
        )
            return clear;
        var dayFirst = DateOnly.TryParseExact(text, "d/M/yyyy", CultureInfo.InvariantCulture, DateTimeStyles.None, out var european);
        var monthFirst = DateOnly.TryParseExact(text, "M/d/yyyy", CultureInfo.InvariantCulture, DateTimeStyles.None, out var american);
        return dayFirst && monthFirst && european != american ? null
            : dayFirst ? european
            : monthFirst ? american
            : null;
    }

    private static DateTimeOffset? InstantOf(string text, TimeZoneInfo zone, bool ends)
    {
        const string Offset = @"([zZ]|[+\-]\d\d:?\d\d)$";
        if (text.Contains('T', StringComparison.OrdinalIgnoreCase) && Regex.IsMatch(text, Offset))
            return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var exact)
                ? exact.ToUniversalTime()
                : null;
        var parts = text.Split([' ', 'T'], 2, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var time = TimeOnly.MinValue;
        if (
            parts.Length == 0
            || DateOf(parts[0]) is not { } day
            || (parts.Length == 2 && !TimeOnly.TryParse(parts[1], CultureInfo.InvariantCulture, out time))
        )
            return null;
        if (day.Year is < FirstYear or > LastYear)
            return null;
        var local = day.ToDateTime(time).AddDays(ends && parts.Length == 1 ? 1 : 0);
        return zone.IsInvalidTime(local) ? null : new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime();
    }
}
