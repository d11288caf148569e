using ConsultHub.Records;

namespace ConsultHub.Research;

/// <summary>Makes the changes of records that commands stand for. Pure.</summary>
internal static class InitiativeCommands
{
    /// <param name="now">When the command is decided.</param>
    /// <param name="today">The day of this instant in the network's zone.</param>
    /// <returns>The change, or the fault of the command.</returns>
    public static (RecordEdit? Edit, RecordFault? Fault) EditOf(
        Initiative? initiative,
        PersonId by,
        InitiativeCommand command,
        DateTimeOffset now,
        DateOnly today
    )
    {
        if (initiative is null)
            return (null, new(InitiativeProfile.At, ResearchCodes.Unknown.Name, "There is no such initiative."));
        switch (command)
        {
            case MarkTask mark:
                return initiative.Tasks.FirstOrDefault(t => t.Id == mark.Task) is { } task
                    ? (RecordEdit.Put(task with { Done = mark.Done ? task.Done ?? today : null }), null)
                    : Unknown(ResearchTask.Part, mark.Task, "task");
            case SubmitProposal submit:
                if (initiative.Calls.FirstOrDefault(c => c.Id == submit.Call) is not { } call)
                    return Unknown(InnovationCall.Part, submit.Call, "call");
                var made = new InnovationProposal($"p-{submit.CommandId:N}", call.Id, submit.Title, submit.Summary, by, now);
                return now < call.Opens || now >= call.Closes
                    ? (null, ResearchRules.Fault(made, ResearchCodes.CallNotOpen, null))
                    : (RecordEdit.Put(made, RecordTag.None), null);
            case DecideProposal decide:
                return initiative.Proposals.Any(p => p.Id == decide.Proposal)
                    ? (RecordEdit.Put(new ProposalDecision(decide.Proposal, decide.Outcome, by, now)), null)
                    : Unknown(InnovationProposal.Part, decide.Proposal, "proposal");
            default:
                throw new InvalidOperationException($"An initiative has no rule for the command {command.GetType().Name}.");
        }
    }

    private static (RecordEdit?, RecordFault?) Unknown(string part, string? id, string field) =>
        (null, new(new(part, id ?? ""), RecordCodes.Unknown.Name, $"There is no {part} {RecordFaults.Short(id ?? "")}.", field));
}
