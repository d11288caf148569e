using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using ConsultHub.Records;
using ConsultHub.Rostering;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Primitives;

namespace ConsultHub.Web.Records;

/// <summary>
/// Reads and changes single records: <c>GET</c>, <c>PUT</c> and <c>DELETE</c>, with the tag of a record in <c>ETag</c> and <c>If-Match</c>.
/// </summary>
internal static class RecordsApi
{
    /// <summary>The header with the reason for a change, as percent-encoded UTF-8.</summary>
    public const string ReasonHeader = "X-Reason";

    /// <param name="Affects">The planned engagements that would become illegal. They would be marked.</param>
    /// <param name="UsedBy">What uses the record. If there is anything, the record can only be ended and not removed.</param>
    /// <param name="Hints">What the person may have overlooked.</param>
    public sealed record RecordPreview(
        ImmutableArray<AffectedEngagement> Affects,
        ImmutableArray<RecordUse> UsedBy,
        ImmutableArray<RecordHint> Hints
    );

    public static void MapRecord(this IEndpointRouteBuilder app, RecordTable table)
    {
        var route = table.Route.Split('?')[0];
        var records = app.MapGroup(route).WithTags("Records");
        if (!table.IsReadElsewhere)
        {
            var get = records
                .MapGet(
                    "/",
                    (HttpContext http, RecordStore store, OwnerBook owners, RecordScopes scopes) => GetAsync(table, http, owners, scopes)
                )
                .Requires(Access.SignedInOrToken)
                .Produces(200, table.Record);
            if (table.Traced is { } traced)
                get.Traces(traced);
        }
        records
            .MapPut("/", (HttpContext http, RecordStore store, bool preview = false) => PutAsync(table, http, store, preview))
            .Requires(Access.ToSome(table.Change, table.Create ?? table.Change))
            .Accepts(table.Record, "application/json")
            .Produces(200, table.Record)
            .Produces(201, table.Record);
        records
            .MapDelete("/", (HttpContext http, RecordStore store, bool preview = false) => DeleteAsync(table, http, store, preview))
            .Requires(Access.ToSome(table.Change))
            .Produces<RecordPreview>(200)
            .Produces(204);
    }

    /// <summary>Sets the tag of a record that another endpoint shows together with more.</summary>
    public static void Tag(this HttpContext http, IRecord record) => http.Response.Headers.ETag = $"\"{RecordTag.Of(record)}\"";

    private static async Task<IResult> GetAsync(RecordTable table, HttpContext http, OwnerBook owners, RecordScopes scopes)
    {
        var (ownerId, id) = Address(table, http);
        var viewer = Viewer.Of(http);
        if (await owners.FindAsync(table.Owner, ownerId) is not { } owner || await FindAsync(table, http, ownerId, id) is not { } record)
            return Problems.Of(RecordCodes.Unknown);
        if (!await scopes.MayReadAsync(viewer, table, owner, record))
            return Problems.Of(AccessCodes.Denied, "You may not read this record.");
        http.Tag(record);
        return TypedResults.Json<object>(await scopes.ShownAsync(viewer, table, owner, record), HubJson.Options);
    }

    private static async Task<IRecord?> FindAsync(RecordTable table, HttpContext http, string owner, RecordId id)
    {
        var grains = http.RequestServices.GetRequiredService<IGrainFactory>();
        return (await table.GrainOf(grains, owner).RecordsAsync()).FirstOrDefault(r => r.Record == id);
    }

    private static async Task<IResult> PutAsync(RecordTable table, HttpContext http, RecordStore store, bool preview)
    {
        if (await BodyAsync(http) is not { } json)
            return Problems.Of(RequestCodes.BadJson, "The body is a JSON object.", "$");
        var (owner, id) = Address(table, http);
        if (IdOf(table, json, owner, id) is { } other)
            return Problems.Of(other.Refusal);
        await table.Completing(http.RequestServices, json);
        var (record, fault) = RecordJson.Read(table, json);
        if (fault is not null)
            return Problems.Of(fault.Refusal);
        var (condition, unclear) = Condition(http);
        if (unclear is not null)
            return Problems.Of(unclear);
        // The members of such a record make its id. So a change of them moves the record.
        var moved = table.Natural && record!.Record != id && condition is not RecordTag.None;
        ImmutableArray<RecordEdit> edits = moved
            ? [new(id, null, condition), RecordEdit.Put(record!, RecordTag.None)]
            : [RecordEdit.Put(record!, condition)];
        return await StoreAsync(table, http, store, preview, owner, edits, record!);
    }

    /// <summary>The body of a request. Null if it is not a JSON object, or if a text in it is not valid.</summary>
    public static async Task<JsonObject?> BodyAsync(HttpContext http)
    {
        try
        {
            var body =
                await JsonNode.ParseAsync(
                    http.Request.Body,
                    documentOptions: new() { AllowDuplicateProperties = false },
                    cancellationToken: http.RequestAborted
                ) as JsonObject;
            // Half of a character is found only when the text is read.
            return body?.DeepClone() is { } read && RecordJson.IsText(read) ? body : null;
        }
        catch (Exception bad) when (bad is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>Sets the id of the address in the body. A body with another id is refused.</summary>
    private static RecordFault? IdOf(RecordTable table, JsonObject json, string owner, RecordId id)
    {
        if (
            table.Natural
            || table.Columns.FirstOrDefault(c => c.Key && c.Name != (table.HasOwnerColumn ? table.OwnerColumn : null)) is not { } key
        )
            return null;
        var named = table.IsOwner ? owner : id.Id;
        if (json[key.Name] is { } given && (given.GetValueKind() != JsonValueKind.String || given.GetValue<string>() != named))
            return new(id, RecordCodes.OtherId, RecordCodes.OtherId.Message!, key.Name);
        json[key.Name] = named;
        return null;
    }

    private static Task<IResult> DeleteAsync(RecordTable table, HttpContext http, RecordStore store, bool preview)
    {
        var (owner, id) = Address(table, http);
        var (condition, unclear) = Condition(http);
        return unclear is not null
            ? Task.FromResult<IResult>(Problems.Of(unclear))
            : StoreAsync(table, http, store, preview, owner, [new(id, null, condition)], (IRecord?)null);
    }

    private static Task<IResult> StoreAsync(
        RecordTable table,
        HttpContext http,
        RecordStore store,
        bool preview,
        string owner,
        ImmutableArray<RecordEdit> edits,
        IRecord? after
    ) =>
        StoreAsync(
            table,
            http,
            store,
            preview,
            owner,
            edits,
            added =>
            {
                if (after is null)
                    return Task.FromResult<IResult>(TypedResults.NoContent());
                http.Tag(after);
                if (added || table.Natural)
                    http.Response.Headers.Location = table.PathOf(owner, after.Record);
                return Task.FromResult<IResult>(TypedResults.Json<object>(after, HubJson.Options, statusCode: added ? 201 : 200));
            }
        );

    /// <param name="answer">Makes the answer when the change is stored. Its argument says whether the record is new.</param>
    /// <param name="place">Finds the place of a record in the body, such as <c>$.hours[2]</c>. Null if the body is the record.</param>
    /// <param name="commandId">The id that the client has chosen. With it, a repeat of the request is answered like the first one.</param>
    public static async Task<IResult> StoreAsync(
        RecordTable table,
        HttpContext http,
        RecordStore store,
        bool preview,
        string owner,
        ImmutableArray<RecordEdit> edits,
        Func<bool, Task<IResult>> answer,
        Func<RecordId, string>? place = null,
        Guid? commandId = null
    )
    {
        var viewer = Viewer.Of(http);
        if (ReasonOf(http) is not { } reason)
            return Problems.Of(RequestCodes.BadParameter, "The reason has at most 500 characters of percent-encoded UTF-8.", ReasonHeader);
        var command = new EditRecords(commandId ?? Guid.NewGuid(), edits, reason.Length == 0 ? null : reason);
        var result = preview ? await store.CheckAsync(viewer, table, owner, command) : await store.EditAsync(viewer, table, owner, command);
        // The answer to an earlier request may have been lost.
        if (
            result.Refusal?.Code == RecordCodes.Changed
            && commandId is not null
            && !preview
            && await store.IsRepeatAsync(viewer, table, owner, command)
        )
            result = result with { Refusal = null };
        // What uses a record is named. If nothing can be named, the preview is refused as the change itself would be.
        if (preview && (result.Refusal is null || (result.Refusal.Code == RecordCodes.InUse && !result.UsedBy.IsEmpty)))
            return TypedResults.Ok(new RecordPreview([.. result.AffectsFor(viewer)], [.. result.UsedByFor(viewer)], result.Hints));
        if (result.Refusal is { } refusal)
        {
            if (place is not null && result.Faults is [var fault, ..])
                refusal = refusal with { Place = place(fault.Record) + (fault.Field is { } field ? $".{field}" : "") };
            return Refused(
                http,
                result,
                refusal.Code != RecordCodes.Changed ? refusal
                    : IsUnconditional(http) ? new(RecordCodes.ConditionMissing, RecordCodes.ConditionMissing.Message!)
                    : edits is [{ Value: null }, var moved] && result.Faults[0].Record == moved.Record
                        ? new(RecordCodes.Twice, "Another record is there already.")
                    : refusal
            );
        }
        return await answer(result.Changes is [{ Before: null }]);
    }

    private static ProblemHttpResult Refused(HttpContext http, RecordResult result, Refusal refusal)
    {
        if (refusal.Current is IRecord current)
            http.Tag(current);
        return Problems.Of(
            refusal,
            refusal.Code == RecordCodes.Affects
                    ? [new("affects", result.AffectsFor(Viewer.Of(http))), new("affected", result.Affects.Length)]
                : refusal.Code == RecordCodes.InUse
                    ? [new("usedBy", result.UsedByFor(Viewer.Of(http)).Take(20)), new("uses", result.UsedBy.Length)]
                : refusal.Code == RecordCodes.Changed
                    ? [new("current", refusal.Current), new("tag", refusal.Current is { } now ? RecordTag.Of(now) : null)]
                : []
        );
    }

    private static (string Owner, RecordId Id) Address(RecordTable table, HttpContext http)
    {
        var route = http.Request.RouteValues;
        var owner = route["owner"] as string ?? (table.Owner == OwnerKind.Hub ? "hub" : http.Request.Query[table.OwnerColumn!].ToString());
        return (owner, new(table.Part, route["id"] as string ?? ""));
    }

    /// <summary>What a change expects. A caller who states nothing can only enter a new record.</summary>
    private static (string Expected, Refusal? Unclear) Condition(HttpContext http)
    {
        var (expected, unclear) = Precondition.Of(http);
        return (expected ?? RecordTag.None, unclear);
    }

    private static bool IsUnconditional(HttpContext http) =>
        StringValues.IsNullOrEmpty(http.Request.Headers.IfMatch) && StringValues.IsNullOrEmpty(http.Request.Headers.IfNoneMatch);

    /// <summary>The reason in the header. Empty if there is none, and null if it cannot be read.</summary>
    public static string? ReasonOf(HttpContext http)
    {
        var text = http.Request.Headers[ReasonHeader].ToString();
        try
        {
            var reason = Uri.UnescapeDataString(text).Trim();
            return reason.Length <= 500 ? reason : null;
        }
        catch (UriFormatException)
        {
            return null;
        }
    }
}
