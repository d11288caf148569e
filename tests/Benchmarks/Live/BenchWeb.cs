using ConsultHub.Accounts;
using ConsultHub.Benchmarks.Accounts;
using ConsultHub.Silo;
using ConsultHub.Web;
using ConsultHub.Web.Accounts;
using ConsultHub.Web.Accounts.Oidc;
using ConsultHub.Web.Audit;
using ConsultHub.Web.Conferences;
using ConsultHub.Web.Consultants;
using ConsultHub.Web.Demo;
using ConsultHub.Web.Hospitals;
using ConsultHub.Web.Hosting;
using ConsultHub.Web.Inboxes;
using ConsultHub.Web.Lectures;
using ConsultHub.Web.Limits;
using ConsultHub.Web.Live;
using ConsultHub.Web.Mail;
using ConsultHub.Web.Networks;
using ConsultHub.Web.Programmes;
using ConsultHub.Web.Records;
using ConsultHub.Web.Research;
using ConsultHub.Web.Rostering;
using ConsultHub.Web.Scorecards;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ConsultHub.Benchmarks.Live;

/// <summary>
/// The hub with its web part on a temporary folder. Beside it runs a plain SignalR hub that broadcasts to a group, for comparison.
/// </summary>
internal sealed class BenchWeb : IAsyncDisposable
{
    private readonly WebApplication _app;

    private BenchWeb(WebApplication app) => _app = app;

    public IGrainFactory Grains => _app.Services.GetRequiredService<IGrainFactory>();

    public IHubContext<PlainHub> Plain => _app.Services.GetRequiredService<IHubContext<PlainHub>>();

    public Uri Address => new(_app.Urls.First());

    /// <param name="calls">Counts the calls of grains. Null if the calls are not counted.</param>
    public static async Task<BenchWeb> StartAsync(string folder, GrainCalls? calls = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration["Hub:DataPath"] = folder;
        builder.Configuration["Hub:Demo:Enabled"] = "false";
        builder.Configuration["Hub:Limits:Times"] = "1000";
        builder.Logging.ClearProviders();
        builder.Logging.AddConsole().SetMinimumLevel(LogLevel.Error);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.AddHubSilo();
        if (calls is not null)
            builder.Services.AddSingleton<IIncomingGrainCallFilter>(calls);
        builder.Services.AddWebBasics();
        builder.Services.AddLimits();
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
        builder.Services.AddRosters();
        builder.Services.AddScorecards();
        builder.Services.AddProgrammes();
        builder.Services.AddResearch();
        builder.Services.AddInboxes();
        builder.Services.AddConferences();
        builder.Services.AddLectures();
        builder.Services.AddLectureMedia();
        var app = builder.Build();
        app.UseWebBasics();
        app.MapScorecards();
        app.MapProgrammes();
        app.MapResearch();
        app.MapLive();
        app.MapHub<PlainHub>("/plain").Requires(Access.Anybody);
        app.MapAccounts();
        app.MapRecords();
        app.MapNetworks();
        app.MapHospitals();
        app.MapConsultants();
        app.MapRosters();
        app.MapInboxes();
        app.MapConferences();
        app.MapClient();
        await app.StartAsync();
        var web = new BenchWeb(app);
        await web.OpenAccountAsync(Roster.BenchNetwork.Coordinator.Person);
        return web;
    }

    /// <summary>Opens the account of a coordinator of the network.</summary>
    public async Task OpenAccountAsync(PersonId person)
    {
        var scope = new GrantScope { Network = Roster.BenchNetwork.Id };
        var open = new OpenAccount
        {
            CommandId = Guid.NewGuid(),
            Person = person,
            UserName = person.Value,
            Name = new(person.Value),
            Grants = [new Grant(Guid.NewGuid(), Role.Coordinator, scope, DateTimeOffset.UnixEpoch, null, person)],
        };
        var reply = await Grains.GetGrain<IAccessGrain>("hub").DecideAsync(Actor.System, open);
        if (reply.Refusal is { } refusal)
            throw new InvalidOperationException(refusal.Message);
    }

    /// <summary>The cookie of a sign-in that lasts for a day.</summary>
    public string CookieOf(PersonId person, Guid signIn)
    {
        const string scheme = CookieAuthenticationDefaults.AuthenticationScheme;
        var options = _app.Services.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>().Get(scheme);
        var ticket = new SignInTicket(person, signIn, DateTimeOffset.UtcNow.AddDays(1), DateTimeOffset.UtcNow, false);
        return $"{options.Cookie.Name}={options.TicketDataFormat.Protect(new AuthenticationTicket(ticket.ToPrincipal(scheme), scheme))}";
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}

/// <summary>The plain SignalR hub that is compared with the hub's topics.</summary>
internal sealed class PlainHub : Hub
{
    public const string Group = "board";

    /// <summary>Joins the group of all watchers, and a group with the name that the query gives.</summary>
    public async Task Join()
    {
        await Groups.AddToGroupAsync(Context.ConnectionId, Group);
        await Groups.AddToGroupAsync(Context.ConnectionId, Context.GetHttpContext()!.Request.Query["one"].ToString());
        await Clients.Caller.SendAsync(
            "Frame",
            new
            {
                kind = "delta",
                position = LiveBenchmark.Position,
                items = new[] { new { key = "first", version = 1 } },
                last = true,
            }
        );
    }
}
