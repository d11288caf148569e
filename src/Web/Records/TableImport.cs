using System.Collections.Concurrent;
using System.Collections.Immutable;
using ConsultHub.Networks;
using ConsultHub.Records;
using ConsultHub.Rostering;
using Orleans.Runtime;

namespace ConsultHub.Web.Records;

/// <summary>A person's answers to the question whether a row is somebody whom the hub knows.</summary>
/// <param name="Same">For lines of the file, the ids of the people who are meant.</param>
/// <param name="New">Lines with people whom the hub does not know.</param>
internal sealed record ImportAnswers(IReadOnlyDictionary<int, string> Same, IReadOnlySet<int> New);

/// <summary>The plan of an import, and the steps that carry it out if no row is refused.</summary>
internal sealed record ImportPlan(
    TableReport Report,
    ImmutableArray<ImportStep> Steps,
    ImmutableArray<string> NewOwners,
    IReadOnlyList<(IRecord? Before, IRecord After)> Changes
);

/// <summary>Decides row by row what a file would do. Rows go through the same checks as changes on a screen.</summary>
internal sealed class TableImport(
    IGrainFactory grains,
    RecordStore store,
    SameQuestions questions,
    RecordTables tables,
    OwnerBook owners,
    RecordScopes scopes,
    AccessBook accounts,
    IServiceProvider services
)
{
    public const int MostReported = 1_000;

    private const int AtOnce = 16;

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
        var zones = await ZonesAsync(table, columns!, file);
        var parsed = file
            .Rows.Select(row =>
                ImportRow.Parse(
                    table,
                    columns!,
                    row,
                    zones.GetValueOrDefault(OwnerIn(table, columns!, row.Cells), zone),
                    network,
                    answers,
                    name => PersonOf(viewer, name)
                )
            )
            .ToList();
        await questions.AskAsync(viewer, table, network, parsed, answers);

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
        var changes = parsed.Where(p => p is { Edit: not null }).Select(p => (p.Before, p.Edit!.Value!));
        return (new(report, [.. steps.OrderBy(s => s.Rows[0])], [.. fresh], [.. changes]), null);
    }

    /// <summary>The zones of the owners that a file names, if each owner has a zone of its own.</summary>
    private async Task<Dictionary<string, TimeZoneInfo>> ZonesAsync(RecordTable table, Column?[] columns, CsvFile file)
    {
        var zones = new Dictionary<string, TimeZoneInfo>();
        if (table.ZoneOf is { } zoneOf)
            foreach (var owner in file.Rows.Select(row => OwnerIn(table, columns, row.Cells)).Distinct().Where(TextId.IsValid))
                if (await zoneOf(grains, owner) is { } zone)
                    zones[owner] = zone;
        return zones;
    }

    private static string OwnerIn(RecordTable table, Column?[] columns, string[] cells)
    {
        var at = Array.FindIndex(columns, c => c is not null && c.Name == table.OwnerColumn);
        return at >= 0 && at < cells.Length ? cells[at].Trim() : "";
    }

    /// <summary>Finds the person whom a cell names by the user name. Null if it may be the id of a person.</summary>
    private string? PersonOf(Viewer viewer, string name) =>
        accounts.FindByUserName(name.ToLowerInvariant()) is { } account && Access.MayRead(viewer, account) ? account.Person.Value : null;

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

    /// <summary>Plans the rows of one owner.</summary>
    private async Task PlanAsync(
        Viewer viewer,
        RecordTable table,
        string owner,
        NetworkId? network,
        List<ImportRow> parsed,
        string? reason,
        ConcurrentBag<ImportStep> steps,
        ConcurrentBag<RecordResult> affects,
        ConcurrentBag<string> fresh
    )
    {
        var grain = table.GrainOf(grains, owner);
        var exists = (!table.IsOwner || TextId.IsValid(owner)) && await owners.FindAsync(table.Owner, owner) is not null;
        var before = exists ? (await grain.RecordsAsync()).DistinctBy(r => r.Record).ToDictionary(r => r.Record) : [];
        // What the viewer may not read must not be told by the answers about rows.
        if (table.Entering is not null && exists && await owners.FindAsync(table.Owner, owner) is { } of)
            foreach (var (id, record) in before)
                if (!await scopes.MayReadAsync(viewer, table, of, record))
                    before.Remove(id);
        HashSet<RecordId> named = [];
        foreach (var row in parsed)
            row.Read(table, network, before, named);
        foreach (var row in parsed.Where(p => p is { Report.Outcome: RowOutcome.Same, Before: not null }))
            if (
                await owners.FindAsync(table.Owner, owner) is not { } known
                || !await scopes.MayReadAsync(viewer, table, known, row.Before!)
            )
                row.Report = row.Refused(AccessCodes.Denied.Name, "You may not read this record.", null);
        if (table.Entering?.Invoke(services, viewer) is { } enter)
            foreach (var row in parsed.Where(p => p.Edit is not null))
                await row.EnterAsync(enter);
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
                row.Report = row.Refused(whole.Code.Name, whole.Message, result.Faults.FirstOrDefault()?.Field);
            else if (faults.TryGetValue(row.Edit!.Record, out var fault))
                row.Report = row.Refused(fault.Code, fault.Message, fault.Field) with { Overridable = fault.Overridable };
            else
                row.Report = row.Allowed(table);
        }
        if (result.Refusal is not null)
            return;
        affects.Add(result);
        if (table.IsOwner && !exists)
            fresh.Add(owner);
        foreach (var some in edits.Chunk(table.MostInStep))
        {
            var part = command with { CommandId = Guid.NewGuid(), Edits = [.. some.Select(p => p.Edit!)] };
            steps.Add(new(grain.GetGrainId(), part, [.. some.Select(p => p.Line)]));
        }
    }
}
