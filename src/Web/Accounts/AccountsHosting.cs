using ConsultHub.Web.Accounts.Oidc;
using ConsultHub.Web.Records;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;

namespace ConsultHub.Web.Accounts;

public static class AccountsHosting
{
    public static IServiceCollection AddAccounts(this IServiceCollection services)
    {
        services
            .AddOptions<SignInOptions>()
            .BindConfiguration("Hub:SignIn")
            .Validate(
                o => o.IsValid,
                "Hub:SignIn is not valid: Idle, Longest (at most 90 days and not below Idle) and FactorLasts must be above zero, FactorFor "
                    + "must be none or a list of roles, DeviceLongest at most 400 days, "
                    + "and both limits of self-registrations at most 1000000."
            )
            .ValidateOnStart();
        services
            .AddIdentityCore<HubUser>()
            .AddUserStore<AccountStore>()
            .AddTokenProvider<AuthenticatorTokenProvider<HubUser>>(TokenOptions.DefaultAuthenticatorProvider);
        services
            .AddOptions<IdentityPasskeyOptions>()
            .Configure<PasskeySite>(
                (passkeys, site) =>
                {
                    passkeys.ServerDomain = site.Domain ?? "";
                    passkeys.ValidateOrigin = asked => ValueTask.FromResult(!asked.CrossOrigin && site.Allows(asked.Origin));
                    (passkeys.UserVerificationRequirement, passkeys.ResidentKeyRequirement) = ("required", "required");
                    (passkeys.AttestationConveyancePreference, passkeys.AuthenticatorTimeout) = ("none", PasskeyChallenges.Lasts);
                }
            );
        services.Configure<PasswordHasherOptions>(hasher => hasher.IterationCount = 210_000); // for PBKDF2 with HMAC-SHA512
        services
            .AddAuthentication(schemes =>
            {
                schemes.DefaultScheme = TokenAuthentication.CookieOrToken;
                schemes.DefaultSignInScheme = schemes.DefaultSignOutScheme = CookieAuthenticationDefaults.AuthenticationScheme;
            })
            .AddPolicyScheme(
                TokenAuthentication.CookieOrToken,
                null,
                either => either.ForwardDefaultSelector = TokenAuthentication.SchemeOf
            )
            .AddScheme<AuthenticationSchemeOptions, TokenAuthentication>(TokenAuthentication.Name, null);
        services.AddScoped<AccountStore>().AddScoped<Passwords>();
        services.AddScoped<IPasskeyHandler<HubUser>, PasskeyHandler<HubUser>>().AddScoped<Passkeys>();
        services.AddSingleton<PasskeySite>().AddSingleton<PasskeyChallenges>();
        services.AddSingleton<TokenUses>().AddSingleton<RegistrationLimit>();
        services.AddTables(PeopleTable.Table);
        services.AddSingleton<GraveNotices>().AddSingleton<OwnerMails>().AddSingleton<FreshFactor>();
        services.AddSingleton<WrongTries>().AddSingleton<ThingScopes>().AddSingleton<SignIns>();
        services.AddSingleton<AccessBook>().AddHostedService(provider => provider.GetRequiredService<AccessBook>());
        return services.AddHostedService<SignInWatch>().AddHostedService<FirstAccount>();
    }

    public static void MapAccounts(this IEndpointRouteBuilder app)
    {
        app.MapSession();
        app.MapReset();
        app.MapMe();
        app.MapPasskeys();
        app.MapTokens();
        app.MapDevices();
        app.MapGuests();
        app.MapRegistrations();
        app.MapLinks();
        app.MapPeople();
        app.MapRoles();
        app.MapOidc();
    }
}
