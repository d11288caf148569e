using System.Collections.Immutable;
using ConsultHub.Accounts;

namespace ConsultHub.Tests.Accounts;

/// <summary>The rules about a change of a role's period.</summary>
public sealed class PeriodTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 30, 9, 0, 0, TimeSpan.Zero);
    private static readonly PersonId Ann = new("p-ann"),
        Bob = new("p-bob");

    [Fact]
    public void A_role_gets_another_period_and_keeps_everything_else()
    {
        var (first, second) = (Grant(Role.Attendee), Grant(Role.Auditor));
        var state = With(Account(Ann, first, second));
        var (set, refused) = AccessRules.Decide(state, Actor.System, Change(Ann, first, Now.AddDays(1), Now.AddDays(9)), Now);
        Assert.Null(refused?.Code);
        Assert.Equal([first with { From = Now.AddDays(1), Until = Now.AddDays(9) }, second], set!.Account.Grants);
        Assert.Equal(("change-period", first.Id), (set.What, set.Grant));
        Assert.Equal([first, second], Decide(With(set.Account), Change(Ann, first, first.From, null)).Grants);
    }

    [Fact]
    public void A_period_that_ends_before_it_begins_and_an_unknown_role_are_refused()
    {
        var (own, other) = (Grant(Role.Attendee), Grant(Role.Attendee));
        var state = With(Account(Ann, own), Account(Bob, other));
        Assert.Equal("role.bad-period", Code(state, Change(Ann, own, Now, Now)));
        Assert.Equal("role.unknown", Code(state, Change(Ann, other, Now, null)));
    }

    [Fact]
    public void A_role_that_a_provider_gives_keeps_its_period()
    {
        var mapped = Grant(Role.Auditor) with { Source = "https://clinic.example" };
        Assert.Equal("role.from-provider", Code(With(Account(Ann, mapped)), Change(Ann, mapped, Now, null)));
    }

    [Fact]
    public void The_role_of_the_last_administrator_neither_lapses_nor_begins_later()
    {
        var (own, other) = (Grant(Role.Administrator), Grant(Role.Administrator));
        var alone = With(Account(Ann, own), Account(Bob));
        Assert.Equal("account.last-administrator", Code(alone, Change(Ann, own, own.From, Now.AddYears(50))));
        Assert.Equal("account.last-administrator", Code(alone, Change(Ann, own, Now.AddSeconds(1), null)));
        var two = With(Account(Ann, own), Account(Bob, other));
        var after = Decide(two, Change(Ann, own, own.From, Now.AddDays(1)));
        Assert.Equal("account.last-administrator", Code(With(after, Account(Bob, other)), Change(Bob, other, other.From, Now.AddDays(1))));
    }

    [Fact]
    public void Nobody_changes_a_period_with_a_role_that_was_taken_away_meanwhile()
    {
        var (role, basis) = (Grant(Role.Attendee), Grant(Role.Coordinator));
        var change = Change(Ann, role, Now, null) with { Basis = basis.Id };
        Assert.Equal(
            "role.lost",
            AccessRules.Decide(With(Account(Ann, role), Account(Bob)), new(Bob, Role.Coordinator), change, Now).Refused?.Code
        );
        Assert.Null(
            AccessRules.Decide(With(Account(Ann, role), Account(Bob, basis)), new(Bob, Role.Coordinator), change, Now).Refused?.Code
        );
    }

    private static ChangePeriod Change(PersonId person, Grant grant, DateTimeOffset from, DateTimeOffset? until) =>
        new()
        {
            Person = person,
            Grant = grant.Id,
            From = from,
            Until = until,
        };

    private static Grant Grant(Role role) =>
        new(
            Guid.NewGuid(),
            role,
            role == Role.Administrator ? new() : new() { Network = new("ehs") },
            Now.AddDays(-1),
            null,
            Actor.System.Person
        );

    private static Account Account(PersonId person, params ImmutableArray<Grant> grants) =>
        new()
        {
            Person = person,
            UserName = person.Value,
            Name = new(person.Value),
            Grants = grants,
        };

    private static AccessState With(params Account[] accounts) =>
        new()
        {
            Accounts = accounts.ToImmutableDictionary(a => a.Person),
            UserNames = accounts.ToImmutableDictionary(a => a.UserName, a => a.Person),
        };

    private static Account Decide(AccessState state, AccessCommand command)
    {
        var (set, refused) = AccessRules.Decide(state, Actor.System, command, Now);
        Assert.Null(refused?.Code);
        return set!.Account;
    }

    private static string? Code(AccessState state, AccessCommand command) =>
        AccessRules.Decide(state, Actor.System, command, Now).Refused?.Code;
}
