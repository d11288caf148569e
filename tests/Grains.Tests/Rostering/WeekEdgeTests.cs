using ConsultHub.Consultants;
using ConsultHub.Hospitals;
using ConsultHub.Inboxes;
using ConsultHub.Records;
using ConsultHub.Rostering;
using static ConsultHub.Tests.Rostering.RosterWorld;

namespace ConsultHub.Tests.Rostering;

/// <summary>Engagements that extend past the end of the week, and engagements that move to another week.</summary>
public sealed class WeekEdgeTests : IAsyncLifetime
{
    /// <summary>Hours from Tuesday 08:00 to Sunday 23:00 and Monday 01:00, in Dubai.</summary>
    private const double Sunday = (5 * 24) + 15,
        Monday = (5 * 24) + 17;
    private RosterHub _hub = null!;

    public async ValueTask InitializeAsync() => _hub = await RosterHub.StartAsync();

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    /// <summary>Sunday 23:00 to Monday 03:00.</summary>
    private static Plan Late(PersonId who) => Plan("late", who, Sunday, 4, One) with { Reason = "A transplant." };

    private static Plan Early(string id, PersonId who, RoomId room) => Plan(id, who, Monday, 1, room) with { Reason = "Early." };

    [Fact]
    public async Task The_time_of_a_candidate_is_held_in_both_weeks_if_the_engagement_extends_into_the_next_week()
    {
        await _hub.DoneAsync(Late(Kim));
        await _hub.DoneAsync(Propose("late", Lee, Kim));
        await RosterHub.UntilAsync(
            async () => !(await _hub.Next.CheckAsync(Coordinator, Early("b", Lee, Two))).Allowed,
            "the candidate's Monday is held"
        );
        Assert.Contains("roster.consultant-overlap", await _hub.RefusedAsync(Early("b", Lee, Two), at: _hub.Next));
    }

    [Fact]
    public async Task A_candidate_who_is_busy_in_the_next_week_is_skipped_and_the_proposal_ends()
    {
        await _hub.DoneAsync(Late(Kim));
        await _hub.DoneAsync(Propose("late", Lee, Kim, Park) with { Reason = "A transplant." });
        await _hub.DoneAsync(Early("busy", Park, Two), at: _hub.Next);
        var open = (await _hub.GetAsync("late")).Proposal!;
        var declined = await _hub.DoneAsync(
            new Decline
            {
                CommandId = Guid.NewGuid(),
                Engagement = new("late"),
                Proposal = open.Id,
                Reason = "On call.",
            },
            As(Lee)
        );
        Assert.Null(declined.Proposal);
        Assert.Equal([AttentionReason.ProposalDeclined], declined.Attention);
    }

    [Fact]
    public async Task A_change_that_keeps_the_time_does_not_ask_the_next_week()
    {
        await _hub.DoneAsync(Late(Kim) with { Confirmed = false });
        await _hub.Consultant(Kim).PutAsync(Coordinator, NewConsultant(Kim) with { Credentials = [] });
        await RosterHub.UntilAsync(async () => !(await _hub.GetAsync("late")).Attention.IsEmpty, "the credential has lapsed");
        await _hub.DoneAsync(new Confirm { CommandId = Guid.NewGuid(), Engagement = new("late") });
        _hub.Clock.Advance(Eight.AddHours(Sunday) - _hub.Clock.GetUtcNow());
        await _hub.DoneAsync(new Arrive { CommandId = Guid.NewGuid(), Engagement = new("late") }, As(Kim));
        await _hub.DoneAsync(new Complete { CommandId = Guid.NewGuid(), Engagement = new("late") }, As(Kim));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Too_little_rest_across_the_end_of_the_week_is_found_in_either_order_of_planning(bool lateFirst)
    {
        var (late, clinic) = (Late(Kim), Plan("clinic", Kim, Monday + 7, 2, Two));
        if (lateFirst)
            await _hub.DoneAsync(late);
        else
            await _hub.DoneAsync(clinic, at: _hub.Next);
        _hub.Clock.Advance(TimeSpan.FromSeconds(11)); // a roster reads other weeks again after ten seconds
        var check = lateFirst ? await _hub.Next.CheckAsync(Coordinator, clinic) : await _hub.Roster.CheckAsync(Coordinator, late);
        Assert.Contains(check.Findings, f => f.Code == "roster.rest" && f.ConflictsWith == new EngagementId(lateFirst ? "late" : "clinic"));
    }

    [Fact]
    public async Task A_check_finds_that_a_consultant_is_busy_on_the_Monday_of_the_next_week()
    {
        await _hub.DoneAsync(Early("busy", Kim, Two), at: _hub.Next);
        var check = await _hub.Roster.CheckAsync(Coordinator, Late(Kim));
        Assert.False(check.Allowed);
        Assert.Contains(check.Findings, f => f.Code == "roster.consultant-overlap" && f.ConflictsWith == new EngagementId("busy"));
        Assert.Equal(["roster.consultant-overlap"], await _hub.RefusedAsync(Late(Kim)));
        Assert.Null(await _hub.Roster.GetAsync(new("late")));
    }

    [Fact]
    public async Task A_check_of_a_move_to_a_past_week_says_that_a_reason_is_needed()
    {
        await _hub.DoneAsync(Plan("a", Kim, room: One));
        var check = await _hub.Roster.CheckAsync(
            Coordinator,
            new ChangeTime
            {
                CommandId = Guid.NewGuid(),
                Engagement = new("a"),
                Start = Eight.AddDays(-7),
                End = Eight.AddDays(-7).AddHours(1),
            }
        );
        Assert.Single(check.Findings, f => f.Code == "roster.in-past");
    }

    [Fact]
    public async Task Time_held_for_a_plan_that_was_never_stored_is_released_again()
    {
        var never = (await _hub.DoneAsync(Plan("a", Kim, room: One))) with
        {
            Id = new("never"),
            Start = Eight.AddHours(Sunday),
            End = Eight.AddHours(Sunday + 4),
        };
        Assert.Empty(await _hub.Next.HoldAsync(never));
        Assert.Contains("roster.consultant-overlap", await _hub.RefusedAsync(Early("b", Kim, Two), at: _hub.Next));
        _hub.Clock.Advance(TimeSpan.FromMinutes(3));
        await RosterHub.TickAsync(_hub.Next);
        await _hub.DoneAsync(Early("b", Kim, Two), at: _hub.Next);
    }

    [Fact]
    public async Task Time_held_for_an_existing_engagement_stays_held_even_after_a_failed_change()
    {
        var late = await _hub.DoneAsync(Late(Kim));
        await RosterHub.UntilAsync(async () => await RosterHub.VersionAsync(_hub.Next) == 2, "the hold is confirmed");
        // A second hold like this one remains when the first week tries a change that is then refused. It also remains when the process
        // of that week is killed before it can send a message.
        Assert.Empty(await _hub.Next.HoldAsync(late with { Room = Two }));
        _hub.Clock.Advance(TimeSpan.FromMinutes(3));
        await RosterHub.TickAsync(_hub.Next);
        Assert.Contains("roster.consultant-overlap", await _hub.RefusedAsync(Early("b", Kim, Two), at: _hub.Next));
        Assert.Contains("roster.room-overlap", await _hub.RefusedAsync(Early("b", Lee, One), at: _hub.Next));
        await _hub.DoneAsync(Early("c", Lee, Two), at: _hub.Next);
    }

    [Fact]
    public async Task An_id_that_the_next_week_uses_is_refused()
    {
        await _hub.DoneAsync(Early("late", Lee, Two), at: _hub.Next);
        Assert.Equal(["roster.id-taken"], await _hub.RefusedAsync(Late(Kim)));
        await _hub.DoneAsync(Late(Kim) with { Engagement = new("later") });
        Assert.Equal(["roster.id-taken"], await _hub.RefusedAsync(Early("later", Kim, Two), at: _hub.Next));
    }

    [Fact]
    public async Task An_engagement_can_leave_a_week_in_which_its_hospital_is_closed()
    {
        await _hub.DoneAsync(Plan("a", Kim, room: One));
        await _hub.Hospital(North)
            .PutAsync(Coordinator, NewHospital(North) with { Closures = [new Closure(null, Eight.AddDays(-1), Eight.AddDays(1))] });
        await RosterHub.UntilAsync(
            async () => (await _hub.GetAsync("a")).Attention.Contains(AttentionReason.HospitalClosed),
            "the closure is seen"
        );
        await _hub.DoneAsync(Move("a", 7 * 24));
        await MovedAsync("a");
        Assert.Empty((await _hub.Next.GetAsync(new("a")))!.Attention);
    }

    private Task MovedAsync(string id) =>
        RosterHub.UntilAsync(
            async () => await _hub.Next.GetAsync(new(id)) is { Moving: null } && await _hub.Roster.GetAsync(new(id)) is null,
            $"{id} has moved"
        );

    [Fact]
    public async Task An_engagement_that_reaches_into_the_next_week_can_move_there_completely()
    {
        await _hub.DoneAsync(Late(Kim));
        await _hub.DoneAsync(Move("late", Sunday + 2, 2, reason: "The flight is late."));
        await MovedAsync("late");
        Assert.Equal(Eight.AddHours(Sunday + 2), (await _hub.Next.GetAsync(new("late")))!.Start);
        Assert.Contains("roster.consultant-overlap", await _hub.RefusedAsync(Early("b", Kim, Two), at: _hub.Next));
        await _hub.DoneAsync(Plan("free", Kim, Sunday, 1, One) with { Reason = "Now free." });
    }

    [Fact]
    public async Task A_move_to_the_end_of_another_week_is_refused_if_the_consultant_is_busy_after_that_week()
    {
        await _hub.DoneAsync(
            Plan("busy", Kim, Monday + (7 * 24), room: Two) with
            {
                Reason = "Early.",
            },
            at: _hub.Of(RosterWorld.Week.Next.Next)
        );
        await _hub.DoneAsync(Plan("a", Kim, room: One));
        Assert.Contains("roster.consultant-overlap", await _hub.RefusedAsync(Move("a", Sunday + (7 * 24), 4, reason: "Later.")));
        Assert.Null((await _hub.GetAsync("a")).Moving);
    }

    [Fact]
    public async Task Steps_of_a_move_that_arrive_twice_take_effect_once()
    {
        var planned = await _hub.DoneAsync(Plan("a", Kim, room: One));
        await _hub.DoneAsync(Move("a", 7 * 24));
        await MovedAsync("a");
        var (here, there) = (await RosterHub.VersionAsync(_hub.Roster), await RosterHub.VersionAsync(_hub.Next));
        var (source, target) = (_hub.Roster.GetGrainId(), _hub.Next.GetGrainId());
        await RosterHub.DeliverAsync(_hub.Next, source, 1, new HoldForMove(planned, null));
        await RosterHub.DeliverAsync(_hub.Next, source, 1, new CompleteMove(planned, planned, Coordinator.Person));
        await RosterHub.DeliverAsync(_hub.Roster, target, 1, new MoveHeld(new("a")));
        await RosterHub.DeliverAsync(_hub.Roster, target, 1, new MoveRefused(new("a"), ["roster.room-overlap"]));
        Assert.Equal((here, there), (await RosterHub.VersionAsync(_hub.Roster), await RosterHub.VersionAsync(_hub.Next)));
    }

    [Fact]
    public async Task Two_engagements_that_move_to_the_same_place_at_once_each_end_up_in_exactly_one_week()
    {
        await _hub.DoneAsync(Plan("a", Kim, room: One));
        await _hub.DoneAsync(Plan("b", Lee, room: Two));
        await Task.WhenAll(
            _hub.Roster.DecideAsync(Coordinator, Move("a", 7 * 24, room: One)),
            _hub.Roster.DecideAsync(Coordinator, Move("b", 7 * 24, room: One))
        );
        async Task<int> WeeksAsync(string id) =>
            (await _hub.Roster.GetAsync(new(id)) is { Moving: null } ? 1 : 0) + (await _hub.Next.GetAsync(new(id)) is null ? 0 : 1);
        await RosterHub.UntilAsync(async () => await WeeksAsync("a") == 1 && await WeeksAsync("b") == 1, "each engagement is in one week");
        var (a, b) = (await _hub.Next.GetAsync(new("a")), await _hub.Next.GetAsync(new("b")));
        Assert.True(a is null != b is null, "exactly one of them has the room");
    }

    [Fact]
    public async Task A_move_that_the_other_week_refuses_later_needs_attention_until_the_engagement_is_moved_again()
    {
        await _hub.DoneAsync(Plan("a", Kim, room: One));
        await _hub.DoneAsync(Plan("b", Lee, room: Two));
        await Task.WhenAll(
            _hub.Roster.DecideAsync(Coordinator, Move("a", 7 * 24, room: One)),
            _hub.Roster.DecideAsync(Coordinator, Move("b", 7 * 24, room: One))
        );
        await RosterHub.UntilAsync(
            async () =>
                await _hub.Roster.GetAsync(new("a")) is null or { Moving: null }
                && await _hub.Roster.GetAsync(new("b")) is null or { Moving: null },
            "both moves are over"
        );
        var stayed = await _hub.Roster.GetAsync(new("a")) ?? await _hub.GetAsync("b");
        Assert.Equal([AttentionReason.BookingRefused], stayed.Attention);
        await _hub.AlertAsync(RosterHub.OnCall, AlertKind.NeedsAttention);
        Assert.Empty((await _hub.DoneAsync(Move(stayed.Id.Value, 3))).Attention);
    }
}
