using System.Net;
using ConsultHub.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ConsultHub.Tests.Hosting;

/// <summary>The hub inside the test's process, empty and without the demo, for what cannot be seen from outside.</summary>
public sealed class InProcessHub : WebApplicationFactory<Program>
{
    /// <summary>Goes with the hub.</summary>
    public string DataPath { get; init; } = Directory.CreateTempSubdirectory("hub-web-").FullName;

    /// <summary>The tests are one address, and few people do all of their work.</summary>
    public string LimitsTimes { get; init; } = "1000";

    /// <summary>Further settings.</summary>
    public Action<IWebHostBuilder>? With { get; init; }

    /// <summary>The setting of that name.</summary>
    public string? PublicUrl { get; init; }

    /// <summary>The clock that authorities live by; the system's unless given. Where it is given, one person does in a minute what people
    /// do in days, so that no limit of that kind holds.</summary>
    public TimeProvider? Clock { get; init; }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseSetting("urls", "http://127.0.0.1:0"); // nothing listens here
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

    /// <summary>The cookie that somebody would have who had signed in.</summary>
    public string CookieOf(Viewer viewer)
    {
        const string scheme = CookieAuthenticationDefaults.AuthenticationScheme;
        var options = Services.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>().Get(scheme);
        return $"{options.Cookie.Name}={options.TicketDataFormat.Protect(new AuthenticationTicket(viewer.ToPrincipal(scheme), scheme))}";
    }

    /// <summary>Sends a request as if it came from an address.</summary>
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

    /// <summary>There is no wire here, so whoever asks comes from nowhere unless a test says from where.</summary>
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
