using System.Collections.Concurrent;
using System.Net;
using ConsultHub.Accounts;
using ConsultHub.Web;
using ConsultHub.Web.Directories;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ConsultHub.Tests.Fixtures;

/// <summary>An empty hub without the demo inside the test process, for tests that look inside the hub.</summary>
public sealed class InProcessHub : WebApplicationFactory<Program>
{
    /// <summary>The data folder, which is deleted together with the hub.</summary>
    public string DataPath { get; init; } = Directory.CreateTempSubdirectory("hub-web-").FullName;

    /// <summary>The factor on all limits. It is high because the tests share one address and a few people.</summary>
    public string LimitsTimes { get; init; } = "1000";

    /// <summary>Further settings.</summary>
    public Action<IWebHostBuilder>? With { get; init; }

    /// <summary>The setting <c>Hub:PublicUrl</c>, or null to leave it out.</summary>
    public string? PublicUrl { get; init; }

    /// <summary>
    /// The clock of the authorities, or null for the system's clock. With another clock one person does in a minute what people do in days,
    /// so the limits are always raised.
    /// </summary>
    public TimeProvider? Clock { get; init; }

    private readonly ConcurrentDictionary<PersonId, Task> _opened = new();
    private readonly ConcurrentDictionary<Member, Task<string>> _cookies = new();

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseSetting("urls", "http://127.0.0.1:0"); // the test server opens no port
        builder.UseSetting("Hub:DataPath", DataPath);
        builder.UseSetting("Hub:Demo:Enabled", "false");
        builder.UseSetting("Hub:Limits:Times", LimitsTimes);
        if (PublicUrl is not null)
            builder.UseSetting("Hub:PublicUrl", PublicUrl);
        builder.ConfigureServices(services => services.AddSingleton<IStartupFilter, FromThisMachine>());
        With?.Invoke(builder);
        if (Clock is null)
            return;
        builder.UseSetting("Hub:Limits:Times", "1000");
        builder.ConfigureLogging(log => log.ClearProviders());
        builder.ConfigureServices(services =>
            services.Replace(ServiceDescriptor.Singleton(provider => WithClock.Authorities(provider, Clock)))
        );
    }

    /// <summary>
    /// Signs a person in, with a second factor, and returns the cookie. The account is opened before the first time.
    /// </summary>
    /// <param name="again">Whether to make a new sign-in, although the person has one.</param>
    public string CookieOf(Member member, bool again = false) =>
        (again ? SignInAsync(member) : _cookies.GetOrAdd(member, SignInAsync)).GetAwaiter().GetResult();

    private async Task<string> SignInAsync(Member member)
    {
        await _opened.GetOrAdd(member.Person, _ => OpenAsync(member));
        var now = Services.GetRequiredService<TimeProvider>().GetUtcNow();
        var signIn = new SignIn(Guid.NewGuid(), now, "Test", "127.0.0.1", now, now.AddDays(1), now, false);
        await Services.GetRequiredService<IGrainFactory>().GetGrain<IAccountGrain>(member.Person.Value).BeginAsync(signIn, null);
        const string scheme = CookieAuthenticationDefaults.AuthenticationScheme;
        var options = Services.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>().Get(scheme);
        var ticket = new SignInTicket(member.Person, signIn.Id, signIn.Until, now, false);
        return $"{options.Cookie.Name}={options.TicketDataFormat.Protect(new AuthenticationTicket(ticket.ToPrincipal(scheme), scheme))}";
    }

    private async Task OpenAsync(Member member)
    {
        var grains = Services.GetRequiredService<IGrainFactory>();
        var open = new OpenAccount
        {
            CommandId = Guid.NewGuid(),
            Person = member.Person,
            UserName = member.Person.Value,
            Name = await grains.NameOfAsync(member.Person) ?? new(member.Person.Value),
            Grants = [new Grant(Guid.NewGuid(), member.Role, member.Scope, DateTimeOffset.UnixEpoch, null, member.Person)],
        };
        var reply = await grains.GetGrain<IAccessGrain>("hub").DecideAsync(Actor.System, open);
        Assert.Null(reply.Code is "account.exists" ? null : reply.Message);
        await Services.GetRequiredService<AccessBook>().CatchUpAsync();
    }

    /// <summary>Sends a request as if it came from the given address.</summary>
    public async Task<int> SendFromAsync(IPAddress from, string method, string path)
    {
        var context = await Server.SendAsync(http =>
        {
            (http.Request.Method, http.Request.Path, http.Request.Host, http.Connection.RemoteIpAddress) = (
                method,
                path,
                new("localhost"),
                from
            );
            http.Request.Headers["X-Hub"] = "1";
            http.Request.ContentType = "application/json";
        });
        return context.Response.StatusCode;
    }

    /// <summary>The test server has no network, so a request comes from loopback unless a test sets another address.</summary>
    private sealed class FromThisMachine : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) =>
            app =>
            {
                app.Use(
                    (http, then) =>
                    {
                        http.Connection.RemoteIpAddress ??= IPAddress.Loopback;
                        return then(http);
                    }
                );
                next(app);
            };
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        Directory.Delete(DataPath, recursive: true);
    }
}
