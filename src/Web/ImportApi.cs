using System.Buffers;
using System.Collections.Immutable;
using ConsultHub.Conferences;
using ConsultHub.Conferences.Import;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;

namespace ConsultHub.Web;

/// <summary>Imports a programme from a file that is the request's body: previewed or stored, all or nothing.</summary>
public static class ImportApi
{
    /// <summary>How many conferences of one name there may be.</summary>
    private const int MostNamesakes = 100;

    /// <param name="Rooms">How many.</param>
    /// <param name="Speakers">How many different ones.</param>
    /// <param name="Added">Null where a new conference is made; as are the other two.</param>
    /// <param name="Draft">It goes into the draft, which nobody sees before it is published.</param>
    public sealed record ImportReport(
        ConferenceId ConferenceId, string Title, string TimeZone, int Sessions, int Rooms, int Speakers, ImmutableArray<ImportWarning> Warnings,
        int? Added = null, int? Updated = null, int? Removed = null, bool Draft = false);

    internal static void MapImport(this IEndpointRouteBuilder conferences) =>
        // The size is limited here, to answer with a reason of its own.
        conferences.MapPost("/import", ImportAsync).Requires(Access.Coordinates).WithMetadata(new DisableRequestSizeLimitAttribute());

    /// <param name="preview">Store nothing.</param>
    /// <param name="conferenceId">Update this conference: sessions are matched by guid, else id.</param>
    /// <param name="timeZone">IANA zone of a file that names none.</param>
    private static async Task<Results<Created<ImportReport>, Ok<ImportReport>, ProblemHttpResult>> ImportAsync(
        HttpContext http, IGrainFactory grains, bool preview = false, ConferenceId? conferenceId = null, string? timeZone = null)
    {
        if (FormatOf(http.Request.ContentType) is not { } format)
            return Refusal(415, FaultSentences.Fault("import.unknown-type", "Content-Type"));
        TimeZoneInfo? zone = null;
        if (timeZone is not null && !(TimeZoneInfo.TryFindSystemTimeZoneById(timeZone, out zone) && zone.HasIanaId))
            return Refusal(400, FaultSentences.Fault("request.bad-parameter.zone", "timeZone"));
        if (http.Request.ContentLength >= ProgrammeReader.TooManyBytes) return TooLarge();
        await using var file = await ReadAsync(http.Request.Body, http.RequestAborted);
        if (file is null) return TooLarge();
        return ProgrammeReader.Read(file, format, zone) switch
        {
            ProgrammeRead read => await StoreAsync(read.Programme, preview, conferenceId, http, grains),
            ImportFault fault => Refusal(StatusOf(fault.Code), fault),
            var other => throw new InvalidOperationException($"A reader does not answer with {other.GetType().Name}."),
        };
    }

    private static async Task<Results<Created<ImportReport>, Ok<ImportReport>, ProblemHttpResult>> StoreAsync(
        Programme programme, bool preview, ConferenceId? conferenceId, HttpContext http, IGrainFactory grains)
    {
        programme = programme with { Conference = programme.Conference with { Network = Viewer.Of(http).Network } };
        if (conferenceId is not { } id) return await CreateAsync(programme, preview, http, grains);
        var grain = grains.GetGrain<IConferenceGrain>(id.Value);
        if (await grain.GetAsync() is not { } existing) return ConferencesApi.Unknown(id);
        if (!ConferencesApi.IsOwn(existing, http)) return ConferencesApi.Denied();
        programme = programme.Under(id);
        var outcome = preview ? await grain.PreviewAsync(programme) : await grain.ImportAsync(Viewer.Of(http).Actor, Guid.NewGuid(), programme);
        return TypedResults.Ok(Report(programme) with { Added = outcome.Added, Updated = outcome.Updated, Removed = outcome.Removed, Draft = outcome.Draft });
    }

    /// <summary>Makes a conference under the first name that is free.</summary>
    private static async Task<Results<Created<ImportReport>, Ok<ImportReport>, ProblemHttpResult>> CreateAsync(
        Programme programme, bool preview, HttpContext http, IGrainFactory grains)
    {
        var name = programme.Conference.Id;
        for (var n = 1; n <= MostNamesakes; n++)
        {
            var named = programme.Under(n == 1 ? name : new ConferenceId($"{name}-{n}"));
            var grain = grains.GetGrain<IConferenceGrain>(named.Conference.Id.Value);
            if (await grain.GetAsync() is not null) continue;
            if (preview) return TypedResults.Ok(Report(named));
            if ((await grain.ImportAsync(Viewer.Of(http).Actor, Guid.NewGuid(), named, create: true)).Code is null)
                return TypedResults.Created($"/api/conferences/{named.Conference.Id}", Report(named));
        }
        return Refusal(409, FaultSentences.Fault("conference.exists", null, ("most", MostNamesakes)));
    }

    private static ImportReport Report(Programme programme) => new(
        programme.Conference.Id, programme.Conference.Title, programme.Conference.TimeZone, programme.Sessions.Length, programme.Conference.Rooms.Length,
        programme.Sessions.SelectMany(s => s.Speakers).Distinct().Count(), programme.Warnings);

    /// <summary>The whole body; null as soon as it is too large.</summary>
    private static async Task<MemoryStream?> ReadAsync(Stream body, CancellationToken cancel)
    {
        var file = new MemoryStream();
        var buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
        try
        {
            while (await body.ReadAsync(buffer, cancel) is > 0 and var count)
            {
                if (file.Length + count >= ProgrammeReader.TooManyBytes) return null;
                file.Write(buffer, 0, count);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
        file.Position = 0;
        return file;
    }

    private static ProgrammeFormat? FormatOf(string? contentType)
    {
        if (!MediaTypeHeaderValue.TryParse(contentType, out var type)) return null;
        if (type.MatchesMediaType("application/xml") || type.MatchesMediaType("text/xml") || type.Suffix.Equals("xml", StringComparison.OrdinalIgnoreCase)) return ProgrammeFormat.ScheduleXml;
        if (type.MatchesMediaType("text/calendar")) return ProgrammeFormat.Calendar;
        return type.MatchesMediaType("application/json") || type.Suffix.Equals("json", StringComparison.OrdinalIgnoreCase) ? ProgrammeFormat.ScheduleJson : null;
    }

    private static int StatusOf(string code) => code is "import.malformed" or "import.dtd" or "import.too-deep" ? 400 : 422;

    private static ProblemHttpResult TooLarge() => Refusal(413, FaultSentences.Fault("import.too-large", null, ("most", ProgrammeReader.TooManyBytes / 1_000_000)));

    /// <summary>With the sentence's name and values, so that clients can say it in other languages.</summary>
    private static ProblemHttpResult Refusal(int status, ImportFault fault) =>
        Problems.Of(status, fault.Code, fault.Message, fault.Place, [new("sentence", fault.Sentence), new("values", fault.Values)]);
}
