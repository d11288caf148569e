using System.Collections.Immutable;

namespace ConsultHub.Journal;

/// <summary>
/// The ids of the newest commands, each with the version after its decision. With these, a repeated command is answered and not decided
/// again.
/// </summary>
internal sealed class CommandMemory
{
    /// <summary>
    /// How many commands are remembered at most. The roster of the busiest week receives this many commands within minutes, and the roster
    /// of a quiet week within days.
    /// </summary>
    public const int Capacity = 4096;

    private readonly Dictionary<Guid, long> _versions = [];
    private readonly Queue<Guid> _order = [];

    public bool TryGet(Guid command, out long version) => _versions.TryGetValue(command, out version);

    public void Add(Guid command, long version)
    {
        if (command == Guid.Empty || !_versions.TryAdd(command, version))
            return;
        _order.Enqueue(command);
        if (_order.Count > Capacity)
            _versions.Remove(_order.Dequeue());
    }

    /// <param name="upTo">Commands with a higher version are left out, because they are decided but not yet stored.</param>
    public ImmutableArray<RememberedCommand> ToSnapshot(long upTo) =>
        [.. _order.Select(id => new RememberedCommand(id, _versions[id])).Where(c => c.Version <= upTo)];
}
