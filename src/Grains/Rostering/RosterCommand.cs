using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace ConsultHub.Rostering;

/// <summary>
/// Something a person asks of a roster. The id makes a repeat harmless: it returns the first answer.
/// </summary>
[GenerateSerializer, Immutable, Alias("hub.RosterCommand")]
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type", UnknownDerivedTypeHandling = JsonUnknownDerivedTypeHandling.FailSerialization)]
public abstract record RosterCommand : ICommand
{
    /// <summary>Chosen by the client, once for a command and all its retries.</summary>
    [Id(0)]
    public required Guid CommandId { get; init; }

    [Id(1)]
    public required EngagementId Engagement { get; init; }

    /// <summary>The version of the engagement that the person saw; refused with <c>roster.stale</c> where it has changed since. Null skips
    /// the check (commands of the hub itself).</summary>
    [Id(2)]
    public long? ExpectedVersion { get; init; }

    /// <summary>Why, in the person's words (at most 500 characters, no patient data). Allows what is only warned of, and history keeps
    /// it.</summary>
    [Id(3)]
    public string? Reason { get; init; }
}

/// <summary>Plans a new engagement under the id given.</summary>
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

    /// <summary>Set by the hub where a conference books the engagement; refused from outside.</summary>
    [Id(10), JsonIgnore]
    public SessionReference? Session { get; init; }

    /// <summary>Plan it as confirmed at once.</summary>
    [Id(11)]
    public bool Confirmed { get; init; }

    /// <summary>Set by the hub where many engagements are planned at once: nobody gets an alert for each.</summary>
    [Id(12), JsonIgnore]
    public bool Quiet { get; init; }
}

/// <summary>Planned becomes confirmed.</summary>
[GenerateSerializer, Immutable, Alias("hub.Confirm")]
[JsonTypeName("confirm")]
public sealed record Confirm : RosterCommand;

/// <summary>Moves an engagement in time; room and consultants stay unless a room is given. Reaching into another week hands it
/// over.</summary>
[GenerateSerializer, Immutable, Alias("hub.ChangeTime")]
[JsonTypeName("changeTime")]
public sealed record ChangeTime : RosterCommand
{
    [Id(0)]
    public required DateTimeOffset Start { get; init; }

    [Id(1)]
    public required DateTimeOffset End { get; init; }

    /// <summary>Also change the room, in the same decision (a drag may do both).</summary>
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

/// <summary>Asks a candidate to take an engagement, then the others of the ladder in order.</summary>
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

    /// <summary>Seconds each candidate has to answer, 5 to 604,800 (a week).</summary>
    [Id(3)]
    public required int AnswerWithinSeconds { get; init; }
}

/// <summary>The candidate takes the engagement.</summary>
[GenerateSerializer, Immutable, Alias("hub.Accept")]
[JsonTypeName("accept")]
public sealed record Accept : RosterCommand
{
    [Id(0)]
    public required Guid Proposal { get; init; }
}

/// <summary>The candidate does not take the engagement; <see cref="RosterCommand.Reason"/> says why.</summary>
[GenerateSerializer, Immutable, Alias("hub.Decline")]
[JsonTypeName("decline")]
public sealed record Decline : RosterCommand
{
    [Id(0)]
    public required Guid Proposal { get; init; }
}

/// <summary>The deadline of a proposal has passed; given by the hub itself only.</summary>
[GenerateSerializer, Immutable, Alias("hub.Expire")]
public sealed record Expire : RosterCommand
{
    [Id(0)]
    public required Guid Proposal { get; init; }
}

/// <summary>Takes effect at once and still demands an acknowledgement. What is null stays as it is.</summary>
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

/// <summary>Calls an engagement off; a reason is required.</summary>
[GenerateSerializer, Immutable, Alias("hub.Cancel")]
[JsonTypeName("cancel")]
public sealed record Cancel : RosterCommand;

/// <summary>The consultant is there: in progress.</summary>
[GenerateSerializer, Immutable, Alias("hub.Arrive")]
[JsonTypeName("arrive")]
public sealed record Arrive : RosterCommand;

/// <summary>The engagement is done.</summary>
[GenerateSerializer, Immutable, Alias("hub.Complete")]
[JsonTypeName("complete")]
public sealed record Complete : RosterCommand;

/// <summary>The consultant did not come.</summary>
[GenerateSerializer, Immutable, Alias("hub.MarkNoShow")]
[JsonTypeName("noShow")]
public sealed record MarkNoShow : RosterCommand;

/// <summary>Takes back the last change of an engagement; refused where it was touched since.</summary>
[GenerateSerializer, Immutable, Alias("hub.Undo")]
[JsonTypeName("undo")]
public sealed record Undo : RosterCommand;
