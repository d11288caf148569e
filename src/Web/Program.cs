using ConsultHub.Silo;
using ConsultHub.Silo.Demo;
using ConsultHub.Storage;
using ConsultHub.Web;
using ConsultHub.Web.Accounts;
using ConsultHub.Web.Accounts.Oidc;
using ConsultHub.Web.Attendance;
using ConsultHub.Web.Audit;
using ConsultHub.Web.Certificates;
using ConsultHub.Web.Conferences;
using ConsultHub.Web.Consultants;
using ConsultHub.Web.Demo;
using ConsultHub.Web.Feeds;
using ConsultHub.Web.Hospitals;
using ConsultHub.Web.Inboxes;
using ConsultHub.Web.Lectures;
using ConsultHub.Web.Ledgers;
using ConsultHub.Web.Limits;
using ConsultHub.Web.Live;
using ConsultHub.Web.Mail;
using ConsultHub.Web.Networks;
using ConsultHub.Web.Programmes;
using ConsultHub.Web.Records;
using ConsultHub.Web.Research;
using ConsultHub.Web.Rostering;
using ConsultHub.Web.Scorecards;
using OpenTelemetry.Metrics;

PrivateFiles.Begin();
if (args is [SlideReader.Command, var slides])
    return SlideReader.Run(slides, SlideReading.Patience);
if (RecoverCommand.Knows(args))
    return await RecoverCommand.RunAsync(args);
var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
if (string.IsNullOrEmpty(builder.Configuration["urls"]))
    builder.WebHost.UseUrls("http://localhost:5080");
builder.WebHost.ConfigureKestrel(kestrel => (kestrel.AddServerHeader, kestrel.Limits.MaxRequestBodySize) = (false, 1 << 20));

// When a node dies, all its browsers connect to another node at once. If the listen queue is full, the client's operating system tries
// again after 1, 3, 7 and 15 s. Therefore the queue is long. The server's operating system limits it to net.core.somaxconn.
builder.WebHost.UseSockets(sockets => sockets.Backlog = 1 << 12);

builder.AddHubTelemetry(metrics => metrics.AddPrometheusExporter());

// The silo, or this node's connection to the silos, starts before the web server, so that grains can answer the first request.
if (SiloHosting.IsCluster(builder.Configuration))
    builder.AddHubClient();
else
    builder.AddHubSilo();
builder.AddDemo();
builder.Services.AddWebBasics();
builder.Services.AddLimits();
builder.Services.AddDescription();
builder.Services.AddDraining();
builder.Services.AddLive();
builder.Services.AddAccounts();
builder.Services.AddMail();
builder.Services.AddAudit();
builder.Services.AddOidc(builder.Configuration);
builder.Services.AddDemoAccounts();
builder.Services.AddRecords();
builder.Services.AddNetworks();
builder.Services.AddHospitals();
builder.Services.AddConsultants();
builder.Services.AddResearch();
builder.Services.AddRosters();
builder.Services.AddScorecards();
builder.Services.AddLedgers();
builder.Services.AddInboxes();
builder.Services.AddConferences();
builder.Services.AddLectures();
builder.Services.AddLectureMedia();
builder.Services.AddAttendance();
builder.Services.AddCertificates();
builder.Services.AddProgrammes();

var app = builder.Build();
app.UseWebBasics();
app.MapOpenApi("/openapi/{documentName}.json").Requires(Access.Anybody);
app.MapHealth();
app.MapOperations();
app.MapAccounts();
app.MapMail();
app.MapAudit();
app.MapRecords();
app.MapNetworks();
app.MapHospitals();
app.MapConsultants();
app.MapResearch();
app.MapRosters();
app.MapScorecards();
app.MapLedgers();
app.MapInboxes();
app.MapConferences();
app.MapLectures();
app.MapFeeds();
app.MapPublic();
app.MapAttendance();
app.MapCertificates();
app.MapProgrammes();
app.MapDemo();
app.MapLive();
app.MapLectureMedia();
app.MapClient();

if (args is ["openapi", ..])
{
    await app.PrintDescriptionAsync(args.ElementAtOrDefault(1));
    return 0;
}
if (ListeningAddresses.FaultOf(app.Configuration) is { } fault)
{
    await Console.Error.WriteLineAsync(fault);
    return 1;
}
app.AnnounceStart();
app.AnnounceDemo();
return await app.RunHubAsync();

/// <summary>This class is public, so that tests can host the program.</summary>
public partial class Program;
