using System.Collections.Immutable;
using ConsultHub.Journal;
using ConsultHub.Live;
using Orleans.Concurrency;

namespace ConsultHub.Tests.Journal;

/// <summary>The smallest authority, which keeps named sums. It also sends amounts to other ledgers.</summary>
public interface ILedgerGrain : ILiveAuthority
{
    Task<long> AddAsync(Guid command, string account, int amount, string? reason = null);
    Task<long> AddAllAsync(string account, int count);
    Task<long> SendAsync(string to, string account, int amount, string? replaces = null);
    Task<int> SumAsync(string account);
    Task<int> HeadSumAsync(string account);
    Task<IReadOnlyList<string>> HistoryAsync(string? account);
    Task DeactivateAsync();
}

[GenerateSerializer, Immutable, Alias("test.Added")]
public sealed record Added([property: Id(0)] string Account, [property: Id(1)] int Amount);

[GenerateSerializer, Immutable, Alias("test.Account")]
public sealed record Account([property: Id(0)] string Name, [property: Id(1)] int Sum) : TopicItem
{
    public override string Key => "account/" + Name;
}

[GenerateSerializer, Immutable, Alias("test.AddTo")]
public sealed record AddTo([property: Id(0)] string Account, [property: Id(1)] int Amount) : OutboxPayload;

[GenerateSerializer, Immutable, Alias("test.Ledger")]
public sealed record Ledger : IAuthorityState<Ledger, Added>
{
    [Id(0)]
    public ImmutableDictionary<string, Account> Accounts { get; init; } = ImmutableDictionary<string, Account>.Empty;

    public Ledger Apply(JournalEntry<Added> entry) =>
        entry.Events.Aggregate(
            this,
            (ledger, e) =>
                ledger with
                {
                    Accounts = ledger.Accounts.SetItem(
                        e.Account,
                        new Account(e.Account, ledger.Sum(e.Account) + e.Amount) { Version = entry.Version }
                    ),
                }
        );

    public int Sum(string account) => Accounts.GetValueOrDefault(account)?.Sum ?? 0;

    public IEnumerable<TopicItem> ItemsSince(long version) => Accounts.Values.Where(a => a.Version > version);

    public Tombstones Tombstones => Tombstones.None;
}

[Reentrant, GrainType("test-ledger")]
internal sealed class LedgerGrain(AuthorityServices services) : AuthorityGrain<Ledger, Added>("test-ledger", services), ILedgerGrain
{
    private static Decision<Added> Add(Guid command, string account, int amount) =>
        new(Actor.System, command, [new Added(account, amount)]) { Subjects = ["account/" + account] };

    public async Task<long> AddAsync(Guid command, string account, int amount, string? reason)
    {
        if (!IsRepeat(command, out var version))
            return await CommitAsync(Add(command, account, amount) with { Reason = reason });
        await WhenStoredAsync(version);
        return version;
    }

    public Task<long> AddAllAsync(string account, int count) =>
        CommitAllAsync([.. Enumerable.Range(0, count).Select(_ => Add(Guid.NewGuid(), account, 1))]);

    public Task<long> SendAsync(string to, string account, int amount, string? replaces) =>
        CommitAsync(
            new(Actor.System, Guid.NewGuid(), [])
            {
                Outbox = [new(0, GrainId.Create("test-ledger", to), new AddTo(account, amount), replaces)],
            }
        );

    protected override Decision<Added>? Receive(GrainId sender, OutboxMessage message) =>
        message.Payload is AddTo add ? Add(Guid.Empty, add.Account, add.Amount) : null;

    public Task<int> SumAsync(string account) => Task.FromResult(Stored.Sum(account));

    public Task<int> HeadSumAsync(string account) => Task.FromResult(Head.Sum(account));

    public async Task<IReadOnlyList<string>> HistoryAsync(string? account)
    {
        List<string> lines = [];
        await foreach (var (entry, reason) in HistoryAsync(account is null ? null : "account/" + account, null))
            lines.Add($"{entry.Version}:{string.Join(',', entry.Events.Select(e => e.Amount))}{(reason is null ? "" : " " + reason)}");
        return lines;
    }

    public Task DeactivateAsync()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }
}
