using ConsultHub.Records;

namespace ConsultHub.Research;

/// <summary>A call of an innovation programme for proposals.</summary>
/// <param name="Opens">UTC. Proposals are taken from then on.</param>
/// <param name="Closes">UTC. Proposals are taken before then.</param>
/// <param name="Budget">What is given to whom, in words.</param>
[GenerateSerializer, Immutable, Alias("hub.InnovationCall")]
public sealed record InnovationCall(
    [property: Id(0)] string Id,
    [property: Id(1)] LocalName Title,
    [property: Id(2)] DateTimeOffset Opens,
    [property: Id(3)] DateTimeOffset Closes,
    [property: Id(4)] string? Budget = null
) : ICheckedRecord
{
    internal const string Part = "call";

    RecordId IRecord.Record => new(Part, Id);

    void ICheckedRecord.Check(RecordFaults faults)
    {
        faults.Id(Id);
        faults.Name(Title, "title");
        faults.Period(Opens, Closes, "opens", "closes");
        faults.Text(Budget, "budget");
    }
}

/// <summary>What a person proposes for a call.</summary>
/// <param name="Summary">At most 500 characters. Only the proposer and those who may decide read it, so it is null for others.</param>
/// <param name="Submitted">UTC.</param>
[GenerateSerializer, Immutable, Alias("hub.InnovationProposal")]
public sealed record InnovationProposal(
    [property: Id(0)] string Id,
    [property: Id(1)] string Call,
    [property: Id(2)] string Title,
    [property: Id(3)] string? Summary,
    [property: Id(4)] PersonId Proposer,
    [property: Id(5)] DateTimeOffset Submitted
) : ICheckedRecord
{
    internal const string Part = "proposal";

    internal const int MostSummary = 500;

    RecordId IRecord.Record => new(Part, Id);

    void ICheckedRecord.Check(RecordFaults faults)
    {
        faults.Id(Id);
        faults.Id(Call, "call");
        faults.Text(Title, "title", needed: true);
        faults.Text(Summary, "summary", needed: true, MostSummary);
        faults.Id(Proposer.Value, "proposer");
        faults.Instant(Submitted, "submitted");
    }
}

public enum ProposalOutcome
{
    Accepted,
    Declined,

    /// <summary>Accepted if another proposal falls out.</summary>
    Reserved,
}

/// <summary>
/// What was decided about a proposal. It belongs to no table, so only <see cref="DecideProposal"/> makes it.
/// </summary>
/// <param name="At">UTC.</param>
[GenerateSerializer, Immutable, Alias("hub.ProposalDecision")]
public sealed record ProposalDecision(
    [property: Id(0)] string Proposal,
    [property: Id(1)] ProposalOutcome Outcome,
    [property: Id(2)] PersonId By,
    [property: Id(3)] DateTimeOffset At
) : ICheckedRecord
{
    internal const string Part = "decision";

    RecordId IRecord.Record => new(Part, Proposal);

    void ICheckedRecord.Check(RecordFaults faults) => faults.Choice(Outcome, "outcome");
}
