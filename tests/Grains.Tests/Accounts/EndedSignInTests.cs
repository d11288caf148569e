using ConsultHub.Accounts;

namespace ConsultHub.Tests.Accounts;

public sealed class EndedSignInTests
{
    [Fact]
    public void A_sign_in_that_has_ended_stays_ended_even_if_many_more_end()
    {
        var now = DateTimeOffset.UnixEpoch;
        var account = new Account
        {
            Person = new("p-1"),
            UserName = "one",
            Name = new("One"),
        };
        var first = new EndedSignIn(Guid.NewGuid(), now.AddMinutes(1));
        account = AccessRules.WithEnded(account, [first], now);
        for (var i = 2; i <= AccessRules.MostEnded + 1; i++)
            account = AccessRules.WithEnded(account, [new(Guid.NewGuid(), now.AddMinutes(i))], now);
        Assert.Equal(AccessRules.MostEnded, account.Ended.Length);
        Assert.DoesNotContain(first, account.Ended);
        Assert.True(first.Until <= account.EndedThrough);
    }

    [Fact]
    public void A_sign_in_that_has_ended_stays_ended_if_the_clock_jumps_forward_and_back()
    {
        var now = DateTimeOffset.UnixEpoch;
        var account = new Account
        {
            Person = new("p-1"),
            UserName = "one",
            Name = new("One"),
        };
        var first = new EndedSignIn(Guid.NewGuid(), now.AddHours(12));
        account = AccessRules.WithEnded(account, [first], now);
        Assert.Equal([first], account.Ended);
        Assert.Null(account.EndedThrough);

        account = AccessRules.WithEnded(account, [new(Guid.NewGuid(), now.AddDays(30))], now.AddDays(2));
        Assert.DoesNotContain(first, account.Ended);
        Assert.True(first.Until <= account.EndedThrough);
        account = AccessRules.WithEnded(account, [new(Guid.NewGuid(), now.AddHours(12))], now.AddHours(1));
        Assert.True(first.Until <= account.EndedThrough);
    }
}
