using System.Collections.Immutable;

namespace ConsultHub.Rostering;

/// <summary>
/// Rules about proposals. A candidate accepts, declines, or lets the proposal expire. In the last two cases the next candidate on the
/// ladder is asked.
/// </summary>
public static partial class RosterRules
{
    public static readonly TimeSpan ShortestAnswer = TimeSpan.FromSeconds(5),
        LongestAnswer = TimeSpan.FromDays(7);

    private static RosterOutcome DecidePropose(
        Roster roster,
        Engagement known,
        Propose propose,
        Actor actor,
        RosterFacts facts,
        DateTimeOffset now
    )
    {
        var within = TimeSpan.FromSeconds(propose.AnswerWithinSeconds);
        if (within < ShortestAnswer || within > LongestAnswer)
            return RosterOutcome.Refuse(RosterCodes.BadTime, "Candidates have 5 seconds to 7 days to answer.");
        if (propose.Replaces is { } relieved && !known.Consultants.Contains(relieved))
            return RosterOutcome.Refuse(RosterCodes.UnknownConsultant, $"{relieved} is not on this engagement.");
        if (known.Consultants.Contains(propose.Candidate))
            return RosterOutcome.Refuse(RosterCodes.IdTaken, $"{propose.Candidate} is on this engagement already.");
        var proposal = new Proposal
        {
            Id = propose.CommandId,
            Candidate = propose.Candidate,
            Replaces = propose.Replaces,
            Deadline = now + within,
            ProposedBy = actor.Person,
            Ladder =
            [
                .. propose.Ladder.IsDefault
                    ? []
                    : propose.Ladder.Distinct().Where(p => p != propose.Candidate && !known.Consultants.Contains(p)),
            ],
            AnswerWithin = within,
        };
        if (NotMovable(known) is { } settled)
            return settled;
        var latest = LatestAnswer(known, facts);
        if (proposal.Deadline > latest)
            return RosterOutcome.Refuse(RosterCodes.AnswerTooLate, $"The answer must be due by {latest:u}, before the engagement starts.");
        var findings = New(roster, known, PlacementRules.Check(roster, Covered(known, proposal), facts), facts);
        return Stand(findings, propose)
            ? new(null, findings)
            : new(
                new EngagementChanged(Change.Proposed, known, known with { Proposal = proposal, Attention = WithoutAnswers(known) }),
                findings
            );
    }

    /// <summary>
    /// The engagement as it will be if the candidate accepts. Findings against the replaced consultant do not count, because they may be
    /// the reason for the proposal.
    /// </summary>
    private static Engagement Covered(Engagement known, Proposal proposal) =>
        known with
        {
            Consultants = [.. known.Consultants.Where(c => c != proposal.Replaces), proposal.Candidate],
            Proposal = null,
        };

    private static RosterOutcome DecideAccept(Roster roster, Engagement known, RosterCommand command, RosterFacts facts)
    {
        var covered = Covered(known, known.Proposal!);
        var found = PlacementRules.Check(roster, covered, facts);
        // Only refusals count here. Warnings did not prevent the proposal, so they do not prevent the acceptance.
        var refusals = found.RemoveAll(f => f.Overridable);
        if (!refusals.IsEmpty)
            return new(null, refusals);
        covered = covered with { Status = EngagementStatus.Confirmed, Attention = Unanswered(known, covered.Consultants) };
        return new(new EngagementChanged(Change.Accepted, known, AwaitedOfWhoStays(AttentionRules.Settle(covered, found))), []);
    }

    /// <summary>
    /// Handles a declined or expired proposal. It asks the next candidate on the ladder whom the rules allow, if there is enough time for
    /// an answer. Otherwise the engagement needs attention.
    /// </summary>
    private static RosterOutcome DecideNext(
        Roster roster,
        Engagement known,
        RosterCommand command,
        RosterFacts facts,
        DateTimeOffset now,
        ImmutableArray<PersonId> passedOver
    )
    {
        if (command is Decline && string.IsNullOrWhiteSpace(command.Reason))
            return RosterOutcome.Refuse(RosterCodes.ReasonRequired, "A reason is required.");
        var what = command is Decline ? Change.Declined : Change.Expired;
        var proposal = known.Proposal!;
        var left = LatestAnswer(known, facts) - now;
        var within = proposal.AnswerWithin < left ? proposal.AnswerWithin : left;
        for (var rest = proposal.Ladder; !rest.IsEmpty && within >= ShortestAnswer; rest = rest.RemoveAt(0))
        {
            if (!passedOver.IsDefault && passedOver.Contains(rest[0]))
                continue;
            var next = proposal with
            {
                Id = Following(proposal.Id),
                Candidate = rest[0],
                Ladder = rest.RemoveAt(0),
                Deadline = now + within,
                AnswerWithin = within,
            };
            if (PlacementRules.Check(roster, Covered(known, next), facts).All(f => f.Overridable))
                return new(new EngagementChanged(what, known, known with { Proposal = next }), []);
        }
        var reason = command is Decline ? AttentionReason.ProposalDeclined : AttentionReason.ProposalUnanswered;
        return new(new EngagementChanged(what, known, known with { Proposal = null, Attention = [.. WithoutAnswers(known), reason] }), []);
    }

    /// <summary>
    /// The latest time for an answer. It is earlier than the start by the network's answer margin, so that the candidate can still get
    /// there in time.
    /// </summary>
    private static DateTimeOffset LatestAnswer(Engagement engagement, RosterFacts facts) =>
        engagement.Start - facts.Network.Policy.AnswerMargin;

    private static ImmutableArray<AttentionReason> WithoutAnswers(Engagement engagement) =>
        engagement.Attention.IsEmpty
            ? []
            : [.. engagement.Attention.Where(a => a is not (AttentionReason.ProposalUnanswered or AttentionReason.ProposalDeclined))];

    /// <summary>
    /// Returns the id of the proposal to the next candidate on the ladder. It is derived from the id of the proposal before, so that the
    /// rules stay pure. If an expiry is repeated after a crash, the next proposal therefore gets the same id.
    /// </summary>
    private static Guid Following(Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes);
        bytes[15]++;
        return new Guid(bytes);
    }
}
