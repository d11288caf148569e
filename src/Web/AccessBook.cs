using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Security.Claims;
using ConsultHub.Accounts;
using ConsultHub.Silo.Demo;
using ConsultHub.Web.Accounts;
using ConsultHub.Web.Live;
using Microsoft.Extensions.Options;

namespace ConsultHub.Web;

/// <summary>
/// This node's copy of all accounts and roles. It decides in memory who somebody is. It never reads a database for that. It is told of each
/// change at once, and notices a lost change within three seconds.
/// </summary>
internal sealed partial class AccessBook(
    IGrainFactory grains,
    LiveTopics topics,
    IOptions<DemoOptions> demo,
    IOptions<SignInOptions> options,
    TimeProvider clock,
    ILogger<AccessBook> log
) : BackgroundService
{
    /// <summary>
    /// The key under which a live connection may keep a <c>Func&lt;bool&gt;</c>: whether its person may still do what the connection is
    /// for.
    /// </summary>
    public const string StillAllowed = "still-allowed";

    /// <summary>A node that has not reached the accounts for this long no longer trusts its copy.</summary>
    private static readonly TimeSpan Trusted = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan Look = TimeSpan.FromSeconds(0.5),
        Pause = TimeSpan.FromSeconds(1);

    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Replica? _replica;
    private volatile Tokens? _tokens;
    private int _generation;

    /// <summary>Raised when anybody's rights may have changed. Handlers must return at once.</summary>
    public event Action? Changed;

    /// <summary>Rises with each <see cref="Changed"/>. An answer of this book is valid as long as the number stays.</summary>
    public int Generation => Volatile.Read(ref _generation);

    /// <summary>Whether the copy is recent enough to be trusted.</summary>
    public bool IsConfirmed => _replica is { } replica && replica.SinceConfirmed < Trusted;

    /// <summary>All accounts. Those of the demo are left out when the demo is off.</summary>
    public IEnumerable<Account> Accounts => Items.Values.OfType<Account>().Where(IsOpen);

    private ImmutableDictionary<string, ConsultHub.Live.TopicItem> Items =>
        _replica?.State.Items ?? ImmutableDictionary<string, ConsultHub.Live.TopicItem>.Empty;

    /// <summary>Completes when the accounts have been read for the first time.</summary>
    public Task ReadyAsync(CancellationToken cancel) => _ready.Task.WaitAsync(cancel);

    /// <summary>Completes when the copy holds everything that was stored before the call.</summary>
    public async Task CatchUpAsync()
    {
        await _ready.Task;
        await _replica!.CatchUpAsync();
    }

    /// <summary>Returns a person's account. Null if there is none, or if it belongs to a demo that is off.</summary>
    public Account? Find(PersonId person) =>
        Items.GetValueOrDefault($"account/{person}") is Account account && IsOpen(account) ? account : null;

    public Account? FindByUserName(string userName) => Accounts.FirstOrDefault(a => a.UserName == userName);

    /// <summary>Whether any account has this user name, also one of a demo that is off.</summary>
    public bool IsNameTaken(string userName) => Items.Values.OfType<Account>().Any(a => a.UserName == userName);

    /// <summary>Returns the account with which an identity at a provider is connected.</summary>
    public Account? FindByIdentity(string issuer, string subject) =>
        Accounts.FirstOrDefault(a => a.Identities.Any(i => i.Is(issuer, subject)));

    /// <summary>Returns a person with all roles that are valid now, without a sign-in. Null if the account is missing or switched
    /// off.</summary>
    public Viewer? Standing(PersonId person)
    {
        var now = clock.GetUtcNow();
        return Find(person) is { Deactivated: false } account
            ? new(new(person, Guid.Empty, now, null, account.Demo), account, account.Grants.RemoveAll(g => !g.IsValidAt(now)), false)
            : null;
    }

    /// <summary>Whether the roles of an account demand a second factor.</summary>
    public bool DemandsFactor(Account account) =>
        !account.Demo && account.Grants.Any(g => g.IsValidAt(clock.GetUtcNow()) && options.Value.DemandsFactor(g.Role));

    /// <summary>Returns who has signed in, or why the sign-in is no longer valid.</summary>
    public (Viewer? Viewer, Code? Why) Resolve(SignInTicket? ticket)
    {
        if (ticket is null)
            return (null, AccessCodes.NotSignedIn);
        if (!IsConfirmed)
            return (null, AccessCodes.Unconfirmed);
        var now = clock.GetUtcNow();
        if (ticket.Until <= now)
            return (null, ticket.Token is null ? SignInCodes.Expired : TokenCodes.Expired);
        if (Find(ticket.Person) is not { } account || (ticket.Demo && !demo.Value.Enabled))
            return (null, SignInCodes.Ended);
        if (account.Deactivated)
            return (null, SignInCodes.Deactivated);
        if (ticket.Token is { } id)
            return ResolveToken(ticket, account, id, now);
        if (ticket.Until <= account.EndedThrough)
            return (null, SignInCodes.Ended);
        foreach (var ended in account.Ended)
            if (ended.Id == ticket.SignIn)
                return (null, SignInCodes.Ended);
        var grants = Valid(account, now, ticket.Issuer);
        var needs = ticket.FactorAt is null && !ticket.Demo && !account.Demo && grants.Any(g => options.Value.DemandsFactor(g.Role));
        return (new Viewer(ticket, account, needs ? [] : grants, needs), null);
    }

    private (Viewer? Viewer, Code? Why) ResolveToken(SignInTicket ticket, Account account, Guid id, DateTimeOffset now)
    {
        if (account.Tokens.FirstOrDefault(t => t.Id == id) is not { } token)
            return (null, TokenCodes.Wrong);
        var grants = Valid(account, now, null);
        if (!token.Factor && !account.Demo)
            grants = grants.RemoveAll(g => options.Value.DemandsFactor(g.Role));
        return (new Viewer(ticket, account, grants, false) { Actions = [.. token.Actions] }, null);
    }

    /// <summary>
    /// Returns the roles that are valid now. Roles that come from a provider's claims count only in a sign-in by this provider, because
    /// only there the claims are checked again.
    /// </summary>
    private static ImmutableArray<Grant> Valid(Account account, DateTimeOffset now, string? issuer)
    {
        bool Counts(Grant grant) => grant.IsValidAt(now) && (grant.Source is null || grant.Source == issuer);
        return account.Grants.All(Counts) ? account.Grants : account.Grants.RemoveAll(g => !Counts(g));
    }

    /// <summary>Finds a token by its id, in memory. The caller checks its secret.</summary>
    public (Account Account, AccessToken Token)? FindToken(Guid id)
    {
        var (items, known) = (Items, _tokens);
        if (known is null || !ReferenceEquals(known.Of, items))
            _tokens = known = new(
                items,
                items
                    .Values.OfType<Account>()
                    .SelectMany(a => a.Tokens.Select(t => (a, t)))
                    .DistinctBy(p => p.t.Id)
                    .ToFrozenDictionary(p => p.t.Id)
            );
        return known.ById.TryGetValue(id, out var found) && IsOpen(found.Account) ? found : null;
    }

    /// <summary>The accounts by token, and the state of the copy from which they were collected.</summary>
    private sealed record Tokens(
        ImmutableDictionary<string, ConsultHub.Live.TopicItem> Of,
        FrozenDictionary<Guid, (Account Account, AccessToken Token)> ById
    );

    public (Viewer? Viewer, Code? Why) Resolve(ClaimsPrincipal? principal) => Resolve(SignInTicket.From(principal));

    /// <summary>Returns a function that says who a connection's person is now. It asks the book again only after a change.</summary>
    public Func<Viewer?> Following(ClaimsPrincipal? principal)
    {
        var ticket = SignInTicket.From(principal);
        (int Generation, Viewer? Viewer)? known = null;
        return () =>
        {
            var generation = Generation;
            if (known is { } last && last.Generation == generation)
                return last.Viewer;
            var viewer = Resolve(ticket).Viewer;
            known = (generation, viewer);
            return viewer;
        };
    }

    private bool IsOpen(Account account) => !account.Demo || demo.Value.Enabled;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (_replica is null && !stoppingToken.IsCancellationRequested)
            try
            {
                _replica = await topics.BorrowAsync(grains.GetGrain<IAccessGrain>("hub"));
            }
            catch (Exception failure)
            {
                LogAway(failure.Message);
                await Task.Delay(Pause, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        if (_replica is null)
            return;
        var dirty = 1;
        _replica.Changed += () =>
        {
            Volatile.Write(ref dirty, 1);
            Advance();
        };
        _ready.TrySetResult();
        // A role that begins or lapses, an expired sign-in and a lost connection to the accounts are no changes of the replica.
        var (next, confirmed) = (DateTimeOffset.MaxValue, true);
        while (!stoppingToken.IsCancellationRequested)
        {
            var now = clock.GetUtcNow();
            if (Interlocked.Exchange(ref dirty, 0) == 1 || now >= next)
            {
                if (now >= next)
                    Advance();
                next = NextTurn(now);
            }
            if (IsConfirmed != confirmed)
            {
                confirmed = !confirmed;
                Advance();
            }
            await Task.Delay(Look, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private void Advance()
    {
        Interlocked.Increment(ref _generation);
        topics.Recheck();
        Changed?.Invoke();
    }

    /// <summary>Returns the next instant at which any role begins or ends.</summary>
    private DateTimeOffset NextTurn(DateTimeOffset now) =>
        Accounts
            .SelectMany(a => a.Grants)
            .SelectMany(g => (DateTimeOffset[])[g.From, g.Until ?? DateTimeOffset.MaxValue])
            .Where(at => at > now)
            .DefaultIfEmpty(DateTimeOffset.MaxValue)
            .Min();

    [LoggerMessage(Level = LogLevel.Warning, Message = "The accounts cannot be read yet: {Why}")]
    private partial void LogAway(string why);
}
