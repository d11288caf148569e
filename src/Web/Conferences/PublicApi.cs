using System.Collections.Immutable;
using System.Text;
using ConsultHub.Conferences;
using ConsultHub.Conferences.Export;
using ConsultHub.Directories;
using ConsultHub.Feeds;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ConsultHub.Web.Conferences;

/// <summary>
/// Programmes that coordinators have made public. They are read-only and contain only what a printed programme would contain.
/// </summary>
public static class PublicApi
{
    public sealed record Publicity(bool Public);

    /// <param name="Release">The number of the newest release. 0 when there is none.</param>
    /// <param name="Registration">Whether people can open accounts of attendees for themselves.</param>
    /// <param name="RegistrationUntil">UTC. From then on nobody can register. Null if there is no such limit.</param>
    public sealed record PublicProgramme(
        ConferenceId Id,
        string Title,
        string? Subtitle,
        string TimeZone,
        DateOnly? FirstDay,
        DateOnly? LastDay,
        int Release,
        RegistrationState Registration,
        DateTimeOffset? RegistrationUntil,
        ImmutableArray<string> Rooms,
        ImmutableArray<PublicSession> Sessions,
        string? TitleAr,
        string? TitleKo
    );

    /// <param name="Start">UTC.</param>
    /// <param name="Speakers">Names as they are printed, without ids and without links to people of the network.</param>
    /// <param name="SpeakerNames">The same people in the same order, with each language in which the hub knows the name.</param>
    /// <param name="MovedFromStart">The start before the newest move since the release.</param>
    public sealed record PublicSession(
        SessionId Id,
        string Title,
        string? Subtitle,
        string? Abstract,
        DateTimeOffset? Start,
        TimeSpan Duration,
        string Room,
        string? Track,
        string? Kind,
        string? Language,
        DateOnly? Day,
        bool Cancelled,
        ImmutableArray<string> Speakers,
        ImmutableArray<LocalName> SpeakerNames,
        ImmutableArray<SessionLink> Links,
        DateTimeOffset? MovedFromStart,
        string? MovedFromRoom,
        string? TitleAr,
        string? TitleKo
    );

    public static void MapPublic(this IEndpointRouteBuilder app)
    {
        var open = app.MapGroup("/api/public/conferences/{id}").WithTags("Public");
        open.MapGet("/", ReadAsync).Requires(Access.ReadsPublic);
        open.MapGet("/schedule.xml", XmlAsync).Requires(Access.ReadsPublic).Produces<string>(200, "application/xml");
        open.MapGet("/schedule.json", JsonAsync).Requires(Access.ReadsPublic).Produces<string>(200, "application/json");
        open.MapGet("/calendar.ics", CalendarAsync).Requires(Access.ReadsPublic).Produces<string>(200, "text/calendar");
        app.MapPut("/api/conferences/{id}/public", SetAsync)
            .WithTags("Conferences")
            .Requires(Access.To(ConferenceActions.Manage, Thing.Conference));
    }

    /// <summary>The programme of a public conference. A conference that is not public is answered as unknown.</summary>
    private static async Task<Results<Ok<PublicProgramme>, ProblemHttpResult>> ReadAsync(
        ConferenceId id,
        IGrainFactory grains,
        TimeProvider clock
    )
    {
        if (await OpenAsync(id, grains) is not { Conference: var header } programme)
            return ConferencesApi.Unknown(id);
        var known = header.Network is not { } network
            ? []
            : (await grains.GetGrain<IDirectoryGrain>($"{network}/consultants").ListAsync()).ToDictionary(c => c.Id, c => c.Name);
        return TypedResults.Ok(
            new PublicProgramme(
                header.Id,
                header.Title,
                header.Subtitle,
                header.TimeZone,
                header.FirstDay,
                header.LastDay,
                header.Release,
                header.RegistrationAt(clock.GetUtcNow()),
                header.SelfRegistration ? header.RegistrationUntil : null,
                [.. header.Rooms.Select(r => r.Name)],
                [
                    .. programme
                        .Sessions.OrderBy(s => s.Start ?? DateTimeOffset.MaxValue)
                        .ThenBy(s => s.Room, StringComparer.Ordinal)
                        .Select(s => Shown(s, known)),
                ],
                header.TitleAr,
                header.TitleKo
            )
        );
    }

    /// <summary>Null unless the conference is public.</summary>
    private static async Task<Programme?> OpenAsync(ConferenceId id, IGrainFactory grains) =>
        await grains.GetGrain<IConferenceGrain>(id.Value).GetAsync() is { Public: true }
        && await grains.GetGrain<IConferenceGrain>(id.Value).ReadAsync() is { Conference.Public: true } programme
            ? programme
            : null;

    private static Task<Results<FileContentHttpResult, ProblemHttpResult>> XmlAsync(
        ConferenceId id,
        HttpContext http,
        IGrainFactory grains
    ) => WriteAsync(id, ScheduleFormat.Xml, http, grains);

    private static Task<Results<FileContentHttpResult, ProblemHttpResult>> JsonAsync(
        ConferenceId id,
        HttpContext http,
        IGrainFactory grains
    ) => WriteAsync(id, ScheduleFormat.Json, http, grains);

    private static async Task<Results<FileContentHttpResult, ProblemHttpResult>> WriteAsync(
        ConferenceId id,
        ScheduleFormat format,
        HttpContext http,
        IGrainFactory grains
    ) => await OpenAsync(id, grains) is { } programme ? ExportApi.File(programme, format, http) : ConferencesApi.Unknown(id);

    /// <summary>A calendar with every session that has a time. Cancelled sessions are marked.</summary>
    private static async Task<Results<FileContentHttpResult, ProblemHttpResult>> CalendarAsync(
        ConferenceId id,
        HttpContext http,
        IGrainFactory grains,
        TimeProvider clock
    ) =>
        await OpenAsync(id, grains) is { } programme
            ? TypedResults.File(
                Encoding.UTF8.GetBytes(ProgrammeCalendar.Write(programme, PublicAddress.Of(http), clock.GetUtcNow())),
                "text/calendar",
                $"{id}.ics"
            )
            : ConferencesApi.Unknown(id);

    private static PublicSession Shown(ConferenceSession s, Dictionary<string, LocalName> known) =>
        new(
            s.Id,
            s.Title,
            s.Subtitle,
            s.Abstract,
            s.Start,
            s.Duration,
            s.Room,
            s.Track,
            s.Kind,
            s.Language,
            s.Day,
            s.Cancelled,
            [.. s.Speakers.Select(p => p.Name)],
            [
                .. s.Speakers.Select(p =>
                    p.Consultant is { } person && known.TryGetValue(person.Value, out var name) ? name : new LocalName(p.Name)
                ),
            ],
            s.Links ?? [],
            s.Moved?.FromStart,
            s.Moved?.FromRoom,
            s.TitleAr,
            s.TitleKo
        );

    private static async Task<Results<NoContent, ProblemHttpResult>> SetAsync(
        ConferenceId id,
        Publicity publicity,
        HttpContext http,
        IGrainFactory grains
    )
    {
        var grain = grains.GetGrain<IConferenceGrain>(id.Value);
        if (await grain.GetAsync() is not { } conference)
            return ConferencesApi.Unknown(id);
        if (publicity.Public && conference.Withdrawn)
            return Problems.Of(ConferenceCodes.Withdrawn);
        await grain.SetPublicAsync(Viewer.Of(http).Actor, publicity.Public);
        return TypedResults.NoContent();
    }
}
