using ConsultHub.Directories;
using ConsultHub.Hospitals;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ConsultHub.Web.Hospitals;

public static class HospitalsApi
{
    public static void MapHospitals(this IEndpointRouteBuilder app)
    {
        var hospitals = app.MapGroup("/api/hospitals").WithTags("Hospitals");
        hospitals.MapGet("/", ListAsync).Requires(Access.SignedIn);
        hospitals.MapGet("/{id}", GetAsync).Requires(Access.SignedIn);
    }

    private static async Task<Ok<List<Hospital>>> ListAsync(NetworkId network, IGrainFactory grains)
    {
        var ids = await grains.GetGrain<IDirectoryGrain>($"{network}/hospitals").ListAsync();
        var found = await Task.WhenAll(ids.Select(h => grains.GetGrain<IHospitalGrain>(h.Id).GetAsync()));
        return TypedResults.Ok(found.OfType<Hospital>().ToList());
    }

    private static async Task<Results<Ok<Hospital>, ProblemHttpResult>> GetAsync(HospitalId id, IGrainFactory grains) =>
        await grains.GetGrain<IHospitalGrain>(id.Value).GetAsync() is { } hospital
            ? TypedResults.Ok(hospital)
            : Problems.Of(HospitalCodes.Unknown, $"There is no hospital {id}.");
}
