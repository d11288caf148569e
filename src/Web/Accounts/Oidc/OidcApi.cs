using System.Text.Json;
using ConsultHub.Accounts;
using ConsultHub.Grave;
using ConsultHub.Web.Hosting;
using ConsultHub.Web.Limits;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;

namespace ConsultHub.Web.Accounts.Oidc;

/// <summary>Signing in by an institution's provider, and connecting accounts with it.</summary>
public static partial class OidcApi
{
    private const string LogoutEvent = "http://schemas.openid.net/event/backchannel-logout";
    private const int LongestMessage = 1 << 15,
        AskedAtOnce = 16;

    /// <summary>How old a provider's message may be.</summary>
    private static readonly TimeSpan MessageLasts = TimeSpan.FromMinutes(5),
        Skew = TimeSpan.FromMinutes(2);

    /// <param name="Label">What people see.</param>
    public sealed record ProviderView(string Name, LocalName Label);

    /// <param name="Provider">Null if the settings no longer contain the provider.</param>
    public sealed record IdentityView(string? Provider, LocalName Label, string Issuer, string Subject, DateTimeOffset LinkedAt);

    /// <param name="ReturnUrl">The page to which the person comes back.</param>
    /// <param name="Password">The present password. It is needed only while the account has a password and no second factor.</param>
    public sealed record NewIdentity(string Provider, string? ReturnUrl = null, string? Password = null);

    public sealed record ProviderAcceptance(string Token, string Provider);

    /// <param name="Address">The browser goes to this address within ten minutes. It works only in this browser.</param>
    public sealed record Departure(string Address);

    internal static void MapOidc(this IEndpointRouteBuilder app)
    {
        var session = app.MapGroup("/api/session").WithTags("Session");
        session.MapGet("/providers", Providers).Requires(Access.Anybody);
        session
            .MapGet("/oidc/{provider}", LeaveAsync)
            .Requires(Access.Anybody)
            .RequireRateLimiting(LimitHosting.SignIn)
            .ExcludeFromDescription(); // pages lead the browser here, and the answer leads it to the provider
        app.MapPost("/api/oidc/{provider}/backchannel-logout", LogOutAsync)
            .WithTags("Session")
            .WithMetadata(new WebHosting.NeedsNoHeader())
            .Requires(Access.Anybody); // the provider's signature is the proof
        app.MapPost("/api/invitations/provider", AcceptAsync)
            .WithTags("Accounts")
            .Requires(Access.HoldsLink)
            .RequireRateLimiting(LimitHosting.SignIn);
        var me = app.MapGroup("/api/me/identities").WithTags("Me");
        me.MapGet("/", (Delegate)OwnIdentities).Requires(Access.OwnAccount);
        me.MapPost("/", LinkAsync)
            .Requires(Access.Gravely(Access.OwnAccount, GraveAct.IdentityLinked))
            .RequireRateLimiting(LimitHosting.SignIn);
        me.MapDelete("/", UnlinkOwnAsync).Requires(Access.Gravely(Access.OwnAccount, GraveAct.IdentityRemoved));
        var people = app.MapGroup("/api/people/{person}/identities").WithTags("Accounts");
        people.MapGet("/", Identities).Requires(Access.ToSome(AccountActions.Change));
        people.MapDelete("/", UnlinkAsync).Requires(Access.Gravely(Access.ToSome(AccountActions.Change), GraveAct.IdentityRemoved));
    }

    /// <summary>The providers by which people can sign in.</summary>
    private static Ok<List<ProviderView>> Providers(IOptions<OidcOptions> options) =>
        TypedResults.Ok(options.Value.Providers.Select(p => new ProviderView(p.Name, p.Names)).ToList());

    /// <summary>Sends the browser to the provider. Afterwards it comes back to a page of the hub.</summary>
    /// <param name="returnUrl">A page of the hub, such as <c>/</c>.</param>
    /// <param name="errand">From <c>POST /api/me/identities</c> or <c>POST /api/invitations/provider</c>.</param>
    private static async Task<Results<EmptyHttpResult, ProblemHttpResult>> LeaveAsync(
        string provider,
        HttpContext http,
        IServiceProvider services,
        string returnUrl = "/",
        string? errand = null
    )
    {
        if (services.GetRequiredService<IOptions<OidcOptions>>().Value.Find(provider) is not { } known)
            return Problems.Of(OidcCodes.UnknownProvider, place: "provider");
        if (!OidcSignIn.IsLocal(returnUrl))
            return Problems.Of(RequestCodes.BadParameter, "The page must be one of the hub.", "returnUrl");
        await services.GetRequiredService<OidcSignIn>().LeaveAsync(http, known, returnUrl, errand);
        return TypedResults.Empty;
    }

    /// <summary>Begins to accept an invitation with an identity at a provider instead of a password.</summary>
    private static async Task<Results<Ok<Departure>, ProblemHttpResult>> AcceptAsync(
        ProviderAcceptance body,
        HttpContext http,
        IGrainFactory grains
    )
    {
        if (Find(http, body.Provider) is not { } provider)
            return Problems.Of(OidcCodes.UnknownProvider, place: "$.provider");
        return await LinksApi.FindAsync(body.Token, http, grains) is ({ }, { }, _)
            ? TypedResults.Ok(Departing(http, provider, "/", browser => new(null, null, body.Token, browser)))
            : Problems.Of(AccountCodes.LinkUnknown, place: "$.token");
    }

    private static Ok<List<IdentityView>> OwnIdentities(HttpContext http) => TypedResults.Ok(ViewsOf(http, Viewer.Of(http).Account));

    /// <summary>
    /// Begins to connect the own account with a provider. A person who has a second factor must have given it just now. Others give the
    /// password.
    /// </summary>
    private static async Task<Results<Ok<Departure>, ProblemHttpResult>> LinkAsync(NewIdentity body, HttpContext http)
    {
        var ((viewer, user), page) = (await MeApi.UserAsync(http), body.ReturnUrl ?? "/account");
        if (Find(http, body.Provider) is not { } provider)
            return Problems.Of(OidcCodes.UnknownProvider, place: "$.provider");
        if (!OidcSignIn.IsLocal(page))
            return Problems.Of(RequestCodes.BadJson, "The page must be one of the hub.", "$.returnUrl");
        if (!OidcSignIn.MayConnect(viewer.Account))
            return Problems.Of(AccessCodes.Denied, "Accounts of the demo, of devices and of guests cannot be connected.");
        if (await MeApi.UnprovenAsync(http, user, body.Password) is { } unproven)
            return unproven;
        return TypedResults.Ok(Departing(http, provider, page, browser => new(viewer.Person, viewer.Ticket.SignIn, null, browser)));
    }

    /// <summary>Disconnects the own account from a provider. Sign-ins by this provider end.</summary>
    private static async Task<Results<NoContent, ProblemHttpResult>> UnlinkOwnAsync(string issuer, HttpContext http, IGrainFactory grains)
    {
        var viewer = Viewer.Of(http);
        var user = await http.RequestServices.GetRequiredService<AccountStore>().ReadAsync(viewer.Account);
        if (user.Secrets.Password is null && viewer.Account.Identities.All(i => i.Issuer == issuer))
            return Problems.Of(OidcCodes.OnlyWay, place: "issuer");
        return await RemoveAsync(viewer.Person, issuer, null, http, grains) is { } problem ? problem : TypedResults.NoContent();
    }

    private static Results<Ok<List<IdentityView>>, ProblemHttpResult> Identities(PersonId person, HttpContext http) =>
        FindToChange(person, http) is (null, { } problem) ? problem : TypedResults.Ok(ViewsOf(http, Book(http).Find(person)!));

    /// <summary>Disconnects a person's account from a provider. Sign-ins by this provider end.</summary>
    private static async Task<Results<NoContent, ProblemHttpResult>> UnlinkAsync(
        PersonId person,
        string issuer,
        HttpContext http,
        IGrainFactory grains
    )
    {
        var (basis, problem) = FindToChange(person, http);
        problem ??= await RemoveAsync(person, issuer, basis!.Id, http, grains);
        return problem is null ? TypedResults.NoContent() : problem;
    }

    private static async Task<ProblemHttpResult?> RemoveAsync(
        PersonId person,
        string issuer,
        Guid? basis,
        HttpContext http,
        IGrainFactory grains
    )
    {
        var reply = await RolesApi.DecideAsync(
            http,
            grains,
            new UnlinkIdentity
            {
                CommandId = Guid.NewGuid(),
                Person = person,
                Issuer = issuer,
                Basis = basis,
            }
        );
        if (reply.Refusal is { } refusal)
            return Problems.Of(refusal);
        var account = grains.GetGrain<IAccountGrain>(person.Value);
        foreach (var signIn in (await account.SignInsAsync()).Where(s => s.External?.Issuer == issuer))
            await account.EndAsync(Viewer.Of(http).Actor, signIn.Id, null);
        return null;
    }

    private static (Grant? Basis, ProblemHttpResult? Problem) FindToChange(PersonId person, HttpContext http)
    {
        if (Book(http).Find(person) is not { } account || !Access.MayRead(Viewer.Of(http), account))
            return (null, Problems.Of(AccountCodes.Unknown, place: "person"));
        return Access.GrantToChange(Viewer.Of(http), account) is { } basis ? (basis, null) : (null, Problems.Of(AccessCodes.Denied));
    }

    private static List<IdentityView> ViewsOf(HttpContext http, Account account)
    {
        var options = http.RequestServices.GetRequiredService<IOptions<OidcOptions>>().Value;
        return
        [
            .. account.Identities.Select(i =>
            {
                var provider = options.OfIssuer(i.Issuer);
                return new IdentityView(provider?.Name, provider?.Names ?? new(i.Issuer), i.Issuer, i.Subject, i.LinkedAt);
            }),
        ];
    }

    private static Departure Departing(HttpContext http, OidcProvider provider, string page, Func<string, OidcErrand> errand)
    {
        var browser = AccountRules.NewSecret();
        http.Response.Cookies.Append(OidcSignIn.BrowserCookie, browser, OidcSignIn.Cookie(http));
        var text = http.RequestServices.GetRequiredService<OidcSecrets>().Protect(errand(browser));
        return new($"/api/session/oidc/{provider.Name}?returnUrl={Uri.EscapeDataString(page)}&errand={Uri.EscapeDataString(text)}");
    }

    /// <summary>
    /// A provider tells that a session, or all sessions of a person, have ended (OpenID Connect Back-Channel Logout 1.0). The form's field
    /// <c>logout_token</c> is a token that the provider has signed. Each token works once.
    /// </summary>
    private static async Task<Results<NoContent, ProblemHttpResult>> LogOutAsync(
        string provider,
        HttpContext http,
        IGrainFactory grains,
        IServiceProvider services
    )
    {
        var log = services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(OidcApi));
        if (Find(http, provider) is not { } known)
            return Problems.Of(OidcCodes.UnknownProvider, place: "provider");
        if (!http.Request.HasFormContentType || http.Request.ContentLength is not (> 0 and <= LongestMessage))
            return Refuse("it is no form");
        JsonWebToken? token;
        try
        {
            var form = await http.Request.ReadFormAsync(http.RequestAborted);
            token = await services
                .GetRequiredService<OidcClient>()
                .ValidateAsync(known, form["logout_token"].ToString(), http.RequestAborted, expires: false);
        }
        catch (InvalidDataException)
        {
            return Refuse("it is no form");
        }
        catch (ProviderAwayException e)
        {
            LogAway(log, provider, e.Message);
            return Problems.Of(OidcCodes.Away);
        }
        if (token is null)
            return Refuse("the signature, the issuer, the audience or the time is wrong");
        var (now, payload) = (services.GetRequiredService<TimeProvider>().GetUtcNow(), OidcClaims.PayloadOf(token));
        string? Text(string name) =>
            payload.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        var (subject, session, id) = (Text("sub"), Text("sid"), Text("jti"));
        if (token.Typ is not (null or "" or "JWT" or "logout+jwt") || payload.TryGetProperty("nonce", out _))
            return Refuse("it is another kind of token");
        if (
            !payload.TryGetProperty("events", out var events)
            || events.ValueKind != JsonValueKind.Object
            || !events.TryGetProperty(LogoutEvent, out _)
        )
            return Refuse("it is about another event");
        if (string.IsNullOrEmpty(id) || (string.IsNullOrEmpty(subject) && string.IsNullOrEmpty(session)))
            return Refuse("it names no session, or has no id");
        DateTimeOffset issued = token.IssuedAt;
        if (issued < now - MessageLasts - Skew || issued > now + Skew)
            return Refuse("it is too old or from the future");
        var logout = new ProviderLogout(known.Issuer, session, AccountRules.HashOf(id), issued + MessageLasts + Skew);
        foreach (var person in await PeopleOfAsync(known.Issuer, subject, session, http, grains))
            if ((await grains.GetGrain<IAccountGrain>(person.Value).LogOutAsync(logout)).Refusal is { } refusal)
            {
                LogRefused(log, provider, refusal.Code.Name);
                return Problems.Of(refusal);
            }
        return TypedResults.NoContent();

        ProblemHttpResult Refuse(string why)
        {
            RefusalMeter.Count(OidcCodes.BadMessage);
            LogRefused(log, provider, why);
            return Problems.Of(OidcCodes.BadMessage);
        }
    }

    /// <summary>
    /// The people whom a provider's message concerns. A message without a person names a session only. Then all accounts that are connected
    /// with the provider are asked.
    /// </summary>
    private static async Task<List<PersonId>> PeopleOfAsync(
        string issuer,
        string? subject,
        string? session,
        HttpContext http,
        IGrainFactory grains
    )
    {
        await Book(http).CatchUpAsync();
        if (!string.IsNullOrEmpty(subject))
            return Book(http).FindByIdentity(issuer, subject) is { } account ? [account.Person] : [];
        var found = new System.Collections.Concurrent.ConcurrentBag<PersonId>();
        await Parallel.ForEachAsync(
            Book(http).Accounts.Where(a => a.Identities.Any(i => i.Issuer == issuer)),
            new ParallelOptions { MaxDegreeOfParallelism = AskedAtOnce, CancellationToken = http.RequestAborted },
            async (account, _) =>
            {
                var signIns = await grains.GetGrain<IAccountGrain>(account.Person.Value).SignInsAsync();
                if (signIns.Any(s => s.External is { } e && e.Issuer == issuer && e.Session == session))
                    found.Add(account.Person);
            }
        );
        return [.. found];
    }

    private static OidcProvider? Find(HttpContext http, string? name) =>
        name is null ? null : http.RequestServices.GetRequiredService<IOptions<OidcOptions>>().Value.Find(name);

    private static AccessBook Book(HttpContext http) => http.RequestServices.GetRequiredService<AccessBook>();

    [LoggerMessage(Level = LogLevel.Warning, Message = "A logout message of {Provider} was refused: {Why}")]
    private static partial void LogRefused(ILogger log, string provider, string why);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A logout message of {Provider} could not be checked: {Why}")]
    private static partial void LogAway(ILogger log, string provider, string why);
}
