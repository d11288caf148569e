using ConsultHub.Inboxes;
using ConsultHub.Rostering;
using ConsultHub.Tests.Rostering;
using Orleans.Runtime;
using static ConsultHub.Tests.Rostering.RosterWorld;

namespace ConsultHub.Tests.Inboxes;

/// <summary>Alerts on a real silo with SQLite. They are raised once, repeated, settled, and still there after a restart.</summary>
public sealed class InboxGrainTests : IAsyncLifetime
{
    private static readonly GrainId Sender = GrainId.Create("roster", "ehs/2026-W48");
    private RosterHub _hub = null!;

    public async ValueTask InitializeAsync() => _hub = await RosterHub.StartAsync();

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    private static RaiseAlert About(string engagement, AlertKind kind = AlertKind.Assigned, bool urgent = false) =>
        new(
            kind,
            Ehs,
            RosterWorld.Week,
            new Engagement
            {
                Id = new(engagement),
                Kind = EngagementKind.Consultation,
                Title = engagement,
                Hospital = North,
                Room = One,
                Specialty = "cardiology",
                Start = Eight,
                End = Eight.AddHours(1),
            },
            null,
            Coordinator.Person,
            urgent
        );

    private Task DeliverAsync(long number, RaiseAlert alert, PersonId? to = null) =>
        RosterHub.DeliverAsync(_hub.Inbox(to ?? Kim), Sender, number, alert);

    [Fact]
    public async Task A_message_that_arrives_twice_raises_its_alert_once()
    {
        await DeliverAsync(1, About("a"));
        await DeliverAsync(2, About("b"));
        var before = await RosterHub.VersionAsync(_hub.Inbox(Kim));
        await Task.WhenAll(DeliverAsync(1, About("a")), DeliverAsync(2, About("b")), DeliverAsync(2, About("b")));
        Assert.Equal(["a", "b"], (await _hub.Inbox(Kim).ListAsync()).Select(a => a.Engagement!.Id.Value));
        Assert.Equal(before, await RosterHub.VersionAsync(_hub.Inbox(Kim)));
    }

    [Fact]
    public async Task A_message_that_arrives_again_after_a_restart_does_not_reopen_an_acknowledged_alert()
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
    public async Task A_late_message_from_a_former_week_does_not_replace_an_alert_from_the_new_week()
    {
        await _hub.DoneAsync(Plan("a", Kim, room: One));
        var before = await _hub.AlertAsync(Kim, AlertKind.Assigned);
        await _hub.DoneAsync(
            new ChangeTime
            {
                CommandId = Guid.NewGuid(),
                Engagement = new("a"),
                Start = Eight.AddDays(7),
                End = Eight.AddDays(7).AddHours(1),
                Reason = "Test",
            }
        );
        await _hub.AlertAsync(Kim, AlertKind.TimeChanged);
        var late = new RaiseAlert(AlertKind.RoomChanged, Ehs, RosterWorld.Week, before.Engagement!, null, Coordinator.Person);
        await RosterHub.DeliverAsync(_hub.Inbox(Kim), GrainId.Create("roster", "ehs/late"), 1, late, replaces: "a");
        Assert.Equal(
            (AlertKind.TimeChanged, Eight.AddDays(7)),
            (await _hub.Inbox(Kim).ListAsync())[^1] is var newest ? (newest.Kind, newest.Engagement!.Start) : default
        );

        // The engagement returns to its first week, and messages from that week count again.
        await _hub.DoneAsync(
            new ChangeTime
            {
                CommandId = Guid.NewGuid(),
                Engagement = new("a"),
                Start = Eight,
                End = Eight.AddHours(1),
                Reason = "Test",
            },
            at: _hub.Next
        );
        await RosterHub.UntilAsync(
            async () => (await _hub.Inbox(Kim).ListAsync())[^1].Engagement!.Start == Eight,
            "the alert from the first week is there"
        );
    }

    [Fact]
    public async Task Acknowledging_an_alert_several_times_changes_it_only_once()
    {
        await DeliverAsync(1, About("a"));
        var alert = (await _hub.Inbox(Kim).ListAsync()).Single();
        Assert.All(
            await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => _hub.Inbox(Kim).AcknowledgeAsync(As(Kim), alert.Id))),
            Assert.True
        );
        var acknowledged = (await _hub.Inbox(Kim).ListAsync()).Single();
        _hub.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.True(await _hub.Inbox(Kim).AcknowledgeAsync(As(Kim), alert.Id));
        Assert.Equal(
            (acknowledged.AcknowledgedAt, 2),
            ((await _hub.Inbox(Kim).ListAsync()).Single().AcknowledgedAt, await RosterHub.VersionAsync(_hub.Inbox(Kim)))
        );
        Assert.False(await _hub.Inbox(Kim).AcknowledgeAsync(As(Kim), "none"));
        Assert.False(await _hub.Inbox(Lee).AcknowledgeAsync(As(Lee), alert.Id));
    }

    [Fact]
    public async Task An_urgent_alert_is_repeated_and_then_the_coordinator_on_call_is_alerted_once()
    {
        await DeliverAsync(1, About("a", AlertKind.EmergencyMoved, urgent: true));
        for (var minute = 1; minute <= 8; minute++)
        {
            _hub.Clock.Advance(TimeSpan.FromMinutes(1));
            await Task.WhenAll(RosterHub.TickAsync(_hub.Inbox(Kim)), RosterHub.TickAsync(_hub.Inbox(Kim)));
            Assert.Equal(Math.Min(minute, 5), (await _hub.Inbox(Kim).ListAsync()).Single().Repeats);
        }
        var told = await _hub.AlertAsync(RosterHub.OnCall, AlertKind.NotAcknowledged);
        Assert.Equal("a", told.Engagement!.Id.Value);
        Assert.Contains("has not yet acknowledged", told.Text["en"], StringComparison.Ordinal);
        Assert.Equal(1, await RosterHub.VersionAsync(_hub.Inbox(RosterHub.OnCall)));
    }

    [Fact]
    public async Task The_coordinator_on_call_is_not_alerted_about_an_engagement_that_is_over()
    {
        var over = About("over", AlertKind.Cancelled, urgent: true);
        await DeliverAsync(
            1,
            over with
            {
                Engagement = over.Engagement with { Start = Eight.AddDays(-30), End = Eight.AddDays(-30).AddHours(1) },
            }
        );
        await DeliverAsync(2, About("coming", AlertKind.Cancelled, urgent: true));
        for (var minute = 1; minute <= 6; minute++)
        {
            _hub.Clock.Advance(TimeSpan.FromMinutes(1));
            await RosterHub.TickAsync(_hub.Inbox(Kim));
        }
        await _hub.AlertAsync(RosterHub.OnCall, AlertKind.NotAcknowledged);
        Assert.Equal("coming", (await _hub.Inbox(RosterHub.OnCall).ListAsync()).Single().Engagement!.Id.Value);
    }

    [Fact]
    public async Task A_plain_alert_that_replaces_an_unacknowledged_urgent_alert_is_urgent_too()
    {
        await DeliverAsync(1, About("a", AlertKind.EmergencyMoved, urgent: true));
        var urgent = (await _hub.Inbox(Kim).ListAsync()).Single();
        _hub.Clock.Advance(TimeSpan.FromMinutes(3));
        await RosterHub.TickAsync(_hub.Inbox(Kim));
        await DeliverAsync(2, About("a", AlertKind.RoomChanged));
        var newest = (await _hub.Inbox(Kim).ListAsync()).Single();
        Assert.Equal(
            (AlertKind.RoomChanged, true, 1, urgent.At),
            (newest.Kind, newest.Urgent, newest.Repeats, newest.DemandedSince!.Value)
        );
        for (var minute = 0; minute < 4; minute++)
            await RosterHub.TickAsync(_hub.Inbox(Kim));
        Assert.Equal(3, (await _hub.Inbox(Kim).ListAsync()).Single().Repeats);
        _hub.Clock.Advance(TimeSpan.FromMinutes(2));
        for (var minute = 0; minute < 2; minute++)
            await RosterHub.TickAsync(_hub.Inbox(Kim));
        await _hub.AlertAsync(RosterHub.OnCall, AlertKind.NotAcknowledged);
    }

    [Fact]
    public async Task A_proposal_alert_is_repeated_once_after_half_of_its_time_and_never_escalates()
    {
        var asked = About("a", AlertKind.Proposed);
        await DeliverAsync(
            1,
            asked with
            {
                Engagement = asked.Engagement with
                {
                    Proposal = new Proposal
                    {
                        Id = Guid.NewGuid(),
                        Candidate = Kim,
                        ProposedBy = Coordinator.Person,
                        AnswerWithin = TimeSpan.FromDays(3),
                        Deadline = _hub.Clock.GetUtcNow().AddDays(3),
                    },
                },
            }
        );
        foreach (var (hours, repeats) in ((int, int)[])[(1, 0), (34, 0), (2, 1), (30, 1), (10, 1)])
        {
            _hub.Clock.Advance(TimeSpan.FromHours(hours));
            for (var minute = 0; minute < 6; minute++)
                await RosterHub.TickAsync(_hub.Inbox(Kim));
            Assert.Equal(repeats, (await _hub.Inbox(Kim).ListAsync()).Single().Repeats);
        }
        Assert.Empty(await _hub.Inbox(RosterHub.OnCall).ListAsync());
    }

    [Fact]
    public async Task Seeing_an_alert_does_not_acknowledge_it()
    {
        await DeliverAsync(1, About("urgent", AlertKind.EmergencyMoved, urgent: true));
        await DeliverAsync(2, About("plain"));
        foreach (var alert in await _hub.Inbox(Kim).ListAsync())
            Assert.True(await _hub.Inbox(Kim).SeeAsync(As(Kim), alert.Id));
        Assert.False(await _hub.Inbox(Kim).SeeAsync(As(Kim), "none"));
        var seen = (await _hub.Inbox(Kim).ListAsync()).ToDictionary(a => a.Engagement!.Id.Value);
        Assert.All(seen.Values, a => Assert.Equal((true, true), (a.SeenAt is not null, a.AcknowledgedAt is null)));
        Assert.Equal((true, false), (seen["urgent"].IsOpen, seen["plain"].IsOpen));
        _hub.Clock.Advance(TimeSpan.FromMinutes(1));
        await RosterHub.TickAsync(_hub.Inbox(Kim));
        Assert.Equal(1, (await _hub.Inbox(Kim).ListAsync()).Single(a => a.Id == seen["urgent"].Id).Repeats);
    }

    [Fact]
    public async Task An_acknowledged_alert_is_not_repeated()
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
    public async Task An_answered_proposal_settles_its_alert_and_informs_the_person_who_asked(bool accepted)
    {
        await _hub.DoneAsync(Plan("a", Kim, room: One));
        await _hub.DoneAsync(Propose("a", Lee, Kim));
        var asked = await _hub.AlertAsync(Lee, AlertKind.Proposed);
        Assert.Equal((false, true), (asked.Urgent, _hub.Clock.GetUtcNow() < asked.Deadline));
        RosterCommand answer = accepted
            ? new Accept
            {
                CommandId = Guid.NewGuid(),
                Engagement = new("a"),
                Proposal = asked.Proposal!.Value,
            }
            : new Decline
            {
                CommandId = Guid.NewGuid(),
                Engagement = new("a"),
                Proposal = asked.Proposal!.Value,
                Reason = "On call.",
            };
        await _hub.DoneAsync(answer, As(Lee));
        await RosterHub.UntilAsync(
            async () => (await _hub.Inbox(Lee).ListAsync()).Single().AcknowledgedAt is not null,
            "the answered alert is settled"
        );
        await _hub.AlertAsync(Coordinator.Person, accepted ? AlertKind.ProposalAccepted : AlertKind.NobodyAnswered);
    }

    [Fact]
    public async Task The_alert_about_a_withdrawn_proposal_replaces_the_alert_about_the_proposal()
    {
        await _hub.DoneAsync(Plan("a", Kim, room: One));
        await _hub.DoneAsync(Propose("a", Lee, Kim));
        await _hub.AlertAsync(Lee, AlertKind.Proposed);
        _hub.Clock.Advance(Eight - _hub.Clock.GetUtcNow());
        await _hub.DoneAsync(new Arrive { CommandId = Guid.NewGuid(), Engagement = new("a") }, As(Kim));
        await _hub.AlertAsync(Lee, AlertKind.ProposalWithdrawn);
        Assert.Single(await _hub.Inbox(Lee).ListAsync());
    }

    [Fact]
    public async Task A_change_sends_an_alert_to_everybody_concerned_except_the_person_who_makes_it()
    {
        await _hub.DoneAsync(Plan("a", Kim, room: One) with { Consultants = [Kim, Lee] });
        Assert.Equal(AlertKind.Assigned, (await _hub.AlertAsync(Kim, AlertKind.Assigned)).Kind);
        await _hub.DoneAsync(Assign("a", Lee, Park));
        await _hub.AlertAsync(Kim, AlertKind.Released);
        await _hub.AlertAsync(Park, AlertKind.Assigned);
        await _hub.DoneAsync(Move("a", 2));
        await _hub.AlertAsync(Park, AlertKind.TimeChanged);
        await _hub.DoneAsync(
            new ChangeRoom
            {
                CommandId = Guid.NewGuid(),
                Engagement = new("a"),
                Room = Two,
            }
        );
        await _hub.AlertAsync(Lee, AlertKind.RoomChanged);
        await _hub.DoneAsync(
            new Cancel
            {
                CommandId = Guid.NewGuid(),
                Engagement = new("a"),
                Reason = "Off.",
            }
        );
        await _hub.AlertAsync(Lee, AlertKind.Cancelled);
        Assert.Empty(await _hub.Inbox(Coordinator.Person).ListAsync());
    }
}
