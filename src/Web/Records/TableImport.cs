using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ConsultHub.Networks;
using ConsultHub.Records;
using ConsultHub.Rostering;
using Orleans.Runtime;

namespace ConsultHub.Web.Records;

public enum RowOutcome
{
    Added,
    Changed,
    Same,
    Refused,
}

/// <summary>A changed cell.</summary>
public sealed record CellChange(string Column, JsonNode? Before, JsonNode? After);

/// <summary>A record that is probably the same person, spelt differently.</summary>
/// <param name="Line">The line of the file, if the other one is in the file too.</param>
public sealed record LikeRecord(string Id, LocalName Name, int? Line = null);

/// <summary>What happens to one row of a file.</summary>
/// <param name="Line">The line of the file in which the row begins, from 1.</param>
/// <param name="Key">The ids of the owner and of the record. Empty if the row cannot be read.</param>
/// <param name="Code">Why the row is refused.</param>
/// <param name="Column">The column at fault.</param>
/// <param name="Overridable">Whether the row is stored if the import has a reason.</param>
public sealed record RowReport(
    int Line,
    ImmutableArray<string> Key,
    RowOutcome Outcome,
    ImmutableArray<CellChange> Changes,
    [property: CodesOf<Refusal>] string? Code = null,
    string? Message = null,
    string? Column = null,
    LikeRecord? Like = null,
    bool Overridable = false
);

/// <summary>What an import would do, or has done.</summary>
/// <param name="Encoding">The encoding in which the file was read.</param>
/// <param name="Ignored">Columns of the file that the table does not have.</param>
/// <param name="Rows">At most 1,000 rows that are not the same as before, those that are refused first.</param>
/// <param name="Affects">Planned engagements that become illegal, at most 200.</param>
/// <param name="Affected">The number of these engagements.</param>
/// <param name="Import">The id of the import, if it was begun.</param>
/// <param name="Impossible">Rows that became impossible after the import had begun.</param>
public sealed record TableReport(
    string Encoding,
    string Separator,
    ImmutableArray<string> Columns,
    ImmutableArray<string> Ignored,
    int Added,
    int Changed,
    int Same,
    int Refused,
    ImmutableArray<RowReport> Rows,
    ImmutableArray<AffectedEngagement> Affects,
    int Affected,
    string? Import = null,
    ImmutableArray<RowReport>? Impossible = null
);

/// <summary>How many rows of a file are checked.</summary>
public sealed record ImportChecked(int Checked, int Of);

/// <summary>A person's answers to the question whether a row is somebody whom the hub knows.</summary>
/// <param name="Same">For lines of the file, the ids of the people who are meant.</param>
/// <param name="New">Lines with people whom the hub does not know.</param>
internal sealed record ImportAnswers(IReadOnlyDictionary<int, string> Same, IReadOnlySet<int> New);

/// <summary>The plan of an import, and the steps that carry it out if no row is refused.</summary>
internal sealed record ImportPlan(TableReport Report, ImmutableArray<ImportStep> Steps, ImmutableArray<string> NewOwners);

/// <summary>Decides row by row what a file would do. Rows go through the same checks as changes on a screen.</summary>
internal sealed partial class TableImport(
    IGrainFactory grains,
    RecordStore store,
    RecordRows rows,
    RecordTables tables,
    OwnerBook owners,
    RecordScopes scopes
)
{
    private const int MostReported = 1_000,
        AtOnce = 16;

    private sealed record Parsed(int Line, string Owner, JsonObject Cells)
    {
        public RecordId Id { get; set; }
        public RecordEdit? Edit { get; set; }
        public IRecord? Before { get; set; }
        public RowReport? Report { get; set; }
    }

    /// <param name="network">The network in which the viewer imports. Times without a zone are in its zone.</param>
    /// <returns>The plan, or the reason why the file as a whole is refused.</returns>
    public async Task<(ImportPlan? Plan, Refusal? Refusal)> PlanAsync(
        Viewer viewer,
        RecordTable table,
        NetworkId? network,
        CsvFile file,
        ImportAnswers answers,
        string? reason,
        Func<ImportChecked, Task> tell
    )
    {
        if (Columns(table, file, network) is not (var columns, null))
            return (null, Columns(table, file, network).Refusal);
        if (file.Rows.Count == 0)
            return (null, new(ImportCodes.Empty, ImportCodes.Empty.Message!));
        var zone = TimeZoneInfo.Utc;
        if (network is { } named && await grains.GetGrain<INetworkGrain>(named.Value).GetAsync() is { } known)
            zone = TimeZoneInfo.FindSystemTimeZoneById(known.TimeZone);
        var parsed = file.Rows.Select(row => Parse(table, columns!, row, zone, network, answers)).ToList();
        if (table.NamesOf is { } namesOf)
            await AskForLikesAsync(table, network, parsed, namesOf, answers);

        var (steps, affects, fresh) = (new ConcurrentBag<ImportStep>(), new ConcurrentBag<RecordResult>(), new ConcurrentBag<string>());
        var done = parsed.Count(p => p.Report is not null);
        foreach (var some in parsed.Where(p => p.Report is null).GroupBy(p => p.Owner).Chunk(AtOnce))
        {
            await Task.WhenAll(
                some.Select(group => PlanAsync(viewer, table, group.Key, network, [.. group], reason, steps, affects, fresh))
            );
            done += some.Sum(g => g.Count());
            await tell(new(done, parsed.Count));
        }
        var reports = parsed.ConvertAll(p => p.Report!);
        var report = new TableReport(
            file.Encoding,
            file.Separator,
            [.. columns!.OfType<Column>().Select(c => c.Name)],
            [.. file.Header.Where((_, i) => columns![i] is null)],
            reports.Count(r => r.Outcome == RowOutcome.Added),
            reports.Count(r => r.Outcome == RowOutcome.Changed),
            reports.Count(r => r.Outcome == RowOutcome.Same),
            reports.Count(r => r.Outcome == RowOutcome.Refused),
            [
                .. reports
                    .Where(r => r.Outcome != RowOutcome.Same)
                    .OrderByDescending(r => r.Outcome == RowOutcome.Refused)
                    .ThenBy(r => r.Line)
                    .Take(MostReported),
            ],
            [.. affects.SelectMany(r => r.AffectsFor(viewer)).OrderBy(a => a.Start).Take(RecordUses.Most)],
            affects.Sum(r => r.Affects.Length)
        );
        return (new(report, [.. steps], [.. fresh]), null);
    }

    /// <summary>Finds the table's column for each column of the file. Null stands for a column that the table does not have.</summary>
    private (Column?[]? Columns, Refusal? Refusal) Columns(RecordTable table, CsvFile file, NetworkId? network)
    {
        var found = file.Header.Select(name => ColumnOf(table, name)).ToArray();
        if (found.OfType<Column>().GroupBy(c => c.Name).FirstOrDefault(g => g.Count() > 1) is { Key: var twice })
            return (null, new(ImportCodes.ColumnTwice, $"The column {twice} is in the file twice.") { Place = twice });
        int Fits(RecordTable other) => file.Header.Count(name => ColumnOf(other, name) is not null);
        var best = tables.All.MaxBy(Fits)!;
        if (Fits(best) == 0)
            return (
                null,
                new(ImportCodes.ColumnMissing, $"The file has none of the columns {string.Join(", ", table.Columns.Select(c => c.Name))}.")
            );
        if (Fits(best) > Fits(table))
            return (null, new(ImportCodes.OtherTable, $"This looks like a file for the table {best.Name}.") { Place = best.Name });
        if (
            table.HasOwnerColumn
            && !(table.OwnerColumn == "network" && network is not null)
            && found.All(c => c?.Name != table.OwnerColumn)
        )
            return (null, new(ImportCodes.ColumnMissing, $"The column {table.OwnerColumn} is missing.") { Place = table.OwnerColumn });
        return (found, null);
    }

    /// <summary>Finds the column with this name. Case and signs do not matter: <c>Name_en</c> is <c>name.en</c>.</summary>
    private static Column? ColumnOf(RecordTable table, string name) =>
        Plain(name) is { Length: > 0 } plain ? table.Columns.FirstOrDefault(c => Plain(c.Name) == plain) : null;

    private static string Plain(string name) => string.Concat(name.Where(char.IsLetterOrDigit)).ToLowerInvariant();

    private static Parsed Parse(
        RecordTable table,
        Column?[] columns,
        (int Line, string[] Cells) row,
        TimeZoneInfo zone,
        NetworkId? network,
        ImportAnswers answers
    )
    {
        Parsed Refused(Code code, string message, string? column) =>
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
                var (value, wrong) = string.IsNullOrWhiteSpace(row.Cells[i]) ? (null, null) : CellText.Read(column, row.Cells[i], zone);
                if (wrong is not null)
                    return Refused(RecordJson.CodeFor(column), wrong, column.Name);
                cells[column.Name] = value;
            }
        if (table.OwnerColumn == "network" && cells["network"] is null && network is { } own)
            cells["network"] = own.Value;
        if (table.Columns.FirstOrDefault(c => c.Key && c.Kind == ColumnKind.Id) is { } id && cells[id.Name] is null)
            cells[id.Name] = NewId(cells);
        if (answers.Same.TryGetValue(row.Line, out var same))
            cells["id"] = same;
        var owner =
            table.OwnerOf is { } ownerOf ? ownerOf(cells, network, zone)
            : table.Owner == OwnerKind.Hub ? "hub"
            : cells[table.OwnerColumn!]?.GetValue<string>();
        return owner is null
            ? Refused(RecordCodes.Required, RecordCodes.Required.Message!, table.OwnerColumn)
            : new(row.Line, owner, cells);
    }

    /// <summary>An id for a row that has none. The same row always gets the same id.</summary>
    private static string NewId(JsonObject cells)
    {
        var name = cells["name.en"]?.GetValue<string>();
        var slug = name is null ? "" : NotOfId().Replace(RecordRow.Fold(name), "-").Trim('-');
        return slug.Length is > 1 and <= 80 ? slug : RecordTag.IdOf(cells.ToJsonString());
    }

    [GeneratedRegex("[^a-z0-9]+")]
    private static partial Regex NotOfId();

    /// <summary>Refuses rows with people who are probably known, until the person says whether they are.</summary>
    private async Task AskForLikesAsync(
        RecordTable table,
        NetworkId? network,
        List<Parsed> parsed,
        Func<IRecord, LocalName> namesOf,
        ImportAnswers answers
    )
    {
        var known = new Dictionary<string, LikeRecord>();
        var ids = new HashSet<string>();
        foreach (var row in network is null ? [] : (await rows.AllAsync(table, network)).Rows)
        {
            ids.Add(row.Owner.Id);
            foreach (var key in Likeness.KeysOf(namesOf(row.Stored)))
                known.TryAdd(key, new(row.Owner.Id, namesOf(row.Stored)));
        }
        foreach (var row in parsed.Where(p => p.Report is null))
        {
            if (row.Cells["name.en"]?.GetValue<string>() is not { } english || ids.Contains(row.Owner))
                continue;
            var name = new LocalName(english, row.Cells["name.ar"]?.GetValue<string>(), row.Cells["name.ko"]?.GetValue<string>());
            var keys = Likeness.KeysOf(name);
            if (
                !answers.New.Contains(row.Line)
                && keys.Select(known.GetValueOrDefault)
                    .FirstOrDefault(k => k is not null && k.Id != row.Owner && !Likeness.Differ(k.Name, name))
                    is { } like
            )
                row.Report = new(
                    row.Line,
                    [row.Owner, ""],
                    RowOutcome.Refused,
                    [],
                    ImportCodes.SamePerson.Name,
                    $"This is probably {like.Name.En} ({like.Id}), spelt differently. Say whether it is the same person.",
                    "name.en",
                    like
                );
            foreach (var key in keys)
                known.TryAdd(key, new(row.Owner, name, row.Line));
        }
    }

    /// <summary>Plans the rows of one owner.</summary>
    private async Task PlanAsync(
        Viewer viewer,
        RecordTable table,
        string owner,
        NetworkId? network,
        List<Parsed> parsed,
        string? reason,
        ConcurrentBag<ImportStep> steps,
        ConcurrentBag<RecordResult> affects,
        ConcurrentBag<string> fresh
    )
    {
        var grain = table.GrainOf(grains, owner);
        var exists = (!table.IsOwner || TextId.IsValid(owner)) && await owners.FindAsync(table.Owner, owner) is not null;
        var before = exists ? (await grain.RecordsAsync()).DistinctBy(r => r.Record).ToDictionary(r => r.Record) : [];
        HashSet<RecordId> named = [];
        foreach (var row in parsed)
            Read(table, row, network, before, named);
        foreach (var row in parsed.Where(p => p is { Report.Outcome: RowOutcome.Same, Before: not null }))
            if (
                await owners.FindAsync(table.Owner, owner) is not { } known
                || !await scopes.MayReadAsync(viewer, table, known, row.Before!)
            )
                row.Report = Refused(row, owner, AccessCodes.Denied.Name, "You may not read this record.", null);
        var edits = parsed.Where(p => p.Edit is not null).ToList();
        if (edits.Count == 0)
            return;
        var command = new EditRecords(Guid.NewGuid(), [.. edits.Select(p => p.Edit!)], reason);
        var result = await store.CheckAsync(viewer, table, owner, command);
        var faults = result.Faults.DistinctBy(f => f.Record).ToDictionary(f => f.Record);
        // A fault of the owner as a whole is one of each row.
        var whole = edits.Exists(row => faults.ContainsKey(row.Edit!.Record)) ? null : result.Refusal;
        foreach (var row in edits)
        {
            if (whole is not null)
                row.Report = Refused(row, owner, whole.Code.Name, whole.Message, result.Faults.FirstOrDefault()?.Field);
            else if (faults.TryGetValue(row.Edit!.Record, out var fault))
                row.Report = Refused(row, owner, fault.Code, fault.Message, fault.Field) with { Overridable = fault.Overridable };
            else
                row.Report = new(
                    row.Line,
                    [owner, row.Edit!.Record.Id],
                    row.Before is null ? RowOutcome.Added : RowOutcome.Changed,
                    ChangesOf(table, owner, row.Before, row.Edit.Value!)
                );
        }
        if (result.Refusal is not null)
            return;
        affects.Add(result);
        if (table.IsOwner && !exists)
            fresh.Add(owner);
        steps.Add(new(grain.GetGrainId(), command, [.. edits.Select(p => p.Line)]));
    }

    /// <summary>Makes the edit of a row, from the record that is there and the cells of the row.</summary>
    private static void Read(
        RecordTable table,
        Parsed row,
        NetworkId? network,
        Dictionary<RecordId, IRecord> before,
        HashSet<RecordId> named
    )
    {
        if (table.Natural)
        {
            var (own, missing) = RecordJson.Read(table, Members(table, row.Cells, []));
            own ??= missing!.Code == RecordCodes.Required ? WithKeyOf(table, row, before) : null;
            if (own is null)
            {
                row.Report = Refused(row, row.Owner, missing!.Code, missing.Message, missing.Field);
                return;
            }
            row.Id = own.Record;
        }
        else
            row.Id = new(table.Part, table.One ? "" : row.Cells[KeyOf(table)]!.GetValue<string>());
        row.Before = before.GetValueOrDefault(row.Id);
        if (row.Before is null && network is { } here)
            Complete(table, row.Cells, here);
        var (record, fault) = RecordJson.Read(table, Members(table, row.Cells, row.Before is null ? [] : RecordJson.Write(row.Before)));
        if (fault is null && !named.Add(row.Id))
            fault = new(row.Id, RecordCodes.Twice, "An earlier row names the same record.");
        if (fault is not null)
            row.Report = Refused(row, row.Owner, fault.Code, fault.Message, fault.Field);
        else if (row.Before is not null && RecordTag.Of(row.Before) == RecordTag.Of(record!))
            row.Report = new(row.Line, [row.Owner, row.Id.Id], RowOutcome.Same, []);
        else
            row.Edit = new(row.Id, record, row.Before is null ? RecordTag.None : RecordTag.Of(row.Before));
    }

    /// <summary>
    /// Finds the record whose key columns have the values of the row. So a file need not have the other columns. A key column that the file
    /// does not have counts as blank.
    /// </summary>
    private static IRecord? WithKeyOf(RecordTable table, Parsed row, Dictionary<RecordId, IRecord> before)
    {
        var keys = table.Columns.Where(c => c.Key).Select(c => c.Name).ToList();
        return before.Values.FirstOrDefault(record =>
            record.Record.Part == table.Part
            && RecordJson.Cells(table, row.Owner, record) is var cells
            && keys.TrueForAll(key => JsonNode.DeepEquals(cells[key], row.Cells[key]))
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
    private static JsonObject Members(RecordTable table, JsonObject cells, JsonObject record)
    {
        foreach (var (column, value) in cells)
            if (!table.HasOwnerColumn || column != table.OwnerColumn)
                RecordJson.Put(record, column, value?.DeepClone());
        return record;
    }

    private static RowReport Refused(Parsed row, string owner, string code, string message, string? column) =>
        new(row.Line, [owner, row.Id.Id ?? ""], RowOutcome.Refused, [], code, message, column);

    private static ImmutableArray<CellChange> ChangesOf(RecordTable table, string owner, IRecord? before, IRecord after)
    {
        var (was, now) = (before is null ? [] : RecordJson.Cells(table, owner, before), RecordJson.Cells(table, owner, after));
        return
        [
            .. table
                .Columns.Where(c => !JsonNode.DeepEquals(was[c.Name], now[c.Name]))
                .Select(c => new CellChange(c.Name, was[c.Name]?.DeepClone(), now[c.Name]?.DeepClone())),
        ];
    }
}
