using System.Buffers;
using System.Collections.Immutable;
using ConsultHub.Conferences;
using ConsultHub.Conferences.Import;
using ConsultHub.Web.Directories;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;

namespace ConsultHub.Web.Conferences;

/// <summary>
/// Imports a programme from a file in the request's body. A preview stores nothing. An import is stored completely or not at all.
/// </summary>
public static class ImportApi
{
    /// <summary>How many conferences may have ids made from the same name: the name itself, then the name with -2 to -100.</summary>
    private const int MostNamesakes = 100;

    /// <summary>
    /// How many imports one node may handle at the same time. The file of each import needs space on the disk until the import ends.
    /// </summary>
    internal const int MostAtOnce = 8;

    /// <summary>Each import takes one slot before its file is received. It keeps the slot until the import ends.</summary>
    internal static readonly SemaphoreSlim Slots = new(MostAtOnce);

    /// <summary>Reading a file takes many times its size in memory, so files are read one at a time.</summary>
    private static readonly SemaphoreSlim Reading = new(1);

    /// <param name="Rooms">The number of rooms.</param>
    /// <param name="Speakers">The number of different speakers.</param>
    /// <param name="Added">The number of sessions that were added. Like Updated and Removed, it is null when a new conference is
    /// made.</param>
    /// <param name="Draft">Whether the import goes into the draft, which only coordinators see until it is published.</param>
    /// <param name="Moved">The number of sessions whose new time or room is announced to people.</param>
    /// <param name="Cancelled">The number of sessions whose cancellation is announced to people.</param>
    /// <param name="Corrected">The number of sessions that keep their time of day in a corrected zone. Their move is not announced.</param>
    /// <param name="TimeZoneBefore">The former IANA zone. Null when the zone stays the same.</param>
    public sealed record ImportReport(
        ConferenceId ConferenceId,
        string Title,
        string TimeZone,
        int Sessions,
        int Rooms,
        int Speakers,
        ImmutableArray<ImportWarning> Warnings,
        int? Added = null,
        int? Updated = null,
        int? Removed = null,
        bool Draft = false,
        int Moved = 0,
        int Cancelled = 0,
        int Corrected = 0,
        string? TimeZoneBefore = null
    );

    internal static void MapImport(this IEndpointRouteBuilder conferences) =>
        // The import limits the size itself, to answer with its own code.
        conferences
            .MapPost("/import", ImportAsync)
            .Requires(Access.ToSome(ConferenceActions.Manage))
            .WithMetadata(new DisableRequestSizeLimitAttribute());

    /// <param name="preview">Whether to store nothing.</param>
    /// <param name="conferenceId">The conference to update. Sessions are matched by guid, otherwise by id.</param>
    /// <param name="timeZone">The IANA zone for a file that names none.</param>
    /// <param name="network">The network to which a new conference belongs. The default is the first in which the viewer may
    /// import.</param>
    private static async Task<Results<Created<ImportReport>, Ok<ImportReport>, ProblemHttpResult>> ImportAsync(
        HttpContext http,
        IGrainFactory grains,
        bool preview = false,
        ConferenceId? conferenceId = null,
        string? timeZone = null,
        NetworkId? network = null
    )
    {
        if (FormatOf(http.Request.ContentType) is not { } format)
            return Refuse(FaultSentences.Fault(FaultSentences.UnknownType, "Content-Type"));
        TimeZoneInfo? zone = null;
        if (timeZone is not null && !(TimeZoneInfo.TryFindSystemTimeZoneById(timeZone, out zone) && zone.HasIanaId))
            return Refuse(FaultSentences.Fault(FaultSentences.BadZone, "timeZone"));
        if (http.Request.ContentLength >= ProgrammeReader.TooManyBytes)
            return TooLarge();
        if (!await Slots.WaitAsync(0, http.RequestAborted))
            return Problems.Of(RequestCodes.TooMany, $"{MostAtOnce} programmes are being imported already; wait a moment.");
        try
        {
            await using var file = await ReceiveAsync(http.Request.Body, http.RequestAborted);
            if (file is null)
                return TooLarge();
            await Reading.WaitAsync(http.RequestAborted); // waits after receiving the file, so that a slow sender delays nobody
            try
            {
                return ProgrammeReader.Read(file, format, zone) switch
                {
                    ProgrammeRead read => await StoreAsync(read.Programme, preview, conferenceId, network, http, grains),
                    ImportFault fault => Refuse(fault),
                    var other => throw new InvalidOperationException($"A reader gave an unexpected answer: {other.GetType().Name}."),
                };
            }
            finally
            {
                Reading.Release();
            }
        }
        finally
        {
            Slots.Release();
        }
    }

    private static async Task<Results<Created<ImportReport>, Ok<ImportReport>, ProblemHttpResult>> StoreAsync(
        Programme programme,
        bool preview,
        ConferenceId? conferenceId,
        NetworkId? network,
        HttpContext http,
        IGrainFactory grains
    )
    {
        var viewer = Viewer.Of(http);
        if ((network ?? Access.NetworksFor(viewer, ConferenceActions.Manage).FirstOrDefault()) is not { Value: not null } owner)
            return Problems.Of(AccessCodes.Denied);
        if (!Access.May(viewer, ConferenceActions.Manage, new Subject(owner)))
            return Problems.Of(AccessCodes.Denied, place: "network");
        programme = programme with { Conference = programme.Conference with { Network = owner } };
        if (conferenceId is not { } id)
            return await CreateAsync(programme, preview, http, grains);
        var grain = grains.GetGrain<IConferenceGrain>(id.Value);
        if (await grain.GetAsync() is not { } existing)
            return ConferencesApi.Unknown(id);
        if (!Access.May(viewer, ConferenceActions.Manage, new Subject(existing.Network)))
            return Problems.Of(AccessCodes.Denied, "The conference belongs to another network.");
        programme = programme.Under(id);
        var outcome = preview
            ? await grain.PreviewAsync(programme)
            : await grain.ImportAsync(Viewer.Of(http).Actor, Guid.NewGuid(), programme);
        if (outcome.Refusal is { } refused)
            return Refuse(new(refused.Code, refused.Message, null, refused.Code.Name, ImmutableDictionary<string, string>.Empty));
        return TypedResults.Ok(
            Report(programme) with
            {
                Added = outcome.Added,
                Updated = outcome.Updated,
                Removed = outcome.Removed,
                Draft = outcome.Draft,
                Moved = outcome.Moved,
                Cancelled = outcome.Cancelled,
                Corrected = outcome.Corrected,
                TimeZoneBefore = outcome.ZoneBefore,
            }
        );
    }

    /// <summary>
    /// Whether another conference has a session with the same id. The id of a session is the id of its conference, a hyphen and a name. So
    /// this can happen if the id of one conference is the beginning of the id of another one.
    /// </summary>
    internal static async Task<bool> SharesSessionsAsync(ConferenceId id, HashSet<SessionId> sessions, IGrainFactory grains)
    {
        var own = id.Value;
        foreach (var network in await grains.ListAsync("hub/networks"))
        foreach (var other in (await grains.ListAsync($"{network.Id}/conferences")).Select(c => c.Id))
            if (
                other != own
                && (other.StartsWith($"{own}-", StringComparison.Ordinal) || own.StartsWith($"{other}-", StringComparison.Ordinal))
                && await grains.GetGrain<IConferenceGrain>(other).ReadAsync() is { } there
                && there.Sessions.Any(s => sessions.Contains(s.Id))
            )
                return true;
        return false;
    }

    /// <summary>Creates a conference with the first free id.</summary>
    private static async Task<Results<Created<ImportReport>, Ok<ImportReport>, ProblemHttpResult>> CreateAsync(
        Programme programme,
        bool preview,
        HttpContext http,
        IGrainFactory grains
    )
    {
        var name = programme.Conference.Id;
        for (var n = 1; n <= MostNamesakes; n++)
        {
            var named = programme.Under(n == 1 ? name : new ConferenceId($"{name}-{n}"));
            var grain = grains.GetGrain<IConferenceGrain>(named.Conference.Id.Value);
            if (
                await grain.GetAsync() is not null
                || await SharesSessionsAsync(named.Conference.Id, [.. named.Sessions.Select(s => s.Id)], grains)
            )
                continue;
            if (preview)
                return TypedResults.Ok(Report(named));
            if ((await grain.ImportAsync(Viewer.Of(http).Actor, Guid.NewGuid(), named, create: true)).Code is null)
                return TypedResults.Created($"/api/conferences/{named.Conference.Id}", Report(named));
        }
        return Refuse(FaultSentences.Fault(FaultSentences.Exists, null, ("most", MostNamesakes)));
    }

    private static ImportReport Report(Programme programme) =>
        new(
            programme.Conference.Id,
            programme.Conference.Title,
            programme.Conference.TimeZone,
            programme.Sessions.Length,
            programme.Conference.Rooms.Length,
            programme.Sessions.SelectMany(s => s.Speakers).Distinct().Count(),
            programme.Warnings
        );

    /// <summary>Writes the whole body to a file that is deleted when it is closed. Returns null as soon as the body is too large.</summary>
    private static async Task<Stream?> ReceiveAsync(Stream body, CancellationToken cancel)
    {
        var file = new FileStream(
            Path.GetTempFileName(),
            new FileStreamOptions
            {
                Mode = FileMode.Create,
                Access = FileAccess.ReadWrite,
                Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous,
            }
        );
        var buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
        try
        {
            while (await body.ReadAsync(buffer, cancel) is > 0 and var count)
            {
                if (file.Length + count < ProgrammeReader.TooManyBytes)
                {
                    await file.WriteAsync(buffer.AsMemory(0, count), cancel);
                    continue;
                }
                await file.DisposeAsync();
                return null;
            }
            file.Position = 0;
            return file;
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static ProgrammeFormat? FormatOf(string? contentType)
    {
        if (!MediaTypeHeaderValue.TryParse(contentType, out var type))
            return null;
        if (
            type.MatchesMediaType("application/xml")
            || type.MatchesMediaType("text/xml")
            || type.Suffix.Equals("xml", StringComparison.OrdinalIgnoreCase)
        )
            return ProgrammeFormat.ScheduleXml;
        if (type.MatchesMediaType("text/calendar"))
            return ProgrammeFormat.Calendar;
        return type.MatchesMediaType("application/json") || type.Suffix.Equals("json", StringComparison.OrdinalIgnoreCase)
            ? ProgrammeFormat.ScheduleJson
            : null;
    }

    private static ProblemHttpResult TooLarge() =>
        Refuse(FaultSentences.Fault(FaultSentences.TooLarge, null, ("most", ProgrammeReader.TooManyBytes / 1_000_000)));

    /// <summary>Adds the sentence's name and values, so that clients can show it in other languages.</summary>
    private static ProblemHttpResult Refuse(ImportFault fault) =>
        Problems.Of(
            new Refusal(fault.Code, fault.Message) { Place = fault.Place },
            new("sentence", fault.Sentence),
            new("values", fault.Values)
        );
}
