using System.Collections.Immutable;
using ConsultHub.Journal;
using ConsultHub.Live;

namespace ConsultHub.Audit;

/// <summary>An event about the trace of a day. Events contain no personal data, because they can never be erased.</summary>
[GenerateSerializer, Immutable, Alias("hub.AuditEvent")]
internal abstract record AuditEvent;

/// <summary>Rows were stored. The rows themselves are in the free text of the decision.</summary>
/// <param name="Refused">How many of the rows tell of refusals.</param>
/// <param name="Dropped">How many did not fit into the day.</param>
[GenerateSerializer, Immutable, Alias("hub.AuditNoted")]
internal sealed record AuditNoted([property: Id(0)] int Rows, [property: Id(1)] int Refused, [property: Id(2)] long Dropped) : AuditEvent;

/// <summary>All rows of the day were erased.</summary>
[GenerateSerializer, Immutable, Alias("hub.AuditErased")]
internal sealed record AuditErased : AuditEvent;

/// <summary>How full a day is. The rows are not in the state, because old states cannot be erased.</summary>
[GenerateSerializer, Immutable, Alias("hub.AuditState")]
internal sealed record AuditState : IAuthorityState<AuditState, AuditEvent>
{
    [Id(0)]
    public int Rows { get; init; }

    [Id(1)]
    public int Refused { get; init; }

    [Id(2)]
    public long Dropped { get; init; }

    [Id(3)]
    public bool Erased { get; init; }

    public AuditState Apply(JournalEntry<AuditEvent> entry)
    {
        var state = this;
        foreach (var happened in entry.Events)
            state = happened switch
            {
                AuditNoted noted => state with
                {
                    Rows = state.Rows + noted.Rows,
                    Refused = state.Refused + noted.Refused,
                    Dropped = state.Dropped + noted.Dropped,
                },
                AuditErased => state with { Erased = true },
                _ => throw new InvalidOperationException($"Unknown audit event {happened.GetType().Name}."),
            };
        return state;
    }

    public IEnumerable<TopicItem> ItemsSince(long version) => [];

    public Tombstones Tombstones => Tombstones.None;
}

[GenerateSerializer, Immutable, Alias("hub.AuditDaysEvent")]
internal abstract record AuditDaysEvent;

/// <summary>A day has rows in the grain of a node.</summary>
[GenerateSerializer, Immutable, Alias("hub.AuditDayNoted")]
internal sealed record AuditDayNoted([property: Id(0)] DateOnly Day, [property: Id(1)] string Node) : AuditDaysEvent;

/// <summary>The rows of a day were erased.</summary>
[GenerateSerializer, Immutable, Alias("hub.AuditDayErased")]
internal sealed record AuditDayErased([property: Id(0)] DateOnly Day) : AuditDaysEvent;

/// <summary>The days with rows. Their number is bounded by how long rows are kept.</summary>
[GenerateSerializer, Immutable, Alias("hub.AuditDaysState")]
internal sealed record AuditDaysState : IAuthorityState<AuditDaysState, AuditDaysEvent>
{
    [Id(0)]
    public ImmutableSortedDictionary<DateOnly, ImmutableArray<string>> Days { get; init; } =
        ImmutableSortedDictionary<DateOnly, ImmutableArray<string>>.Empty;

    public AuditDaysState Apply(JournalEntry<AuditDaysEvent> entry)
    {
        var days = Days;
        foreach (var happened in entry.Events)
            days = happened switch
            {
                AuditDayNoted noted => days.SetItem(noted.Day, [.. NodesOf(days, noted.Day).Append(noted.Node).Distinct()]),
                AuditDayErased erased => days.Remove(erased.Day),
                _ => throw new InvalidOperationException($"Unknown audit event {happened.GetType().Name}."),
            };
        return this with { Days = days };
    }

    public bool Has(DateOnly day, string node) => NodesOf(Days, day).Contains(node);

    private static ImmutableArray<string> NodesOf(ImmutableSortedDictionary<DateOnly, ImmutableArray<string>> days, DateOnly day) =>
        days.TryGetValue(day, out var nodes) ? nodes : [];

    public IEnumerable<TopicItem> ItemsSince(long version) => [];

    public Tombstones Tombstones => Tombstones.None;
}
