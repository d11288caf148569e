using System.Net;
using ConsultHub.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace ConsultHub.Tests.Hosting;

/// <summary>The hub inside the test's process, empty and without the demo, for what cannot be seen from outside.</summary>
public sealed class InProcessHub : WebApplicationFactory<Program>
{
    /// <summary>Goes with the hub.</summary>
    public string DataPath { get; init; } = Directory.CreateTempSubdirectory("hub-web-").FullName;

    /// <summary>The setting of that name.</summary>
    public string? PublicUrl { get; init; }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseSetting("Hub:DataPath", DataPath);
        builder.UseSetting("Hub:Demo:Enabled", "false");
        if (PublicUrl is not null) builder.UseSetting("Hub:PublicUrl", PublicUrl);
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
            (http.Request.Method, http.Request.Path, http.Request.Host, http.Connection.RemoteIpAddress) = (method, path, new("localhost"), from);
            http.Request.Headers["X-Hub"] = "1";
            http.Request.ContentType = "application/json";
        });
        return context.Response.StatusCode;
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        Directory.Delete(DataPath, recursive: true);
    }
}
