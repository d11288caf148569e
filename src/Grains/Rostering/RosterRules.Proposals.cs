using System.Collections.Immutable;

namespace ConsultHub.Rostering;

/// <summary>Reassignment: proposed, then accepted, declined or expired; silence goes to the next of the ladder.</summary>
public static partial class RosterRules
{
    public static readonly TimeSpan ShortestAnswer = TimeSpan.FromSeconds(5), LongestAnswer = TimeSpan.FromDays(7);

    private static RosterOutcome DecidePropose(Roster roster, Engagement known, Propose propose, Actor actor, RosterFacts facts, DateTimeOffset now)
    {
        var within = TimeSpan.FromSeconds(propose.AnswerWithinSeconds);
        if (within < ShortestAnswer || within > LongestAnswer) return RosterOutcome.Refuse("roster.bad-time", "Candidates have 5 seconds to 7 days to answer.");
        if (propose.Replaces is { } relieved && !known.Consultants.Contains(relieved))
            return RosterOutcome.Refuse("roster.unknown-consultant", $"{relieved} is not on this duty.");
        if (known.Consultants.Contains(propose.Candidate)) return RosterOutcome.Refuse("roster.id-taken", $"{propose.Candidate} is on this duty already.");
        var proposal = new Proposal
        {
            Id = propose.CommandId, Candidate = propose.Candidate, Replaces = propose.Replaces, Deadline = now + within, ProposedBy = actor.Person,
            Ladder = [.. propose.Ladder.IsDefault ? [] : propose.Ladder.Distinct().Where(p => p != propose.Candidate && !known.Consultants.Contains(p))],
            AnswerWithin = within,
        };
        return Placed(roster, propose, Change.Proposed, known, known with { Proposal = proposal, Attention = WithoutAnswers(known) }, facts);
    }

    private static RosterOutcome DecideAccept(Roster roster, Engagement known, RosterCommand command, RosterFacts facts)
    {
        var proposal = known.Proposal!;
        ImmutableArray<PersonId> consultants = [.. known.Consultants.Where(c => c != proposal.Replaces), proposal.Candidate];
        var covered = known with { Consultants = consultants, Proposal = null, Status = EngagementStatus.Confirmed, Attention = Unanswered(known, consultants) };
        // What was warned of was allowed when it was proposed; only what has come to stand against it since counts.
        var refusals = PlacementRules.Check(roster, covered, facts).RemoveAll(f => f.Overridable);
        return refusals.IsEmpty ? new(new EngagementChanged(Change.Accepted, known, covered), []) : new(null, refusals);
    }

    /// <summary>Declined or expired: the next of the ladder who is free is asked; where nobody is left, the duty needs attention.</summary>
    private static RosterOutcome DecideNext(Roster roster, Engagement known, RosterCommand command, RosterFacts facts, DateTimeOffset now)
    {
        if (command is Decline && string.IsNullOrWhiteSpace(command.Reason)) return RosterOutcome.Refuse("roster.reason-required", "Say why.");
        var what = command is Decline ? Change.Declined : Change.Expired;
        var proposal = known.Proposal!;
        for (var rest = proposal.Ladder; !rest.IsEmpty; rest = rest.RemoveAt(0))
        {
            var next = known with
            {
                Proposal = proposal with { Id = Following(proposal.Id), Candidate = rest[0], Ladder = rest.RemoveAt(0), Deadline = now + proposal.AnswerWithin },
            };
            if (PlacementRules.Check(roster, next, facts).All(f => f.Overridable)) return new(new EngagementChanged(what, known, next), []);
        }
        var reason = command is Decline ? AttentionReason.ProposalDeclined : AttentionReason.ProposalUnanswered;
        return new(new EngagementChanged(what, known, known with { Proposal = null, Attention = [.. WithoutAnswers(known), reason] }), []);
    }

    private static ImmutableArray<AttentionReason> WithoutAnswers(Engagement duty) => duty.Attention.IsEmpty
        ? [] : [.. duty.Attention.Where(a => a is not (AttentionReason.ProposalUnanswered or AttentionReason.ProposalDeclined))];

    /// <summary>The id of the proposal that follows another: derived, so that the rules stay pure and an expiry that is repeated after a crash leads to the same.</summary>
    private static Guid Following(Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes);
        bytes[15]++;
        return new Guid(bytes);
    }
}
