using ConsultHub.Web.Hosting;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace ConsultHub.Web.Accounts.Oidc;

public static class OidcHosting
{
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(2),
        Patience = TimeSpan.FromSeconds(10);

    public static IServiceCollection AddOidc(this IServiceCollection services, IConfiguration configuration)
    {
        const string section = "Hub:Oidc";
        var settings = configuration.GetSection(section).Get<OidcOptions>() ?? new();
        services
            .AddOptions<OidcOptions>()
            .BindConfiguration(section)
            .Validate(o => o.Fault() is null, $"{section} is not valid. {settings.Fault()}")
            .ValidateOnStart();
        services.AddSingleton<OidcClient>().AddSingleton<OidcSecrets>().AddSingleton<OidcSignIn>().AddHostedService<OidcChecks>();
        var schemes = services.AddAuthentication();
        if (settings.Fault() is null)
            foreach (var provider in settings.Providers)
                schemes.AddOpenIdConnect(provider.Scheme, options => Set(options, provider));
        return services;
    }

    private static void Set(OpenIdConnectOptions options, OidcProvider provider)
    {
        options.Authority = provider.Authority;
        options.ClientId = provider.ClientId;
        options.ClientSecret = provider.ClientSecret.Length == 0 ? null : provider.ClientSecret;
        options.RequireHttpsMetadata = !new Uri(provider.Authority).IsLoopback;
        options.ResponseType = OpenIdConnectResponseType.Code;
        options.ResponseMode = OpenIdConnectResponseMode.Query; // so that the cookies below can be same-site
        options.UsePkce = true;
        options.Prompt = provider.Prompt;
        options.Scope.Clear();
        foreach (var scope in OidcProvider.Split(provider.Scopes))
            options.Scope.Add(scope);
        options.CallbackPath = provider.Callback;
        // Signing out goes through the hub's own addresses.
        (options.RemoteSignOutPath, options.SignedOutCallbackPath) = (PathString.Empty, PathString.Empty);
        options.SaveTokens = true; // for the event below only: no cookie is made of them
        options.MapInboundClaims = false;
        options.BackchannelTimeout = Patience;
        options.BackchannelHttpHandler = new SocketsHttpHandler { AllowAutoRedirect = false }; // a redirect could lead tokens elsewhere
        options.RemoteAuthenticationTimeout = OidcSecrets.Lasts;
        options.ProtocolValidator.NonceLifetime = OidcSecrets.Lasts;
        foreach (var cookie in (CookieBuilder[])[options.CorrelationCookie, options.NonceCookie])
            (cookie.SameSite, cookie.SecurePolicy) = (SameSiteMode.Lax, CookieSecurePolicy.SameAsRequest);
        var tokens = options.TokenValidationParameters;
        tokens.ClockSkew = Skew;
        tokens.ValidAlgorithms = OidcClient.Algorithms;
        tokens.ValidAudience = provider.ClientId;
        // The framework would also accept the name that the provider's description contains. Then one provider could speak for another.
        tokens.IssuerValidator = (issuer, _, _) =>
            issuer.TrimEnd('/') == provider.Issuer
                ? issuer
                : throw new SecurityTokenInvalidIssuerException("The token names another issuer than the settings.");
        options.Events = new OpenIdConnectEvents
        {
            OnRedirectToIdentityProvider = context =>
            {
                context.ProtocolMessage.RedirectUri = PublicAddress.Of(context.HttpContext).ToString().TrimEnd('/') + provider.Callback;
                return Task.CompletedTask;
            },
            OnMessageReceived = context =>
            {
                if (context.ProtocolMessage.Iss is { } issuer && issuer.TrimEnd('/') != provider.Issuer)
                    context.Fail("The answer names another issuer than the settings.");
                return Task.CompletedTask;
            },
            OnTicketReceived = context => SignIn(context.HttpContext).ReturnAsync(context, provider),
            OnRemoteFailure = context => SignIn(context.HttpContext).FailAsync(context, provider),
        };
    }

    private static OidcSignIn SignIn(HttpContext http) => http.RequestServices.GetRequiredService<OidcSignIn>();
}
