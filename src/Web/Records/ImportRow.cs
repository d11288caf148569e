using System.Collections.Immutable;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ConsultHub.Networks;
using ConsultHub.Records;

namespace ConsultHub.Web.Records;

/// <summary>A row of a file: first its cells, then the edit that it asks for, or why it is refused.</summary>
/// <param name="Line">The line of the file in which the row begins, from 1.</param>
internal sealed partial record ImportRow(int Line, string Owner, JsonObject Cells)
{
    public RecordId Id { get; private set; }
    public RecordEdit? Edit { get; private set; }
    public IRecord? Before { get; private set; }
    public RowReport? Report { get; set; }

    /// <summary>Whether the row has no id, so that the id was made from its name.</summary>
    public bool IsUnnamed { get; private init; }

    /// <summary>Reads the cells of a row. A row that cannot be read has a report.</summary>
    /// <param name="columns">The column of each cell. Null stands for a column that the table does not have.</param>
    /// <param name="zone">The zone of times that name none.</param>
    /// <param name="personOf">Finds the person whom a user name means. Null if it means nobody.</param>
    public static ImportRow Parse(
        RecordTable table,
        Column?[] columns,
        (int Line, string[] Cells) row,
        TimeZoneInfo zone,
        NetworkId? network,
        ImportAnswers answers,
        Func<string, string?> personOf
    )
    {
        ImportRow Refused(Code code, string message, string? column) =>
            new(row.Line, "", []) { Report = new(row.Line, [], RowOutcome.Refused, [], code.Name, message, column) };

        if (row.Cells.Length < columns.Length || row.Cells.Skip(columns.Length).Any(c => c.Trim().Length > 0))
            return Refused(
                ImportCodes.CellsMissing,
                $"The row has {row.Cells.Length} cells, and the first row has {columns.Length}.",
                null
            );
        var cells = new JsonObject();
        for (var i = 0; i < columns.Length; i++)
            if (columns[i] is { } column)
            {
                var text = row.Cells[i];
                if (column.Table == "people")
                    text = personOf(text.Trim()) ?? text;
                var (value, wrong) = string.IsNullOrWhiteSpace(text) ? (null, null) : CellText.Read(column, text, zone);
                if (wrong is not null)
                    return Refused(RecordJson.CodeFor(column), wrong, column.Name);
                cells[column.Name] = value;
            }
        if (table.OwnerColumn == "network" && cells["network"] is null && network is { } own)
            cells["network"] = own.Value;
        if (answers.Same.TryGetValue(row.Line, out var same) && table.IdColumn is { } named)
            cells[named] = same;
        var unnamed = table.IdColumn is { } id && cells[id] is null;
        if (unnamed)
            cells[table.IdColumn!] = SlugOf(table, cells) ?? table.IdPrefixOf(cells) + RecordTag.IdOf(cells.ToJsonString());
        var owner =
            table.OwnerOf is { } ownerOf ? ownerOf(cells, network, zone)
            : table.Owner is OwnerKind.Hub or OwnerKind.Accounts ? "hub"
            : cells[table.OwnerColumn!]?.GetValue<string>();
        return owner is null
            ? Refused(RecordCodes.Required, RecordCodes.Required.Message!, table.OwnerColumn)
            : new(row.Line, owner, cells) { IsUnnamed = unnamed };
    }

    /// <summary>The id that a record gets from its name. Null if its name gives none.</summary>
    public static string? SlugOf(RecordTable table, JsonObject cells)
    {
        var name = table.NameColumn is { } column ? cells[column]?.GetValue<string>() : null;
        var slug = name is null ? "" : NotOfId().Replace(RecordRow.Fold(name), "-").Trim('-');
        var id = table.IdPrefixOf(cells) + slug;
        return slug.Length > 1 && id.Length <= 76 ? id : null; // a number may follow
    }

    [GeneratedRegex("[^a-z0-9]+")]
    private static partial Regex NotOfId();

    public string IdIn(RecordTable table) => Cells[table.IdColumn!]!.GetValue<string>();

    /// <summary>The row as one about the record with this id.</summary>
    public ImportRow WithId(RecordTable table, string id)
    {
        Cells[table.IdColumn!] = id;
        return table.IsOwner ? this with { Owner = id } : this;
    }

    /// <summary>Whether the row would change nothing of a record.</summary>
    public bool IsSameAs(RecordTable table, IRecord record, string id)
    {
        var cells = Cells.DeepClone().AsObject();
        cells[table.IdColumn!] = id;
        return RecordJson.Read(table, Members(table, cells, RecordJson.Write(record))) is ({ } read, null)
            && RecordTag.Of(read) == RecordTag.Of(record);
    }

    /// <summary>Has the table check the edit of the row.</summary>
    public async Task EnterAsync(Func<IRecord?, IRecord, ValueTask<(IRecord? Record, RecordFault? Fault)>> enter)
    {
        var (record, fault) = await enter(Before, Edit!.Value!);
        Edit = fault is null && record is not null ? Edit with { Value = record } : null;
        if (fault is not null)
            Report = Refused(fault.Code, fault.Message, fault.Field);
        else if (record is null)
            Report = new(Line, [Owner, Id.Id], RowOutcome.Same, []);
    }

    /// <summary>Makes the edit of the row, from the record that is there and the cells of the row.</summary>
    /// <param name="before">The records of the owner.</param>
    /// <param name="named">The records that earlier rows name.</param>
    public void Read(RecordTable table, NetworkId? network, Dictionary<RecordId, IRecord> before, HashSet<RecordId> named)
    {
        if (table.Natural)
        {
            // The network may be a part of the id.
            if (network is { } at && table.TakesNetwork(Cells))
                Complete(table, Cells, at);
            var (own, missing) = RecordJson.Read(table, Members(table, Cells, [], before.Values));
            own ??= missing!.Code == RecordCodes.Required ? WithKeyOf(table, before) : null;
            if (own is null)
            {
                Report = Refused(missing!.Code, missing.Message, missing.Field);
                return;
            }
            Id = own.Record;
        }
        else
            Id = new(table.Part, table.One ? "" : Cells[KeyOf(table)]!.GetValue<string>());
        Before = before.GetValueOrDefault(Id);
        if (!table.Natural && Before is null && network is { } here)
            Complete(table, Cells, here);
        var (record, fault) = RecordJson.Read(table, Members(table, Cells, Before is null ? [] : RecordJson.Write(Before), before.Values));
        if (fault is null && !named.Add(Id))
            fault = new(Id, RecordCodes.Twice, "An earlier row names the same record.");
        if (fault is not null)
            Report = Refused(fault.Code, fault.Message, fault.Field);
        else if (Before is not null && RecordTag.Of(Before) == RecordTag.Of(record!))
            Report = new(Line, [Owner, Id.Id], RowOutcome.Same, []);
        else
            Edit = new(Id, record, Before is null ? RecordTag.None : RecordTag.Of(Before));
    }

    /// <summary>
    /// Finds the record whose key columns have the values of the row. So a file need not have the other columns. A key column that the file
    /// does not have counts as blank.
    /// </summary>
    private IRecord? WithKeyOf(RecordTable table, Dictionary<RecordId, IRecord> before)
    {
        var keys = table.Columns.Where(c => c.Key).Select(c => c.Name).ToList();
        return before.Values.FirstOrDefault(record =>
            record.Record.Part == table.Part
            && RecordJson.Cells(table, Owner, record) is var cells
            && keys.TrueForAll(key => JsonNode.DeepEquals(cells[key], Cells[key]))
        );
    }

    /// <summary>A new record whose row names no network belongs to the network in which the file is imported.</summary>
    private static void Complete(RecordTable table, JsonObject cells, NetworkId network)
    {
        if (table.Columns.Any(c => c.Name == "network"))
            cells["network"] ??= network.Value;
        if (table.Columns.Any(c => c.Name == "networks") && cells["affiliation"] is null)
            cells["networks"] ??= new JsonArray(network.Value);
    }

    private static string KeyOf(RecordTable table) =>
        table.Columns.First(c => c.Key && (!table.HasOwnerColumn || c.Name != table.OwnerColumn)).Name;

    /// <summary>The members of a record: those that it has, replaced by the cells of a row.</summary>
    private static JsonObject Members(RecordTable table, JsonObject cells, JsonObject record, IReadOnlyCollection<IRecord>? records = null)
    {
        foreach (var (column, value) in cells)
            if (!table.HasOwnerColumn || column != table.OwnerColumn)
                RecordJson.Put(record, column, value?.DeepClone());
        table.CompletingRow?.Invoke(record, cells, records ?? []);
        return record;
    }

    public RowReport Refused(string code, string message, string? column) =>
        new(Line, [Owner, Id.Id ?? ""], RowOutcome.Refused, [], code, message, column);

    /// <summary>The report of a row whose edit is allowed.</summary>
    public RowReport Allowed(RecordTable table) =>
        new(Line, [Owner, Edit!.Record.Id], Before is null ? RowOutcome.Added : RowOutcome.Changed, ChangesOf(table, Edit.Value!));

    private ImmutableArray<CellChange> ChangesOf(RecordTable table, IRecord after)
    {
        var (was, now) = (Before is null ? [] : RecordJson.Cells(table, Owner, Before), RecordJson.Cells(table, Owner, after));
        return
        [
            .. table
                .Columns.Where(c => !JsonNode.DeepEquals(was[c.Name], now[c.Name]))
                .Select(c => new CellChange(c.Name, was[c.Name]?.DeepClone(), now[c.Name]?.DeepClone())),
        ];
    }
}
