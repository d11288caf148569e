using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using ConsultHub.Records;

namespace ConsultHub.Web.Records;

/// <summary>
/// Reads and replaces all records of some kinds together, such as the working calendar of a hospital or the rota of a network. Single
/// records of these kinds have addresses too.
/// </summary>
internal static class RecordSetsApi
{
    /// <param name="route">The address, with <c>{owner}</c>.</param>
    /// <param name="tables">The member of the body for each table.</param>
    public static void MapRecordSet(
        this IEndpointRouteBuilder app,
        string route,
        params ImmutableArray<(string Member, string Table)> tables
    )
    {
        var known = app.ServiceProvider.GetRequiredService<RecordTables>();
        ImmutableArray<(string Member, RecordTable Table)> parts = [.. tables.Select(t => (t.Member, known.Find(t.Table)!))];
        var (read, change) = (parts[0].Table.Read, parts[0].Table.Change);
        var set = app.MapGroup(route).WithTags("Records");
        set.MapGet("/", (string owner, HttpContext http, IGrainFactory grains) => GetAsync(owner, parts, http, grains))
            .Requires(Access.ToSome(read, change))
            .Produces<JsonObject>();
        set.MapPut(
                "/",
                (string owner, HttpContext http, RecordStore store, IGrainFactory grains, bool preview = false) =>
                    PutAsync(owner, parts, http, store, grains, preview)
            )
            .Requires(Access.ToSome(change))
            .Accepts<JsonObject>("application/json")
            .Produces<JsonObject>();
    }

    private static async Task<IResult> GetAsync(
        string owner,
        ImmutableArray<(string Member, RecordTable Table)> parts,
        HttpContext http,
        IGrainFactory grains
    )
    {
        var table = parts[0].Table;
        if (await RefusalAsync(owner, table, http, table.Read, table.Change) is { } refused)
            return refused;
        var set = Write(parts, await table.GrainOf(grains, owner).RecordsAsync());
        http.Response.Headers.ETag = TagOf(set);
        return TypedResults.Json<JsonNode>(set, HubJson.Options);
    }

    private static async Task<IResult> PutAsync(
        string owner,
        ImmutableArray<(string Member, RecordTable Table)> parts,
        HttpContext http,
        RecordStore store,
        IGrainFactory grains,
        bool preview
    )
    {
        if (await RecordsApi.BodyAsync(http) is not { } body)
            return Problems.Of(RequestCodes.BadJson, "The body is a JSON object.", "$");
        if (body.Select(m => m.Key).FirstOrDefault(m => parts.All(p => p.Member != m)) is { } unknown)
            return Problems.Of(RequestCodes.BadJson, "There is no such member.", $"$.{unknown}");
        var table = parts[0].Table;
        if (await RefusalAsync(owner, table, http, table.Change) is { } refused)
            return refused;
        var before = await table.GrainOf(grains, owner).RecordsAsync();
        var (expected, unclear) = Precondition.Of(http);
        if (unclear is not null)
            return Problems.Of(unclear);
        if (expected is null)
            return Problems.Of(RecordCodes.ConditionMissing);
        if (expected != RecordTag.Any) // the lists are always there
        {
            var now = TagOf(Write(parts, before));
            if ($"\"{expected}\"" != now)
            {
                http.Response.Headers.ETag = now;
                return Problems.Of(
                    new Refusal(RecordCodes.Changed, RecordCodes.Changed.Message!),
                    new("current", Write(parts, before)),
                    new("tag", now)
                );
            }
        }
        var (wanted, places) = (new List<IRecord>(), new Dictionary<RecordId, string>());
        foreach (var (member, part) in parts)
        {
            if (body[member] is not JsonArray records)
                return Problems.Of(RecordCodes.Required, "A list is needed.", $"$.{member}");
            for (var i = 0; i < records.Count; i++)
            {
                var (record, fault) = records[i] is JsonObject one
                    ? RecordJson.Read(part, one.DeepClone().AsObject())
                    : (null, new RecordFault(default, RecordCodes.BadValue, "An object is needed."));
                if (fault is not null)
                    return Problems.Of(fault.Refusal with { Place = $"$.{member}[{i}]" + (fault.Field is { } field ? $".{field}" : "") });
                wanted.Add(record!);
                places[record!.Record] = $"$.{member}[{i}]";
            }
        }
        var kinds = parts.Select(p => p.Table.Part).ToHashSet();
        var tags = before.DistinctBy(r => r.Record).ToDictionary(r => r.Record, RecordTag.Of);
        ImmutableArray<RecordEdit> edits =
        [
            .. WholeProfile
                .Between(before.Where(r => kinds.Contains(r.Record.Part)), wanted)
                .Select(e => e with { Expected = tags.GetValueOrDefault(e.Record, RecordTag.None) }),
        ];
        if (edits.GroupBy(e => e.Record).FirstOrDefault(g => g.Count() > 1) is { Key: var twice })
            return Problems.Of(RecordCodes.Twice, $"{twice} is in the body twice.");
        if (edits.IsEmpty)
            return preview ? TypedResults.Ok(new RecordsApi.RecordPreview([], [], [])) : await AnswerAsync();
        return await RecordsApi.StoreAsync(
            table,
            http,
            store,
            preview,
            owner,
            edits,
            _ => AnswerAsync(),
            record => places.GetValueOrDefault(record, "$")
        );

        async Task<IResult> AnswerAsync()
        {
            var set = Write(parts, await table.GrainOf(grains, owner).RecordsAsync());
            http.Response.Headers.ETag = TagOf(set);
            return TypedResults.Json<JsonNode>(set, HubJson.Options);
        }
    }

    /// <summary>Returns a refusal if there is no such owner, or if the viewer may do none of the actions with it.</summary>
    private static async ValueTask<IResult?> RefusalAsync(
        string owner,
        RecordTable table,
        HttpContext http,
        params ImmutableArray<AccessAction> actions
    )
    {
        var (owners, viewer) = (http.RequestServices.GetRequiredService<OwnerBook>(), Viewer.Of(http));
        if (!TextId.IsValid(owner) || await owners.FindAsync(table.Owner, owner) is not { } found)
            return Problems.Of(RecordCodes.Unknown);
        return RecordScopes.OfOwner(found).Any(of => actions.Any(action => Access.May(viewer, action, of)))
            ? null
            : Problems.Of(AccessCodes.Denied);
    }

    private static JsonObject Write(ImmutableArray<(string Member, RecordTable Table)> parts, ImmutableArray<IRecord> records)
    {
        var set = new JsonObject();
        foreach (var (member, table) in parts)
            set[member] = new JsonArray([.. records.Where(r => r.Record.Part == table.Part).Select(RecordJson.Write)]);
        return set;
    }

    private static string TagOf(JsonObject set) => $"\"{RecordTag.Of(set)}\"";
}
