using System.Collections.Immutable;
using ConsultHub.Conferences;
using ConsultHub.Conferences.Audience;
using ConsultHub.Directories;
using ConsultHub.Web.Directories;
using ConsultHub.Web.Live;
using ConsultHub.Web.Records;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ConsultHub.Web.Conferences;

/// <summary>
/// Lists of conferences, moves of sessions, and favourites. Edits are in <see cref="ConferenceEditsApi"/> and imports in
/// <see cref="ImportApi"/>.
/// </summary>
public static class ConferencesApi
{
    /// <param name="Start">UTC.</param>
    /// <param name="Duration">Minutes.</param>
    /// <param name="Room">A room of the conference.</param>
    /// <param name="ExpectedVersion">The version of the session that the coordinator saw. Null skips the check.</param>
    /// <param name="Reason">The reason to accept warnings of the roster, if the roster has booked the session.</param>
    public sealed record MoveRequest(
        Guid CommandId,
        DateTimeOffset Start,
        double Duration,
        string Room,
        long? ExpectedVersion = null,
        string? Reason = null
    ) : ICommand;

    public static IServiceCollection AddConferences(this IServiceCollection services) =>
        services.AddTopic<ConferenceTopic>().AddTopic<DraftTopic>().AddTables(ConferenceTables.All);

    public static void MapConferences(this IEndpointRouteBuilder app)
    {
        var conferences = app.MapGroup("/api/conferences").WithTags("Conferences");
        conferences.MapGet("/", ListAsync).Requires(Access.ToSome(ConferenceActions.Read));
        conferences.MapEdits();
        conferences.MapImport();
        conferences.MapExport();
        conferences.MapReleases();
        conferences.MapAudience();
        conferences.MapPost("/{id}/sessions/{session}/move", MoveAsync).Requires(Access.To(ConferenceActions.Manage, Thing.Conference));
        conferences
            .MapPost("/{id}/sessions/{session}/move/checks", CheckMoveAsync)
            .Requires(Access.To(ConferenceActions.Manage, Thing.Conference));
        conferences.MapGet("/{id}/favourites", FavouritesAsync).Requires(Access.To(ConferenceActions.Read, Thing.Conference));
        conferences.MapPut("/{id}/favourites/{session}", MarkAsync).Requires(Access.To(ConferenceActions.Follow, Thing.Conference));
        conferences.MapDelete("/{id}/favourites/{session}", UnmarkAsync).Requires(Access.To(ConferenceActions.Follow, Thing.Conference));
    }

    /// <summary>The conferences whose programmes the viewer may read.</summary>
    private static async Task<Ok<List<ConferenceSummary>>> ListAsync(HttpContext http, IGrainFactory grains)
    {
        var viewer = Viewer.Of(http);
        var lists = await Task.WhenAll(viewer.Networks.Select(ReadableAsync));
        var found = await Task.WhenAll(lists.SelectMany(l => l).Select(c => grains.GetGrain<IConferenceGrain>(c.Id).SummaryAsync()));
        return TypedResults.Ok(found.OfType<ConferenceSummary>().ToList());

        async Task<IEnumerable<DirectoryEntry>> ReadableAsync(NetworkId network) =>
            (await grains.ListAsync($"{network}/conferences")).Where(c =>
                Access.May(viewer, ConferenceActions.Read, new Subject(network) { Conference = new ConferenceId(c.Id) })
            );
    }

    private static async Task<Results<Ok<ConferenceSession>, ProblemHttpResult>> MoveAsync(
        ConferenceId id,
        SessionId session,
        MoveRequest move,
        HttpContext http,
        IGrainFactory grains
    )
    {
        if (Fault(move) is { } fault)
            return fault;
        var grain = grains.GetGrain<IConferenceGrain>(id.Value);
        var command = CommandOf(session, move);
        var reply = await grain.MoveAsync(Viewer.Of(http).Actor, command);
        return reply.Refusal is { } refusal ? Of(refusal) : TypedResults.Ok(reply.Session!);
    }

    /// <summary>
    /// Checks what a move would lead to, while a coordinator chooses the time and the room. Nothing is stored, and the command id is not
    /// used.
    /// </summary>
    private static async Task<Results<Ok<SessionCheck>, ProblemHttpResult>> CheckMoveAsync(
        ConferenceId id,
        SessionId session,
        MoveRequest move,
        HttpContext http,
        IGrainFactory grains
    )
    {
        if (Fault(move) is { } fault)
            return fault;
        var grain = grains.GetGrain<IConferenceGrain>(id.Value);
        var command = CommandOf(session, move);
        return await grain.CheckMoveAsync(command, Viewer.Of(http).Actor) is { } check
            ? TypedResults.Ok(check)
            : Of(Refusal.Of(SessionCodes.Unknown)!);
    }

    private static ProblemHttpResult? Fault(MoveRequest move)
    {
        if (move.Room is null)
            return Problems.Of(RequestCodes.BadJson, "The room is missing. If the session has no room, send an empty text.", "$.room");
        return BadTime(move.Start, move.Duration);
    }

    internal static ProblemHttpResult? BadTime(DateTimeOffset start, double minutes) =>
        minutes is not (>= 0 and <= 31 * 24 * 60)
            ? Problems.Of(SessionCodes.BadTime, "A session has a length of 0 to 31 days, in minutes.", "$.duration")
        : start.Year is < 1970 or > 2200 ? Problems.Of(SessionCodes.BadTime, "A session lies between 1970 and 2200.", "$.start")
        : null;

    private static MoveSession CommandOf(SessionId session, MoveRequest move) =>
        new(move.CommandId, session, move.Start, TimeSpan.FromMinutes(move.Duration), move.Room, move.ExpectedVersion, move.Reason);

    private static async Task<Ok<ImmutableArray<SessionId>>> FavouritesAsync(ConferenceId id, HttpContext http, IGrainFactory grains) =>
        TypedResults.Ok(await Audience(id, grains).FavouritesAsync(Viewer.Of(http).Person));

    private static Task<Results<NoContent, ProblemHttpResult>> MarkAsync(
        ConferenceId id,
        SessionId session,
        HttpContext http,
        IGrainFactory grains
    ) => SetFavouriteAsync(id, session, true, http, grains);

    private static Task<Results<NoContent, ProblemHttpResult>> UnmarkAsync(
        ConferenceId id,
        SessionId session,
        HttpContext http,
        IGrainFactory grains
    ) => SetFavouriteAsync(id, session, false, http, grains);

    private static async Task<Results<NoContent, ProblemHttpResult>> SetFavouriteAsync(
        ConferenceId id,
        SessionId session,
        bool marked,
        HttpContext http,
        IGrainFactory grains
    )
    {
        if (marked && await grains.GetGrain<IConferenceGrain>(id.Value).GetSessionAsync(session) is null)
            return Problems.Of(SessionCodes.Unknown, place: "session");
        return await Audience(id, grains).SetFavouriteAsync(Viewer.Of(http).Actor, session, marked)
            ? TypedResults.NoContent()
            : Problems.Of(AudienceCodes.TooManyFavourites);
    }

    private static IAudienceGrain Audience(ConferenceId id, IGrainFactory grains) => grains.GetGrain<IAudienceGrain>(id.Value);

    internal static ProblemHttpResult Unknown(ConferenceId id) => Problems.Of(ConferenceCodes.NoSuch(id));

    /// <summary>Adds the place to a refusal: which part of the move request is wrong.</summary>
    private static ProblemHttpResult Of(Refusal refusal) =>
        Problems.Of(
            refusal with
            {
                Place =
                    refusal.Code == SessionCodes.Unknown ? "session"
                    : refusal.Code == SessionCodes.BadTime ? "$.start"
                    : refusal.Code == SessionCodes.UnknownRoom ? "$.room"
                    : null,
            }
        );
}
