using ConsultHub.Silo;
using Microsoft.Extensions.Hosting;

var builder = Host.CreateApplicationBuilder(args);
builder.AddHubTelemetry(metrics => metrics.AddLoopbackListener(builder.Configuration));
builder.AddHubSilo();
return await builder.Build().RunHubAsync();

/// <summary>Not public, as the web's is: tests host that one.</summary>
internal partial class Program;
