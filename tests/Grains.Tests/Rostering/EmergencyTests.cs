using ConsultHub.Inboxes;
using ConsultHub.Rostering;
using static ConsultHub.Tests.Rostering.RosterWorld;

namespace ConsultHub.Tests.Rostering;

/// <summary>An emergency move is shown as not acknowledged until each of its consultants has acknowledged it.</summary>
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
    public void It_waits_for_each_of_its_consultants()
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
    public void What_is_acknowledged_of_an_earlier_move_does_not_count_for_a_later_one()
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
    public void Who_arrives_need_not_acknowledge_it_and_who_is_on_it_too_still_must()
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
    public void Whoever_is_no_longer_on_it_need_not_acknowledge_it()
    {
        _world.Done(Plan("a", Kim, room: One));
        _world.Done(Emergency("a", 1));
        _world.Done(Assign("a", Lee));
        Assert.False(_world["a"].Emergency);
    }

    [Fact]
    public void It_can_be_taken_back_also_after_it_was_acknowledged_and_then_demands_nothing()
    {
        _world.Done(Plan("a", Kim, room: One));
        var move = Emergency("a", 1);
        _world.Done(move);
        Assert.True(Acknowledge("a", Kim, move.CommandId));
        _world.Done(new Undo { CommandId = Guid.NewGuid(), Engagement = new("a") });
        Assert.Equal((Eight, false), (_world["a"].Start, _world["a"].Emergency));
    }

    [Fact]
    public void An_undo_brings_back_no_demand_that_was_met()
    {
        _world.Done(Plan("a", Kim, room: One));
        var move = Emergency("a", 1);
        _world.Done(move);
        _world.Done(Move("a", 2));
        Assert.True(Acknowledge("a", Kim, move.CommandId));
        _world.Done(new Undo { CommandId = Guid.NewGuid(), Engagement = new("a") });
        Assert.Equal((Eight.AddHours(1), false), (_world["a"].Start, _world["a"].Emergency));
    }

    /// <summary>Earlier releases stored that somebody has to acknowledge it, and not who.</summary>
    [Fact]
    public void What_an_earlier_release_stored_waits_for_everybody_on_it()
    {
        _world.Done(Plan("a", Kim, room: One) with { Consultants = [Kim, Lee] });
        _world.Happened(new EngagementChanged(Change.EmergencyMoved, _world["a"], _world["a"] with { Emergency = true }), Coordinator);
        Assert.True(Acknowledge("a", Kim, null));
        Assert.True(_world["a"].Emergency);
        Assert.True(Acknowledge("a", Lee, null));
        Assert.False(_world["a"].Emergency);
    }

    [Fact]
    public async Task The_board_no_longer_says_that_it_waits_once_the_consultant_has_acknowledged_it()
    {
        await using var hub = await RosterHub.StartAsync();
        await hub.DoneAsync(Plan("a", Kim, room: One));
        await hub.DoneAsync(Emergency("a", 1));
        await hub.DoneAsync(Move("a", 2)); // at once, before anything of the first may have been sent
        await RosterHub.UntilAsync(
            async () => (await hub.Inbox(Kim).ListAsync()).Any(a => a.Kind == AlertKind.TimeChanged),
            "Kim is told of the move"
        );
        var newest = (await hub.Inbox(Kim).ListAsync()).Single();
        Assert.Equal((true, true), (newest.Urgent, newest.IsOpen));
        Assert.True((await hub.GetAsync("a")).Emergency);
        await hub.Inbox(Kim).AcknowledgeAsync(As(Kim), newest.Id);
        await RosterHub.UntilAsync(async () => !(await hub.GetAsync("a")).Emergency, "the board says that it is acknowledged");
        Assert.Equal(Change.Acknowledged, (await hub.Roster.HistoryAsync(HistorySubject.Engagement, "a", null, 10))[0].What);
    }

    [Fact]
    public async Task Whoever_has_arrived_need_no_longer_acknowledge_where_to_be()
    {
        await using var hub = await RosterHub.StartAsync(now: Eight);
        await hub.DoneAsync(Plan("a", Kim, room: One));
        await hub.DoneAsync(Emergency("a", 1));
        await hub.AlertAsync(Kim, AlertKind.EmergencyMoved);
        await hub.DoneAsync(new Arrive { CommandId = Guid.NewGuid(), Engagement = new("a") }, As(Kim));
        await RosterHub.UntilAsync(async () => (await hub.Inbox(Kim).ListAsync()).All(a => !a.IsOpen), "nothing is demanded any more");
    }
}
