using ConsultHub.Accounts;
using ConsultHub.Audit;
using ConsultHub.Silo;
using ConsultHub.Web.Limits;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace ConsultHub.Web.Accounts;

/// <summary>The secret links that make the first account, invite people, and reset passwords. Each link works once.</summary>
public static class LinksApi
{
    private const int LongestToken = 200;

    /// <param name="Name">The person's name, in English letters.</param>
    public sealed record SetupRequest(string Token, string UserName, string Password, string Name);

    public sealed record LinkToken(string Token);

    /// <param name="Password">The password that the person chooses.</param>
    public sealed record Acceptance(string Token, string Password);

    /// <summary>Whom a link is for.</summary>
    public sealed record LinkView(PersonId Person, LocalName Name, string UserName, DateTimeOffset Until, bool ResetsFactors);

    /// <param name="ResetsFactors">Whether the person also has to set up the second factor again.</param>
    public sealed record NewLinkRequest(PersonId Person, bool ResetsFactors = false);

    /// <param name="Link">The address if <c>Hub:PublicUrl</c> is set, otherwise only its path.</param>
    public sealed record NewLink(string Link, DateTimeOffset Until);

    internal static void MapLinks(this IEndpointRouteBuilder app)
    {
        app.MapPost("/api/setup", SetUpAsync)
            .WithTags("Accounts")
            .Requires(Access.HoldsLink)
            .RequireRateLimiting(LimitHosting.SignIn)
            .TracesSignIn();
        var links = app.MapGroup("/api/invitations").WithTags("Accounts");
        links
            .MapPost("/", MakeAsync)
            .Requires(Access.Gravely(Access.ToSome(AccountActions.Change)))
            .Traces(AuditKinds.SecretsChanged, "link.made");
        links.MapPost("/preview", PreviewAsync).Requires(Access.HoldsLink).RequireRateLimiting(LimitHosting.SignIn).TracesSignIn();
        links
            .MapPost("/acceptance", AcceptAsync)
            .Requires(Access.HoldsLink)
            .RequireRateLimiting(LimitHosting.SignIn)
            .TracesSignIn()
            .Traces(AuditKinds.SecretsChanged, "link.used");
    }

    /// <summary>
    /// Makes the first account and signs it in. The password is stored before the link is used up, so a crash in between leaves the link
    /// valid.
    /// </summary>
    private static async Task<Results<NoContent, ProblemHttpResult>> SetUpAsync(
        SetupRequest body,
        HttpContext http,
        IGrainFactory grains,
        IServiceProvider services
    )
    {
        var command = Guid.NewGuid();
        var person = new PersonId($"p-{command:n}");
        if (Passwords.FaultOf(body.Password, body.UserName ?? "") is { } weak)
            return Problems.Of(SignInCodes.WeakPassword, weak, "$.password");
        var open = new OpenAccount
        {
            CommandId = command,
            Person = person,
            UserName = (body.UserName ?? "").Trim(),
            Name = new LocalName((body.Name ?? "").Trim()),
        };
        var user = new HubUser(
            new Account
            {
                Person = person,
                UserName = open.UserName,
                Name = open.Name,
            },
            0,
            Secrets.None
        );
        services.GetRequiredService<Passwords>().Set(user, body.Password);
        await services.GetRequiredService<AccountStore>().CreateAsync(user, http.RequestAborted);
        var reply = await grains.GetGrain<IAccessGrain>("hub").SetUpAsync(AccountRules.HashOf(Bounded(body.Token)), open);
        if (reply.Refusal is { } refusal)
            return Problems.Of(refusal);
        await SignInAsync(http, person);
        return TypedResults.NoContent();
    }

    /// <summary>Makes a new link for a person. It replaces the link that was made before.</summary>
    private static async Task<Results<Created<NewLink>, ProblemHttpResult>> MakeAsync(
        NewLinkRequest body,
        HttpContext http,
        IGrainFactory grains
    )
    {
        var account = body.Person.Value is null ? null : http.RequestServices.GetRequiredService<AccessBook>().Find(body.Person);
        if (account is null)
            return Problems.Of(AccountCodes.Unknown, place: "$.person");
        if (Access.GrantToChange(Viewer.Of(http), account) is null)
            return Problems.Of(AccessCodes.Denied);
        http.Traced().Thing = account.Person.Value;
        if (account.Kind != AccountKind.Person)
            return Problems.Of(AccountCodes.NoPassword, place: "$.person");
        var link = await IssueAsync(account.Person, body.ResetsFactors, http, grains);
        return TypedResults.Created((string?)null, link);
    }

    internal static async Task<NewLink> IssueAsync(PersonId person, bool resetsFactors, HttpContext http, IGrainFactory grains)
    {
        var until = http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow() + AccountRules.LinkLasts;
        return await IssueAsync(person, "invitation", new("", until, Viewer.Of(http).Person, resetsFactors), http, grains);
    }

    /// <summary>Stores a link with a new secret. It replaces the person's older link.</summary>
    /// <param name="screen">The screen that uses the link.</param>
    internal static async Task<NewLink> IssueAsync(PersonId person, string screen, AccountLink link, HttpContext http, IGrainFactory grains)
    {
        var secret = AccountRules.NewSecret();
        await grains
            .GetGrain<IAccountGrain>(person.Value)
            .PutLinkAsync(Viewer.Of(http).Actor, link with { Hash = AccountRules.HashOf(secret) });
        // The secret comes after the #, because browsers do not send this part of an address to a server. So no log contains it.
        var path = $"/{screen}#{person}.{secret}";
        var at = http.RequestServices.GetRequiredService<IOptions<HubOptions>>().Value.PublicUrl;
        return new(at is null ? path : at.ToString().TrimEnd('/') + path, link.Until);
    }

    private static async Task<Results<Ok<LinkView>, ProblemHttpResult>> PreviewAsync(
        LinkToken body,
        HttpContext http,
        IGrainFactory grains
    ) =>
        await FindAsync(body.Token, http, grains) is ({ } account, { } link, _)
            ? TypedResults.Ok(new LinkView(account.Person, account.Name, account.UserName, link.Until, link.ResetsFactors))
            : Problems.Of(AccountCodes.LinkUnknown, place: "$.token");

    /// <summary>Uses a link up: the person gets the chosen password and is signed in. All earlier sign-ins end.</summary>
    private static async Task<Results<NoContent, ProblemHttpResult>> AcceptAsync(Acceptance body, HttpContext http, IGrainFactory grains)
    {
        if (await FindAsync(body.Token, http, grains) is not ({ } account, { } link, { } hash))
            return Problems.Of(AccountCodes.LinkUnknown, place: "$.token");
        if (Passwords.FaultOf(body.Password, account.UserName) is { } weak)
            return Problems.Of(SignInCodes.WeakPassword, weak, "$.password");
        var store = http.RequestServices.GetRequiredService<AccountStore>();
        var user = await store.ReadAsync(account);
        if (link.ResetsFactors)
            user.Secrets = user.Secrets.WithoutFactors();
        http.RequestServices.GetRequiredService<Passwords>().Set(user, body.Password);
        var reply = await grains.GetGrain<IAccountGrain>(account.Person.Value).UseLinkAsync(hash, store.Protect(user));
        if (reply.Refusal is { } refusal)
            return Problems.Of(refusal with { Place = "$.token" });
        // A person with a second factor signs in with it, so that a link alone does not open the account.
        if (!user.Secrets.HasFactor)
            await SignInAsync(http, account.Person);
        return TypedResults.NoContent();
    }

    internal static async Task<(Account? Account, AccountLink? Link, string? Hash)> FindAsync(
        string? token,
        HttpContext http,
        IGrainFactory grains
    )
    {
        if (await HolderAsync(token, http) is not var (account, hash))
            return default;
        return await grains.GetGrain<IAccountGrain>(account.Person.Value).FindLinkAsync(hash) is { Kind: LinkKind.Password } link
            ? (account, link, hash)
            : default;
    }

    /// <summary>Returns whose link it may be, and the hash of its secret. The account grain knows whether it is valid.</summary>
    internal static async Task<(Account Account, string Hash)?> HolderAsync(string? token, HttpContext http)
    {
        var parts = Bounded(token).Split('.');
        var (person, hash) = (string.Join('.', parts[..^1]), AccountRules.HashOf(parts[^1]));
        var book = http.RequestServices.GetRequiredService<AccessBook>();
        await book.CatchUpAsync();
        if (!TextId.TryParse<PersonId>(person, out var id) || book.Find(id) is not { Deactivated: false, Demo: false } account)
            return null;
        http.Traced().Person = id;
        return (account, hash);
    }

    private static async Task SignInAsync(HttpContext http, PersonId person)
    {
        await http.RequestServices.GetRequiredService<AccessBook>().CatchUpAsync();
        await http.RequestServices.GetRequiredService<SignIns>().BeginAsync(http, person, factor: false, demo: false);
    }

    private static string Bounded(string? token) => token is { Length: <= LongestToken } ? token.Trim() : "";
}
