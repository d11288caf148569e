using System.Security.Cryptography;
using ConsultHub.Accounts;
using ConsultHub.Conferences;
using ConsultHub.Grave;
using ConsultHub.Networks;
using ConsultHub.Web.Directories;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ConsultHub.Web.Accounts;

/// <summary>Roles: what each may do, and who has which.</summary>
public static class RolesApi
{
    /// <summary>A part that the scope of a role may have.</summary>
    public enum ScopeKind
    {
        Hub,
        Network,
        Hospitals,
        Partner,
        Conference,
        Session,
    }

    /// <param name="Scopes">Which parts the scope of the role may have.</param>
    /// <param name="MayGive">Whether the viewer may give this role to others.</param>
    public sealed record RoleView(Role Role, IReadOnlyList<string> Actions, IReadOnlyList<ScopeKind> Scopes, bool MayGive);

    /// <param name="From">UTC. The default is now.</param>
    /// <param name="Until">UTC. Null leaves the period open.</param>
    public sealed record NewGrant(
        Guid CommandId,
        PersonId Person,
        Role Role,
        GrantScope Scope,
        DateTimeOffset? From = null,
        DateTimeOffset? Until = null,
        string? Reason = null
    ) : ICommand;

    /// <param name="From">UTC.</param>
    /// <param name="Until">UTC. Null leaves the period open.</param>
    public sealed record NewPeriod(
        Guid CommandId,
        DateTimeOffset From,
        DateTimeOffset? Until = null,
        long? ExpectedVersion = null,
        string? Reason = null
    ) : ICommand;

    internal static void MapRoles(this IEndpointRouteBuilder app)
    {
        var roles = app.MapGroup("/api/roles").WithTags("Accounts");
        roles.MapGet("/", List).Requires(Access.SignedInOrToken);
        roles.MapPost("/", GiveAsync).Requires(Access.Gravely(Access.ToSome(AccountActions.Change), GraveAct.RoleGiven));
        roles
            .MapPut("/{grant:guid}", ChangePeriodAsync)
            .Requires(Access.Gravely(Access.ToSome(AccountActions.Change), GraveAct.RoleChanged));
        roles.MapDelete("/{grant:guid}", TakeAsync).Requires(Access.Gravely(Access.ToSome(AccountActions.Change), GraveAct.RoleTaken));
    }

    /// <summary>The roles that exist, and what each may do.</summary>
    private static Ok<List<RoleView>> List(HttpContext http)
    {
        var viewer = Viewer.Of(http);
        return TypedResults.Ok(
            Enum.GetValues<Role>()
                .Where(role => role != Role.System)
                .Select(role => new RoleView(
                    role,
                    [.. Access.ActionsOf(role).Select(a => a.Action.Name).Distinct().Order(StringComparer.Ordinal)],
                    ScopesOf(role),
                    Access.MayGiveSomewhere(viewer, role)
                ))
                .ToList()
        );
    }

    private static async Task<Results<Created<Account>, ProblemHttpResult>> GiveAsync(NewGrant body, HttpContext http, IGrainFactory grains)
    {
        var (viewer, now) = (Viewer.Of(http), http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow());
        if (body.Scope is null)
            return Problems.Of(RequestCodes.BadJson, "A role has a scope.", "$.scope");
        if (body.Person.Value is null)
            return Problems.Of(RequestCodes.BadJson, "The person is missing.", "$.person");
        if (Access.GrantToGive(viewer, body.Role, body.Scope) is not { } gives)
            return Problems.Of(AccessCodes.Denied, "You may not give this role.", "$.role");
        var book = http.RequestServices.GetRequiredService<AccessBook>();
        await book.CatchUpAsync(); // the account may have been opened on another node just now
        if (book.Find(body.Person) is not { } account || !Access.MayRead(viewer, account))
            return Problems.Of(AccountCodes.Unknown, place: "$.person");
        if (await UnknownInAsync(body.Scope, grains) is { } unknown)
            return Problems.Of(AccountCodes.BadScope, unknown, "$.scope");
        var grant = new Grant(IdOf(body.CommandId, 0), body.Role, body.Scope, body.From ?? now, body.Until, viewer.Person);
        var reply = await DecideAsync(
            http,
            grains,
            new GiveRole
            {
                CommandId = body.CommandId,
                Person = body.Person,
                Grant = grant,
                Reason = body.Reason,
                Basis = gives.Id,
            }
        );
        (http.Grave().Person, http.Grave().Role) = (body.Person, body.Role);
        return reply.Refusal is { } refusal ? Problems.Of(refusal) : TypedResults.Created($"/api/people/{body.Person}", reply.Account!);
    }

    /// <summary>Changes the period in which a role counts. Everybody who may give the role may do this.</summary>
    private static async Task<Results<Ok<Account>, ProblemHttpResult>> ChangePeriodAsync(
        Guid grant,
        NewPeriod body,
        HttpContext http,
        IGrainFactory grains
    )
    {
        if (Find(grant, http) is not var (account, changed))
            return Problems.Of(AccountCodes.RoleUnknown, place: "grant");
        if (Access.GrantToGive(Viewer.Of(http), changed.Role, changed.Scope) is not { } gives)
            return Problems.Of(AccessCodes.Denied, "You may not change this role.", "grant");
        (http.Grave().Person, http.Grave().Role) = (account.Person, changed.Role);
        var reply = await DecideAsync(
            http,
            grains,
            new ChangePeriod
            {
                CommandId = body.CommandId,
                Person = account.Person,
                Grant = grant,
                From = body.From,
                Until = body.Until,
                ExpectedVersion = body.ExpectedVersion,
                Reason = body.Reason,
                Basis = gives.Id,
            }
        );
        return reply.Refusal is { } refusal ? Problems.Of(refusal) : TypedResults.Ok(reply.Account!);
    }

    private static async Task<Results<Ok<Account>, ProblemHttpResult>> TakeAsync(
        Guid grant,
        HttpContext http,
        IGrainFactory grains,
        string? reason = null
    )
    {
        if (Find(grant, http) is not var (account, taken))
            return Problems.Of(AccountCodes.RoleUnknown, place: "grant");
        if (Access.GrantToGive(Viewer.Of(http), taken.Role, taken.Scope) is not { } takes)
            return Problems.Of(AccessCodes.Denied, "You may not take this role away.", "grant");
        if (reason is { Length: > 500 })
            return Problems.Of(RequestCodes.BadParameter, "A reason has at most 500 characters.", "reason");
        var reply = await DecideAsync(
            http,
            grains,
            new TakeRole
            {
                CommandId = Guid.NewGuid(),
                Person = account.Person,
                Grant = grant,
                Reason = reason,
                Basis = takes.Id,
            }
        );
        (http.Grave().Person, http.Grave().Role) = (account.Person, taken.Role);
        if (reply.Refusal is { } refusal)
            return Problems.Of(refusal);
        if (taken.Scope.Conference is { } conference && grant == AccountRules.RegistrationOf(conference, account.Person))
            await grains.GetGrain<IConferenceGrain>(conference.Value).GiveRegistrationBackAsync(account.Person);
        return TypedResults.Ok(reply.Account!);
    }

    /// <summary>Finds a role that somebody has. Null if there is none, or if the viewer may not read the account.</summary>
    private static (Account Account, Grant Grant)? Find(Guid id, HttpContext http)
    {
        foreach (var account in http.RequestServices.GetRequiredService<AccessBook>().Accounts)
            if (account.Grants.FirstOrDefault(g => g.Id == id) is { } grant)
                return Access.MayRead(Viewer.Of(http), account) ? (account, grant) : null;
        return null;
    }

    /// <summary>Sends a command, and waits until this node knows the change, so that the next request sees it.</summary>
    internal static async Task<AccessReply> DecideAsync(HttpContext http, IGrainFactory grains, AccessCommand command)
    {
        if (command.Reason is { Length: > 500 })
            return new(null, RequestCodes.BadJson, "A reason has at most 500 characters.", "$.reason");
        var viewer = Viewer.Of(http);
        var reply = await grains.GetGrain<IAccessGrain>("hub").DecideAsync(viewer.Actor, command);
        await http.RequestServices.GetRequiredService<AccessBook>().CatchUpAsync();
        return reply with { Account = reply.Account is { } account ? Access.Shown(viewer, account) : null };
    }

    /// <summary>Returns what a scope names that does not exist, or null.</summary>
    internal static async Task<string?> UnknownInAsync(GrantScope scope, IGrainFactory grains)
    {
        if (scope.Network is not { } network)
            return null;
        if (!await grains.IsListedAsync("hub/networks", network.Value))
            return $"There is no network {network}.";
        var hospitals = scope.Hospitals.IsEmpty ? [] : await grains.ListAsync($"{network}/hospitals");
        foreach (var hospital in scope.Hospitals)
            if (!hospitals.Any(h => h.Id == hospital.Value))
                return $"There is no hospital {hospital} in this network.";
        if (
            scope.Partner is { } partner
            && (await grains.GetGrain<INetworkGrain>(network.Value).GetAsync())?.Partners.Any(p => p.Id == partner) != true
        )
            return $"There is no partner {partner} of this network.";
        if (scope.Conference is not { } conference)
            return null;
        var grain = grains.GetGrain<IConferenceGrain>(conference.Value);
        if ((await grain.GetAsync())?.Network != network)
            return $"There is no conference {conference} in this network.";
        return scope.Session is { } session && await grain.GetSessionAsync(session) is null
            ? $"There is no session {session} in this conference."
            : null;
    }

    /// <summary>Returns the id of a grant, always the same for the same command, so that a repeated command gives one role.</summary>
    internal static Guid IdOf(Guid command, int index)
    {
        Span<byte> bytes = stackalloc byte[20];
        command.TryWriteBytes(bytes);
        BitConverter.TryWriteBytes(bytes[16..], index);
        return new(SHA256.HashData(bytes).AsSpan(0, 16));
    }

    private static ScopeKind[] ScopesOf(Role role) =>
        role switch
        {
            Role.Administrator => [ScopeKind.Hub],
            Role.Coordinator or Role.ProgrammeDirector or Role.Supervisor or Role.ResearchLead =>
            [
                ScopeKind.Network,
                ScopeKind.Hospitals,
                ScopeKind.Partner,
            ],
            Role.Reviewer => [ScopeKind.Network, ScopeKind.Partner],
            Role.Registrar => [ScopeKind.Hospitals],
            Role.Display => [ScopeKind.Network, ScopeKind.Hospitals],
            Role.Host or Role.Speaker or Role.Moderator or Role.Captioner => [ScopeKind.Conference, ScopeKind.Session],
            Role.Attendee => [ScopeKind.Network, ScopeKind.Conference],
            _ => [ScopeKind.Network],
        };
}
