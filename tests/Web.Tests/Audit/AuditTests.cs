using System.Net;
using System.Net.Http.Json;
using ConsultHub.Accounts;
using ConsultHub.Audit;
using ConsultHub.Consultants;
using ConsultHub.Tests.Fixtures;
using ConsultHub.Web;
using ConsultHub.Web.Audit;
using Microsoft.Extensions.DependencyInjection;
using static ConsultHub.Web.Audit.AuditApi;

namespace ConsultHub.Tests.Audit;

public sealed class AuditTests(DemoHub hub)
{
    private static Task<AuditPage> SearchAsync(Caller caller, string query) => caller.GetAsync<AuditPage>($"api/audit?{query}");

    [Fact]
    public async Task Refused_requests_share_a_row_that_says_who_from_where_what_and_why()
    {
        using var admin = await hub.SignInAsync("p-admin");
        using var attendee = await hub.SignInAsync("p-attendee");
        var week = hub.EmptyWeek();
        AuditEntry[] found = [];
        // The requests of one try share a minute, unless the minute ends between them.
        await Eventually.Async(async () =>
        {
            for (var i = 0; i < 3; i++)
                Assert.Equal(
                    HttpStatusCode.Forbidden,
                    (await attendee.Http.GetAsync($"api/rosters/ehs/{week}/engagements/e-{i}/confidential")).StatusCode
                );
            found = [.. (await SearchAsync(admin, $"kind=refused&text={week}")).Rows];
            return found.Any(row => row.Count >= 3);
        });
        var row = found.First(r => r.Count >= 3);
        Assert.Equal(new PersonId("p-attendee"), row.Person);
        Assert.Equal("Noura Al Hammadi", row.Name!.En);
        Assert.Equal("127.0.0.1", row.Address!.Replace("::ffff:", "", StringComparison.Ordinal));
        Assert.Equal("GET /api/rosters/{network}/{week}/engagements/{id}/confidential", row.Route);
        Assert.Equal($"ehs/{week}/e-0", row.Thing);
        Assert.Equal(("roster.read", "access.denied"), (row.What, row.Why));
        Assert.True(row.LastAt > row.At);
    }

    [Fact]
    public async Task A_refused_sign_in_names_the_account_and_a_name_without_an_account_is_not_stored()
    {
        using var admin = await hub.SignInAsync("p-admin");
        using var nobody = Caller.Nobody(hub.Address);
        // People may type a password as the name by mistake.
        var typed = $"my-password-{Guid.NewGuid():n}";
        await nobody.Http.PostAsJsonAsync("api/session", new { userName = typed, password = "x" });
        await nobody.Http.PostAsJsonAsync("api/session", new { userName = "auditor", password = "wrong" });
        var rows = (await SearchAsync(admin, "kind=sign-in-refused&take=200")).Rows;
        Assert.Contains(rows, row => row.Person == new PersonId("p-auditor") && row.Why == "session.denied");
        Assert.Contains(rows, row => row.Person is null && row.Why == "session.denied");
        Assert.Empty((await SearchAsync(admin, $"text={typed}&kind=sign-in-refused")).Rows);
        Assert.DoesNotContain(
            (await SearchAsync(admin, $"text={typed[..20]}")).Rows,
            row => row.Kind != AuditKinds.ReadPrivate // the search itself is in the trace, with its text
        );
    }

    [Fact]
    public async Task Signing_in_and_out_is_in_the_trace()
    {
        using var admin = await hub.SignInAsync("p-admin");
        using var person = Caller.Nobody(hub.Address);
        person.Http.DefaultRequestHeaders.UserAgent.ParseAdd($"Browser/{Guid.NewGuid():n}");
        var device = person.Http.DefaultRequestHeaders.UserAgent.ToString();
        await person.Http.PostAsJsonAsync("api/session", new { userName = "coordinator2", password = DemoHub.Password });
        await person.Http.DeleteAsync("api/session");
        var rows = (await SearchAsync(admin, $"person=p-coordinator-2&text={Uri.EscapeDataString(device)}")).Rows;
        Assert.Equal([AuditKinds.SignedOut, AuditKinds.SignedIn], rows.Select(r => r.Kind));
        Assert.All(rows, row => Assert.Equal((device, new PersonId("p-coordinator-2")), (row.Device, row.Person!.Value)));
        // Only the question whether anybody is signed in leaves no row.
        Assert.Equal(HttpStatusCode.Unauthorized, (await person.Http.GetAsync("api/session")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await person.Http.GetAsync("api/me")).StatusCode);
        var later = (await SearchAsync(admin, $"text={Uri.EscapeDataString(device)}&kind=refused")).Rows;
        Assert.Equal("GET /api/me", Assert.Single(later).Route);
    }

    [Fact]
    public async Task Reading_a_case_reference_is_in_the_trace_of_its_network()
    {
        using var auditor = await hub.SignInAsync("p-auditor");
        var (week, id) = (hub.EmptyWeek(), $"e-{Guid.NewGuid():n}");
        await hub.Coordinator.DoAsync(week, Engagements.Plan(week, id) with { CaseReference = "case-7", Reason = "It is needed." });
        (await hub.Coordinator.Http.GetAsync($"api/rosters/ehs/{week}/engagements/{id}/confidential")).EnsureSuccessStatusCode();
        var row = Assert.Single((await SearchAsync(auditor, $"text={id}&kind=read-private")).Rows);
        Assert.Equal(("cases.read", new PersonId("p-coordinator")), (row.What, row.Person!.Value));
        Assert.DoesNotContain("case-7", System.Text.Json.JsonSerializer.Serialize(row), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reading_ones_own_data_leaves_no_row_and_reading_that_of_others_does()
    {
        using var admin = await hub.SignInAsync("p-admin");
        var consultant = (await hub.Coordinator.ConsultantsAsync())[^1].Id;
        using var own = await hub.SignInAsync(consultant.Value);
        foreach (var reader in (Caller[])[own, hub.Coordinator])
        {
            await reader.GetAsync<Consultant>($"api/consultants/{consultant}");
            await reader.GetTopicAsync($"itinerary/{consultant}/{DemoHub.ThisWeek}");
        }
        var rows = (await SearchAsync(admin, $"person={consultant}&kind=read-private")).Rows;
        Assert.DoesNotContain(rows, row => row.Person == consultant);
        Assert.Superset(
            new HashSet<string> { "credentials.read", "topic.read" },
            rows.Where(row => row.Person == new PersonId("p-coordinator")).Select(row => row.What).ToHashSet()
        );
    }

    [Fact]
    public async Task Watching_anothers_itinerary_and_a_refused_topic_are_in_the_trace()
    {
        using var admin = await hub.SignInAsync("p-admin");
        using var attendee = await hub.SignInAsync("p-attendee");
        var consultant = (await hub.Coordinator.ConsultantsAsync())[0].Id;
        var topic = $"itinerary/{consultant}/{DemoHub.ThisWeek}";
        await using var watcher = hub.Coordinator.Watcher();
        await using var denied = attendee.Watcher();
        watcher.Watch(topic);
        denied.Watch(topic);
        await Eventually.Async(async () =>
        {
            var rows = (await SearchAsync(admin, $"text={Uri.EscapeDataString(topic)}")).Rows;
            return rows.Any(r => r is { Kind: AuditKinds.ReadPrivate, Route: "Watch", Person.Value: "p-coordinator" })
                && rows.Any(r => r is { Kind: AuditKinds.Refused, Route: "Watch", Person.Value: "p-attendee", Why: "topic.denied" });
        });
    }

    [Fact]
    public async Task Changes_of_roles_are_found_with_what_was_before_and_after_and_why()
    {
        using var admin = await hub.SignInAsync("p-admin");
        var reason = $"For the week {Guid.NewGuid():n}";
        using var given = await admin.Http.PostAsJsonAsync(
            "api/roles",
            new
            {
                commandId = Guid.NewGuid(),
                person = "p-attendee",
                role = "speaker",
                scope = new { network = "ehs", conference = "demo-congress" },
                reason,
            }
        );
        given.EnsureSuccessStatusCode();
        var grant = (await given.Content.ReadFromJsonAsync<Account>(HubJson.Options))!.Grants[^1];
        (await admin.Http.DeleteAsync($"api/roles/{grant.Id}?reason={Uri.EscapeDataString(reason)}")).EnsureSuccessStatusCode();
        var rows = (await SearchAsync(admin, $"kind=role-changed&person=p-attendee&text={Uri.EscapeDataString(reason)}")).Rows;
        Assert.Equal(["take-role", "give-role"], rows.Select(r => r.What));
        Assert.Equal((null, rows[1].After), (rows[0].After, rows[0].Before));
        Assert.StartsWith("speaker ehs/demo-congress", rows[1].After, StringComparison.Ordinal);
        Assert.Null(rows[1].Before);
        Assert.All(rows, row => Assert.Equal((new PersonId("p-admin"), reason), (row.Person!.Value, row.Why)));
    }

    [Fact]
    public async Task Pages_follow_each_other_without_a_gap_and_reading_the_trace_is_in_the_trace()
    {
        using var admin = await hub.SignInAsync("p-admin");
        var mark = $"mark-{Guid.NewGuid():n}";
        for (var i = 0; i < 5; i++)
            await SearchAsync(admin, $"text={mark}-{i}");
        var all = (await SearchAsync(admin, $"kind=read-private&text={mark}-&take=200")).Rows.Where(r => r.What == "audit.read").ToList();
        Assert.Equal(5, all.Count);
        List<AuditEntry> paged = [];
        string? next = null;
        do
        {
            var page = await SearchAsync(admin, $"kind=read-private&text=text%3D{mark}-&take=2" + (next is null ? "" : $"&before={next}"));
            Assert.InRange(page.Rows.Count, 0, 2);
            paged.AddRange(page.Rows);
            next = page.Next;
        } while (next is not null);
        // The later searches are in the trace too, above the first page. So only the rows from before can be compared.
        Assert.Equal(all.Select(r => r.Id), paged.Where(r => all.Any(a => a.Id == r.Id)).Select(r => r.Id));
    }

    [Theory]
    [
        InlineData("take=201"),
        InlineData("take=0"),
        InlineData("kind=other"),
        InlineData("before=x"),
        InlineData("before=9223372036854775807.x")
    ]
    [InlineData("from=2026-01-01T00:00:00Z&to=2026-02-02T00:00:00Z")]
    public async Task A_search_beyond_the_limits_is_refused(string query)
    {
        using var admin = await hub.SignInAsync("p-admin");
        var (status, problem) = await Caller.ProblemAsync(await admin.Http.GetAsync($"api/audit?{query}"));
        Assert.Equal((HttpStatusCode.BadRequest, "request.bad-parameter"), (status, problem.Code));
    }

    [Theory]
    [InlineData("p-coordinator"), InlineData("p-attendee")]
    public async Task Neither_coordinators_nor_attendees_read_the_trace(string person)
    {
        using var caller = await hub.SignInAsync(person);
        var (status, problem) = await Caller.ProblemAsync(await caller.Http.GetAsync("api/audit?network=ehs"));
        Assert.Equal((HttpStatusCode.Forbidden, "access.denied"), (status, problem.Code));
    }
}

[Collection(nameof(TwoNetworks))]
public sealed class AuditOfTwoNetworksTests(TwoNetworks networks)
{
    private async Task<AuditPage> SearchAsync(string visitor, string query)
    {
        using var http = networks.Http(Visitors.Everyone.First(v => v.ToString() == visitor));
        return (await http.GetFromJsonAsync<AuditPage>($"api/audit?{query}", HubJson.Options))!;
    }

    [Fact]
    public async Task An_auditor_of_another_network_sees_nothing_of_this_network()
    {
        using var attendee = networks.Http(Visitors.Everyone.First(v => v is { Name: "attendee", Network: "ehs" }));
        Assert.Equal(HttpStatusCode.Forbidden, (await attendee.GetAsync("api/visits?network=ehs")).StatusCode);
        const string query = "kind=refused&text=api/visits&person=ehs-attendee";
        foreach (var seeing in (string[])["auditor of ehs", "administrator"])
            Assert.NotEmpty((await SearchAsync(seeing, query)).Rows);
        Assert.Empty((await SearchAsync("auditor of second", query)).Rows);
        using var other = networks.Http(Visitors.Everyone.First(v => v is { Name: "auditor", Network: "second" }));
        foreach (var asked in (string[])["ehs", "hub"])
            Assert.Equal(HttpStatusCode.Forbidden, (await other.GetAsync($"api/audit?network={asked}")).StatusCode);
    }

    [Fact]
    public async Task An_auditor_sees_changes_of_accounts_only_in_the_own_network()
    {
        var rows = (await SearchAsync("auditor of second", "kind=account-changed&take=200")).Rows;
        Assert.Contains(rows, row => row.Thing == "second-spare");
        Assert.DoesNotContain(rows, row => row.Thing!.StartsWith("ehs-", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_network_that_does_not_exist_makes_no_grain()
    {
        using var attendee = networks.Http(Visitors.Everyone.First(v => v is { Name: "attendee", Network: "ehs" }));
        var invented = $"x-{Guid.NewGuid():n}";
        Assert.Equal(HttpStatusCode.Forbidden, (await attendee.GetAsync($"api/visits?network={invented}")).StatusCode);
        Assert.NotEmpty((await SearchAsync("auditor of ehs", "kind=refused&text=api/visits&person=ehs-attendee")).Rows);
        var days = networks.Hub.Services.GetRequiredService<IGrainFactory>().GetGrain<IAuditDaysGrain>($"{invented}/days");
        Assert.Empty(await days.ListAsync(DateOnly.MinValue, DateOnly.MaxValue));
    }

    [Fact]
    public async Task Days_that_are_older_than_the_setting_are_erased()
    {
        var grains = networks.Hub.Services.GetRequiredService<IGrainFactory>();
        var today = AuditRules.DayOf(DateTimeOffset.UtcNow);
        var (old, kept) = (today.AddDays(-401), today.AddDays(-399));
        foreach (var day in (DateOnly[])[old, kept])
            await grains
                .GetGrain<IAuditGrain>(AuditRules.KeyOf("second", day, "n-0"))
                .WriteAsync(
                    Guid.NewGuid(),
                    [new AuditRow(Guid.NewGuid(), new(day, TimeOnly.MinValue, TimeSpan.Zero), AuditKinds.SignedIn, "password")]
                );
        await networks.Hub.Services.GetRequiredService<AuditSender>().EraseOldAsync(CancellationToken.None);
        var days = await grains.GetGrain<IAuditDaysGrain>("second/days").ListAsync(old, kept);
        Assert.Equal([kept], days.Select(d => d.Day));
    }
}

public sealed class AuditCrashTests
{
    [Fact]
    public async Task A_kill_after_an_answer_loses_no_row_that_was_sent_and_no_change_of_a_role()
    {
        await using var host = await HubHost.StartAsync();
        string before;
        using (var admin = await Caller.SignInAsync(host.Address, "p-admin"))
        {
            using var attendee = await Caller.SignInAsync(host.Address, "p-attendee");
            await attendee.Http.GetAsync("api/people");
            // A search also sends what the node has noted.
            before = string.Join(' ', (await admin.GetAsync<AuditPage>("api/audit?take=200")).Rows.Select(r => r.Id).Order());
            var given = await admin.Http.PostAsJsonAsync(
                "api/roles",
                new
                {
                    commandId = Guid.NewGuid(),
                    person = "p-attendee",
                    role = "speaker",
                    scope = new { network = "ehs", conference = "demo-congress" },
                }
            );
            given.EnsureSuccessStatusCode();
            host.Kill();
        }
        await host.RestartAsync();
        using var again = await Caller.SignInAsync(host.Address, "p-admin");
        var after = (await again.GetAsync<AuditPage>("api/audit?take=200")).Rows;
        Assert.Contains(after, row => row is { Kind: AuditKinds.Refused, Person.Value: "p-attendee" });
        Assert.Contains(after, row => row is { Kind: AuditKinds.RoleChanged, What: "give-role", Thing: "p-attendee" });
        Assert.NotEmpty(before);
        Assert.All(before.Split(' '), id => Assert.Contains(after, row => row.Id.ToString() == id));
    }
}
