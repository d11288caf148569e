using ConsultHub.Lectures.Media;
using ConsultHub.Web.Lectures.Recording;
using ConsultHub.Web.Live;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR;

namespace ConsultHub.Web.Lectures;

public static class LectureMediaHosting
{
    public static IServiceCollection AddLectureMedia(this IServiceCollection services)
    {
        services.AddHubMessage<LectureAir>();
        services.AddSingleton<IRecordings, FileRecordings>();
        services.AddSingleton<RecordingFiles>();
        services.AddConnections<LectureHub, LectureConnections>();
        // Configure alone is not enough: SignalR uses a hub's own options only after AddHubOptions.
        services
            .AddSignalR()
            .AddHubOptions<LectureHub>(options =>
            {
                // Packets with keyframes are larger than any other message to a hub.
                options.MaximumReceiveMessageSize = MediaWire.MostPacket + 1024;
                options.SupportedProtocols = ["messagepack"];
            });
        services.AddSingleton<LectureRelays>();
        services.AddHostedService(provider => provider.GetRequiredService<LectureRelays>());
        return services.AddHostedService<RecordingKeeper>();
    }

    public static void MapLectureMedia(this IEndpointRouteBuilder app)
    {
        app.MapHub<LectureHub>(
                "/hubs/lecture",
                options =>
                {
                    options.Transports = HttpTransportType.WebSockets;
                    options.CloseOnAuthenticationExpiration = true;
                }
            )
            .Requires(LiveHosting.SameOriginSignedIn with { WithToken = false });
        app.MapRecordings();
    }
}
