using System.Collections.Immutable;
using ConsultHub.Consultants;
using ConsultHub.Directories;
using ConsultHub.Hospitals;
using ConsultHub.Inboxes;
using ConsultHub.Networks;
using ConsultHub.Records;
using ConsultHub.Rostering;
using static ConsultHub.Tests.Rostering.RosterWorld;

namespace ConsultHub.Tests.Rostering;

/// <summary>The roster on a real silo with SQLite. It stores changes, sends alerts, holds time in other weeks and recovers.</summary>
public sealed class RosterGrainTests : IAsyncLifetime
{
    private static readonly PersonId OnCall = RosterHub.OnCall;
    private RosterHub _hub = null!;

    public async ValueTask InitializeAsync() => _hub = await RosterHub.StartAsync();

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    private IRosterGrain Roster => RosterOf(_hub);

    private static IRosterGrain RosterOf(RosterHub hub, Week? week = null) =>
        hub.Grains.GetGrain<IRosterGrain>($"ehs/{week ?? RosterWorld.Week}");

    private async Task<Decided> DoneAsync(RosterCommand command, Actor? by = null) =>
        Assert.IsType<Decided>(await Roster.DecideAsync(by ?? Coordinator, command));

    private async Task<Refused> RefusedAsync(RosterCommand command, Actor? by = null) =>
        Assert.IsType<Refused>(await Roster.DecideAsync(by ?? Coordinator, command));

    private Task<Alert> AlertAsync(PersonId person, AlertKind kind) => AlertAsync(_hub, person, kind);

    private static async Task<Alert> AlertAsync(RosterHub hub, PersonId person, AlertKind kind)
    {
        Alert? found = null;
        await UntilAsync(
            async () =>
                (
                    found = (await hub.Grains.GetGrain<IInboxGrain>(person.Value).ListAsync()).FirstOrDefault(a =>
                        a.Kind == kind && a.AcknowledgedAt is null
                    )
                )
                    is not null,
            $"{person} gets {kind}"
        );
        return found!;
    }

    private static async Task UntilAsync(Func<Task<bool>> condition, string what)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!await condition())
        {
            Assert.False(patience.IsCancellationRequested, $"Did not happen within 60 s: {what}.");
            await Task.Delay(50);
        }
    }

    [Fact]
    public async Task The_second_of_two_people_who_move_an_engagement_learns_its_present_state()
    {
        var planned = await DoneAsync(Plan("a", Kim, room: One));
        var moved = await DoneAsync(Move("a", 2) with { ExpectedVersion = planned.Engagement.Version });
        var refused = await RefusedAsync(Move("a", 4) with { ExpectedVersion = planned.Engagement.Version });
        Assert.Equal("roster.stale", Assert.Single(refused.Findings).Code);
        Assert.Equal((Eight.AddHours(2), moved.Engagement.Version), (refused.Current!.Start, refused.Current.Version));
    }

    [Fact]
    public async Task A_repeated_command_takes_effect_once_even_after_a_restart()
    {
        var folder = TestHub.NewFolder();
        var move = Move("a", 2);
        long version;
        await using (var hub = await RosterHub.StartAsync(folder))
        {
            await RosterOf(hub).DecideAsync(Coordinator, Plan("a", Kim));
            var replies = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => RosterOf(hub).DecideAsync(Coordinator, move)));
            version = Assert.Single(replies.Select(r => Assert.IsType<Decided>(r).Version).Distinct());
        }
        await using (var hub = await RosterHub.StartAsync(folder, seed: false))
        {
            Assert.Equal(version, Assert.IsType<Decided>(await RosterOf(hub).DecideAsync(Coordinator, move)).Version);
            Assert.Equal(version, (await RosterOf(hub).GetAsync(new("a")))!.Version);
        }
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Commands_that_are_decided_together_all_take_effect_or_none_of_them_does()
    {
        var replies = await Roster.DecideAllAsync(Coordinator, [Plan("a", Kim), Plan("b", Lee), Plan("c", Kim)]);
        Assert.Contains(replies, r => r is Refused);
        Assert.Null(await Roster.GetAsync(new("a")));
        Assert.Null(await Roster.GetAsync(new("b")));
        Assert.All(await Roster.DecideAllAsync(Coordinator, [Plan("a", Kim), Plan("b", Lee)]), r => Assert.IsType<Decided>(r));
    }

    [Fact]
    public async Task A_check_stores_nothing()
    {
        var check = await Roster.CheckAsync(Coordinator, Plan("a", Kim));
        Assert.True(check.Allowed);
        Assert.Null(await Roster.GetAsync(new("a")));
    }

    [Fact]
    public async Task A_proposal_reaches_its_candidate_and_the_answer_reaches_the_coordinator()
    {
        await DoneAsync(Plan("a", Kim, room: One));
        await DoneAsync(Propose("a", Lee, Kim));
        var asked = await AlertAsync(Lee, AlertKind.Proposed);
        Assert.Contains("North", asked.Text["en"], StringComparison.OrdinalIgnoreCase);
        Assert.Equal(3, asked.Text.Values.Count(text => !string.IsNullOrWhiteSpace(text)));
        await DoneAsync(
            new Accept
            {
                CommandId = Guid.NewGuid(),
                Engagement = new("a"),
                Proposal = asked.Proposal!.Value,
            },
            As(Lee)
        );
        await AlertAsync(Coordinator.Person, AlertKind.ProposalAccepted);
        await AlertAsync(Kim, AlertKind.Released);
        await UntilAsync(
            async () =>
                (await _hub.Grains.GetGrain<IInboxGrain>(Lee.Value).ListAsync()).All(a =>
                    a.Kind != AlertKind.Proposed || a.AcknowledgedAt is not null
                ),
            "the answered alert is settled"
        );
    }

    [Fact]
    public async Task If_nobody_answers_the_next_candidate_is_asked_and_after_a_restart_the_coordinator_on_call_is_alerted()
    {
        var folder = TestHub.NewFolder();
        await using (var hub = await RosterHub.StartAsync(folder))
        {
            await RosterOf(hub).DecideAsync(Coordinator, Plan("a", Kim));
            await RosterOf(hub).DecideAsync(Coordinator, Propose("a", Lee, Kim, Park) with { AnswerWithinSeconds = 5 });
            await AlertAsync(hub, Park, AlertKind.Proposed);
            Assert.Equal(Park, (await RosterOf(hub).GetAsync(new("a")))!.Proposal!.Candidate);
        }
        // The second deadline passes while the hub is stopped.
        await using (var hub = await RosterHub.StartAsync(folder, now: Eight.AddDays(-1).AddMinutes(1), seed: false))
        {
            await UntilAsync(
                async () => (await RosterOf(hub).GetAsync(new("a")))!.Attention.Contains(AttentionReason.ProposalUnanswered),
                "the deadline takes effect after the restart"
            );
            await AlertAsync(hub, OnCall, AlertKind.NobodyAnswered);
            Assert.Equal([Kim], (await RosterOf(hub).GetAsync(new("a")))!.Consultants);
        }
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_command_with_too_many_entries_is_refused_before_any_facts_are_read()
    {
        // If the facts were read, the refusal would say that there is no such network.
        var nowhere = _hub.Grains.GetGrain<IRosterGrain>($"nowhere/{RosterWorld.Week}");
        var crowded = Plan("a") with { Consultants = [.. Enumerable.Range(0, 20_000).Select(i => new PersonId($"c-{i}"))] };
        Assert.Equal("roster.too-many", Assert.IsType<Refused>(await nowhere.DecideAsync(Coordinator, crowded)).Findings.Single().Code);
        Assert.Equal("roster.too-many", (await nowhere.CheckAsync(Coordinator, crowded)).Findings.Single().Code);
        Assert.Equal(
            "roster.too-many",
            Assert.IsType<Refused>((await nowhere.DecideAllAsync(Coordinator, [crowded])).Single()).Findings.Single().Code
        );
        Assert.Equal(
            "roster.too-many",
            Assert
                .IsType<Refused>(
                    (await nowhere.DecideAllAsync(Coordinator, [.. Enumerable.Range(0, 1_001).Select(i => Plan($"e-{i}"))])).Single()
                )
                .Findings.Single()
                .Code
        );
        Assert.Equal(
            "roster.unknown-network",
            Assert.IsType<Refused>(await nowhere.DecideAsync(Coordinator, Plan("a"))).Findings.Single().Code
        );
    }

    [Fact]
    public async Task An_emergency_move_sends_an_urgent_alert_that_can_be_acknowledged()
    {
        await DoneAsync(Plan("a", Kim, room: One));
        await DoneAsync(
            new EmergencyMove
            {
                CommandId = Guid.NewGuid(),
                Engagement = new("a"),
                Start = Eight.AddHours(1),
                End = Eight.AddHours(2),
            }
        );
        var alert = await AlertAsync(Kim, AlertKind.EmergencyMoved);
        Assert.True(alert.Urgent);
        var inbox = _hub.Grains.GetGrain<IInboxGrain>(Kim.Value);
        Assert.True(await inbox.AcknowledgeAsync(As(Kim), alert.Id));
        Assert.True(await inbox.AcknowledgeAsync(As(Kim), alert.Id));
        Assert.False(await inbox.AcknowledgeAsync(As(Kim), "no-such-alert"));
        Assert.NotNull((await inbox.ListAsync()).Single(a => a.Id == alert.Id).AcknowledgedAt);
    }

    [Fact]
    public async Task A_lapsed_fact_needs_attention_until_it_is_corrected()
    {
        await DoneAsync(Plan("a", Kim, room: One));
        var consultant = _hub.Grains.GetGrain<IConsultantGrain>(Kim.Value);
        await consultant.PutAsync(
            Coordinator,
            NewConsultant(Kim) with
            {
                Credentials = [],
                Absences = [new Absence(Eight, Eight.AddHours(1))],
            }
        );
        await UntilAsync(
            async () =>
                (await Roster.GetAsync(new("a")))!
                    .Attention.Order()
                    .SequenceEqual([AttentionReason.CredentialLapsed, AttentionReason.ConsultantAbsent]),
            "the engagement needs attention"
        );
        await consultant.PutAsync(Coordinator, NewConsultant(Kim));
        await UntilAsync(async () => (await Roster.GetAsync(new("a")))!.Attention.IsEmpty, "the engagement no longer needs attention");

        var hospital = _hub.Grains.GetGrain<IHospitalGrain>(North.Value);
        await hospital.PutAsync(
            Coordinator,
            NewHospital(North) with
            {
                Closures = [new Closure(null, Eight.AddDays(-1), Eight.AddDays(1))],
            }
        );
        await UntilAsync(
            async () => (await Roster.GetAsync(new("a")))!.Attention.SequenceEqual([AttentionReason.HospitalClosed]),
            "a closure needs attention"
        );
        Assert.Equal("roster.hospital-closed", Assert.Single((await RefusedAsync(Plan("b", Lee))).Findings).Code);
    }

    [Fact]
    public async Task An_engagement_that_extends_past_the_end_of_the_week_holds_its_time_in_the_next_week()
    {
        // Sunday 23:00 to Monday 03:00 in Dubai.
        var late = Plan("late", Kim, at: 5 * 24 + 15, hours: 4, room: One) with
        {
            Reason = "A transplant.",
        };
        await DoneAsync(late);
        var next = RosterOf(_hub, RosterWorld.Week.Next);
        var monday = Plan("monday", Kim, at: 5 * 24 + 17, room: Two) with { Reason = "Early." };
        var refused = Assert.IsType<Refused>(await next.DecideAsync(Coordinator, monday));
        Assert.Contains(refused.Findings, f => f is { Code: "roster.consultant-overlap", Overridable: false });
        await DoneAsync(
            new Cancel
            {
                CommandId = Guid.NewGuid(),
                Engagement = new("late"),
                Reason = "Called off.",
            }
        );
        await UntilAsync(async () => (await next.CheckAsync(Coordinator, monday)).Allowed, "the hold is released");
    }

    [Fact]
    public async Task An_engagement_that_moves_to_another_week_ends_up_in_exactly_one_week()
    {
        await DoneAsync(Plan("a", Kim, room: One));
        await DoneAsync(Move("a", 7 * 24));
        var next = RosterOf(_hub, RosterWorld.Week.Next);
        await UntilAsync(
            async () => await next.GetAsync(new("a")) is { Moving: null } && await Roster.GetAsync(new("a")) is null,
            "the engagement has moved"
        );
        Assert.Equal(Eight.AddDays(7), (await next.GetAsync(new("a")))!.Start);
        await DoneAsync(Plan("b", Kim, room: One));
    }

    [Fact]
    public async Task A_move_is_refused_at_once_if_the_consultant_is_busy_in_the_other_week()
    {
        var next = RosterOf(_hub, RosterWorld.Week.Next);
        Assert.IsType<Decided>(await next.DecideAsync(Coordinator, Plan("in-the-way", Kim, at: 7 * 24, room: One)));
        await DoneAsync(Plan("a", Kim, room: One));
        Assert.Contains(
            (await RefusedAsync(Move("a", 7 * 24))).Findings,
            f => f.Code == "roster.consultant-overlap" && f.ConflictsWith == new EngagementId("in-the-way")
        );
        Assert.Equal(Eight, (await Roster.GetAsync(new("a")))!.Start);
        Assert.Null(await next.GetAsync(new("a")));
    }

    [Fact]
    public async Task The_history_of_an_engagement_or_consultant_or_room_or_hospital_or_week_can_be_read_in_pages()
    {
        await DoneAsync(Plan("a", Kim, room: One));
        await DoneAsync(Plan("b", Lee, at: 3, room: Two, hospital: South));
        await DoneAsync(Move("a", 1, room: Two, reason: "The ward round runs late. 회진 지연"));
        await DoneAsync(Assign("a", Park));

        var history = await Roster.HistoryAsync(HistorySubject.Engagement, "a", null, 50);
        Assert.Equal([Change.Assigned, Change.TimeChanged, Change.Planned], history.Select(h => h.What));
        Assert.Equal("The ward round runs late. 회진 지연", history[1].Reason);
        Assert.Equal((Eight, Eight.AddHours(1)), (history[1].Before!.Start, history[1].After!.Start));
        Assert.Equal(Coordinator.Person, history[1].By);

        Assert.Equal(3, (await Roster.HistoryAsync(HistorySubject.Consultant, Kim.Value, null, 50)).Length);
        Assert.Single(await Roster.HistoryAsync(HistorySubject.Consultant, Park.Value, null, 50));
        Assert.Equal(2, (await Roster.HistoryAsync(HistorySubject.Room, $"{North}/{One}", null, 50)).Length);
        Assert.Single(await Roster.HistoryAsync(HistorySubject.Hospital, South.Value, null, 50));
        Assert.Equal(4, (await Roster.HistoryAsync(HistorySubject.Week, null, null, 50)).Length);

        var first = await Roster.HistoryAsync(HistorySubject.Week, null, null, 3);
        var second = await Roster.HistoryAsync(HistorySubject.Week, null, first[^1].Version, 3);
        Assert.Equal((3, 1), (first.Length, second.Length));
        Assert.Equal(Change.Planned, second[0].What);
    }

    [Fact]
    public async Task Visits_of_one_consultant_must_not_overlap()
    {
        var twice = NewConsultant(Kim) with
        {
            Visits = [new(new("v-1"), Ehs, Eight, Eight.AddDays(5)), new(new("v-2"), new("other"), Eight.AddDays(4), Eight.AddDays(9))],
        };
        var refused = await Assert.ThrowsAsync<RecordsRefusedException>(() =>
            _hub.Grains.GetGrain<IConsultantGrain>(Kim.Value).PutAsync(Coordinator, twice)
        );
        Assert.Equal("visit.overlap", refused.Refused.Faults[0].Code);
        Assert.Single((await _hub.Grains.GetGrain<IConsultantGrain>(Kim.Value).GetAsync())!.Visits);
    }
}
