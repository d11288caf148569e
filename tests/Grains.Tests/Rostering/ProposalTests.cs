using ConsultHub.Rostering;
using static ConsultHub.Tests.Rostering.RosterWorld;

namespace ConsultHub.Tests.Rostering;

/// <summary>Tests how a proposal is made, and how it is accepted, is declined, expires or is withdrawn.</summary>
public sealed class ProposalTests
{
    private readonly RosterWorld _world = new();

    public ProposalTests() => _world.Done(Plan("a", Kim, room: One));

    private Guid Open => _world["a"].Proposal!.Id;

    private static Accept Accept(Guid proposal) =>
        new()
        {
            CommandId = Guid.NewGuid(),
            Engagement = new("a"),
            Proposal = proposal,
        };

    private static Decline Decline(Guid proposal, string? reason = "On call.") =>
        new()
        {
            CommandId = Guid.NewGuid(),
            Engagement = new("a"),
            Proposal = proposal,
            Reason = reason,
        };

    private static Expire Expire(Guid proposal) =>
        new()
        {
            CommandId = Guid.NewGuid(),
            Engagement = new("a"),
            Proposal = proposal,
        };

    [Fact]
    public void The_candidates_time_is_held_and_the_present_consultant_keeps_the_engagement_until_the_candidate_accepts()
    {
        _world.Done(Propose("a", Lee, Kim));
        Assert.Equal([Kim], _world["a"].Consultants);
        Assert.Equal("roster.consultant-overlap", _world.Refusal(Plan("b", Lee)));
        Assert.Equal("roster.consultant-overlap", _world.Refusal(Plan("b", Kim)));
    }

    [Fact]
    public void Accepting_a_proposal_replaces_the_former_consultant()
    {
        _world.Done(Propose("a", Lee, Kim));
        _world.Done(Accept(Open), As(Lee));
        Assert.Equal([Lee], _world["a"].Consultants);
        Assert.Null(_world["a"].Proposal);
        _world.Done(Plan("b", Kim));
    }

    [Fact]
    public void Only_the_candidate_can_answer_and_only_once()
    {
        _world.Done(Propose("a", Lee, Kim));
        var proposal = Open;
        Assert.Equal("roster.not-candidate", _world.Refusal(Accept(proposal), As(Park)));
        Assert.Equal("roster.not-candidate", _world.Refusal(Accept(proposal)));
        Assert.Equal("roster.proposal-gone", _world.Refusal(Accept(Guid.NewGuid()), As(Lee)));
        _world.Done(Accept(proposal), As(Lee));
        Assert.Equal("roster.proposal-gone", _world.Refusal(Accept(proposal), As(Lee)));
    }

    [Fact]
    public void A_decline_needs_a_reason_and_the_next_candidate_is_asked()
    {
        _world.Done(Propose("a", Lee, Kim, Park));
        var first = Open;
        Assert.Equal("roster.reason-required", _world.Refusal(Decline(first, null), As(Lee)));
        _world.Done(Decline(first), As(Lee));
        Assert.Equal(Park, _world["a"].Proposal!.Candidate);
        Assert.NotEqual(first, Open);
        _world.Done(Decline(Open), As(Park));
        Assert.Equal([AttentionReason.ProposalDeclined], _world["a"].Attention);
        Assert.Equal([Kim], _world["a"].Consultants);
    }

    [Fact]
    public void A_next_candidate_who_has_become_busy_is_skipped()
    {
        _world.Done(Propose("a", Lee, Kim, Park));
        _world.Done(Plan("b", Park));
        _world.Done(Decline(Open), As(Lee));
        Assert.Null(_world["a"].Proposal);
    }

    [Fact]
    public void A_proposal_expires_at_its_deadline_and_not_before()
    {
        _world.Done(Propose("a", Lee, Kim, Park));
        var first = Open;
        Assert.Equal("roster.not-allowed", _world.Refusal(Expire(first), Actor.System));
        _world.Now = _world["a"].Proposal!.Deadline;
        Assert.Equal("roster.proposal-gone", _world.Refusal(Accept(first), As(Lee)));
        Assert.Equal("roster.not-allowed", _world.Refusal(Expire(first)));
        _world.Done(Expire(first), Actor.System);
        Assert.Equal((Park, _world.Now.AddSeconds(600)), (_world["a"].Proposal!.Candidate, _world["a"].Proposal!.Deadline));
        _world.Now = _world["a"].Proposal!.Deadline;
        _world.Done(Expire(Open), Actor.System);
        Assert.Equal([AttentionReason.ProposalUnanswered], _world["a"].Attention);
    }

    [Fact]
    public void An_acceptance_is_refused_if_the_candidate_has_lost_the_credential()
    {
        _world.Done(Propose("a", Lee, Kim));
        _world.Consultants[Lee] = _world.Consultants[Lee] with { Credentials = [] };
        Assert.Equal("roster.no-credential", _world.Refusal(Accept(Open), As(Lee)));
    }

    [Fact]
    public void Moving_the_engagement_withdraws_the_proposal()
    {
        _world.Done(Propose("a", Lee, Kim));
        _world.Done(Move("a", 2));
        Assert.Null(_world["a"].Proposal);
        _world.Done(Plan("b", Lee));
    }

    [Fact]
    public void A_proposal_needs_a_free_candidate_who_does_not_already_have_the_engagement()
    {
        Assert.Equal("roster.id-taken", _world.Refusal(Propose("a", Kim)));
        Assert.Equal("roster.unknown-consultant", _world.Refusal(Propose("a", Lee, Park)));
        Assert.Equal("roster.bad-time", _world.Refusal(Propose("a", Lee, Kim) with { AnswerWithinSeconds = 4 }));
        _world.Done(Plan("b", Lee));
        Assert.Equal("roster.consultant-overlap", _world.Refusal(Propose("a", Lee, Kim)));
    }

    [Fact]
    public void A_consultant_who_is_ill_can_be_replaced_through_a_proposal()
    {
        _world.Consultants[Kim] = _world.Consultants[Kim] with { Absences = [new(Eight.AddDays(-1), Eight.AddDays(1))] };
        _world.Done(Propose("a", Lee, Kim, Park));
        _world.Done(Decline(Open), As(Lee));
        Assert.Equal(Park, _world["a"].Proposal!.Candidate);
        _world.Done(Accept(Open), As(Park));
        Assert.Equal([Park], _world["a"].Consultants);
    }

    [Fact]
    public void A_consultant_who_stays_on_the_engagement_must_not_be_absent()
    {
        _world.Consultants[Kim] = _world.Consultants[Kim] with { Absences = [new(Eight.AddDays(-1), Eight.AddDays(1))] };
        Assert.Equal("roster.absent", _world.Refusal(Propose("a", Lee)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_engagement_that_has_begun_or_is_completed_has_no_open_proposal(bool done)
    {
        _world.Done(Propose("a", Lee, Kim, Park));
        var asked = Open;
        _world.Now = Eight;
        _world.Done(
            done
                ? new Complete { CommandId = Guid.NewGuid(), Engagement = new("a") }
                : new Arrive { CommandId = Guid.NewGuid(), Engagement = new("a") }
        );
        Assert.Null(_world["a"].Proposal);
        Assert.Equal("roster.proposal-gone", _world.Refusal(Accept(asked), As(Lee)));
        Assert.Equal(done ? EngagementStatus.Completed : EngagementStatus.InProgress, _world["a"].Status);
        _world.Done(Plan("b", Lee));
    }

    [Fact]
    public void A_new_proposal_frees_the_candidate_of_the_earlier_one()
    {
        _world.Done(Propose("a", Lee, Kim));
        _world.Done(Propose("a", Park, Kim));
        _world.Done(Plan("b", Lee));
        Assert.Equal("roster.consultant-overlap", _world.Refusal(Plan("c", Park)));
    }

    [Theory]
    [InlineData(4, false)]
    [InlineData(5, true)]
    [InlineData(604_800, true)]
    [InlineData(604_801, false)]
    public void Candidates_get_between_five_seconds_and_seven_days_to_answer(int seconds, bool allowed)
    {
        _world.Now = Eight.AddDays(-10);
        var outcome = _world.Decide(Propose("a", Lee, Kim) with { AnswerWithinSeconds = seconds });
        Assert.Equal(allowed, outcome.Change is not null);
        if (allowed)
            Assert.Equal(_world.Now.AddSeconds(seconds), _world["a"].Proposal!.Deadline);
    }

    [Fact]
    public void The_policy_of_the_network_decides_how_long_before_the_start_an_answer_is_due()
    {
        _world.Now = Eight.AddHours(-1);
        Assert.Equal("roster.answer-too-late", _world.Refusal(Propose("a", Lee, Kim) with { AnswerWithinSeconds = 1801 }));
        Assert.Equal("roster.answer-too-late", _world.Refusal(Propose("a", Lee, Kim) with { AnswerWithinSeconds = 5 * 86_400 }));
        _world.Done(Propose("a", Lee, Kim) with { AnswerWithinSeconds = 1800 });
        Assert.Equal(Eight.AddMinutes(-30), _world["a"].Proposal!.Deadline);
        _world.Network = _world.Network with { Policy = new() { AnswerMargin = TimeSpan.FromMinutes(45) } };
        Assert.Equal("roster.answer-too-late", _world.Refusal(Propose("a", Lee, Kim) with { AnswerWithinSeconds = 1800 }));
        _world.Now = Eight.AddHours(1);
        Assert.Equal("roster.answer-too-late", _world.Refusal(Propose("a", Lee, Kim) with { Reason = "Afterwards." }));
    }

    [Fact]
    public void The_next_candidate_gets_only_the_time_that_is_left_before_the_start()
    {
        _world.Now = Eight.AddHours(-2);
        _world.Done(Propose("a", Lee, Kim, Park) with { AnswerWithinSeconds = 3600 });
        _world.Now = Eight.AddHours(-1);
        _world.Done(Expire(Open), Actor.System);
        Assert.Equal(
            (Park, Eight.AddMinutes(-30), TimeSpan.FromMinutes(30)),
            (_world["a"].Proposal!.Candidate, _world["a"].Proposal!.Deadline, _world["a"].Proposal!.AnswerWithin)
        );
    }

    [Fact]
    public void Nobody_is_asked_when_it_is_too_late_for_an_answer()
    {
        _world.Now = Eight.AddHours(-1);
        _world.Done(Propose("a", Lee, Kim, Park) with { AnswerWithinSeconds = 1800 });
        _world.Now = Eight.AddMinutes(-30);
        _world.Done(Expire(Open), Actor.System);
        Assert.Null(_world["a"].Proposal);
        Assert.Equal([AttentionReason.ProposalUnanswered], _world["a"].Attention);
    }

    [Fact]
    public void The_activity_feed_names_the_person_who_did_not_answer_and_the_next_candidate()
    {
        _world.Done(Propose("a", Lee, Kim, Park));
        _world.Now = _world["a"].Proposal!.Deadline;
        _world.Done(Expire(Open), Actor.System);
        Assert.Equal(
            (Change.Expired, Lee, Park),
            (_world.Roster.Activities[^1].What, _world.Roster.Activities[^1].Candidate!.Value, _world.Roster.Activities[^1].Next!.Value)
        );
        _world.Done(Decline(Open), As(Park));
        Assert.Equal(
            (Change.Declined, (PersonId?)Park, null),
            (_world.Roster.Activities[^1].What, _world.Roster.Activities[^1].Candidate, _world.Roster.Activities[^1].Next)
        );
    }

    [Fact]
    public void An_answer_just_before_the_deadline_counts_and_one_at_the_deadline_does_not()
    {
        _world.Done(Propose("a", Lee, Kim));
        _world.Now = _world["a"].Proposal!.Deadline;
        Assert.Equal("roster.proposal-gone", _world.Refusal(Accept(Open), As(Lee)));
        _world.Now -= TimeSpan.FromTicks(1);
        _world.Done(Accept(Open), As(Lee));
    }

    [Fact]
    public void A_candidate_who_replaces_nobody_joins_the_other_consultants()
    {
        _world.Done(Propose("a", Lee));
        _world.Done(Accept(Open), As(Lee));
        Assert.Equal([Kim, Lee], _world["a"].Consultants);
    }
}
