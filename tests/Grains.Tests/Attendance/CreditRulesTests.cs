using ConsultHub.Attendance;
using ConsultHub.Conferences;
using ConsultHub.Lectures;
using static ConsultHub.Tests.Attendance.Lectures;

namespace ConsultHub.Tests.Attendance;

/// <summary>Tests which attendance earns credit, how much it earns, and which reason is given if it earns none.</summary>
public sealed class CreditRulesTests
{
    private static readonly CreditPolicy Policy = NewPolicy();

    private static LectureCredit Of(CreditPolicy policy, Attended attended, LectureHeld? lecture = null) =>
        CreditRules.Of(policy, [(lecture ?? Hour(), attended)]).Lectures.Single();

    [Fact]
    public void Watching_a_whole_hour_earns_its_full_credit()
    {
        Assert.Equal((60.0, 1m), (Of(Policy, Watched(0, 60)).Minutes, Of(Policy, Watched(0, 60)).Credits));
        Assert.Empty(Of(Policy, Watched(0, 60)).Why);
    }

    [Fact]
    public void Time_that_two_devices_play_counts_once_and_each_device_fills_the_gaps_of_the_other()
    {
        var both = Watched(0, 40).With(Report(PlayedAs.Live, 0, 40)).With(Report(PlayedAs.Live, 30, 60));
        Assert.Equal(60, Of(Policy, both).Minutes);
    }

    [Fact]
    public void Time_played_before_the_start_or_during_a_break_or_after_the_end_does_not_count()
    {
        var withBreak = Hour() with { Held = Stretches.Of(Stretch.Of(At(0), At(20)), Stretch.Of(At(30), At(60))) };
        Assert.Equal(50, Of(Policy, Watched(-15, 90), withBreak).Minutes);
    }

    [Theory]
    [InlineData(0, 47, "below-share"), InlineData(0, 0, "not-attended")]
    public void Too_little_attendance_earns_nothing_and_the_reason_is_given(int from, int to, string why) =>
        Assert.Equal([why], Of(Policy, to == 0 ? Attended.Nothing : Watched(from, to)).Why);

    [Fact]
    public void Attendance_below_the_minimum_minutes_earns_nothing_and_the_reason_is_given() =>
        Assert.Equal(
            ["below-minutes"],
            Of(Policy with { MinimumMinutes = 30 }, Watched(0, 20), Hour() with { Held = Stretches.Of(At(0), At(20)) }).Why
        );

    [Fact]
    public void Credit_that_rounds_to_nothing_is_reported_as_too_little() =>
        Assert.Equal(["too-little"], Of(Policy with { Step = 1, MinimumShare = 0.5m }, Watched(0, 55)).Why);

    [Fact]
    public void Credit_is_rounded_as_the_policy_says()
    {
        Assert.Equal(0.75m, Of(Policy, Watched(0, 55)).Credits);
        Assert.Equal(1m, Of(Policy with { Rounding = CreditRounding.Nearest }, Watched(0, 55)).Credits);
    }

    [Fact]
    public void A_recording_counts_only_if_the_policy_counts_recordings_and_then_adds_what_was_missed_live()
    {
        var rest = Watched(0, 30).With(Report(PlayedAs.Recorded, 30, 60, playedAt: 500));
        Assert.Equal((30.0, "below-share"), (Of(Policy, rest).Minutes, Of(Policy, rest).Why.Single()));
        Assert.Equal((60.0, 1m), (Of(Policy with { Recorded = true }, rest).Minutes, Of(Policy with { Recorded = true }, rest).Credits));
        Assert.Equal(["kind-not-counted"], Of(Policy, Attended.Nothing.With(Report(PlayedAs.Recorded, 0, 60, playedAt: 500))).Why);
    }

    [Fact]
    public void A_check_in_counts_from_its_time_to_the_end_of_the_lecture()
    {
        Assert.Equal(60, Of(Policy, Attended.Nothing.With(At(-20))).Minutes);
        Assert.Equal(50, Of(Policy, Attended.Nothing.With(At(10))).Minutes);
        Assert.Equal(["not-attended"], Of(Policy, Attended.Nothing.With(At(70))).Why);
        Assert.Equal(["kind-not-counted"], Of(Policy with { InPerson = false }, Attended.Nothing.With(At(0))).Why);
    }

    [Fact]
    public void Two_halves_of_a_recording_that_play_at_the_same_time_count_only_the_time_that_passed()
    {
        // Two tabs play the two halves of a recording at the same time, so only half an hour passes.
        var halves = Attended
            .Nothing.With(Report(PlayedAs.Recorded, 0, 30, playedAt: 500))
            .With(Report(PlayedAs.Recorded, 30, 60, playedAt: 500));
        var credit = Of(Policy with { Recorded = true }, halves);
        Assert.Equal(30, credit.Minutes);
        Assert.Equal(["faster-than-time", "below-share"], credit.Why);
    }

    [Fact]
    public void Time_that_earned_credit_in_one_lecture_earns_none_in_another_of_the_same_conference()
    {
        var other = Hour() with { Session = new("s-2") };
        var result = CreditRules.Of(Policy, [(other, Watched(0, 60)), (Hour(), Watched(0, 60))]);
        Assert.Equal(["s-1", "s-2"], result.Lectures.Select(l => l.Session.Value));
        Assert.Equal((1m, "elsewhere"), (result.Credits, result.Lectures[1].Why.Single()));
    }

    [Fact]
    public void The_day_cap_limits_each_day_separately()
    {
        var policy = Policy with { DayCap = 1.5m };
        var (second, tomorrow) = (Held("s-2", 60, 120), Held("s-3", 24 * 60, 25 * 60) with { Day = new(2026, 11, 25) });
        var result = CreditRules.Of(policy, [(Hour(), Watched(0, 60)), (second, Watched(60, 120)), (tomorrow, Watched(24 * 60, 25 * 60))]);
        Assert.Equal([1m, 0.5m, 1m], result.Lectures.Select(l => l.Credits));
        Assert.Equal(["day-cap"], result.Lectures[1].Why);
    }

    [Fact]
    public void The_day_cap_holds_over_all_conferences_and_the_later_lecture_loses_credit()
    {
        var policy = Policy with { DayCap = 1.5m };
        var (other, same) = (Held("s-0", 60, 120) with { Conference = new("c-2") }, Held("s-2", 120, 180));
        (LectureHeld, Attended)[] attended = [(Hour(), Watched(0, 60)), (other, Watched(60, 120)), (same, Watched(120, 180))];
        var expected = new[] { ("s-1", 1m, ""), ("s-0", 0.5m, "day-cap"), ("s-2", 0m, "day-cap") };
        // The result does not depend on the order in which the lectures are read.
        foreach (var read in (IEnumerable<(LectureHeld, Attended)>[])[attended, attended.Reverse()])
            Assert.Equal(
                expected,
                CreditRules.Of(policy, read).Lectures.Select(l => (l.Session.Value, l.Credits, string.Join(' ', l.Why)))
            );
    }

    [Fact]
    public void A_certified_lecture_keeps_its_credit_when_an_earlier_lecture_is_counted_afterwards()
    {
        var policy = Policy with { DayCap = 1.5m };
        var later = Held("s-2", 60, 120) with { Conference = new("c-2") };
        var result = CreditRules.Of(
            policy,
            [(Hour(), Watched(0, 60)), (later, Watched(60, 120))],
            new HashSet<SessionId> { later.Session }
        );
        Assert.Equal([0.5m, 1m], result.Lectures.Select(l => l.Credits));
        Assert.Equal(1.5m, result.Credits);
    }

    [Fact]
    public void A_lecture_that_is_not_over_or_was_cancelled_earns_no_credit()
    {
        Assert.Equal(["not-over"], Of(Policy, Watched(0, 60), Hour() with { Over = false }).Why);
        Assert.Equal(["cancelled"], Of(Policy, Watched(0, 60), Hour() with { Cancelled = true }).Why);
    }

    [Fact]
    public void A_lecture_counts_as_held_while_it_was_live_and_not_during_its_breaks()
    {
        StageTurn[] turns =
        [
            new(At(-30), LectureStage.GreenRoom),
            new(At(5), LectureStage.Live),
            new(At(20), LectureStage.Break),
            new(At(30), LectureStage.Live),
            new(At(70), LectureStage.Ended),
        ];
        var held = HeldBy(turns, At(75));
        Assert.Equal([Stretch.Of(At(5), At(20)), Stretch.Of(At(30), At(70))], held.Held.Pieces);
        Assert.True(held.Over);
        Assert.Equal([Stretch.Of(At(5), At(20)), Stretch.Of(At(30), At(40))], HeldBy(turns[..^1], At(40)).Held.Pieces);
        Assert.False(HeldBy(turns[..^1], At(40)).Over);
    }

    [Fact]
    public void A_lecture_that_never_went_live_counts_as_scheduled_and_a_lecture_that_was_never_ended_counts_until_its_scheduled_end()
    {
        Assert.Equal([Stretch.Of(At(0), At(60))], HeldBy([], At(61)).Held.Pieces);
        Assert.True(HeldBy([], At(61)).Over);
        Assert.False(HeldBy([new(At(-5), LectureStage.GreenRoom)], At(59)).Over);
        var forgotten = HeldBy([new(At(5), LectureStage.Live)], At(24 * 60));
        Assert.Equal((true, Stretch.Of(At(5), At(60))), (forgotten.Over, forgotten.Held.Pieces.Single()));
    }

    [Fact]
    public void Minutes_of_a_session_that_have_not_yet_taken_place_do_not_count()
    {
        var tomorrow = HeldBy([], At(-24 * 60));
        Assert.Equal((true, false, new DateOnly(2026, 11, 24)), (tomorrow.Held.IsEmpty, tomorrow.Over, tomorrow.Day));
        Assert.True(CreditRules.InRoom(tomorrow, Attended.Nothing.With(At(-24 * 60))).IsEmpty);
        Assert.Equal([Stretch.Of(At(0), At(20))], HeldBy([], At(20)).Held.Pieces);
        Assert.True(HeldBy([], At(61), cancelled: true).Held.IsEmpty);
    }

    private static LectureHeld HeldBy(StageTurn[] turns, DateTimeOffset now, bool cancelled = false) =>
        LectureHeld.Of(
            new Conference
            {
                Id = new("c-1"),
                Title = "C",
                TimeZone = "Asia/Dubai",
            },
            new ConferenceSession
            {
                Id = new("s-1"),
                Title = "S",
                Start = At(0),
                Duration = TimeSpan.FromHours(1),
                Cancelled = cancelled,
            },
            new LectureTimeline(null, [.. turns], [], []),
            now
        );
}
