using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace ConsultHub.Programmes;

/// <summary>A command about a session of a cohort. A repeat with the same id is answered and not decided again.</summary>
[GenerateSerializer, Immutable, Alias("hub.CourseCommand")]
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type", UnknownDerivedTypeHandling = JsonUnknownDerivedTypeHandling.FailSerialization)]
public abstract record CourseCommand : ICommand
{
    [Id(0)]
    public required Guid CommandId { get; init; }

    /// <summary>The engagement of the session.</summary>
    [Id(1)]
    public required EngagementId Session { get; init; }

    /// <summary>A comment of at most 500 characters, without patient data. The history keeps it.</summary>
    [Id(2)]
    public string? Reason { get; init; }

    /// <summary>Whether the person who gives the command decides about the programme. The hub sets it.</summary>
    [Id(3), JsonIgnore]
    public bool Decides { get; init; }
}

/// <param name="State">Null takes back what was recorded.</param>
[GenerateSerializer, Immutable, Alias("hub.PersonPresence")]
public sealed record PersonPresence([property: Id(0)] PersonId Person, [property: Id(1)] Presence? State);

/// <summary>A trainer, or somebody who decides about the programme, records who was there.</summary>
[GenerateSerializer, Immutable, Alias("hub.MarkPresence")]
[JsonTypeName("markPresence")]
public sealed record MarkPresence : CourseCommand
{
    /// <summary>1 to 500 people, each once. All are recorded, or none.</summary>
    [Id(0)]
    public required ImmutableArray<PersonPresence> People { get; init; }
}

/// <summary>A participant says how the session was. A later answer replaces an earlier one.</summary>
[GenerateSerializer, Immutable, Alias("hub.GiveFeedback")]
[JsonTypeName("giveFeedback")]
public sealed record GiveFeedback : CourseCommand
{
    /// <summary>1 (poor) to 5 (excellent).</summary>
    [Id(0)]
    public required int Rating { get; init; }
}

/// <summary>Says for which members of the cohort the session is, such as the trainee whom a consultant supervises in it.</summary>
[GenerateSerializer, Immutable, Alias("hub.ChooseParticipants")]
[JsonTypeName("chooseParticipants")]
public sealed record ChooseParticipants : CourseCommand
{
    /// <summary>At most 500 people, each once. Empty stands for everybody in the cohort.</summary>
    [Id(0)]
    public required ImmutableArray<PersonId> People { get; init; }
}
