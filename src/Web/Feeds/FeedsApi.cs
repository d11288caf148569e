using System.Text;
using ConsultHub.Feeds;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ConsultHub.Web.Feeds;

/// <summary>A person's own calendar behind a private link, for calendar programs that cannot sign in.</summary>
public static class FeedsApi
{
    /// <param name="Exists">Whether there is a link.</param>
    /// <param name="Path">The link's path without the hub's address. It is shown only when the link is made.</param>
    public sealed record FeedLink(bool Exists, string? Path = null);

    public static void MapFeeds(this IEndpointRouteBuilder app)
    {
        var own = app.MapGroup("/api/feed").WithTags("Feeds");
        own.MapGet("/", LinkAsync).Requires(Access.SignedIn);
        own.MapPost("/", RenewAsync).Requires(Access.SignedIn);
        own.MapDelete("/", RevokeAsync).Requires(Access.SignedIn);
        app.MapGet("/api/feeds/{person}/{token}/calendar.ics", ReadAsync)
            .WithTags("Feeds")
            .Requires(Access.HoldsLink)
            .Produces<string>(200, "text/calendar");
    }

    private static async Task<Ok<FeedLink>> LinkAsync(HttpContext http, IGrainFactory grains)
    {
        var viewer = Viewer.Of(http);
        return TypedResults.Ok(new FeedLink(await grains.GetGrain<IFeedGrain>(viewer.Person.Value).HasLinkAsync()));
    }

    /// <summary>Makes the link, or replaces it by a new one.</summary>
    private static async Task<Results<Ok<FeedLink>, ProblemHttpResult>> RenewAsync(HttpContext http, IGrainFactory grains)
    {
        var viewer = Viewer.Of(http);
        if (viewer.Network is not { } network)
            return Problems.Of(AccessCodes.Denied, "A calendar needs a role in a network.");
        var token = await grains.GetGrain<IFeedGrain>(viewer.Person.Value).RenewAsync(viewer.Actor, network);
        return TypedResults.Ok(new FeedLink(true, PathOf(viewer.Person, token)));
    }

    private static async Task<NoContent> RevokeAsync(HttpContext http, IGrainFactory grains)
    {
        var viewer = Viewer.Of(http);
        await grains.GetGrain<IFeedGrain>(viewer.Person.Value).RevokeAsync(viewer.Actor);
        return TypedResults.NoContent();
    }

    /// <param name="language">The language of place names: en, ar or ko.</param>
    private static async Task<Results<ContentHttpResult, ProblemHttpResult>> ReadAsync(
        PersonId person,
        string token,
        HttpContext http,
        IGrainFactory grains,
        string language = "en"
    ) =>
        await grains.GetGrain<IFeedGrain>(person.Value).ReadAsync(token, language) is { } entries
            ? TypedResults.Content(FeedCalendar.Write("Consult Hub", entries, PublicAddress.Of(http)), "text/calendar", Encoding.UTF8)
            : Problems.Of(FeedCodes.Unknown);

    private static string PathOf(PersonId person, string token) => $"/api/feeds/{person}/{token}/calendar.ics";
}
