using System.Collections.Immutable;
using System.Text.Json.Nodes;
using ConsultHub.Accounts;
using ConsultHub.Conferences;
using ConsultHub.Consultants;
using ConsultHub.Grave;
using ConsultHub.Hospitals;
using ConsultHub.Networks;
using ConsultHub.Programmes;
using ConsultHub.Records;
using ConsultHub.Research;
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
    Conference,

    /// <summary>All accounts of the hub.</summary>
    Accounts,

    /// <summary>An education programme.</summary>
    Programme,

    /// <summary>The papers of a person.</summary>
    Dossier,
    Initiative,
}

/// <summary>
/// A table: all records of one kind. It is declared once. The interface for single records, lists, CSV files, forms and histories follow
/// from the declaration.
/// </summary>
internal sealed record RecordTable(string Name, Type Record)
{
    /// <summary>The part of the record without which its owner does not exist.</summary>
    public const string Profile = "profile";

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

    /// <summary>The first part of the id of a row that has none. The argument is the cells of the row.</summary>
    public Func<JsonObject, string> IdPrefixOf { get; init; } = _ => "";

    /// <summary>Whether several records of one owner may have the same name, such as the breaks of a programme.</summary>
    public bool RepeatsNames { get; init; }

    /// <summary>Finds the zone of times that name none. Null if it is the zone of the network. The second argument is the owner.</summary>
    public Func<IGrainFactory, string, Task<TimeZoneInfo?>>? ZoneOf { get; init; }

    /// <summary>
    /// Adds to the members of a row what the row leaves out. The arguments are these members, the cells of the row, and the records of the
    /// owner.
    /// </summary>
    public Action<JsonObject, JsonObject, IReadOnlyCollection<IRecord>>? CompletingRow { get; init; }

    /// <summary>
    /// Checks each row of a file before the owner does. The inner function takes the record before and after the change. It returns what is
    /// stored, or the reason why the row is refused. Without both, the row changes nothing. Null if nothing more has to be checked.
    /// </summary>
    public Func<
        IServiceProvider,
        Viewer,
        Func<IRecord?, IRecord, ValueTask<(IRecord? Record, RecordFault? Fault)>>
    >? Entering { get; init; }

    /// <summary>What happens just before an import of these changes is stored.</summary>
    public Func<IServiceProvider, IReadOnlyList<(IRecord? Before, IRecord After)>, Task>? Beginning { get; init; }

    /// <summary>Whether a row without a network belongs to the network in which its file is imported.</summary>
    public Func<JsonObject, bool> TakesNetwork { get; init; } = _ => true;

    /// <summary>How many rows of one owner are stored at once.</summary>
    public int MostInStep { get; init; } = EditRecords.MostEdits;

    /// <summary>What the other administrators are told of an import. Null if an import is not grave.</summary>
    public GraveAct? Grave { get; init; }

    /// <summary>
    /// The name under which the trace notes that somebody has read records of others. Null if the trace does not note it.
    /// </summary>
    public string? Traced { get; init; }

    /// <summary>Whether the owner has only one record of this kind.</summary>
    public bool One => Part is Profile or "policy";

    /// <summary>Whether the record is the owner itself, which does not exist without it.</summary>
    public bool IsOwner => Part == Profile;

    /// <summary>The column with the name of a record. Null if records of the table have no id or no name.</summary>
    public string? NameColumn => IdColumn is null ? null : Columns.FirstOrDefault(c => c.Name is "name.en" or "title.en")?.Name;

    /// <summary>The column with the id of a record. Null if its other members make its id.</summary>
    public string? IdColumn => Columns.FirstOrDefault(c => c is { Key: true, Kind: ColumnKind.Id })?.Name;

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

    /// <summary>The id of a record in its address, if it is not the id of the record.</summary>
    public Func<IRecord, string?>? IdInPath { get; init; }

    public string PathOf(string owner, IRecord record) =>
        PathOf(owner, IdInPath?.Invoke(record) is { } id ? new RecordId(Part, id) : record.Record);

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

    /// <summary>Adds values that a record leaves out and that follow from others, before it is read.</summary>
    public Func<IServiceProvider, JsonObject, ValueTask> Completing { get; init; } = (_, _) => ValueTask.CompletedTask;

    /// <summary>Adds cells that the rows of a file leave out and that follow from others.</summary>
    public Func<TableUpload, CsvFile, ValueTask<CsvFile>> CompletingFile { get; init; } = (_, file) => new(file);

    /// <summary>Asks about rows of one file that do not fit together. An import with a reason is not asked.</summary>
    public Func<ImportPlan, ImportPlan> Asking { get; init; } = plan => plan;

    /// <summary>The files that the table takes besides CSV files.</summary>
    public ImmutableArray<TableFormat> Formats { get; init; } = [];

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
            OwnerKind.Conference => grains.GetGrain<IConferenceGrain>(owner),
            OwnerKind.Accounts => grains.GetGrain<IAccessGrain>(owner),
            OwnerKind.Programme => grains.GetGrain<IProgrammeGrain>(owner),
            OwnerKind.Dossier => grains.GetGrain<IDossierGrain>(owner),
            OwnerKind.Initiative => grains.GetGrain<IInitiativeGrain>(owner),
            _ => throw new InvalidOperationException($"Unknown kind of owner {Owner}."),
        };
}
