using ConsultHub.Consultants;
using ConsultHub.Hospitals;
using ConsultHub.Networks;
using ConsultHub.Rostering;
using static ConsultHub.Tests.Rostering.RosterWorld;

namespace ConsultHub.Tests.Rostering;

/// <summary>Each rule at its boundary, tested on the pure rules alone.</summary>
public sealed class RosterRulesTests
{
    private readonly RosterWorld _world = new();

    [Fact]
    public void Engagements_that_touch_are_allowed_and_an_overlap_of_one_minute_is_refused()
    {
        _world.Done(Plan("a", Kim, room: One));
        _world.Done(Plan("b", Kim, at: 1, room: One));
        Assert.Equal("roster.consultant-overlap", _world.Refusal(Plan("c", Kim, at: 1 + 59 / 60.0)));
        Assert.Equal("roster.room-overlap", _world.Refusal(Plan("d", Lee, at: -1, hours: 1 + 1 / 60.0, room: One)));
        Assert.Equal(2, _world.Roster.Engagements.Count);
    }

    [Fact]
    public void A_refusal_names_the_conflicting_engagement_and_the_person()
    {
        _world.Done(Plan("a", Kim));
        var finding = Assert.Single(_world.Decide(Plan("b", Kim)).Findings);
        Assert.Equal((new EngagementId("a"), Kim, false), (finding.ConflictsWith!.Value, finding.Person!.Value, finding.Overridable));
    }

    [Fact]
    public void A_cancelled_engagement_takes_no_time()
    {
        _world.Done(Plan("a", Kim, room: One));
        _world.Done(
            new Cancel
            {
                CommandId = Guid.NewGuid(),
                Engagement = new("a"),
                Reason = "No patients.",
            }
        );
        _world.Done(Plan("b", Kim, room: One));
    }

    [Theory]
    [InlineData(0, 0, true)]
    [InlineData(1, 0, false)]
    [InlineData(0, -1, false)]
    public void A_credential_must_be_valid_for_the_whole_engagement(int fromMinutes, int toMinutes, bool allowed)
    {
        _world.Consultants[Kim] = _world.Consultants[Kim] with
        {
            Credentials = [new(North, "cardiology", Eight.AddMinutes(fromMinutes), Eight.AddHours(1).AddMinutes(toMinutes))],
        };
        var outcome = _world.Decide(Plan("a", Kim));
        Assert.Equal(allowed, outcome.Change is not null);
        if (!allowed)
            Assert.Equal("roster.no-credential", Assert.Single(outcome.Findings).Code);
    }

    [Fact]
    public void A_credential_is_valid_for_one_hospital_and_one_specialty()
    {
        _world.Consultants[Kim] = _world.Consultants[Kim] with
        {
            Credentials =
            [
                new(South, "cardiology", Eight.AddDays(-1), Eight.AddDays(1)),
                new(North, "urology", Eight.AddDays(-1), Eight.AddDays(1)),
            ],
        };
        Assert.Equal("roster.no-credential", _world.Refusal(Plan("a", Kim)));
    }

    [Fact]
    public void An_engagement_must_lie_within_a_visit_and_outside_absences()
    {
        _world.Consultants[Kim] = _world.Consultants[Kim] with
        {
            Visits = [new(new("v-short"), Ehs, Eight.AddHours(1), Eight.AddHours(3))],
        };
        Assert.Equal("roster.outside-visit", _world.Refusal(Plan("early", Kim, at: 0.5)));
        _world.Done(Plan("just-in-time", Kim, at: 1, hours: 2));
        _world.Consultants[Lee] = _world.Consultants[Lee] with { Absences = [new Absence(Eight, Eight.AddHours(1))] };
        Assert.Equal("roster.absent", _world.Refusal(Plan("ill", Lee, at: 0.5)));
        _world.Done(Plan("well", Lee, at: 1));
    }

    [Fact]
    public void No_engagement_can_be_planned_in_a_closed_hospital_or_room()
    {
        _world.Hospitals[North] = _world.Hospitals[North] with { Closures = [new Closure(One, Eight, Eight.AddHours(1))] };
        Assert.Equal("roster.hospital-closed", _world.Refusal(Plan("a", Kim, room: One)));
        _world.Done(Plan("b", Kim, room: Two));
        _world.Hospitals[North] = _world.Hospitals[North] with { Closures = [new Closure(null, Eight.AddHours(2), Eight.AddHours(3))] };
        Assert.Equal("roster.hospital-closed", _world.Refusal(Plan("c", Lee, at: 2.5)));
    }

    [Fact]
    public void Unknown_places_and_people_and_specialties_are_refused()
    {
        Assert.Equal("roster.unknown-hospital", _world.Refusal(Plan("a", hospital: new("h-nowhere"))));
        Assert.Equal("roster.room-unknown", _world.Refusal(Plan("a", room: new("r-nowhere"))));
        Assert.Equal("roster.unknown-consultant", _world.Refusal(Plan("a", new PersonId("c-nobody"))));
        Assert.Equal("roster.unknown-specialty", _world.Refusal(Plan("a", Kim) with { Specialty = "magic" }));
        Assert.Equal("roster.unknown-engagement", _world.Refusal(Move("a", 1)));
        Assert.Empty(_world.Roster.Engagements);
    }

    [Fact]
    public void A_command_with_warnings_needs_a_reason_and_the_warnings_are_still_listed()
    {
        Warned("roster.working-hours", Plan("late", Kim, at: 10.5));
        Warned("roster.room-capacity", Plan("crowd", Lee, room: One) with { Attendees = 11 });
        _world.Done(Plan("north", Park, room: Two));
        // The travel takes one hour by road, and the policy adds a quarter of an hour.
        Warned("roster.travel", Plan("south", Park, at: 1 + 74 / 60.0, room: One, hospital: South));
    }

    [Fact]
    public void Too_little_rest_between_days_gives_a_warning()
    {
        _world.Done(Plan("evening", Kim, at: 9, hours: 2));
        Warned("roster.rest", Plan("morning", Kim, at: 21.9));
        _world.Done(Plan("late-morning", Lee, at: 23));
    }

    [Theory]
    [InlineData(-10, 5, 1)] // 22:00 to 03:00
    [InlineData(-7.5, 2.5, 1)] // 00:30 to 03:00
    [InlineData(-9, 1, 4)]
    public void A_night_that_is_cut_short_gives_a_warning_even_if_all_work_is_on_one_date(double list, double hours, double clinic)
    {
        _world.Done(Plan("list", Kim, at: list, hours: hours) with { Reason = "A transplant." });
        Warned("roster.rest", Plan("clinic", Kim, hours: clinic));
    }

    [Fact]
    public void Gaps_within_one_period_of_work_do_not_count_as_missing_rest()
    {
        _world.Done(Plan("evening", Kim, at: -10, hours: 1.5) with { Reason = "A transplant." });
        Assert.DoesNotContain(_world.Decide(Plan("midnight", Kim, at: -8, hours: 3)).Findings, f => f.Code == "roster.rest");
        _world.Done(Plan("morning", Lee, hours: 2));
        _world.Done(Plan("afternoon", Lee, at: 7, hours: 2));
    }

    [Fact]
    public void A_period_of_work_must_leave_eleven_hours_of_rest_in_every_24()
    {
        _world.Done(Plan("morning", Kim, at: -1, hours: 2));
        _world.Done(Plan("noon", Kim, at: 5));
        Assert.DoesNotContain(_world.Decide(Plan("evening", Kim, at: 10, hours: 2)).Findings, f => f.Code == "roster.rest");
        Warned("roster.rest", Plan("late", Kim, at: 10, hours: 2.25));
        Warned("roster.rest", Plan("long", Lee, at: -1, hours: 13.5));
        _world.Network = _world.Network with { Policy = new() { MinimumRest = TimeSpan.FromHours(8) } };
        Assert.DoesNotContain(_world.Decide(Plan("late", Kim, at: 10, hours: 2.25)).Findings, f => f.Code == "roster.rest");
    }

    [Fact]
    public void A_command_with_too_many_entries_is_refused_before_any_other_check()
    {
        PersonId[] crowd = [.. Enumerable.Range(0, 20_000).Select(i => new PersonId($"c-{i}"))];
        Assert.Equal("roster.too-many", _world.Refusal(Plan("a") with { Consultants = [.. crowd] }));
        Assert.Equal("roster.too-many", _world.Refusal(Assign("unknown", crowd[..21])));
        Assert.Equal(
            "roster.too-many",
            _world.Refusal(
                new EmergencyMove
                {
                    CommandId = Guid.NewGuid(),
                    Engagement = new("unknown"),
                    Consultants = [.. crowd],
                }
            )
        );
        Assert.Equal("roster.too-many", _world.Refusal(Propose("unknown", Lee, null, crowd[..51])));
        Assert.Equal("roster.unknown-engagement", _world.Refusal(Propose("unknown", Lee, null, crowd[..50])));
    }

    [Fact]
    public void Enough_travel_time_gives_no_warning_and_a_remote_engagement_needs_no_travel()
    {
        _world.Done(Plan("north", Kim, room: One));
        _world.Done(Plan("south", Kim, at: 2.25, room: One, hospital: South));
        _world.Done(Plan("remote", Kim, at: 3.25, hospital: North));
    }

    [Fact]
    public void More_hospitals_than_the_policy_allows_give_a_warning()
    {
        _world.Network = _world.Network with { Policy = new() { HospitalsPerConsultant = 1 } };
        _world.Done(Plan("north", Kim));
        Warned("roster.too-many-hospitals", Plan("south", Kim, at: 6, hospital: South));
    }

    [Fact]
    public void The_policy_of_the_network_decides_what_is_refused_and_what_gives_a_warning()
    {
        _world.Network = _world.Network with
        {
            Policy = new()
            {
                ConsultantOverlap = Strictness.Warn,
                WorkingHours = Strictness.Refuse,
                RoomCapacity = Strictness.Ignore,
            },
        };
        _world.Done(Plan("a", Kim, room: One) with { Attendees = 1000 });
        Warned("roster.consultant-overlap", Plan("b", Kim));
        Assert.Equal("roster.working-hours", _world.Refusal(Plan("night", Lee, at: 15)));
    }

    [Fact]
    public void A_warning_that_applied_before_the_change_needs_no_new_reason()
    {
        _world.Done(Plan("late", Kim, at: 10.5) with { Reason = "The only time." });
        _world.Done(Move("late", 10.75));
        Warned(
            "roster.room-capacity",
            new ChangeRoom
            {
                CommandId = Guid.NewGuid(),
                Engagement = _world.With("late", 11),
                Room = One,
            }
        );
    }

    private void Warned(string code, RosterCommand command)
    {
        var outcome = _world.Decide(command);
        Assert.Null(outcome.Change);
        Assert.Contains(outcome.Findings, f => f.Code == code && f.Overridable);
        Assert.All(outcome.Findings, f => Assert.True(f.Overridable));
        Assert.Null(_world.Decide(command with { Reason = "  " }).Change);
        Assert.Contains(_world.Decide(command with { Reason = "It cannot be otherwise." }).Findings, f => f.Code == code);
    }

    [Fact]
    public void A_command_based_on_a_stale_version_is_refused()
    {
        _world.Done(Plan("a", Kim));
        _world.Done(Move("a", 2));
        Assert.Equal("roster.stale", _world.Refusal(Move("a", 3) with { ExpectedVersion = 1 }));
        _world.Done(Move("a", 3) with { ExpectedVersion = 2 });
    }

    [Fact]
    public void The_end_must_be_after_the_start_and_at_most_a_day_later_and_the_start_must_be_in_the_week()
    {
        Assert.Equal("roster.bad-time", _world.Refusal(Plan("a", Kim, hours: 0)));
        Assert.Equal("roster.bad-time", _world.Refusal(Plan("a", Kim, hours: 24.1)));
        Assert.Equal("roster.wrong-week", _world.Refusal(Plan("a", Kim, at: 7 * 24)));
        _world.Done(Plan("whole-day", hours: 24) with { Reason = "A drill." });
    }

    [Fact]
    public void Texts_have_a_maximum_length_and_ids_can_be_used_only_once()
    {
        Assert.Equal("roster.text-too-long", _world.Refusal(Plan("a") with { Title = new('x', 121) }));
        Assert.Equal("roster.text-too-long", _world.Refusal(Plan("a") with { CaseReference = new('x', 41) }));
        Assert.Equal("roster.text-too-long", _world.Refusal(Plan("a") with { Needs = [new('x', 61)] }));
        Assert.Equal("roster.text-too-long", _world.Refusal(Plan("a") with { Needs = ["one; two"] }));
        Assert.Equal("roster.too-many", _world.Refusal(Plan("a") with { Needs = [.. Enumerable.Range(0, 11).Select(i => $"{i}")] }));
        Assert.Equal("roster.text-too-long", _world.Refusal(Plan("a") with { Reason = new('x', 501) }));
        _world.Done(Plan("a") with { Title = "عيادة القلب 심장 🫀" });
        Assert.Equal("roster.id-taken", _world.Refusal(Plan("a")));
    }

    [Theory]
    [InlineData(EngagementStatus.Planned, "confirm arrive complete cancel noShow")]
    [InlineData(EngagementStatus.Confirmed, "arrive complete cancel noShow")]
    [InlineData(EngagementStatus.InProgress, "complete cancel")]
    [InlineData(EngagementStatus.Completed, "")]
    [InlineData(EngagementStatus.Cancelled, "")]
    [InlineData(EngagementStatus.NoShow, "")]
    public void Each_status_allows_only_certain_commands(EngagementStatus from, string allowed)
    {
        foreach (
            var (name, command) in new (string, RosterCommand)[]
            {
                ("confirm", new Confirm { CommandId = Guid.NewGuid(), Engagement = new("a") }),
                ("arrive", new Arrive { CommandId = Guid.NewGuid(), Engagement = new("a") }),
                ("complete", new Complete { CommandId = Guid.NewGuid(), Engagement = new("a") }),
                (
                    "cancel",
                    new Cancel
                    {
                        CommandId = Guid.NewGuid(),
                        Engagement = new("a"),
                        Reason = "So.",
                    }
                ),
                ("noShow", new MarkNoShow { CommandId = Guid.NewGuid(), Engagement = new("a") }),
            }
        )
        {
            var world = new RosterWorld();
            world.Done(Plan("a", Kim) with { Confirmed = from != EngagementStatus.Planned });
            world.Now = Eight;
            if (from == EngagementStatus.InProgress)
                world.Done(new Arrive { CommandId = Guid.NewGuid(), Engagement = new("a") });
            if (from == EngagementStatus.Completed)
                world.Done(new Complete { CommandId = Guid.NewGuid(), Engagement = new("a") });
            if (from == EngagementStatus.Cancelled)
                world.Done(
                    new Cancel
                    {
                        CommandId = Guid.NewGuid(),
                        Engagement = new("a"),
                        Reason = "So.",
                    }
                );
            if (from == EngagementStatus.NoShow)
                world.Done(new MarkNoShow { CommandId = Guid.NewGuid(), Engagement = new("a") });
            if (allowed.Split(' ').Contains(name))
                world.Done(command);
            else
                Assert.Equal("roster.wrong-status", world.Refusal(command));
        }
    }

    [Fact]
    public void Consultants_cannot_plan_or_move_and_can_report_only_on_their_own_engagements()
    {
        Assert.Equal("roster.not-allowed", _world.Refusal(Plan("a", Kim), As(Kim)));
        _world.Done(Plan("a", Kim));
        _world.Now = Eight;
        Assert.Equal("roster.not-allowed", _world.Refusal(Move("a", 1), As(Kim)));
        Assert.Equal("roster.not-allowed", _world.Refusal(new Arrive { CommandId = Guid.NewGuid(), Engagement = new("a") }, As(Lee)));
        Assert.Equal(
            "roster.not-allowed",
            _world.Refusal(new Arrive { CommandId = Guid.NewGuid(), Engagement = new("a") }, new(Kim, Role.Attendee))
        );
        _world.Done(new Arrive { CommandId = Guid.NewGuid(), Engagement = new("a") }, As(Kim));
    }

    [Fact]
    public void An_emergency_move_takes_effect_at_once_but_cannot_break_the_rules()
    {
        _world.Done(Plan("a", Kim, room: One));
        _world.Done(Plan("b", Lee, room: Two));
        Assert.Equal(
            "roster.consultant-overlap",
            _world.Refusal(
                new EmergencyMove
                {
                    CommandId = Guid.NewGuid(),
                    Engagement = new("a"),
                    Consultants = [Lee],
                }
            )
        );
        _world.Done(
            new EmergencyMove
            {
                CommandId = Guid.NewGuid(),
                Engagement = new("a"),
                Consultants = [Park],
                Start = Eight.AddHours(1),
                End = Eight.AddHours(2),
            }
        );
        Assert.True(_world["a"].Emergency);
        Assert.Equal([Park], _world["a"].Consultants);
    }

    [Fact]
    public void A_change_can_be_undone_unless_the_engagement_has_changed_since()
    {
        _world.Done(Plan("a", Kim));
        _world.Done(Move("a", 2));
        _world.Done(Plan("in-the-way", Kim, at: 0));
        Assert.Equal("roster.consultant-overlap", _world.Refusal(new Undo { CommandId = Guid.NewGuid(), Engagement = new("a") }));
        _world.Done(Move("in-the-way", 5));
        _world.Done(new Undo { CommandId = Guid.NewGuid(), Engagement = new("a") });
        Assert.Equal(Eight, _world["a"].Start);
        Assert.Equal("roster.nothing-to-undo", _world.Refusal(new Undo { CommandId = Guid.NewGuid(), Engagement = new("a") }));
        _world.Done(Move("a", 2));
        Assert.Equal(
            "roster.touched-since",
            _world.Refusal(
                new Undo
                {
                    CommandId = Guid.NewGuid(),
                    Engagement = new("a"),
                    ExpectedVersion = 1,
                }
            )
        );
    }
}
