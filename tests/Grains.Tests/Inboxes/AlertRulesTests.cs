using System.Collections.Immutable;
using ConsultHub.Inboxes;
using ConsultHub.Rostering;

namespace ConsultHub.Tests.Inboxes;

/// <summary>Tests which older alerts a new alert replaces, and what the new alert takes over from them.</summary>
public sealed class AlertRulesTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 24, 8, 0, 0, TimeSpan.Zero);
    private static readonly Guid Question = Guid.NewGuid();

    private static Alert About(string id, AlertKind kind, bool urgent = false, Guid? proposal = null, Guid? open = null) =>
        new()
        {
            Id = id,
            Kind = kind,
            At = Noon,
            Text = ImmutableDictionary<string, string>.Empty,
            Urgent = urgent,
            Proposal = proposal,
            Deadline = proposal is null ? null : Noon.AddHours(1),
            Engagement = new Engagement
            {
                Id = new("e-1"),
                Kind = EngagementKind.Lecture,
                Title = "x",
                Hospital = new("h-north"),
                Specialty = "cardiology",
                Start = Noon,
                End = Noon.AddHours(1),
                Proposal = open is { } question
                    ? new Proposal
                    {
                        Id = question,
                        Candidate = new("c-1"),
                        ProposedBy = new("p-1"),
                        Deadline = Noon.AddHours(1),
                        AnswerWithin = TimeSpan.FromHours(1),
                    }
                    : null,
            },
        };

    [Fact]
    public void An_alert_with_an_open_proposal_is_replaced_only_by_an_alert_with_the_same_proposal()
    {
        var asked = About("1", AlertKind.Proposed, proposal: Question, open: Question);
        Assert.Equal(["1"], AlertRules.Raise([asked], About("2", AlertKind.RoomChanged, open: Question)).Stays);
        Assert.Empty(AlertRules.Raise([asked], About("2", AlertKind.ProposalWithdrawn)).Stays);
        Assert.Empty(AlertRules.Raise([asked], About("2", AlertKind.Proposed, proposal: Question, open: Question)).Stays);
    }

    [Fact]
    public void A_proposal_alert_neither_takes_over_nor_ends_the_urgency_of_an_older_alert()
    {
        var raised = AlertRules.Raise(
            [About("1", AlertKind.Released, urgent: true)],
            About("2", AlertKind.Proposed, proposal: Question, open: Question)
        );
        Assert.Equal((false, "1"), (raised.Alert.Urgent, Assert.Single(raised.Stays)));
    }

    [Fact]
    public void An_alert_about_a_withdrawn_proposal_is_not_urgent() =>
        Assert.False(
            AlertRules
                .Raise(
                    [About("1", AlertKind.Proposed, urgent: true, proposal: Question, open: Question)],
                    About("2", AlertKind.ProposalWithdrawn)
                )
                .Alert.Urgent
        );

    [Fact]
    public void The_alert_that_says_that_nobody_answered_stops_being_urgent_when_somebody_accepts()
    {
        Assert.False(
            AlertRules.Raise([About("1", AlertKind.NobodyAnswered, urgent: true)], About("2", AlertKind.ProposalAccepted)).Alert.Urgent
        );
        Assert.True(
            AlertRules.Raise([About("1", AlertKind.NobodyAnswered, urgent: true)], About("2", AlertKind.ProposalDeclined)).Alert.Urgent
        );
    }

    [Fact]
    public void A_new_urgent_alert_starts_to_count_its_repeats_from_zero()
    {
        var older = About("1", AlertKind.EmergencyMoved, urgent: true) with { Repeats = 5 };
        var raised = AlertRules.Raise([older], About("2", AlertKind.Cancelled, urgent: true)).Alert;
        Assert.Equal((0, null), (raised.Repeats, raised.DemandedSince));
    }

    [Fact]
    public void A_plain_alert_without_a_deadline_is_not_repeated() => Assert.Null(AlertRules.RepeatedAt(About("1", AlertKind.Assigned)));
}
