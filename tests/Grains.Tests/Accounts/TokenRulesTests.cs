using ConsultHub.Accounts;

namespace ConsultHub.Tests.Accounts;

public sealed class TokenRulesTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 24, 8, 0, 0, TimeSpan.Zero);
    private static readonly PersonId Person = new("p-1");

    [Fact]
    public void An_account_has_at_most_twenty_valid_tokens()
    {
        var state = State();
        for (var i = 0; i < 20; i++)
            state = With(state, AccessRules.Decide(state, Actor(Person), Make(Noon.AddDays(1)), Noon).Set!);
        Assert.Equal("token.too-many", AccessRules.Decide(state, Actor(Person), Make(Noon.AddDays(1)), Noon).Refused?.Code);
        var later = AccessRules.Decide(state, Actor(Person), Make(Noon.AddDays(3)), Noon.AddDays(2));
        Assert.Single(later.Set!.Account.Tokens);
    }

    [Fact]
    public void Nobody_makes_or_withdraws_the_token_of_another_without_a_role()
    {
        var state = With(State(), AccessRules.Decide(State(), Actor(Person), Make(Noon.AddDays(1)), Noon).Set!);
        var withdraw = new WithdrawToken { Person = Person, Token = state.Accounts[Person].Tokens[0].Id };
        Assert.Equal("role.lost", AccessRules.Decide(state, Actor(new("p-2")), Make(Noon.AddDays(1)), Noon).Refused?.Code);
        Assert.Equal("role.lost", AccessRules.Decide(state, Actor(new("p-2")), withdraw, Noon).Refused?.Code);
        Assert.Empty(AccessRules.Decide(state, Actor(Person), withdraw, Noon).Set!.Account.Tokens);
    }

    [Theory]
    [InlineData(0), InlineData(367)]
    public void A_token_is_valid_for_at_most_366_days(int days) =>
        Assert.Equal("token.bad-period", AccessRules.Decide(State(), Actor(Person), Make(Noon.AddDays(days)), Noon).Refused?.Code);

    private static MakeToken Make(DateTimeOffset until) =>
        new() { Person = Person, Token = new(Guid.NewGuid(), "x", AccountRules.HashOf("x"), ["roster.read"], until, Person, false) };

    private static AccessState State() => With(new(), new(Account(Person), "open-account"));

    private static Account Account(PersonId person) =>
        new()
        {
            Person = person,
            UserName = person.Value,
            Name = new("x"),
        };

    private static AccessState With(AccessState state, AccountSet set) =>
        state with
        {
            Accounts = state.Accounts.SetItem(set.Account.Person, set.Account),
        };

    private static Actor Actor(PersonId person) => new(person, Role.Attendee);
}
