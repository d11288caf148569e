using ConsultHub.Accounts;
using ConsultHub.Audit;
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
    /// <param name="secrets">The version of the secrets that proved who the person is. Null if they proved nothing.</param>
    /// <param name="external">The provider by which the person signs in.</param>
    /// <param name="factorAt">When the person gave the second factor, if not just now.</param>
    /// <param name="passkey">Whether the person signs in with a passkey, which is a password and a second factor at once.</param>
    /// <returns>False if the secrets have changed meanwhile. Then nothing changes.</returns>
    public async Task<bool> BeginAsync(
        HttpContext http,
        PersonId person,
        long? secrets,
        bool factor,
        bool demo,
        ExternalSignIn? external = null,
        DateTimeOffset? factorAt = null,
        bool passkey = false
    )
    {
        var now = clock.GetUtcNow();
        var signIn = New(http, now, now + options.Value.Longest) with
        {
            FactorAt = factor ? factorAt ?? now : null,
            Demo = demo,
            External = external,
        };
        if (!await Account(person).BeginAsync(signIn, secrets))
            return false;
        await EndOwnAsync(http);
        await SetCookieAsync(http, new(person, signIn.Id, signIn.Until, signIn.FactorAt, demo, external?.Issuer));
        trail.Add(
            http,
            AuditKinds.SignedIn,
            passkey ? "passkey"
                : demo ? "demo"
                : external is not null ? "provider"
                : factor ? "factor"
                : "password",
            person
        );
        return true;
    }

    /// <summary>
    /// Signs a device or a guest in with a link. An earlier sign-in of the same browser ends. Devices stay signed in without use.
    /// </summary>
    /// <returns>The link. Null if it is not valid.</returns>
    public async Task<AccountLink?> EnterAsync(HttpContext http, Account account, string hash, LinkKind kind)
    {
        var now = clock.GetUtcNow();
        var until = now + (kind == LinkKind.Device ? options.Value.DeviceLongest : options.Value.Longest);
        if (
            account.Grants.Select(g => g.Until ?? DateTimeOffset.MaxValue).DefaultIfEmpty(DateTimeOffset.MaxValue).Max() is var over
            && over < until
        )
            until = over;
        var signIn = New(http, now, until);
        if (await Account(account.Person).EnterAsync(hash, kind, signIn) is not { } link)
            return null;
        await EndOwnAsync(http);
        var ticket = new SignInTicket(account.Person, signIn.Id, until, null, false);
        if (kind == LinkKind.Device)
            await SetCookieAsync(
                http,
                ticket,
                new()
                {
                    IsPersistent = true,
                    ExpiresUtc = until,
                    AllowRefresh = false,
                }
            );
        else
            await SetCookieAsync(http, ticket);
        trail.Add(http, AuditKinds.SignedIn, kind == LinkKind.Device ? "device" : "guest", account.Person);
        return link;
    }

    private static SignIn New(HttpContext http, DateTimeOffset now, DateTimeOffset until) =>
        new(Guid.NewGuid(), now, DeviceOf(http), HubLimits.Address(http), now, until, null, false);

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

    private static Task SetCookieAsync(HttpContext http, SignInTicket ticket, AuthenticationProperties? properties = null) =>
        http.SignInAsync(
            ticket.ToPrincipal(CookieAuthenticationDefaults.AuthenticationScheme),
            properties ?? new AuthenticationProperties { IsPersistent = true }
        );

    internal static string DeviceOf(HttpContext http)
    {
        var said = http.Request.Headers.UserAgent.ToString();
        return new string([.. said.Where(c => !char.IsControl(c)).Take(LongestDevice)]);
    }
}
