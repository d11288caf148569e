using System.Collections.Immutable;
using ConsultHub.Attendance;
using ConsultHub.Conferences;
using ConsultHub.Grave;
using ConsultHub.Lectures;
using ConsultHub.Web.Attendance;
using ConsultHub.Web.Conferences;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ConsultHub.Web.Attendance;

/// <summary>
/// The viewer's own attendance and credit, the attendance and credit of everybody at a conference, and the policies by which credit is
/// counted.
/// </summary>
public static class AttendanceApi
{
    private const int MostReports = 50;

    /// <param name="Connection">A name of 1 to 64 characters that the player chooses. All reports of one tab have the same name.</param>
    /// <param name="Receipts">Proof that the hub sent these pieces to the viewer. Receipts come from <c>Receipt</c> on <c>/hubs/lecture</c>
    /// and from the header <c>Hub-Receipt</c> of recorded segments. If no receipt covers a part of a piece, that part does not
    /// count.</param>
    public sealed record PlayedReport(string Connection, ImmutableArray<PlayedPiece> Played, ImmutableArray<string>? Receipts = null);

    /// <param name="From">When the piece was recorded, UTC, on the lecture's own clock.</param>
    public sealed record PlayedPiece(DateTimeOffset From, DateTimeOffset To, PlayedAs As);

    public static IServiceCollection AddAttendance(this IServiceCollection services)
    {
        services.AddSingleton<PlayedReports>();
        services.AddSingleton<MediaReceipts>();
        return services.AddHostedService(provider => provider.GetRequiredService<PlayedReports>());
    }

    public static void MapAttendance(this IEndpointRouteBuilder app)
    {
        app.MapPost("/api/lectures/{session}/played", ReportAsync).WithTags("Attendance").Requires(Access.InRoom(AttendanceActions.Report));
        var attendance = app.MapGroup("/api/conferences/{id}/attendance").WithTags("Attendance");
        attendance.MapGet("/", AllAsync).Requires(Access.To(AttendanceActions.ReadAll, Thing.Conference)).Traces("attendance.read");
        attendance.MapGet("/mine", MineAsync).Requires(Access.To(ConferenceActions.Read, Thing.Conference));
        attendance
            .MapGet("/export", ExportAsync)
            .Requires(Access.Gravely(Access.To(AttendanceActions.Export, Thing.Conference), GraveAct.PeopleExported))
            .Traces("attendance.exported")
            .Produces<string>(200, "text/csv");
        var policies = app.MapGroup("/api/networks/{network}/credit-policies").WithTags("Attendance");
        policies.MapGet("/", PoliciesAsync).Requires(Access.To(AttendanceActions.ReadPolicy, Thing.Network));
        policies
            .MapPut("/", PutPoliciesAsync)
            .Requires(Access.Gravely(Access.To(AttendanceActions.ChangePolicy, Thing.Network), GraveAct.CreditRulesChanged));
        policies
            .MapGet("/templates", (NetworkId network) => TypedResults.Ok(CreditTemplates.All))
            .Requires(Access.To(AttendanceActions.ChangePolicy, Thing.Network));
        policies.MapGet("/history", HistoryAsync).Requires(Access.To(AttendanceActions.ReadPolicyHistory, Thing.Network));
    }

    /// <summary>
    /// Takes a report of what the viewer has played. Nobody can report for another person. The answer comes when the report is stored. If
    /// no answer comes, the client may send the same report again.
    /// </summary>
    private static async Task<Results<NoContent, ProblemHttpResult>> ReportAsync(
        SessionId session,
        PlayedReport report,
        HttpContext http,
        PlayedReports reports,
        MediaReceipts receipts
    )
    {
        if (report.Connection is not { Length: > 0 and <= 64 })
            return Problems.Of(RequestCodes.BadJson, "A connection has a name of 1 to 64 characters.", "$.connection");
        if (report.Played.IsDefaultOrEmpty || report.Played.Length > MostReports)
            return Problems.Of(RequestCodes.BadJson, $"A report has 1 to {MostReports} pieces.", "$.played");
        if (report.Played.Any(p => p.To <= p.From || p.To - p.From > PlayedReports.LongestPiece))
            return Problems.Of(AttendanceCodes.Implausible);
        if (report.Receipts?.Length > MediaReceipts.Most)
            return Problems.Of(RequestCodes.BadJson, $"A report has at most {MediaReceipts.Most} receipts.", "$.receipts");
        // A display on a wall attends nothing, but its page reports like any other page. Its reports are dropped.
        if (!Access.MaySomewhere(Viewer.Of(http), ConferenceActions.Follow))
            return TypedResults.NoContent();
        var person = Viewer.Of(http).Person;
        var received = report.Receipts is { IsDefaultOrEmpty: false } handedIn ? receipts.Read(session, person, handedIn) : null;
        if (received is not { IsEmpty: false })
            return Problems.Of(AttendanceCodes.NoReceipt, place: "$.receipts");
        var parts = report
            .Played.SelectMany(p => received.Of(p.As, Stretches.Of(p.From, p.To)).Pieces.Select(part => (Part: part, p.As)))
            .ToList();
        if (parts.Count == 0)
            return Problems.Of(AttendanceCodes.NotReceived, place: "$.played");
        var codes = await Task.WhenAll(parts.Select(p => reports.ReportAsync(session, person, report.Connection, p.Part, p.As)));
        return AttendanceCodes.NotReported(codes.OfType<string>().FirstOrDefault(), session) is { } refusal
            ? Problems.Of(refusal)
            : TypedResults.NoContent();
    }

    private static async Task<Results<Ok<PersonCredits>, ProblemHttpResult>> MineAsync(
        ConferenceId id,
        HttpContext http,
        IGrainFactory grains,
        TimeProvider clock
    ) =>
        await ConferenceCredits.ReadAsync(id, grains, clock.GetUtcNow()) is { } credits
            ? TypedResults.Ok(await credits.OfAsync(Viewer.Of(http).Person))
            : Unknown(id);

    private static async Task<Results<Ok<List<PersonCredits>>, ProblemHttpResult>> AllAsync(
        ConferenceId id,
        IGrainFactory grains,
        TimeProvider clock
    ) =>
        await ConferenceCredits.ReadAsync(id, grains, clock.GetUtcNow()) is { } credits
            ? TypedResults.Ok(await credits.AllAsync())
            : Unknown(id);

    private static async Task<Results<FileContentHttpResult, ProblemHttpResult>> ExportAsync(
        ConferenceId id,
        IGrainFactory grains,
        TimeProvider clock,
        string language = "en"
    )
    {
        if (await ConferenceCredits.ReadAsync(id, grains, clock.GetUtcNow()) is not { } credits)
            return Unknown(id);
        return TypedResults.File(AttendanceCsv.Of(await credits.AllAsync(), language), "text/csv; charset=utf-8", $"{id}-attendance.csv");
    }

    private static async Task<Ok<CreditPolicies>> PoliciesAsync(NetworkId network, IGrainFactory grains) =>
        TypedResults.Ok(await grains.GetGrain<ICreditPoliciesGrain>(network.Value).GetAsync());

    private static async Task<Ok<ImmutableArray<CreditPoliciesChange>>> HistoryAsync(NetworkId network, IGrainFactory grains) =>
        TypedResults.Ok(await grains.GetGrain<ICreditPoliciesGrain>(network.Value).HistoryAsync());

    /// <summary>
    /// Replaces all policies. From now on, credit is counted by the new policies. Issued certificates do not change. The body holds the
    /// version that the coordinator saw.
    /// </summary>
    private static async Task<Results<Ok<CreditPolicies>, ProblemHttpResult>> PutPoliciesAsync(
        NetworkId network,
        CreditPolicies policies,
        HttpContext http,
        IGrainFactory grains
    )
    {
        var grain = grains.GetGrain<ICreditPoliciesGrain>(network.Value);
        if (await grain.PutAsync(Viewer.Of(http).Actor, policies) is { } fault)
            return Problems.Of(fault.Refusal);
        return TypedResults.Ok(await grain.GetAsync());
    }

    internal static ProblemHttpResult Unknown(ConferenceId id) => Problems.Of(ConferenceCodes.NoSuch(id));
}
