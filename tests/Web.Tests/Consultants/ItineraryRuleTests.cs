using ConsultHub.Accounts;
using ConsultHub.Web;

namespace ConsultHub.Tests.Consultants;

public sealed class ItineraryRuleTests
{
    private static readonly PersonId Consultant = new("c-1");
    private static readonly NetworkId One = new("one"),
        Other = new("other");

    [Fact]
    public void A_coordinator_sees_a_consultants_engagements_in_the_own_network_and_not_those_elsewhere()
    {
        var coordinator = Somebody("p-1", One);
        Assert.True(May(coordinator, One, [One, Other]));
        Assert.False(May(coordinator, Other, [One, Other]));
        Assert.False(May(coordinator, null, [One, Other]));
        Assert.True(May(coordinator, null, [One]));
        Assert.True(May(Somebody("p-2", One, Other), null, [One, Other]));
        Assert.False(May(coordinator, One, [Other]));
        Assert.False(May(coordinator, null, []));
        Assert.True(May(Somebody(Consultant.Value), null, [One, Other]));
    }

    /// <param name="worksIn">The networks in which the consultant works.</param>
    private static bool May(Viewer viewer, NetworkId? shown, NetworkId[] worksIn) =>
        Access.WatchesItinerary(Consultant, [.. worksIn.Select(n => new Subject(n) { Person = Consultant })], shown).Allows(viewer);

    private static Viewer Somebody(string person, params NetworkId[] networks)
    {
        var account = new Account
        {
            Person = new(person),
            UserName = person,
            Name = new(person),
            Grants =
            [
                .. networks.Select(n => new Grant(
                    Guid.NewGuid(),
                    Role.Coordinator,
                    new() { Network = n },
                    DateTimeOffset.UnixEpoch,
                    null,
                    Actor.System.Person
                )),
            ],
        };
        return new(new(account.Person, Guid.NewGuid(), DateTimeOffset.MaxValue, null, false), account, account.Grants, false);
    }
}
