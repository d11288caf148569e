using System.Collections.Immutable;

namespace ConsultHub.Web.Records;

/// <summary>What the cells of a column hold.</summary>
public enum ColumnKind
{
    Id,
    Text,

    /// <summary>A whole number.</summary>
    Number,
    Fraction,
    Flag,

    /// <summary>A date, such as 2026-11-28.</summary>
    Date,

    /// <summary>A local time, such as 08:00.</summary>
    Time,

    /// <summary>A UTC instant in ISO 8601.</summary>
    Instant,

    /// <summary>A length of time, such as 01:30:00.</summary>
    Duration,

    /// <summary>An IANA time zone.</summary>
    Zone,

    /// <summary>One of <see cref="Column.Choices"/>.</summary>
    Choice,

    /// <summary>The id of a record in <see cref="Column.Table"/>.</summary>
    Reference,
}

/// <summary>A column of a table: a member of its records.</summary>
/// <param name="Name">The JSON path of the member in the record, such as <c>name.en</c>.</param>
public sealed record Column(string Name, ColumnKind Kind)
{
    public bool Required { get; init; }

    /// <summary>The column instead of which this one is needed: if that column has a value, the hub knows a value for this one.</summary>
    public string? RequiredWithout { get; init; }

    /// <summary>Whether a cell holds a list of values. In CSV, a semicolon separates them.</summary>
    public bool Many { get; init; }

    /// <summary>Whether the value tells records of the table apart. It does not change.</summary>
    public bool Key { get; init; }

    /// <summary>Whether an instant is an end, so that a date without a time stands for the end of that day.</summary>
    public bool Ends { get; init; }

    /// <summary>The table to whose records the column refers.</summary>
    public string? Table { get; init; }

    public ImmutableArray<string>? Choices { get; init; }

    /// <summary>The smallest number. The fewest characters are always 0 or 1.</summary>
    public decimal? Least { get; init; }

    /// <summary>The largest number, or the most characters of a text.</summary>
    public decimal? Most { get; init; }

    public static Column Id(string name = "id") =>
        new(name, ColumnKind.Id)
        {
            Key = true,
            Required = true,
            Most = 80,
        };

    /// <summary>A name in three languages.</summary>
    public static ImmutableArray<Column> Names(string name = "name") =>
        [Text($"{name}.en") with { Required = true }, Text($"{name}.ar"), Text($"{name}.ko")];

    public static Column Text(string name, int most = 120) => new(name, ColumnKind.Text) { Most = most };

    public static Column Number(string name, int least, int most) =>
        new(name, ColumnKind.Number)
        {
            Required = true,
            Least = least,
            Most = most,
        };

    public static Column Instant(string name) => new(name, ColumnKind.Instant) { Required = true };

    public static Column End(string name) => new(name, ColumnKind.Instant) { Required = true, Ends = true };

    /// <summary>The end after which something takes part no longer. Most things have none.</summary>
    public static Column Until { get; } = new("until", ColumnKind.Instant) { Ends = true };

    public static Column Zone(string name = "timeZone") => new(name, ColumnKind.Zone) { Required = true };

    public static Column Reference(string name, string table) => new(name, ColumnKind.Reference) { Table = table };

    /// <summary>A choice of the values of an enum, in the names that JSON has.</summary>
    public static Column Choice<T>(string name)
        where T : struct, Enum =>
        new(name, ColumnKind.Choice)
        {
            Required = true,
            Choices = [.. Enum.GetNames<T>().Select(System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName)],
        };
}
