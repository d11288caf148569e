using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using ConsultHub.Records;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace ConsultHub.Web.Records;

/// <summary>Imports tables from CSV files, and from the other files that a table takes.</summary>
internal static class ImportsApi
{
    /// <summary>The largest file in bytes.</summary>
    private const int MostBytes = 16 << 20;

    /// <summary>How many files one node checks at the same time.</summary>
    private static readonly SemaphoreSlim Slots = new(4);

    /// <summary>An import that takes longer is answered before it is done.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10),
        Look = TimeSpan.FromMilliseconds(50);

    /// <param name="Done">The number of rows that are stored or have become impossible.</param>
    /// <param name="Of">The number of rows that the import changes.</param>
    public sealed record ImportView(string Import, string Table, int Done, int Of, bool Finished, ImmutableArray<RowReport> Impossible);

    public static void MapImports(this IEndpointRouteBuilder tables, RecordTables all)
    {
        tables.MapImport("/{table}").Requires(Access.SignedInOrToken);
        foreach (var table in all.All)
            if (table.Grave is { } act)
                tables
                    .MapImport($"/{{table:regex(^{table.Name}$)}}")
                    .Requires(Access.Gravely(Access.ToSome(table.Change), act))
                    .ExcludeFromDescription();
        tables.MapGet("/imports/{import}", ProgressAsync).Requires(Access.SignedInOrToken);
    }

    private static RouteHandlerBuilder MapImport(this IEndpointRouteBuilder tables, string route) =>
        tables
            .MapPost(route, ImportAsync)
            .WithMetadata(new DisableRequestSizeLimitAttribute())
            .Accepts<string>(
                "text/csv",
                [.. tables.ServiceProvider.GetRequiredService<RecordTables>().All.SelectMany(t => t.Formats).SelectMany(f => f.Types)]
            )
            .Produces<TableReport>()
            .Produces<ImportView>(202);

    /// <remarks>
    /// With <c>Accept: application/x-ndjson</c>, a preview tells its progress in lines of JSON. The last line is the report.
    /// </remarks>
    /// <param name="network">The network in which the viewer imports.</param>
    /// <param name="preview">Whether to store nothing.</param>
    /// <param name="encoding">The encoding of the file, such as <c>windows-1256</c>. Without it, the encoding is found.</param>
    /// <param name="separator">The character between cells. Without it, the separator is found.</param>
    /// <param name="same">Lines with people whom the hub knows, such as <c>5:p-kim</c>.</param>
    /// <param name="isNew">Lines with people who are like somebody whom the hub knows, and are somebody else.</param>
    /// <param name="hospital">
    /// The hospitals that get the holidays of a calendar. Without it, all hospitals of the network that the viewer may change.
    /// </param>
    /// <param name="partner">The partners that get the holidays of a calendar. It may be left out if the network has one partner.</param>
    private static async Task<IResult> ImportAsync(
        string table,
        HttpContext http,
        RecordTables tables,
        TableImport import,
        IGrainFactory grains,
        NetworkId? network = null,
        bool preview = false,
        string? encoding = null,
        string? separator = null,
        [FromQuery] string[]? same = null,
        [FromQuery(Name = "new")] int[]? isNew = null,
        [FromQuery] string[]? hospital = null,
        [FromQuery] string[]? partner = null
    )
    {
        var viewer = Viewer.Of(http);
        if (tables.Find(table) is not { } found)
            return Problems.Of(RecordCodes.UnknownTable, place: "table");
        if (!Access.MaySomewhere(viewer, found.Change) && !(found.Create is { } create && Access.MaySomewhere(viewer, create)))
            return Problems.Of(AccessCodes.Denied);
        if (
            network is { } named
            && found.Owner != OwnerKind.Hub
            && !Access.MayInPart(viewer, found.Change, named)
            && !Access.May(viewer, found.Change, new Subject(named))
        )
            return Problems.Of(AccessCodes.Denied, "You may not change this table in this network.", "network");
        if (RecordsApi.ReasonOf(http) is not { } reason)
            return Problems.Of(
                RequestCodes.BadParameter,
                "The reason has at most 500 characters of percent-encoded UTF-8.",
                RecordsApi.ReasonHeader
            );
        if (AnswersOf(same ?? [], isNew ?? []) is not { } answers)
            return Problems.Of(RequestCodes.BadParameter, "An answer is a line, a colon and an id.", "same");
        http.Grave().Count = 0; // until it is clear that something is stored
        // A slot is taken after the file has arrived, so that a slow sender delays nobody.
        if (await ReceiveAsync(http) is not { } bytes)
            return Problems.Of(ImportCodes.TooLarge);
        if (!await Slots.WaitAsync(0, http.RequestAborted))
            return Problems.Of(RequestCodes.TooMany, "Other files are being checked; wait a moment.");
        try
        {
            var upload = new TableUpload(bytes, viewer, network, [.. hospital ?? []], [.. partner ?? []], answers, http.RequestServices);
            var type = http.Request.GetTypedHeaders().ContentType?.MediaType.Value ?? "text/csv";
            var (file, unreadable) =
                found.Formats.FirstOrDefault(f => f.Types.Contains(type, StringComparer.OrdinalIgnoreCase)) is { } format
                    ? await format.ReadAsync(upload)
                : type.Equals("text/csv", StringComparison.OrdinalIgnoreCase) ? TableCsv.Read(bytes, encoding, separator)
                : (null, new(RequestCodes.UnsupportedType, "The table does not take files of this type."));
            if (unreadable is not null)
                return Problems.Of(unreadable);
            file = await found.CompletingFile(upload, file!);
            var streams = preview && http.Request.GetTypedHeaders().Accept.Any(a => a.MediaType == "application/x-ndjson");
            if (streams)
                http.Response.ContentType = "application/x-ndjson";
            var (plan, refusal) = await import.PlanAsync(
                viewer,
                found,
                network,
                file,
                answers,
                reason.Length == 0 ? null : reason,
                progress => streams ? WriteLineAsync(http, progress) : Task.CompletedTask
            );
            if (refusal is not null)
                return Problems.Of(refusal);
            plan = reason.Length == 0 ? found.Asking(plan!) : plan!;
            plan = plan with { Report = plan.Report with { Missing = file.Missing } };
            if (streams)
            {
                await WriteLineAsync(http, plan.Report);
                return TypedResults.Empty;
            }
            if (preview)
                return TypedResults.Ok(plan.Report);
            if (plan.Report.Refused > 0)
                return Problems.Of(
                    new Refusal(ImportCodes.Refused, ImportCodes.Refused.Message!),
                    new KeyValuePair<string, object?>("report", plan.Report)
                );
            http.Grave().Count = plan.Report.Added + plan.Report.Changed;
            if (plan.Report.Affected > 0 && reason.Length == 0)
                return Problems.Of(
                    new Refusal(RecordCodes.Affects, RecordCodes.Affects.Message!),
                    new KeyValuePair<string, object?>("report", plan.Report)
                );
            return await StoreAsync(viewer, network, found, plan, http, grains);
        }
        finally
        {
            Slots.Release();
        }
    }

    private static async Task<IResult> StoreAsync(
        Viewer viewer,
        NetworkId? network,
        RecordTable table,
        ImportPlan plan,
        HttpContext http,
        IGrainFactory grains
    )
    {
        foreach (var owner in plan.NewOwners)
            if (await table.Creating(http.RequestServices, viewer, owner) is { } refusal)
                return Problems.Of(refusal);
        if (plan.Steps.IsEmpty)
            return TypedResults.Ok(plan.Report);
        var (id, clock) = ($"i-{Guid.NewGuid():N}", http.RequestServices.GetRequiredService<TimeProvider>());
        var grain = grains.GetGrain<IImportGrain>(id);
        // Others are told first. Whoever closes the connection at once, or sends the file again, cannot keep it from them.
        if (table.Grave is not null)
        {
            var (notices, rule) = (
                http.RequestServices.GetRequiredService<GraveNotices>(),
                http.GetEndpoint()!.Metadata.GetMetadata<AccessRule>()!
            );
            await notices.TellAsync(http, rule, notices.Administrators);
            http.Grave().Count = 0;
        }
        if (table.Beginning is { } beginning)
            await beginning(http.RequestServices, plan.Changes);
        await grain.BeginAsync(network is { } at ? viewer.ActorIn(at) : viewer.Actor, table.Name, plan.Steps);
        var until = clock.GetUtcNow() + Patience;
        while (await grain.ProgressAsync() is { } progress)
        {
            if (progress.IsDone)
                return TypedResults.Ok(plan.Report with { Import = id, Impossible = Of(progress) });
            if (clock.GetUtcNow() >= until)
                return TypedResults.Accepted($"/api/tables/imports/{id}", View(id, progress));
            await Task.Delay(Look, clock, http.RequestAborted);
        }
        throw new InvalidOperationException("An import that was stored is missing.");
    }

    /// <summary>How far an import is. Only the person who began it may ask.</summary>
    private static async Task<Results<Ok<ImportView>, ProblemHttpResult>> ProgressAsync(
        string import,
        HttpContext http,
        IGrainFactory grains
    ) =>
        import.StartsWith("i-", StringComparison.Ordinal)
        && Guid.TryParseExact(import[2..], "N", out _)
        && await grains.GetGrain<IImportGrain>(import).ProgressAsync() is { } progress
        && progress.By == Viewer.Of(http).Person
            ? TypedResults.Ok(View(import, progress))
            : Problems.Of(ImportCodes.UnknownImport, place: "import");

    private static ImportView View(string import, ImportProgress progress) =>
        new(import, progress.Table, progress.Done, progress.Of, progress.IsDone, Of(progress));

    private static ImmutableArray<RowReport> Of(ImportProgress progress) =>
        [
            .. progress.Impossible.Select(row => new RowReport(
                row.Line,
                ["", row.Fault.Record.Id],
                RowOutcome.Refused,
                [],
                row.Fault.Code,
                row.Fault.Message,
                row.Fault.Field
            )),
        ];

    private static async Task WriteLineAsync(HttpContext http, object line)
    {
        await JsonSerializer.SerializeAsync(http.Response.Body, line, line.GetType(), HubJson.Options, http.RequestAborted);
        await http.Response.Body.WriteAsync("\n"u8.ToArray(), http.RequestAborted);
        await http.Response.Body.FlushAsync(http.RequestAborted);
    }

    private static ImportAnswers? AnswersOf(string[] same, int[] isNew)
    {
        var meant = new Dictionary<int, string>();
        foreach (var answer in same)
            if (
                answer.Split(':', 2) is [var line, var id]
                && int.TryParse(line, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                && TextId.IsValid(id)
            )
                meant[number] = id;
            else
                return null;
        return new(meant, isNew.ToHashSet());
    }

    /// <returns>Null if the body is too large.</returns>
    private static async Task<byte[]?> ReceiveAsync(HttpContext http)
    {
        if (http.Request.ContentLength > MostBytes)
            return null;
        using var file = new MemoryStream();
        var buffer = new byte[64 * 1024];
        while (await http.Request.Body.ReadAsync(buffer, http.RequestAborted) is > 0 and var count)
        {
            if (file.Length + count > MostBytes)
                return null;
            file.Write(buffer, 0, count);
        }
        return file.ToArray();
    }
}
