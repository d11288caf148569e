using System.Collections.Frozen;
using System.Collections.Immutable;

namespace ConsultHub.Web.Records;

/// <summary>All tables. Each feature registers its own.</summary>
internal sealed class RecordTables(IEnumerable<RecordTable> tables)
{
    private readonly FrozenDictionary<string, RecordTable> _byName = tables.ToFrozenDictionary(t => t.Name);

    public ImmutableArray<RecordTable> All { get; } = [.. tables];

    public RecordTable? Find(string name) => _byName.GetValueOrDefault(name);
}
