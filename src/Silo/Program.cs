using ConsultHub.Backups;
using ConsultHub.Silo;
using ConsultHub.Storage;
using Microsoft.Extensions.Hosting;

PrivateFiles.Begin();
if (RecoverCommand.Knows(args))
    return await RecoverCommand.RunAsync(args);
var builder = Host.CreateApplicationBuilder(args);
builder.AddHubTelemetry(metrics => metrics.AddLoopbackListener(builder.Configuration));
builder.AddHubSilo();
var host = builder.Build();
return BackupCommands.Knows(args) ? await host.KeepAsync(args) : await host.RunHubAsync();

/// <summary>This class is not public. Tests host only the web's program.</summary>
internal partial class Program;
