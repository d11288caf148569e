using System.Collections.Immutable;
using System.Text.Json.Nodes;
using ConsultHub.Consultants;
using ConsultHub.Hospitals;
using ConsultHub.Networks;
using ConsultHub.Records;
using ConsultHub.Rostering;

namespace ConsultHub.Web.Records;

/// <summary>What kind of thing owns the records of a table.</summary>
internal enum OwnerKind
{
    /// <summary>The hub itself.</summary>
    Hub,
    Network,
    Hospital,
    Consultant,

    /// <summary>A week of a network.</summary>
    Roster,
}

/// <summary>
/// A table: all records of one kind. It is declared once. The interface for single records, lists, CSV files, forms and histories follow
/// from the declaration.
/// </summary>
internal sealed record RecordTable(string Name, Type Record)
{
    public required OwnerKind Owner { get; init; }

    /// <summary>The part of the owner's records. See <see cref="RecordId.Part"/>.</summary>
    public required string Part { get; init; }

    /// <summary>The address of a record, with <c>{owner}</c> and <c>{id}</c>.</summary>
    public required string Route { get; init; }

    /// <summary>The columns. If the record does not name its owner itself, the first column does.</summary>
    public required ImmutableArray<Column> Columns { get; init; }

    /// <summary>The column that names the owner. Null if the hub is the owner.</summary>
    public string? OwnerColumn { get; init; } = "id";

    /// <summary>
    /// Whether the members of a record make its id, such as the day and the first date of working hours. Then a change of these members
    /// moves the record.
    /// </summary>
    public bool Natural { get; init; }

    /// <summary>Whether another endpoint reads a single record, together with more.</summary>
    public bool IsReadElsewhere { get; init; }

    /// <summary>Members that <c>GET</c> shows and <c>PUT</c> ignores.</summary>
    public ImmutableArray<string> ReadOnly { get; init; } = [];

    public required AccessAction Read { get; init; }

    public required AccessAction Change { get; init; }

    /// <summary>Who may enter a new owner. Null if whoever may change it may enter it.</summary>
    public AccessAction? Create { get; init; }

    /// <summary>What happens before a new owner is stored. It may happen again if storing fails. A refusal stops it.</summary>
    public Func<IServiceProvider, Viewer, string, Task<Refusal?>> Creating { get; init; } = (_, _, _) => Task.FromResult<Refusal?>(null);

    /// <summary>The action that people need who read all of a record, and what the others may read. Null if all of it is for all.</summary>
    public (AccessAction Action, Func<IRecord, IRecord> Others)? Private { get; init; }

    /// <summary>Finds the name of a person, to ask whether two records are about the same person. Null for other tables.</summary>
    public Func<IRecord, LocalName>? NamesOf { get; init; }

    /// <summary>
    /// The name under which the trace notes that somebody has read records of others. Null if the trace does not note it.
    /// </summary>
    public string? Traced { get; init; }

    /// <summary>Whether the owner has only one record of this kind.</summary>
    public bool One => Part is "profile" or "policy";

    /// <summary>Whether the record is the owner itself, which does not exist without it.</summary>
    public bool IsOwner => Part == "profile";

    /// <summary>Whether the owner's column is no member of the record.</summary>
    public bool HasOwnerColumn => OwnerColumn is not (null or "id");

    /// <summary>The address with the columns that stand for its parts, for clients.</summary>
    public string Template
    {
        get
        {
            var owner = Route.Replace("{owner}", $"{{{OwnerColumn}}}", StringComparison.Ordinal);
            return Natural
                ? owner.Replace(
                    "{id}",
                    string.Join('~', Columns.Where(c => c.Key && c.Name != OwnerColumn).Select(c => $"{{{c.Name}}}")),
                    StringComparison.Ordinal
                )
                : owner.Replace(
                    "{id}",
                    $"{{{Columns.First(c => c.Key && (c.Name != OwnerColumn || One)).Name}}}",
                    StringComparison.Ordinal
                );
        }
    }

    public string PathOf(string owner, RecordId record) =>
        Route
            .Replace("{owner}", string.Join('/', owner.Split('/').Select(Uri.EscapeDataString)), StringComparison.Ordinal)
            .Replace("{id}", Uri.EscapeDataString(record.Id), StringComparison.Ordinal);

    /// <summary>
    /// Finds the owner from the cells of a row. The argument after the cells is the zone of the network. Null if the owner's column has it.
    /// </summary>
    public Func<JsonObject, NetworkId?, TimeZoneInfo, string?>? OwnerOf { get; init; }

    /// <summary>Whether records are only entered from files. Afterwards they are changed by commands of their own.</summary>
    public bool ByFileOnly { get; init; }

    /// <summary>The grain of an owner that has histories.</summary>
    public IRecordOwner OwnerGrainOf(IGrainFactory grains, string owner) =>
        GrainOf(grains, owner) as IRecordOwner ?? throw new InvalidOperationException($"The table {Name} has no histories.");

    public IRecordTarget GrainOf(IGrainFactory grains, string owner) =>
        Owner switch
        {
            OwnerKind.Hub => grains.GetGrain<ISpecialtiesGrain>("hub"),
            OwnerKind.Network => grains.GetGrain<INetworkGrain>(owner),
            OwnerKind.Hospital => grains.GetGrain<IHospitalGrain>(owner),
            OwnerKind.Consultant => grains.GetGrain<IConsultantGrain>(owner),
            OwnerKind.Roster => grains.GetGrain<IRosterGrain>(owner),
            _ => throw new InvalidOperationException($"Unknown kind of owner {Owner}."),
        };
}
