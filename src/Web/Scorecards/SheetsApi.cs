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

    public static void Map(IEndpointRouteBuilder sheets)
    {
        var reads = Access.InPartOfNetwork(ScorecardActions.ReadSheets);
        sheets.MapGet("/host", HostAsync).Requires(reads);
        sheets.MapGet("/host.csv", HostCsvAsync).Requires(reads).Produces<string>(200, "text/csv");
        sheets.MapGet("/partner", PartnerAsync).Requires(reads).Traces("scorecards.partner-sheet");
        sheets.MapGet("/partner.csv", PartnerCsvAsync).Requires(reads).Traces("scorecards.partner-sheet").Produces<string>(200, "text/csv");
    }

    private static async Task<Results<Ok<HostSheet>, ProblemHttpResult>> HostAsync(
        [AsParameters] ScorecardsApi.Asked asked,
        SheetReader reader
    )
    {
        var (sheet, fault) = await HostOfAsync(asked, reader);
        return sheet is null ? fault! : TypedResults.Ok(sheet);
    }

    private static async Task<Results<FileContentHttpResult, ProblemHttpResult>> HostCsvAsync(
        [AsParameters] ScorecardsApi.Asked asked,
        SheetReader reader
    )
    {
        var (sheet, fault) = await HostOfAsync(asked, reader);
        return sheet is null
            ? fault!
            : ScorecardsApi.File(SheetCsv.Of(sheet), $"{asked.Network}-host-{sheet.From:yyyy-MM-dd}-{sheet.To:yyyy-MM-dd}.csv");
    }

    private static async Task<Results<Ok<PartnerSheet>, ProblemHttpResult>> PartnerAsync(
        [AsParameters] ScorecardsApi.Asked asked,
        SheetReader reader
    )
    {
        var (sheet, fault) = await PartnerOfAsync(asked, reader);
        return sheet is null ? fault! : TypedResults.Ok(sheet);
    }

    private static async Task<Results<FileContentHttpResult, ProblemHttpResult>> PartnerCsvAsync(
        [AsParameters] ScorecardsApi.Asked asked,
        SheetReader reader
    )
    {
        var (sheet, fault) = await PartnerOfAsync(asked, reader);
        return sheet is null
            ? fault!
            : ScorecardsApi.File(SheetCsv.Of(sheet), $"{asked.Network}-{sheet.Partner}-{sheet.From:yyyy-MM-dd}-{sheet.To:yyyy-MM-dd}.csv");
    }

    private static async Task<(HostSheet? Sheet, ProblemHttpResult? Fault)> HostOfAsync(ScorecardsApi.Asked asked, SheetReader reader)
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

    private static async Task<(PartnerSheet? Sheet, ProblemHttpResult? Fault)> PartnerOfAsync(ScorecardsApi.Asked asked, SheetReader reader)
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
