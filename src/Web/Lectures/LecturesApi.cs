using System.Collections.Immutable;
using ConsultHub.Conferences;
using ConsultHub.Lectures;
using ConsultHub.Web.Directories;
using ConsultHub.Web.Lectures;
using ConsultHub.Web.Live;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace ConsultHub.Web.Lectures;

/// <summary>
/// Lecture rooms: commands, the viewer's roles and own entries, captions as files, and a record of what was shown at which time. Slides are
/// in <see cref="SlidesApi"/>.
/// </summary>
public static class LecturesApi
{
    /// <param name="Roles">What the viewer may do here.</param>
    public sealed record LectureMe(ImmutableArray<LectureRole> Roles, LectureMine Mine);

    public static IServiceCollection AddLectures(this IServiceCollection services)
    {
        services.AddSingleton<WebNode>();
        services.AddSingleton<ISlideFiles, FolderSlideFiles>();
        services.AddTopic<LectureTopic>().AddTopic<StageTopic>();
        services.AddSingleton<LectureCrowds>();
        return services.AddHostedService(provider => provider.GetRequiredService<LectureCrowds>());
    }

    public static void MapLectures(this IEndpointRouteBuilder app)
    {
        var lecture = app.MapGroup("/api/lectures/{session}").WithTags("Lectures");
        lecture.MapGet("/", GetAsync).Requires(Access.InRoom(LectureActions.Watch));
        lecture.MapGet("/me", MeAsync).Requires(Access.InRoom(LectureActions.Watch));
        lecture.MapPost("/commands", DecideAsync).Requires(Access.InRoom(LectureActions.TakePart));
        lecture
            .MapGet("/captions/{language}", CaptionsAsync)
            .Requires(Access.InRoom(LectureActions.Watch))
            .Produces<string>(200, "text/vtt");
        lecture.MapGet("/timeline", TimelineAsync).Requires(Access.InRoom(LectureActions.Watch));
        lecture.MapGet("/moments", MomentsAsync).Requires(Access.InRoom(LectureActions.Watch));
        lecture.MapSlides();
    }

    internal static ILectureGrain Lecture(this IGrainFactory grains, SessionId session) => grains.GetGrain<ILectureGrain>(session.Value);

    private static async Task<Results<Ok<Lecture>, ProblemHttpResult>> GetAsync(
        SessionId session,
        HttpContext http,
        IGrainFactory grains
    ) =>
        await grains.Lecture(session).GetAsync() is { } lecture
            ? TypedResults.Ok(Access.IsCrew(Viewer.Of(http), lecture) ? lecture : lecture.ForAttendees())
            : Unknown(session);

    private static async Task<Results<Ok<LectureMe>, ProblemHttpResult>> MeAsync(SessionId session, HttpContext http, IGrainFactory grains)
    {
        if (await grains.Lecture(session).GetAsync() is not { } lecture)
            return Unknown(session);
        return TypedResults.Ok(
            new LectureMe(Access.LectureRoles(Viewer.Of(http), lecture), await grains.Lecture(session).MineAsync(Viewer.Of(http).Person))
        );
    }

    /// <summary>
    /// Answers when the decision is stored. A vote or a reaction is answered when the batch that contains it has been counted.
    /// </summary>
    private static async Task<Results<Ok<LectureDone>, ProblemHttpResult>> DecideAsync(
        SessionId session,
        LectureCommand command,
        HttpContext http,
        IGrainFactory grains,
        IServiceProvider services
    )
    {
        var (viewer, crowds) = (Viewer.Of(http), services.GetRequiredService<LectureCrowds>());
        if (command is VoteForQuestion or VoteInPoll)
            return Counted(await crowds.VoteAsync(session, new Vote(viewer.Person, command)));
        if (command is React react)
            return await grains.Lecture(session).GetAsync() switch
            {
                null => Unknown(session),
                { Stage: LectureStage.Ended } => Problems.Of(LectureCodes.Ended),
                _ => Counted(await crowds.ReactAsync(session, viewer.Person, react.Reaction)),
            };
        if (command is SetCrew set)
        {
            if (await grains.NameOfAsync(set.Person) is not { } name)
                return Problems.Of(LectureCodes.UnknownPerson, $"The hub knows nobody called {set.Person}.", "$.person");
            command = set with { Name = name };
        }
        return Answer(await grains.Lecture(session).DecideAsync(await CallerAsync(session, command, viewer, grains), command));
    }

    /// <summary>
    /// Returns the viewer as a caller, with the roles that <see cref="Access"/> gives in the lecture, or in the room that the command
    /// opens.
    /// </summary>
    internal static async Task<LectureCaller> CallerAsync(SessionId session, LectureCommand? command, Viewer viewer, IGrainFactory grains)
    {
        var name = await grains.NameOfAsync(viewer.Person) ?? new LocalName(viewer.Person.Value);
        if (await grains.Lecture(session).GetAsync() is { } lecture)
            return new(viewer.Actor, name, Access.LectureRoles(viewer, lecture));
        var opens =
            command is OpenRoom open
            && await grains.GetGrain<IConferenceGrain>(open.Conference.Value).GetAsync() is { } conference
            && Access.MayHost(viewer, new Subject(conference.Network) { Conference = open.Conference, Session = session });
        return new(viewer.Actor, name, opens ? [LectureRole.Attendee, LectureRole.Host] : [LectureRole.Attendee]);
    }

    /// <param name="from">The instant at which the player's time is zero, UTC. The default is the start of the recording. If there is no
    /// recording, it is the time at which the lecture went live. If the lecture has not gone live, it is the time of the first caption
    /// line.</param>
    /// <param name="to">The instant at which the player's time ends, UTC.</param>
    private static async Task<Results<ContentHttpResult, ProblemHttpResult>> CaptionsAsync(
        SessionId session,
        string language,
        HttpContext http,
        IGrainFactory grains,
        QueryInstant? from = null,
        QueryInstant? to = null
    )
    {
        if (await grains.Lecture(session).GetAsync() is not { } lecture)
            return Unknown(session);
        var lines = await grains.Lecture(session).CaptionsAsync(language);
        if (!Access.IsCrew(Viewer.Of(http), lecture))
            lines = lines.RemoveAll(l => l.Backstage);
        if (lines.IsEmpty)
            return Problems.Of(LectureCodes.NoCaptions, $"There are no captions in {language}.", "language");
        return TypedResults.Text(
            WebVtt.Of(lines, from?.At ?? lecture.RecordedFrom ?? lecture.StartedAt ?? lines[0].At, to?.At),
            "text/vtt",
            System.Text.Encoding.UTF8
        );
    }

    private static async Task<Results<Ok<LectureTimeline>, ProblemHttpResult>> TimelineAsync(SessionId session, IGrainFactory grains) =>
        await grains.Lecture(session).GetAsync() is null
            ? Unknown(session)
            : TypedResults.Ok(await grains.Lecture(session).TimelineAsync());

    /// <summary>
    /// Returns what was shown in a span of at most ten minutes, so that a player can show it together with the recording. Everybody who may
    /// watch the lecture's topic may read this.
    /// </summary>
    /// <param name="from">UTC.</param>
    /// <param name="to">UTC. Not included.</param>
    private static async Task<Results<Ok<LectureMoments>, ProblemHttpResult>> MomentsAsync(
        SessionId session,
        QueryInstant from,
        QueryInstant to,
        IGrainFactory grains
    )
    {
        if (to.At <= from.At || to.At - from.At > LectureReplay.LongestSpan)
            return Problems.Of(
                LectureCodes.BadSpan,
                $"A span ends after it begins, at most {LectureReplay.LongestSpan.TotalMinutes} minutes later.",
                "to"
            );
        return await grains.Lecture(session).GetAsync() is null
            ? Unknown(session)
            : TypedResults.Ok(await grains.Lecture(session).MomentsAsync(from.At, to.At));
    }

    internal static Results<Ok<LectureDone>, ProblemHttpResult> Answer(LectureReply reply) =>
        reply switch
        {
            LectureDone done => TypedResults.Ok(done),
            LectureRefused refused => Problems.Of(refused.Refusal),
            _ => throw new InvalidOperationException($"A lecture gave an unexpected answer: {reply.GetType().Name}."),
        };

    private static Results<Ok<LectureDone>, ProblemHttpResult> Counted(string? code) =>
        Vote.RefusalOf(code) is { } refusal ? Problems.Of(refusal) : TypedResults.Ok(new LectureDone(null));

    internal static ProblemHttpResult Unknown(SessionId session) => Problems.Of(LectureCodes.NoRoom(session));
}
