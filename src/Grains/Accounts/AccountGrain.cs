using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using ConsultHub.Journal;
using ConsultHub.Live;
using Orleans.Concurrency;
using Orleans.Runtime;

namespace ConsultHub.Accounts;

[GenerateSerializer, Immutable, Alias("hub.AccountEvent")]
internal abstract record AccountEvent;

[GenerateSerializer, Immutable, Alias("hub.SecretsSet")]
internal sealed record SecretsSet([property: Id(0)] ImmutableArray<byte> Protected) : AccountEvent;

/// <summary>A sign-in began or was used.</summary>
[GenerateSerializer, Immutable, Alias("hub.SignInSet")]
internal sealed record SignInSet([property: Id(0)] SignIn SignIn) : AccountEvent;

[GenerateSerializer, Immutable, Alias("hub.SignInsRemoved")]
internal sealed record SignInsRemoved([property: Id(0)] ImmutableArray<Guid> Ids) : AccountEvent;

[GenerateSerializer, Immutable, Alias("hub.LinkSet")]
internal sealed record LinkSet([property: Id(0)] AccountLink? Link) : AccountEvent;

/// <summary>The person has asked for a link. Null means that the link is no longer valid.</summary>
[GenerateSerializer, Immutable, Alias("hub.OwnResetSet")]
internal sealed record OwnResetSet([property: Id(0)] AccountLink? Link) : AccountEvent;

/// <summary>The person has signed in for the first time.</summary>
[GenerateSerializer, Immutable, Alias("hub.FirstSignIn")]
internal sealed record FirstSignIn : AccountEvent;

[GenerateSerializer, Immutable, Alias("hub.TokenUsed")]
internal sealed record TokenUsed([property: Id(0)] TokenUse Use) : AccountEvent;

/// <summary>A provider's message was used.</summary>
[GenerateSerializer, Immutable, Alias("hub.MessageUsed")]
internal sealed record MessageUsed([property: Id(0)] string Message, [property: Id(1)] DateTimeOffset Until) : AccountEvent;

[GenerateSerializer, Immutable, Alias("hub.AccountState")]
internal sealed record AccountState : IAuthorityState<AccountState, AccountEvent>
{
    [Id(0)]
    public AccountSecrets Secrets { get; init; } = new(0, []);

    [Id(1)]
    public ImmutableArray<SignIn> SignIns { get; init; } = [];

    [Id(2)]
    public AccountLink? Link { get; init; }

    /// <summary>The newest uses of tokens. The access grain knows which tokens are still valid.</summary>
    [Id(3)]
    public ImmutableArray<TokenUse> TokenUses { get; init; } = [];

    /// <summary>The providers' messages that were used, as long as they could be sent again.</summary>
    [Id(4)]
    public ImmutableArray<MessageUsed> Messages { get; init; } = [];

    /// <summary>The link that the person asked for.</summary>
    [Id(5)]
    public AccountLink? OwnReset { get; init; }

    /// <summary>Whether the hub has noted a sign-in of the person and told the access grain of it.</summary>
    [Id(6)]
    public bool HasSignedIn { get; init; }

    public AccountState Apply(JournalEntry<AccountEvent> entry)
    {
        var state = this;
        foreach (var happened in entry.Events)
            state = happened switch
            {
                SecretsSet set => state with { Secrets = new(entry.Version, set.Protected) },
                SignInSet set => state with { SignIns = state.SignIns.RemoveAll(s => s.Id == set.SignIn.Id).Add(set.SignIn) },
                SignInsRemoved removed => state with { SignIns = state.SignIns.RemoveAll(s => removed.Ids.Contains(s.Id)) },
                LinkSet set => state with { Link = set.Link },
                OwnResetSet set => state with { OwnReset = set.Link },
                FirstSignIn => state with { HasSignedIn = true },
                TokenUsed used => state with { TokenUses = state.WithUse(used.Use) },
                MessageUsed used => state with { Messages = state.Messages.RemoveAll(m => m.Until <= entry.At).Add(used) },
                _ => throw new InvalidOperationException($"Unknown account event {happened.GetType().Name}."),
            };
        return state;
    }

    private ImmutableArray<TokenUse> WithUse(TokenUse use) =>
        [.. TokenUses.RemoveAll(u => u.Token == use.Token).Add(use).OrderByDescending(u => u.At).Take(2 * AccountRules.MostTokens)];

    public IEnumerable<TopicItem> ItemsSince(long version) => [];

    public Tombstones Tombstones => Tombstones.None;
}

[Reentrant, GrainType("account")]
internal sealed class AccountGrain(AuthorityServices services)
    : AuthorityGrain<AccountState, AccountEvent>("account", services),
        IAccountGrain
{
    private const int MostMessages = 100;
    private static readonly GrainId Access = GrainId.Create("access", "hub");

    /// <summary>The sign-ins that somebody is checking now, and until when. It is not stored: after a restart they are checked
    /// again.</summary>
    private readonly Dictionary<Guid, DateTimeOffset> _checking = [];

    private PersonId Person => new(this.GetPrimaryKeyString());

    public Task<AccountSecrets> ReadSecretsAsync() => Task.FromResult(Stored.Secrets);

    public async Task<AccountReply> ChangeSecretsAsync(Actor actor, AccountSecrets secrets)
    {
        if (secrets.Version != Head.Secrets.Version)
        {
            await WhenAllStoredAsync();
            return Refused(AccountCodes.Stale);
        }
        return new(Version: await CommitAsync(new(actor, Guid.Empty, [new SecretsSet(secrets.Protected)])));
    }

    public async Task<bool> BeginAsync(SignIn signIn, long? secrets)
    {
        if (secrets is { } read && read != Head.Secrets.Version)
        {
            await WhenAllStoredAsync();
            return false;
        }
        var now = Clock.GetUtcNow();
        var over = Head.SignIns.Where(s => s.Until <= now).Select(s => s.Id).ToHashSet();
        var kept = Head.SignIns.Where(s => !over.Contains(s.Id)).OrderByDescending(s => s.SeenAt).ToList();
        var pushedOut = kept.Skip((signIn.Demo ? AccountRules.MostDemoSignIns : AccountRules.MostSignIns) - 1).ToList();
        over.UnionWith(pushedOut.Select(s => s.Id));
        ImmutableArray<AccountEvent> gone = over.Count == 0 ? [] : [new SignInsRemoved([.. over])];
        await CommitAsync(
            new(By(Person), Guid.Empty, [.. gone, .. First(signIn), new SignInSet(signIn)])
            {
                Outbox = [.. Telling(pushedOut), .. TellingFirst(signIn)],
            }
        );
        return true;
    }

    public async Task<bool> TouchAsync(Guid signIn, DateTimeOffset? factorAt)
    {
        var now = Clock.GetUtcNow();
        if (Head.SignIns.FirstOrDefault(s => s.Id == signIn) is not { } known || known.Until <= now)
            return false;
        if (factorAt is not null || now - known.SeenAt >= AccountRules.SeenEvery)
        {
            var seen = known with { SeenAt = now, FactorAt = factorAt ?? known.FactorAt };
            await CommitAsync(new(By(Person), Guid.Empty, [new SignInSet(seen)]));
        }
        return true;
    }

    public Task<ImmutableArray<SignIn>> SignInsAsync()
    {
        var now = Clock.GetUtcNow();
        return Task.FromResult(Stored.SignIns.RemoveAll(s => s.Until <= now));
    }

    public async Task EndAsync(Actor actor, Guid? signIn, Guid? except)
    {
        var ended = Head.SignIns.Where(s => (signIn is null || s.Id == signIn) && s.Id != except).ToList();
        if (ended.Count > 0)
            await CommitAsync(Ending(actor, ended, []));
        else
            await WhenAllStoredAsync();
    }

    public async Task NoteTokenAsync(Guid token, string address)
    {
        var now = Clock.GetUtcNow();
        if (Head.TokenUses.Any(u => u.Token == token && now - u.At < AccountRules.TokenSeenEvery))
            return;
        await CommitAsync(new(By(Person), Guid.Empty, [new TokenUsed(new(token, now, address))]));
    }

    public Task<ImmutableArray<TokenUse>> TokenUsesAsync() => Task.FromResult(Stored.TokenUses);

    public Task PutLinkAsync(Actor actor, AccountLink link) =>
        CommitAsync(new(actor, Guid.Empty, [new LinkSet(link)]) { Outbox = TellingOwner(link, used: false) });

    public async Task<bool> AskResetAsync(AccountLink link)
    {
        if (Head.OwnReset is { } earlier && earlier.Until > link.Until - AccountRules.OwnResetEvery)
        {
            await WhenAllStoredAsync();
            return false;
        }
        await CommitAsync(new(By(Person), Guid.Empty, [new OwnResetSet(link)]));
        return true;
    }

    public Task<AccountLink?> FindLinkAsync(string hash) => Task.FromResult(Find(Stored, hash));

    public async Task<AccountLink?> EnterAsync(string hash, LinkKind kind, SignIn signIn)
    {
        if (Valid(Head.Link, hash) is not { } link || link.Kind != kind)
        {
            await WhenAllStoredAsync();
            return null;
        }
        ImmutableArray<AccountEvent> used = kind == LinkKind.Device ? [new LinkSet(null)] : [];
        await CommitAsync(Ending(By(Person), [.. Head.SignIns], [.. used, new SignInSet(signIn)]));
        return link;
    }

    public Task<AccountLink?> ReadLinkAsync() => Task.FromResult(Stored.Link is { } link && link.Until > Clock.GetUtcNow() ? link : null);

    public async Task<AccountReply> UseLinkAsync(string hash, AccountSecrets secrets)
    {
        if (Find(Head, hash) is not { IsForPassword: true } link)
        {
            await WhenAllStoredAsync();
            return Refused(AccountCodes.LinkUnknown);
        }
        if (secrets.Version != Head.Secrets.Version)
            return Refused(AccountCodes.Stale);
        var used = Ending(By(Person), [.. Head.SignIns], [new LinkSet(null), new OwnResetSet(null), new SecretsSet(secrets.Protected)]);
        return new(Version: await CommitAsync(used with { Outbox = used.Outbox.AddRange(TellingOwner(link, used: true)) }));
    }

    public Task<ImmutableArray<SignIn>> ClaimChecksAsync(DateTimeOffset due, TimeSpan lease)
    {
        var now = Clock.GetUtcNow();
        foreach (var (over, until) in _checking.ToList())
            if (until <= now)
                _checking.Remove(over);
        var claimed = Stored
            .SignIns.Where(s => s.External?.CheckedAt <= due && s.Until > now && !_checking.ContainsKey(s.Id))
            .ToImmutableArray();
        foreach (var signIn in claimed)
            _checking[signIn.Id] = now + lease;
        return Task.FromResult(claimed);
    }

    public async Task<bool> FinishCheckAsync(Guid signIn, ImmutableArray<byte> token)
    {
        if (Head.SignIns.FirstOrDefault(s => s.Id == signIn) is not { External: { } external } known)
        {
            await WhenAllStoredAsync();
            return false;
        }
        var confirmed = external with { CheckedAt = Clock.GetUtcNow(), Token = token };
        await CommitAsync(new(Actor.System, Guid.Empty, [new SignInSet(known with { External = confirmed })]));
        _checking.Remove(signIn);
        return true;
    }

    public async Task<AccountReply> LogOutAsync(ProviderLogout logout)
    {
        var now = Clock.GetUtcNow();
        var used = Head.Messages.Where(m => m.Until > now).ToList();
        if (used.Count >= MostMessages || used.Any(m => m.Message == logout.Message))
        {
            await WhenAllStoredAsync();
            return Refused(AccountCodes.Replayed);
        }
        var ended = Head
            .SignIns.Where(s => s.External is { } e && e.Issuer == logout.Issuer && (logout.Session is null || e.Session == logout.Session))
            .ToList();
        return new(Version: await CommitAsync(Ending(Actor.System, ended, [new MessageUsed(logout.Message, logout.Until)])));
    }

    protected override Decision<AccountEvent>? Receive(GrainId sender, OutboxMessage message) =>
        message.Payload is EndSignIns end && !Head.SignIns.IsEmpty ? Ending(By(end.By), [.. Head.SignIns], []) : null;

    private AccountLink? Find(AccountState state, string hash) => Valid(state.Link, hash) ?? Valid(state.OwnReset, hash);

    private AccountLink? Valid(AccountLink? link, string hash) =>
        link is not null
        && link.Until > Clock.GetUtcNow()
        && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(link.Hash), Encoding.ASCII.GetBytes(hash))
            ? link
            : null;

    private Decision<AccountEvent> Ending(Actor actor, List<SignIn> ended, ImmutableArray<AccountEvent> also)
    {
        ImmutableArray<AccountEvent> removed = ended.Count == 0 ? [] : [new SignInsRemoved([.. ended.Select(s => s.Id)])];
        return new(actor, Guid.Empty, [.. removed, .. also]) { Outbox = Telling(ended) };
    }

    /// <summary>The message that makes every web node refuse the cookies of these sign-ins.</summary>
    private ImmutableArray<OutboxMessage> Telling(List<SignIn> ended) =>
        ended.Count == 0
            ? []
            : [new OutboxMessage(0, Access, new SignInsEnded(Person, [.. ended.Select(s => new EndedSignIn(s.Id, s.Until))]))];

    /// <summary>The message that tells the person that somebody else resets the second factor. None if the link does not do this.</summary>
    private ImmutableArray<OutboxMessage> TellingOwner(AccountLink link, bool used) =>
        link.ResetsFactors && link.By != Person
            ? [new OutboxMessage(0, GrainId.Create("inbox", Person.Value), new RaiseFactorReset(link.By, link.ByName, used))]
            : [];

    private ImmutableArray<AccountEvent> First(SignIn signIn) => IsFirst(signIn) ? [new FirstSignIn()] : [];

    private ImmutableArray<OutboxMessage> TellingFirst(SignIn signIn) =>
        IsFirst(signIn) ? [new OutboxMessage(0, Access, new SignedInFirst(Person, signIn.At))] : [];

    /// <summary>People of the demo are chosen from a list and are not invited, so their first sign-in is not noted.</summary>
    private bool IsFirst(SignIn signIn) => !signIn.Demo && !Head.HasSignedIn;

    private static Actor By(PersonId person) => new(person, Role.System);

    private static AccountReply Refused(Code code) => new(code, code.Message);
}
