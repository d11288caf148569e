using System.Collections.Immutable;
using ConsultHub.Networks;
using ConsultHub.Programmes;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ConsultHub.Web.Programmes;

/// <summary>The sessions of cohorts: who was there, and what participants say about them.</summary>
internal static class CoursesApi
{
    /// <summary>So many people must have answered before their ratings and comments are shown. Fewer could be recognised.</summary>
    public const int FewestAnswers = 3;

    /// <param name="Presence">Null if nothing is known.</param>
    /// <param name="ByRoom">Whether the lecture room says so, and not a person.</param>
    public sealed record ParticipantView(PersonId Person, LocalName Name, Presence? Presence, bool ByRoom);

    /// <param name="Answers">How many participants have answered.</param>
    /// <param name="Rating">The mean of the ratings, 1 to 5. Null if fewer than three people have answered.</param>
    public sealed record FeedbackView(int Answers, double? Rating);

    /// <param name="People">The people for whom the session is, and those who were there. Empty if the viewer may not read it.</param>
    /// <param name="Feedback">Null if the viewer may not read it.</param>
    /// <param name="MayRecord">Whether the viewer may record who was there.</param>
    /// <param name="IsMine">Whether the viewer is a participant.</param>
    /// <param name="MyPresence">Whether the viewer was there. Null if nothing is known.</param>
    /// <param name="MyRating">The rating that the viewer gave. Null if none.</param>
    public sealed record SessionView(
        CourseSession Session,
        ImmutableArray<ParticipantView> People,
        FeedbackView? Feedback,
        bool MayRecord,
        bool IsMine,
        Presence? MyPresence,
        int? MyRating
    );

    /// <param name="Held">How many sessions of the person are over, without those from which the person was excused.</param>
    public sealed record MemberView(PersonId Person, LocalName Name, int Held, int Attended);

    /// <param name="Sessions">In the order of their starts. Participants and trainers see their own.</param>
    /// <param name="Members">The people who have a place, as far as the viewer may see them.</param>
    /// <param name="Zones">The IANA time zones of the network and of the partner.</param>
    /// <param name="MayDecide">Whether the viewer may choose the participants of sessions.</param>
    /// <param name="ReadsAll">Whether the viewer sees the sessions of everybody.</param>
    public sealed record CourseView(
        ProgrammeProfile Programme,
        Cohort Cohort,
        ImmutableArray<SessionView> Sessions,
        ImmutableArray<MemberView> Members,
        ImmutableArray<string> Zones,
        long Version,
        bool MayDecide,
        bool ReadsAll
    );

    /// <param name="Comments">The newest first, at most 100. Empty if fewer than three people have answered.</param>
    public sealed record CommentsView(ImmutableArray<string> Comments);

    public static void MapCourses(this IEndpointRouteBuilder app)
    {
        var course = app.MapGroup("/api/programmes/{programme}/cohorts/{cohort}/course").WithTags("Programmes");
        course.MapGet("/", ReadAsync).Requires(Access.SignedIn).Traces("courses.read");
        course.MapGet("/sessions/{session}/comments", CommentsAsync).Requires(Access.SignedIn).Traces("courses.comments");
        course.MapPost("/commands", DecideAsync).Requires(Access.ToSome(CourseActions.Record, CourseActions.Answer));
    }

    /// <summary>The sessions of a cohort. Whoever has no right in the programme sees the own ones as a participant or a trainer.</summary>
    private static async Task<Results<Ok<CourseView>, ProblemHttpResult>> ReadAsync(
        [AsParameters] CohortRequest request,
        TimeProvider clock
    )
    {
        var (found, refused) = await FindAsync(request);
        if (found is null)
            return Problems.Of(refused!);
        if (!found.ReadsAll && !found.IsMember && !found.Sessions.Any())
            return Problems.Of(AccessCodes.Denied);
        if (!found.ReadsAll && !found.Sessions.Any(found.Trains))
            request.Http.LeaveNoTrace(); // the person sees only what is the person's own
        var network = await request.Grains.GetGrain<INetworkGrain>(found.Profile.Network.Value).GetAsync();
        var partner = network?.Partners.FirstOrDefault(p => p.Id == found.Profile.Partner);
        var (now, me) = (clock.GetUtcNow(), found.Viewer.Person);
        return TypedResults.Ok(
            new CourseView(
                found.Profile,
                found.Programme.Find(request.Cohort)!,
                [.. found.Sessions.OrderBy(s => s.Start).ThenBy(s => s.Engagement.Value, StringComparer.Ordinal).Select(found.ViewOf)],
                [
                    .. found
                        .Members.Where(m => found.ReadsAll || m.Person == me)
                        .OrderBy(m => m.Name.En, StringComparer.Ordinal)
                        .Select(m =>
                        {
                            var (held, attended) = found.Sheet.AttendanceOf(m.Person, now);
                            return new MemberView(m.Person, m.Name, held, attended);
                        }),
                ],
                [.. ((string?[])[network?.TimeZone, partner?.TimeZone]).OfType<string>().Distinct()],
                found.Sheet.Version,
                found.Decides,
                found.ReadsAll
            )
        );
    }

    /// <summary>What participants wrote about a session, without their names.</summary>
    private static async Task<Results<Ok<CommentsView>, ProblemHttpResult>> CommentsAsync(
        [AsParameters] CohortRequest request,
        EngagementId session
    )
    {
        var (found, refused) = await FindAsync(request);
        if (found is null)
            return Problems.Of(refused!);
        if (found.Sheet.Course.Find(session) is not { } known)
            return Problems.Of(found.ReadsAll ? CourseCodes.UnknownSession : AccessCodes.Denied);
        if (!found.ReadsAll && !found.Trains(known))
            return Problems.Of(AccessCodes.Denied);
        return TypedResults.Ok(
            new CommentsView(
                found.Sheet.Course.FeedbackOf(session).Count() < FewestAnswers ? [] : await request.Course.CommentsAsync(session)
            )
        );
    }

    private static async Task<Results<Ok<ProgrammeReply>, ProblemHttpResult>> DecideAsync(
        [AsParameters] CohortRequest request,
        CourseCommand command
    )
    {
        if (await request.ProfileAsync() is not { } profile)
            return Problems.Of(ProgrammeCodes.Unknown);
        var viewer = request.Viewer;
        var decides = ProgrammeBook.May(viewer, CourseActions.Record, profile);
        var own = new Subject(profile.Network) { Person = viewer.Person };
        var action = command is GiveFeedback ? CourseActions.Answer : CourseActions.Record;
        if (!(decides && command is not GiveFeedback) && !Access.May(viewer, action, own))
            return Problems.Of(AccessCodes.Denied);
        if (await request.WholeAsync() is null)
            return Problems.Of(ProgrammeCodes.UnknownCohort);
        var reply = await request.Course.DecideAsync(viewer.ActorIn(profile.Network), command with { Decides = decides });
        return reply.Refusal is { } refusal ? Problems.Of(refusal) : TypedResults.Ok(reply);
    }

    private static async Task<(Reading? Found, Refusal? Refused)> FindAsync(CohortRequest request)
    {
        if (await request.ProfileAsync() is not { } profile)
            return (null, new(ProgrammeCodes.Unknown, ProgrammeCodes.Unknown.Message!));
        if (await request.WholeAsync() is not { } whole)
            return (null, new(ProgrammeCodes.UnknownCohort, ProgrammeCodes.UnknownCohort.Message!));
        return (new(request.Viewer, profile, whole, request.Cohort, await request.Course.ReadAsync()), null);
    }

    /// <summary>A course and what its viewer may see of it.</summary>
    private sealed record Reading(Viewer Viewer, ProgrammeProfile Profile, EducationProgramme Programme, string Cohort, CourseSheet Sheet)
    {
        public bool ReadsAll { get; } = ProgrammeBook.May(Viewer, CourseActions.Read, Profile);

        public bool Decides { get; } = ProgrammeBook.May(Viewer, CourseActions.Record, Profile);

        /// <summary>The people who have a place.</summary>
        public ImmutableArray<Application> Members { get; } =
        [.. Programme.ApplicationsFor(Cohort).Where(a => a.Status == ApplicationStatus.Accepted)];

        public bool IsMember => Members.Any(m => Viewer.Is(m.Person));

        /// <summary>The sessions that the viewer may see.</summary>
        public IEnumerable<CourseSession> Sessions =>
            Sheet.Course.Sessions.Values.Where(s => !s.IsGone && (ReadsAll || Trains(s) || IsMine(s)));

        public bool Trains(CourseSession session) => session.Trainers.Any(Viewer.Is);

        private bool IsMine(CourseSession session) => IsMember && session.IsFor(Viewer.Person);

        public SessionView ViewOf(CourseSession session)
        {
            var reads = ReadsAll || Trains(session);
            var answers = Sheet.Course.FeedbackOf(session.Engagement).ToList();
            return new(
                reads ? session : session.For(Viewer.Person),
                reads ? PeopleOf(session) : [],
                reads ? new(answers.Count, answers.Count < FewestAnswers ? null : Math.Round(answers.Average(a => a.Rating), 1)) : null,
                session.TakesPlace && (Decides || Trains(session)),
                IsMine(session),
                IsMine(session) ? Sheet.PresenceOf(session, Viewer.Person) : null,
                answers.FirstOrDefault(a => Viewer.Is(a.Person))?.Rating
            );
        }

        private ImmutableArray<ParticipantView> PeopleOf(CourseSession session) =>
            [
                .. Programme
                    .ApplicationsFor(Cohort)
                    .Where(a =>
                        (a.Status == ApplicationStatus.Accepted && session.IsFor(a.Person)) || session.Marks.ContainsKey(a.Person.Value)
                    )
                    .OrderBy(a => a.Name.En, StringComparer.Ordinal)
                    .Select(a => new ParticipantView(
                        a.Person,
                        a.Name,
                        Sheet.PresenceOf(session, a.Person),
                        !session.Marks.ContainsKey(a.Person.Value)
                    )),
            ];
    }
}
