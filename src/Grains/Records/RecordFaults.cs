using System.Collections.Immutable;

namespace ConsultHub.Records;

/// <summary>Collects the faults of one record. The checks are pure and say which field is at fault.</summary>
internal sealed class RecordFaults(RecordId record)
{
    /// <summary>The longest name, address or place, in characters.</summary>
    public const int MostText = 120;

    /// <summary>Nothing is planned before or after these instants.</summary>
    private static readonly DateTimeOffset First = new(1970, 1, 1, 0, 0, 0, TimeSpan.Zero),
        Last = new(2200, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly List<RecordFault> _all = [];

    public IReadOnlyList<RecordFault> All => _all;

    public void Add(Code code, string message, string? field = null) => _all.Add(new(record, code.Name, message, field));

    public void Text(string? value, string field, bool needed = false, int most = MostText)
    {
        if (needed && string.IsNullOrWhiteSpace(value))
            Add(RecordCodes.Required, RecordCodes.Required.Message!, field);
        else if (value?.Length > most)
            Add(RecordCodes.TooLong, $"At most {most} characters.", field);
        else if (value?.Any(char.IsControl) == true)
            Add(RecordCodes.BadValue, "The text has a character that cannot be shown.", field);
    }

    public void Name(LocalName? name, string field = "name", int most = MostText)
    {
        Text(name?.En, $"{field}.en", needed: true, most);
        Text(name?.Ar, $"{field}.ar", most: most);
        Text(name?.Ko, $"{field}.ko", most: most);
    }

    public void Id(string? value, string field = "id")
    {
        if (!TextId.IsValid(value))
            Add(RecordCodes.BadId, RecordCodes.BadId.Message!, field);
    }

    public void OptionalId(string? value, string field)
    {
        if (value is not null)
            Id(value, field);
    }

    /// <summary>A list of ids or codes, each at most once.</summary>
    public void Ids(ImmutableArray<string> values, string field, int most)
    {
        if (values.IsDefault)
            Add(RecordCodes.Required, "The list must not be null.", field);
        else if (values.Length > most)
            Add(RecordCodes.TooMany, $"At most {most} values.", field);
        else if (values.Any(v => !TextId.IsValid(v)))
            Add(RecordCodes.BadId, RecordCodes.BadId.Message!, field);
        else if (values.Distinct().Count() < values.Length)
            Add(RecordCodes.Twice, "A value is in the list twice.", field);
    }

    /// <summary>A list of short texts, each at most once. In files, a semicolon separates them, so none of them has one.</summary>
    public void Texts(ImmutableArray<string> values, string field, int most, int longest)
    {
        if (values.IsDefault)
            Add(RecordCodes.Required, "The list must not be null.", field);
        else if (values.Length > most)
            Add(RecordCodes.TooMany, $"At most {most} values.", field);
        else if (values.FirstOrDefault(v => v?.Contains(';', StringComparison.Ordinal) != false) is { } divided)
            Add(RecordCodes.BadValue, $"{Short(divided)} has a semicolon.", field);
        else if (values.Select(v => v.Trim()).Distinct(StringComparer.OrdinalIgnoreCase).Count() < values.Length)
            Add(RecordCodes.Twice, "A value is in the list twice.", field);
        else
            foreach (var value in values)
                Text(value, field, needed: true, longest);
    }

    /// <summary>An IANA time zone.</summary>
    public void Zone(string? value, string field = "timeZone")
    {
        if (string.IsNullOrWhiteSpace(value))
            Add(RecordCodes.Required, RecordCodes.Required.Message!, field);
        else if (!(TimeZoneInfo.TryFindSystemTimeZoneById(value, out var zone) && zone.HasIanaId))
            Add(RecordCodes.UnknownZone, $"There is no time zone {Short(value)}. Zones have names such as Asia/Dubai.", field);
    }

    public void Range<T>(T value, T least, T most, string field)
        where T : struct, IComparable<T>
    {
        if (value.CompareTo(least) < 0 || value.CompareTo(most) > 0)
            Add(RecordCodes.OutOfRange, FormattableString.Invariant($"The value must be {least} to {most}."), field);
    }

    public void Choice<T>(T value, string field)
        where T : struct, Enum
    {
        if (!Enum.IsDefined(value))
            Add(RecordCodes.UnknownChoice, $"The value must be one of {string.Join(", ", Enum.GetNames<T>())}.", field);
    }

    public void Period(DateTimeOffset from, DateTimeOffset to, string first = "from", string last = "to")
    {
        Instant(from, first);
        Instant(to, last);
        if (to <= from)
            Add(RecordCodes.EndBeforeStart, "The end must be after the start.", last);
    }

    public void Instant(DateTimeOffset? at, string field)
    {
        if (at < First || at >= Last)
            Add(RecordCodes.OutOfRange, "The time must be between 1970 and 2200.", field);
    }

    public void Day(DateOnly? day, string field)
    {
        if (day?.Year is < 1970 or >= 2200)
            Add(RecordCodes.OutOfRange, "The day must be between 1970 and 2200.", field);
    }

    public static string Short(string value) => value.Length > 60 ? value[..60] + "…" : value;
}

/// <summary>A record that can check itself.</summary>
internal interface ICheckedRecord : IRecord
{
    void Check(RecordFaults faults);
}
