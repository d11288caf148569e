using ConsultHub.Accounts;
using ConsultHub.Audit;
using ConsultHub.Web.Audit;
using ConsultHub.Web.Limits;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.Extensions.Options;

namespace ConsultHub.Web.Accounts;

/// <summary>Begins and ends sign-ins. A sign-in is kept by the person's account. The cookie only names it.</summary>
internal sealed class SignIns(IGrainFactory grains, AuditTrail trail, IOptions<SignInOptions> options, TimeProvider clock)
{
    private const int LongestDevice = 200;

    /// <summary>Signs a person in. An earlier sign-in of the same browser ends.</summary>
    /// <param name="external">The provider by which the person signs in.</param>
    /// <param name="factorAt">When the person gave the second factor, if not just now.</param>
    public async Task BeginAsync(
        HttpContext http,
        PersonId person,
        bool factor,
        bool demo,
        ExternalSignIn? external = null,
        DateTimeOffset? factorAt = null
    )
    {
        await EndOwnAsync(http);
        var now = clock.GetUtcNow();
        var signIn = new SignIn(
            Guid.NewGuid(),
            now,
            DeviceOf(http),
            HubLimits.Address(http),
            now,
            now + options.Value.Longest,
            factor ? factorAt ?? now : null,
            demo,
            external
        );
        await Account(person).BeginAsync(signIn);
        await SetCookieAsync(http, new(person, signIn.Id, signIn.Until, signIn.FactorAt, demo, external?.Issuer));
        trail.Add(
            http,
            AuditKinds.SignedIn,
            demo ? "demo"
                : external is not null ? "provider"
                : factor ? "factor"
                : "password",
            person
        );
    }

    /// <summary>Notes that the person has given a second factor again.</summary>
    public async Task<bool> RenewFactorAsync(HttpContext http, SignInTicket ticket)
    {
        var now = clock.GetUtcNow();
        if (!await Account(ticket.Person).TouchAsync(ticket.SignIn, now))
            return false;
        await SetCookieAsync(http, ticket with { FactorAt = now });
        return true;
    }

    /// <summary>Notes that a sign-in is in use.</summary>
    public Task TouchAsync(SignInTicket ticket) => Account(ticket.Person).TouchAsync(ticket.SignIn, null);

    /// <summary>Signs the person of a request out.</summary>
    public async Task EndAsync(HttpContext http)
    {
        await EndOwnAsync(http);
        await http.SignOutAsync();
        if (SignInTicket.From(http.User) is not null)
            trail.Add(http, AuditKinds.SignedOut, "sign-out");
    }

    private async Task EndOwnAsync(HttpContext http)
    {
        if (SignInTicket.From(http.User) is { } ticket)
            await Account(ticket.Person).EndAsync(new(ticket.Person, Role.System), ticket.SignIn, null);
    }

    private IAccountGrain Account(PersonId person) => grains.GetGrain<IAccountGrain>(person.Value);

    private static Task SetCookieAsync(HttpContext http, SignInTicket ticket) =>
        http.SignInAsync(
            ticket.ToPrincipal(CookieAuthenticationDefaults.AuthenticationScheme),
            new AuthenticationProperties { IsPersistent = true }
        );

    internal static string DeviceOf(HttpContext http)
    {
        var said = http.Request.Headers.UserAgent.ToString();
        return new string([.. said.Where(c => !char.IsControl(c)).Take(LongestDevice)]);
    }
}
