using ConsultHub.Accounts;
using ConsultHub.Audit;
using ConsultHub.Grave;
using ConsultHub.Mail;
using ConsultHub.Silo;
using ConsultHub.Web.Limits;
using ConsultHub.Web.Mail;
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
    /// <param name="ByMail">Whether the link is sent by mail. Otherwise the answer has it.</param>
    public sealed record NewLinkRequest(PersonId Person, bool ResetsFactors = false, bool ByMail = false);

    /// <param name="Link">The address if <c>Hub:PublicUrl</c> is set, otherwise only its path. Null if the link is sent by mail.</param>
    public sealed record NewLink(string? Link, DateTimeOffset Until);

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
            .Requires(Access.Gravely(Access.ToSome(AccountActions.Change), GraveAct.LinkMade))
            .Traces(AuditKinds.SecretsChanged, "link.made");
        links.MapMany();
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
        var (command, access, hash) = (Guid.NewGuid(), grains.GetGrain<IAccessGrain>("hub"), AccountRules.HashOf(Bounded(body.Token)));
        var person = new PersonId($"p-{command:n}");
        if (!await access.IsSetupAsync(hash))
            return Problems.Of(AccountCodes.LinkUnknown, place: "$.token");
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
        var reply = await access.SetUpAsync(hash, open);
        if (reply.Refusal is { } refusal)
            return Problems.Of(refusal);
        await SignInAsync(http, person, user.Version);
        return TypedResults.NoContent();
    }

    /// <summary>Makes a new link for a person. It replaces the link that was made before.</summary>
    private static async Task<Results<Created<NewLink>, ProblemHttpResult>> MakeAsync(
        NewLinkRequest body,
        HttpContext http,
        IGrainFactory grains
    )
    {
        var (account, refused) = FindFor(body.Person, body.ByMail, http);
        if (refused is not null)
            return Problems.Of(refused, place: refused == AccessCodes.Denied ? null : "$.person");
        (http.Traced().Thing, http.Grave().Person) = (account!.Person.Value, account.Person);
        if (body.ResetsFactors)
            http.Grave().Act = GraveAct.FactorReset;
        var (link, problem) = await InviteAsync(account, body.ResetsFactors, body.ByMail, http, grains);
        return problem is not null ? problem : TypedResults.Created((string?)null, link);
    }

    /// <summary>Returns the account for which the viewer may make a link, or why the viewer may not make one.</summary>
    internal static (Account? Account, Code? Refused) FindFor(PersonId person, bool byMail, HttpContext http)
    {
        var account = person.Value is null ? null : http.RequestServices.GetRequiredService<AccessBook>().Find(person);
        return account is null ? (null, AccountCodes.Unknown)
            : Access.GrantToChange(Viewer.Of(http), account) is null ? (null, AccessCodes.Denied)
            : account.Kind != AccountKind.Person ? (null, AccountCodes.NoPassword)
            : account.Demo ? (null, AccountCodes.OfDemo)
            : account.Deactivated ? (null, AccountCodes.SwitchedOff)
            : byMail && !MailBox.IsReachable(account) ? (null, MailCodes.NoAddress)
            : (account, null);
    }

    /// <summary>Makes a link by which a person chooses a password, and sends it by mail or returns it.</summary>
    internal static async Task<(NewLink? Link, ProblemHttpResult? Problem)> InviteAsync(
        Account account,
        bool resetsFactors,
        bool byMail,
        HttpContext http,
        IGrainFactory grains
    )
    {
        var mail = http.RequestServices.GetRequiredService<MailBox>();
        if (byMail && !mail.IsOn)
            return (null, Problems.Of(MailCodes.Off, place: "$.byMail"));
        // If no mail can be stored, the request is refused here, before a new link replaces the older one.
        if (byMail && await mail.Grain.RoomAsync() == 0)
            return (null, Problems.Of(MailCodes.Full));
        var (link, letter) = await PutAsync(account, resetsFactors, byMail, http, grains);
        if (letter is not null)
            return await mail.PostAsync(letter) is { } refusal ? (null, Problems.Of(refusal)) : (new(null, link.Until), null);
        return (new(link.Link, link.Until), null);
    }

    /// <summary>Stores a new link by which a person chooses a password, and tells the person if it resets the second factor.</summary>
    /// <returns>The link, and if it is sent by mail, the letter that the caller has to post.</returns>
    internal static async Task<((string Link, DateTimeOffset Until) Link, Letter? Letter)> PutAsync(
        Account account,
        bool resetsFactors,
        bool byMail,
        HttpContext http,
        IGrainFactory grains
    )
    {
        var (viewer, services) = (Viewer.Of(http), http.RequestServices);
        var until = services.GetRequiredService<TimeProvider>().GetUtcNow() + AccountRules.LinkLasts;
        var kept = new AccountLink("", until, viewer.Person, resetsFactors, ByName: viewer.Account.Name);
        var link = await IssueAsync(account.Person, "invitation", kept, http, grains);
        if (!byMail)
        {
            await services.GetRequiredService<OwnerMails>().FactorResetAsync(account, kept, used: false);
            return (link, null);
        }
        var letter = MailBox.To(account, HasSignedIn(account) ? MailKind.Reset : MailKind.Invitation) with
        {
            Link = link.Link,
            Until = until,
            ResetsFactors = resetsFactors,
        };
        return (link, letter);
    }

    /// <summary>Whether the person has ever signed in, as far as the hub knows.</summary>
    internal static bool HasSignedIn(Account account) => account.SignedInAt is not null || !account.Identities.IsEmpty;

    /// <summary>Stores a link with a new secret. It replaces the person's older link.</summary>
    /// <param name="screen">The screen that uses the link.</param>
    internal static async Task<(string Link, DateTimeOffset Until)> IssueAsync(
        PersonId person,
        string screen,
        AccountLink link,
        HttpContext http,
        IGrainFactory grains
    )
    {
        var secret = AccountRules.NewSecret();
        await grains
            .GetGrain<IAccountGrain>(person.Value)
            .PutLinkAsync(Viewer.Of(http).Actor, link with { Hash = AccountRules.HashOf(secret) });
        // The secret comes after the #, because browsers do not send this part of an address to a server. So no log contains it.
        var path = $"/{screen}#{person}.{secret}";
        var at = http.RequestServices.GetRequiredService<IOptions<HubOptions>>().Value.PublicUrl;
        return (at is null ? path : at.ToString().TrimEnd('/') + path, link.Until);
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
        var (hadPassword, hadFactor) = (user.Secrets.Password is not null, user.Secrets.HasFactor);
        if (link.ResetsFactors)
        {
            user.Secrets = user.Secrets.WithoutFactors();
            await RemoveOtherWaysAsync(account, grains);
        }
        http.RequestServices.GetRequiredService<Passwords>().Set(user, body.Password);
        var reply = await grains.GetGrain<IAccountGrain>(account.Person.Value).UseLinkAsync(hash, store.Protect(user));
        if (reply.Refusal is { } refusal)
            return Problems.Of(refusal with { Place = "$.token" });
        var owner = http.RequestServices.GetRequiredService<OwnerMails>();
        if (hadPassword)
            await owner.PasswordChangedAsync(account);
        if (hadFactor)
            await owner.FactorResetAsync(account, link, used: true);
        // A person with a second factor signs in with it, so that a link alone does not open the account.
        if (!user.Secrets.HasFactor)
            await SignInAsync(http, account.Person, reply.Version);
        return TypedResults.NoContent();
    }

    /// <summary>
    /// Withdraws the tokens of an account and disconnects it from institutions. An intruder may have made them, so they must not outlive a
    /// reset of the second factor.
    /// </summary>
    private static async Task RemoveOtherWaysAsync(Account account, IGrainFactory grains)
    {
        var access = grains.GetGrain<IAccessGrain>("hub");
        foreach (var token in account.Tokens)
            await access.DecideAsync(
                Actor.System,
                new WithdrawToken
                {
                    CommandId = Guid.NewGuid(),
                    Person = account.Person,
                    Token = token.Id,
                }
            );
        foreach (var identity in account.Identities)
            await access.DecideAsync(
                Actor.System,
                new UnlinkIdentity
                {
                    CommandId = Guid.NewGuid(),
                    Person = account.Person,
                    Issuer = identity.Issuer,
                }
            );
    }

    internal static async Task<(Account? Account, AccountLink? Link, string? Hash)> FindAsync(
        string? token,
        HttpContext http,
        IGrainFactory grains
    )
    {
        if (await HolderAsync(token, http) is not var (account, hash))
            return default;
        return
            await grains.GetGrain<IAccountGrain>(account.Person.Value).FindLinkAsync(hash) is { IsForPassword: true } link
            && Counts(link, account, http)
            ? (account, link, hash)
            : default;
    }

    /// <summary>
    /// Whether a link for a new password still counts. It does not if the person who made it has lost the right to make it, or if its owner
    /// has got roles that are beyond this right.
    /// </summary>
    private static bool Counts(AccountLink link, Account account, HttpContext http) =>
        link.By == account.Person
        || link.By == Actor.System.Person
        || (
            http.RequestServices.GetRequiredService<AccessBook>().Standing(link.By) is { } maker
            && Access.GrantToChange(maker, account) is not null
        );

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

    private static async Task SignInAsync(HttpContext http, PersonId person, long secrets)
    {
        await http.RequestServices.GetRequiredService<AccessBook>().CatchUpAsync();
        await http.RequestServices.GetRequiredService<SignIns>().BeginAsync(http, person, secrets, factor: false, demo: false);
    }

    private static string Bounded(string? token) => token is { Length: <= LongestToken } ? token.Trim() : "";
}
