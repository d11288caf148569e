using ConsultHub.Live;
using MessagePack;
using MessagePack.Resolvers;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.SignalR;

namespace ConsultHub.Web.Live;

public static class LiveHosting
{
    public static IServiceCollection AddLive(this IServiceCollection services)
    {
        services.AddSignalR(options =>
        {
            options.KeepAliveInterval = TimeSpan.FromSeconds(5);
            options.ClientTimeoutInterval = TimeSpan.FromSeconds(30);
        }).AddJsonProtocol(json => HubJson.Configure(json.PayloadSerializerOptions)).AddMessagePackProtocol(pack =>
            pack.SerializerOptions = MessagePackSerializerOptions.Standard
                .WithResolver(CompositeResolver.Create([new FrameFormatter()], [StandardResolver.Instance]))
                .WithSecurity(MessagePackSecurity.UntrustedData));
        services.AddSingleton<LiveConnections>();
        services.AddSingleton<HubLifetimeManager<LiveHub>>(provider => provider.GetRequiredService<LiveConnections>());
        services.AddSingleton<LiveTopics>();
        return services.AddHostedService(provider => provider.GetRequiredService<LiveTopics>());
    }

    public static void MapLive(this IEndpointRouteBuilder app)
    {
        app.MapHub<LiveHub>("/hubs/live", options =>
        {
            options.Transports = HttpTransportType.WebSockets;
            options.CloseOnAuthenticationExpiration = true;
        }).Requires(SameOriginSignedIn);
        app.MapGet("/api/topics/{**topic}", ReadAsync).Requires(Access.SignedIn).WithTags("Live");
    }

    /// <summary>CORS does not protect a WebSocket: a page of another site could open one with the viewer's cookie.</summary>
    private static AccessRule SameOriginSignedIn { get; } = new("same-origin-signed-in", (viewer, http) =>
        viewer is not null && (http.Request.Headers.Origin.ToString() is not { Length: > 0 } origin
            || (Uri.TryCreate(origin, UriKind.Absolute, out var from) && from.Authority == http.Request.Host.Value)));

    private static async Task<Results<Ok<Frame>, ProblemHttpResult>> ReadAsync(string topic, string? position, HttpContext http, IServiceProvider services)
    {
        if (!TopicName.TryParse(topic, out var name)) return Problems.Of(404, "topic.unknown", $"There is no topic {topic}.");
        if (!await Access.MayWatchAsync(Viewer.Of(http), name, services.GetRequiredService<IGrainFactory>())) return Problems.Of(403, "topic.denied", "You may not watch this topic.");
        TopicPosition? since = null;
        if (position is not null && !TopicPosition.TryParse(position, out since)) return Problems.Of(400, "topic.bad-position", "That is not a position.", "position");
        return TypedResults.Ok(await services.GetRequiredService<LiveTopics>().ReadAsync(name, since));
    }
}
