using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace ConsultHub.Programmes;

/// <summary>A command about a logbook. A repeat with the same id is answered and not decided again.</summary>
[GenerateSerializer, Immutable, Alias("hub.LogbookCommand")]
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type", UnknownDerivedTypeHandling = JsonUnknownDerivedTypeHandling.FailSerialization)]
public abstract record LogbookCommand : ICommand
{
    [Id(0)]
    public required Guid CommandId { get; init; }

    /// <summary>
    /// A comment of at most 1,000 characters. The history keeps it, and the person reads it. It must not contain patient data.
    /// </summary>
    [Id(1)]
    public string? Reason { get; init; }

    /// <summary>
    /// The version of the logbook that the person saw. If what the command judges has changed since, it is refused. Null skips the check.
    /// </summary>
    [Id(3)]
    public long? Seen { get; init; }

    /// <summary>Whether the person who gives the command decides about the programme. The hub sets it.</summary>
    [Id(2), JsonIgnore]
    public bool Decides { get; init; }
}

/// <summary>The owner of the logbook logs cases, or corrects cases that are not signed.</summary>
[GenerateSerializer, Immutable, Alias("hub.LogCases")]
[JsonTypeName("logCases")]
public sealed record LogCases : LogbookCommand
{
    /// <summary>The client chooses the id of a new entry.</summary>
    [Id(0)]
    public required string Entry { get; init; }

    [Id(1)]
    public required string Activity { get; init; }

    /// <summary>A day of one of the person's rotations, not in the future.</summary>
    [Id(2)]
    public required DateOnly Day { get; init; }

    /// <summary>1 to 100.</summary>
    [Id(3)]
    public required int Cases { get; init; }

    [Id(4)]
    public required CaseRole Role { get; init; }
}

/// <summary>The owner of the logbook removes cases that are not signed.</summary>
[GenerateSerializer, Immutable, Alias("hub.RemoveCases")]
[JsonTypeName("removeCases")]
public sealed record RemoveCases : LogbookCommand
{
    [Id(0)]
    public required string Entry { get; init; }
}

/// <summary>The supervisor signs cases.</summary>
[GenerateSerializer, Immutable, Alias("hub.SignCases")]
[JsonTypeName("signCases")]
public sealed record SignCases : LogbookCommand
{
    /// <summary>1 to 200 ids. All are signed, or none.</summary>
    [Id(0)]
    public required ImmutableArray<string> Entries { get; init; }
}

/// <summary>The supervisor returns cases. A reason is needed.</summary>
[GenerateSerializer, Immutable, Alias("hub.ReturnCases")]
[JsonTypeName("returnCases")]
public sealed record ReturnCases : LogbookCommand
{
    /// <summary>1 to 200 ids. All are returned, or none.</summary>
    [Id(0)]
    public required ImmutableArray<string> Entries { get; init; }
}

/// <summary>A supervisor says how far the person is entrusted with an activity.</summary>
[GenerateSerializer, Immutable, Alias("hub.Entrust")]
[JsonTypeName("entrust")]
public sealed record Entrust : LogbookCommand
{
    [Id(0)]
    public required string Activity { get; init; }

    [Id(1)]
    public required EntrustmentLevel Level { get; init; }
}

/// <summary>A supervisor assesses the person as a whole. A comment is needed.</summary>
[GenerateSerializer, Immutable, Alias("hub.Assess")]
[JsonTypeName("assess")]
public sealed record Assess : LogbookCommand
{
    [Id(0)]
    public required AssessmentKind Kind { get; init; }

    [Id(1)]
    public required AssessmentResult Result { get; init; }
}
