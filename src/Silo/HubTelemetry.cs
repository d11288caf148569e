using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace ConsultHub.Silo;

/// <summary>
/// What a node tells about itself, by OpenTelemetry: metrics always, to be read by Prometheus; metrics, traces and logs by OTLP where the
/// standard variable <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> names a collector. The other standard variables (protocol, headers, sampler,
/// <c>OTEL_SERVICE_NAME</c>, <c>OTEL_RESOURCE_ATTRIBUTES</c>) hold as well.
/// </summary>
public static class HubTelemetry
{
    /// <summary>Npgsql's is silent where SQLite stores.</summary>
    private static readonly string[] Meters =
    [
        HubMeter.Name,
        "Microsoft.Orleans",
        "Microsoft.AspNetCore.Hosting",
        "Microsoft.AspNetCore.Server.Kestrel",
        "Microsoft.AspNetCore.Http.Connections",
        "Npgsql",
        "System.Runtime",
    ];

    /// <summary>Orleans' own housekeeping (Microsoft.Orleans.Runtime) is left out: it would outnumber the rest.</summary>
    private static readonly string[] Sources =
    [
        "Microsoft.Orleans.Application",
        "Microsoft.Orleans.Storage",
        "Microsoft.AspNetCore.SignalR.Server",
        "Npgsql",
    ];

    /// <param name="metrics">How this kind of node lets Prometheus read.</param>
    public static IHostApplicationBuilder AddHubTelemetry(this IHostApplicationBuilder builder, Action<MeterProviderBuilder> metrics)
    {
        var telemetry = builder
            .Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(builder.Environment.ApplicationName).AddEnvironmentVariableDetector())
            .WithMetrics(measured => metrics(measured.AddMeter(Meters)));
        if (!builder.Configuration.HasCollector())
            return builder;
        telemetry
            .UseOtlpExporter()
            .WithLogging()
            .WithTracing(traces =>
                traces
                    .AddSource(Sources)
                    .AddAspNetCoreInstrumentation(http =>
                        http.Filter = context =>
                            !context.Request.Path.StartsWithSegments("/health") && !context.Request.Path.StartsWithSegments("/metrics")
                    )
            );
        return builder;
    }

    /// <summary>For a node without a web part: Prometheus reads <c>/metrics</c> at the port <c>Hub:Silo:MetricsPort</c> of the loopback
    /// address; 0 leaves it out.</summary>
    public static void AddLoopbackListener(this MeterProviderBuilder metrics, IConfiguration configuration)
    {
        if (configuration.GetValue<int>("Hub:Silo:MetricsPort") is > 0 and var port)
            metrics.AddPrometheusHttpListener(listener => (listener.Host, listener.Port) = ("127.0.0.1", port));
    }

    /// <summary>Whether somebody collects traces: only then do calls between grains carry them.</summary>
    internal static bool HasCollector(this IConfiguration configuration) =>
        !string.IsNullOrEmpty(configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]);
}
