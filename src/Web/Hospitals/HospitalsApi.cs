using ConsultHub.Directories;
using ConsultHub.Hospitals;
using ConsultHub.Web.Records;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ConsultHub.Web.Hospitals;

public static class HospitalsApi
{
    public static IServiceCollection AddHospitals(this IServiceCollection services) => services.AddTables(HospitalTables.All);

    public static void MapHospitals(this IEndpointRouteBuilder app)
    {
        var hospitals = app.MapGroup("/api/hospitals").WithTags("Hospitals");
        hospitals.MapGet("/", ListAsync).Requires(Access.To(HospitalActions.Read, Thing.Network));
        app.MapRecordSet("/api/hospitals/{owner}/calendar", ("hours", "hours"), ("holidays", "holidays"));
        hospitals.MapGet("/{id}", GetAsync).Requires(Access.ToSome(HospitalActions.Read));
    }

    private static async Task<Ok<List<Hospital>>> ListAsync(NetworkId network, IGrainFactory grains)
    {
        var ids = await grains.GetGrain<IDirectoryGrain>($"{network}/hospitals").ListAsync();
        var found = await Task.WhenAll(ids.Select(h => grains.GetGrain<IHospitalGrain>(h.Id).GetAsync()));
        return TypedResults.Ok(found.OfType<Hospital>().ToList());
    }

    /// <summary>The hospital with its rooms and calendar. The tag is that of what <c>PUT</c> changes.</summary>
    private static async Task<Results<Ok<Hospital>, ProblemHttpResult>> GetAsync(HospitalId id, HttpContext http, IGrainFactory grains)
    {
        if (await grains.GetGrain<IHospitalGrain>(id.Value).GetAsync() is not { } hospital)
            return Problems.Of(HospitalCodes.Unknown, $"There is no hospital {id}.");
        if (!Access.May(Viewer.Of(http), HospitalActions.Read, new Subject(hospital.Network)))
            return Problems.Of(AccessCodes.Denied, "The hospital belongs to another network.");
        http.Tag(hospital.Profile);
        return TypedResults.Ok(hospital);
    }
}
