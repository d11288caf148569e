using ConsultHub.Directories;
using ConsultHub.Hospitals;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ConsultHub.Web.Hospitals;

public static class HospitalsApi
{
    public static void MapHospitals(this IEndpointRouteBuilder app)
    {
        var hospitals = app.MapGroup("/api/hospitals").WithTags("Hospitals");
        hospitals.MapGet("/", ListAsync).Requires(Access.To(HospitalActions.Read, Thing.Network));
        hospitals.MapGet("/{id}", GetAsync).Requires(Access.ToSome(HospitalActions.Read));
    }

    private static async Task<Ok<List<Hospital>>> ListAsync(NetworkId network, IGrainFactory grains)
    {
        var ids = await grains.GetGrain<IDirectoryGrain>($"{network}/hospitals").ListAsync();
        var found = await Task.WhenAll(ids.Select(h => grains.GetGrain<IHospitalGrain>(h.Id).GetAsync()));
        return TypedResults.Ok(found.OfType<Hospital>().ToList());
    }

    private static async Task<Results<Ok<Hospital>, ProblemHttpResult>> GetAsync(HospitalId id, HttpContext http, IGrainFactory grains) =>
        await grains.GetGrain<IHospitalGrain>(id.Value).GetAsync() is not { } hospital
            ? Problems.Of(HospitalCodes.Unknown, $"There is no hospital {id}.")
        : Access.May(Viewer.Of(http), HospitalActions.Read, new Subject(hospital.Network)) ? TypedResults.Ok(hospital)
        : Problems.Of(AccessCodes.Denied, "The hospital belongs to another network.");
}
