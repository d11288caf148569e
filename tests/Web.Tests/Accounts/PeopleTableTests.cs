using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using ConsultHub.Tests.Fixtures;
using ConsultHub.Tests.Records;
using static ConsultHub.Tests.Accounts.NewPerson;

namespace ConsultHub.Tests.Accounts;

/// <summary>The table of people with an account, as a list and as a file.</summary>
[Collection(nameof(RecordsHub))]
public sealed class PeopleTableTests(RecordsHub hub)
{
    private const string Header = "userName,name.en,email,role,network,hospitals,person,until\n";

    private static readonly string[] Actions = ["people.read", "people.change", "roles.give-every"];

    private static string Name() => $"u{Guid.NewGuid():N}"[..16];

    private static (int Added, int Changed, int Same, int Refused) Counts(JsonElement report) =>
        (
            report.GetProperty("added").GetInt32(),
            report.GetProperty("changed").GetInt32(),
            report.GetProperty("same").GetInt32(),
            report.GetProperty("refused").GetInt32()
        );

    /// <summary>The roles of an account, each with the day on which it ends.</summary>
    private static async Task<List<(string? Role, string? Until)>> RolesAsync(EnteredNetwork network, string user) =>
        [
            .. (await network.RowsAsync("people", $"&userName={user}"))
                .Select(r => ((string?)r["role"], ((string?)r["until"])?[..10]))
                .OrderBy(r => r.Item1, StringComparer.Ordinal),
        ];

    [Fact]
    public async Task A_file_opens_accounts_gives_roles_and_changes_names_and_the_same_file_again_changes_nothing()
    {
        var network = await hub.PopulatedAsync();
        var (office, registrar) = (Name(), Name());
        var file =
            Header
            + $"{office},Office,office@example.org,auditor,{network.Id},,,\n"
            + $"{office},Office,office@example.org,integration,{network.Id},,,2099-01-01T00:00:00Z\n"
            + $"{registrar.ToUpperInvariant()},Registrar,,registrar,{network.Id},{network.North},,\n";
        var preview = (await network.ImportAsync("people", file, preview: true)).Is(HttpStatusCode.OK).Json;
        Assert.Equal((3, 0, 0, 0), Counts(preview));
        Assert.Empty(await RolesAsync(network, office));
        Assert.Equal((3, 0, 0, 0), Counts(await network.ImportedAsync("people", file)));
        Assert.Equal([("auditor", null), ("integration", "2099-01-01")], await RolesAsync(network, office));
        Assert.Equal([("registrar", null)], await RolesAsync(network, registrar));
        Assert.Equal((0, 0, 3, 0), Counts(await network.ImportedAsync("people", file)));
        // What was exported can be imported.
        Assert.Equal(0, Counts(await network.ImportedAsync("people", await network.ExportAsync("people"))).Changed);

        // A file with only some columns gives a further role and changes the others' end.
        var report = await network.ImportedAsync(
            "people",
            $"userName,role,network,until\n{office},display,{network.Id},\n{office},integration,{network.Id},2098-01-01T00:00:00Z\n"
        );
        Assert.Equal((1, 1, 0, 0), Counts(report));
        Assert.Equal([("auditor", null), ("display", null), ("integration", "2098-01-01")], await RolesAsync(network, office));
        report = await network.ImportedAsync("people", $"userName,name.en,role,network\n{office},The office,auditor,{network.Id}\n");
        Assert.Equal((0, 1, 0, 0), Counts(report));
        var account = (await network.RowsAsync("people", $"&userName={office}"))[0];
        Assert.Equal(("The office", "office@example.org"), ((string)account["name.en"]!, (string)account["email"]!));
        var history = (await network.GetAsync($"api/people/{account["person"]}/history")).Is(HttpStatusCode.OK).Json;
        Assert.Equal(
            ["change-account", "change-period", "give-role", "give-role", "open-account"],
            history.EnumerateArray().Select(c => c.GetProperty("what").GetString()!).Order()
        );
    }

    [Fact]
    public async Task A_row_without_a_network_belongs_to_the_network_of_the_import_also_the_second_time()
    {
        var network = await hub.NetworkAsync();
        var user = Name();
        var file = $"userName,name.en,role\n{user},Office,display\n";
        Assert.Equal((1, 0, 0, 0), Counts(await network.ImportedAsync("people", file)));
        Assert.Equal((0, 0, 1, 0), Counts(await network.ImportedAsync("people", file)));
        // A row without a role is about the account alone.
        var renamed = $"userName,name.en\n{user},The office\n";
        await network.ImportedAsync("people", renamed);
        Assert.Equal((0, 0, 1, 0), Counts(await network.ImportedAsync("people", renamed)));
        var row = (await network.RowsAsync("people", $"&userName={user}")).Single();
        Assert.Equal(("The office", "display"), ((string)row["name.en"]!, (string)row["role"]!));
    }

    [Fact]
    public async Task A_new_account_has_no_password_until_its_person_is_invited()
    {
        var network = await hub.PopulatedAsync();
        var user = Name();
        await network.ImportedAsync("people", Header + $"{user},A Consultant,,consultant,{network.Id},,{network.Kim},\n");
        var person = (string)(await network.RowsAsync("people", $"&userName={user}")).Single()["person"]!;
        Assert.Equal(network.Kim, person);
        var made = await DoAsync(hub.Admin.Http, "POST", "api/invitations/many", new { people = new[] { person } });
        var link = made.GetProperty("people")[0].GetProperty("link").GetString()!;
        using var caller = Caller.Nobody(hub.Host.Address);
        await DoAsync(caller.Http, "POST", "api/invitations/acceptance", new { token = link.Split('#')[1], password = Password });
        Assert.Equal(person, (await DoAsync(caller.Http, "GET", "api/session")).GetProperty("person").GetString());
    }

    [Fact]
    public async Task Rows_with_faults_are_named_and_nothing_is_stored()
    {
        var network = await hub.PopulatedAsync();
        var (good, known) = (Name(), Name());
        await network.ImportedAsync("people", Header + $"{known},Known,,auditor,{network.Id},,,\n");
        var refused = await network.RefusedAsync(
            "people",
            Header
                + $"{good},Good,,auditor,{network.Id},,,\n" // 2
                + $"{Name()},No role,,,,,,\n"
                + $"{Name()},No hospital,,registrar,{network.Id},,,\n"
                + $"{Name()},Unknown hospital,,registrar,{network.Id},nowhere,,\n" // 5
                + $"{Name()},Bad mail,nonsense,auditor,{network.Id},,,\n"
                + $"{Name()},Over,,auditor,{network.Id},,,2001-01-01\n"
                + $"bad name,Bad,,auditor,{network.Id},,,\n" // 8
                + $"{good},Other,,display,{network.Id},,,\n"
                + $"{known},Known,,display,{network.Id},,{network.Kim},\n"
                + $"{Name()},Boss,,king,{network.Id},,,\n" // 11
        );
        Assert.Equal(
            [
                (3, "record.required", "role"),
                (4, "role.bad-scope", "role"),
                (5, "role.bad-scope", "role"),
                (6, "account.bad-email", "email"),
                (7, "role.bad-period", "until"),
                (8, "account.bad-user-name", "userName"),
                (9, "record.twice", "name.en"),
                (10, "record.other-id", "person"),
                (11, "record.unknown-choice", "role"),
            ],
            refused.OrderBy(r => r.Line)
        );
        Assert.Empty(await RolesAsync(network, good));
    }

    [Fact]
    public async Task Coordinators_give_and_see_only_what_the_endpoints_for_accounts_let_them()
    {
        var (network, other) = (await hub.PopulatedAsync(), await hub.NetworkAsync());
        using var coordinator = await hub.JoinAsync("coordinator", network.Id);
        await AuthenticatorApp.AddAsync(coordinator.Http);
        var (theirs, mine, elsewhere) = (network.As(coordinator), Name(), Name());
        await other.ImportedAsync("people", Header + $"{elsewhere},Elsewhere,,auditor,{other.Id},,,\n");
        await theirs.ImportedAsync("people", Header + $"{mine},Mine,,display,{network.Id},,,\n");
        var refused = await theirs.RefusedAsync(
            "people",
            Header
                + $"{Name()},A,,coordinator,{network.Id},,,\n"
                + $"{Name()},B,,administrator,,,,\n"
                + $"{Name()},C,,display,{other.Id},,,\n"
                + $"{elsewhere},Elsewhere,,display,{network.Id},,,\n"
        );
        Assert.Equal(
            [
                (2, "access.denied", "role"),
                (3, "access.denied", "role"),
                (4, "access.denied", "role"),
                (5, "account.name-taken", "userName"),
            ],
            refused.OrderBy(r => r.Line)
        );
        // The answers do not tell which roles somebody has elsewhere.
        var answers = await theirs.RefusedAsync(
            "people",
            $"userName,name.en,role,network\n{elsewhere},X,auditor,{other.Id}\n{elsewhere},X,display,{other.Id}\n"
        );
        Assert.Equal([("account.name-taken", "userName")], answers.Select(a => (a.Code, a.Column!)).Distinct());
        var seen = (await theirs.RowsAsync("people")).Select(r => (string)r["userName"]!).ToHashSet();
        Assert.Contains(mine, seen);
        Assert.DoesNotContain(elsewhere, seen);
        Assert.Empty(await new EnteredNetwork(coordinator, other.Id).RowsAsync("people"));
        using var consultant = await hub.JoinAsync("consultant", network.Id);
        (await network.As(consultant).GetAsync($"api/tables/people?network={network.Id}")).Is(HttpStatusCode.Forbidden, "access.denied");
        (await network.As(consultant).ImportAsync("people", Header, preview: true)).Is(HttpStatusCode.Forbidden, "access.denied");
    }

    [Fact]
    public async Task An_import_demands_a_second_factor_of_just_now_and_no_token_does_it()
    {
        var network = await hub.NetworkAsync();
        var made = await DoAsync(
            hub.Admin.Http,
            "POST",
            "api/tokens",
            new
            {
                name = "A program",
                actions = Actions,
                until = DateTimeOffset.UtcNow.AddDays(1),
            }
        );
        using var program = Caller.Nobody(hub.Host.Address);
        program.Http.DefaultRequestHeaders.Add("Authorization", $"Bearer {made.GetProperty("token").GetString()}");
        var file = Header + $"{Name()},Somebody,,auditor,{network.Id},,,\n";
        (await network.As(program).ImportAsync("people", file)).Is(HttpStatusCode.Forbidden, "token.needs-person");
        (await network.As(program).ImportAsync("people", file, preview: true)).Is(HttpStatusCode.Forbidden, "token.needs-person");
        Assert.NotEmpty(await network.As(program).RowsAsync("people"));
    }

    [Fact]
    public async Task The_rota_names_coordinators_by_their_user_names_too()
    {
        var network = await hub.NetworkAsync();
        var user = Name();
        await network.ImportedAsync("people", Header + $"{user},On call,,coordinator,{network.Id},,,\n");
        await network.ImportedAsync("rota", $"coordinator,from,to\n{user},2029-01-01,2029-01-01\n{hub.Person},2029-01-02,2029-01-02\n");
        var person = (string)(await network.RowsAsync("people", $"&userName={user}")).Single()["person"]!;
        Assert.Equal([person, hub.Person], (await network.RowsAsync("rota")).Select(r => (string)r["coordinator"]!));
    }
}
