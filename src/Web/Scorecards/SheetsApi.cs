using System.Collections.Immutable;
using ConsultHub.Accounts;
using ConsultHub.Networks;
using ConsultHub.Scorecards;
using ConsultHub.Web.Consultants;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ConsultHub.Web.Scorecards;

/// <summary>
/// Two sheets about a period: one of the network as the host, and one of each partner. Whoever is limited to a partner sees only the sheet
/// of this partner. Whoever is limited to hospitals sees only their part of the host's sheet.
/// </summary>
internal static class SheetsApi
{
    /// <summary>The shortest period for which the sheet of a partner names consultants to everybody who reads it.</summary>
    private const int FewestDays = 28;

    private delegate Task<(T? Sheet, ProblemHttpResult? Fault)> Read<T>(ScorecardsApi.Asked asked, SheetReader reader);

    public static void Map(IEndpointRouteBuilder sheets)
    {
        var reads = Access.InPartOfNetwork(ScorecardActions.ReadSheets);
        Map<HostSheet>(sheets.MapGroup("").Requires(reads), "host", HostAsync, s => (SheetCsv.Of(s), "host", s.From, s.To));
        Map<PartnerSheet>(
            sheets.MapGroup("").Requires(reads).Traces("scorecards.partner-sheet"),
            "partner",
            PartnerAsync,
            s => (SheetCsv.Of(s), s.Partner.Value, s.From, s.To)
        );
    }

    /// <summary>Maps a sheet as JSON and as a file.</summary>
    /// <param name="csvOf">The file, and what its name says: whose sheet it is, and the period.</param>
    private static void Map<T>(
        IEndpointRouteBuilder sheets,
        string name,
        Read<T> read,
        Func<T, (byte[] Csv, string Of, DateOnly From, DateOnly To)> csvOf
    )
        where T : class
    {
        sheets.MapGet(
            $"/{name}",
            async Task<Results<Ok<T>, ProblemHttpResult>> ([AsParameters] ScorecardsApi.Asked asked, SheetReader reader) =>
            {
                var (sheet, fault) = await read(asked, reader);
                return sheet is null ? fault! : TypedResults.Ok(sheet);
            }
        );
        sheets
            .MapGet(
                $"/{name}.csv",
                async Task<Results<FileContentHttpResult, ProblemHttpResult>> (
                    [AsParameters] ScorecardsApi.Asked asked,
                    SheetReader reader
                ) =>
                {
                    var (sheet, fault) = await read(asked, reader);
                    if (sheet is null)
                        return fault!;
                    var (csv, of, from, to) = csvOf(sheet);
                    return ScorecardsApi.File(csv, $"{asked.Network}-{of}-{from:yyyy-MM-dd}-{to:yyyy-MM-dd}.csv");
                }
            )
            .Produces<string>(200, "text/csv");
    }

    private static async Task<(HostSheet? Sheet, ProblemHttpResult? Fault)> HostAsync(ScorecardsApi.Asked asked, SheetReader reader)
    {
        var (question, fault) = await asked.QuestionAsync(ScorecardActions.ReadSheets);
        if (question is null)
            return (null, fault);
        ImmutableArray<GrantScope> scopes = [.. question.Scopes.Where(s => s.Partner is null)];
        if (scopes.IsEmpty)
            return (null, Problems.Of(AccessCodes.Denied));
        if (asked.Partner is not null)
            return (null, Problems.Of(RequestCodes.BadParameter, "The host's sheet is about all partners.", "partner"));
        return (await reader.HostAsync(asked.Network, question with { Scopes = scopes }), null);
    }

    private static async Task<(PartnerSheet? Sheet, ProblemHttpResult? Fault)> PartnerAsync(ScorecardsApi.Asked asked, SheetReader reader)
    {
        var (question, fault) = await asked.QuestionAsync(ScorecardActions.ReadSheets);
        if (question is null)
            return (null, fault);
        if (asked.Partner is not { } partner)
            return (null, Problems.Of(RequestCodes.BadParameter, "Name the partner.", "partner"));
        ImmutableArray<GrantScope> scopes =
        [
            .. question.Scopes.Where(s => s.Hospitals.IsEmpty && (s.Partner is null || s.Partner == partner)),
        ];
        if (scopes.IsEmpty)
            return (null, Problems.Of(AccessCodes.Denied));
        if (asked.Hospital is not null || asked.Specialty is not null)
            return (
                null,
                Problems.Of(
                    RequestCodes.BadParameter,
                    "The sheet of a partner has no other filter.",
                    asked.Hospital is null ? "specialty" : "hospital"
                )
            );
        // Short periods would say on which days somebody was there, which is for those who may read visits.
        var named =
            question.To.DayNumber - question.From.DayNumber + 1 >= FewestDays
            || Access.May(Viewer.Of(asked.Http), ConsultantActions.ReadCredentials, new Subject(asked.Network) { Partner = partner });
        var network = await asked.Grains.GetGrain<INetworkGrain>(asked.Network.Value).GetAsync();
        return network?.Partners.Any(p => p.Id == partner) == true
            ? (await reader.PartnerAsync(asked.Network, question, partner, scopes, named), null)
            : (null, Problems.Of(RequestCodes.BadParameter, "The network has no such partner.", "partner"));
    }
}
