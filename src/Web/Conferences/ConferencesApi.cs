using System.Collections.Immutable;
using ConsultHub.Conferences;
using ConsultHub.Conferences.Audience;
using ConsultHub.Directories;
using ConsultHub.Rostering;
using ConsultHub.Web.Live;
using ConsultHub.Web.Rostering;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ConsultHub.Web.Conferences;

/// <summary>Conferences and their sessions, moves and favourites. Imports are in <see cref="ImportApi"/>.</summary>
public static class ConferencesApi
{
    /// <param name="Start">UTC.</param>
    /// <param name="Duration">Minutes.</param>
    /// <param name="Room">A room of the conference.</param>
    /// <param name="ExpectedVersion">The version of the session that the coordinator saw. Null skips the check.</param>
    /// <param name="Reason">Accepts overridable findings of the roster, if it has booked the session.</param>
    public sealed record MoveRequest(
        Guid CommandId,
        DateTimeOffset Start,
        double Duration,
        string Room,
        long? ExpectedVersion = null,
        string? Reason = null
    ) : ICommand;

    public static IServiceCollection AddConferences(this IServiceCollection services) =>
        services.AddTopic<ConferenceTopic>().AddTopic<DraftTopic>();

    public static void MapConferences(this IEndpointRouteBuilder app)
    {
        var conferences = app.MapGroup("/api/conferences").WithTags("Conferences");
        conferences.MapGet("/", ListAsync).Requires(Access.SignedIn);
        conferences.MapGet("/{id}", GetAsync).Requires(Access.SignedIn);
        conferences.MapImport();
        conferences.MapExport();
        conferences.MapReleases();
        conferences.MapAudience();
        conferences.MapPost("/{id}/sessions/{session}/move", MoveAsync).Requires(Access.Coordinates);
        conferences.MapPost("/{id}/sessions/{session}/move/checks", CheckMoveAsync).Requires(Access.Coordinates);
        conferences.MapGet("/{id}/favourites", FavouritesAsync).Requires(Access.SignedIn);
        conferences.MapPut("/{id}/favourites/{session}", MarkAsync).Requires(Access.SignedIn);
        conferences.MapDelete("/{id}/favourites/{session}", UnmarkAsync).Requires(Access.SignedIn);
    }

    /// <summary>The conferences of the viewer's network.</summary>
    private static async Task<Ok<List<ConferenceSummary>>> ListAsync(HttpContext http, IGrainFactory grains)
    {
        var listed = await grains.GetGrain<IDirectoryGrain>($"{Viewer.Of(http).Network}/conferences").ListAsync();
        var found = await Task.WhenAll(listed.Select(c => grains.GetGrain<IConferenceGrain>(c.Id).SummaryAsync()));
        return TypedResults.Ok(found.OfType<ConferenceSummary>().ToList());
    }

    private static async Task<Results<Ok<Conference>, ProblemHttpResult>> GetAsync(ConferenceId id, IGrainFactory grains) =>
        await grains.GetGrain<IConferenceGrain>(id.Value).GetAsync() is { } conference ? TypedResults.Ok(conference) : Unknown(id);

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
        if (await grain.GetAsync() is not { } conference)
            return Unknown(id);
        if (!IsOwn(conference, http))
            return Denied();
        var command = CommandOf(session, move);
        return await grain.MoveAsync(Viewer.Of(http).Actor, command) switch
        {
            { Code: null, Session: { } moved } => TypedResults.Ok(moved),
            { ByRoster: { } refused } => RostersApi.Refusal(refused),
            var reply => Refusal(reply.Code!, reply.Message!, reply.Session),
        };
    }

    /// <summary>What a move would lead to, while time and room are chosen; nothing is stored. Its command id is of no meaning.</summary>
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
        if (await grain.GetAsync() is not { } conference)
            return Unknown(id);
        if (!IsOwn(conference, http))
            return Denied();
        var command = CommandOf(session, move);
        return await grain.CheckMoveAsync(command, Viewer.Of(http).Actor) is { } check
            ? TypedResults.Ok(check)
            : Refusal("session.unknown", "There is no such session.", null);
    }

    private static ProblemHttpResult? Fault(MoveRequest move)
    {
        if (move.Room is null)
            return Problems.Of(400, "request.bad-json", "The room is missing; a session without one has an empty text.", "$.room");
        return BadTime(move.Start, move.Duration);
    }

    internal static ProblemHttpResult? BadTime(DateTimeOffset start, double minutes) =>
        minutes is not (>= 0 and <= 31 * 24 * 60)
            ? Problems.Of(400, "session.bad-time", "A session has a length of 0 to 31 days, in minutes.", "$.duration")
        : start.Year is < 1970 or > 2200 ? Problems.Of(400, "session.bad-time", "A session lies between 1970 and 2200.", "$.start")
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
            return Problems.Of(404, "session.unknown", "There is no such session.", "session");
        return await Audience(id, grains).SetFavouriteAsync(Viewer.Of(http).Actor, session, marked)
            ? TypedResults.NoContent()
            : Problems.Of(409, "favourites.too-many", "There are too many favourites already.");
    }

    private static IAudienceGrain Audience(ConferenceId id, IGrainFactory grains) => grains.GetGrain<IAudienceGrain>(id.Value);

    internal static bool IsOwn(Conference conference, HttpContext http) =>
        conference.Network is null || conference.Network == Viewer.Of(http).Network;

    internal static ProblemHttpResult Denied() => Problems.Of(403, "access.denied", "The conference is another network's.");

    internal static ProblemHttpResult Unknown(ConferenceId id) => Problems.Of(404, "conference.unknown", $"There is no conference {id}.");

    private static ProblemHttpResult Refusal(string code, string message, ConferenceSession? current)
    {
        var (status, place) = code switch
        {
            "session.unknown" => (404, "session"),
            "session.bad-time" => (400, "$.start"),
            "session.unknown-room" => (400, "$.room"),
            _ => (409, (string?)null),
        };
        return Problems.Of(status, code, message, place, current is null ? null : [new("current", current)]);
    }
}
