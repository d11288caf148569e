using System.Collections.Immutable;
using ConsultHub.Conferences;
using ConsultHub.Conferences.Audience;
using ConsultHub.Directories;
using ConsultHub.Rostering;
using ConsultHub.Web.Live;
using ConsultHub.Web.Rostering;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ConsultHub.Web.Conferences;

/// <summary>Conferences and their sessions, moves and favourites. Importing is in <see cref="ImportApi"/>.</summary>
public static class ConferencesApi
{
    /// <param name="Start">UTC.</param>
    /// <param name="Duration">Minutes.</param>
    /// <param name="Room">A room of the conference.</param>
    /// <param name="ExpectedVersion">The session's version that the person saw; null skips the check.</param>
    /// <param name="Reason">Allows what a roster only warns of, where it has booked the session.</param>
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
        if (await grain.GetSessionAsync(session) is { Booking: BookingState.Booked } booked)
            return await MoveEngagementAsync(conference, booked, command, move.Reason, Viewer.Of(http).Actor, grains);
        var reply = await grain.MoveAsync(Viewer.Of(http).Actor, command);
        return reply.Refusal is { } refusal ? Of(refusal) : TypedResults.Ok(reply.Session!);
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
        if (await grain.CheckMoveAsync(command) is not { } check)
            return Of(Refusal.Of(SessionCodes.Unknown)!);
        if (await grain.GetSessionAsync(session) is not { Booking: BookingState.Booked } booked)
            return TypedResults.Ok(WithoutRepeats(check));
        var (code, message, change, _) = await EngagementChangeAsync(conference, booked, command, move.Reason, grains);
        var findings = code is not null
            ? [new Finding(code, message!)]
            : (await RosterOf(conference, booked, grains).CheckAsync(Viewer.Of(http).Actor, change!)).Findings;
        return TypedResults.Ok(WithoutRepeats(check with { Findings = findings }));
    }

    /// <summary>What a roster finds of a session's engagement is not said again of the session.</summary>
    private static SessionCheck WithoutRepeats(SessionCheck check) =>
        check with
        {
            Overlaps = check.Overlaps.RemoveAll(o =>
                o.Engagement is { } engagement && check.Findings.AddRange(check.NotBooked).Any(f => f.ConflictsWith == engagement)
            ),
        };

    private static ProblemHttpResult? Fault(MoveRequest move)
    {
        if (move.Room is null)
            return Problems.Of(RequestCodes.BadJson, "The room is missing; a session without one has an empty text.", "$.room");
        return BadTime(move.Start, move.Duration);
    }

    internal static ProblemHttpResult? BadTime(DateTimeOffset start, double minutes) =>
        minutes is not (>= 0 and <= 31 * 24 * 60)
            ? Problems.Of(SessionCodes.BadTime, "A session has a length of 0 to 31 days, in minutes.", "$.duration")
        : start.Year is < 1970 or > 2200 ? Problems.Of(SessionCodes.BadTime, "A session lies between 1970 and 2200.", "$.start")
        : null;

    private static MoveSession CommandOf(SessionId session, MoveRequest move) =>
        new(move.CommandId, session, move.Start, TimeSpan.FromMinutes(move.Duration), move.Room, move.ExpectedVersion);

    private static IRosterGrain RosterOf(Conference conference, ConferenceSession session, IGrainFactory grains) =>
        grains.GetGrain<IRosterGrain>($"{conference.Network}/{session.Week}");

    /// <summary>The roster that has booked a session owns its time and room: it decides, and the conference follows.</summary>
    private static async Task<Results<Ok<ConferenceSession>, ProblemHttpResult>> MoveEngagementAsync(
        Conference conference,
        ConferenceSession session,
        MoveSession command,
        string? reason,
        Actor actor,
        IGrainFactory grains
    )
    {
        var (code, message, change, done) = await EngagementChangeAsync(conference, session, command, reason, grains);
        if (code is not null)
            return Of(Refusal.Of(code, message)! with { Current = session });
        return await RosterOf(conference, session, grains).DecideAsync(actor, change!) switch
        {
            Decided => TypedResults.Ok(
                session with
                {
                    Start = change!.Start,
                    Duration = command.Duration,
                    Room = command.Room,
                    Moved = done ? session.Moved : new SessionMove(DateTimeOffset.UtcNow, session.Start, session.Room),
                }
            ),
            Refused refused => Problems.Of(refused.Refusal),
            var other => throw new InvalidOperationException($"A roster does not answer with {other.GetType().Name}."),
        };
    }

    /// <summary>What a move of a booked session asks of its roster, or a code that says why it cannot be asked.</summary>
    private static async Task<(string? Code, string? Message, ChangeTime? Change, bool Done)> EngagementChangeAsync(
        Conference conference,
        ConferenceSession session,
        MoveSession command,
        string? reason,
        IGrainFactory grains
    )
    {
        const string stale = "The session has changed meanwhile.";
        if (await RosterOf(conference, session, grains).GetAsync(session.Engagement!.Value) is not { } engagement)
            return (SessionCodes.Stale, stale, null, false);
        var (start, end) = (command.Start.ToUniversalTime(), command.Start.ToUniversalTime() + command.Duration);
        RoomId? room = null;
        if (command.Room != session.Room)
        {
            if (conference.Rooms.FirstOrDefault(r => r.Name == command.Room) is not { } target)
                return (SessionCodes.UnknownRoom, "The conference has no such room.", null, false);
            if (target.Room is null || target.Hospital != engagement.Hospital)
                return (
                    SessionCodes.RoomNotLinked,
                    "The roster that has booked the session cannot move it there: the room is no room of that hospital.",
                    null,
                    false
                );
            room = target.Room;
        }
        var done = engagement.Start == start && engagement.End == end && (room is null || engagement.Room == room);
        if (!done && ((command.ExpectedVersion is { } seen && seen != session.Version) || engagement.Start != session.Start))
            return (SessionCodes.Stale, stale, null, false);
        return (
            null,
            null,
            new ChangeTime
            {
                CommandId = command.CommandId,
                Engagement = engagement.Id,
                ExpectedVersion = engagement.Version,
                Start = start,
                End = end,
                Room = room,
                Reason = reason,
            },
            done
        );
    }

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

    internal static bool IsOwn(Conference conference, HttpContext http) =>
        conference.Network is null || conference.Network == Viewer.Of(http).Network;

    internal static ProblemHttpResult Denied() => Problems.Of(AccessCodes.Denied, "The conference is another network's.");

    internal static ProblemHttpResult Unknown(ConferenceId id) => Problems.Of(ConferenceCodes.NoSuch(id));

    /// <summary>Names the member of a move that a refusal is about.</summary>
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
