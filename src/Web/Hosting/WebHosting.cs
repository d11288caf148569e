using System.IO.Compression;
using ConsultHub.Silo;
using ConsultHub.Storage;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.Options;

namespace ConsultHub.Web.Hosting;

/// <summary>
/// Sets up what applies to every request: compression, headers, the sign-in cookie, access rules and the browser client's files.
/// </summary>
public static class WebHosting
{
    /// <summary>Some browsers do not apply <c>'self'</c> to WebSockets, so the policy also names this host's sockets.</summary>
    private static string ContentSecurity(HostString host) =>
        $"default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; "
        + "style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
        + $"connect-src 'self'{SocketsOf(host)}; media-src 'self' blob:; "
        + "frame-ancestors 'none'; base-uri 'none'; form-action 'self'";

    private static string SocketsOf(HostString host) =>
        Uri.CheckHostName(host.Host) == UriHostNameType.Unknown ? "" : $" ws://{host.Value} wss://{host.Value}";

    public static IServiceCollection AddWebBasics(this IServiceCollection services)
    {
        services.ConfigureHttpJsonOptions(json => HubJson.Configure(json.SerializerOptions));
        services.AddProblems();
        services.AddSingleton(TimeProvider.System);
        services.AddResponseCompression(options =>
        {
            options.Providers.Add<BrotliCompressionProvider>();
            options.Providers.Add<GzipCompressionProvider>();
        });
        services.Configure<BrotliCompressionProviderOptions>(options => options.Level = CompressionLevel.Optimal);
        services.AddDataProtection().SetApplicationName("consult-hub");
        services
            .AddOptions<KeyManagementOptions>()
            .Configure<IOptions<HubOptions>, IServiceProvider>(
                (keys, hub, provider) =>
                    keys.XmlRepository = hub.Value.Cluster.IsPostgresql
                        ? new SharedKeys(provider.GetRequiredService<Npgsql.NpgsqlDataSource>())
                        : new FileSystemXmlRepository(KeysIn(hub.Value.DataPath), provider.GetRequiredService<ILoggerFactory>())
            );
        services
            .AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme)
            .AddCookie(cookie =>
            {
                cookie.Cookie.Name = "hub";
                cookie.Cookie.SameSite = SameSiteMode.Lax;
                cookie.Cookie.HttpOnly = true;
                cookie.Events.OnRedirectToLogin = context => Answer(context.HttpContext, 401);
                cookie.Events.OnRedirectToAccessDenied = context => Answer(context.HttpContext, 403);
            });
        services
            .AddOptions<CookieAuthenticationOptions>(CookieAuthenticationDefaults.AuthenticationScheme)
            .Configure<IOptions<SignInOptions>>((cookie, signIn) => cookie.ExpireTimeSpan = signIn.Value.Idle);
        return services;
    }

    private static DirectoryInfo KeysIn(string dataPath)
    {
        PrivateFiles.MakeDataPath(dataPath);
        return OperatingSystem.IsWindows()
            ? Directory.CreateDirectory(Path.Combine(dataPath, "keys"))
            : Directory.CreateDirectory(Path.Combine(dataPath, "keys"), PrivateFiles.Folder);
    }

    private static Task Answer(HttpContext http, int status)
    {
        http.Response.StatusCode = status;
        return Task.CompletedTask;
    }

    public static void UseWebBasics(this WebApplication app)
    {
        app.UseResponseCompression();
        app.Use(
            (context, next) =>
            {
                var headers = context.Response.Headers;
                headers.ContentSecurityPolicy = ContentSecurity(context.Request.Host);
                headers.XContentTypeOptions = "nosniff";
                headers.XFrameOptions = "DENY";
                headers["Referrer-Policy"] = "same-origin";
                if (context.Request.Path.StartsWithSegments("/api"))
                    headers.CacheControl = "no-store";
                return next(context);
            }
        );
        app.UseProblems();
        app.UseDraining();
        app.UseClientFiles();
        app.UseRouting();
        app.UseAuthentication();
        app.UseRateLimiter(); // before the next two steps, so that requests that these refuse count too
        app.Use(AskForHeaderAsync);
        app.UseAccess();
    }

    /// <summary>
    /// Requires the header X-Hub for requests under /api that change something. Pages of other sites can make a browser send the cookie,
    /// but not this header. Signing in needs no cookie, so it is exempt. So are endpoints for other servers, and requests that are judged
    /// by a token and not by a cookie.
    /// </summary>
    private static async Task AskForHeaderAsync(HttpContext context, RequestDelegate next)
    {
        var request = context.Request;
        var safe = HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method);
        if (
            safe
            || !request.Path.StartsWithSegments("/api")
            || (HttpMethods.IsPost(request.Method) && request.Path.Equals("/api/session"))
            || request.Headers.ContainsKey("X-Hub")
            || SignInTicket.From(context.User) is { Token: not null }
            || context.GetEndpoint()?.Metadata.GetMetadata<NeedsNoHeader>() is not null
        )
            await next(context);
        else
            await Problems
                .Of(RequestCodes.HeaderMissing, "Requests that change something carry the header X-Hub: 1.", "X-Hub")
                .ExecuteAsync(context);
    }

    /// <summary>Marks an endpoint that ignores the cookie, so that requests to it need no X-Hub header.</summary>
    internal sealed class NeedsNoHeader;

    /// <summary>
    /// Answers unknown addresses under /api with a problem. Other unknown addresses get the client, which has its own routes, unless they
    /// end in a file name.
    /// </summary>
    public static void MapClient(this WebApplication app)
    {
        // This answers only GET and HEAD, as the client's pages do. With other methods it would also catch requests with a wrong method or
        // content type, and answer 404 instead of 405 or 415.
        app.MapFallback("/api/{**rest}", () => TypedResults.NotFound())
            .WithMetadata(new HttpMethodMetadata(["GET", "HEAD"]))
            .Requires(Access.Anybody)
            .ExcludeFromDescription();
        if (app.Environment.WebRootFileProvider.GetFileInfo("index.html").Exists)
            app.MapFallbackToFile("index.html").Requires(Access.Anybody);
    }
}
