using ConsultHub.Records;

namespace ConsultHub.Research;

/// <summary>The rules of initiatives beyond those of single records. Pure.</summary>
internal static class ResearchRules
{
    /// <summary>The faults of the whole initiative, whoever changes it.</summary>
    public static IEnumerable<RecordFault> FaultsOf(Initiative initiative) =>
        [.. OfStage(initiative), .. MilestoneRules.FaultsOf(initiative.Milestones), .. OfSites(initiative), .. OfProposals(initiative)];

    /// <summary>
    /// Ethics comes first: an initiative reaches no stage in which people take part before every site has a granted approval. A reason does
    /// not override this. A closed initiative needs none, because an idea can be given up.
    /// </summary>
    private static IEnumerable<RecordFault> OfStage(Initiative initiative)
    {
        if (initiative.Profile.Stage is not (InitiativeStage.Recruiting or InitiativeStage.Analysis or InitiativeStage.Published))
            return [];
        var granted = initiative.Approvals.Where(a => a.State == ApprovalState.Granted).Select(a => a.Site).ToHashSet();
        return initiative
            .Profile.Sites.Where(site => !granted.Contains(site))
            .Take(1)
            .Select(site =>
                Fault(
                    initiative.Profile,
                    ResearchCodes.NoEthics,
                    "stage",
                    $"The site {site} has no granted ethics approval, which is needed from recruiting on."
                )
            );
    }

    private static IEnumerable<RecordFault> OfSites(Initiative initiative) =>
        initiative.Approvals.Where(a => !initiative.Profile.Sites.Contains(a.Site)).Select(a => Fault(a, ResearchCodes.NotASite, "site"));

    private static IEnumerable<RecordFault> OfProposals(Initiative initiative)
    {
        var calls = initiative.Calls.ToDictionary(c => c.Id);
        foreach (var proposal in initiative.Proposals)
            if (!calls.TryGetValue(proposal.Call, out var call))
                yield return Fault(proposal, RecordCodes.UnknownReference, "call", $"There is no call {proposal.Call}.");
            else if (proposal.Submitted < call.Opens || proposal.Submitted >= call.Closes)
                yield return Fault(proposal, ResearchCodes.CallNotOpen, "submitted");
    }

    /// <summary>
    /// The faults of changes by this person. Only the owner of a task, a lead of the initiative or somebody in the role of a research lead
    /// marks the task done. A decided proposal stays as it is. Nobody decides about the own proposal.
    /// </summary>
    public static IEnumerable<RecordFault> FaultsOf(Actor actor, Initiative? before, IEnumerable<RecordChange> changes)
    {
        var decided = (before?.Decisions ?? []).Select(d => d.Proposal).ToHashSet();
        foreach (var change in changes)
            switch (change.After ?? change.Before)
            {
                case ResearchTask task
                    when (change.Before as ResearchTask)?.Done != (change.After as ResearchTask)?.Done
                        && change.After is not null
                        && !MayMark(actor, (change.Before as ResearchTask ?? task).Owner, before):
                    yield return Fault(task, ResearchCodes.NotYours, "done");
                    break;
                case InnovationProposal proposal when decided.Contains(proposal.Id):
                    yield return Fault(proposal, ResearchCodes.Decided, null);
                    break;
                // Otherwise somebody could decide about the own proposal under another name.
                case InnovationProposal proposal
                    when change is { Before: InnovationProposal was, After: not null } && was.Proposer != proposal.Proposer:
                    yield return Fault(proposal, ResearchCodes.OwnProposal, "proposer");
                    break;
                case ProposalDecision decision
                    when before?.Proposals.FirstOrDefault(p => p.Id == decision.Proposal)?.Proposer == actor.Person:
                    yield return Fault(decision, ResearchCodes.OwnProposal, null);
                    break;
            }
    }

    private static bool MayMark(Actor actor, PersonId owner, Initiative? initiative) =>
        actor.Role is Role.System or Role.ResearchLead || actor.Person == owner || initiative?.Leads.Contains(actor.Person) == true;

    internal static RecordFault Fault(IRecord record, Code code, string? field, string? message = null) =>
        new(record.Record, code.Name, message ?? code.Message!, field);
}
