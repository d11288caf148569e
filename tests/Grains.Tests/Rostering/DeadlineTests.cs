using ConsultHub.Inboxes;
using ConsultHub.Rostering;
using static ConsultHub.Tests.Rostering.RosterWorld;

namespace ConsultHub.Tests.Rostering;

/// <summary>Tests the deadlines of proposals, and what happens when no candidate is left. Most tests move the clock forward.</summary>
public sealed class DeadlineTests
{
    private static async Task AskAsync(RosterHub hub)
    {
        await hub.DoneAsync(Plan("a", Kim, room: One));
        await hub.DoneAsync(Propose("a", Lee, Kim, Park));
    }

    [Fact]
    public async Task An_unanswered_proposal_expires_and_the_next_candidate_is_asked_and_at_last_the_coordinator_on_call_is_alerted()
    {
        await using var hub = await RosterHub.StartAsync();
        await AskAsync(hub);
        hub.Clock.Advance(TimeSpan.FromSeconds(590));
        await RosterHub.TickAsync(hub.Roster);
        Assert.Equal(Lee, (await hub.GetAsync("a")).Proposal!.Candidate);
        hub.Clock.Advance(TimeSpan.FromSeconds(10));
        await RosterHub.TickAsync(hub.Roster);
        Assert.Equal(Park, (await hub.GetAsync("a")).Proposal!.Candidate);
        await hub.AlertAsync(Park, AlertKind.Proposed);
        await hub.AlertAsync(Lee, AlertKind.ProposalWithdrawn);
        Assert.Contains(
            Lee.Value,
            (await hub.AlertAsync(Coordinator.Person, AlertKind.ProposalExpired)).Text["en"],
            StringComparison.Ordinal
        );
        hub.Clock.Advance(TimeSpan.FromSeconds(601));
        await RosterHub.TickAsync(hub.Roster);
        Assert.Equal([AttentionReason.ProposalUnanswered], (await hub.GetAsync("a")).Attention);
        Assert.Equal([Kim], (await hub.GetAsync("a")).Consultants);
        Assert.True((await hub.AlertAsync(RosterHub.OnCall, AlertKind.NobodyAnswered)).Urgent);
        Assert.Contains(
            $"{Park}\u2069 did not answer in time",
            (await hub.AlertAsync(Coordinator.Person, AlertKind.NobodyAnswered)).Text["en"],
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_coordinator_on_call_who_made_the_proposal_hears_once_that_nobody_is_left_and_why()
    {
        await using var hub = await RosterHub.StartAsync();
        await hub.DoneAsync(Plan("a", Kim, room: One));
        await hub.DoneAsync(Propose("a", Lee, Kim), new(RosterHub.OnCall, Role.Coordinator));
        await hub.DoneAsync(
            new Decline
            {
                CommandId = Guid.NewGuid(),
                Engagement = new("a"),
                Proposal = (await hub.GetAsync("a")).Proposal!.Id,
                Reason = "On call in Seoul.",
            },
            As(Lee)
        );
        var told = await hub.AlertAsync(RosterHub.OnCall, AlertKind.NobodyAnswered);
        Assert.True(told.Urgent);
        Assert.Contains("has declined. Reason: \u2068On call in Seoul.\u2069", told.Text["en"], StringComparison.Ordinal);
        Assert.Single(await hub.Inbox(RosterHub.OnCall).ListAsync());
    }

    [Fact]
    public async Task A_deadline_that_passes_while_the_hub_is_stopped_takes_effect_at_the_next_start()
    {
        var folder = TestHub.NewFolder();
        await using (var hub = await RosterHub.StartAsync(folder))
            await AskAsync(hub);
        await using (var hub = await RosterHub.StartAsync(folder, Eight.AddDays(-1).AddMinutes(11), seed: false))
        {
            await RosterHub.UntilAsync(async () => (await hub.GetAsync("a")).Proposal?.Candidate == Park, "the next candidate is asked");
            await hub.AlertAsync(Park, AlertKind.Proposed);
        }
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_deadline_that_has_not_passed_survives_a_restart_and_the_answer_counts()
    {
        var folder = TestHub.NewFolder();
        await using (var hub = await RosterHub.StartAsync(folder))
            await AskAsync(hub);
        await using (var hub = await RosterHub.StartAsync(folder, Eight.AddDays(-1).AddMinutes(5), seed: false))
        {
            await RosterHub.TickAsync(hub.Roster); // this sends the alert if the first hub stopped before it sent the alert
            var asked = await hub.AlertAsync(Lee, AlertKind.Proposed);
            await hub.DoneAsync(
                new Accept
                {
                    CommandId = Guid.NewGuid(),
                    Engagement = new("a"),
                    Proposal = asked.Proposal!.Value,
                },
                As(Lee)
            );
            Assert.Equal([Lee], (await hub.GetAsync("a")).Consultants);
        }
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_deadline_takes_effect_once_however_often_it_is_checked()
    {
        await using var hub = await RosterHub.StartAsync();
        await AskAsync(hub);
        hub.Clock.Advance(TimeSpan.FromSeconds(601));
        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => RosterHub.TickAsync(hub.Roster)));
        Assert.Equal(Park, (await hub.GetAsync("a")).Proposal!.Candidate);
        Assert.Single(await hub.Roster.HistoryAsync(HistorySubject.Engagement, "a", null, 50), h => h.What == Change.Expired);
    }

    [Fact]
    public async Task An_answer_after_the_deadline_is_refused()
    {
        await using var hub = await RosterHub.StartAsync();
        await AskAsync(hub);
        var asked = (await hub.GetAsync("a")).Proposal!.Id;
        hub.Clock.Advance(TimeSpan.FromSeconds(601));
        Assert.Equal(
            ["roster.proposal-gone"],
            await hub.RefusedAsync(
                new Accept
                {
                    CommandId = Guid.NewGuid(),
                    Engagement = new("a"),
                    Proposal = asked,
                },
                As(Lee)
            )
        );
        Assert.Equal([Kim], (await hub.GetAsync("a")).Consultants);
    }
}
