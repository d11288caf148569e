using System.Collections.Immutable;
using ConsultHub.Accounts;
using ConsultHub.Grave;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ConsultHub.Web.Accounts;

/// <summary>Tokens with which programs act for a person, or for an account that is made for a program.</summary>
public static class TokensApi
{
    /// <param name="Actions">What the token allows, such as <c>roster.read</c>. See <c>GET /api/roles</c>.</param>
    /// <param name="Until">UTC, at most 366 days from now.</param>
    /// <param name="Person">The account of a program, which has only the role integration. Null for the own account.</param>
    public sealed record NewToken(string Name, ImmutableArray<string> Actions, DateTimeOffset Until, PersonId? Person = null);

    /// <param name="Token">The token itself. The hub shows it only now.</param>
    public sealed record MadeToken(string Token, TokenView View);

    /// <param name="MadeAt">UTC. Null if an older version of the software made the token.</param>
    /// <param name="LastUsedAt">UTC, to within five minutes. Null if the token was never used.</param>
    /// <param name="LastAddress">From where it was last used.</param>
    public sealed record TokenView(
        Guid Id,
        string Name,
        ImmutableArray<string> Actions,
        DateTimeOffset? MadeAt,
        DateTimeOffset Until,
        DateTimeOffset? LastUsedAt,
        string? LastAddress
    );

    internal static void MapTokens(this IEndpointRouteBuilder app)
    {
        var tokens = app.MapGroup("/api/tokens").WithTags("Tokens");
        tokens.MapPost("/", MakeAsync).Requires(Access.Gravely(Access.SignedIn, GraveAct.TokenMade));
        tokens.MapGet("/", ListAsync).Requires(Access.SignedIn);
        tokens.MapDelete("/{id:guid}", WithdrawAsync).Requires(Access.SignedIn);
    }

    private static async Task<Results<Created<MadeToken>, ProblemHttpResult>> MakeAsync(
        NewToken body,
        HttpContext http,
        IGrainFactory grains
    )
    {
        var (viewer, services) = (Viewer.Of(http), http.RequestServices);
        var (book, clock) = (services.GetRequiredService<AccessBook>(), services.GetRequiredService<TimeProvider>());
        var (account, basis) = (viewer.Account, viewer.Grants.FirstOrDefault()?.Id);
        if (body.Person is { } program && program != viewer.Person)
        {
            if (book.Find(program) is not { } found || !Access.MayRead(viewer, found))
                return Problems.Of(AccountCodes.Unknown, place: "$.person");
            if (Access.GrantToChange(viewer, found) is not { } changes)
                return Problems.Of(AccessCodes.Denied, place: "$.person");
            if (!await IsOfProgramAsync(found, services))
                return Problems.Of(TokenCodes.NotForProgram, place: "$.person");
            (account, basis) = (found, changes.Id);
        }
        var now = clock.GetUtcNow();
        ImmutableArray<string> actions = body.Actions.IsDefault ? [] : [.. body.Actions.Distinct(StringComparer.Ordinal)];
        for (var i = 0; i < actions.Length; i++)
            if (actions[i] != AccountActions.Own.Name && !Has(account, actions[i], now))
                return Problems.Of(TokenCodes.ActionLacking, "The account may not do this action.", $"$.actions[{i}]");
        var (id, text, hash) = TokenText.Make();
        var factor = viewer.Ticket.FactorAt is not null;
        var token = new AccessToken(id, (body.Name ?? "").Trim(), hash, actions, body.Until, viewer.Person, factor, now);
        var command = new MakeToken
        {
            CommandId = Guid.NewGuid(),
            Person = account.Person,
            Token = token,
            Basis = basis,
        };
        var reply = await RolesApi.DecideAsync(http, grains, command);
        return reply.Refusal is { } refusal
            ? Problems.Of(refusal)
            : TypedResults.Created((string?)null, new MadeToken(text, ViewOf(token, [])));
    }

    /// <summary>The tokens that are still valid.</summary>
    /// <param name="person">An account that the viewer may change. Null for the own account.</param>
    private static async Task<Results<Ok<List<TokenView>>, ProblemHttpResult>> ListAsync(
        HttpContext http,
        IGrainFactory grains,
        PersonId? person = null
    )
    {
        var (viewer, account) = (Viewer.Of(http), Viewer.Of(http).Account);
        if (person is { } other && other != viewer.Person)
        {
            if (http.RequestServices.GetRequiredService<AccessBook>().Find(other) is not { } found || !Access.MayRead(viewer, found))
                return Problems.Of(AccountCodes.Unknown, place: "person");
            if (Access.GrantToChange(viewer, found) is null)
                return Problems.Of(AccessCodes.Denied, place: "person");
            account = found;
        }
        var now = http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();
        var uses = await grains.GetGrain<IAccountGrain>(account.Person.Value).TokenUsesAsync();
        return TypedResults.Ok(account.Tokens.Where(t => t.Until > now).OrderBy(t => t.Until).Select(t => ViewOf(t, uses)).ToList());
    }

    /// <summary>Withdraws a token. Each node refuses it as soon as it learns of this, and ends its live connections.</summary>
    private static async Task<Results<NoContent, ProblemHttpResult>> WithdrawAsync(Guid id, HttpContext http, IGrainFactory grains)
    {
        var viewer = Viewer.Of(http);
        if (http.RequestServices.GetRequiredService<AccessBook>().FindToken(id) is not var (account, _) || !Access.MayRead(viewer, account))
            return Problems.Of(TokenCodes.Unknown, place: "id");
        var basis = viewer.Grants.FirstOrDefault()?.Id;
        if (account.Person != viewer.Person)
        {
            if (Access.GrantToChange(viewer, account) is not { } changes)
                return Problems.Of(AccessCodes.Denied, place: "id");
            basis = changes.Id;
        }
        var command = new WithdrawToken
        {
            CommandId = Guid.NewGuid(),
            Person = account.Person,
            Token = id,
            Basis = basis,
        };
        var reply = await RolesApi.DecideAsync(http, grains, command);
        return reply.Refusal is { } refusal ? Problems.Of(refusal) : TypedResults.NoContent();
    }

    private static bool Has(Account account, string action, DateTimeOffset now) =>
        account.Grants.Any(g => g.IsValidAt(now) && Access.ActionsOf(g.Role).Any(a => a.Action.Name == action));

    private static async Task<bool> IsOfProgramAsync(Account account, IServiceProvider services) =>
        !account.Grants.IsEmpty
        && account.Grants.All(g => g.Role == Role.Integration)
        && (await services.GetRequiredService<AccountStore>().ReadAsync(account)).Secrets.Password is null;

    private static TokenView ViewOf(AccessToken token, ImmutableArray<TokenUse> uses)
    {
        var use = uses.FirstOrDefault(u => u.Token == token.Id);
        return new(token.Id, token.Name, token.Actions, token.At, token.Until, use?.At, use?.Address);
    }
}
