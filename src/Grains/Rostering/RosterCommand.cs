using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace ConsultHub.Rostering;

/// <summary>A command that a person gives to a roster. A repeat with the same id is answered and not decided again.</summary>
[GenerateSerializer, Immutable, Alias("hub.RosterCommand")]
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type", UnknownDerivedTypeHandling = JsonUnknownDerivedTypeHandling.FailSerialization)]
public abstract record RosterCommand : ICommand
{
    /// <summary>An id that the client chooses. A command and all its retries have the same id.</summary>
    [Id(0)]
    public required Guid CommandId { get; init; }

    [Id(1)]
    public required EngagementId Engagement { get; init; }

    /// <summary>
    /// The version of the engagement that the person saw. If the engagement has changed since, the command is refused with
    /// <c>roster.stale</c>. An undo is refused with <c>roster.touched-since</c> instead. Null skips the check and is meant for commands of
    /// the hub itself.
    /// </summary>
    [Id(2)]
    public long? ExpectedVersion { get; init; }

    /// <summary>
    /// The reason that the person gives, at most 500 characters and without patient data. With a reason, warnings do not stop the command.
    /// The history keeps the reason.
    /// </summary>
    [Id(3)]
    public string? Reason { get; init; }
}

/// <summary>Plans a new engagement under the given id.</summary>
[GenerateSerializer, Immutable, Alias("hub.Plan")]
[JsonTypeName("plan")]
public sealed record Plan : RosterCommand
{
    [Id(0)]
    public required EngagementKind Kind { get; init; }

    [Id(1)]
    public required string Title { get; init; }

    [Id(2)]
    public required HospitalId Hospital { get; init; }

    [Id(3)]
    public RoomId? Room { get; init; }

    [Id(4)]
    public ImmutableArray<PersonId> Consultants { get; init; } = [];

    [Id(5)]
    public required string Specialty { get; init; }

    [Id(6)]
    public required DateTimeOffset Start { get; init; }

    [Id(7)]
    public required DateTimeOffset End { get; init; }

    [Id(8)]
    public string? CaseReference { get; init; }

    [Id(9)]
    public int? Attendees { get; init; }

    /// <summary>The session for which a conference books the engagement. Only the hub sets it: it is not part of the JSON.</summary>
    [Id(10), JsonIgnore]
    public SessionReference? Session { get; init; }

    /// <summary>Whether the new engagement is confirmed at once.</summary>
    [Id(11)]
    public bool Confirmed { get; init; }

    /// <summary>
    /// Whether nobody gets an alert about this plan. Only the hub sets it, and only <see cref="IRosterGrain.DecideAllAsync"/> uses it.
    /// </summary>
    [Id(12), JsonIgnore]
    public bool Quiet { get; init; }

    /// <summary>What the engagement needs in its room. At most 10 texts of at most 60 characters.</summary>
    [Id(13)]
    public ImmutableArray<string> Needs { get; init; } = [];

    /// <summary>The cohort or the initiative for which the engagement takes place.</summary>
    [Id(14)]
    public Purpose? Purpose { get; init; }
}

/// <summary>Changes a planned engagement to confirmed.</summary>
[GenerateSerializer, Immutable, Alias("hub.Confirm")]
[JsonTypeName("confirm")]
public sealed record Confirm : RosterCommand;

/// <summary>
/// Moves an engagement in time. The consultants stay the same. The room stays the same unless a new room is given. If the new start is in
/// another week, the engagement is handed over to that week's roster.
/// </summary>
[GenerateSerializer, Immutable, Alias("hub.ChangeTime")]
[JsonTypeName("changeTime")]
public sealed record ChangeTime : RosterCommand
{
    [Id(0)]
    public required DateTimeOffset Start { get; init; }

    [Id(1)]
    public required DateTimeOffset End { get; init; }

    /// <summary>A new room, because one drag on the board may change both the time and the room. Null keeps the room.</summary>
    [Id(2)]
    public RoomId? Room { get; init; }
}

[GenerateSerializer, Immutable, Alias("hub.ChangeRoom")]
[JsonTypeName("changeRoom")]
public sealed record ChangeRoom : RosterCommand
{
    [Id(0)]
    public required RoomId? Room { get; init; }
}

/// <summary>Gives an engagement to these consultants at once, without asking them.</summary>
[GenerateSerializer, Immutable, Alias("hub.Assign")]
[JsonTypeName("assign")]
public sealed record Assign : RosterCommand
{
    [Id(0)]
    public required ImmutableArray<PersonId> Consultants { get; init; }
}

/// <summary>
/// Asks a candidate to take an engagement. If the candidate declines or does not answer, the people on the ladder are asked in order.
/// </summary>
[GenerateSerializer, Immutable, Alias("hub.Propose")]
[JsonTypeName("propose")]
public sealed record Propose : RosterCommand
{
    [Id(0)]
    public required PersonId Candidate { get; init; }

    [Id(1)]
    public PersonId? Replaces { get; init; }

    [Id(2)]
    public ImmutableArray<PersonId> Ladder { get; init; } = [];

    /// <summary>
    /// How many seconds a candidate has for the answer: 5 to 604,800 (a week). A later candidate has less if the engagement starts soon.
    /// </summary>
    [Id(3)]
    public required int AnswerWithinSeconds { get; init; }
}

/// <summary>The candidate accepts the engagement.</summary>
[GenerateSerializer, Immutable, Alias("hub.Accept")]
[JsonTypeName("accept")]
public sealed record Accept : RosterCommand
{
    [Id(0)]
    public required Guid Proposal { get; init; }
}

/// <summary>The candidate declines the engagement. <see cref="RosterCommand.Reason"/> says why and is required.</summary>
[GenerateSerializer, Immutable, Alias("hub.Decline")]
[JsonTypeName("decline")]
public sealed record Decline : RosterCommand
{
    [Id(0)]
    public required Guid Proposal { get; init; }
}

/// <summary>The deadline of a proposal has passed. Only the hub itself gives this command.</summary>
[GenerateSerializer, Immutable, Alias("hub.Expire")]
public sealed record Expire : RosterCommand
{
    [Id(0)]
    public required Guid Proposal { get; init; }
}

/// <summary>
/// Moves an engagement at once. Its consultants must acknowledge the move. A value that is null leaves that part of the engagement
/// unchanged.
/// </summary>
[GenerateSerializer, Immutable, Alias("hub.EmergencyMove")]
[JsonTypeName("emergencyMove")]
public sealed record EmergencyMove : RosterCommand
{
    [Id(0)]
    public DateTimeOffset? Start { get; init; }

    [Id(1)]
    public DateTimeOffset? End { get; init; }

    [Id(2)]
    public RoomId? Room { get; init; }

    [Id(3)]
    public ImmutableArray<PersonId>? Consultants { get; init; }
}

/// <summary>Says for which cohort or initiative an engagement takes place. The time and the place stay as they are.</summary>
[GenerateSerializer, Immutable, Alias("hub.SetPurpose")]
[JsonTypeName("setPurpose")]
public sealed record SetPurpose : RosterCommand
{
    /// <summary>Null takes the purpose away.</summary>
    [Id(0)]
    public Purpose? Purpose { get; init; }
}

/// <summary>Cancels an engagement. A reason is required.</summary>
[GenerateSerializer, Immutable, Alias("hub.Cancel")]
[JsonTypeName("cancel")]
public sealed record Cancel : RosterCommand;

/// <summary>The consultant has arrived. The engagement is then in progress.</summary>
[GenerateSerializer, Immutable, Alias("hub.Arrive")]
[JsonTypeName("arrive")]
public sealed record Arrive : RosterCommand;

/// <summary>The engagement is done.</summary>
[GenerateSerializer, Immutable, Alias("hub.Complete")]
[JsonTypeName("complete")]
public sealed record Complete : RosterCommand
{
    /// <summary>What was done. It may be left out and recorded later with <see cref="RecordWork"/>.</summary>
    [Id(0)]
    public Work? Work { get; init; }
}

/// <summary>
/// Records what was done in a completed engagement, or corrects it. A correction needs a reason, because figures that somebody has read
/// change with it.
/// </summary>
[GenerateSerializer, Immutable, Alias("hub.RecordWork")]
[JsonTypeName("recordWork")]
public sealed record RecordWork : RosterCommand
{
    /// <summary>All counts. They replace those that are recorded.</summary>
    [Id(0)]
    public required Work Work { get; init; }
}

/// <summary>The consultant did not come.</summary>
[GenerateSerializer, Immutable, Alias("hub.MarkNoShow")]
[JsonTypeName("noShow")]
public sealed record MarkNoShow : RosterCommand;

/// <summary>
/// Undoes the last change of an engagement. Refused if this change cannot be undone, or if the engagement has changed since the person saw
/// it.
/// </summary>
[GenerateSerializer, Immutable, Alias("hub.Undo")]
[JsonTypeName("undo")]
public sealed record Undo : RosterCommand;
