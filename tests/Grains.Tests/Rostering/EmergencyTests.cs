using ConsultHub.Inboxes;
using ConsultHub.Rostering;
using static ConsultHub.Tests.Rostering.RosterWorld;

namespace ConsultHub.Tests.Rostering;

/// <summary>Tests which consultants must acknowledge an emergency move, and until when the move is shown as not acknowledged.</summary>
public sealed class EmergencyTests
{
    private readonly RosterWorld _world = new();

    private static EmergencyMove Emergency(string id, double at = 0, params PersonId[] who) =>
        new()
        {
            CommandId = Guid.NewGuid(),
            Engagement = new(id),
            Start = Eight.AddHours(at),
            End = Eight.AddHours(at + 1),
            Consultants = who.Length == 0 ? null : [.. who],
        };

    private bool Acknowledge(string id, PersonId person, Guid? move)
    {
        var change = RosterRules.Acknowledge(_world.Roster, new EmergencyAcknowledged(new(id), person, move));
        if (change is not null)
            _world.Happened(change, As(person));
        return change is not null;
    }

    [Fact]
    public void An_emergency_move_waits_for_each_consultant_to_acknowledge_it()
    {
        _world.Done(Plan("a", Kim, room: One) with { Consultants = [Kim, Lee] });
        var move = Emergency("a", 1);
        _world.Done(move);
        Assert.Equal((true, move.CommandId), (_world["a"].Emergency, _world["a"].Unacknowledged!.Move!.Value));
        Assert.True(Acknowledge("a", Kim, move.CommandId));
        Assert.Equal(Lee, Assert.Single(_world["a"].Unacknowledged!.People));
        Assert.False(Acknowledge("a", Kim, move.CommandId));
        Assert.True(Acknowledge("a", Lee, move.CommandId));
        Assert.Equal((false, null), (_world["a"].Emergency, _world["a"].Unacknowledged));
    }

    [Fact]
    public void Acknowledging_an_earlier_emergency_move_does_not_acknowledge_a_later_one()
    {
        _world.Done(Plan("a", Kim, room: One));
        var (first, second) = (Emergency("a", 1), Emergency("a", 2));
        _world.Done(first);
        _world.Done(second);
        Assert.False(Acknowledge("a", Kim, first.CommandId));
        Assert.True(_world["a"].Emergency);
        Assert.True(Acknowledge("a", Kim, second.CommandId));
    }

    [Fact]
    public void A_consultant_who_arrives_need_not_acknowledge_the_move_but_the_other_consultant_must()
    {
        _world.Done(Plan("a", Kim, room: One) with { Consultants = [Kim, Lee] });
        _world.Done(Emergency("a", 1));
        _world.Now = Eight.AddHours(1);
        _world.Done(new Arrive { CommandId = Guid.NewGuid(), Engagement = new("a") }, As(Kim));
        Assert.Equal(
            (EngagementStatus.InProgress, true, Lee),
            (_world["a"].Status, _world["a"].Emergency, Assert.Single(_world["a"].Unacknowledged!.People))
        );
    }

    [Fact]
    public void A_consultant_who_no_longer_has_the_engagement_need_not_acknowledge_the_move()
    {
        _world.Done(Plan("a", Kim, room: One));
        _world.Done(Emergency("a", 1));
        _world.Done(Assign("a", Lee));
        Assert.False(_world["a"].Emergency);
    }

    [Fact]
    public void An_acknowledged_emergency_move_can_be_undone_and_then_needs_no_acknowledgement()
    {
        _world.Done(Plan("a", Kim, room: One));
        var move = Emergency("a", 1);
        _world.Done(move);
        Assert.True(Acknowledge("a", Kim, move.CommandId));
        _world.Done(new Undo { CommandId = Guid.NewGuid(), Engagement = new("a") });
        Assert.Equal((Eight, false), (_world["a"].Start, _world["a"].Emergency));
    }

    [Fact]
    public void An_undo_does_not_ask_again_for_an_acknowledgement_that_was_given()
    {
        _world.Done(Plan("a", Kim, room: One));
        var move = Emergency("a", 1);
        _world.Done(move);
        _world.Done(Move("a", 2));
        Assert.True(Acknowledge("a", Kim, move.CommandId));
        _world.Done(new Undo { CommandId = Guid.NewGuid(), Engagement = new("a") });
        Assert.Equal((Eight.AddHours(1), false), (_world["a"].Start, _world["a"].Emergency));
    }

    /// <summary>Earlier releases stored that the move must be acknowledged, but not by whom.</summary>
    [Fact]
    public void An_emergency_move_that_an_earlier_release_stored_waits_for_all_its_consultants()
    {
        _world.Done(Plan("a", Kim, room: One) with { Consultants = [Kim, Lee] });
        _world.Happened(new EngagementChanged(Change.EmergencyMoved, _world["a"], _world["a"] with { Emergency = true }), Coordinator);
        Assert.True(Acknowledge("a", Kim, null));
        Assert.True(_world["a"].Emergency);
        Assert.True(Acknowledge("a", Lee, null));
        Assert.False(_world["a"].Emergency);
    }

    [Fact]
    public async Task The_board_shows_an_emergency_move_as_open_until_the_consultant_has_acknowledged_it()
    {
        await using var hub = await RosterHub.StartAsync();
        await hub.DoneAsync(Plan("a", Kim, room: One));
        await hub.DoneAsync(Emergency("a", 1));
        await hub.DoneAsync(Move("a", 2)); // at once, perhaps before the first move's messages were sent
        await RosterHub.UntilAsync(
            async () => (await hub.Inbox(Kim).ListAsync()).Any(a => a.Kind == AlertKind.TimeChanged),
            "Kim gets the alert about the move"
        );
        var newest = (await hub.Inbox(Kim).ListAsync()).Single();
        Assert.Equal((true, true), (newest.Urgent, newest.IsOpen));
        Assert.True((await hub.GetAsync("a")).Emergency);
        await hub.Inbox(Kim).AcknowledgeAsync(As(Kim), newest.Id);
        await RosterHub.UntilAsync(async () => !(await hub.GetAsync("a")).Emergency, "the board shows the move as acknowledged");
        Assert.Equal(Change.Acknowledged, (await hub.Roster.HistoryAsync(HistorySubject.Engagement, "a", null, 10))[0].What);
    }

    [Fact]
    public async Task A_consultant_who_has_arrived_has_no_open_alert_about_the_move()
    {
        await using var hub = await RosterHub.StartAsync(now: Eight);
        await hub.DoneAsync(Plan("a", Kim, room: One));
        await hub.DoneAsync(Emergency("a", 1));
        await hub.AlertAsync(Kim, AlertKind.EmergencyMoved);
        await hub.DoneAsync(new Arrive { CommandId = Guid.NewGuid(), Engagement = new("a") }, As(Kim));
        await RosterHub.UntilAsync(async () => (await hub.Inbox(Kim).ListAsync()).All(a => !a.IsOpen), "no alert is open any more");
    }
}
