using System.Collections.Immutable;
using ConsultHub.Conferences;
using ConsultHub.Conferences.Edits;
using ConsultHub.Conferences.Releases;
using ConsultHub.Records;
using ConsultHub.Rostering;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ConsultHub.Web.Conferences;

/// <summary>
/// Creates, edits, withdraws and deletes conferences and sessions without a file. The tag of an answer covers what an edit can change. If
/// there is a draft, an edit changes the draft, and the answer has the header <c>X-Draft: true</c>.
/// </summary>
public static class ConferenceEditsApi
{
    internal static void MapEdits(this IEndpointRouteBuilder conferences)
    {
        conferences.MapGet("/{id}", GetAsync).Requires(Access.To(ConferenceActions.Read, Thing.Conference));
        // The conference may be new, so the handler checks the network.
        conferences.MapPut("/{id}", PutAsync).Requires(Access.ToSome(ConferenceActions.Manage));
        conferences.MapDelete("/{id}", DeleteAsync).Requires(Access.To(ConferenceActions.Manage, Thing.Conference));
        conferences.MapGet("/{id}/sessions/{session}", GetSessionAsync).Requires(Access.To(ConferenceActions.Read, Thing.Conference));
        conferences.MapPut("/{id}/sessions/{session}", PutSessionAsync).Requires(Access.To(ConferenceActions.Manage, Thing.Conference));
        conferences
            .MapDelete("/{id}/sessions/{session}", DeleteSessionAsync)
            .Requires(Access.To(ConferenceActions.Manage, Thing.Conference));
    }

    /// <param name="draft">Whether to answer with the draft's conference, if there is a draft. Only coordinators may read it.</param>
    private static async Task<Results<Ok<Conference>, ProblemHttpResult>> GetAsync(
        ConferenceId id,
        HttpContext http,
        IGrainFactory grains,
        bool draft = false
    )
    {
        var grain = grains.GetGrain<IConferenceGrain>(id.Value);
        if (await grain.GetAsync() is not { } conference)
            return ConferencesApi.Unknown(id);
        if (draft)
        {
            if (!MayManage(http, id, conference.Network))
                return Problems.Of(AccessCodes.Denied, place: "draft");
            var edited = await grain.ReadEditedAsync(null);
            Mark(http, edited.Draft);
            conference = edited.Conference ?? conference;
        }
        Tag(http, EditTag.Of(conference));
        return TypedResults.Ok(conference);
    }

    /// <param name="draft">Whether to answer with the draft's session, if there is a draft. Only coordinators may read it.</param>
    private static async Task<Results<Ok<SessionRecord>, ProblemHttpResult>> GetSessionAsync(
        ConferenceId id,
        SessionId session,
        HttpContext http,
        IGrainFactory grains,
        bool draft = false
    )
    {
        var grain = grains.GetGrain<IConferenceGrain>(id.Value);
        if (await grain.GetAsync() is not { } conference)
            return ConferencesApi.Unknown(id);
        if (draft && !MayManage(http, id, conference.Network))
            return Problems.Of(AccessCodes.Denied, place: "draft");
        var edited = draft ? await grain.ReadEditedAsync(session) : new(Session: await grain.GetSessionAsync(session));
        if (edited.Session is not { } found)
            return Problems.Of(SessionCodes.Unknown, place: "session");
        Mark(http, edited.Draft);
        Tag(http, EditTag.Of(found));
        return TypedResults.Ok(SessionRecord.Of(found, edited.Draft));
    }

    /// <summary>
    /// Creates or edits a conference, withdraws it, or lets it take place again. Its sessions then stay cancelled and are restored one by
    /// one.
    /// </summary>
    /// <param name="preview">Whether to store nothing and to answer with what the edit leads to.</param>
    private static async Task<Results<Ok<EditEffects>, Created<Conference>, Ok<Conference>, ProblemHttpResult>> PutAsync(
        ConferenceId id,
        ConferenceEdit edit,
        [AsParameters] EditHeaders headers,
        HttpContext http,
        IGrainFactory grains,
        TimeProvider clock,
        bool preview = false
    )
    {
        var (expected, refused) = headers.Condition();
        if (refused is not null)
            return refused;
        if (edit.Rooms?.Any(r => r is null) == true || edit.Tracks?.Any(t => t is null) == true)
            return Problems.Of(RequestCodes.BadJson, "The lists of rooms and tracks have no empty members.", "$");
        var grain = grains.GetGrain<IConferenceGrain>(id.Value);
        var known = await grain.GetAsync();
        var network = known is not null
            ? known.Network
            : edit.Network ?? Access.NetworksFor(Viewer.Of(http), ConferenceActions.Manage).Select(n => (NetworkId?)n).FirstOrDefault();
        if (!MayManage(http, id, network))
            return Problems.Of(AccessCodes.Denied, place: known is null ? "$.network" : null);
        var text = new ConferenceText(
            edit.Title ?? "",
            edit.TitleAr,
            edit.TitleKo,
            edit.Subtitle,
            edit.TimeZone ?? "",
            edit.FirstDay,
            edit.LastDay,
            edit.DayChange,
            known is null ? network : edit.Network,
            edit.Rooms ?? [],
            edit.Tracks ?? [],
            edit.Withdrawn
        );
        var uses =
            edit.Withdrawn && known is { Withdrawn: false } ? await ConferenceUses.ReadAsync(id, null, grains, clock.GetUtcNow()) : null;
        var reply = await grain.EditConferenceAsync(
            Viewer.Of(http).Actor,
            new(headers.Command, text, expected, headers.ReasonText, preview, uses)
        );
        if (reply.Refusal is { } refusal)
            return RefuseConference(http, refusal, reply);
        if (preview)
            return TypedResults.Ok(reply.Effects!);
        if (reply.Conference is not { } stored)
            return ConferencesApi.Unknown(id); // a repeated command, and somebody has deleted the conference since
        Mark(http, reply.Draft);
        Tag(http, EditTag.Of(stored));
        return reply.Created ? TypedResults.Created($"/api/conferences/{id}", stored) : TypedResults.Ok(stored);
    }

    /// <summary>
    /// Creates or edits a session, withdraws it, or lets it take place again. The id of a new session begins with the id of the conference
    /// and a hyphen.
    /// </summary>
    /// <param name="preview">Whether to store nothing and to answer with what the edit leads to.</param>
    private static async Task<Results<Ok<EditEffects>, Created<SessionRecord>, Ok<SessionRecord>, ProblemHttpResult>> PutSessionAsync(
        ConferenceId id,
        SessionId session,
        SessionEdit edit,
        [AsParameters] EditHeaders headers,
        HttpContext http,
        IGrainFactory grains,
        TimeProvider clock,
        bool preview = false
    )
    {
        var (expected, refused) = headers.Condition();
        if (refused is not null)
            return refused;
        if (edit.Speakers?.Any(s => s is null) == true)
            return Problems.Of(RequestCodes.BadJson, "The list of speakers has no empty members.", "$.speakers");
        if (edit.Duration is not (>= 0 and <= 31 * 24 * 60))
            return Problems.Of(SessionCodes.BadTime, "A session has a length of 0 to 31 days, in minutes.", "$.duration");
        var grain = grains.GetGrain<IConferenceGrain>(id.Value);
        var known = await grain.GetSessionAsync(session);
        if (known is null && await ImportApi.SharesSessionsAsync(id, [session], grains))
            return Problems.Of(RecordCodes.BadId, "Another conference has a session with this id.", "session");
        var text = new SessionText(
            edit.Title ?? "",
            edit.Subtitle,
            edit.Abstract,
            edit.Start,
            TimeSpan.FromMinutes(edit.Duration),
            edit.Room ?? "",
            edit.Track,
            edit.Kind,
            edit.Language,
            edit.Speakers ?? [],
            edit.Cancelled,
            edit.TitleAr,
            edit.TitleKo
        );
        var uses =
            edit.Cancelled && known is { Cancelled: false } ? await ConferenceUses.ReadAsync(id, session, grains, clock.GetUtcNow()) : null;
        var reply = await grain.EditSessionAsync(
            Viewer.Of(http).Actor,
            new(headers.Command, session, text, expected, headers.ReasonText, preview, uses)
        );
        if (reply.Refusal is { } refusal)
            return RefuseSession(http, refusal, reply);
        if (preview)
            return TypedResults.Ok(reply.Effects!);
        if (reply.Session is not { } stored)
            return Problems.Of(SessionCodes.Unknown, place: "session"); // a repeated command, and somebody has deleted the session since
        Mark(http, reply.Draft);
        Tag(http, EditTag.Of(stored));
        var record = SessionRecord.Of(stored, reply.Draft);
        return reply.Created ? TypedResults.Created($"/api/conferences/{id}/sessions/{session}", record) : TypedResults.Ok(record);
    }

    /// <summary>
    /// Deletes a conference of which nothing was released, attended, certified or held. Otherwise it can only be withdrawn.
    /// </summary>
    /// <param name="preview">Whether to store nothing and to answer with what the deletion leads to.</param>
    private static Task<Results<NoContent, Ok<EditEffects>, ProblemHttpResult>> DeleteAsync(
        ConferenceId id,
        [AsParameters] EditHeaders headers,
        HttpContext http,
        bool preview = false
    ) => EndAsync(id, null, headers, http, preview);

    /// <summary>
    /// Deletes a session that was not released, attended, certified or held. Otherwise it can only be withdrawn. If there is a draft, the
    /// session leaves the draft, and the programme has it until the draft is published.
    /// </summary>
    /// <param name="preview">Whether to store nothing and to answer with what the deletion leads to.</param>
    private static Task<Results<NoContent, Ok<EditEffects>, ProblemHttpResult>> DeleteSessionAsync(
        ConferenceId id,
        SessionId session,
        [AsParameters] EditHeaders headers,
        HttpContext http,
        bool preview = false
    ) => EndAsync(id, session, headers, http, preview);

    /// <param name="session">Null for the whole conference.</param>
    private static async Task<Results<NoContent, Ok<EditEffects>, ProblemHttpResult>> EndAsync(
        ConferenceId id,
        SessionId? session,
        EditHeaders headers,
        HttpContext http,
        bool preview
    )
    {
        var (expected, refused) = headers.Condition();
        if (refused is not null)
            return refused;
        var (services, actor) = (http.RequestServices, Viewer.Of(http).Actor);
        var (grains, now) = (services.GetRequiredService<IGrainFactory>(), services.GetRequiredService<TimeProvider>().GetUtcNow());
        var grain = grains.GetGrain<IConferenceGrain>(id.Value);
        var uses = await ConferenceUses.ReadAsync(id, session, grains, now);
        var reply = session is { } one
            ? await grain.EditSessionAsync(actor, new(headers.Command, one, null, expected, headers.ReasonText, preview, uses))
            : await grain.EditConferenceAsync(
                actor,
                new(
                    headers.Command,
                    null,
                    expected,
                    headers.ReasonText,
                    preview,
                    uses with
                    {
                        Roles = services.GetRequiredService<AccessBook>().Accounts.Count(a => a.Grants.Any(g => g.Scope.Conference == id)),
                    }
                )
            );
        if (reply.Refusal is { } refusal)
            return session is null ? RefuseConference(http, refusal, reply) : RefuseSession(http, refusal, reply);
        if (preview)
            return TypedResults.Ok(reply.Effects!);
        Mark(http, reply.Draft);
        return TypedResults.NoContent();
    }

    private static ProblemHttpResult RefuseConference(HttpContext http, Refusal refusal, EditReply reply) =>
        Refuse(http, refusal, reply, reply.Conference, c => (c, EditTag.Of(c)));

    private static ProblemHttpResult RefuseSession(HttpContext http, Refusal refusal, EditReply reply) =>
        Refuse(http, refusal, reply, reply.Session, s => (SessionRecord.Of(s, reply.Conference?.HasDraft == true), EditTag.Of(s)));

    /// <summary>
    /// Adds to a refusal what the client needs to go on: the thing as it is now with its tag, what uses it, or what the edit leads to.
    /// </summary>
    private static ProblemHttpResult Refuse<T>(
        HttpContext http,
        Refusal refusal,
        EditReply reply,
        T? current,
        Func<T, (object Record, string Tag)> shown
    )
        where T : class
    {
        var (now, tag) = current is null ? (null, null) : shown(current);
        if (refusal.Code == RecordCodes.Changed || refusal.Code == RecordCodes.ConditionMissing)
        {
            if (tag is not null)
                Tag(http, tag);
            return Problems.Of(refusal, new("current", now), new("tag", tag is null ? null : Quoted(tag)));
        }
        return reply.Effects is not { } effects ? Problems.Of(refusal)
            : refusal.Code == RecordCodes.InUse ? Problems.Of(refusal, new("usedBy", effects.UsedBy), new("uses", effects.Uses))
            : refusal.Code == ConferenceCodes.ReasonMissing ? Problems.Of(refusal, new KeyValuePair<string, object?>("effects", effects))
            : Problems.Of(refusal);
    }

    private static bool MayManage(HttpContext http, ConferenceId id, NetworkId? network) =>
        network is not null && Access.May(Viewer.Of(http), ConferenceActions.Manage, new Subject(network) { Conference = id });

    private static void Tag(HttpContext http, string tag) => http.Response.Headers.ETag = Quoted(tag);

    private static void Mark(HttpContext http, bool draft)
    {
        if (draft)
            http.Response.Headers["X-Draft"] = "true";
    }

    private static string Quoted(string tag) => $"\"{tag}\"";
}
