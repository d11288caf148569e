using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using ConsultHub.Directories;
using ConsultHub.Journal;
using ConsultHub.Records;
using Orleans.Concurrency;
using Orleans.Runtime;

namespace ConsultHub.Accounts;

[Reentrant, GrainType("access")]
internal sealed class AccessGrain(AuthorityServices services) : AuthorityGrain<AccessState, AccessEvent>("access", services), IAccessGrain
{
    private const int MostHistory = 200;

    public async Task<AccessReply> DecideAsync(Actor actor, AccessCommand command)
    {
        if (IsRepeat(command.CommandId, out var version))
        {
            await WhenStoredAsync(version);
            return await IsSameAsync(actor, command, version)
                ? new(Stored.Accounts.GetValueOrDefault(command.Person))
                : new(null, AccountCodes.CommandUsed, AccountCodes.CommandUsed.Message, "$.commandId");
        }
        var (set, refused) = AccessRules.Decide(Head, actor, command, Clock.GetUtcNow());
        if (set is null)
        {
            await WhenAllStoredAsync(); // the state that the reply rests on must be stored before anybody learns of it
            return refused!;
        }
        return await StoreAsync(actor, command.CommandId, [set], command.Reason);
    }

    /// <summary>
    /// Whether a stored command with the same id came from the same person and was about the same account. Otherwise somebody could get an
    /// answer about another account by repeating an id.
    /// </summary>
    private async Task<bool> IsSameAsync(Actor actor, AccessCommand command, long version)
    {
        await foreach (var (entry, _) in HistoryAsync($"account/{command.Person}", version + 1))
            return entry.Version == version && entry.By.Person == actor.Person;
        return false;
    }

    public async Task<RecordReply> EditAsync(Actor actor, EditRecords command)
    {
        if (!IsRepeat(command.CommandId, out _))
        {
            var (sets, faults) = PersonRoleRules.Decide(Head, actor, command, Clock.GetUtcNow());
            if (faults.IsEmpty && !sets.IsEmpty)
                await StoreAsync(actor, command.CommandId, [.. sets], command.Reason);
            else if (!faults.IsEmpty)
            {
                await WhenAllStoredAsync();
                return new RecordsRefused(faults);
            }
        }
        await WhenAllStoredAsync();
        return new RecordsEdited(StoredVersion);
    }

    /// <summary>The rights of the person who asks are checked when the rows are stored. Web nodes check them before.</summary>
    public Task<RecordCheck> CheckAsync(EditRecords command)
    {
        var (sets, faults) = PersonRoleRules.Decide(Head, Actor.System, command, Clock.GetUtcNow());
        ImmutableArray<RecordChange> changes =
            faults.IsEmpty && !sets.IsEmpty ? [.. command.Edits.Select(e => new RecordChange(e.Record, null, e.Value))] : [];
        return Task.FromResult(new RecordCheck(faults, changes, null, []));
    }

    public Task<ImmutableArray<IRecord>> RecordsAsync() =>
        Task.FromResult<ImmutableArray<IRecord>>([
            .. Stored.Accounts.Values.OrderBy(a => a.UserName, StringComparer.Ordinal).SelectMany(PersonRole.AllOf),
        ]);

    public async Task<SetupLink?> OfferSetupAsync(SetupLink offered)
    {
        var now = Clock.GetUtcNow();
        if (AccessRules.HasAdministrator(Head, now))
            return null;
        if (Head.Setup is not { } valid || valid.Until <= now)
            await CommitAsync(new(Actor.System, Guid.Empty, [new SetupSet(offered)]));
        else
            await WhenAllStoredAsync();
        return Stored.Setup;
    }

    public async Task<AccessReply> SetUpAsync(string hash, OpenAccount account)
    {
        var now = Clock.GetUtcNow();
        if (!IsSetup(hash, now))
            return new(null, AccountCodes.LinkUnknown, Place: "$.token");
        var (set, refused) = AccessRules.SetUp(Head, account, now);
        return set is null ? refused! : await StoreAsync(Actor.System, account.CommandId, [set, new SetupSet(null)], null);
    }

    public Task<bool> IsSetupAsync(string hash) => Task.FromResult(IsSetup(hash, Clock.GetUtcNow()));

    private bool IsSetup(string hash, DateTimeOffset now) =>
        Head.Setup is { } link
        && link.Until > now
        && !AccessRules.HasAdministrator(Head, now)
        && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(link.Hash), Encoding.ASCII.GetBytes(hash));

    public Task<Account?> FindAsync(string userName) =>
        Task.FromResult(Stored.UserNames.TryGetValue(userName, out var person) ? Stored.Accounts[person] : null);

    public async Task<ImmutableArray<AccessChange>> HistoryAsync(PersonId person, long? before, int take)
    {
        var changes = ImmutableArray.CreateBuilder<AccessChange>();
        await foreach (var (entry, reason) in HistoryAsync($"account/{person}", before))
        {
            foreach (var set in entry.Events.OfType<AccountSet>().Where(s => s.Account.Person == person).Reverse())
                changes.Add(
                    new(entry.Version, entry.At, entry.By.Person, set.What, set.Account with { Version = entry.Version }, set.Grant, reason)
                );
            if (changes.Count >= Math.Min(take, MostHistory))
                break;
        }
        return changes.DrainToImmutable();
    }

    public async Task<ImmutableArray<AccountStep>> ChangesAsync(DateTimeOffset from, DateTimeOffset to, long? before, int take)
    {
        var steps = ImmutableArray.CreateBuilder<AccountStep>();
        await foreach (var (entry, reason) in HistoryAsync(null, before ?? await VersionAtAsync(to)))
        {
            if (entry.At < from || steps.Count >= Math.Min(take, MostHistory))
                break;
            // The start or the end of a sign-in is not a change that a person made to the account.
            ImmutableArray<AccountSet> sets = [.. entry.Events.OfType<AccountSet>()];
            for (var i = sets.Length - 1; i >= 0; i--)
            {
                var set = sets[i];
                if (set.What is "end-sign-ins" or "first-sign-in")
                    continue;
                // A file may change an account several times at once.
                var earlier = sets.Take(i).LastOrDefault(s => s.Account.Person == set.Account.Person)?.Account;
                steps.Add(
                    new(
                        new(entry.Version, entry.At, entry.By.Person, set.What, set.Account, set.Grant, reason),
                        earlier ?? await BeforeAsync(set.Account.Person, entry.Version)
                    )
                );
            }
        }
        return steps.DrainToImmutable();
    }

    private async Task<Account?> BeforeAsync(PersonId person, long version)
    {
        await foreach (var (entry, _) in HistoryAsync($"account/{person}", version))
            return entry.Events.OfType<AccountSet>().LastOrDefault(s => s.Account.Person == person)?.Account;
        return null;
    }

    protected override Decision<AccessEvent>? Receive(GrainId sender, OutboxMessage message) =>
        message.Payload switch
        {
            SignInsEnded told when Head.Accounts.GetValueOrDefault(told.Person) is { } account => new(
                Actor.System,
                Guid.Empty,
                [new AccountSet(AccessRules.WithEnded(account, told.Ended, Clock.GetUtcNow()), "end-sign-ins")]
            ),
            SignedInFirst told when Head.Accounts.GetValueOrDefault(told.Person) is { SignedInAt: null } account => new(
                Actor.System,
                Guid.Empty,
                [new AccountSet(account with { SignedInAt = told.At }, "first-sign-in")]
            ),
            EndConferenceRoles told => EndRoles(told.Conference),
            _ => null,
        };

    private Decision<AccessEvent>? EndRoles(ConferenceId conference)
    {
        var ended = ImmutableArray.CreateBuilder<AccessEvent>();
        foreach (var account in Head.Accounts.Values.OrderBy(a => a.Person.Value, StringComparer.Ordinal))
        {
            var left = account;
            foreach (var grant in account.Grants.Where(g => g.Scope.Conference == conference))
                ended.Add(new AccountSet(left = left with { Grants = left.Grants.Remove(grant) }, "take-role", grant.Id));
        }
        return ended.Count == 0
            ? null
            : new(Actor.System, Guid.Empty, ended.ToImmutable())
            {
                Reason = "The conference was deleted.",
                Subjects = [.. ended.Cast<AccountSet>().Select(s => $"account/{s.Account.Person}").Distinct()],
            };
    }

    private async Task<AccessReply> StoreAsync(Actor actor, Guid command, ImmutableArray<AccessEvent> events, string? reason)
    {
        // An account may change several times at once. Only its last state counts for others.
        var accounts = events.OfType<AccountSet>().Select(s => s.Account).GroupBy(a => a.Person).Select(a => a.Last()).ToList();
        await CommitAsync(
            new(actor, command, events)
            {
                Reason = reason,
                Subjects = [.. accounts.Select(a => $"account/{a.Person}")],
                Outbox = [.. accounts.SelectMany(Listing), .. accounts.SelectMany(a => Ending(actor, a))],
            }
        );
        return new(Stored.Accounts[accounts[0].Person]);
    }

    private static IEnumerable<OutboxMessage> Ending(Actor actor, Account account) =>
        account.Deactivated ? [new OutboxMessage(0, GrainId.Create("account", account.Person.Value), new EndSignIns(actor.Person))] : [];

    /// <summary>Lists the person's name in the networks where the person has a role. Consultants have a list of their own.</summary>
    private static IEnumerable<OutboxMessage> Listing(Account account) =>
        from network in account.Grants.Select(g => g.Scope.Network).OfType<NetworkId>().Distinct()
        where !account.Grants.Any(g => g.Role == Role.Consultant && g.Scope.Network == network)
        let list = GrainId.Create("directory", $"{network}/people")
        select new OutboxMessage(0, list, new ListEntry(new(account.Person.Value, account.Name)), account.Person.Value);
}
