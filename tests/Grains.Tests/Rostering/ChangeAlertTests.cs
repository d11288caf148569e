using System.Collections.Immutable;
using ConsultHub.Inboxes;
using ConsultHub.Journal;
using ConsultHub.Rostering;
using static ConsultHub.Tests.Rostering.RosterWorld;

namespace ConsultHub.Tests.Rostering;

/// <summary>Tests which people get an alert about a change, and which alert they get. Uses the pure rules alone.</summary>
public sealed class ChangeAlertTests
{
    private readonly RosterWorld _world = new();

    private ImmutableArray<OutboxMessage> Told(RosterCommand command, Actor? by = null)
    {
        var change = _world.Decide(command, by).Change!;
        return RosterNotifications.Of(change, _world.Facts(), by ?? Coordinator, command.Reason, _world.Now);
    }

    private static RaiseAlert Alert(ImmutableArray<OutboxMessage> told, PersonId person) =>
        Assert.IsType<RaiseAlert>(Message(told, person).Payload);

    private static OutboxMessage Message(ImmutableArray<OutboxMessage> told, PersonId person) =>
        Assert.Single(told, m => m.To.Key.ToString() == person.Value && m.Payload is RaiseAlert);

    private Accept Accepting(string id) =>
        new()
        {
            CommandId = Guid.NewGuid(),
            Engagement = new(id),
            Proposal = _world[id].Proposal!.Id,
        };

    [Fact]
    public void Undoing_a_cancellation_alerts_the_consultants_urgently()
    {
        _world.Done(Plan("a", Kim, room: One));
        Assert.True(
            Alert(
                Told(
                    new Cancel
                    {
                        CommandId = Guid.NewGuid(),
                        Engagement = new("a"),
                        Reason = "Off.",
                    }
                ),
                Kim
            ).Urgent
        );
        var alert = Alert(Told(new Undo { CommandId = Guid.NewGuid(), Engagement = new("a") }), Kim);
        Assert.Equal((AlertKind.Reinstated, true, EngagementStatus.Confirmed), (alert.Kind, alert.Urgent, alert.Engagement.Status));
    }

    [Fact]
    public void Undoing_a_reassignment_alerts_the_consultant_who_returns_and_the_one_who_is_released()
    {
        _world.Done(Plan("a", Kim, room: One));
        _world.Done(Assign("a", Lee));
        var told = Told(new Undo { CommandId = Guid.NewGuid(), Engagement = new("a") });
        Assert.Equal((AlertKind.Assigned, AlertKind.Released), (Alert(told, Kim).Kind, Alert(told, Lee).Kind));
    }

    [Fact]
    public void Undoing_an_emergency_move_that_changed_nothing_ends_the_request_to_acknowledge_it()
    {
        _world.Done(Plan("a", Kim, room: One));
        _world.Done(
            new EmergencyMove
            {
                CommandId = Guid.NewGuid(),
                Engagement = new("a"),
                Consultants = [Kim],
                Reason = "An emergency.",
            }
        );
        var told = Told(new Undo { CommandId = Guid.NewGuid(), Engagement = new("a") });
        Assert.IsType<DemandEnded>(Assert.Single(told, m => m.To.Key.ToString() == Kim.Value).Payload);
    }

    [Fact]
    public void Undoing_a_change_of_status_sends_the_consultants_the_present_status()
    {
        _world.Done(Plan("a", Kim, room: One));
        _world.Now = Eight;
        _world.Done(new Arrive { CommandId = Guid.NewGuid(), Engagement = new("a") }, As(Kim));
        var alert = Alert(Told(new Undo { CommandId = Guid.NewGuid(), Engagement = new("a") }), Kim);
        Assert.Equal((AlertKind.ChangeUndone, EngagementStatus.Confirmed), (alert.Kind, alert.Engagement.Status));
    }

    [Fact]
    public void A_candidate_learns_the_new_room_and_can_still_answer()
    {
        _world.Done(Plan("a", Kim, room: One));
        _world.Done(Propose("a", Lee, Kim));
        var alert = Alert(
            Told(
                new ChangeRoom
                {
                    CommandId = Guid.NewGuid(),
                    Engagement = new("a"),
                    Room = Two,
                }
            ),
            Lee
        );
        Assert.Equal((AlertKind.Proposed, Two), (alert.Kind, alert.Engagement.Room!.Value));
        Assert.NotNull(alert.Engagement.Proposal);
    }

    [Fact]
    public void The_next_candidate_is_asked_by_the_original_proposer_without_the_reason_of_the_decline()
    {
        _world.Done(Plan("a", Kim, room: One));
        _world.Done(Propose("a", Lee, Kim, Park));
        var decline = new Decline
        {
            CommandId = Guid.NewGuid(),
            Engagement = new("a"),
            Proposal = _world["a"].Proposal!.Id,
            Reason = "I am ill.",
        };
        var alert = Alert(Told(decline, As(Lee)), Park);
        Assert.Equal((AlertKind.Proposed, Coordinator.Person, null), (alert.Kind, alert.By, alert.Reason));
    }

    [Fact]
    public void Urgent_messages_and_proposals_and_answers_are_never_replaced_by_later_messages()
    {
        _world.Done(Plan("a", Kim, room: One));
        Assert.NotNull(Message(Told(Move("a", 1)), Kim).Replaces);
        Assert.Null(
            Message(
                Told(
                    new EmergencyMove
                    {
                        CommandId = Guid.NewGuid(),
                        Engagement = new("a"),
                        Start = Eight,
                        End = Eight.AddHours(1),
                    }
                ),
                Kim
            ).Replaces
        );
        Assert.Null(Message(Told(Propose("a", Lee, Kim)), Lee).Replaces);
        var accepted = Told(Accepting("a"), As(Lee));
        Assert.Null(Message(accepted, Coordinator.Person).Replaces);
        Assert.Null(Message(accepted, Kim).Replaces);
    }

    [Fact]
    public void Alerts_and_topics_contain_no_case_reference()
    {
        var alert = Alert(Told(Plan("a", Kim, room: One) with { CaseReference = "C-1" }), Kim);
        Assert.Null(alert.Engagement.CaseReference);
        Assert.Null(Alert(Told(Move("a", 1)), Kim).Before!.CaseReference);
        Assert.Equal("C-1", _world["a"].CaseReference);
        Assert.Null(Assert.Single(_world.Roster.ItemsSince(-1).OfType<Engagement>()).CaseReference);
    }
}
