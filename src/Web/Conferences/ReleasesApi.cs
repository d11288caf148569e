using System.Collections.Immutable;
using ConsultHub.Conferences;
using ConsultHub.Conferences.Releases;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ConsultHub.Web.Conferences;

/// <summary>The draft of a conference's next release, and the conference's published releases.</summary>
public static class ReleasesApi
{
    /// <param name="Start">UTC. Null when there is no time yet.</param>
    /// <param name="Duration">Minutes.</param>
    /// <param name="ExpectedVersion">The version of the draft session that the coordinator saw. Null skips the check.</param>
    /// <param name="TitleAr">Null keeps the title in Arabic, an empty text removes it.</param>
    /// <param name="TitleKo">Null keeps the title in Korean, an empty text removes it.</param>
    public sealed record DraftEdit(
        Guid CommandId,
        string Title,
        string? Subtitle,
        string? Abstract,
        DateTimeOffset? Start,
        double Duration,
        string Room,
        string? Track,
        string? Kind,
        string? Language,
        ImmutableArray<Speaker>? Speakers,
        bool Cancelled = false,
        long? ExpectedVersion = null,
        string? TitleAr = null,
        string? TitleKo = null
    ) : ICommand;

    /// <param name="Session">Null for a new session.</param>
    /// <param name="Start">UTC.</param>
    /// <param name="Duration">Minutes.</param>
    public sealed record DraftPlace(
        SessionId? Session,
        DateTimeOffset Start,
        double Duration,
        string Room,
        ImmutableArray<Speaker>? Speakers
    );

    /// <param name="Note">A note about the release, at most 500 characters.</param>
    public sealed record Publishing(Guid CommandId, string? Note) : ICommand;

    internal static void MapReleases(this IEndpointRouteBuilder conferences)
    {
        conferences.MapPost("/{id}/draft", StartAsync).Requires(Access.To(ConferenceActions.Manage, Thing.Conference));
        conferences.MapDelete("/{id}/draft", DropAsync).Requires(Access.To(ConferenceActions.Manage, Thing.Conference));
        conferences.MapGet("/{id}/draft/changes", DraftChangesAsync).Requires(Access.To(ConferenceActions.Manage, Thing.Conference));
        conferences.MapPost("/{id}/draft/checks", CheckAsync).Requires(Access.To(ConferenceActions.Manage, Thing.Conference));
        conferences.MapPost("/{id}/draft/sessions", AddAsync).Requires(Access.To(ConferenceActions.Manage, Thing.Conference));
        conferences.MapPut("/{id}/draft/sessions/{session}", EditAsync).Requires(Access.To(ConferenceActions.Manage, Thing.Conference));
        conferences
            .MapDelete("/{id}/draft/sessions/{session}", RemoveAsync)
            .Requires(Access.To(ConferenceActions.Manage, Thing.Conference));
        conferences.MapPost("/{id}/releases", PublishAsync).Requires(Access.To(ConferenceActions.Manage, Thing.Conference));
        conferences.MapGet("/{id}/releases", ListAsync).Requires(Access.To(ConferenceActions.Read, Thing.Conference));
        conferences.MapGet("/{id}/releases/{release}", GetAsync).Requires(Access.To(ConferenceActions.Read, Thing.Conference));
        conferences.MapGet("/{id}/releases/{release}/changes", ChangesAsync).Requires(Access.To(ConferenceActions.Read, Thing.Conference));
    }

    private static Task<Results<NoContent, ProblemHttpResult>> StartAsync(ConferenceId id, HttpContext http, IGrainFactory grains) =>
        WithAsync<NoContent>(
            id,
            grains,
            async conference =>
                await conference.StartDraftAsync(Viewer.Of(http).Actor, Guid.NewGuid()) is { Refusal: { } refusal }
                    ? Problems.Of(refusal)
                    : TypedResults.NoContent()
        );

    private static Task<Results<NoContent, ProblemHttpResult>> DropAsync(ConferenceId id, HttpContext http, IGrainFactory grains) =>
        WithAsync<NoContent>(
            id,
            grains,
            async conference =>
                await conference.DropDraftAsync(Viewer.Of(http).Actor, Guid.NewGuid()) is { Refusal: { } refusal }
                    ? Problems.Of(refusal)
                    : TypedResults.NoContent()
        );

    /// <summary>Returns what would change in the current programme if the draft were published.</summary>
    private static Task<Results<Ok<ImmutableArray<SessionDifference>>, ProblemHttpResult>> DraftChangesAsync(
        ConferenceId id,
        HttpContext http,
        IGrainFactory grains
    ) =>
        WithAsync<Ok<ImmutableArray<SessionDifference>>>(
            id,
            grains,
            async conference => await conference.DraftChangesAsync() is { } changes ? TypedResults.Ok(changes) : NoDraft()
        );

    /// <summary>
    /// Returns which sessions of the draft a session would overlap, and what rosters would refuse. Clients ask this while a coordinator
    /// chooses time, room and speakers. Nothing is stored.
    /// </summary>
    private static async Task<Results<Ok<SessionCheck>, ProblemHttpResult>> CheckAsync(
        ConferenceId id,
        DraftPlace place,
        HttpContext http,
        IGrainFactory grains
    )
    {
        if (place.Room is null || place.Speakers?.Any(s => s?.Name is null) == true)
            return Problems.Of(RequestCodes.BadJson, "A session has a room, which may be an empty text. Each speaker has a name.", "$");
        if (ConferencesApi.BadTime(place.Start, place.Duration) is { } fault)
            return fault;
        return await WithAsync<Ok<SessionCheck>>(
            id,
            grains,
            async conference =>
                await conference.CheckDraftAsync(
                    place.Session,
                    place.Start,
                    TimeSpan.FromMinutes(place.Duration),
                    place.Room,
                    place.Speakers ?? []
                )
                    is { } check
                    ? TypedResults.Ok(check)
                    : NoDraft()
        );
    }

    private static Task<Results<Ok<DraftSession>, ProblemHttpResult>> AddAsync(
        ConferenceId id,
        DraftEdit edit,
        HttpContext http,
        IGrainFactory grains
    ) => PutAsync(id, null, edit, http, grains);

    private static Task<Results<Ok<DraftSession>, ProblemHttpResult>> EditAsync(
        ConferenceId id,
        SessionId session,
        DraftEdit edit,
        HttpContext http,
        IGrainFactory grains
    ) => PutAsync(id, session, edit, http, grains);

    private static async Task<Results<Ok<DraftSession>, ProblemHttpResult>> PutAsync(
        ConferenceId id,
        SessionId? session,
        DraftEdit edit,
        HttpContext http,
        IGrainFactory grains
    )
    {
        if (edit.Title is null || edit.Room is null)
            return Problems.Of(RequestCodes.BadJson, "A session has a title and a room. The room may be an empty text.", "$");
        if (edit.Duration is not (>= 0 and <= 31 * 24 * 60))
            return Problems.Of(SessionCodes.BadTime, "A session has a length of 0 to 31 days, in minutes.", "$.duration");
        var text = new SessionText(
            edit.Title,
            edit.Subtitle,
            edit.Abstract,
            edit.Start,
            TimeSpan.FromMinutes(edit.Duration),
            edit.Room,
            edit.Track,
            edit.Kind,
            edit.Language,
            edit.Speakers ?? [],
            edit.Cancelled,
            edit.TitleAr,
            edit.TitleKo
        );
        return await WithAsync<Ok<DraftSession>>(
            id,
            grains,
            async conference =>
                await conference.EditDraftAsync(Viewer.Of(http).Actor, new(edit.CommandId, session, text, edit.ExpectedVersion))
                    is var reply
                && reply.Refusal is { } refusal
                    ? Problems.Of(refusal)
                    : TypedResults.Ok(reply.Session!)
        );
    }

    private static Task<Results<NoContent, ProblemHttpResult>> RemoveAsync(
        ConferenceId id,
        SessionId session,
        HttpContext http,
        IGrainFactory grains,
        long? expectedVersion = null
    ) =>
        WithAsync<NoContent>(
            id,
            grains,
            async conference =>
                await conference.EditDraftAsync(Viewer.Of(http).Actor, new(Guid.NewGuid(), session, null, expectedVersion))
                    is { Refusal: { } refusal }
                    ? Problems.Of(refusal)
                    : TypedResults.NoContent()
        );

    private static async Task<Results<Ok<Release>, ProblemHttpResult>> PublishAsync(
        ConferenceId id,
        Publishing publishing,
        HttpContext http,
        IGrainFactory grains
    )
    {
        return await WithAsync<Ok<Release>>(
            id,
            grains,
            async conference =>
                await conference.PublishAsync(Viewer.Of(http).Actor, publishing.CommandId, publishing.Note) is var reply
                && reply.Refusal is { } refusal
                    ? Problems.Of(refusal)
                    : TypedResults.Ok(reply.Release!)
        );
    }

    /// <summary>The releases, oldest first.</summary>
    private static async Task<Ok<ImmutableArray<Release>>> ListAsync(ConferenceId id, IGrainFactory grains) =>
        TypedResults.Ok(await grains.GetGrain<IConferenceGrain>(id.Value).ReleasesAsync());

    /// <summary>Returns a release as rosters have booked it, without the changes that they refused.</summary>
    private static async Task<Results<Ok<Programme>, ProblemHttpResult>> GetAsync(ConferenceId id, int release, IGrainFactory grains) =>
        await ReadAsync(id, release, grains) is { } kept ? TypedResults.Ok(kept.Programme) : await UnknownAsync(id, release, grains);

    /// <summary>Returns the changes of a release, including those that rosters refused.</summary>
    /// <param name="since">The release to compare with. 0 is the empty programme. The default is the release before, and for the first
    /// release the programme before it.</param>
    private static async Task<Results<Ok<ImmutableArray<SessionDifference>>, ProblemHttpResult>> ChangesAsync(
        ConferenceId id,
        int release,
        IGrainFactory grains,
        int? since = null
    )
    {
        if (await ReadAsync(id, release, grains) is not { } after)
            return await UnknownAsync(id, release, grains);
        var empty = after.Programme with { Sessions = [] };
        var before = (since, release) switch
        {
            (null, 1) => after.Before ?? empty,
            (0, _) => empty,
            _ => (await ReadAsync(id, since ?? (release - 1), grains))?.Programme,
        };
        return before is null
            ? UnknownRelease()
            : TypedResults.Ok(ReleaseDiff.Between(before, after.Programme, since is null || since < release ? after.Refused : null));
    }

    private static async Task<KeepRelease?> ReadAsync(ConferenceId id, int number, IGrainFactory grains) =>
        number < 1 ? null : await grains.GetGrain<IReleaseGrain>($"{id}/{number}").GetAsync();

    private static async Task<Results<T, ProblemHttpResult>> WithAsync<T>(
        ConferenceId id,
        IGrainFactory grains,
        Func<IConferenceGrain, Task<Results<T, ProblemHttpResult>>> then
    )
        where T : IResult
    {
        var conference = grains.GetGrain<IConferenceGrain>(id.Value);
        return await conference.GetAsync() is null ? ConferencesApi.Unknown(id) : await then(conference);
    }

    private static ProblemHttpResult NoDraft() => Problems.Of(DraftCodes.None);

    private static async Task<ProblemHttpResult> UnknownAsync(ConferenceId id, int release, IGrainFactory grains) =>
        (await grains.GetGrain<IConferenceGrain>(id.Value).ReleasesAsync()).Any(r => r.Number == release)
            ? Problems.Of(ReleaseCodes.Settling, place: "release")
            : UnknownRelease();

    private static ProblemHttpResult UnknownRelease() => Problems.Of(ReleaseCodes.Unknown, place: "release");
}
