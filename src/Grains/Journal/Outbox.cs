using System.Collections.Immutable;
using Orleans.Runtime;

namespace ConsultHub.Journal;

/// <summary>Stored messages that have not arrived yet, in order for each destination.</summary>
internal sealed class Outbox
{
    private readonly Dictionary<GrainId, SortedDictionary<long, OutboxMessage>> _pending = [];
    private readonly Dictionary<(GrainId, string), long> _replaceable = [];
    private readonly Dictionary<GrainId, long> _delivered = [];
    private readonly Lock _changing = new(); // only the grain changes the outbox, but metrics read it on other threads

    public bool IsEmpty => _pending.Count == 0;
    public IEnumerable<GrainId> Destinations => _pending.Keys;

    /// <summary>Whether there are deliveries that no row records yet.</summary>
    public bool HasUnrecorded => _delivered.Count > 0;

    /// <summary>
    /// The time when the oldest waiting message was decided. Messages of earlier releases without a time are left out. Null if no other
    /// message waits. May be called on any thread.
    /// </summary>
    public DateTimeOffset? Oldest
    {
        get
        {
            lock (_changing)
                return _pending
                    .Values.Select(q => q.First().Value.At)
                    .Where(at => at != default)
                    .Order()
                    .Select(at => (DateTimeOffset?)at)
                    .FirstOrDefault();
        }
    }

    public void Add(OutboxMessage message)
    {
        lock (_changing)
            AddLocked(message);
    }

    private void AddLocked(OutboxMessage message)
    {
        if (!_pending.TryGetValue(message.To, out var queue))
            _pending[message.To] = queue = [];
        if (message.Replaces is { } replaces)
        {
            if (_replaceable.TryGetValue((message.To, replaces), out var older))
                queue.Remove(older);
            _replaceable[(message.To, replaces)] = message.Number;
        }
        queue[message.Number] = message;
    }

    public ImmutableArray<OutboxMessage> Peek(GrainId destination, int most) =>
        _pending.TryGetValue(destination, out var queue) ? [.. queue.Values.Take(most)] : [];

    /// <summary>Whether at least one of the messages that wait for the destination can never be replaced by a newer one.</summary>
    public bool HasLasting(GrainId destination) =>
        _pending.TryGetValue(destination, out var queue) && queue.Values.Any(m => m.Replaces is null);

    /// <summary>Removes the messages to a destination up to a number, because they have arrived.</summary>
    /// <param name="record">Whether a row must still record the delivery.</param>
    public void Delivered(MessageMark mark, bool record)
    {
        if (record)
            _delivered[mark.Other] = mark.Number;
        lock (_changing)
            RemoveUpTo(mark);
    }

    private void RemoveUpTo(MessageMark mark)
    {
        if (!_pending.TryGetValue(mark.Other, out var queue))
            return;
        foreach (var (number, message) in queue.TakeWhile(m => m.Key <= mark.Number).ToList())
        {
            queue.Remove(number);
            if (message.Replaces is { } replaces && _replaceable.GetValueOrDefault((mark.Other, replaces)) == number)
                _replaceable.Remove((mark.Other, replaces));
        }
        if (queue.Count == 0)
            _pending.Remove(mark.Other);
    }

    public ImmutableArray<MessageMark> TakeUnrecorded()
    {
        if (_delivered.Count == 0)
            return [];
        ImmutableArray<MessageMark> marks = [.. _delivered.Select(d => new MessageMark(d.Key, d.Value))];
        _delivered.Clear();
        return marks;
    }

    public ImmutableArray<OutboxMessage> ToSnapshot() => [.. _pending.Values.SelectMany(q => q.Values).OrderBy(m => m.Number)];
}
