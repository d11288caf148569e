using ConsultHub.Conferences;
using ConsultHub.Conferences.Export;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ConsultHub.Web.Conferences;

/// <summary>
/// Exports a conference's programme as voc/schedule XML and JSON, which can be imported again. Cancelled sessions and sessions without a
/// time are left out, because the schemas cannot express them. Calendars (<see cref="FeedsApi"/>) do show cancelled sessions.
/// </summary>
public static class ExportApi
{
    internal static void MapExport(this IEndpointRouteBuilder conferences)
    {
        conferences
            .MapGet("/{id}/schedule.xml", XmlAsync)
            .Requires(Access.To(ConferenceActions.Export, Thing.Conference))
            .Produces<string>(200, "application/xml");
        conferences
            .MapGet("/{id}/schedule.json", JsonAsync)
            .Requires(Access.To(ConferenceActions.Export, Thing.Conference))
            .Produces<string>(200, "application/json");
    }

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
    )
    {
        if (await grains.GetGrain<IConferenceGrain>(id.Value).ReadAsync() is not { } programme)
            return ConferencesApi.Unknown(id);
        return File(programme, format, http);
    }

    internal static FileContentHttpResult File(Programme programme, ScheduleFormat format, HttpContext http)
    {
        var version = programme.Sessions.Select(s => s.Version).Append(programme.Conference.Version).Max();
        var (type, ending) = format == ScheduleFormat.Xml ? ("application/xml", "xml") : ("application/json", "json");
        return TypedResults.File(
            ProgrammeWriter.Write(programme, format, PublicAddress.Of(http), $"{programme.Conference.Release}.{version}"),
            type,
            $"{programme.Conference.Id}.{ending}"
        );
    }
}
