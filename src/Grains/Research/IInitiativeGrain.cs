using System.Collections.Immutable;
using System.Text.Json.Serialization;
using ConsultHub.Live;
using ConsultHub.Records;
using ConsultHub.Rostering;

namespace ConsultHub.Research;

/// <summary>
/// One initiative with its milestones, tasks, ethics approvals, documents, outputs, shared resources, calls and proposals. Key: the
/// initiative.
/// </summary>
[Alias("hub.IInitiativeGrain")]
public interface IInitiativeGrain : IRecordOwner, ILiveAuthority, IPurposeOwner
{
    /// <summary>Null if there is no such initiative.</summary>
    [Alias("Get")]
    Task<Initiative?> GetAsync();

    /// <summary>The initiative as it was at an earlier version. Null if there was none.</summary>
    [Alias("At")]
    Task<Initiative?> AtAsync(long version);

    /// <summary>UTC. When the initiative was first entered. Null if it never was.</summary>
    [Alias("Entered")]
    Task<DateTimeOffset?> EnteredAsync();

    /// <summary>What a person does who may not change records freely. A repeated command is answered and not decided again.</summary>
    [Alias("Decide")]
    Task<RecordReply> DecideAsync(Actor actor, InitiativeCommand command);

    /// <summary>The newest 50 changes of the stage, the newest first.</summary>
    [Alias("Stages")]
    Task<ImmutableArray<StageChange>> StagesAsync();
}

/// <summary>The initiative reached a stage.</summary>
/// <param name="At">UTC.</param>
[GenerateSerializer, Immutable, Alias("hub.StageChange")]
public sealed record StageChange(
    [property: Id(0)] InitiativeStage Stage,
    [property: Id(1)] DateTimeOffset At,
    [property: Id(2)] PersonId By
);

/// <summary>A command to an initiative. Everything else about it is changed as records.</summary>
[GenerateSerializer, Immutable, Alias("hub.InitiativeCommand")]
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type", UnknownDerivedTypeHandling = JsonUnknownDerivedTypeHandling.FailSerialization)]
public abstract record InitiativeCommand : ICommand
{
    /// <summary>An id that the client chooses once for a command and all its retries.</summary>
    [Id(0)]
    public required Guid CommandId { get; init; }

    /// <summary>At most 500 characters, without patient data. The history keeps it.</summary>
    [Id(1)]
    public string? Reason { get; init; }
}

/// <summary>Marks a task as done today, or as not done. Allowed for the owner of the task and for leads.</summary>
[GenerateSerializer, Immutable, Alias("hub.MarkTask")]
[JsonTypeName("markTask")]
public sealed record MarkTask : InitiativeCommand
{
    [Id(0)]
    public required string Task { get; init; }

    [Id(1)]
    public required bool Done { get; init; }
}

/// <summary>Sends a proposal for a call. The person who sends it is the proposer. Refused unless the call is open now.</summary>
[GenerateSerializer, Immutable, Alias("hub.SubmitProposal")]
[JsonTypeName("submit")]
public sealed record SubmitProposal : InitiativeCommand
{
    [Id(0)]
    public required string Call { get; init; }

    [Id(1)]
    public required string Title { get; init; }

    /// <summary>At most 500 characters, without patient data.</summary>
    [Id(2)]
    public required string Summary { get; init; }
}

/// <summary>Decides about a proposal, or decides again. Refused for the proposer.</summary>
[GenerateSerializer, Immutable, Alias("hub.DecideProposal")]
[JsonTypeName("decide")]
public sealed record DecideProposal : InitiativeCommand
{
    [Id(0)]
    public required string Proposal { get; init; }

    [Id(1)]
    public required ProposalOutcome Outcome { get; init; }
}
