using ConsultHub.Consultants;
using ConsultHub.Directories;
using ConsultHub.Web.Live;
using ConsultHub.Web.Records;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ConsultHub.Web.Consultants;

/// <summary>
/// Consultants, their visits, and the specialties. <see cref="Access.MayReadCredentials"/> decides who sees credentials, absences and
/// visits of a consultant.
/// </summary>
public static class ConsultantsApi
{
    public sealed record VisitView(PersonId Consultant, Visit Visit);

    public static IServiceCollection AddConsultants(this IServiceCollection services) =>
        services.AddTopic<ItineraryTopic>().AddTables(ConsultantTables.All);

    public static void MapConsultants(this IEndpointRouteBuilder app)
    {
        app.MapGet(
                "/api/specialties",
                async (IGrainFactory grains) =>
                    TypedResults.Ok<IReadOnlyList<Specialty>>(await grains.GetGrain<ISpecialtiesGrain>("hub").ListAsync())
            )
            .Requires(Access.Anybody)
            .WithTags("Consultants");
        app.MapGet("/api/visits", VisitsAsync)
            .Requires(Access.To(ConsultantActions.ReadCredentials, Thing.Network))
            .WithTags("Consultants")
            .Traces("visits.read");
        var consultants = app.MapGroup("/api/consultants").WithTags("Consultants");
        consultants.MapGet("/", ListAsync).Requires(Access.To(ConsultantActions.Read, Thing.Network)).Traces("credentials.read");
        consultants.MapGet("/{id}", GetAsync).Requires(Access.SignedInOrToken).Traces("credentials.read");
    }

    private static async Task<List<Consultant>> OfAsync(NetworkId network, IGrainFactory grains)
    {
        var ids = await grains.GetGrain<IDirectoryGrain>($"{network}/consultants").ListAsync();
        var found = await Task.WhenAll(ids.Select(c => grains.GetGrain<IConsultantGrain>(c.Id).GetAsync()));
        return [.. found.OfType<Consultant>()];
    }

    private static Consultant Shown(Consultant consultant, Viewer viewer) =>
        Access.MayReadCredentials(viewer, consultant)
            ? consultant
            : consultant with
            {
                Credentials = [],
                Absences = [],
                Visits = [],
                Contact = null,
            };

    private static async Task<Ok<List<Consultant>>> ListAsync(NetworkId network, HttpContext http, IGrainFactory grains)
    {
        var viewer = Viewer.Of(http);
        var all = await OfAsync(network, grains);
        if (!all.Exists(c => c.Id != viewer.Person && Access.MayReadCredentials(viewer, c)))
            http.LeaveNoTrace();
        return TypedResults.Ok(all.ConvertAll(c => Shown(c, viewer)));
    }

    private static async Task<Results<Ok<Consultant>, ProblemHttpResult>> GetAsync(PersonId id, HttpContext http, IGrainFactory grains)
    {
        if (await grains.GetGrain<IConsultantGrain>(id.Value).GetAsync() is not { } consultant)
            return Problems.Of(ConsultantCodes.Unknown, $"There is no consultant {id}.");
        if (id == Viewer.Of(http).Person || !Access.MayReadCredentials(Viewer.Of(http), consultant))
            http.LeaveNoTrace();
        if (!Access.MayReadProfile(Viewer.Of(http), consultant))
            return Problems.Of(AccessCodes.Denied, "The consultant works in another network.");
        // The tag is made from all members. Who does not see all of them could try out what the others are.
        if (Access.MayReadCredentials(Viewer.Of(http), consultant))
            http.Tag(consultant.Profile);
        return TypedResults.Ok(Shown(consultant, Viewer.Of(http)));
    }

    private static async Task<Ok<List<VisitView>>> VisitsAsync(
        NetworkId network,
        QueryInstant? from,
        QueryInstant? to,
        IGrainFactory grains
    )
    {
        var (start, end) = (from?.At ?? DateTimeOffset.MinValue, to?.At ?? DateTimeOffset.MaxValue);
        return TypedResults.Ok(
            (await OfAsync(network, grains))
                .SelectMany(c =>
                    c.Visits.Where(v => v.Network == network && v.Arrival < end && start < v.Departure).Select(v => new VisitView(c.Id, v))
                )
                .ToList()
        );
    }
}
