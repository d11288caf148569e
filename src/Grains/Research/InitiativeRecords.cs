using System.Collections.Immutable;
using ConsultHub.Records;

namespace ConsultHub.Research;

public enum InitiativeKind
{
    JointResearch,
    ResearchInnovation,
    ResearchInfrastructure,
}

/// <summary>How far an initiative is. From <see cref="Recruiting"/> on, each site needs a granted ethics approval.</summary>
public enum InitiativeStage
{
    Idea,
    Protocol,
    Ethics,
    Agreements,
    Funding,
    Recruiting,
    Analysis,
    Published,
    Closed,
}

/// <summary>What people enter about an initiative as a whole.</summary>
/// <param name="Aims">What the initiative is for, at most 500 characters in each language.</param>
/// <param name="Specialty">The code of a specialty. Null if the initiative belongs to none.</param>
/// <param name="Sites">The hospitals that take part, at most 20.</param>
/// <param name="Lead">The person of the network who leads the initiative.</param>
/// <param name="PartnerLead">The person who leads it at the partner.</param>
/// <param name="Open">Whether the catalogue shows the initiative.</param>
/// <param name="Until">UTC. The catalogue and the public page show the initiative until then. Null if there is no end.</param>
/// <param name="Public">Whether people who are not signed in can read about it.</param>
[GenerateSerializer, Immutable, Alias("hub.InitiativeProfile")]
public sealed record InitiativeProfile(
    [property: Id(0)] InitiativeId Id,
    [property: Id(1)] NetworkId Network,
    [property: Id(2)] InitiativeKind Kind,
    [property: Id(3)] LocalName Title,
    [property: Id(4)] LocalName? Aims,
    [property: Id(5)] string? Specialty,
    [property: Id(6)] PartnerId? Partner,
    [property: Id(7)] ImmutableArray<HospitalId> Sites,
    [property: Id(8)] PersonId Lead,
    [property: Id(9)] PersonId? PartnerLead,
    [property: Id(10)] InitiativeStage Stage,
    [property: Id(11)] bool Open = false,
    [property: Id(12)] DateTimeOffset? Until = null,
    [property: Id(13)] bool Public = false
) : ICheckedRecord
{
    internal const int MostAims = 500,
        MostSites = 20;

    internal static readonly RecordId At = new("profile");

    RecordId IRecord.Record => At;

    void ICheckedRecord.Check(RecordFaults faults)
    {
        faults.Id(Id.Value);
        faults.Id(Network.Value, "network");
        faults.Choice(Kind, "kind");
        faults.Name(Title, "title");
        if (Aims is not null)
            faults.Name(Aims, "aims", MostAims);
        faults.OptionalId(Specialty, "specialty");
        faults.OptionalId(Partner?.Value, "partner");
        if (Sites.IsDefault)
            faults.Add(RecordCodes.Required, "The list must not be null.", "sites");
        else
            faults.Ids([.. Sites.Select(s => s.Value)], "sites", MostSites);
        faults.Id(Lead.Value, "lead");
        faults.OptionalId(PartnerLead?.Value, "partnerLead");
        faults.Choice(Stage, "stage");
        faults.Instant(Until, "until");
    }
}

/// <summary>A point that the initiative reaches on a day.</summary>
/// <param name="Due">The last day, in the network's zone. The milestone is late when this day has ended.</param>
/// <param name="After">The ids of the milestones that must be done before, at most 20.</param>
/// <param name="Done">The day on which it was reached.</param>
[GenerateSerializer, Immutable, Alias("hub.Milestone")]
public sealed record Milestone(
    [property: Id(0)] string Id,
    [property: Id(1)] LocalName Name,
    [property: Id(2)] DateOnly Due,
    [property: Id(3)] ImmutableArray<string> After,
    [property: Id(4)] DateOnly? Done = null
) : ICheckedRecord
{
    internal const string Part = "milestone";

    private const int MostAfter = 20;

    RecordId IRecord.Record => new(Part, Id);

    void ICheckedRecord.Check(RecordFaults faults)
    {
        faults.Id(Id);
        faults.Name(Name);
        faults.Day(Due, "due");
        faults.Ids(After, "after", MostAfter);
        faults.Day(Done, "done");
    }
}

/// <summary>A piece of work of one person.</summary>
/// <param name="Due">The last day, in the network's zone.</param>
/// <param name="Done">The day on which the owner or a lead marked it done.</param>
[GenerateSerializer, Immutable, Alias("hub.ResearchTask")]
public sealed record ResearchTask(
    [property: Id(0)] string Id,
    [property: Id(1)] string Title,
    [property: Id(2)] PersonId Owner,
    [property: Id(3)] DateOnly? Due = null,
    [property: Id(4)] DateOnly? Done = null
) : ICheckedRecord
{
    internal const string Part = "task";

    RecordId IRecord.Record => new(Part, Id);

    void ICheckedRecord.Check(RecordFaults faults)
    {
        faults.Id(Id);
        faults.Text(Title, "title", needed: true);
        faults.Id(Owner.Value, "owner");
        faults.Day(Due, "due");
        faults.Day(Done, "done");
    }
}

public enum ApprovalState
{
    Asked,
    Granted,
    Refused,
}

/// <summary>What an ethics committee said about one site.</summary>
/// <param name="Body">The name of the committee.</param>
/// <param name="Reference">The committee's number of the application.</param>
/// <param name="From">The first day on which the approval is valid.</param>
/// <param name="To">The last day on which it is valid.</param>
[GenerateSerializer, Immutable, Alias("hub.EthicsApproval")]
public sealed record EthicsApproval(
    [property: Id(0)] string Id,
    [property: Id(1)] HospitalId Site,
    [property: Id(2)] string Body,
    [property: Id(3)] string? Reference,
    [property: Id(4)] ApprovalState State,
    [property: Id(5)] DateOnly? From = null,
    [property: Id(6)] DateOnly? To = null
) : ICheckedRecord
{
    internal const string Part = "approval";

    RecordId IRecord.Record => new(Part, Id);

    void ICheckedRecord.Check(RecordFaults faults)
    {
        faults.Id(Id);
        faults.Id(Site.Value, "site");
        faults.Text(Body, "body", needed: true);
        faults.Text(Reference, "reference");
        faults.Choice(State, "state");
        faults.Day(From, "from");
        faults.Day(To, "to");
        if (To < From)
            faults.Add(RecordCodes.EndBeforeStart, "The last day is not before the first.", "to");
    }
}
