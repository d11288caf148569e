using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace ConsultHub.Silo;

/// <summary>
/// Adds telemetry to a node, with OpenTelemetry. Metrics are always collected for Prometheus. Metrics, traces and logs are also sent by
/// OTLP if the standard variable <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> names a collector. The other standard variables (protocol, headers,
/// sampler, <c>OTEL_SERVICE_NAME</c>, <c>OTEL_RESOURCE_ATTRIBUTES</c>) have their usual meaning.
/// </summary>
public static class HubTelemetry
{
    /// <summary>The meter of Npgsql reports nothing if the hub stores its data with SQLite.</summary>
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

    /// <summary>
    /// The source Microsoft.Orleans.Runtime is left out. It traces the internal work of Orleans, which would produce more traces than
    /// everything else.
    /// </summary>
    private static readonly string[] Sources =
    [
        "Microsoft.Orleans.Application",
        "Microsoft.Orleans.Storage",
        "Microsoft.AspNetCore.SignalR.Server",
        "Npgsql",
    ];

    /// <param name="metrics">Adds the exporter from which Prometheus reads the metrics of this kind of node.</param>
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

    /// <summary>
    /// Serves <c>/metrics</c> to Prometheus from a node without a web part, on the loopback address at the port
    /// <c>Hub:Silo:MetricsPort</c>. If the port is 0, nothing is served.
    /// </summary>
    public static void AddLoopbackListener(this MeterProviderBuilder metrics, IConfiguration configuration)
    {
        if (configuration.GetValue<int>("Hub:Silo:MetricsPort") is > 0 and var port)
            metrics.AddPrometheusHttpListener(listener => (listener.Host, listener.Port) = ("127.0.0.1", port));
    }

    /// <summary>Whether traces are sent to a collector. Only then do calls between grains carry the id of their trace.</summary>
    internal static bool HasCollector(this IConfiguration configuration) =>
        !string.IsNullOrEmpty(configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]);
}
