using System.Globalization;
using System.Xml;

namespace ConsultHub.Conferences.Import;

/// <summary>
/// Parses dates, offsets and durations in the notation of calendars (RFC 5545, 3.3). Returns null for text that cannot be parsed.
/// </summary>
internal static class CalendarValues
{
    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    /// <summary>Parses a date, or a date and a time. The kind is UTC if the text ends with Z.</summary>
    public static DateTime? Local(string? text)
    {
        text = text?.Trim() ?? "";
        var utc = text.EndsWith('Z');
        if (
            !DateTime.TryParseExact(
                utc ? text[..^1] : text,
                ["yyyyMMdd'T'HHmmss", "yyyyMMdd'T'HHmm", "yyyyMMdd"],
                Culture,
                DateTimeStyles.None,
                out var local
            )
        )
            return null;
        return utc ? DateTime.SpecifyKind(local, DateTimeKind.Utc) : local;
    }

    public static bool IsDate(CalendarProperty property) =>
        property["VALUE"]?.ToUpperInvariant() == "DATE" || property.Value.Trim().Length == 8;

    /// <summary>Parses an offset such as <c>+0400</c>. At most 14 hours are valid.</summary>
    public static TimeSpan? Offset(string? text)
    {
        if (
            text?.Trim() is not { Length: 5 or 7 } trimmed
            || trimmed[0] is not ('+' or '-')
            || !int.TryParse(trimmed.AsSpan(1), NumberStyles.None, Culture, out var digits)
        )
            return null;
        if (trimmed.Length == 5)
            digits *= 100;
        // The seconds of an offset are dropped, because the hub's instants cannot hold them. Only offsets from the distant past have
        // seconds.
        var offset = new TimeSpan(digits / 10_000, digits / 100 % 100, 0);
        return offset > TimeSpan.FromHours(14) ? null
            : trimmed[0] == '-' ? -offset
            : offset;
    }

    /// <summary>Parses a duration such as <c>PT1H30M</c> or <c>P1W</c>.</summary>
    public static TimeSpan? Duration(string? text)
    {
        if (text?.Trim().TrimStart('+') is not { Length: > 1 and < 40 } iso)
            return null;
        try
        {
            return
                iso.EndsWith('W') && int.TryParse(iso.AsSpan(1, iso.Length - 2), NumberStyles.None, Culture, out var weeks) && weeks < 1000
                ? TimeSpan.FromDays(7 * weeks)
                : XmlConvert.ToTimeSpan(iso);
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            return null;
        }
    }
}
