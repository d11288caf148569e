using System.Collections.Immutable;

namespace ConsultHub.Audit;

/// <summary>What a row of the trace tells of.</summary>
public static class AuditKinds
{
    public const string SignedIn = "signed-in",
        SignInRefused = "sign-in-refused",
        SignedOut = "signed-out",
        SignInEnded = "sign-in-ended",
        SecretsChanged = "secrets-changed",
        Refused = "refused",
        ReadPrivate = "read-private",
        AccountChanged = "account-changed",
        RoleChanged = "role-changed",
        /// <summary>Rows are missing. The count says how many.</summary>
        Dropped = "dropped";

    public static ImmutableArray<string> All { get; } =
    [SignedIn, SignInRefused, SignedOut, SignInEnded, SecretsChanged, Refused, ReadPrivate, AccountChanged, RoleChanged, Dropped];
}

/// <summary>
/// One row of the trace: who did what, when, from where and why. A row that is written again with the same id replaces the earlier one, so
/// that its count can rise.
/// </summary>
/// <param name="Kind">One of <see cref="AuditKinds"/>.</param>
/// <param name="What">The name of what was done or tried, such as <c>cases.read</c> or <c>give-role</c>.</param>
[GenerateSerializer, Immutable, Alias("hub.AuditRow")]
public sealed record AuditRow(
    [property: Id(0)] Guid Id,
    [property: Id(1)] DateTimeOffset At,
    [property: Id(2)] string Kind,
    [property: Id(3)] string What
)
{
    /// <summary>Null if nobody was signed in, or if a typed user name belongs to no account.</summary>
    [Id(4)]
    public PersonId? Person { get; init; }

    [Id(5)]
    public string? Address { get; init; }

    /// <summary>What the device calls itself.</summary>
    [Id(6)]
    public string? Device { get; init; }

    /// <summary>The method and the pattern of the endpoint's address, or the method of a live connection.</summary>
    [Id(7)]
    public string? Route { get; init; }

    /// <summary>The id of the thing. It consists of the values in the address.</summary>
    [Id(8)]
    public string? Thing { get; init; }

    [Id(9)]
    public string? Before { get; init; }

    [Id(10)]
    public string? After { get; init; }

    /// <summary>The code of a refusal, or the reason that a person gave.</summary>
    [Id(11)]
    public string? Why { get; init; }

    /// <summary>How often this happened within the minute.</summary>
    [Id(12)]
    public int Count { get; init; } = 1;

    /// <summary>When it happened last. Null if it happened once.</summary>
    [Id(13)]
    public DateTimeOffset? LastAt { get; init; }
}

/// <summary>A place between two rows. Rows are ordered by time and then by id.</summary>
[GenerateSerializer, Immutable, Alias("hub.AuditMark")]
public readonly record struct AuditMark([property: Id(0)] DateTimeOffset At, [property: Id(1)] Guid Id) : IComparable<AuditMark>
{
    public int CompareTo(AuditMark other) => At.CompareTo(other.At) is var byTime and not 0 ? byTime : Id.CompareTo(other.Id);

    public static bool operator <(AuditMark left, AuditMark right) => left.CompareTo(right) < 0;

    public static bool operator >(AuditMark left, AuditMark right) => left.CompareTo(right) > 0;

    public static bool operator <=(AuditMark left, AuditMark right) => left.CompareTo(right) <= 0;

    public static bool operator >=(AuditMark left, AuditMark right) => left.CompareTo(right) >= 0;
}

/// <summary>Which rows are wanted. A null means that this does not matter.</summary>
/// <param name="Take">How many rows at most, the newest first.</param>
/// <param name="Before">Only rows that come before this place in time.</param>
/// <param name="Person">The person who acted, or whom the row is about.</param>
/// <param name="Text">A part of any text in the row.</param>
[GenerateSerializer, Immutable, Alias("hub.AuditQuery")]
public sealed record AuditQuery(
    [property: Id(0)] int Take,
    [property: Id(1)] DateTimeOffset From,
    [property: Id(2)] AuditMark Before,
    [property: Id(3)] string? Kind = null,
    [property: Id(4)] PersonId? Person = null,
    [property: Id(5)] string? Text = null
);

/// <summary>
/// The trace of one day (UTC) in one network: sign-ins, refusals, and reading of private data. The key is <c>{network}/{day}/{node}</c>,
/// such as <c>ehs/2026-11-30/n-7</c>. The network is <c>hub</c> if none is known. The node is one of <see cref="AuditRules.Nodes"/> names
/// that web nodes choose from, so that not all of them write to one grain.
/// <para>
/// The rows are free texts of the journal. So the chain of hashes shows whether a row was altered, and all rows of a day can be erased
/// without a fault in the chain.
/// </para>
/// </summary>
[Alias("hub.IAuditGrain")]
public interface IAuditGrain : IGrainWithStringKey
{
    /// <summary>
    /// Stores rows. When the day is full, rows are only counted. A batch that was stored already is not stored again.
    /// </summary>
    [Alias("Write")]
    Task WriteAsync(Guid batch, ImmutableArray<AuditRow> rows);

    /// <summary>Returns stored rows, the newest first. If the day was full, the last row says how many are missing.</summary>
    [Alias("Search")]
    Task<ImmutableArray<AuditRow>> SearchAsync(AuditQuery query);

    /// <summary>Erases a part of the day's rows. The caller repeats the call until the result is true.</summary>
    /// <returns>Whether all rows are erased.</returns>
    [Alias("Erase")]
    Task<bool> EraseAsync();
}

/// <param name="Nodes">The last parts of the keys of the day's grains.</param>
[GenerateSerializer, Immutable, Alias("hub.AuditDay")]
public sealed record AuditDay([property: Id(0)] DateOnly Day, [property: Id(1)] ImmutableArray<string> Nodes);

/// <summary>Knows which days of a network's trace exist. Key: <c>{network}/days</c>.</summary>
[Alias("hub.IAuditDaysGrain")]
public interface IAuditDaysGrain : IGrainWithStringKey
{
    /// <summary>Notes that a day has rows.</summary>
    [Alias("Note")]
    Task NoteAsync(DateOnly day, string node);

    /// <summary>Returns the days from the first to the last, both included.</summary>
    [Alias("List")]
    Task<ImmutableArray<AuditDay>> ListAsync(DateOnly first, DateOnly last);

    /// <summary>Erases a part of the days that lie before the given one. The caller repeats the call until the result is true.</summary>
    /// <returns>Whether no day before the given one is left.</returns>
    [Alias("EraseBefore")]
    Task<bool> EraseBeforeAsync(DateOnly day);
}
