using System.Collections.Immutable;
using ConsultHub.Accounts;
using ConsultHub.Audit;
using ConsultHub.Journal;
using ConsultHub.Web.Hosting;
using ConsultHub.Web.Limits;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace ConsultHub.Web.Accounts.Oidc;

/// <summary>
/// What happens when a person leaves for a provider and comes back. Nothing of the provider goes into the hub's cookie. A failure brings
/// the person back to a page of the hub, with a code in the address.
/// </summary>
internal sealed partial class OidcSignIn(
    IGrainFactory grains,
    AccessBook book,
    OidcClient client,
    OidcSecrets secrets,
    SignIns signIns,
    OwnerMails mails,
    AuditTrail trail,
    TimeProvider clock,
    ILogger<OidcSignIn> log
)
{
    public const string BrowserCookie = "hub.errand";

    private const string ErrandKey = "errand",
        PageKey = "page";

    private const int LongestSubject = 255;

    /// <summary>Sends the browser to the provider.</summary>
    /// <param name="returnUrl">A local address.</param>
    /// <param name="errand">Encrypted, see <see cref="OidcErrand"/>.</param>
    public async Task LeaveAsync(HttpContext http, OidcProvider provider, string returnUrl, string? errand)
    {
        var properties = new AuthenticationProperties { Items = { [PageKey] = returnUrl } };
        if (errand is not null)
        {
            if (secrets.ReadErrand(errand) is not { } known || http.Request.Cookies[BrowserCookie] != known.Browser)
            {
                Refuse(http, provider, OidcCodes.Denied, "The address belongs to another browser, or is too old.", returnUrl);
                return;
            }
            properties.Items[ErrandKey] = errand;
        }
        try
        {
            await client.DescribeAsync(provider, http.RequestAborted);
            await http.ChallengeAsync(provider.Scheme, properties);
        }
        catch (Exception e) when (CodeOf(e) is { } code)
        {
            Refuse(http, provider, code, e.Message, PageOf(properties));
        }
    }

    /// <summary>The provider's tokens were checked.</summary>
    internal async Task ReturnAsync(TicketReceivedContext context, OidcProvider provider)
    {
        var (http, properties) = (context.HttpContext, context.Properties!);
        context.HandleResponse();
        var page = PageOf(properties);
        try
        {
            if (await AcceptAsync(http, properties, provider) is { } refused)
                Refuse(http, provider, refused, refused.Message ?? refused.Name, page);
            else
                http.Response.Redirect(properties.Items.TryGetValue(PageKey, out var wanted) && IsLocal(wanted!) ? wanted! : "/");
        }
        catch (Exception e) when (CodeOf(e) is { } code)
        {
            Refuse(http, provider, code, e.Message, page);
        }
    }

    internal Task FailAsync(RemoteFailureContext context, OidcProvider provider)
    {
        context.HandleResponse();
        var code = context.Failure is { } failure ? CodeOf(failure) ?? OidcCodes.Denied : OidcCodes.Denied;
        Refuse(context.HttpContext, provider, code, context.Failure?.GetType().Name ?? "?", PageOf(context.Properties));
        return Task.CompletedTask;
    }

    /// <summary>Whether an address is a page of the hub.</summary>
    public static bool IsLocal(string address) =>
        address is ['/', ..] and not ['/', '/' or '\\', ..] && address.Length <= 500 && !address.Any(char.IsControl);

    private async Task<Code?> AcceptAsync(HttpContext http, AuthenticationProperties properties, OidcProvider provider)
    {
        var token = new JsonWebToken(properties.GetTokenValue(OpenIdConnectParameterNames.IdToken));
        if (token.Subject is not { Length: > 0 and <= LongestSubject } subject)
            return OidcCodes.Denied;
        var claims = await client.ReadAsync(
            provider,
            subject,
            OidcClaims.PayloadOf(token),
            properties.GetTokenValue(OpenIdConnectParameterNames.AccessToken),
            http.RequestAborted
        );
        // The framework has not read the hub's own cookie yet.
        http.User = (await http.AuthenticateAsync()).Principal ?? http.User;
        await book.CatchUpAsync();
        var owner = book.FindByIdentity(provider.Issuer, subject);
        if (properties.Items.TryGetValue(ErrandKey, out var text))
        {
            http.Response.Cookies.Delete(BrowserCookie, Cookie(http));
            if (secrets.ReadErrand(text!) is not { } errand || http.Request.Cookies[BrowserCookie] != errand.Browser)
                return OidcCodes.Denied;
            var identity = new ExternalIdentity(provider.Issuer, subject, clock.GetUtcNow());
            if (errand.Invitation is null)
                return await LinkOwnAsync(http, errand, identity);
            var (person, refused) = await AcceptInvitationAsync(http, errand.Invitation, identity, owner);
            if (refused is not null)
                return refused;
            owner = book.Find(person!.Value);
        }
        if (owner is null)
        {
            var (opened, refused) = await OpenAsync(provider, claims);
            if (refused is not null)
                return refused;
            owner = opened;
        }
        if (owner is not { Deactivated: false, Demo: false, Kind: AccountKind.Person })
            return OidcCodes.Denied;
        if (await MapAsync(owner, provider, claims) is { } wrong)
            LogNotMapped(owner.UserName, provider.Name, wrong);
        var signIn = new ExternalSignIn(
            provider.Issuer,
            subject,
            claims.Session,
            secrets.ProtectToken(owner.Person, provider.Issuer, properties.GetTokenValue(OpenIdConnectParameterNames.RefreshToken)),
            clock.GetUtcNow()
        );
        var factorAt = claims.FactorAt(provider, clock.GetUtcNow());
        await signIns.BeginAsync(http, owner.Person, null, factorAt is not null, demo: false, signIn, factorAt);
        return null;
    }

    /// <summary>Connects an identity with the account of the person who is signed in.</summary>
    private async Task<Code?> LinkOwnAsync(HttpContext http, OidcErrand errand, ExternalIdentity identity)
    {
        var (viewer, _) = book.Resolve(http.User);
        if (viewer is null || viewer.Person != errand.Person || viewer.Ticket.SignIn != errand.SignIn || !MayConnect(viewer.Account))
            return OidcCodes.Denied;
        return await LinkAsync(viewer.Actor, viewer.Person, identity);
    }

    /// <summary>Uses an invitation up. The identity takes the place of a password.</summary>
    private async Task<(PersonId? Person, Code? Refused)> AcceptInvitationAsync(
        HttpContext http,
        string invitation,
        ExternalIdentity identity,
        Account? owner
    )
    {
        // A link that the person asked for is for a forgotten password only.
        if (
            await LinksApi.FindAsync(invitation, http, grains) is not ({ } account, { Kind: LinkKind.Password } link, { } hash)
            || !MayConnect(account)
        )
            return (null, OidcCodes.Denied);
        if (owner is not null && owner.Person != account.Person)
            return (null, AccountCodes.LinkedElsewhere);
        if (account.Identities.Any(i => i.Issuer == identity.Issuer && i.Subject != identity.Subject))
            return (null, AccountCodes.LinkedAlready);
        var store = http.RequestServices.GetRequiredService<AccountStore>();
        var user = await store.ReadAsync(account);
        var hadFactor = user.Secrets.HasFactor;
        // A link alone must not replace the second factor.
        if (hadFactor && !link.ResetsFactors)
            return (null, OidcCodes.FactorFirst);
        user.Secrets = user.Secrets.WithoutFactors();
        var used = await grains.GetGrain<IAccountGrain>(account.Person.Value).UseLinkAsync(hash, store.Protect(user));
        if (used.Refusal is not null)
            return (null, OidcCodes.Denied);
        trail.Add(http, AuditKinds.SecretsChanged, "link.used", account.Person);
        if (hadFactor)
            await mails.FactorResetAsync(account, link, used: true);
        return (account.Person, await LinkAsync(new(account.Person, Role.System), account.Person, identity));
    }

    /// <summary>Whether an account can be connected with a provider. Devices and guests sign in with a link only.</summary>
    internal static bool MayConnect(Account account) => account is { Demo: false, Kind: AccountKind.Person };

    private async Task<Code?> LinkAsync(Actor actor, PersonId person, ExternalIdentity identity)
    {
        var had = book.Find(person)?.Identities.Length;
        var reply = await DecideAsync(
            actor,
            new LinkIdentity
            {
                CommandId = Guid.NewGuid(),
                Person = person,
                Identity = identity,
            }
        );
        if (reply is { Refusal: null, Account: { } account } && account.Identities.Length != had)
            await mails.IdentityLinkedAsync(account);
        return reply.Refusal?.Code;
    }

    /// <summary>Opens an account for an unknown person if the settings allow it and the claims give a role.</summary>
    private async Task<(Account? Opened, Code? Refused)> OpenAsync(OidcProvider provider, OidcClaims claims)
    {
        var now = clock.GetUtcNow();
        var grants = claims.GrantsOf(provider, now);
        if (!provider.OpensAccounts || grants.IsEmpty)
            return (null, OidcCodes.UnknownPerson);
        var command = Guid.NewGuid();
        var open = new OpenAccount
        {
            CommandId = command,
            Person = new($"p-{command:n}"),
            UserName = claims.UserName?.ToLowerInvariant() is { } wanted && !book.IsNameTaken(wanted) ? wanted : $"p-{command:n}",
            Name = new(claims.Name),
            Grants = grants,
            Identity = new(provider.Issuer, claims.Subject, now),
        };
        var reply = await DecideAsync(Actor.System, open);
        if (reply.Code is { } code && (code == AccountCodes.BadUserName.Name || code == AccountCodes.NameTaken.Name))
            reply = await DecideAsync(Actor.System, open with { CommandId = Guid.NewGuid(), UserName = open.Person.Value });
        // Of two sign-ins of the same new person at once, the second finds the account of the first.
        return reply.Refusal is null ? (reply.Account, null)
            : book.FindByIdentity(provider.Issuer, claims.Subject) is { } known ? (known, null)
            : (null, OidcCodes.Denied);
    }

    /// <summary>Gives the person the roles that the claims give now, and takes the others of this provider away.</summary>
    /// <returns>The code of a refusal.</returns>
    internal async Task<string?> MapAsync(Account account, OidcProvider provider, OidcClaims? claims)
    {
        var grants = claims?.GrantsOf(provider, clock.GetUtcNow()) ?? [];
        return (await MapAsync(account, provider.Issuer, grants)).Code;
    }

    internal Task<AccessReply> MapAsync(Account account, string issuer, ImmutableArray<Grant> grants) =>
        DecideAsync(
            Actor.System,
            new MapRoles
            {
                CommandId = Guid.NewGuid(),
                Person = account.Person,
                Issuer = issuer,
                Grants = grants,
            }
        );

    private async Task<AccessReply> DecideAsync(Actor actor, AccessCommand command)
    {
        var reply = await grains.GetGrain<IAccessGrain>("hub").DecideAsync(actor, command);
        await book.CatchUpAsync();
        return reply;
    }

    /// <summary>The settings of the cookie that binds an errand to a browser.</summary>
    internal static CookieOptions Cookie(HttpContext http) =>
        new()
        {
            HttpOnly = true,
            SameSite = SameSiteMode.Lax,
            Secure = http.Request.IsHttps,
            Path = "/api/session/oidc",
            MaxAge = OidcSecrets.Lasts,
        };

    /// <summary>The page that shows a failure: the page from which somebody connects an account, or the sign-in page.</summary>
    private string PageOf(AuthenticationProperties? properties) =>
        properties?.Items.TryGetValue(ErrandKey, out var text) == true
        && secrets.ReadErrand(text!) is { SignIn: not null }
        && properties.Items.TryGetValue(PageKey, out var page)
        && IsLocal(page!)
            ? page!
            : "/";

    private void Refuse(HttpContext http, OidcProvider provider, Code code, string why, string page)
    {
        RefusalMeter.Count(code);
        LogRefused(provider.Name, code.Name, why, HubLimits.Address(http));
        trail.Add(http, AuditKinds.SignInRefused, "sign-in", why: code.Name);
        http.Response.Redirect($"{page}{(page.Contains('?', StringComparison.Ordinal) ? '&' : '?')}problem={code.Name}");
    }

    /// <summary>Returns the code for a failure of the provider or of the hub. Null for a fault of the program.</summary>
    private static Code? CodeOf(Exception failure) =>
        failure switch
        {
            ProviderLiesException => OidcCodes.Denied,
            ProviderAwayException or HttpRequestException or IOException or OperationCanceledException or TimeoutException =>
                OidcCodes.Away,
            InvalidOperationException { InnerException: HttpRequestException or IOException } => OidcCodes.Away,
            Orleans.Runtime.OrleansException or JournalReadException or JournalWriteException => OidcCodes.Away,
            OpenIdConnectProtocolException { Message: var said } => said.Contains("Status Code: 5", StringComparison.Ordinal)
            || said.Contains("'temporarily_unavailable'", StringComparison.Ordinal)
            || said.Contains("'server_error'", StringComparison.Ordinal)
                ? OidcCodes.Away
                : OidcCodes.Denied,
            AuthenticationFailureException { InnerException: { } inner } => CodeOf(inner) ?? OidcCodes.Denied,
            AuthenticationFailureException => OidcCodes.Denied,
            _ => null,
        };

    [LoggerMessage(Level = LogLevel.Warning, Message = "Signing in by {Provider} was refused with {Code}: {Why} (address {Address})")]
    private partial void LogRefused(string provider, string code, string why, string address);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The roles of {Account} from {Provider} were not changed: {Code}")]
    private partial void LogNotMapped(string account, string provider, string code);
}
