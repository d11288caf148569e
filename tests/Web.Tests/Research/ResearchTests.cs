using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using ConsultHub.Inboxes;
using ConsultHub.Research;
using ConsultHub.Silo.Demo;
using ConsultHub.Tests.Fixtures;
using ConsultHub.Web.Research;

namespace ConsultHub.Tests.Research;

/// <summary>Initiatives over HTTP, from the first entry to the decision about a proposal.</summary>
public sealed class ResearchTests(DemoHub hub)
{
    private static string New() => $"i-{Guid.NewGuid():N}";

    private static object Profile(string stage = "idea", string lead = "p-research") =>
        new
        {
            network = "ehs",
            kind = "jointResearch",
            title = new { en = "Sleep after operations" },
            partner = "asan",
            sites = new[] { "kalba" },
            lead,
            stage,
        };

    /// <summary>Enters a record, or changes it whatever it is now.</summary>
    private static async Task<HttpResponseMessage> PutAsync(Caller caller, string path, object body, bool change = false)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, path) { Content = JsonContent.Create(body) };
        if (change)
            request.Headers.Add("If-Match", "*");
        return await caller.Http.SendAsync(request);
    }

    private static async Task DoneAsync(Task<HttpResponseMessage> request)
    {
        using var response = await request;
        Assert.True(response.IsSuccessStatusCode, $"{(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}");
    }

    private static async Task<string?> CodeAsync(Task<HttpResponseMessage> request) =>
        (await Caller.ProblemAsync(await request)).Problem.Code;

    private static Task<HttpResponseMessage> SendAsync(Caller caller, string id, object command) =>
        caller.Http.PostAsJsonAsync($"api/initiatives/{id}/commands", command);

    private static Task<ResearchApi.InitiativeView> ViewAsync(Caller caller, string id) =>
        caller.GetAsync<ResearchApi.InitiativeView>($"api/initiatives/{id}/overview");

    private static async Task<InitiativeItem?> ShownAsync(Caller caller, string id) =>
        (await caller.GetTopicAsync("research/ehs")).Items.OfType<InitiativeItem>().FirstOrDefault(i => i.Id.Value == id);

    [Fact]
    public async Task An_initiative_goes_from_its_first_entry_to_recruiting_with_its_tasks_and_milestones()
    {
        var (id, today) = (New(), DateOnly.FromDateTime(DateTime.UtcNow));
        using var lead = await hub.SignInAsync("p-research");
        var owner = (await hub.Coordinator.ConsultantsAsync())[^1].Id.Value;
        using var consultant = await hub.SignInAsync(owner);

        await DoneAsync(PutAsync(hub.Coordinator, $"api/initiatives/{id}", Profile()));
        await DoneAsync(
            PutAsync(
                lead,
                $"api/initiatives/{id}/tasks/leaflet",
                new
                {
                    title = "Translate the leaflet",
                    owner,
                    due = today.AddDays(9),
                }
            )
        );
        await DoneAsync(
            PutAsync(lead, $"api/initiatives/{id}/milestones/protocol", new { name = new { en = "Protocol" }, due = today.AddDays(-3) })
        );
        await Eventually.Async(async () => await ShownAsync(consultant, id) is { Late: 1, OpenTasks: 1, Next.En: "Protocol" });

        // The owner and the lead get alerts with a link to the initiative.
        await Eventually.Async(async () => (await AlertsAsync(consultant, owner)).Any(a => a.Kind == AlertKind.TaskGiven && Is(a)));
        await Eventually.Async(async () =>
            (await AlertsAsync(lead, "p-research")).Any(a => a is { Kind: AlertKind.MilestoneLate, Urgent: true } && Is(a))
        );
        bool Is(Alert alert) => alert.Initiative?.Value == id;

        object Mark(bool done = true) =>
            new
            {
                type = "markTask",
                commandId = Guid.NewGuid(),
                task = "leaflet",
                done,
            };
        Assert.Equal("research.not-yours", await CodeAsync(SendAsync(hub.Coordinator, id, Mark())));
        await DoneAsync(SendAsync(consultant, id, Mark()));
        Assert.NotNull((await ViewAsync(lead, id)).Initiative.Tasks[0].Done);
        Assert.Equal("access.denied", await CodeAsync(PutAsync(consultant, $"api/initiatives/{id}", Profile("protocol"), change: true)));

        // Ethics comes first.
        Assert.Equal("research.no-ethics", await CodeAsync(PutAsync(lead, $"api/initiatives/{id}", Profile("recruiting"), change: true)));
        await DoneAsync(
            PutAsync(
                lead,
                $"api/initiatives/{id}/approvals/kalba",
                new
                {
                    site = "kalba",
                    body = "Committee",
                    state = "granted",
                }
            )
        );
        await DoneAsync(PutAsync(lead, $"api/initiatives/{id}", Profile("recruiting"), change: true));
        var view = await ViewAsync(lead, id);
        Assert.Equal([InitiativeStage.Recruiting, InitiativeStage.Idea], view.Stages.Select(s => s.Stage));
        Assert.Equal((true, true, true), (view.MayChange, view.MayDecide, view.Leads));
        await Eventually.Async(async () => await ShownAsync(consultant, id) is { Stage: InitiativeStage.Recruiting, OpenTasks: 0 });

        // The hospital is a site now, so it cannot be removed.
        using var request = new HttpRequestMessage(HttpMethod.Delete, "api/hospitals/kalba");
        request.Headers.Add("If-Match", "*");
        var (_, used) = await Caller.ProblemAsync(await hub.Coordinator.Http.SendAsync(request));
        Assert.Equal("record.in-use", used.Code);
    }

    private static Task<List<Alert>> AlertsAsync(Caller caller, string person) =>
        caller.GetAsync<List<Alert>>($"api/inboxes/{person}/alerts");

    [Fact]
    public async Task A_proposal_is_sent_decided_and_read_only_by_those_concerned()
    {
        var (id, now) = (New(), DateTimeOffset.UtcNow);
        var people = await hub.Coordinator.ConsultantsAsync();
        using var proposer = await hub.SignInAsync(people[^2].Id.Value);
        using var other = await hub.SignInAsync(people[^3].Id.Value);
        await DoneAsync(PutAsync(hub.Coordinator, $"api/initiatives/{id}", Profile()));
        var call = new
        {
            title = new { en = "A call" },
            opens = now.AddHours(-1),
            closes = now.AddHours(1),
        };
        await DoneAsync(PutAsync(hub.Coordinator, $"api/initiatives/{id}/calls/spring", call));

        object Submit(Guid command, string to = "spring") =>
            new
            {
                type = "submit",
                commandId = command,
                call = to,
                title = "Quiet shoes",
                summary = "Shoes that nobody hears.",
            };
        var command = Guid.NewGuid();
        await DoneAsync(SendAsync(proposer, id, Submit(command)));
        await DoneAsync(SendAsync(proposer, id, Submit(command))); // a repeat
        var proposal = Assert.Single((await ViewAsync(proposer, id)).Initiative.Proposals);
        Assert.Equal("Shoes that nobody hears.", proposal.Summary);
        Assert.Null((await ViewAsync(other, id)).Initiative.Proposals[0].Summary);
        Assert.NotNull((await ViewAsync(hub.Coordinator, id)).Initiative.Proposals[0].Summary);
        Assert.Equal("record.unknown", await CodeAsync(SendAsync(other, id, Submit(Guid.NewGuid(), "autumn"))));

        object Decide() =>
            new
            {
                type = "decide",
                commandId = Guid.NewGuid(),
                proposal = proposal.Id,
                outcome = "accepted",
            };
        Assert.Equal("access.denied", await CodeAsync(SendAsync(other, id, Decide())));
        await DoneAsync(SendAsync(hub.Coordinator, id, Decide()));
        Assert.Equal(ProposalOutcome.Accepted, (await ViewAsync(other, id)).Initiative.Decisions[0].Outcome);
        await Eventually.Async(async () =>
            (await AlertsAsync(proposer, people[^2].Id.Value)).Any(a => a.Kind == AlertKind.ProposalDecided)
        );
        Assert.Equal(
            "research.decided",
            await CodeAsync(
                PutAsync(
                    hub.Coordinator,
                    $"api/initiatives/{id}/proposals/{proposal.Id}",
                    new
                    {
                        call = "spring",
                        title = "Loud shoes",
                        summary = "x",
                        proposer = proposal.Proposer.Value,
                        submitted = proposal.Submitted,
                    },
                    change: true
                )
            )
        );

        // Whoever may decide does not decide about the own proposal.
        await DoneAsync(SendAsync(hub.Coordinator, id, Submit(Guid.NewGuid())));
        var own = (await ViewAsync(hub.Coordinator, id)).Initiative.Proposals[1];
        Assert.Equal(
            "research.own-proposal",
            await CodeAsync(
                SendAsync(
                    hub.Coordinator,
                    id,
                    new
                    {
                        type = "decide",
                        commandId = Guid.NewGuid(),
                        proposal = own.Id,
                        outcome = "accepted",
                    }
                )
            )
        );
    }

    [Fact]
    public async Task Initiatives_and_their_parts_go_out_and_in_as_CSV()
    {
        var id = New();
        await ImportAsync(
            "initiatives",
            $"id,title.en,kind,stage,partner,sites,lead\n{id},From a file,jointResearch,idea,asan,kalba;fujairah,p-research\n"
        );
        await ImportAsync("milestones", $"initiative,id,name.en,due,after\n{id},a,First,2031-01-01,\n{id},b,Second,2031-02-01,a\n");
        await ImportAsync("outputs", $"initiative,id,kind,title,doi\n{id},o,dataset,Data,https://doi.org/10.5555/x\n");
        await Eventually.Async(async () =>
            (await ViewAsync(hub.Coordinator, id)).Initiative is { Milestones.Length: 2, Outputs.Length: 1 }
        );
        using var request = new HttpRequestMessage(HttpMethod.Get, $"api/tables/outputs?network=ehs");
        request.Headers.Add("Accept", "text/csv");
        using var csv = await hub.Coordinator.Http.SendAsync(request);
        Assert.Contains($"{id},o,dataset,Data,10.5555/x", await csv.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private async Task ImportAsync(string table, string csv)
    {
        using var content = new StringContent(csv, Encoding.UTF8, "text/csv");
        await DoneAsync(hub.Coordinator.Http.PostAsync($"api/tables/{table}?network=ehs", content));
    }

    [Theory]
    [InlineData("title", """{"en":""}""", "record.required")]
    [InlineData("kind", "\"other\"", "record.unknown-choice")]
    [InlineData("sites", """["nowhere"]""", "record.unknown-reference")]
    [InlineData("partner", "\"nobody\"", "record.unknown-reference")]
    [InlineData("lead", "\"nobody\"", "record.unknown-reference")]
    [InlineData("specialty", "\"nothing\"", "record.unknown-reference")]
    [InlineData("network", "\"other\"", "record.unknown-reference")]
    [InlineData("colour", "\"red\"", "record.unknown-field")]
    public async Task A_faulty_initiative_is_refused_with_a_code(string member, string value, string code)
    {
        var body = JsonSerializer.SerializeToNode(Profile())!.AsObject();
        body[member] = System.Text.Json.Nodes.JsonNode.Parse(value);
        var refused = await CodeAsync(PutAsync(hub.Coordinator, $"api/initiatives/{New()}", body));
        Assert.Contains(refused, (string[])[code, "access.denied"]);
        Assert.True(refused == code || member == "network");
    }

    [Fact]
    public async Task The_catalogue_and_a_public_page_show_an_initiative_only_while_its_owner_wants_it()
    {
        var (id, today) = (New(), DateOnly.FromDateTime(DateTime.UtcNow));
        using var trainee = await hub.SignInAsync("p-trainee");
        using var nobody = Caller.Nobody(hub.Address);
        async Task SetAsync(bool open, bool isPublic, DateTimeOffset? until = null)
        {
            var body = JsonSerializer.SerializeToNode(Profile())!.AsObject();
            (body["open"], body["public"], body["until"]) = (open, isPublic, until);
            await DoneAsync(PutAsync(hub.Coordinator, $"api/initiatives/{id}", body, change: true));
        }
        async Task AssertShownAsync(bool inCatalogue, bool isPublic)
        {
            var entries = await trainee.GetAsync<List<ResearchApi.InitiativeEntry>>("api/initiatives?network=ehs");
            Assert.Equal(inCatalogue, entries.Any(e => e.Id.Value == id));
            using var answer = await nobody.Http.GetAsync($"api/public/initiatives/{id}");
            Assert.Equal(isPublic ? HttpStatusCode.OK : HttpStatusCode.NotFound, answer.StatusCode);
        }
        await DoneAsync(PutAsync(hub.Coordinator, $"api/initiatives/{id}", Profile()));
        await AssertShownAsync(false, false);
        await SetAsync(open: true, isPublic: false);
        await AssertShownAsync(true, false);
        await SetAsync(open: false, isPublic: true);
        await AssertShownAsync(false, true);
        object Output(string title, string? doi, DateOnly date) =>
            new
            {
                kind = "publication",
                title,
                doi,
                date,
            };
        await DoneAsync(PutAsync(hub.Coordinator, $"api/initiatives/{id}/outputs/a", Output("Seen", "10.1000/182", today.AddDays(-5))));
        await DoneAsync(PutAsync(hub.Coordinator, $"api/initiatives/{id}/outputs/b", Output("Later", "10.1000/183", today.AddDays(5))));
        await DoneAsync(PutAsync(hub.Coordinator, $"api/initiatives/{id}/outputs/c", Output("Without a DOI", null, today.AddDays(-5))));
        var entry = await nobody.GetAsync<ResearchApi.PublicInitiativeEntry>($"api/public/initiatives/{id}");
        Assert.Equal([new("Seen", "10.1000/182", today.AddDays(-5))], entry.Publications);
        Assert.DoesNotContain("p-research", await nobody.Http.GetStringAsync($"api/public/initiatives/{id}"), StringComparison.Ordinal);
        await SetAsync(open: true, isPublic: true, DateTimeOffset.UtcNow.AddDays(-1));
        await AssertShownAsync(false, false);
    }

    [Fact]
    public async Task The_demo_has_two_initiatives_of_each_kind_and_one_late_milestone()
    {
        await Eventually.Async(async () =>
            (await hub.Coordinator.GetTopicAsync("research/ehs"))
                .Items.OfType<InitiativeItem>()
                .Count(i => !i.Id.Value.StartsWith("i-", StringComparison.Ordinal)) == 6
        );
        var items = (await hub.Coordinator.GetTopicAsync("research/ehs"))
            .Items.OfType<InitiativeItem>()
            .Where(i => !i.Id.Value.StartsWith("i-", StringComparison.Ordinal))
            .ToList();
        Assert.All(items.GroupBy(i => i.Kind), kind => Assert.Equal(2, kind.Count()));
        Assert.Equal(6, items.Select(i => i.Stage).Distinct().Count());
        await Eventually.Async(async () => await ShownAsync(hub.Coordinator, "transplant-outcomes") is { Late: 1 });
        Assert.Equal(HttpStatusCode.NotFound, (await hub.Coordinator.Http.GetAsync("api/initiatives/none/overview")).StatusCode);
        Assert.Contains(DemoPeople.Lead, items[0].Leads);
    }
}
