using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ConsultHub.Accounts;
using ConsultHub.Live;
using ConsultHub.Records;

namespace ConsultHub.Web.Records;

/// <summary>A row of a table.</summary>
/// <param name="Stored">The record as it is stored.</param>
/// <param name="Record">The record as the viewer may see it.</param>
internal sealed record RecordRow(RecordTable Table, Owner Owner, IRecord Stored, IRecord Record)
{
    private readonly Lock _reading = new();
    private Dictionary<string, string>? _texts;
    private Dictionary<string, string[]>? _values;
    private JsonObject? _cells;
    private string? _all;

    public JsonObject Cells => _cells ??= RecordJson.Cells(Table, Owner.Id, Record);

    /// <summary>The text of a cell, in the form in which texts are compared. Empty if the cell has no value.</summary>
    public string TextOf(string column) => Texts.GetValueOrDefault(column, "");

    public bool Contains(string folded) => (_all ??= string.Join('\n', Texts.Values)).Contains(folded, StringComparison.Ordinal);

    /// <summary>Whether the row has a value in a column. A cell with a list has each value of the list.</summary>
    public bool Has(string column, string value) => Values.TryGetValue(column, out var values) ? values.Contains(value) : value.Length == 0;

    private Dictionary<string, string[]> Values
    {
        get
        {
            lock (_reading)
                return _values ??= Cells.ToDictionary(
                    c => c.Key,
                    c => c.Value is JsonArray many ? [.. many.Select(Plain)] : new[] { Plain(c.Value) }
                );
        }
    }

    /// <summary>The number in a cell, by which rows are sorted. Rows without a number come first.</summary>
    public decimal NumberOf(string column) =>
        Cells[column] is { } one && one.GetValueKind() == JsonValueKind.Number ? one.Deserialize<decimal>() : decimal.MinValue;

    private Dictionary<string, string> Texts
    {
        get
        {
            lock (_reading)
                return _texts ??= Cells.ToDictionary(c => c.Key, c => Fold(string.Join(" ", Values[c.Key])));
        }
    }

    private static string Plain(JsonNode? value) =>
        value?.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : value?.ToJsonString() ?? "";

    /// <summary>Removes case, accents and the marks of Arabic vowels, so that a search finds a name however it is written.</summary>
    public static string Fold(string text)
    {
        if (text.All(char.IsAscii))
            return text.ToLowerInvariant();
        var folded = new StringBuilder(text.Length);
        foreach (var c in text.Normalize(NormalizationForm.FormKD))
            if (CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark)
                folded.Append(char.ToLowerInvariant(c));
        return folded.ToString().Normalize(NormalizationForm.FormC);
    }
}

/// <summary>Reads the rows of tables.</summary>
internal sealed class RecordRows(IGrainFactory grains, OwnerBook owners, RecordScopes scopes, AccessBook accounts)
{
    /// <summary>How many owners are read at the same time.</summary>
    private const int AtOnce = 64;

    /// <summary>The rows that a directory shows, as long as the directory does not change.</summary>
    private readonly ConcurrentDictionary<string, (LivePosition Position, RowList Rows)> _listed = new();

    /// <summary>The rows that a viewer may read, in the order of their owners.</summary>
    /// <param name="network">Null for the networks themselves and the tables of the hub.</param>
    public async Task<RowList> ReadAsync(Viewer viewer, RecordTable table, NetworkId? network)
    {
        var rows = await AllAsync(table, network);
        // All owners that a network lists belong to it. So who may read all of the network need not be asked about for each row.
        if (
            table.IsOwner
            && network is { } one
            && Access.May(viewer, table.Read, new Subject(one))
            && (table.Private is not var (own, _) || Access.May(viewer, own, new Subject(one)))
        )
            return rows;
        var shown = new List<RecordRow>(rows.Rows.Count);
        foreach (var row in rows.Rows)
            if (await IsInAsync(network, row) && await scopes.MayReadAsync(viewer, table, row.Owner, row.Stored))
                shown.Add(await ShownAsync(viewer, row));
        return new(shown);
    }

    /// <summary>A consultant's visits to other networks and credentials for their hospitals are in the tables of those networks.</summary>
    private async ValueTask<bool> IsInAsync(NetworkId? network, RecordRow row) =>
        network is null
        || (row.Stored is PersonRole role && role.Network == network)
        || row.Owner.Kind is not (OwnerKind.Consultant or OwnerKind.Accounts)
        || (await scopes.OfAsync(row.Owner, row.Stored)).Any(of => of.Network == network);

    public ValueTask<bool> MayChangeAsync(Viewer viewer, RecordTable table, RecordRow row) =>
        scopes.MayAsync(viewer, table.Change, row.Owner, row.Stored);

    private async ValueTask<RecordRow> ShownAsync(Viewer viewer, RecordRow row) =>
        await scopes.ShownAsync(viewer, row.Table, row.Owner, row.Stored) is var shown && shown == row.Stored
            ? row
            : new(row.Table, row.Owner, row.Stored, shown);

    /// <summary>All rows of a table, whoever may read them.</summary>
    public async Task<RowList> AllAsync(RecordTable table, NetworkId? network)
    {
        if (
            table is { IsOwner: true, Owner: OwnerKind.Hospital or OwnerKind.Consultant or OwnerKind.Initiative }
            && network is { } listedIn
        )
        {
            var directory = OwnerBook.DirectoryOf(table.Owner, listedIn);
            var known = await owners.ReadAsync(directory);
            if (_listed.TryGetValue(directory, out var listed) && listed.Position == known.Position)
                return listed.Rows;
            var rows = new RowList(await ReadAsync(table, await owners.InAsync(table.Owner, listedIn)));
            if (known.Entries.Count > 0)
                _listed[directory] = (known.Position, rows);
            return rows;
        }
        // This node has a copy of all accounts.
        if (table.Owner == OwnerKind.Accounts)
            return new([
                .. accounts
                    .Accounts.OrderBy(a => a.UserName, StringComparer.Ordinal)
                    .SelectMany(PersonRole.AllOf)
                    .Select(role => new RecordRow(table, Owner.Accounts, role, role)),
            ]);
        if (network is { } one)
            return new(await ReadAsync(table, await owners.InAsync(table.Owner, one)));
        var found = new List<RecordRow>();
        if (table.Owner == OwnerKind.Hub)
            return new(await ReadAsync(table, [Owner.Hub]));
        foreach (var each in await owners.NetworksAsync())
            found.AddRange(await ReadAsync(table, await owners.InAsync(table.Owner, each)));
        return new(found);
    }

    private async Task<IReadOnlyList<RecordRow>> ReadAsync(RecordTable table, IReadOnlyList<Owner> of)
    {
        var rows = new List<RecordRow>();
        foreach (var some in of.Chunk(AtOnce))
        {
            var records = await Task.WhenAll(
                some.Select(async owner =>
                    table.IsOwner && owner.Profile is { } profile
                        ? [profile]
                        : (await table.GrainOf(grains, owner.Id).RecordsAsync()).Where(r => r.Record.Part == table.Part)
                )
            );
            for (var i = 0; i < some.Length; i++)
                rows.AddRange(records[i].Select(record => new RecordRow(table, some[i], record, record)));
        }
        return rows;
    }
}

/// <summary>Rows of a table. It remembers in which order a column puts them.</summary>
internal sealed class RowList(IReadOnlyList<RecordRow> rows)
{
    private readonly ConcurrentDictionary<string, IReadOnlyList<RecordRow>> _sorted = new();

    public IReadOnlyList<RecordRow> Rows => rows;

    /// <param name="search">A text that one of the cells contains. Null for all rows.</param>
    /// <param name="filters">The values that columns must have.</param>
    /// <param name="sort">The column by which the rows are sorted. Null keeps their order.</param>
    public IReadOnlyList<RecordRow> Matching(
        string? search,
        IReadOnlyList<(string Column, string Value)> filters,
        string? sort,
        bool descending
    )
    {
        var folded = string.IsNullOrWhiteSpace(search) ? null : RecordRow.Fold(search.Trim());
        var sorted = sort is null
            ? rows
            : _sorted.GetOrAdd(
                sort,
                column => [.. rows.OrderBy(r => r.NumberOf(column)).ThenBy(r => r.TextOf(column), StringComparer.Ordinal)]
            );
        var found = descending ? sorted.Reverse() : sorted;
        return folded is null && filters.Count == 0
            ? descending
                ? [.. found]
                : sorted
            : [.. found.Where(row => filters.All(f => row.Has(f.Column, f.Value)) && (folded is null || row.Contains(folded)))];
    }
}
