using System.Collections.Immutable;
using ConsultHub.Accounts;
using ConsultHub.Audit;
using ConsultHub.Grave;
using ConsultHub.Mail;
using ConsultHub.Web.Mail;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ConsultHub.Web.Accounts;

/// <summary>Accounts of people: open, change, switch off, and find out what somebody may do. Roles are in <see cref="RolesApi"/>.</summary>
public static class PeopleApi
{
    private const int MostTaken = 200,
        MostRoles = 20,
        MostMails = 10;

    public sealed record PeoplePage(IReadOnlyList<Account> People, int Total);

    /// <param name="From">UTC. The default is now.</param>
    /// <param name="Until">UTC. Null leaves the period open.</param>
    public sealed record NewRole(Role Role, GrantScope Scope, DateTimeOffset? From = null, DateTimeOffset? Until = null);

    /// <param name="Person">The person's id if the hub knows the person already, for example as a consultant. Otherwise null.</param>
    /// <param name="ByMail">Whether the invitation is sent to the e-mail address.</param>
    public sealed record NewPerson(
        Guid CommandId,
        string UserName,
        LocalName Name,
        ImmutableArray<NewRole> Roles,
        PersonId? Person = null,
        string? Email = null,
        string? Reason = null,
        bool ByMail = false
    ) : ICommand;

    /// <param name="Link">The link by which the person chooses a password. The hub shows it only now. Null if it is sent by mail.</param>
    public sealed record Invited(Account Account, string? Link, DateTimeOffset Until);

    public sealed record PersonChange(
        Guid CommandId,
        string UserName,
        LocalName Name,
        string? Email = null,
        long? ExpectedVersion = null,
        string? Reason = null
    ) : ICommand;

    public sealed record Activation(Guid CommandId, bool Active, long? ExpectedVersion = null, string? Reason = null) : ICommand;

    /// <summary>An action that a person may do, and the grants that allow it.</summary>
    public sealed record RightView(string Action, IReadOnlyList<Guid> Grants);

    internal static void MapPeople(this IEndpointRouteBuilder app)
    {
        var people = app.MapGroup("/api/people").WithTags("Accounts");
        people.MapGet("/", ListAsync).Requires(Access.ToSome(AccountActions.Read)).Traces("people.read");
        people
            .MapPost("/", OpenAsync)
            .Requires(Access.Gravely(Access.ToSome(AccountActions.Change), GraveAct.AccountOpened))
            .Traces(AuditKinds.SecretsChanged, "link.made");
        people.MapGet("/{person}", Get).Requires(Access.ToSome(AccountActions.Read)).Traces("people.read");
        people.MapPut("/{person}", ChangeAsync).Requires(Access.Gravely(Access.ToSome(AccountActions.Change), GraveAct.AccountChanged));
        people
            .MapPut("/{person}/activation", ActivateAsync)
            .Requires(Access.Gravely(Access.ToSome(AccountActions.Change), GraveAct.AccountSwitchedOff));
        people.MapGet("/{person}/history", HistoryAsync).Requires(Access.ToSome(AccountActions.Read)).Traces("account-history.read");
        people.MapGet("/{person}/rights", Rights).Requires(Access.ToSome(AccountActions.Read)).Traces("rights.read");
        people.MapGet("/{person}/mails", MailsAsync).Requires(Access.ToSome(AccountActions.Change));
        people.MapGet("/{person}/sign-ins", SignInsAsync).Requires(Access.ToSome(AccountActions.Change)).Traces("sign-ins.read");
        people
            .MapDelete("/{person}/sign-ins", EndAsync)
            .Requires(Access.ToSome(AccountActions.Change))
            .Traces(AuditKinds.SignInEnded, "sign-ins.ended");
    }

    /// <summary>The accounts that the viewer may read, by name.</summary>
    /// <param name="search">A part of the name, the user name or the e-mail address.</param>
    /// <param name="role">Only people with this role, such as <c>coordinator</c>.</param>
    /// <param name="invitable">Only people who have not signed in yet and who may be sent a link for their first password.</param>
    private static Results<Ok<PeoplePage>, ProblemHttpResult> ListAsync(
        HttpContext http,
        IServiceProvider services,
        string? search = null,
        string? role = null,
        NetworkId? network = null,
        bool invitable = false,
        int skip = 0,
        int take = 50
    )
    {
        if (skip < 0 || take is < 1 or > MostTaken)
            return Problems.Of(RequestCodes.BadParameter, $"Take 1 to {MostTaken} people.", "take");
        Role? only = Enum.GetValues<Role>()
            .Cast<Role?>()
            .FirstOrDefault(r => r.ToString()!.Equals(role, StringComparison.OrdinalIgnoreCase));
        if (role is not null && only is null)
            return Problems.Of(RequestCodes.BadParameter, "There is no such role.", "role");
        var (viewer, wanted) = (Viewer.Of(http), search?.Trim() ?? "");
        var found = services
            .GetRequiredService<AccessBook>()
            .Accounts.Where(a => Access.MayRead(viewer, a))
            .Where(a =>
                (only is null && network is null)
                || a.Grants.Any(g => (only is null || g.Role == only) && (network is null || g.Scope.Network == network))
            )
            .Where(a => !invitable || (IsInvitable(a) && Access.GrantToChange(viewer, a) is not null))
            .Where(a =>
                new[] { a.Name.En, a.Name.Ar, a.Name.Ko, a.UserName, a.Email }.Any(text =>
                    text?.Contains(wanted, StringComparison.CurrentCultureIgnoreCase) == true
                )
            )
            .OrderBy(a => a.Name.En, StringComparer.OrdinalIgnoreCase)
            .ThenBy(a => a.Person.Value, StringComparer.Ordinal)
            .ToList();
        return TypedResults.Ok(new PeoplePage([.. found.Skip(skip).Take(take).Select(a => Access.Shown(viewer, a))], found.Count));
    }

    private static bool IsInvitable(Account account) =>
        account is { Kind: AccountKind.Person, Demo: false, Deactivated: false } && !LinksApi.HasSignedIn(account);

    private static Results<Ok<Account>, ProblemHttpResult> Get(PersonId person, HttpContext http) =>
        FindToRead(person, http) is { } account ? TypedResults.Ok(Access.Shown(Viewer.Of(http), account)) : Unknown();

    /// <summary>Opens an account with its first roles, and returns the link by which the person chooses a password.</summary>
    private static async Task<Results<Created<Invited>, ProblemHttpResult>> OpenAsync(
        NewPerson body,
        HttpContext http,
        IGrainFactory grains
    )
    {
        var (viewer, now) = (Viewer.Of(http), http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow());
        if (body.Roles.IsDefaultOrEmpty || body.Roles.Length > MostRoles)
            return Problems.Of(RequestCodes.BadJson, $"A new account has 1 to {MostRoles} roles.", "$.roles");
        if (body.Name is null)
            return Problems.Of(AccountCodes.BadName, place: "$.name");
        if (body.ByMail && !http.RequestServices.GetRequiredService<MailBox>().IsOn)
            return Problems.Of(MailCodes.Off, place: "$.byMail");
        if (body.ByMail && await http.RequestServices.GetRequiredService<MailBox>().Grain.RoomAsync() == 0)
            return Problems.Of(MailCodes.Full);
        if (body.ByMail && body.Email is null)
            return Problems.Of(MailCodes.NoAddress, place: "$.email");
        if (body.Person is { } given && !await MayOpenForAsync(viewer, given, http.RequestServices))
            return Problems.Of(AccountCodes.Unknown, "You may not open an account for this person.", "$.person");
        Guid? basis = null;
        List<Grant> grants = [];
        foreach (var (role, i) in body.Roles.Select((r, i) => (r, i)))
        {
            if (role?.Scope is null)
                return Problems.Of(RequestCodes.BadJson, "A role has a scope.", $"$.roles[{i}].scope");
            if (Access.GrantToGive(viewer, role.Role, role.Scope) is not { } gives)
                return Problems.Of(AccessCodes.Denied, "You may not give this role.", $"$.roles[{i}]");
            if (await RolesApi.UnknownInAsync(role.Scope, grains) is { } unknown)
                return Problems.Of(AccountCodes.BadScope, unknown, $"$.roles[{i}].scope");
            basis = gives.Id;
            grants.Add(new(RolesApi.IdOf(body.CommandId, i), role.Role, role.Scope, role.From ?? now, role.Until, viewer.Person));
        }
        var reply = await RolesApi.DecideAsync(
            http,
            grains,
            new OpenAccount
            {
                CommandId = body.CommandId,
                Person = body.Person ?? new($"p-{body.CommandId:n}"),
                UserName = (body.UserName ?? "").Trim(),
                Name = body.Name,
                Email = body.Email,
                Grants = [.. grants],
                Reason = body.Reason,
                Basis = basis,
            }
        );
        if (reply.Refusal is { } refusal)
            return Problems.Of(refusal);
        var account = reply.Account!;
        // The request may repeat an older one. Meanwhile the person may have got roles that are beyond the viewer's right.
        if (Access.GrantToChange(viewer, account) is null)
            return Problems.Of(AccessCodes.Denied);
        http.Grave().Person = account.Person;
        http.Grave().Role = body.Roles.Length == 1 ? body.Roles[0].Role : null;
        var (link, problem) = await LinksApi.InviteAsync(account, false, body.ByMail && MailBox.IsReachable(account), http, grains);
        return problem is not null
            ? problem
            : TypedResults.Created($"/api/people/{account.Person}", new Invited(account, link!.Link, link.Until));
    }

    /// <summary>
    /// Whether a viewer may open an account with this id. Administrators may. Coordinators may for consultants who belong to their networks
    /// alone. Otherwise a coordinator could act as somebody of another network.
    /// </summary>
    internal static async Task<bool> MayOpenForAsync(Viewer viewer, PersonId person, IServiceProvider services)
    {
        if (Access.May(viewer, AccountActions.Change, default))
            return true;
        var of = await services.GetRequiredService<ThingScopes>().OfConsultantAsync(person);
        return !of.IsEmpty && of.All(subject => Access.May(viewer, AccountActions.Change, subject));
    }

    private static async Task<Results<Ok<Account>, ProblemHttpResult>> ChangeAsync(
        PersonId person,
        PersonChange body,
        HttpContext http,
        IGrainFactory grains
    )
    {
        if (body.Name is null)
            return Problems.Of(AccountCodes.BadName, place: "$.name");
        var before = FindToRead(person, http);
        var answer = await WithAsync(
            person,
            http,
            basis =>
                RolesApi.DecideAsync(
                    http,
                    grains,
                    new ChangeAccount
                    {
                        CommandId = body.CommandId,
                        Person = person,
                        UserName = (body.UserName ?? "").Trim(),
                        Name = body.Name,
                        Email = body.Email,
                        ExpectedVersion = body.ExpectedVersion,
                        Reason = body.Reason,
                        Basis = basis,
                    }
                )
        );
        if (answer.Result is Ok<Account> { Value: { } after } && before is { Email: not null } && before.Email != after.Email)
            await http.RequestServices.GetRequiredService<OwnerMails>().AddressChangedAsync(before);
        return answer;
    }

    private static Task<Results<Ok<Account>, ProblemHttpResult>> ActivateAsync(
        PersonId person,
        Activation body,
        HttpContext http,
        IGrainFactory grains
    )
    {
        http.Grave().Act = body.Active ? GraveAct.AccountSwitchedOn : GraveAct.AccountSwitchedOff;
        return WithAsync(
            person,
            http,
            basis =>
                RolesApi.DecideAsync(
                    http,
                    grains,
                    new DeactivateAccount
                    {
                        CommandId = body.CommandId,
                        Person = person,
                        Deactivated = !body.Active,
                        ExpectedVersion = body.ExpectedVersion,
                        Reason = body.Reason,
                        Basis = basis,
                    }
                )
        );
    }

    private static async Task<Results<Ok<ImmutableArray<AccessChange>>, ProblemHttpResult>> HistoryAsync(
        PersonId person,
        HttpContext http,
        IGrainFactory grains,
        long? before = null,
        int take = 50
    )
    {
        if (take is < 1 or > MostTaken)
            return Problems.Of(RequestCodes.BadParameter, $"Take 1 to {MostTaken} entries.", "take");
        if (FindToRead(person, http) is not { } account)
            return Unknown();
        var viewer = Viewer.Of(http);
        var read = await grains.GetGrain<IAccessGrain>("hub").HistoryAsync(person, before, take + 1);
        var roles = read.SelectMany(c => c.Account?.Grants ?? []).Concat(account.Grants).ToLookup(g => g.Id);
        return TypedResults.Ok<ImmutableArray<AccessChange>>([
            .. from change in read.Take(take)
            where change.Grant is not { } grant || roles[grant].Any(g => Access.MayRead(viewer, g))
            select change with
            {
                Account = change.Account is { } then ? Access.Shown(viewer, then) : null,
            },
        ]);
    }

    /// <summary>What a person may do now, and which roles allow it.</summary>
    private static Results<Ok<List<RightView>>, ProblemHttpResult> Rights(PersonId person, HttpContext http, TimeProvider clock) =>
        FindToRead(person, http) is not { } account
            ? Unknown()
            : TypedResults.Ok(
                Access
                    .Shown(Viewer.Of(http), account)
                    .Grants.Where(g => !account.Deactivated && g.IsValidAt(clock.GetUtcNow()))
                    .SelectMany(g => Access.ActionsOf(g.Role).Select(a => (a.Action.Name, g.Id)))
                    .GroupBy(a => a.Name, a => a.Id)
                    .OrderBy(a => a.Key, StringComparer.Ordinal)
                    .Select(a => new RightView(a.Key, [.. a.Distinct()]))
                    .ToList()
            );

    /// <summary>The newest mails to a person, the newest first: whether each was sent, waits or failed, and why.</summary>
    private static async Task<Results<Ok<ImmutableArray<MailView>>, ProblemHttpResult>> MailsAsync(PersonId person, HttpContext http) =>
        FindToChange(person, http) is { } problem
            ? problem
            : TypedResults.Ok(await http.RequestServices.GetRequiredService<MailBox>().Grain.OfPersonAsync(person, MostMails));

    private static async Task<Results<Ok<List<MeApi.SignInView>>, ProblemHttpResult>> SignInsAsync(
        PersonId person,
        HttpContext http,
        IGrainFactory grains
    ) => FindToChange(person, http) is { } problem ? problem : TypedResults.Ok(await MeApi.ViewsAsync(grains, person, null));

    private static async Task<Results<NoContent, ProblemHttpResult>> EndAsync(PersonId person, HttpContext http, IGrainFactory grains)
    {
        if (FindToChange(person, http) is { } problem)
            return problem;
        await grains.GetGrain<IAccountGrain>(person.Value).EndAsync(Viewer.Of(http).Actor, null, null);
        return TypedResults.NoContent();
    }

    private static async Task<Results<Ok<Account>, ProblemHttpResult>> WithAsync(
        PersonId person,
        HttpContext http,
        Func<Guid, Task<AccessReply>> decide
    )
    {
        if (FindToRead(person, http) is not { } account)
            return Unknown();
        if (Access.GrantToChange(Viewer.Of(http), account) is not { } basis)
            return Problems.Of(AccessCodes.Denied);
        var reply = await decide(basis.Id);
        return reply.Refusal is { } refusal ? Problems.Of(refusal) : TypedResults.Ok(reply.Account!);
    }

    private static Account? FindToRead(PersonId person, HttpContext http) =>
        http.RequestServices.GetRequiredService<AccessBook>().Find(person) is { } account && Access.MayRead(Viewer.Of(http), account)
            ? account
            : null;

    private static ProblemHttpResult? FindToChange(PersonId person, HttpContext http) =>
        FindToRead(person, http) is not { } account ? Unknown()
        : Access.GrantToChange(Viewer.Of(http), account) is null ? Problems.Of(AccessCodes.Denied)
        : null;

    private static ProblemHttpResult Unknown() => Problems.Of(AccountCodes.Unknown, place: "person");
}
