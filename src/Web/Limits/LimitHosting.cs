using System.Globalization;
using System.Text.Json.Serialization.Metadata;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;

namespace ConsultHub.Web.Limits;

public static class LimitHosting
{
    public const string SignIn = "sign-in",
        Verification = "verification";

    private const int VerificationsPerMinute = 60;

    public static IServiceCollection AddLimits(this IServiceCollection services)
    {
        services
            .AddOptions<LimitOptions>()
            .BindConfiguration("Hub:Limits")
            .Validate(
                o =>
                    new[]
                    {
                        o.ConnectionsPerPerson,
                        o.ConnectionsPerAddress,
                        o.TopicsPerPerson,
                        o.WatchesPerMinute,
                        o.WritesPerMinute,
                        o.WritesPerMinuteAndAddress,
                        o.RefusalsPerMinute,
                        o.SignInsPerMinute,
                    }.All(n => n is > 0 and <= 1_000_000) && o.Times is > 0 and <= 1_000,
                "Each number of Hub:Limits must be between 1 and 1000000, and Hub:Limits:Times between 1 and 1000."
            )
            .ValidateOnStart();
        services.ConfigureHttpJsonOptions(json =>
            json.SerializerOptions.TypeInfoResolver = json.SerializerOptions.TypeInfoResolver!.WithAddedModifier(BoundedLists.Check)
        );
        services.AddSingleton<HubLimits>();
        services.AddRateLimiter(_ => { });
        services
            .AddOptions<RateLimiterOptions>()
            .Configure<IOptions<LimitOptions>>(
                (limiter, limits) =>
                {
                    limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
                    limiter.OnRejected = (rejected, _) =>
                    {
                        RefusalMeter.Count(RequestCodes.TooMany);
                        if (rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after))
                            rejected.HttpContext.Response.Headers.RetryAfter = Math.Max(1, (int)after.TotalSeconds)
                                .ToString(CultureInfo.InvariantCulture);
                        return ValueTask.CompletedTask;
                    };
                    limiter.GlobalLimiter = HubLimits.OfRequests(limits.Value);
                    limiter.AddPolicy(SignIn, http => PerMinute(http, limits.Value.SignInsPerMinute * limits.Value.Times));
                    limiter.AddPolicy(Verification, http => PerMinute(http, VerificationsPerMinute * limits.Value.Times));
                }
            );
        services.AddSingleton<RefusedCalls>();
        services.Configure<HubOptions>(hub => hub.AddFilter<RefusedCalls>());
        // This logger writes a stack trace for each refusal, which costs more than the call. RefusedCalls logs what matters.
        return services.AddLogging(log => log.AddFilter("Microsoft.AspNetCore.SignalR.Internal.DefaultHubDispatcher", LogLevel.None));
    }

    private static RateLimitPartition<string> PerMinute(HttpContext http, int most) =>
        RateLimitPartition.GetFixedWindowLimiter(
            HubLimits.Source(http),
            _ => new FixedWindowRateLimiterOptions { PermitLimit = most, Window = TimeSpan.FromMinutes(1) }
        );
}
