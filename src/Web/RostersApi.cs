using System.Collections.Immutable;
using ConsultHub.Rostering;
using Microsoft.AspNetCore.Http.HttpResults;
using Accepted = ConsultHub.Rostering.Accepted;

namespace ConsultHub.Web;

/// <summary>Commands to a roster, what they would lead to, candidates and histories.</summary>
public static class RostersApi
{
    public static void MapRosters(this IEndpointRouteBuilder app)
    {
        var roster = app.MapGroup("/api/rosters/{network}/{week}").WithTags("Rosters");
        roster.MapPost("/commands", DecideAsync).Requires(Access.Commands);
        roster.MapPost("/checks", CheckAsync).Requires(Access.Commands);
        roster.MapGet("/engagements/{id}", GetAsync).Requires(Access.SeesBoards);
        roster.MapGet("/engagements/{id}/candidates", CandidatesAsync).Requires(Access.Coordinates);
        roster.MapGet("/history", HistoryAsync).Requires(Access.SeesBoards);
    }

    private static IRosterGrain Roster(IGrainFactory grains, NetworkId network, Week week) => grains.GetGrain<IRosterGrain>($"{network}/{week}");

    private static async Task<Results<Ok<Accepted>, ProblemHttpResult>> DecideAsync(NetworkId network, Week week, RosterCommand command, HttpContext http, IGrainFactory grains)
    {
        if (Fault(command, Viewer.Of(http)) is { } fault) return fault;
        return await Roster(grains, network, week).DecideAsync(Viewer.Of(http).Actor, command) switch
        {
            Accepted accepted => TypedResults.Ok(accepted),
            Refused refused => Refusal(refused),
            var other => throw new InvalidOperationException($"A roster does not answer with {other.GetType().Name}."),
        };
    }

    private static async Task<Results<Ok<RosterCheck>, ProblemHttpResult>> CheckAsync(NetworkId network, Week week, RosterCommand command, HttpContext http, IGrainFactory grains)
    {
        if (Fault(command, Viewer.Of(http)) is { } fault) return fault;
        return TypedResults.Ok(await Roster(grains, network, week).CheckAsync(Viewer.Of(http).Actor, command));
    }

    private static ProblemHttpResult? Fault(RosterCommand command, Viewer viewer)
    {
        if (command.CommandId == Guid.Empty) return Problems.Of(400, "request.bad-json", "A command id is a GUID chosen by the client.", "$.commandId");
        if (!TextId.IsValid(command.Engagement.Value)) return Problems.Of(400, "request.bad-json", "The engagement's id is missing.", "$.engagement");
        if (command is Plan { Attendees: < 0 }) return Problems.Of(400, "request.bad-json", "There cannot be fewer than no attendees.", "$.attendees");
        return Access.MayCommand(viewer, command) ? null : Problems.Of(403, "access.denied", "You may not give this command.", "$.type");
    }

    /// <summary>A refusal with everything that stands against the command, and the duty as it is now.</summary>
    public static ProblemHttpResult Refusal(Refused refused)
    {
        var first = refused.Findings.FirstOrDefault(f => !f.Overridable) ?? refused.Findings[0];
        var status = first.Code switch { "roster.unknown-engagement" or "roster.unknown-network" => 404, "roster.not-allowed" or "roster.not-candidate" => 403, _ => 409 };
        return Problems.Of(status, first.Code, first.Message, more: [new("findings", refused.Findings), new("current", refused.Current)]);
    }

    private static async Task<Results<Ok<Engagement>, ProblemHttpResult>> GetAsync(NetworkId network, Week week, EngagementId id, IGrainFactory grains) =>
        await Roster(grains, network, week).GetAsync(id) is { } engagement ? TypedResults.Ok(engagement) : Unknown(id);

    private static async Task<Results<Ok<ImmutableArray<Candidate>>, ProblemHttpResult>> CandidatesAsync(NetworkId network, Week week, EngagementId id, IGrainFactory grains) =>
        await Roster(grains, network, week).CandidatesAsync(id) is { } candidates ? TypedResults.Ok(candidates) : Unknown(id);

    /// <param name="subject">week, engagement, consultant, room or hospital.</param>
    /// <param name="id">Of the subject; a room's with its hospital's before it: <c>al-qassimi/clinic-1</c>.</param>
    private static async Task<Results<Ok<ImmutableArray<HistoryEntry>>, ProblemHttpResult>> HistoryAsync(
        NetworkId network, Week week, IGrainFactory grains, string subject = "week", string? id = null, long? before = null, int take = 50)
    {
        // The framework reads enums by their C# names only.
        if (!Enum.TryParse<HistorySubject>(subject, ignoreCase: true, out var kind) || !char.IsLetter(subject[0]))
            return Problems.Of(400, "request.bad-parameter", "The subject is week, engagement, consultant, room or hospital.", "subject");
        if (take is < 1 or > 200) return Problems.Of(400, "request.bad-parameter", "Take 1 to 200 entries.", "take");
        if (kind != HistorySubject.Week && !(id ?? "").Split('/').All(TextId.IsValid)) return Problems.Of(400, "request.bad-parameter", "Name whose history is read.", "id");
        var roster = Roster(grains, network, week);
        return await roster.IsArchivedAsync()
            ? Problems.Of(409, RosterRules.Archived.Code, "The week's history lies in its archive; whoever runs the hub can bring it back.")
            : TypedResults.Ok(await roster.HistoryAsync(kind, id, before, take));
    }

    private static ProblemHttpResult Unknown(EngagementId id) => Problems.Of(404, "roster.unknown-engagement", $"There is no duty {id} in this week.");
}
