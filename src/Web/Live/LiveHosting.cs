using ConsultHub.Live;
using ConsultHub.Web.Limits;
using MessagePack;
using MessagePack.Formatters;
using MessagePack.Resolvers;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;

namespace ConsultHub.Web.Live;

public static class LiveHosting
{
    public static IServiceCollection AddLive(this IServiceCollection services)
    {
        services
            .AddSignalR(options =>
            {
                options.KeepAliveInterval = TimeSpan.FromSeconds(5);
                options.ClientTimeoutInterval = TimeSpan.FromSeconds(30);
            })
            .AddJsonProtocol(json => HubJson.Configure(json.PayloadSerializerOptions))
            .AddMessagePackProtocol();
        services
            .AddOptions<MessagePackHubProtocolOptions>()
            .Configure<IEnumerable<IMessagePackFormatter>>(
                (pack, formatters) =>
                    pack.SerializerOptions = MessagePackSerializerOptions
                        .Standard.WithResolver(CompositeResolver.Create([.. formatters], [StandardResolver.Instance]))
                        .WithSecurity(MessagePackSecurity.UntrustedData)
            );
        services.AddHubMessage<Frame>();
        services.AddConnections<LiveHub, LiveConnections>();
        services.AddSingleton<Topics>();
        services.AddSingleton<LiveTopics>();
        return services.AddHostedService(provider => provider.GetRequiredService<LiveTopics>());
    }

    /// <summary>Registers the connections of a hub.</summary>
    internal static IServiceCollection AddConnections<THub, TConnections>(this IServiceCollection services)
        where THub : Hub
        where TConnections : OpenConnections<THub> =>
        services
            .AddSingleton<TConnections>()
            .AddSingleton<HubLifetimeManager<THub>>(provider => provider.GetRequiredService<TConnections>())
            .AddSingleton<IOpenConnections>(provider => provider.GetRequiredService<TConnections>());

    /// <summary>Registers a kind of topics.</summary>
    internal static IServiceCollection AddTopic<TTopic>(this IServiceCollection services)
        where TTopic : class, ITopic<TTopic> => services.AddSingleton(new TopicKind(TTopic.KindName, TTopic.Parse));

    /// <summary>Registers a type that hubs send, so that both hub protocols carry it with the same names.</summary>
    internal static IServiceCollection AddHubMessage<TMessage>(this IServiceCollection services) =>
        services.AddSingleton<IMessagePackFormatter>(new JsonFormatter<TMessage>());

    /// <exception cref="InvalidOperationException">
    /// Two kinds of topics have the same name, or a topic item has no <see cref="JsonTypeNameAttribute"/>.
    /// </exception>
    public static void MapLive(this IEndpointRouteBuilder app)
    {
        // These two calls find a mistake in a feature when the hub starts, before the first browser watches.
        app.ServiceProvider.GetRequiredService<Topics>();
        HubJson.Options.GetTypeInfo(typeof(TopicItem));
        app.MapHub<LiveHub>(
                "/hubs/live",
                options =>
                {
                    options.Transports = HttpTransportType.WebSockets;
                    options.CloseOnAuthenticationExpiration = true;
                }
            )
            .Requires(SameOriginSignedIn);
        app.MapGet("/api/topics/{**topic}", ReadAsync).Requires(Access.SignedInOrToken).WithTags("Live").Traces("topic.read");
    }

    /// <summary>
    /// Signed-in viewers who use a page of this hub, or a program that sends no header <c>Origin</c>. CORS does not protect a WebSocket:
    /// without this rule, a page of another site could open one with the viewer's cookie. With a token the origin does not matter,
    /// because a browser does not send tokens by itself.
    /// </summary>
    internal static AccessRule SameOriginSignedIn { get; } =
        new(
            "same-origin-signed-in",
            (viewer, http, _) =>
                viewer is not null
                && (
                    viewer.Ticket.Token is not null
                    || http.Request.Headers.Origin.ToString() is not { Length: > 0 } origin
                    || IsOwn(origin, http)
                )
        )
        {
            WithToken = true,
        };

    /// <summary>
    /// Whether the origin has the scheme, host and port of the request or of <c>Hub:PublicUrl</c>. Behind a proxy, the request's values may
    /// differ from the values that the browser uses.
    /// </summary>
    private static bool IsOwn(string origin, HttpContext http) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var from)
        && (
            (Uri.TryCreate($"{http.Request.Scheme}://{http.Request.Host}", UriKind.Absolute, out var asked) && IsSame(from, asked))
            || (http.RequestServices.GetRequiredService<IOptions<Silo.HubOptions>>().Value.PublicUrl is { } told && IsSame(from, told))
        );

    private static bool IsSame(Uri one, Uri other) =>
        Uri.Compare(one, other, UriComponents.SchemeAndServer, UriFormat.SafeUnescaped, StringComparison.OrdinalIgnoreCase) == 0;

    private static async Task<Results<Ok<Frame>, ProblemHttpResult>> ReadAsync(
        string topic,
        string? position,
        HttpContext http,
        IServiceProvider services
    )
    {
        if (!services.GetRequiredService<Topics>().TryParse(topic, out var name))
            return Problems.Of(TopicCodes.Unknown, $"There is no topic {topic}.");
        TopicPosition? since = null;
        if (position is not null && !TopicPosition.TryParse(position, out since))
            return Problems.Of(TopicCodes.BadPosition, place: "position");
        var (viewer, topics) = (Viewer.Of(http), services.GetRequiredService<LiveTopics>());
        if (!services.GetRequiredService<HubLimits>().MayWatch(viewer.Person))
            return Problems.Of(RequestCodes.TooMany, "Too many topics are read in a short time; wait a moment.");
        if (name.ShowsPrivateDataOf is not { } person || person == viewer.Person)
            http.LeaveNoTrace();
        return await topics.RefusalAsync(viewer, name) switch
        {
            null => TypedResults.Ok(await topics.ReadAsync(name, since)),
            var code => Problems.Of(code, code.Message ?? $"There is no topic {topic}."),
        };
    }
}
