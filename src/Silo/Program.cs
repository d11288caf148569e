using ConsultHub.Silo;
using Microsoft.Extensions.Hosting;

var builder = Host.CreateApplicationBuilder(args);
builder.AddHubSilo();
return await builder.Build().RunHubAsync();
