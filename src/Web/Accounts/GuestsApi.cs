using ConsultHub.Accounts;
using ConsultHub.Audit;
using ConsultHub.Web.Conferences;
using ConsultHub.Web.Lectures;
using ConsultHub.Web.Limits;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ConsultHub.Web.Accounts;

/// <summary>
/// Guest speakers of one session. Each is an account without a password, with the role of a speaker in this session alone. The link signs
/// the guest in until it is withdrawn or its time is over.
/// </summary>
public static class GuestsApi
{
    private const int MostListed = 200;

    /// <param name="Until">UTC, at most 90 days from now. The role ends then.</param>
    public sealed record NewGuest(Guid CommandId, ConferenceId Conference, SessionId Session, string Name, DateTimeOffset Until) : ICommand;

    /// <param name="Link">The address if <c>Hub:PublicUrl</c> is set, otherwise only its path. The hub shows it only now.</param>
    public sealed record GuestLink(PersonId Person, string Link, DateTimeOffset Until);

    public sealed record GuestView(PersonId Person, LocalName Name, DateTimeOffset Until, bool SignedIn);

    /// <param name="Page">The path of the session's backstage.</param>
    public sealed record GuestPage(ConferenceId Conference, SessionId Session, string Page);

    internal static void MapGuests(this IEndpointRouteBuilder app)
    {
        var links = app.MapGroup("/api/guest-links").WithTags("Guests");
        links.MapPost("/", InviteAsync).Requires(InvitesSomewhere).Traces(AuditKinds.SecretsChanged, "link.made");
        links.MapGet("/", ListAsync).Requires(InvitesSomewhere);
        links.MapDelete("/{person}", WithdrawAsync).Requires(InvitesSomewhere);
        links.MapPost("/use", UseAsync).Requires(Access.HoldsLink).RequireRateLimiting(LimitHosting.SignIn);
    }

    /// <summary>People who manage a conference or host a lecture. The handler checks which.</summary>
    private static AccessRule InvitesSomewhere { get; } =
        new(
            "invites-guests",
            (viewer, _, _) =>
                viewer is not null
                && (Access.MaySomewhere(viewer, ConferenceActions.Manage) || Access.MaySomewhere(viewer, LectureActions.Host))
        );

    private static async Task<Results<Created<GuestLink>, ProblemHttpResult>> InviteAsync(
        NewGuest body,
        HttpContext http,
        IGrainFactory grains
    )
    {
        var (viewer, services) = (Viewer.Of(http), http.RequestServices);
        if (body.Conference.Value is null || body.Session.Value is null)
            return Problems.Of(RequestCodes.BadJson, "The conference or the session is missing.", "$.session");
        if (await services.GetRequiredService<ThingScopes>().OfConferenceAsync(body.Conference) is not { Network: not null } conference)
            return ConferencesApi.Unknown(body.Conference);
        if (GrantToInvite(viewer, conference with { Session = body.Session }) is not { } basis)
            return Problems.Of(AccessCodes.Denied, "You may not invite guests to this session.", "$.session");
        var scope = new GrantScope
        {
            Network = conference.Network,
            Conference = body.Conference,
            Session = body.Session,
        };
        if (await RolesApi.UnknownInAsync(scope, grains) is { } unknown)
            return Problems.Of(AccountCodes.BadScope, unknown, "$.session");
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        if (body.Until <= now || body.Until > now + AccountRules.GuestLasts)
            return Problems.Of(AccountCodes.BadPeriod, "A guest is invited for at most 90 days.", "$.until");
        var id = $"{body.CommandId:n}";
        var reply = await RolesApi.DecideAsync(
            http,
            grains,
            new OpenAccount
            {
                CommandId = body.CommandId,
                Person = new($"p-{id}"),
                UserName = $"guest-{id[..12]}",
                Name = new((body.Name ?? "").Trim()),
                Kind = AccountKind.Guest,
                Grants = [new(RolesApi.IdOf(body.CommandId, 0), Role.Speaker, scope, now, body.Until, viewer.Person)],
                Basis = basis.Id,
            }
        );
        if (reply.Refusal is { } refusal)
            return Problems.Of(refusal);
        // A command id that was used for another kind of account makes no guest.
        if (reply.Account!.Kind != AccountKind.Guest)
            return Problems.Of(AccountCodes.CommandUsed, place: "$.commandId");
        var person = reply.Account.Person;
        var page = $"/conferences/{body.Conference}/sessions/{body.Session}/backstage";
        var link = await LinksApi.IssueAsync(
            person,
            "guest",
            new("", body.Until, viewer.Person, false, LinkKind.Guest, page),
            http,
            grains
        );
        return TypedResults.Created((string?)null, new GuestLink(person, link.Link, link.Until));
    }

    /// <summary>The guests of a session whose time is not over.</summary>
    private static async Task<Results<Ok<List<GuestView>>, ProblemHttpResult>> ListAsync(
        ConferenceId conference,
        SessionId session,
        HttpContext http,
        IGrainFactory grains
    )
    {
        var services = http.RequestServices;
        if (await services.GetRequiredService<ThingScopes>().OfConferenceAsync(conference) is not { } of)
            return ConferencesApi.Unknown(conference);
        if (GrantToInvite(Viewer.Of(http), of with { Session = session }) is null)
            return Problems.Of(AccessCodes.Denied);
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        var guests = services
            .GetRequiredService<AccessBook>()
            .Accounts.Where(a => a is { Kind: AccountKind.Guest, Deactivated: false })
            .Select(a => (Account: a, Grant: a.Grants.FirstOrDefault(g => g.Scope.Conference == conference && g.Scope.Session == session)))
            .Where(g => g.Grant?.IsValidAt(now) == true)
            .OrderBy(g => g.Account.Name.En, StringComparer.OrdinalIgnoreCase)
            .Take(MostListed);
        var views = await Task.WhenAll(
            guests.Select(async g => new GuestView(
                g.Account.Person,
                g.Account.Name,
                g.Grant!.Until!.Value,
                !(await grains.GetGrain<IAccountGrain>(g.Account.Person.Value).SignInsAsync()).IsEmpty
            ))
        );
        return TypedResults.Ok(views.ToList());
    }

    /// <summary>Withdraws a link: switches the guest's account off, which ends its sign-in.</summary>
    private static async Task<Results<NoContent, ProblemHttpResult>> WithdrawAsync(PersonId person, HttpContext http, IGrainFactory grains)
    {
        if (http.RequestServices.GetRequiredService<AccessBook>().Find(person) is not { Kind: AccountKind.Guest } account)
            return Problems.Of(AccountCodes.Unknown, place: "person");
        Grant? basis = null;
        foreach (var grant in account.Grants)
        {
            var scope = grant.Scope;
            basis = GrantToInvite(Viewer.Of(http), new Subject(scope.Network) { Conference = scope.Conference, Session = scope.Session });
            if (basis is null)
                break;
        }
        basis ??= Access.GrantToChange(Viewer.Of(http), account);
        if (basis is null)
            return Problems.Of(AccessCodes.Denied, place: "person");
        var reply = await RolesApi.DecideAsync(
            http,
            grains,
            new DeactivateAccount
            {
                CommandId = Guid.NewGuid(),
                Person = person,
                Basis = basis.Id,
            }
        );
        return reply.Refusal is { } refusal ? Problems.Of(refusal) : TypedResults.NoContent();
    }

    /// <summary>Signs the browser in as the guest. An earlier sign-in with the same link ends.</summary>
    private static async Task<Results<Ok<GuestPage>, ProblemHttpResult>> UseAsync(
        LinksApi.LinkToken body,
        HttpContext http,
        TimeProvider clock
    ) =>
        await LinksApi.HolderAsync(body.Token, http) is var (account, hash)
        && account.Kind == AccountKind.Guest
        && account.Grants.FirstOrDefault(g => g.IsValidAt(clock.GetUtcNow()))?.Scope
            is { Conference: { } conference, Session: { } session } of
        && IsStillMeant(account, of, http)
        && await http.RequestServices.GetRequiredService<SignIns>().EnterAsync(http, account, hash, LinkKind.Guest) is { } link
            ? TypedResults.Ok(new GuestPage(conference, session, link.Page!))
            : Problems.Of(AccountCodes.LinkUnknown, place: "$.token");

    /// <summary>
    /// Whether the person who gave the guest the role may still invite guests. Otherwise somebody who has kept the link could use it after
    /// losing the right. If somebody has given the account further roles, the link no longer opens it.
    /// </summary>
    private static bool IsStillMeant(Account guest, GrantScope scope, HttpContext http) =>
        guest.Grants is [var only]
        && http.RequestServices.GetRequiredService<AccessBook>().Standing(only.By) is { } maker
        && GrantToInvite(maker, new Subject(scope.Network) { Conference = scope.Conference, Session = scope.Session }) is not null;

    private static Grant? GrantToInvite(Viewer viewer, in Subject session) =>
        Access.GrantFor(viewer, ConferenceActions.Manage, session) ?? Access.GrantFor(viewer, LectureActions.Host, session);
}
