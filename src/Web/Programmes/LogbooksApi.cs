using System.Collections.Immutable;
using ConsultHub.Programmes;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ConsultHub.Web.Programmes;

/// <summary>The logbooks of people in programmes, and how others judge these people.</summary>
internal static class LogbooksApi
{
    /// <summary>What a step of a logbook's history was.</summary>
    public enum LogbookChange
    {
        Logged,
        Removed,
        SignedOff,
        Returned,
        Entrusted,
        Assessed,
    }

    /// <param name="At">UTC.</param>
    /// <param name="Cases">How many cases the step is about. Null if it is about none.</param>
    /// <param name="Activity">The activity. Null if the step is about several, or about the person as a whole.</param>
    /// <param name="Level">The level of entrustment that was given.</param>
    /// <param name="Kind">The kind of the assessment.</param>
    /// <param name="Result">Its result.</param>
    /// <param name="Text">The comment.</param>
    public sealed record LogbookStep(
        DateTimeOffset At,
        PersonId By,
        LogbookChange What,
        int? Cases,
        string? Activity,
        EntrustmentLevel? Level,
        AssessmentKind? Kind,
        AssessmentResult? Result,
        string? Text
    );

    /// <param name="Entries">The newest day first. Entries that were removed are left out.</param>
    /// <param name="History">The newest first: at most 200 changes, and besides the last of each assessment and returned entry.</param>
    /// <param name="Version">The version of the logbook, which a judgement names as the one that the person saw.</param>
    /// <param name="Today">The day that it is now at the person's host.</param>
    /// <param name="IsOwn">Whether the logbook is the viewer's own.</param>
    /// <param name="MayJudge">Whether the viewer may judge the person as a whole and with each activity.</param>
    /// <param name="MaySign">The ids of entries that the viewer may sign or return.</param>
    public sealed record LogbookView(
        PersonId Person,
        LocalName Name,
        ProgrammeProfile Programme,
        Cohort Cohort,
        ImmutableArray<Rotation> Rotations,
        ImmutableArray<Department> Departments,
        ProgrammeProgress Progress,
        ImmutableArray<LoggedCases> Entries,
        ImmutableArray<Assessment> Assessments,
        ImmutableArray<LogbookStep> History,
        long Version,
        DateOnly Today,
        bool IsOwn,
        bool MayJudge,
        ImmutableArray<string> MaySign
    );

    public static void MapLogbooks(this IEndpointRouteBuilder app)
    {
        var logbooks = app.MapGroup("/api/programmes/{programme}/cohorts/{cohort}/logbooks/{person}").WithTags("Programmes");
        logbooks.MapGet("/", ReadAsync).Requires(Access.SignedIn).Traces("logbooks.read");
        logbooks.MapPost("/commands", DecideAsync).Requires(Access.ToSome(LogbookActions.Keep, LogbookActions.Judge));
    }

    /// <summary>
    /// A logbook of somebody who has or had a place: what the person has done of what the programme needs, and how the person was judged.
    /// </summary>
    private static async Task<Results<Ok<LogbookView>, ProblemHttpResult>> ReadAsync([AsParameters] CohortRequest request, PersonId person)
    {
        if (await request.ProfileAsync() is not { } profile)
            return Problems.Of(ProgrammeCodes.Unknown);
        var (viewer, cohort) = (request.Viewer, request.Cohort);
        var isOwn = viewer.Is(person);
        if (isOwn)
            request.Http.LeaveNoTrace();
        else if (!ProgrammeBook.May(viewer, LogbookActions.Read, profile))
            return Problems.Of(AccessCodes.Denied);
        if (await request.WholeAsync() is not { } whole)
            return Problems.Of(ProgrammeCodes.UnknownCohort);
        if (whole.Find(cohort, person) is not { } application)
            return Problems.Of(ProgrammeCodes.UnknownApplication);
        var decides = ProgrammeBook.May(viewer, ProgrammeActions.Decide, profile);
        if (await request.LogbookOf(person).ReadAsync(viewer.Person, decides) is not { } sheet)
            return Problems.Of(ProgrammeCodes.UnknownApplication);
        var judges = !isOwn && Access.MayJudge(viewer, profile);
        ImmutableArray<Rotation> rotations = [.. whole.Rotations.Where(r => r.Cohort == cohort && r.Person == person).OrderBy(r => r.From)];
        return TypedResults.Ok(
            new LogbookView(
                person,
                application.Name,
                profile,
                whole.Find(cohort)!,
                rotations,
                [.. whole.Departments.Where(d => rotations.Any(r => r.Department == d.Id))],
                ProgrammeProgress.Of(whole, sheet.Logbook),
                [
                    .. sheet
                        .Logbook.Entries.Values.Where(e => e.Status != LogStatus.Removed)
                        .OrderByDescending(e => e.Day)
                        .ThenByDescending(e => e.Version),
                ],
                sheet.Logbook.Assessments,
                [.. sheet.History.SelectMany(StepsOf)],
                sheet.Version,
                sheet.Today,
                isOwn,
                judges && (decides || sheet.Supervises),
                judges ? sheet.Signable : []
            )
        );
    }

    private static IEnumerable<LogbookStep> StepsOf(LogbookEntry entry)
    {
        foreach (var items in entry.Items.OfType<LoggedCases>().GroupBy(c => c.Status))
        {
            var what = items.Key switch
            {
                LogStatus.SignedOff => LogbookChange.SignedOff,
                LogStatus.Returned => LogbookChange.Returned,
                LogStatus.Removed => LogbookChange.Removed,
                _ => LogbookChange.Logged,
            };
            var activities = items.Select(c => c.Activity).Distinct().ToList();
            yield return Step(what) with
            {
                Cases = items.Sum(c => c.Cases),
                Activity = activities is [var one] ? one : null,
            };
        }
        foreach (var item in entry.Items)
            if (item is Entrustment entrustment)
                yield return Step(LogbookChange.Entrusted) with
                {
                    Activity = entrustment.Activity,
                    Level = entrustment.Level,
                };
            else if (item is Assessment assessment)
                yield return Step(LogbookChange.Assessed) with
                {
                    Kind = assessment.Kind,
                    Result = assessment.Result,
                };

        LogbookStep Step(LogbookChange what) => new(entry.At, entry.By, what, null, null, null, null, null, entry.Reason);
    }

    private static async Task<Results<Ok<ProgrammeReply>, ProblemHttpResult>> DecideAsync(
        [AsParameters] CohortRequest request,
        PersonId person,
        LogbookCommand command
    )
    {
        if (await request.ProfileAsync() is not { } profile)
            return Problems.Of(ProgrammeCodes.Unknown);
        var viewer = request.Viewer;
        var may = command is LogCases or RemoveCases
            ? Access.May(viewer, LogbookActions.Keep, new Subject(profile.Network) { Person = person })
            : Access.MayJudge(viewer, profile);
        if (!may)
            return Problems.Of(AccessCodes.Denied);
        // No grain wakes up for an invented person.
        if ((await request.WholeAsync())?.Find(request.Cohort, person) is null)
            return Problems.Of(ProgrammeCodes.UnknownApplication);
        var reply = await request
            .LogbookOf(person)
            .DecideAsync(
                viewer.ActorIn(profile.Network),
                command with
                {
                    Decides = ProgrammeBook.May(viewer, ProgrammeActions.Decide, profile),
                }
            );
        return reply.Refusal is { } refusal ? Problems.Of(refusal) : TypedResults.Ok(reply);
    }
}
