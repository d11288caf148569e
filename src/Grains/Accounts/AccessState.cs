using System.Collections.Immutable;
using ConsultHub.Journal;
using ConsultHub.Live;

namespace ConsultHub.Accounts;

[GenerateSerializer, Immutable, Alias("hub.AccessEvent")]
internal abstract record AccessEvent;

/// <summary>An account is new or has changed.</summary>
/// <param name="Account">The account after the change.</param>
/// <param name="What">The name of the change, see <see cref="AccessChange.What"/>.</param>
/// <param name="Grant">The role that was given or taken away.</param>
[GenerateSerializer, Immutable, Alias("hub.AccountSet")]
internal sealed record AccountSet([property: Id(0)] Account Account, [property: Id(1)] string What, [property: Id(2)] Guid? Grant = null)
    : AccessEvent;

/// <summary>The link that makes the first account was made, or was used up.</summary>
[GenerateSerializer, Immutable, Alias("hub.SetupSet")]
internal sealed record SetupSet([property: Id(0)] SetupLink? Link) : AccessEvent;

/// <summary>Tells the access grain that sign-ins of a person have ended early.</summary>
[GenerateSerializer, Immutable, Alias("hub.SignInsEnded")]
internal sealed record SignInsEnded([property: Id(0)] PersonId Person, [property: Id(1)] ImmutableArray<EndedSignIn> Ended) : OutboxPayload;

/// <summary>Tells the access grain that a person has signed in for the first time.</summary>
[GenerateSerializer, Immutable, Alias("hub.SignedInFirst")]
internal sealed record SignedInFirst([property: Id(0)] PersonId Person, [property: Id(1)] DateTimeOffset At) : OutboxPayload;

/// <summary>Tells an account that the person may no longer sign in, so that all sign-ins end.</summary>
[GenerateSerializer, Immutable, Alias("hub.EndSignIns")]
internal sealed record EndSignIns([property: Id(0)] PersonId By) : OutboxPayload;

/// <summary>Tells the access grain that a conference was deleted, so that all roles that are limited to it end.</summary>
[GenerateSerializer, Immutable, Alias("hub.EndConferenceRoles")]
internal sealed record EndConferenceRoles([property: Id(0)] ConferenceId Conference) : OutboxPayload;

[GenerateSerializer, Immutable, Alias("hub.AccessState")]
internal sealed record AccessState : IAuthorityState<AccessState, AccessEvent>
{
    [Id(0)]
    public ImmutableDictionary<PersonId, Account> Accounts { get; init; } = ImmutableDictionary<PersonId, Account>.Empty;

    [Id(1)]
    public ImmutableDictionary<string, PersonId> UserNames { get; init; } = ImmutableDictionary<string, PersonId>.Empty;

    [Id(2)]
    public SetupLink? Setup { get; init; }

    public AccessState Apply(JournalEntry<AccessEvent> entry)
    {
        var state = this;
        foreach (var happened in entry.Events)
            state = happened switch
            {
                AccountSet set => state.With(set.Account with { Version = entry.Version }),
                SetupSet setup => state with { Setup = setup.Link },
                _ => throw new InvalidOperationException($"Unknown access event {happened.GetType().Name}."),
            };
        return state;
    }

    private AccessState With(Account account)
    {
        var names = Accounts.GetValueOrDefault(account.Person) is { } before ? UserNames.Remove(before.UserName) : UserNames;
        return this with
        {
            Accounts = Accounts.SetItem(account.Person, account),
            UserNames = names.SetItem(account.UserName, account.Person),
        };
    }

    public IEnumerable<TopicItem> ItemsSince(long version) => Accounts.Values.Where(a => a.Version > version);

    public Tombstones Tombstones => Tombstones.None;
}
