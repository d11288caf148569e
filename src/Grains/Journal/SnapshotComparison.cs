using System.Collections.Immutable;

namespace ConsultHub.Journal;

/// <summary>
/// Compares a stored snapshot with the snapshot that replaying the rows gives. Only three parts of the stored snapshot may contain less
/// than the rows give: remembered commands, waiting messages, and the hashes of older rows.
/// </summary>
internal static class SnapshotComparison
{
    /// <summary>The name of the first part that differs, or null if there is none.</summary>
    public static string? Difference<TState>(JournalSnapshot<TState> stored, JournalSnapshot<TState> replayed)
    {
        if (stored.Row != replayed.Row || !stored.Hash.AsSpan().SequenceEqual(replayed.Hash))
            return "Row";
        if (stored.Epoch != replayed.Epoch)
            return "Epoch";
        if (stored.Version != replayed.Version)
            return "Version";
        if (stored.LastMessage != replayed.LastMessage)
            return "LastMessage";
        if (SameState.Difference(stored.State, replayed.State) is { } state)
            return "State" + state;
        if (!Same(stored.Received.ToDictionary(m => m.Other, m => m.Number), replayed.Received.ToDictionary(m => m.Other, m => m.Number)))
            return "Received";
        if (!Same(stored.Trail.ToDictionary(l => l.Subject, l => l.Row), replayed.Trail.ToDictionary(l => l.Subject, l => l.Row)))
            return "Trail";
        if (!MayBe(stored.Commands, replayed.Commands))
            return "Commands";
        if (!MayBe(stored.Outbox, replayed.Outbox))
            return "Outbox";
        var marks = replayed.Marks.ToDictionary(m => m.Row, m => m.Hash);
        return
            stored.Marks.IsDefault || stored.Marks.All(m => marks.TryGetValue(m.Row, out var hash) && hash.AsSpan().SequenceEqual(m.Hash))
            ? null
            : "Marks";
    }

    private static bool Same<TKey>(Dictionary<TKey, long> one, Dictionary<TKey, long> other)
        where TKey : notnull =>
        one.Count == other.Count && one.All(pair => other.TryGetValue(pair.Key, out var value) && value == pair.Value);

    /// <summary>
    /// Whether the stored commands are possible. The stored snapshot may lack old commands that the replay still has. The oldest commands
    /// are dropped when the memory is full, and in a running hub commands that are not stored yet also take space in the memory.
    /// </summary>
    private static bool MayBe(ImmutableArray<RememberedCommand> stored, ImmutableArray<RememberedCommand> replayed) =>
        replayed.AsSpan().EndsWith(stored.AsSpan()) && (stored.Length == replayed.Length || replayed.Length >= CommandMemory.Capacity / 2);

    /// <summary>
    /// The stored snapshot may lack messages that the replay still has, because a message can arrive before a row records its delivery.
    /// </summary>
    private static bool MayBe(ImmutableArray<OutboxMessage> stored, ImmutableArray<OutboxMessage> replayed)
    {
        var pending = replayed.ToDictionary(m => m.Number);
        return stored.All(message => pending.TryGetValue(message.Number, out var same) && SameState.Difference(message, same) is null);
    }
}
