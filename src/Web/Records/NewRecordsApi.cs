using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using ConsultHub.Records;

namespace ConsultHub.Web.Records;

/// <summary>
/// Enters several new records of one owner together: all of them, or none. So a page can enter a consultant with a visit and credentials in
/// one form.
/// </summary>
internal static class NewRecordsApi
{
    private const int Most = 100;

    /// <param name="CommandId">The client chooses one id for a request and all its retries.</param>
    /// <param name="Owner">The id of the owner. The owner is new if its own record is among the records.</param>
    /// <param name="Records">1 to 100 records of tables with the same kind of owner.</param>
    public sealed record NewRecords(Guid CommandId, string Owner, ImmutableArray<NewRecord> Records);

    /// <param name="Table">The name of the table.</param>
    /// <param name="Record">The record as <c>PUT</c> takes it, with its id.</param>
    public sealed record NewRecord(string Table, JsonObject Record);

    /// <param name="Paths">The addresses of the records, in the order of the request.</param>
    public sealed record EnteredRecords(ImmutableArray<string> Paths);

    public static void MapNewRecords(this IEndpointRouteBuilder app) =>
        app.MapPost("/api/records", EnterAsync)
            .WithTags("Records")
            .Requires(Access.SignedInOrToken)
            .Accepts<NewRecords>("application/json")
            .Produces<EnteredRecords>(201)
            .Produces<RecordsApi.RecordPreview>();

    /// <remarks>A record that exists already is refused.</remarks>
    /// <param name="preview">Whether to store nothing.</param>
    private static async Task<IResult> EnterAsync(HttpContext http, RecordTables tables, RecordStore store, bool preview = false)
    {
        if (await RecordsApi.BodyAsync(http) is not { } body)
            return Problems.Of(RequestCodes.BadJson, "The body is a JSON object.", "$");
        if (TextOf(body["commandId"]) is not { } text || !Guid.TryParse(text, out var command))
            return Problems.Of(RequestCodes.BadJson, "A command id is needed.", "$.commandId");
        if (TextOf(body["owner"]) is not { } owner)
            return Problems.Of(RequestCodes.BadJson, "The id of the owner is needed.", "$.owner");
        if (body["records"] is not JsonArray { Count: > 0 and <= Most } records)
            return Problems.Of(RequestCodes.BadJson, $"Name 1 to {Most} records.", "$.records");
        var viewer = Viewer.Of(http);
        var found = new List<(RecordTable Table, IRecord Record)>();
        var places = new Dictionary<RecordId, string>();
        foreach (var (i, each) in records.Index())
        {
            var place = $"$.records[{i}]";
            if (each is not JsonObject one || one["record"] is not JsonObject json)
                return Problems.Of(RequestCodes.BadJson, "A record is needed.", $"{place}.record");
            if (tables.Find(TextOf(one["table"]) ?? "") is not { ByFileOnly: false } table)
                return Problems.Of(RecordCodes.UnknownTable, place: $"{place}.table");
            if (!Access.MaySomewhere(viewer, table.Change) && !(table.Create is { } create && Access.MaySomewhere(viewer, create)))
                return Problems.Of(AccessCodes.Denied, "You may not change this table.", $"{place}.table");
            if (table.Owner == OwnerKind.Hub || (found.Count > 0 && table.Owner != found[0].Table.Owner))
                return Problems.Of(RecordCodes.BadValue, "All records belong to one network, hospital or consultant.", $"{place}.table");
            await table.Completing(http.RequestServices, json);
            var (record, fault) = RecordJson.Read(table, json);
            if (fault is null && table.IsOwner && Owner.Of(record!).Id != owner)
                fault = new(record!.Record, RecordCodes.OtherId, RecordCodes.OtherId.Message!, "id");
            if (fault is not null)
                return Problems.Of(fault.Refusal with { Place = $"{place}.record" + (fault.Field is { } field ? $".{field}" : "") });
            found.Add((table, record!));
            places[record!.Record] = $"{place}.record";
        }
        http.Request.Headers.IfNoneMatch = "*"; // every record is new
        // The owner comes first, because nothing can belong to it before it exists.
        var edits = found.OrderBy(f => !f.Table.IsOwner).Select(f => RecordEdit.Put(f.Record, RecordTag.None));
        return await RecordsApi.StoreAsync(
            found[0].Table,
            http,
            store,
            preview,
            owner,
            [.. edits],
            _ =>
                Task.FromResult<IResult>(
                    TypedResults.Created((string?)null, new EnteredRecords([.. found.Select(f => f.Table.PathOf(owner, f.Record.Record))]))
                ),
            record => places.GetValueOrDefault(record, "$.owner"),
            command
        );
    }

    private static string? TextOf(JsonNode? node) => node?.GetValueKind() == JsonValueKind.String ? node.GetValue<string>() : null;
}
