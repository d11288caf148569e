using System.Collections.Immutable;
using ConsultHub.Accounts;
using ConsultHub.Journal;
using ConsultHub.Records;

namespace ConsultHub.Tests.Accounts;

/// <summary>The rules about files with people.</summary>
public sealed class PersonRoleTests
{
    private static readonly DateTimeOffset Now = new(2027, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly PersonId Boss = new("p-boss");
    private static readonly Actor Administrator = new(Boss, Role.Administrator);
    private static readonly Guid Basis = Guid.NewGuid();

    private static readonly AccessState Empty = After(
        new(),
        new Account
        {
            Person = Boss,
            UserName = "boss",
            Name = new("Boss"),
            Grants = [new(Basis, Role.Administrator, new(), Now.AddDays(-1), null, Boss)],
        }
    );

    private static AccessState After(AccessState state, params ImmutableArray<Account> accounts) =>
        state.Apply(new(1, Now, Actor.System, Guid.NewGuid(), [.. accounts.Select(a => new AccountSet(a, "test"))], [], null, [], null));

    private static PersonRole Row(string user, Role? role, string name = "Somebody", DateTimeOffset? until = null) =>
        new(user, new(name), null, role, role is null ? null : new("ehs"), [], Until: until) { Basis = Basis, ChangeBasis = Basis };

    private static EditRecords Command(params ImmutableArray<PersonRole> rows) =>
        new(Guid.NewGuid(), [.. rows.Select(row => RecordEdit.Put(row, RecordTag.None))]);

    private static AccessState Stored(AccessState state, EditRecords command)
    {
        var (sets, faults) = PersonRoleRules.Decide(state, Administrator, command, Now);
        Assert.Empty(faults);
        return After(state, [.. sets.Select(s => s.Account)]);
    }

    [Fact]
    public void Rows_of_a_new_account_become_one_account_with_all_roles()
    {
        var state = Stored(Empty, Command(Row("kim", Role.Auditor), Row("kim", Role.Display, until: Now.AddDays(1))));
        var account = state.Accounts[state.UserNames["kim"]];
        Assert.Equal([(Role.Auditor, null), (Role.Display, Now.AddDays(1))], account.Grants.Select(g => (g.Role, g.Until)));
        Assert.All(account.Grants, g => Assert.Equal((Now, Boss), (g.From, g.By)));
    }

    [Fact]
    public void A_command_that_is_decided_again_after_a_crash_changes_nothing()
    {
        var command = Command(Row("kim", Role.Auditor), Row("omar", Role.Display));
        var state = Stored(Empty, command);
        // The next attempt of an import has another id.
        foreach (var again in new[] { command, command with { CommandId = Guid.NewGuid() } })
        {
            var (sets, faults) = PersonRoleRules.Decide(state, Administrator, again, Now.AddHours(1));
            Assert.Empty(sets);
            Assert.Empty(faults);
        }
    }

    [Fact]
    public void A_role_that_the_account_has_only_gets_another_period()
    {
        var state = Stored(Empty, Command(Row("kim", Role.Auditor)));
        var before = state.Accounts[state.UserNames["kim"]];
        var row = Row("kim", Role.Auditor, until: Now.AddDays(9));
        var edit = RecordEdit.Put(row, RecordTag.Of(PersonRole.AllOf(before).Single()));
        state = Stored(state, new(Guid.NewGuid(), [edit]));
        var grant = Assert.Single(state.Accounts[before.Person].Grants);
        Assert.Equal((before.Grants[0].Id, Now, Now.AddDays(9)), (grant.Id, grant.From, grant.Until));
    }

    [Fact]
    public void A_row_that_somebody_else_has_changed_meanwhile_is_refused_with_what_is_there()
    {
        var seen = Stored(Empty, Command(Row("kim", Role.Auditor)));
        var tag = RecordTag.Of(PersonRole.AllOf(seen.Accounts[seen.UserNames["kim"]]).Single());
        var edit = RecordEdit.Put(Row("kim", Role.Auditor, "Kim", Now.AddDays(5)), tag);
        var account = seen.Accounts[seen.UserNames["kim"]];
        var state = After(seen, account with { Name = new("Another name") });
        var (_, faults) = PersonRoleRules.Decide(state, Administrator, new(Guid.NewGuid(), [edit]), Now);
        var fault = Assert.Single(faults);
        Assert.Equal("record.changed", fault.Code);
        Assert.Equal("Another name", ((PersonRole)fault.Current!).Name.En);
    }

    [Fact]
    public void A_right_that_was_lost_meanwhile_refuses_the_row()
    {
        var lost = Row("kim", Role.Auditor) with { Basis = Guid.NewGuid() };
        Assert.Equal("role.lost", Assert.Single(PersonRoleRules.Decide(Empty, Administrator, Command(lost), Now).Faults).Code);
        // Nobody takes a role away with a file.
        var gone = new EditRecords(Guid.NewGuid(), [new(new(PersonRole.Part, "boss~administrator"), null)]);
        Assert.Equal("record.in-use", Assert.Single(PersonRoleRules.Decide(Empty, Administrator, gone, Now).Faults).Code);
    }

    [Fact]
    public void The_order_of_the_hospitals_does_not_make_another_role()
    {
        GrantScope Of(params ImmutableArray<HospitalId> hospitals) => new() { Network = new("ehs"), Hospitals = hospitals };
        Account With(GrantScope scope) =>
            new()
            {
                Person = new("p-1"),
                UserName = "one",
                Name = new("One"),
                Grants = [new(Guid.NewGuid(), Role.Registrar, scope, Now, null, Boss)],
            };
        var (one, other) = (With(Of(new("h-1"), new("h-2"))), With(Of(new("h-2"), new("h-1"))));
        Assert.Equal(PersonRole.AllOf(one).Single().Key, PersonRole.AllOf(other).Single().Key);
        Assert.Equal("one~registrar~ehs~h-1+h-2", PersonRole.AllOf(one).Single().Key);
    }
}
