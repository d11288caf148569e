using System.Globalization;

namespace ConsultHub.Web.Hosting;

/// <summary>An instant in a query. A time without an offset is refused, as it is in request bodies.</summary>
public readonly record struct QueryInstant(DateTimeOffset At) : IParsable<QueryInstant>
{
    public static QueryInstant Parse(string s, IFormatProvider? provider) =>
        TryParse(s, provider, out var instant)
            ? instant
            : throw new FormatException($"'{s}' is not a time with an offset, such as 2026-11-28T11:00:00Z.");

    public static bool TryParse(string? s, IFormatProvider? provider, out QueryInstant result)
    {
        var valid =
            DateTimeOffset.TryParse(s, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var instant)
            && DateTime.TryParse(s, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var time)
            && time.Kind != DateTimeKind.Unspecified;
        result = new(valid ? instant : default);
        return valid;
    }
}
