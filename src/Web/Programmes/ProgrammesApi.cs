using System.Collections.Immutable;
using ConsultHub.Programmes;
using ConsultHub.Web.Live;
using ConsultHub.Web.Records;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ConsultHub.Web.Programmes;

/// <summary>The catalogue of education programmes, and the applications for them.</summary>
public static class ProgrammesApi
{
    /// <param name="Verdicts">Whether the scores and recommendations of reviewers are shown.</param>
    /// <param name="Papers">Which papers the programme asks for, and what the person's dossier has.</param>
    /// <param name="History">The newest first, with what people wrote.</param>
    public sealed record ApplicationView(
        Application Application,
        bool Verdicts,
        ImmutableArray<RequirementCell> Papers,
        ImmutableArray<ApplicationStep> History
    );

    /// <summary>What a step of an application's history was.</summary>
    public enum ApplicationChange
    {
        /// <summary>The status changed.</summary>
        Status,

        /// <summary>A reviewer judged the application or declared a conflict of interest.</summary>
        Review,
        Rank,
    }

    /// <param name="At">UTC.</param>
    /// <param name="Text">What the person wrote. Null if nothing, or if the viewer may not read it yet.</param>
    public sealed record ApplicationStep(DateTimeOffset At, PersonId By, ApplicationChange What, ApplicationStatus Status, string? Text);

    /// <param name="Total">How many programmes fit the search.</param>
    public sealed record CatalogueView(ImmutableArray<ProgrammeSummary> Programmes, int Total);

    /// <summary>What everybody may read of a public programme.</summary>
    public sealed record PublicProgrammeEntry(
        ProgrammeId Id,
        ProgrammeKind Kind,
        LocalName Name,
        LocalName Summary,
        string? Specialty,
        ImmutableArray<string> Languages,
        string? Contact,
        ImmutableArray<PublicCohort> Cohorts,
        ImmutableArray<LocalName> Requirements
    );

    /// <param name="ApplyBy">UTC.</param>
    public sealed record PublicCohort(LocalName Name, DateOnly From, DateOnly To, DateTimeOffset ApplyBy, int Places, string? Place);

    private const int MostTaken = 200;

    public static IServiceCollection AddProgrammes(this IServiceCollection services) =>
        services
            .AddTables(ProgrammeTables.All)
            .AddSingleton<ProgrammeBook>()
            .AddTopic<CatalogueTopic>()
            .AddTopic<ProgrammeTopic>()
            .AddTopic<LogbookTopic>()
            .AddTopic<CourseTopic>()
            .AddTopic<DossierTopic>();

    public static void MapProgrammes(this IEndpointRouteBuilder app)
    {
        var programmes = app.MapGroup("/api/programmes").WithTags("Programmes");
        programmes.MapGet("/", ListAsync).Requires(Access.InPartOfNetwork(ProgrammeActions.Read));
        programmes
            .MapPost("/{programme}/commands", DecideAsync)
            .Requires(Access.ToSome(ProgrammeActions.Apply, ProgrammeActions.Review, ProgrammeActions.Decide));
        programmes
            .MapGet("/{programme}/cohorts/{cohort}/applications/{person}", ReadAsync)
            .Requires(Access.SignedIn)
            .Traces("applications.read");
        app.MapGet("/api/public/programmes/{programme}", PublicAsync).WithTags("Public").Requires(Access.ReadsPublic);
        app.MapDossiers();
        app.MapRotations();
        app.MapLogbooks();
        app.MapCourses();
    }

    /// <summary>The programmes of a network, in the order of their English names.</summary>
    /// <param name="search">A text in a name or a summary. Case and accents do not matter.</param>
    private static async Task<Results<Ok<CatalogueView>, ProblemHttpResult>> ListAsync(
        NetworkId network,
        IGrainFactory grains,
        string? search = null,
        ProgrammeKind? kind = null,
        int offset = 0,
        int take = 50
    )
    {
        if (search?.Length > 100)
            return Problems.Of(RequestCodes.BadParameter, "Search for at most 100 characters.", "search");
        if (offset < 0 || take is < 1 or > MostTaken)
            return Problems.Of(RequestCodes.BadParameter, $"The offset is 0 or more. Take 1 to {MostTaken} programmes.", "take");
        var folded = string.IsNullOrWhiteSpace(search) ? null : RecordRow.Fold(search.Trim());
        var found = (await grains.GetGrain<ICatalogueGrain>(network.Value).ListAsync())
            .Where(p => kind is null || p.Profile.Kind == kind)
            .Where(p => folded is null || RecordRow.Fold(TextOf(p.Profile)).Contains(folded, StringComparison.Ordinal))
            .OrderBy(p => p.Profile.Name.En, StringComparer.Ordinal)
            .ToList();
        return TypedResults.Ok(new CatalogueView([.. found.Skip(offset).Take(take)], found.Count));
    }

    private static string TextOf(ProgrammeProfile profile) =>
        string.Join('\n', profile.Name.En, profile.Name.Ar, profile.Name.Ko, profile.Summary.En, profile.Summary.Ar, profile.Summary.Ko);

    private static async Task<Results<Ok<ProgrammeReply>, ProblemHttpResult>> DecideAsync(
        ProgrammeId programme,
        ProgrammeCommand command,
        HttpContext http,
        IGrainFactory grains,
        ProgrammeBook book
    )
    {
        var viewer = Viewer.Of(http);
        if (await book.FindAsync(programme.Value) is not { } profile)
            return Problems.Of(ProgrammeCodes.Unknown);
        if (Needed(command, viewer) is var action && !ProgrammeBook.May(viewer, action, profile))
            return Problems.Of(AccessCodes.Denied, $"This needs the right {action.Name} for the programme.");
        var side = Access.SideOf(viewer, profile);
        ProgrammeCommand complete = command switch
        {
            Apply apply => apply with { Name = viewer.Account.Name },
            ReviewApplication review => review with { Side = side },
            DeclareConflict conflict => conflict with { Side = side },
            _ => command,
        };
        var reply = await grains.GetGrain<IProgrammeGrain>(programme.Value).DecideAsync(viewer.ActorIn(profile.Network), complete);
        return reply.Refusal is { } refusal ? Problems.Of(refusal) : TypedResults.Ok(reply);
    }

    /// <summary>The right that a command needs.</summary>
    private static AccessAction Needed(ProgrammeCommand command, Viewer viewer) =>
        command switch
        {
            Apply or AnswerOffer => ProgrammeActions.Apply,
            Withdraw withdraw => withdraw.Person is { } person && person != viewer.Person
                ? ProgrammeActions.Decide
                : ProgrammeActions.Apply,
            ReviewApplication or DeclareConflict => ProgrammeActions.Review,
            RankApplications or OfferPlaces or RejectApplications => ProgrammeActions.Decide,
            _ => throw new InvalidOperationException($"Unknown command {command.GetType().Name}."),
        };

    /// <summary>
    /// An application with its papers and history. Applicants read their own, without verdicts and comments. Reviewers read verdicts after
    /// they have given their own. Those who decide read everything, except about their own application.
    /// </summary>
    private static async Task<Results<Ok<ApplicationView>, ProblemHttpResult>> ReadAsync(
        ProgrammeId programme,
        string cohort,
        PersonId person,
        HttpContext http,
        IGrainFactory grains,
        ProgrammeBook book
    )
    {
        var viewer = Viewer.Of(http);
        if (await book.FindAsync(programme.Value) is not { } profile)
            return Problems.Of(ProgrammeCodes.Unknown);
        var isOwn = viewer.Is(person);
        if (isOwn)
            http.LeaveNoTrace();
        else if (!ProgrammeBook.May(viewer, ProgrammeActions.ReadApplications, profile))
            return Problems.Of(AccessCodes.Denied);
        var grain = grains.GetGrain<IProgrammeGrain>(programme.Value);
        if (await grain.GetAsync() is not { } whole || whole.Find(cohort) is not { } of)
            return Problems.Of(ProgrammeCodes.UnknownCohort);
        if (whole.Find(cohort, person) is not { } application)
            return Problems.Of(ProgrammeCodes.UnknownApplication);
        var hasJudged = application.Reviews.Any(r => r.By == viewer.Person && !r.Conflict);
        var hasConflict = application.Reviews.Any(r => r.By == viewer.Person && r.Conflict);
        var verdicts = !isOwn && !hasConflict && (hasJudged || ProgrammeBook.May(viewer, ProgrammeActions.Decide, profile));
        var dossier = await grains.GetGrain<IDossierGrain>(person.Value).GetAsync();
        var history = await grain.HistoryOfAsync(cohort, person);
        return TypedResults.Ok(
            new ApplicationView(
                isOwn ? application with { Reviews = [], Rank = null }
                    : verdicts ? application
                    : application.WithoutVerdicts(),
                verdicts,
                [.. whole.Requirements.Select(r => RequirementRules.Of(r, of, dossier))],
                [
                    .. StepsOf(history, h => verdicts || h.By == person || (isOwn && h.Application.Status == ApplicationStatus.Withdrawn))
                        .Where(step => !isOwn || step.What == ApplicationChange.Status),
                ]
            )
        );
    }

    /// <summary>
    /// What the applicant writes is for all who may read the application. The rest is for those who see verdicts. Applicants do not learn
    /// when others judged or ranked them.
    /// </summary>
    /// <param name="history">The newest first.</param>
    private static IEnumerable<ApplicationStep> StepsOf(ImmutableArray<ApplicationEntry> history, Func<ApplicationEntry, bool> mayRead)
    {
        for (var i = 0; i < history.Length; i++)
        {
            var (entry, before) = (history[i], i + 1 < history.Length ? history[i + 1].Application : null);
            var what =
                before is null || before.Status != entry.Application.Status || before.SubmittedAt != entry.Application.SubmittedAt
                    ? ApplicationChange.Status
                : before.Reviews.SequenceEqual(entry.Application.Reviews) ? ApplicationChange.Rank
                : ApplicationChange.Review;
            yield return new(entry.At, entry.By, what, entry.Application.Status, mayRead(entry) ? entry.Reason : null);
        }
    }

    /// <summary>The entry of a public programme. Any other programme is answered as unknown.</summary>
    private static async Task<Results<Ok<PublicProgrammeEntry>, ProblemHttpResult>> PublicAsync(
        ProgrammeId programme,
        IGrainFactory grains,
        ProgrammeBook book
    )
    {
        if (
            await book.FindAsync(programme.Value) is null
            || await grains.GetGrain<IProgrammeGrain>(programme.Value).GetAsync() is not { Profile: { Public: true } profile } whole
        )
            return Problems.Of(ProgrammeCodes.Unknown);
        return TypedResults.Ok(
            new PublicProgrammeEntry(
                profile.Id,
                profile.Kind,
                profile.Name,
                profile.Summary,
                profile.Specialty,
                profile.Languages,
                profile.Contact,
                [
                    .. whole
                        .Cohorts.OrderBy(c => c.From)
                        .Select(c => new PublicCohort(
                            c.Name,
                            c.From,
                            c.To,
                            profile.Until < c.ApplyBy ? profile.Until.Value : c.ApplyBy,
                            c.Places,
                            c.Place
                        )),
                ],
                [.. whole.Requirements.Select(r => r.Name)]
            )
        );
    }
}
