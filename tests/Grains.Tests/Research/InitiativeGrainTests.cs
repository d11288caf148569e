using ConsultHub.Inboxes;
using ConsultHub.Records;
using ConsultHub.Research;
using ConsultHub.Tests.Rostering;
using static ConsultHub.Tests.Research.ResearchWorld;
using static ConsultHub.Tests.Rostering.RosterHub;

namespace ConsultHub.Tests.Research;

/// <summary>Initiatives on a real silo: who is told what, also after a restart, and what the board shows.</summary>
public sealed class InitiativeGrainTests
{
    private static readonly Actor Coordinator = As(new("p-coordinator"), Role.Coordinator);

    private static IInitiativeGrain Heart(RosterHub hub) => hub.Grains.GetGrain<IInitiativeGrain>("heart");

    private static async Task PutAsync(RosterHub hub, params IRecord[] records) =>
        Assert.IsType<RecordsEdited>(
            await Heart(hub).EditAsync(Coordinator, new(Guid.NewGuid(), [.. records.Select(r => RecordEdit.Put(r))]))
        );

    private static async Task<InitiativeItem?> ShownAsync(RosterHub hub) =>
        (await hub.Grains.GetGrain<IResearchGrain>("ehs").ReadSinceAsync(null)).Items.OfType<InitiativeItem>().SingleOrDefault();

    private static async Task<List<Alert>> LateAsync(RosterHub hub, PersonId person) =>
        [.. (await hub.Inbox(person).ListAsync()).Where(a => a.Kind == AlertKind.MilestoneLate)];

    [Fact]
    public async Task The_board_shows_an_initiative_until_it_is_removed()
    {
        await using var hub = await RosterHub.StartAsync(now: Noon);
        await PutAsync(hub, Profile, Milestone("a", 5), Milestone("b", 9, null, "a"), new ResearchTask("t", "A task", Owner));
        await UntilAsync(async () => await ShownAsync(hub) is { OpenTasks: 1 }, "the board shows it");
        var item = (await ShownAsync(hub))!;
        Assert.Equal(("Milestone a", Today.AddDays(5), 0), (item.Next!.En, item.NextDue, item.Late));
        Assert.Equal([Lead, PartnerLead], item.Leads);

        await PutAsync(hub, Milestone("a", 5, 0), Profile with { Stage = InitiativeStage.Funding });
        await UntilAsync(async () => await ShownAsync(hub) is { Next.En: "Milestone b", Stage: InitiativeStage.Funding }, "it changes");
        Assert.Equal([InitiativeStage.Funding, InitiativeStage.Ethics], (await Heart(hub).StagesAsync()).Select(s => s.Stage));

        await Heart(hub).EditAsync(Coordinator, new(Guid.NewGuid(), [new(((IRecord)Profile).Record, null)]));
        await UntilAsync(async () => await ShownAsync(hub) is null, "the board forgets it");
    }

    [Fact]
    public async Task A_late_milestone_is_told_once_and_survives_restarts_until_the_coordinator_on_call_knows()
    {
        var folder = TestHub.NewFolder();
        var night = LocalDay.EndOf(Today, TimeZoneInfo.FindSystemTimeZoneById("Asia/Dubai"));
        await using (var hub = await RosterHub.StartAsync(folder, night.AddMinutes(-30)))
        {
            await PutAsync(hub, Profile, Milestone("a", 0));
            await TickAsync(Heart(hub));
            Assert.Empty(await LateAsync(hub, Lead));
        }
        // The day ends while the hub is stopped. The reminder wakes the initiative at the next start.
        await using (var hub = await RosterHub.StartAsync(folder, night.AddMinutes(1), seed: false))
        {
            await TickAsync(Heart(hub));
            Assert.True((await hub.AlertAsync(Lead, AlertKind.MilestoneLate)).Urgent);
            Assert.Equal(new InitiativeId("heart"), (await hub.AlertAsync(PartnerLead, AlertKind.MilestoneLate)).Initiative);
            await UntilAsync(async () => await ShownAsync(hub) is { Late: 1 }, "the board says late");
            await TickAsync(Heart(hub));
        }
        await using (var hub = await RosterHub.StartAsync(folder, night.AddDays(2).AddMinutes(2), seed: false))
        {
            await TickAsync(Heart(hub));
            var told = await hub.AlertAsync(OnCall, AlertKind.MilestoneLate);
            Assert.Contains("No lead has acknowledged", told.Text["en"], StringComparison.Ordinal);
        }
        await using (var hub = await RosterHub.StartAsync(folder, night.AddDays(6), seed: false))
        {
            await TickAsync(Heart(hub));
            foreach (var person in new[] { Lead, PartnerLead, OnCall })
                Assert.Single(await LateAsync(hub, person));
            Assert.Equal(
                new LateMilestone("a", Today, default, Escalated: true),
                (await Heart(hub).GetAsync())!.Late[0] with
                {
                    ToldAt = default,
                }
            );
        }
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task An_acknowledgement_of_a_lead_ends_the_escalation()
    {
        await using var hub = await RosterHub.StartAsync(now: Noon);
        await PutAsync(hub, Profile, Milestone("a", -1));
        await hub.Inbox(PartnerLead).AcknowledgeAsync(As(PartnerLead), (await hub.AlertAsync(PartnerLead, AlertKind.MilestoneLate)).Id);
        await UntilAsync(async () => (await Heart(hub).GetAsync())!.Late[0].Acknowledged, "the initiative knows");
        hub.Clock.Advance(TimeSpan.FromDays(3));
        await TickAsync(Heart(hub));
        Assert.Empty(await LateAsync(hub, OnCall));
    }

    [Fact]
    public async Task A_milestone_that_is_done_late_ends_the_alerts()
    {
        await using var hub = await RosterHub.StartAsync(now: Noon);
        await PutAsync(hub, Profile, Milestone("a", -1));
        await hub.AlertAsync(Lead, AlertKind.MilestoneLate);
        await PutAsync(hub, Milestone("a", -1, 0));
        await UntilAsync(async () => (await LateAsync(hub, Lead)).All(a => !a.IsOpen), "the alert is closed");
        await UntilAsync(async () => await ShownAsync(hub) is { Late: 0 }, "nothing is late");
        hub.Clock.Advance(TimeSpan.FromDays(3));
        await TickAsync(Heart(hub));
        Assert.Empty(await LateAsync(hub, OnCall));
    }

    [Fact]
    public async Task The_owner_of_a_new_task_is_told_once_and_marks_it_done()
    {
        await using var hub = await RosterHub.StartAsync(now: Noon);
        var task = new ResearchTask("t", "Write the leaflet", Owner, Today.AddDays(3));
        await PutAsync(hub, Profile, task);
        var alert = await hub.AlertAsync(Owner, AlertKind.TaskGiven);
        Assert.Contains("Write the leaflet", alert.Text["en"], StringComparison.Ordinal);
        Assert.Contains("due on Thursday 26 November 2026", alert.Text["en"], StringComparison.Ordinal);
        await PutAsync(hub, task with { Title = "Write it in Korean" });

        var mark = new MarkTask
        {
            CommandId = Guid.NewGuid(),
            Task = "t",
            Done = true,
        };
        var refused = Assert.IsType<RecordsRefused>(await Heart(hub).DecideAsync(As(Other), mark with { CommandId = Guid.NewGuid() }));
        Assert.Equal("research.not-yours", refused.Faults[0].Code);
        for (var i = 0; i < 2; i++)
            Assert.IsType<RecordsEdited>(await Heart(hub).DecideAsync(As(Owner), mark));
        Assert.Equal(Today, (await Heart(hub).GetAsync())!.Tasks[0].Done);
        Assert.Single(await hub.Inbox(Owner).ListAsync());
    }

    [Fact]
    public async Task A_proposal_is_sent_while_the_call_is_open_and_its_proposer_hears_of_the_decision()
    {
        await using var hub = await RosterHub.StartAsync(now: Noon);
        await PutAsync(hub, Profile, Call);
        var submit = new SubmitProposal
        {
            CommandId = Guid.NewGuid(),
            Call = "call",
            Title = "Lights",
            Summary = "What it is about.",
        };
        for (var i = 0; i < 2; i++)
            Assert.IsType<RecordsEdited>(await Heart(hub).DecideAsync(As(Other), submit));
        var proposal = Assert.Single((await Heart(hub).GetAsync())!.Proposals);
        Assert.Equal((Other, "Lights"), (proposal.Proposer, proposal.Title));

        DecideProposal Decide(ProposalOutcome outcome) =>
            new()
            {
                CommandId = Guid.NewGuid(),
                Proposal = proposal.Id,
                Outcome = outcome,
            };
        Assert.Equal("research.own-proposal", await CodeAsync(hub, As(Other, Role.ResearchLead), Decide(ProposalOutcome.Accepted)));
        Assert.IsType<RecordsEdited>(await Heart(hub).DecideAsync(Coordinator, Decide(ProposalOutcome.Reserved)));
        Assert.Contains("reserve", (await hub.AlertAsync(Other, AlertKind.ProposalDecided)).Text["en"], StringComparison.Ordinal);
        var decision = Assert.Single((await Heart(hub).GetAsync())!.Decisions);
        Assert.Equal((ProposalOutcome.Reserved, Coordinator.Person), (decision.Outcome, decision.By));

        hub.Clock.Advance(TimeSpan.FromDays(2));
        Assert.Equal("research.call-not-open", await CodeAsync(hub, As(Other), submit with { CommandId = Guid.NewGuid() }));
        Assert.Equal("record.unknown", await CodeAsync(hub, As(Other), submit with { CommandId = Guid.NewGuid(), Call = "none" }));
        Assert.IsType<RecordsEdited>(await Heart(hub).DecideAsync(As(Other), submit)); // a repeat
    }

    private static async Task<string> CodeAsync(RosterHub hub, Actor actor, InitiativeCommand command) =>
        Assert.IsType<RecordsRefused>(await Heart(hub).DecideAsync(actor, command)).Faults[0].Code;

    [Fact]
    public void Every_alert_about_research_has_a_sentence_in_every_language()
    {
        foreach (var kind in new[] { AlertKind.MilestoneLate, AlertKind.TaskGiven, AlertKind.ProposalDecided })
        foreach (var outcome in Enum.GetValues<ProposalOutcome>())
        foreach (var escalated in new[] { false, true })
        {
            var raise = new RaiseResearch(kind, new("heart"), new("ehs"), new("Heart"), new("A thing"), Today, outcome, Lead)
            {
                Escalated = escalated,
            };
            var texts = ResearchTexts.Of(raise);
            Assert.Equal(["ar", "en", "ko"], texts.Keys.Order());
            Assert.All(texts.Values, text => Assert.Contains("A thing", text, StringComparison.Ordinal));
        }
    }
}
