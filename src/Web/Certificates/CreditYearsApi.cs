using System.Collections.Immutable;
using ConsultHub.Attendance;
using ConsultHub.Certificates;
using ConsultHub.Directories;
using ConsultHub.Networks;
using ConsultHub.Web.Attendance;
using ConsultHub.Web.Directories;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ConsultHub.Web.Certificates;

/// <summary>A person's account: the credit of each calendar year, and what is still missing.</summary>
internal static class CreditYearsApi
{
    public static void MapCreditYears(this IEndpointRouteBuilder app) =>
        app.MapGroup("/api/networks/{network}")
            .WithTags("Certificates")
            .MapGet("/credit-years/mine", MineAsync)
            .Requires(Access.To(AttendanceActions.ReadPolicy, Thing.Network));

    private static async Task<Ok<ImmutableArray<CreditYear>>> MineAsync(
        NetworkId network,
        HttpContext http,
        IGrainFactory grains,
        TimeProvider clock
    )
    {
        var person = Viewer.Of(http).Person;
        var policies = await grains.GetGrain<ICreditPoliciesGrain>(network.Value).GetAsync();
        var zone = (await grains.GetGrain<INetworkGrain>(network.Value).GetAsync())?.TimeZone ?? "Etc/UTC";
        var conferences = await grains.ListAsync($"{network}/conferences");
        var issued = await Task.WhenAll(conferences.Select(c => grains.GetGrain<ICertificatesGrain>(c.Id).ListAsync(person)));
        return TypedResults.Ok(
            CreditYears.Of(policies.Policies, issued.SelectMany(list => list), TimeZoneInfo.FindSystemTimeZoneById(zone), clock.GetUtcNow())
        );
    }
}
