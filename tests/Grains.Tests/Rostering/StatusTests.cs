using ConsultHub.Rostering;
using static ConsultHub.Tests.Rostering.RosterWorld;

namespace ConsultHub.Tests.Rostering;

/// <summary>Tests how the status of an engagement changes, what each change needs, and what can be undone.</summary>
public sealed class StatusTests
{
    private readonly RosterWorld _world = new();

    public StatusTests() => _world.Done(Plan("a", Kim, room: One));

    private static T Of<T>(string id = "a")
        where T : RosterCommand =>
        (T)
            (RosterCommand)(
                typeof(T).Name switch
                {
                    nameof(Confirm) => new Confirm { CommandId = Guid.NewGuid(), Engagement = new(id) },
                    nameof(Arrive) => new Arrive { CommandId = Guid.NewGuid(), Engagement = new(id) },
                    nameof(Complete) => new Complete { CommandId = Guid.NewGuid(), Engagement = new(id) },
                    nameof(MarkNoShow) => new MarkNoShow { CommandId = Guid.NewGuid(), Engagement = new(id) },
                    nameof(Cancel) => new Cancel
                    {
                        CommandId = Guid.NewGuid(),
                        Engagement = new(id),
                        Reason = "Off.",
                    },
                    _ => new Undo { CommandId = Guid.NewGuid(), Engagement = new(id) },
                }
            );

    [Fact]
    public void A_cancellation_needs_a_reason()
    {
        Assert.Equal("roster.reason-required", _world.Refusal(Of<Cancel>() with { Reason = null }));
        Assert.Equal("roster.reason-required", _world.Refusal(Of<Cancel>() with { Reason = " " }));
        _world.Done(Of<Cancel>());
    }

    [Fact]
    public void A_change_of_the_status_or_time_or_room_or_consultants_can_be_undone_completely()
    {
        _world.Now = Eight;
        foreach (
            var command in new RosterCommand[]
            {
                Of<Arrive>(),
                Of<Complete>(),
                Of<MarkNoShow>(),
                Of<Cancel>(),
                Move("a", 2),
                Assign("a", Lee),
                new ChangeRoom
                {
                    CommandId = Guid.NewGuid(),
                    Engagement = new("a"),
                    Room = Two,
                },
                new EmergencyMove
                {
                    CommandId = Guid.NewGuid(),
                    Engagement = new("a"),
                    Consultants = [Park],
                },
            }
        )
        {
            var before = _world["a"];
            _world.Done(command);
            _world.Done(Of<Undo>());
            Assert.Equal(before.Version + 2, _world["a"].Version);
            Assert.Equal(HubText(before with { Version = 0 }), HubText(_world["a"] with { Version = 0 }));
            Assert.Equal("roster.nothing-to-undo", _world.Refusal(Of<Undo>()));
        }
    }

    [Fact]
    public void A_change_cannot_be_undone_after_the_engagement_has_changed_again()
    {
        _world.Done(Move("a", 2));
        var seen = _world["a"].Version;
        _world.Done(Assign("a", Lee));
        Assert.Equal("roster.touched-since", _world.Refusal(Of<Undo>() with { ExpectedVersion = seen }));
        Assert.Equal((Eight.AddHours(2), Lee), (_world["a"].Start, _world["a"].Consultants.Single()));
    }

    [Fact]
    public void A_change_cannot_be_undone_after_somebody_was_asked_or_has_accepted()
    {
        _world.Done(Move("a", 2));
        _world.Done(Propose("a", Lee, Kim));
        Assert.Equal("roster.nothing-to-undo", _world.Refusal(Of<Undo>()));
        _world.Done(
            new Accept
            {
                CommandId = Guid.NewGuid(),
                Engagement = new("a"),
                Proposal = _world["a"].Proposal!.Id,
            },
            As(Lee)
        );
        Assert.Equal("roster.nothing-to-undo", _world.Refusal(Of<Undo>()));
    }

    [Fact]
    public void A_cancellation_can_be_undone_only_while_the_time_is_still_free()
    {
        _world.Done(Of<Cancel>());
        _world.Done(Plan("b", Lee, room: One));
        Assert.Equal("roster.room-overlap", _world.Refusal(Of<Undo>()));
        _world.Done(Move("b", 1));
        _world.Done(Of<Undo>());
        Assert.Equal(EngagementStatus.Confirmed, _world["a"].Status);
    }

    [Fact]
    public void Undoing_a_cancellation_does_not_reopen_the_proposal()
    {
        _world.Done(Propose("a", Lee, Kim));
        _world.Done(Of<Cancel>());
        _world.Done(Of<Undo>());
        Assert.Null(_world["a"].Proposal);
        _world.Done(Plan("b", Lee));
    }

    [Fact]
    public void A_consultant_who_arrives_need_not_acknowledge_an_emergency_move()
    {
        _world.Done(
            new EmergencyMove
            {
                CommandId = Guid.NewGuid(),
                Engagement = new("a"),
                Start = Eight.AddHours(1),
                End = Eight.AddHours(2),
            }
        );
        Assert.True(_world["a"].Emergency);
        _world.Now = Eight;
        _world.Done(Of<Arrive>(), As(Kim));
        Assert.False(_world["a"].Emergency);
    }

    [Fact]
    public void An_engagement_that_is_being_moved_to_another_week_cannot_be_changed()
    {
        _world.Done(Move("a", 7 * 24, room: Two));
        Assert.Equal(
            (RosterWorld.Week.Next, Eight.AddDays(7), Two),
            (_world["a"].Moving!.Week, _world["a"].Moving!.Start, _world["a"].Moving!.Room!.Value)
        );
        Assert.Equal(Eight, _world["a"].Start);
        foreach (var command in new RosterCommand[] { Of<Arrive>(), Of<Cancel>(), Of<Undo>(), Move("a", 2), Propose("a", Lee, Kim) })
            Assert.Equal("roster.moving", _world.Refusal(command));
        Assert.Equal("roster.consultant-overlap", _world.Refusal(Plan("b", Kim)));
    }

    [Fact]
    public void Consultants_can_report_their_arrival_from_two_hours_before_the_start_unless_the_network_sets_another_time()
    {
        _world.Now = Eight.AddHours(-2).AddTicks(-1);
        Assert.Equal("roster.too-early", _world.Refusal(Of<Arrive>(), As(Kim)));
        _world.Network = _world.Network with { Policy = new() { ArrivalFrom = TimeSpan.FromHours(1) } };
        _world.Now = Eight.AddHours(-2);
        Assert.Equal("roster.too-early", _world.Refusal(Of<Arrive>(), As(Kim)));
        _world.Network = _world.Network with { Policy = new() };
        _world.Done(Of<Arrive>(), As(Kim));
    }

    [Fact]
    public void An_engagement_cannot_be_completed_or_marked_as_missed_before_its_start()
    {
        _world.Now = Eight.AddTicks(-1);
        Assert.Equal("roster.too-early", _world.Refusal(Of<MarkNoShow>()));
        Assert.Equal("roster.too-early", _world.Refusal(Of<Complete>(), As(Kim)));
        Assert.Equal("roster.too-early", _world.Refusal(Of<Complete>(), ConsultHub.Actor.System));
        _world.Done(Of<Arrive>(), As(Kim));
        Assert.Equal("roster.too-early", _world.Refusal(Of<Complete>(), As(Kim)));
        _world.Now = Eight;
        _world.Done(Of<Complete>(), As(Kim));
    }

    [Fact]
    public void Planning_or_changing_the_past_needs_a_reason()
    {
        _world.Done(Plan("coming", Lee, at: 4));
        _world.Now = Eight.AddHours(2);
        foreach (
            var command in new RosterCommand[]
            {
                Plan("b", Park, at: 1),
                Move("coming", 1),
                Assign("a", Park),
                Move("a", 0, 1, Two),
                Move("a", -1),
                new Arrive { CommandId = Guid.NewGuid(), Engagement = new("a") },
                new ChangeRoom
                {
                    CommandId = Guid.NewGuid(),
                    Engagement = new("a"),
                    Room = Two,
                },
                new EmergencyMove
                {
                    CommandId = Guid.NewGuid(),
                    Engagement = new("coming"),
                    Start = Eight,
                    End = Eight.AddHours(1),
                },
            }
        )
        {
            var outcome = _world.Decide(command);
            Assert.Null(outcome.Change);
            Assert.Contains(outcome.Findings, f => f is { Code: "roster.in-past", Overridable: true });
            Assert.NotNull(
                RosterRules
                    .Decide(_world.Roster, Coordinator, command with { Reason = "Written down afterwards." }, _world.Facts(), _world.Now)
                    .Change
            );
        }
        _world.Done(Plan("now", Park) with { Start = _world.Now.AddMinutes(-1), End = _world.Now.AddHours(1) });
        _world.Done(Plan("by-the-hub", Kim, at: -1), ConsultHub.Actor.System);
    }

    [Fact]
    public void A_move_into_a_past_week_needs_a_reason_too()
    {
        _world.Now = Eight;
        Assert.Equal("roster.in-past", _world.Refusal(Move("a", -7 * 24)));
        _world.Done(Move("a", -7 * 24, reason: "It took place last week."));
        Assert.NotNull(_world["a"].Moving);
    }

    private static string HubText(Engagement engagement) => System.Text.Json.JsonSerializer.Serialize(engagement, HubJson.Options);
}
