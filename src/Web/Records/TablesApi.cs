using System.Collections.Immutable;
using System.Text.Json.Nodes;
using ConsultHub.Records;
using ConsultHub.Web.Directories;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ConsultHub.Web.Records;

/// <summary>Says which tables there are, lists their records, and reads histories.</summary>
internal static class TablesApi
{
    /// <param name="Path">The address of a record. Names of columns in braces stand for its parts.</param>
    /// <param name="One">Whether a network has only one record of this kind.</param>
    /// <param name="Natural">Whether the key columns make the id of a record, so that they can change.</param>
    /// <param name="ByFileOnly">Whether records are only entered from files. Afterwards other pages change them.</param>
    /// <param name="Files">The media types of the files that the table takes besides CSV files.</param>
    /// <param name="MayChange">The networks in which the viewer may change at least some records of the table.</param>
    /// <param name="MayAdd">Whether the viewer may add records.</param>
    public sealed record TableView(
        string Name,
        string Path,
        bool One,
        bool Natural,
        bool ByFileOnly,
        ImmutableArray<string> Files,
        ImmutableArray<Column> Columns,
        ImmutableArray<NetworkId> MayChange,
        bool MayAdd
    );

    /// <param name="Key">The ids of the owner and of the record.</param>
    /// <param name="Tag">The value for <c>If-Match</c>, unless the records of the table are only entered from files.</param>
    /// <param name="Cells">The values of the columns. Columns without a value are left out.</param>
    public sealed record RowView(ImmutableArray<string> Key, string Path, string Tag, bool MayChange, JsonObject Cells);

    /// <param name="Matching">How many rows the search and the filters leave.</param>
    /// <param name="Total">How many rows of the table the viewer may read.</param>
    public sealed record RowsView(IReadOnlyList<RowView> Rows, int Matching, int Total);

    /// <param name="Name">The name of the person who made the change. Null if the hub no longer knows it.</param>
    public sealed record ChangeView(
        long Version,
        DateTimeOffset At,
        PersonId By,
        LocalName? Name,
        Role Role,
        string? Reason,
        object? Before,
        object? After
    );

    private const int MostTaken = 200;

    public static void MapTables(this IEndpointRouteBuilder app)
    {
        var all = app.ServiceProvider.GetRequiredService<RecordTables>();
        var tables = app.MapGroup("/api/tables").WithTags("Records");
        tables.MapGet("/", ListAsync).Requires(Access.SignedInOrToken);
        tables.MapGet("/{table}", RowsAsync).Requires(Access.SignedInOrToken).Traces("credentials.read").Produces<RowsView>();
        foreach (var table in all.All)
            if (table.Traced is not (null or "credentials.read"))
                tables
                    .MapGet($"/{{table:regex(^{table.Name}$)}}", RowsAsync)
                    .Requires(Access.ToSome(table.Read))
                    .Traces(table.Traced)
                    .ExcludeFromDescription();
        tables.MapGet("/{table}/history", HistoryAsync).Requires(Access.SignedInOrToken).Traces("reasons.read");
        tables.MapImports(all);
    }

    /// <summary>The tables of which the viewer may read at least some records.</summary>
    private static async Task<Ok<List<TableView>>> ListAsync(HttpContext http, RecordTables tables, OwnerBook owners)
    {
        var (viewer, networks) = (Viewer.Of(http), await owners.NetworksAsync());
        return TypedResults.Ok(
            tables
                .All.Where(t => Access.MaySomewhere(viewer, t.Read) || Access.MaySomewhere(viewer, t.Change))
                .OrderBy(t => t.ByFileOnly) // the network itself comes first
                .Select(t => new TableView(
                    t.Name,
                    t.Template,
                    t is { One: true, Owner: OwnerKind.Network },
                    t.Natural,
                    t.ByFileOnly,
                    [.. t.Formats.SelectMany(f => f.Types)],
                    t.Columns,
                    [.. networks.Where(n => Access.MayInPart(viewer, t.Change, n) || Access.May(viewer, t.Change, new Subject(n)))],
                    !t.ByFileOnly && Access.MayWithOthers(viewer, t.Create ?? t.Change)
                ))
                .ToList()
        );
    }

    /// <remarks>
    /// A query parameter with the name of a column keeps the rows with this value. With <c>Accept: text/csv</c>, the answer is the whole
    /// table as CSV.
    /// </remarks>
    /// <param name="network">The network. The tables of the hub itself need none.</param>
    /// <param name="search">A text that one of the cells contains. Case and accents do not matter.</param>
    /// <param name="sort">The column by which rows are sorted.</param>
    private static async Task<IResult> RowsAsync(
        string table,
        HttpContext http,
        RecordTables tables,
        RecordRows rows,
        NetworkId? network = null,
        string? search = null,
        string? sort = null,
        bool descending = false,
        int offset = 0,
        int take = 50
    )
    {
        if (tables.Find(table) is not { } found)
            return Problems.Of(RecordCodes.UnknownTable, place: "table");
        if (FaultIn(found, network, search, sort, offset, take) is { } fault)
            return fault;
        var viewer = Viewer.Of(http);
        var all = MayReadSome(viewer, found, network) ? await rows.ReadAsync(viewer, found, network) : new([]);
        if (found.Traced is null || all.Rows.Count == 0)
            http.LeaveNoTrace();
        if (http.Request.GetTypedHeaders().Accept.Any(a => a.MediaType == "text/csv"))
            return TableCsv.Write(found, all.Rows);
        var matching = all.Matching(search, FiltersOf(found, http), sort, descending);
        var page = matching.Skip(offset).Take(take);
        var shown = new List<RowView>();
        foreach (var row in page)
            shown.Add(
                new(
                    [row.Owner.Id, row.Record.Record.Id],
                    found.PathOf(row.Owner.Id, row.Record),
                    $"\"{RecordTag.Of(row.Stored)}\"",
                    await rows.MayChangeAsync(viewer, found, row),
                    row.Cells
                )
            );
        return TypedResults.Ok(new RowsView(shown, matching.Count, all.Rows.Count));
    }

    /// <summary>
    /// Whether it is possible that a viewer may read rows. So nobody makes a node read networks in which the person has no role.
    /// </summary>
    private static bool MayReadSome(Viewer viewer, RecordTable table, NetworkId? network) =>
        network is not { } one
            ? Access.MaySomewhere(viewer, table.Read)
            : Access.MayInPart(viewer, table.Read, one)
                || Access.MayInPart(viewer, table.Change, one)
                || Access.May(viewer, table.Read, new Subject(one))
                || (table.Owner == OwnerKind.Consultant && viewer.Grants.Any(g => g.Role == Role.Consultant && g.Scope.Network == one))
                || (table.Owner == OwnerKind.Hub && Access.MaySomewhere(viewer, table.Read));

    private static ProblemHttpResult? FaultIn(RecordTable table, NetworkId? network, string? search, string? sort, int offset, int take) =>
        network is null && table.Owner is not (OwnerKind.Hub or OwnerKind.Accounts) && table.Name != "networks"
            ? Problems.Of(RequestCodes.BadParameter, "Name the network.", "network")
        : search?.Length > 100 ? Problems.Of(RequestCodes.BadParameter, "Search for at most 100 characters.", "search")
        : sort is not null && table.Columns.All(c => c.Name != sort)
            ? Problems.Of(RequestCodes.BadParameter, "There is no such column.", "sort")
        : offset < 0 ? Problems.Of(RequestCodes.BadParameter, "The offset is 0 or more.", "offset")
        : take is < 1 or > MostTaken ? Problems.Of(RequestCodes.BadParameter, $"Take 1 to {MostTaken} rows.", "take")
        : null;

    private static List<(string Column, string Value)> FiltersOf(RecordTable table, HttpContext http) =>
        [
            .. table
                .Columns.Where(c => c.Name != "network" && http.Request.Query.ContainsKey(c.Name))
                .Select(c => (c.Name, http.Request.Query[c.Name].ToString())),
        ];

    /// <summary>The changes of a record, the newest first.</summary>
    /// <param name="owner">The id of the record's owner, which is the first part of the row's key.</param>
    /// <param name="id">The id of the record, which is the second part of the row's key.</param>
    private static async Task<Results<Ok<List<ChangeView>>, ProblemHttpResult>> HistoryAsync(
        string table,
        string owner,
        HttpContext http,
        RecordTables tables,
        OwnerBook owners,
        RecordScopes scopes,
        AccessBook accounts,
        IGrainFactory grains,
        string id = "",
        long? before = null,
        int take = 50
    )
    {
        if (tables.Find(table) is not { } found)
            return Problems.Of(RecordCodes.UnknownTable, place: "table");
        if (found.ByFileOnly)
            return Problems.Of(RequestCodes.BadParameter, "The history of these records has an address of its own.", "table");
        if (take is < 1 or > MostTaken)
            return Problems.Of(RequestCodes.BadParameter, $"Take 1 to {MostTaken} entries.", "take");
        var viewer = Viewer.Of(http);
        if (!TextId.IsValid(owner) || await owners.FindAsync(found.Owner, owner) is not { } known)
            return Problems.Of(RecordCodes.Unknown, place: "owner");
        var changes = await found.OwnerGrainOf(grains, owner).HistoryAsync(new RecordId(found.Part, id), before, take);
        var shown = new List<ChangeView>();
        foreach (var entry in changes)
        {
            var record = entry.Change.After ?? entry.Change.Before!;
            // Only those who may change a record read who changed it and why.
            if (!await scopes.MayAsync(viewer, found.Change, known, record))
                return Problems.Of(AccessCodes.Denied, "Only those who may change a record read its history.");
            var name = accounts.Find(entry.By)?.Name ?? await grains.NameOfAsync(entry.By);
            shown.Add(new(entry.Version, entry.At, entry.By, name, entry.Role, entry.Reason, entry.Change.Before, entry.Change.After));
        }
        if (changes.IsEmpty && !Access.MaySomewhere(viewer, found.Change))
            return Problems.Of(AccessCodes.Denied);
        if (shown.All(c => c.Reason is null))
            http.LeaveNoTrace();
        return TypedResults.Ok(shown);
    }
}
