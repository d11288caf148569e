using ConsultHub.Inboxes;
using ConsultHub.Web.Live;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ConsultHub.Web.Inboxes;

public static class InboxesApi
{
    public static IServiceCollection AddInboxes(this IServiceCollection services) => services.AddTopic<InboxTopic>();

    public static void MapInboxes(this IEndpointRouteBuilder app)
    {
        var inbox = app.MapGroup("/api/inboxes/{person}/alerts").WithTags("Inboxes");
        inbox.MapGet("/", ListAsync).Requires(Access.OwnInbox);
        inbox.MapPost("/{id}/acknowledgement", AcknowledgeAsync).Requires(Access.OwnInbox);
        inbox.MapPost("/{id}/seen", SeeAsync).Requires(Access.OwnInbox);
    }

    private static async Task<Ok<IReadOnlyList<Alert>>> ListAsync(PersonId person, IGrainFactory grains) =>
        TypedResults.Ok<IReadOnlyList<Alert>>(await grains.GetGrain<IInboxGrain>(person.Value).ListAsync());

    private static async Task<Results<NoContent, ProblemHttpResult>> AcknowledgeAsync(
        PersonId person,
        string id,
        HttpContext http,
        IGrainFactory grains
    ) =>
        await grains.GetGrain<IInboxGrain>(person.Value).AcknowledgeAsync(Viewer.Of(http).Actor, id)
            ? TypedResults.NoContent()
            : Problems.Of(InboxCodes.NoSuch(id));

    /// <summary>
    /// Marks an alert as seen. This does not acknowledge the alert: an urgent alert or an alert with a proposal stays open.
    /// </summary>
    private static async Task<Results<NoContent, ProblemHttpResult>> SeeAsync(
        PersonId person,
        string id,
        HttpContext http,
        IGrainFactory grains
    ) =>
        await grains.GetGrain<IInboxGrain>(person.Value).SeeAsync(Viewer.Of(http).Actor, id)
            ? TypedResults.NoContent()
            : Problems.Of(InboxCodes.NoSuch(id));
}
