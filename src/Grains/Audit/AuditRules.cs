using System.Collections.Immutable;
using System.Globalization;

namespace ConsultHub.Audit;

/// <summary>The rules about the trace. Pure.</summary>
public static class AuditRules
{
    /// <summary>The name that stands for the network in the key of rows that belong to none.</summary>
    public const string NoNetwork = "hub";

    /// <summary>How many grains share the rows of one day and network.</summary>
    public const int Nodes = 16;

    public const int MostRows = 20_000,
        MostTaken = 500,
        LongestText = 300;

    /// <summary>
    /// Refusals may use only half of a day's rows. So people who cause many refusals cannot keep what others read out of the trace.
    /// </summary>
    public const int MostRefused = MostRows / 2;

    public static string KeyOf(string network, DateOnly day, string node) =>
        string.Create(CultureInfo.InvariantCulture, $"{network}/{day:yyyy-MM-dd}/{node}");

    /// <summary>The day (UTC) to which a row belongs.</summary>
    public static DateOnly DayOf(DateTimeOffset at) => DateOnly.FromDateTime(at.UtcDateTime);

    public static string NodeOf(Guid webNode) => "n-" + (webNode.ToByteArray()[0] % Nodes).ToString(CultureInfo.InvariantCulture);

    /// <summary>Decides which rows still fit, and counts the others.</summary>
    internal static (ImmutableArray<AuditRow> Kept, AuditNoted Noted) Fit(AuditState state, ImmutableArray<AuditRow> rows)
    {
        var kept = ImmutableArray.CreateBuilder<AuditRow>();
        var (refused, dropped) = (0, 0L);
        foreach (var row in rows)
        {
            var isRefusal = row.Kind is AuditKinds.Refused or AuditKinds.SignInRefused;
            if (state.Rows + kept.Count >= MostRows || (isRefusal && state.Refused + refused >= MostRefused))
            {
                dropped += row.Count;
                continue;
            }
            kept.Add(Bounded(row));
            refused += isRefusal ? 1 : 0;
        }
        return (kept.ToImmutable(), new(kept.Count, refused, dropped));
    }

    /// <summary>Returns the row with texts that are not too long.</summary>
    public static AuditRow Bounded(AuditRow row) =>
        row with
        {
            Kind = Cut(row.Kind)!,
            What = Cut(row.What)!,
            Address = Cut(row.Address),
            Device = Cut(row.Device),
            Route = Cut(row.Route),
            Thing = Cut(row.Thing),
            Before = Cut(row.Before),
            After = Cut(row.After),
            Why = row.Why is { Length: > 500 } why ? why[..500] : row.Why,
        };

    private static string? Cut(string? text) => text is { Length: > LongestText } ? text[..LongestText] : text;

    /// <summary>Whether a row is one that the query asks for.</summary>
    public static bool Matches(AuditRow row, AuditQuery query) =>
        row.At >= query.From
        && new AuditMark(row.At, row.Id) < query.Before
        && (query.Kind is null || row.Kind == query.Kind)
        && (query.Person is not { } person || row.Person == person || IsAbout(row, person))
        && (
            query.Text is not { } text
            || new[] { row.Person?.Value, row.What, row.Route, row.Thing, row.Before, row.After, row.Why, row.Address, row.Device }.Any(
                part => part?.Contains(text, StringComparison.OrdinalIgnoreCase) == true
            )
        );

    /// <summary>The thing's id consists of the values in an address, with slashes between them.</summary>
    private static bool IsAbout(AuditRow row, PersonId person) => row.Thing?.Split('/').Contains(person.Value) == true;
}
