using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml;

namespace ConsultHub.Conferences.Import;

/// <summary>
/// Parses dates, times of day and durations in the notations of programme files. Returns null for text that cannot be parsed.
/// </summary>
internal static partial class SourceTime
{
    private const NumberStyles Digits = NumberStyles.None;
    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;
    private static readonly string[] Dated =
    [
        "yyyy-MM-dd'T'HH:mm",
        "yyyy-MM-dd'T'HH:mm:ss",
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF",
        "yyyy-MM-dd HH:mm",
        "yyyy-MM-dd HH:mm:ss",
    ];
    private static readonly string[] DatedWithOffset = [.. Dated.Select(f => f + "zzz")];

    [GeneratedRegex(@"(Z|[+-]\d\d:?\d\d)\z")]
    private static partial Regex Offset();

    /// <summary>Parses an instant with the offset in which it is written.</summary>
    public static DateTimeOffset? Instant(string? text)
    {
        if (text?.Trim() is not { Length: > 10 and < 40 } trimmed || !Offset().IsMatch(trimmed))
            return null;
        if (trimmed[^1] == 'Z')
            trimmed = trimmed[..^1] + "+00:00";
        return DateTimeOffset.TryParseExact(trimmed, DatedWithOffset, Culture, DateTimeStyles.None, out var instant) ? instant : null;
    }

    /// <summary>Parses a local date and time without an offset.</summary>
    public static DateTime? Local(string? text) =>
        text?.Trim() is { Length: > 10 and < 40 } trimmed
        && DateTime.TryParseExact(trimmed, Dated, Culture, DateTimeStyles.None, out var local)
            ? local
            : null;

    /// <summary>Parses the date at the beginning of a text.</summary>
    public static DateOnly? Date(string? text) =>
        text?.Trim() is { Length: >= 10 } trimmed
        && DateOnly.TryParseExact(trimmed.AsSpan(0, 10), "yyyy-MM-dd", Culture, DateTimeStyles.None, out var date)
            ? date
            : null;

    /// <summary>Parses a time of day as the time since midnight. Hours up to 47 are valid: hours from 24 are on the next day.</summary>
    public static TimeSpan? Clock(string? text) =>
        Parts(text) is [var h, var m, .. var rest] && rest is [] or [< 60] && h < 48 && m < 60
            ? new TimeSpan(h, m, rest is [var s] ? s : 0)
            : null;

    /// <summary>Parses a duration that is written as minutes, h:mm, h:mm:ss or an ISO 8601 duration.</summary>
    public static TimeSpan? Duration(string? text)
    {
        if (Parts(text) is { } parts)
            return parts switch
            {
                [var m] => TimeSpan.FromMinutes(m),
                [var h, < 60 and var m] => new TimeSpan(h, m, 0),
                [var h, < 60 and var m, < 60 and var s] => new TimeSpan(h, m, s),
                _ => null,
            };
        if (text?.Trim() is not ['P', ..] iso)
            return null;
        try
        {
            return XmlConvert.ToTimeSpan(iso);
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            return null;
        }
    }

    /// <summary>
    /// Returns the instant of a local time. For a time that the clocks skip, the offset before the change is used. For a time that the
    /// clocks repeat, the first of the two instants is returned.
    /// </summary>
    public static DateTimeOffset ToUtc(DateTime local, TimeZoneInfo zone)
    {
        var offset =
            zone.IsInvalidTime(local) ? zone.GetUtcOffset(local.AddHours(-3))
            : zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max()
            : zone.GetUtcOffset(local);
        return new DateTimeOffset(local, offset).ToUniversalTime();
    }

    private static int[]? Parts(string? text)
    {
        if (text is null || text.Length > 20)
            return null;
        var parts = text.Trim().Split(':');
        var numbers = new int[parts.Length];
        for (var i = 0; i < parts.Length; i++)
            if (parts[i].Length > 6 || !int.TryParse(parts[i], Digits, Culture, out numbers[i]))
                return null;
        return numbers;
    }
}
