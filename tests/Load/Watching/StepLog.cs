using System.Collections.Concurrent;
using ConsultHub.Load.Wire;

namespace ConsultHub.Load.Watching;

/// <summary>
/// The distinct steps that a process's watchers took, see <see cref="Step"/>. Thousands of watchers take the same steps, so each step is
/// stored once and compared once with the history, item by item.
/// </summary>
internal sealed class StepLog
{
    private sealed class Tally(FrameSight[] parts)
    {
        public FrameSight[] Parts => parts;
        public long Times;
    }

    private readonly ConcurrentDictionary<(long From, FrameSight Last, int Parts, int Items), Tally> _steps = new();

    /// <param name="items">How many items all parts have together.</param>
    public void Add(long from, List<FrameSight> parts, int items)
    {
        var key = (from, parts[^1], parts.Count, items);
        if (!_steps.TryGetValue(key, out var tally))
            tally = _steps.GetOrAdd(key, _ => new Tally([.. parts]));
        Interlocked.Increment(ref tally.Times);
    }

    public Step[] ToArray() =>
        [
            .. _steps.Select(s => new Step(
                s.Key.From,
                s.Key.Last.To,
                s.Key.Last.Snapshot,
                [.. s.Value.Parts.SelectMany(p => p.Items)],
                s.Value.Times
            )),
        ];
}
