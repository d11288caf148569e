using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ConsultHub;

/// <summary>An ISO 8601 week, written <c>2026-W48</c>.</summary>
[GenerateSerializer, Immutable, Alias("hub.Week"), JsonConverter(typeof(WeekJsonConverter))]
public readonly record struct Week([property: Id(0)] int Year, [property: Id(1)] int Number) : IParsable<Week>, IComparable<Week>
{
    /// <summary>The first and the last year that weeks may have, both included.</summary>
    public const int FirstYear = 1970,
        LastYear = 2200;

    /// <summary>The Monday of the week.</summary>
    public DateOnly Monday => ISOWeek.ToDateOnly(Year, Number, DayOfWeek.Monday);

    public Week Next => Of(Monday.AddDays(7));
    public Week Previous => Of(Monday.AddDays(-7));

    /// <summary>The week that contains a local date.</summary>
    public static Week Of(DateOnly date) => new(ISOWeek.GetYear(date), ISOWeek.GetWeekOfYear(date));

    /// <summary>The week that contains an instant in a time zone.</summary>
    public static Week Of(DateTimeOffset instant, TimeZoneInfo zone) => Of(LocalDay.Of(instant, zone));

    /// <summary>
    /// The first instant of the week in a time zone, as UTC. If that Monday has no midnight in the zone, the week starts at the first
    /// quarter of an hour that exists after midnight. If that midnight occurs twice, the week starts at the second one.
    /// </summary>
    public DateTimeOffset StartIn(TimeZoneInfo zone) => LocalDay.StartOf(Monday, zone);

    public static Week Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out var week) ? week : throw new FormatException($"'{s}' is not an ISO week such as 2026-W48.");

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out Week result)
    {
        result = default;
        if (
            s is not { Length: 8 }
            || s[4] != '-'
            || s[5] != 'W'
            || !int.TryParse(s.AsSpan(0, 4), NumberStyles.None, CultureInfo.InvariantCulture, out var year)
            || !int.TryParse(s.AsSpan(6), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            || year is < FirstYear or > LastYear
            || number < 1
            || number > ISOWeek.GetWeeksInYear(year)
        )
            return false;
        result = new Week(year, number);
        return true;
    }

    public int CompareTo(Week other) => (Year, Number).CompareTo((other.Year, other.Number));

    public static bool operator <(Week left, Week right) => left.CompareTo(right) < 0;

    public static bool operator >(Week left, Week right) => left.CompareTo(right) > 0;

    public static bool operator <=(Week left, Week right) => left.CompareTo(right) <= 0;

    public static bool operator >=(Week left, Week right) => left.CompareTo(right) >= 0;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Year:0000}-W{Number:00}");
}

/// <summary>Writes a week as its ISO text.</summary>
public sealed class WeekJsonConverter : JsonConverter<Week>
{
    public override Week Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Week.TryParse(reader.GetString(), null, out var week) ? week : throw new JsonException("This is not an ISO week such as 2026-W48.");

    public override void Write(Utf8JsonWriter writer, Week value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}
