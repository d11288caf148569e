using System.Collections.Immutable;
using ConsultHub.Accounts;

namespace ConsultHub.Tests.Accounts;

/// <summary>Identities at providers, the roles that their claims give, and the sign-ins that the providers have to confirm.</summary>
public sealed class IdentityTests
{
    private const string Clinic = "https://clinic.example",
        Other = "https://other.example";

    private static readonly DateTimeOffset Now = new(2026, 11, 30, 9, 0, 0, TimeSpan.Zero);
    private static readonly GrantScope Network = new() { Network = new("ehs") };
    private static readonly PersonId Ann = new("p-ann"),
        Bob = new("p-bob");

    [Fact]
    public void An_identity_belongs_to_one_account_and_an_account_has_one_identity_of_a_provider()
    {
        var state = With(Account(Ann) with { Identities = [Identity(Clinic, "s-1")] }, Account(Bob));
        Assert.Equal("oidc.linked-elsewhere", Code(state, Link(Bob, Clinic, "s-1")));
        Assert.Equal("oidc.linked-already", Code(state, Link(Ann, Clinic, "s-2")));
        Assert.Equal([Identity(Clinic, "s-2")], Decide(state, Link(Bob, Clinic, "s-2")).Identities);
        Assert.Equal(2, Decide(state, Link(Ann, Other, "s-1")).Identities.Length);
        var open = new OpenAccount
        {
            Person = new("p-eve"),
            UserName = "eve",
            Name = new("Eve"),
            Identity = Identity(Clinic, "s-1"),
        };
        Assert.Equal("oidc.linked-elsewhere", Code(state, open));
    }

    [Fact]
    public void People_connect_their_own_accounts_without_a_role_but_not_those_of_others()
    {
        var state = With(Account(Ann), Account(Bob));
        Assert.Null(AccessRules.Decide(state, new(Ann, Role.Attendee), Link(Ann, Clinic, "s-1"), Now).Refused);
        Assert.Equal("role.lost", AccessRules.Decide(state, new(Ann, Role.Attendee), Link(Bob, Clinic, "s-1"), Now).Refused?.Code);
        Assert.Equal("role.lost", AccessRules.Decide(state, new(Ann, Role.Attendee), Map(Ann, Role.Auditor), Now).Refused?.Code);
    }

    [Fact]
    public void A_role_is_not_replaced_by_another_one_with_its_id()
    {
        var given = Grant(Role.Coordinator, null);
        var state = With(Account(Ann) with { Grants = [given] });
        AccessCommand Give(Grant grant) => new GiveRole { Person = Ann, Grant = grant };
        Assert.Equal("account.command-used", Code(state, Give(given with { Role = Role.Attendee })));
        Assert.Equal("account.command-used", Code(state, Give(given with { Scope = new() { Network = new("another") } })));
        Assert.Equal([given], Decide(state, Give(given)).Grants);
    }

    [Fact]
    public void Guests_and_attendees_leave_accounts_for_the_staff_and_a_session_has_at_most_fifty_guests()
    {
        var attends = new GrantScope { Network = Network.Network, Conference = new("congress") };
        var session = attends with { Session = new("s-1") };
        Account Visitor(int i, Role role, GrantScope scope, AccountKind kind) =>
            Account(new($"p-{i}")) with
            {
                Kind = kind,
                Grants = [new(Guid.NewGuid(), role, scope, Now.AddDays(-1), Now.AddDays(1), Ann)],
            };
        OpenAccount Open(Account account) =>
            new()
            {
                Person = account.Person,
                UserName = account.Person.Value,
                Name = account.Name,
                Kind = account.Kind,
                Grants = account.Grants,
            };
        var guests = Enumerable.Range(0, AccessRules.MostGuests).Select(i => Visitor(i, Role.Speaker, session, AccountKind.Guest)).ToList();
        var next = Open(Visitor(99, Role.Speaker, session, AccountKind.Guest));
        Assert.Equal("guest.too-many", Code(With([.. guests]), next));
        Assert.Equal(AccountKind.Guest, Decide(With([.. guests[1..]]), next).Kind);
        Assert.Equal(AccountKind.Guest, Decide(With([guests[0] with { Deactivated = true }, .. guests[1..]]), next).Kind);
        var other = session with { Session = new("s-2") };
        Assert.Equal(AccountKind.Guest, Decide(With([.. guests]), Open(Visitor(99, Role.Speaker, other, AccountKind.Guest))).Kind);

        var full = With([
            .. Enumerable.Range(0, AccessRules.MostVisitors).Select(i => Visitor(i, Role.Attendee, attends, AccountKind.Person)),
        ]);
        Assert.Equal("account.full", Code(full, Open(Visitor(99_999, Role.Attendee, attends, AccountKind.Person))));
        Assert.Equal("account.full", Code(full, Open(Visitor(99_999, Role.Speaker, session, AccountKind.Guest))));
        Assert.Equal(AccountKind.Person, Decide(full, Open(Visitor(99_999, Role.Attendee, Network, AccountKind.Person))).Kind);
    }

    [Fact]
    public void Roles_from_claims_replace_each_other_and_given_roles_stay()
    {
        var given = Grant(Role.Attendee, null);
        var foreign = Grant(Role.Consultant, Other);
        var state = With(Account(Ann) with { Grants = [given, foreign] });
        var first = Decide(state, Map(Ann, Role.Auditor, Role.Attendee));
        Assert.Equal(
            [(Role.Attendee, null), (Role.Consultant, Other), (Role.Auditor, Clinic), (Role.Attendee, Clinic)],
            first.Grants.Select(g => (g.Role, g.Source))
        );
        var second = Decide(With(first), Map(Ann, Role.Auditor));
        Assert.Equal([given, foreign, first.Grants[2]], second.Grants); // the role that stays keeps its id
        var (set, reply) = AccessRules.Decide(With(second), Actor.System, Map(Ann, Role.Auditor), Now);
        Assert.Equal((null, null), (set, reply!.Code));
        Assert.Equal([given, foreign], Decide(With(second), Map(Ann)).Grants);
        Assert.Equal("role.from-provider", Code(With(second), new TakeRole { Person = Ann, Grant = second.Grants[2].Id }));
        Assert.Equal("role.from-provider", Code(With(second), new GiveRole { Person = Ann, Grant = second.Grants[2] }));
    }

    [Fact]
    public void Disconnecting_takes_the_roles_of_this_provider_only()
    {
        var state = With(
            Account(Ann) with
            {
                Identities = [Identity(Clinic, "s-1"), Identity(Other, "s-1")],
                Grants = [Grant(Role.Attendee, null), Grant(Role.Auditor, Clinic), Grant(Role.Consultant, Other)],
            }
        );
        var after = Decide(state, new UnlinkIdentity { Person = Ann, Issuer = Clinic });
        Assert.Equal([Role.Attendee, Role.Consultant], after.Grants.Select(g => g.Role));
        Assert.Equal([Identity(Other, "s-1")], after.Identities);
        Assert.Equal("oidc.not-linked", Code(With(after), new UnlinkIdentity { Person = Ann, Issuer = Clinic }));
    }

    [Fact]
    public void Claims_can_neither_take_the_last_administrator_away_nor_stand_in_for_one()
    {
        var given = new Grant(Guid.NewGuid(), Role.Administrator, new(), Now, null, Ann);
        var state = With(Account(Ann) with { Grants = [given] }, Account(Bob));
        Assert.Null(AccessRules.Decide(state, Actor.System, Map(Ann), Now).Set); // no claim gave the role, so none takes it away
        var mapped = Decide(
            state,
            new MapRoles
            {
                Person = Bob,
                Issuer = Clinic,
                Grants = [given with { Id = Guid.NewGuid() }],
            }
        );
        var both = With(Account(Ann) with { Grants = [given] }, mapped);
        Assert.Equal("account.last-administrator", Code(both, new TakeRole { Person = Ann, Grant = given.Id }));
        Assert.Empty(Decide(both, new MapRoles { Person = Bob, Issuer = Clinic }).Grants);
    }

    [Fact]
    public async Task A_due_sign_in_goes_to_one_node_only_until_its_check_is_finished()
    {
        await using var hub = await TestHub.StartAsync();
        var (account, now) = (hub.Grains.GetGrain<IAccountGrain>("p-ann"), DateTimeOffset.UtcNow);
        var (own, external) = (SignIn(now, null), SignIn(now, new(Clinic, "s-1", "sid-1", [1], now.AddMinutes(-15))));
        await account.BeginAsync(own, null);
        await account.BeginAsync(external, null);
        var lease = TimeSpan.FromHours(1);
        Assert.Empty(await account.ClaimChecksAsync(now.AddMinutes(-16), lease));
        Assert.Equal(external.Id, Assert.Single(await account.ClaimChecksAsync(now.AddMinutes(-10), lease)).Id);
        Assert.Empty(await account.ClaimChecksAsync(now.AddMinutes(-10), lease));
        Assert.True(await account.FinishCheckAsync(external.Id, [2]));
        Assert.Empty(await account.ClaimChecksAsync(now.AddMinutes(-10), lease));
        var kept = Assert.Single(await account.ClaimChecksAsync(now.AddHours(1), TimeSpan.Zero));
        Assert.Equal([2], kept.External!.Token);
        Assert.Single(await account.ClaimChecksAsync(now.AddHours(1), lease)); // the first reservation has lapsed
        Assert.False(await account.FinishCheckAsync(own.Id, [3]));
    }

    [Fact]
    public async Task A_logout_ends_the_named_session_and_its_message_works_once_also_after_a_restart()
    {
        var folder = TestHub.NewFolder();
        var now = DateTimeOffset.UtcNow;
        var logout = new ProviderLogout(Clinic, "sid-1", "message-1", now.AddMinutes(7));
        SignIn[] signIns =
        [
            SignIn(now, null),
            SignIn(now, new(Clinic, "s-1", "sid-1", [], now)),
            SignIn(now, new(Clinic, "s-1", "sid-2", [], now)),
            SignIn(now, new(Other, "s-1", "sid-1", [], now)),
        ];
        await using (var hub = await TestHub.StartAsync(folder))
        {
            var account = hub.Grains.GetGrain<IAccountGrain>("p-ann");
            foreach (var signIn in signIns)
                await account.BeginAsync(signIn, null);
            Assert.Null((await account.LogOutAsync(logout)).Code);
            Assert.Equal([signIns[0].Id, signIns[2].Id, signIns[3].Id], (await account.SignInsAsync()).Select(s => s.Id));
        }
        await using (var hub = await TestHub.StartAsync(folder))
        {
            var account = hub.Grains.GetGrain<IAccountGrain>("p-ann");
            Assert.Equal("oidc.replayed", (await account.LogOutAsync(logout with { Session = null })).Code);
            Assert.Equal(3, (await account.SignInsAsync()).Length);
            Assert.Null((await account.LogOutAsync(logout with { Session = null, Message = "message-2" })).Code);
            Assert.Equal([signIns[0].Id, signIns[3].Id], (await account.SignInsAsync()).Select(s => s.Id));
        }
        Directory.Delete(folder, recursive: true);
    }

    private static SignIn SignIn(DateTimeOffset now, ExternalSignIn? external) =>
        new(Guid.NewGuid(), now, "", "", now, now.AddDays(1), null, false, external);

    private static ExternalIdentity Identity(string issuer, string subject) => new(issuer, subject, Now);

    private static Grant Grant(Role role, string? source) => new(Guid.NewGuid(), role, Network, Now, null, Ann, source);

    private static LinkIdentity Link(PersonId person, string issuer, string subject) =>
        new() { Person = person, Identity = Identity(issuer, subject) };

    private static MapRoles Map(PersonId person, params ImmutableArray<Role> roles) =>
        new()
        {
            Person = person,
            Issuer = Clinic,
            Grants = [.. roles.Select(role => Grant(role, Clinic))],
        };

    private static Account Account(PersonId person) =>
        new()
        {
            Person = person,
            UserName = person.Value,
            Name = new(person.Value),
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
