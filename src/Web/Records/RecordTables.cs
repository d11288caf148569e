using System.Collections.Frozen;
using System.Collections.Immutable;
using ConsultHub.Records;

namespace ConsultHub.Web.Records;

/// <summary>All tables. Each feature registers its own.</summary>
internal sealed class RecordTables(IEnumerable<RecordTable> tables)
{
    private readonly FrozenDictionary<string, RecordTable> _byName = tables.ToFrozenDictionary(t => t.Name);

    public ImmutableArray<RecordTable> All { get; } = [.. tables];

    public RecordTable? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>The table to which a record of an owner belongs.</summary>
    public RecordTable? Find(OwnerKind owner, RecordId record) => All.FirstOrDefault(t => t.Owner == owner && t.Part == record.Part);
}
