using System.Collections.Immutable;
using ConsultHub.Programmes;
using ConsultHub.Research;
using ConsultHub.Rostering;
using ConsultHub.Web.Directories;
using ConsultHub.Web.Live;
using ConsultHub.Web.Programmes;
using ConsultHub.Web.Records;
using ConsultHub.Web.Research;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ConsultHub.Web.Rostering;

/// <summary>Information about an engagement that only coordinators and the people concerned may read.</summary>
/// <param name="CaseReference">Opaque. Only the hospital can resolve it.</param>
/// <param name="Reason">The newest reason that the reader may see. Only the newest 30 entries of the engagement's history are searched.
/// Null if they have none, or if the week's history is in an archive.</param>
/// <param name="ReasonFor">The change that the reason belongs to.</param>
public sealed record ConfidentialDetails(string? CaseReference, string? Reason, Change? ReasonFor);

/// <summary>Commands to a roster, checks of commands, candidates and histories.</summary>
public static class RostersApi
{
    /// <summary>How many of an engagement's newest history entries are searched for a reason.</summary>
    private const int ReasonWithin = 30;

    public static IServiceCollection AddRosters(this IServiceCollection services) =>
        services.AddTopic<BoardTopic>().AddTables(EngagementTable.Table);

    public static void MapRosters(this IEndpointRouteBuilder app)
    {
        var roster = app.MapGroup("/api/rosters/{network}/{week}").WithTags("Rosters");
        roster.MapPost("/commands", DecideAsync).Requires(Commands);
        roster.MapPost("/checks", CheckAsync).Requires(Commands);
        roster.MapGet("/engagements/{id}", GetAsync).Requires(Access.InPartOfNetwork(RosterActions.Read));
        roster
            .MapGet("/engagements/{id}/confidential", ConfidentialAsync)
            .Requires(Access.InPartOfNetwork(RosterActions.Read))
            .Traces("cases.read");
        roster.MapGet("/engagements/{id}/candidates", CandidatesAsync).Requires(Access.InPartOfNetwork(RosterActions.Plan));
        roster.MapGet("/history", HistoryAsync).Requires(Access.InPartOfNetwork(RosterActions.Read)).Traces("reasons.read");
    }

    private static readonly AccessRule Commands = Access.InPartOfNetwork(
        RosterActions.Plan,
        RosterActions.Answer,
        RosterActions.RecordWork
    );

    private static IRosterGrain Roster(IGrainFactory grains, NetworkId network, Week week) =>
        grains.GetGrain<IRosterGrain>($"{network}/{week}");

    private static async Task<Results<Ok<Decided>, ProblemHttpResult>> DecideAsync(
        NetworkId network,
        Week week,
        RosterCommand command,
        HttpContext http,
        IGrainFactory grains
    )
    {
        if (await FaultAsync(command, Viewer.Of(http), network, week, grains) is { } fault)
            return fault;
        return await Roster(grains, network, week).DecideAsync(Viewer.Of(http).ActorIn(network), command) switch
        {
            Decided decided => TypedResults.Ok(decided),
            Refused refused => Problems.Of(refused.Refusal),
            var other => throw new InvalidOperationException($"A roster gave an unexpected answer: {other.GetType().Name}."),
        };
    }

    private static async Task<Results<Ok<RosterCheck>, ProblemHttpResult>> CheckAsync(
        NetworkId network,
        Week week,
        RosterCommand command,
        HttpContext http,
        IGrainFactory grains
    )
    {
        if (await FaultAsync(command, Viewer.Of(http), network, week, grains) is { } fault)
            return fault;
        return TypedResults.Ok(await Roster(grains, network, week).CheckAsync(Viewer.Of(http).ActorIn(network), command));
    }

    private static async ValueTask<ProblemHttpResult?> FaultAsync(
        RosterCommand command,
        Viewer viewer,
        NetworkId network,
        Week week,
        IGrainFactory grains
    )
    {
        if (!TextId.IsValid(command.Engagement.Value))
            return Problems.Of(RequestCodes.BadJson, "The engagement's id is missing.", "$.engagement");
        if (command is Plan { Attendees: < 0 })
            return Problems.Of(RequestCodes.BadJson, "The number of attendees must not be negative.", "$.attendees");
        if (CommandLimits.Against(command) is { } beyond)
            return Problems.Of(new Refused([beyond], null).Refusal);
        if (Access.MayCommand(viewer, network, null, command))
            return null;
        // The viewer may command only a part of the network, so the hospital counts.
        var known = command is Plan ? null : await Roster(grains, network, week).GetAsync(command.Engagement);
        var purposes = command switch
        {
            Plan of => [of.Purpose],
            SetPurpose set => [set.Purpose, known?.Purpose],
            _ => (Purpose?[])[],
        };
        foreach (var purpose in purposes.OfType<Purpose>())
            if (!await MayAsync(viewer, network, purpose, grains))
                return Problems.Of(AccessCodes.Denied, "You may not plan for this cohort or initiative.", "$.purpose");
        var hospital = command is Plan plan ? plan.Hospital : known?.Hospital;
        return hospital is not null && Access.MayCommand(viewer, network, hospital, command, known)
            ? null
            : Problems.Of(AccessCodes.Denied, "You may not give this command.", "$.type");
    }

    /// <summary>Whether a viewer may give engagements to a cohort or an initiative. The roster refuses those that do not exist.</summary>
    private static async ValueTask<bool> MayAsync(Viewer viewer, NetworkId network, Purpose purpose, IGrainFactory grains)
    {
        var (list, id) = purpose.Programme is { } programme ? ("programmes", programme.Value) : ("initiatives", purpose.Initiative?.Value);
        return (await grains.ListAsync($"{network}/{list}")).FirstOrDefault(e => e.Id == id)?.Record switch
        {
            ProgrammeProfile of => Access.SubjectsOf(of).Any(subject => Access.May(viewer, CourseActions.Record, subject)),
            InitiativeProfile of => RecordScopes.OfInitiative(of, of).Any(subject => Access.May(viewer, ResearchActions.Change, subject)),
            _ => true,
        };
    }

    private static async Task<Results<Ok<Engagement>, ProblemHttpResult>> GetAsync(
        NetworkId network,
        Week week,
        EngagementId id,
        HttpContext http,
        IGrainFactory grains
    )
    {
        if (await Roster(grains, network, week).GetAsync(id) is not { } engagement)
            return Unknown(id);
        return Access.MayReadEngagement(Viewer.Of(http), network, engagement, await PartnersAsync(engagement, http))
            ? TypedResults.Ok(engagement)
            : NotForYou();
    }

    /// <summary>The partner institutions of an engagement's consultants.</summary>
    private static async Task<ImmutableArray<PartnerId>> PartnersAsync(Engagement engagement, HttpContext http)
    {
        var things = http.RequestServices.GetRequiredService<ThingScopes>();
        var subjects = await Task.WhenAll(engagement.Consultants.Select(c => things.OfConsultantAsync(c).AsTask()));
        return [.. subjects.SelectMany(of => of).Select(of => of.Partner).OfType<PartnerId>()];
    }

    private static async Task<Results<Ok<ConfidentialDetails>, ProblemHttpResult>> ConfidentialAsync(
        NetworkId network,
        Week week,
        EngagementId id,
        HttpContext http,
        IGrainFactory grains
    )
    {
        var (viewer, roster) = (Viewer.Of(http), Roster(grains, network, week));
        if (await roster.GetAsync(id) is not { } engagement)
            return Unknown(id);
        if (!Access.MayReadConfidential(viewer, network, engagement))
            return NotForYou();
        ImmutableArray<HistoryEntry> history = await roster.IsArchivedAsync()
            ? []
            : await roster.HistoryAsync(HistorySubject.Engagement, id.Value, null, ReasonWithin);
        var told = history.FirstOrDefault(entry => entry.Reason is not null && Access.MayReadReason(viewer, network, entry));
        return TypedResults.Ok(new ConfidentialDetails(engagement.CaseReference, told?.Reason, told?.What));
    }

    private static async Task<Results<Ok<ImmutableArray<Candidate>>, ProblemHttpResult>> CandidatesAsync(
        NetworkId network,
        Week week,
        EngagementId id,
        HttpContext http,
        IGrainFactory grains
    )
    {
        var roster = Roster(grains, network, week);
        if (await roster.GetAsync(id) is not { } engagement)
            return Unknown(id);
        if (!Access.MayPlan(Viewer.Of(http), network, engagement))
            return NotForYou();
        return await roster.CandidatesAsync(id) is { } candidates ? TypedResults.Ok(candidates) : Unknown(id);
    }

    /// <remarks>
    /// Only coordinators, the person who gave a reason and the people whom the change concerned may read the reason. Only the consultant
    /// and coordinators may read a consultant's history.
    /// </remarks>
    /// <param name="subject">week, engagement, consultant, room or hospital.</param>
    /// <param name="id">The subject's id. The id of a room starts with the id of its hospital: <c>al-qassimi/clinic-1</c>.</param>
    private static async Task<Results<Ok<ImmutableArray<HistoryEntry>>, ProblemHttpResult>> HistoryAsync(
        NetworkId network,
        Week week,
        HttpContext http,
        IGrainFactory grains,
        string subject = "week",
        string? id = null,
        long? before = null,
        int take = 50
    )
    {
        // The subject is read here, because the framework would accept only the C# names of the enum.
        if (!Enum.TryParse<HistorySubject>(subject, ignoreCase: true, out var kind) || !char.IsLetter(subject[0]))
            return Problems.Of(RequestCodes.BadParameter, "The subject is week, engagement, consultant, room or hospital.", "subject");
        if (take is < 1 or > 200)
            return Problems.Of(RequestCodes.BadParameter, "Take 1 to 200 entries.", "take");
        if (kind != HistorySubject.Week && !(id ?? "").Split('/').All(TextId.IsValid))
            return Problems.Of(RequestCodes.BadParameter, "The id of the subject is missing or not valid.", "id");
        var viewer = Viewer.Of(http);
        var roster = Roster(grains, network, week);
        if (!Access.MayReadHistory(viewer, network, kind, id) && !await IsOfPartAsync(kind))
            return NotForYou();
        if (await roster.IsArchivedAsync())
            return Problems.Of(RosterCodes.Archived, "The week's history is in an archive. The people who run the hub can bring it back.");
        var history = await roster.HistoryAsync(kind, id, before, take);
        ImmutableArray<HistoryEntry> shown =
        [
            .. history.Select(entry => Access.MayReadReason(viewer, network, entry) ? entry : entry with { Reason = null }),
        ];
        if (shown.All(entry => entry.Reason is null))
            http.LeaveNoTrace();
        return TypedResults.Ok(shown);

        // A viewer who may read only a part of the network may read the history of the engagements and the consultants there.
        async Task<bool> IsOfPartAsync(HistorySubject kind) =>
            kind switch
            {
                HistorySubject.Engagement => await roster.GetAsync(new(id!)) is { } engagement
                    && Access.MayReadEngagement(viewer, network, engagement, await PartnersAsync(engagement, http)),
                HistorySubject.Consultant => (await http.RequestServices.GetRequiredService<ThingScopes>().OfConsultantAsync(new(id!))).Any(
                    of => of.Network == network && Access.May(viewer, RosterActions.ReadConsultants, of)
                ),
                _ => false,
            };
    }

    private static ProblemHttpResult NotForYou() =>
        Problems.Of(AccessCodes.Denied, "Only coordinators and the people concerned may read this.");

    private static ProblemHttpResult Unknown(EngagementId id) =>
        Problems.Of(RosterCodes.UnknownEngagement, $"There is no engagement {id} in this week.");
}
