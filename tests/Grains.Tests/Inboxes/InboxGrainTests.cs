using ConsultHub.Inboxes;
using ConsultHub.Rostering;
using ConsultHub.Tests.Rostering;
using Orleans.Runtime;
using static ConsultHub.Tests.Rostering.RosterWorld;

namespace ConsultHub.Tests.Inboxes;

/// <summary>Alerts on a real silo with SQLite: raised once, told again, settled, and there after a restart.</summary>
public sealed class InboxGrainTests : IAsyncLifetime
{
    private static readonly GrainId Sender = GrainId.Create("roster", "ehs/2026-W48");
    private RosterHub _hub = null!;

    public async ValueTask InitializeAsync() => _hub = await RosterHub.StartAsync();

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    private static RaiseAlert About(string duty, AlertKind kind = AlertKind.Assigned, bool urgent = false) => new(kind, Ehs, RosterWorld.Week, new Engagement
    {
        Id = new(duty), Kind = EngagementKind.Consultation, Title = duty, Hospital = North, Room = One, Specialty = "cardiology", Start = Eight, End = Eight.AddHours(1),
    }, null, Coordinator.Person, urgent);

    private Task DeliverAsync(long number, RaiseAlert alert, PersonId? to = null) => RosterHub.DeliverAsync(_hub.Inbox(to ?? Kim), Sender, number, alert);

    [Fact]
    public async Task A_message_that_arrives_again_raises_nothing_twice()
    {
        await DeliverAsync(1, About("a"));
        await DeliverAsync(2, About("b"));
        var before = await RosterHub.VersionAsync(_hub.Inbox(Kim));
        await Task.WhenAll(DeliverAsync(1, About("a")), DeliverAsync(2, About("b")), DeliverAsync(2, About("b")));
        Assert.Equal(["a", "b"], (await _hub.Inbox(Kim).ListAsync()).Select(a => a.Engagement!.Id.Value));
        Assert.Equal(before, await RosterHub.VersionAsync(_hub.Inbox(Kim)));
    }

    [Fact]
    public async Task A_message_that_arrives_again_does_not_bring_back_what_was_acknowledged_also_after_a_restart()
    {
        var folder = TestHub.NewFolder();
        await using (var hub = await RosterHub.StartAsync(folder))
        {
            await RosterHub.DeliverAsync(hub.Inbox(Kim), Sender, 1, About("a"));
            Assert.True(await hub.Inbox(Kim).AcknowledgeAsync(As(Kim), (await hub.Inbox(Kim).ListAsync()).Single().Id));
        }
        await using (var hub = await RosterHub.StartAsync(folder, seed: false))
        {
            await RosterHub.DeliverAsync(hub.Inbox(Kim), Sender, 1, About("a"));
            Assert.NotNull((await hub.Inbox(Kim).ListAsync()).Single().AcknowledgedAt);
        }
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Acknowledging_twice_at_once_or_later_changes_it_once()
    {
        await DeliverAsync(1, About("a"));
        var alert = (await _hub.Inbox(Kim).ListAsync()).Single();
        Assert.All(await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => _hub.Inbox(Kim).AcknowledgeAsync(As(Kim), alert.Id))), Assert.True);
        var acknowledged = (await _hub.Inbox(Kim).ListAsync()).Single();
        _hub.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.True(await _hub.Inbox(Kim).AcknowledgeAsync(As(Kim), alert.Id));
        Assert.Equal((acknowledged.AcknowledgedAt, 2), ((await _hub.Inbox(Kim).ListAsync()).Single().AcknowledgedAt, await RosterHub.VersionAsync(_hub.Inbox(Kim))));
        Assert.False(await _hub.Inbox(Kim).AcknowledgeAsync(As(Kim), "none"));
        Assert.False(await _hub.Inbox(Lee).AcknowledgeAsync(As(Lee), alert.Id));
    }

    [Fact]
    public async Task An_urgent_alert_is_told_again_and_then_the_coordinator_on_duty_is_told_once()
    {
        await DeliverAsync(1, About("a", AlertKind.EmergencyMoved, urgent: true));
        for (var minute = 1; minute <= 8; minute++)
        {
            _hub.Clock.Advance(TimeSpan.FromMinutes(1));
            await Task.WhenAll(RosterHub.TickAsync(_hub.Inbox(Kim)), RosterHub.TickAsync(_hub.Inbox(Kim)));
            Assert.Equal(Math.Min(minute, 5), (await _hub.Inbox(Kim).ListAsync()).Single().Repeats);
        }
        var told = await _hub.AlertAsync(RosterHub.Duty, AlertKind.NotAcknowledged);
        Assert.Equal("a", told.Engagement!.Id.Value);
        Assert.Contains("has not yet acknowledged", told.Text["en"], StringComparison.Ordinal);
        Assert.Equal(1, await RosterHub.VersionAsync(_hub.Inbox(RosterHub.Duty)));
    }

    [Fact]
    public async Task Of_what_is_over_the_coordinator_on_duty_is_not_told()
    {
        var over = About("over", AlertKind.Cancelled, urgent: true);
        await DeliverAsync(1, over with { Engagement = over.Engagement with { Start = Eight.AddDays(-30), End = Eight.AddDays(-30).AddHours(1) } });
        await DeliverAsync(2, About("coming", AlertKind.Cancelled, urgent: true));
        for (var minute = 1; minute <= 6; minute++)
        {
            _hub.Clock.Advance(TimeSpan.FromMinutes(1));
            await RosterHub.TickAsync(_hub.Inbox(Kim));
        }
        await _hub.AlertAsync(RosterHub.Duty, AlertKind.NotAcknowledged);
        Assert.Equal("coming", (await _hub.Inbox(RosterHub.Duty).ListAsync()).Single().Engagement!.Id.Value);
    }

    [Fact]
    public async Task Once_acknowledged_it_is_not_told_again()
    {
        await DeliverAsync(1, About("a", AlertKind.EmergencyMoved, urgent: true));
        await _hub.Inbox(Kim).AcknowledgeAsync(As(Kim), (await _hub.Inbox(Kim).ListAsync()).Single().Id);
        _hub.Clock.Advance(TimeSpan.FromMinutes(10));
        await RosterHub.TickAsync(_hub.Inbox(Kim));
        Assert.Equal(0, (await _hub.Inbox(Kim).ListAsync()).Single().Repeats);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_answered_proposal_settles_its_alert_and_tells_who_asked(bool accepted)
    {
        await _hub.DoneAsync(Plan("a", Kim, room: One));
        await _hub.DoneAsync(Propose("a", Lee, Kim));
        var asked = await _hub.AlertAsync(Lee, AlertKind.Proposed);
        Assert.Equal((true, _hub.Clock.GetUtcNow() < asked.Deadline), (asked.Urgent, true));
        RosterCommand answer = accepted
            ? new Accept { CommandId = Guid.NewGuid(), Engagement = new("a"), Proposal = asked.Proposal!.Value }
            : new Decline { CommandId = Guid.NewGuid(), Engagement = new("a"), Proposal = asked.Proposal!.Value, Reason = "On call." };
        await _hub.DoneAsync(answer, As(Lee));
        await RosterHub.UntilAsync(async () => (await _hub.Inbox(Lee).ListAsync()).Single().AcknowledgedAt is not null, "the answered alert is settled");
        await _hub.AlertAsync(Coordinator.Person, accepted ? AlertKind.ProposalAccepted : AlertKind.ProposalDeclined);
    }

    [Fact]
    public async Task A_proposal_taken_back_takes_the_place_of_its_alert()
    {
        await _hub.DoneAsync(Plan("a", Kim, room: One));
        await _hub.DoneAsync(Propose("a", Lee, Kim));
        await _hub.AlertAsync(Lee, AlertKind.Proposed);
        await _hub.DoneAsync(new Arrive { CommandId = Guid.NewGuid(), Engagement = new("a") }, As(Kim));
        await _hub.AlertAsync(Lee, AlertKind.ProposalWithdrawn);
        Assert.Single(await _hub.Inbox(Lee).ListAsync());
    }

    [Fact]
    public async Task Whoever_makes_a_change_is_not_told_of_it_and_everybody_else_concerned_is()
    {
        await _hub.DoneAsync(Plan("a", Kim, room: One) with { Consultants = [Kim, Lee] });
        Assert.Equal(AlertKind.Assigned, (await _hub.AlertAsync(Kim, AlertKind.Assigned)).Kind);
        await _hub.DoneAsync(Assign("a", Lee, Park));
        await _hub.AlertAsync(Kim, AlertKind.Released);
        await _hub.AlertAsync(Park, AlertKind.Assigned);
        await _hub.DoneAsync(Move("a", 2));
        await _hub.AlertAsync(Park, AlertKind.TimeChanged);
        await _hub.DoneAsync(new ChangeRoom { CommandId = Guid.NewGuid(), Engagement = new("a"), Room = Two });
        await _hub.AlertAsync(Lee, AlertKind.RoomChanged);
        await _hub.DoneAsync(new Cancel { CommandId = Guid.NewGuid(), Engagement = new("a"), Reason = "Off." });
        await _hub.AlertAsync(Lee, AlertKind.Cancelled);
        Assert.Empty(await _hub.Inbox(Coordinator.Person).ListAsync());
    }
}
