using ConsultHub.Accounts;
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
using ConsultHub.Web.Networks;
using ConsultHub.Web.Rostering;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

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

    public static async Task<BenchWeb> StartAsync(string folder)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration["Hub:DataPath"] = folder;
        builder.Configuration["Hub:Demo:Enabled"] = "false";
        builder.Configuration["Hub:Limits:Times"] = "1000";
        builder.Logging.ClearProviders();
        builder.Logging.AddConsole().SetMinimumLevel(LogLevel.Error);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.AddHubSilo();
        builder.Services.AddWebBasics();
        builder.Services.AddLimits();
        builder.Services.AddDraining();
        builder.Services.AddLive();
        builder.Services.AddAccounts();
        builder.Services.AddAudit();
        builder.Services.AddOidc(builder.Configuration);
        builder.Services.AddDemoAccounts();
        builder.Services.AddConsultants();
        builder.Services.AddRosters();
        builder.Services.AddInboxes();
        builder.Services.AddConferences();
        builder.Services.AddLectures();
        builder.Services.AddLectureMedia();
        var app = builder.Build();
        app.UseWebBasics();
        app.MapLive();
        app.MapHub<PlainHub>("/plain").Requires(Access.Anybody);
        app.MapAccounts();
        app.MapNetworks();
        app.MapHospitals();
        app.MapConsultants();
        app.MapRosters();
        app.MapInboxes();
        app.MapConferences();
        app.MapClient();
        app.MapGet(
                "/sign-in",
                (HttpContext http) =>
                    http.SignInAsync(
                        new SignInTicket(
                            Roster.BenchNetwork.Coordinator.Person,
                            Guid.NewGuid(),
                            DateTimeOffset.UtcNow.AddDays(1),
                            DateTimeOffset.UtcNow,
                            false
                        ).ToPrincipal(CookieAuthenticationDefaults.AuthenticationScheme)
                    )
            )
            .Requires(Access.Anybody);
        await app.StartAsync();
        await OpenAccountAsync(app);
        return new(app);
    }

    private static async Task OpenAccountAsync(WebApplication app)
    {
        var person = Roster.BenchNetwork.Coordinator.Person;
        var scope = new GrantScope { Network = Roster.BenchNetwork.Id };
        var open = new OpenAccount
        {
            CommandId = Guid.NewGuid(),
            Person = person,
            UserName = person.Value,
            Name = new(person.Value),
            Grants = [new Grant(Guid.NewGuid(), Role.Coordinator, scope, DateTimeOffset.UnixEpoch, null, person)],
        };
        await app.Services.GetRequiredService<IGrainFactory>().GetGrain<IAccessGrain>("hub").DecideAsync(Actor.System, open);
    }

    /// <summary>A coordinator's cookie.</summary>
    public async Task<string> SignInAsync()
    {
        using var http = new HttpClient(new HttpClientHandler { UseCookies = false });
        using var answer = await http.GetAsync(new Uri(Address, "sign-in"));
        return answer.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
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

    public async Task Join()
    {
        await Groups.AddToGroupAsync(Context.ConnectionId, Group);
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
