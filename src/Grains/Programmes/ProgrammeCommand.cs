using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace ConsultHub.Programmes;

/// <summary>A command about the applications for a cohort. A repeat with the same id is answered and not decided again.</summary>
[GenerateSerializer, Immutable, Alias("hub.ProgrammeCommand")]
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type", UnknownDerivedTypeHandling = JsonUnknownDerivedTypeHandling.FailSerialization)]
public abstract record ProgrammeCommand : ICommand
{
    [Id(0)]
    public required Guid CommandId { get; init; }

    [Id(1)]
    public required string Cohort { get; init; }

    /// <summary>
    /// What the person writes, at most 1,000 characters: why the person applies, a reviewer's comment, or the reason for a decision. The
    /// history keeps it. It must not contain patient data.
    /// </summary>
    [Id(2)]
    public string? Reason { get; init; }
}

/// <summary>The person who gives the command applies for a place.</summary>
[GenerateSerializer, Immutable, Alias("hub.Apply")]
[JsonTypeName("apply")]
public sealed record Apply : ProgrammeCommand
{
    /// <summary>The name of the person's account. The hub sets it: it is not part of the JSON.</summary>
    [Id(0), JsonIgnore]
    public LocalName? Name { get; init; }
}

/// <summary>Withdraws an application, or gives up a place. The waiting list moves up.</summary>
[GenerateSerializer, Immutable, Alias("hub.Withdraw")]
[JsonTypeName("withdraw")]
public sealed record Withdraw : ProgrammeCommand
{
    /// <summary>Null if people withdraw their own application. Otherwise a reason is needed.</summary>
    [Id(0)]
    public PersonId? Person { get; init; }
}

/// <summary>A reviewer's verdict. A later one of the same reviewer replaces it.</summary>
[GenerateSerializer, Immutable, Alias("hub.ReviewApplication")]
[JsonTypeName("review")]
public sealed record ReviewApplication : ProgrammeCommand
{
    [Id(0)]
    public required PersonId Person { get; init; }

    /// <summary>1 (weak) to 5 (excellent).</summary>
    [Id(1)]
    public required int Score { get; init; }

    [Id(2)]
    public required Recommendation Recommendation { get; init; }

    /// <summary>The institution for which the reviewer speaks. The hub sets it from the reviewer's role.</summary>
    [Id(3), JsonIgnore]
    public ReviewSide Side { get; init; }
}

/// <summary>A reviewer has a conflict of interest about an application. From then on the reviewer can no longer judge it.</summary>
[GenerateSerializer, Immutable, Alias("hub.DeclareConflict")]
[JsonTypeName("declareConflict")]
public sealed record DeclareConflict : ProgrammeCommand
{
    [Id(0)]
    public required PersonId Person { get; init; }

    [Id(1), JsonIgnore]
    public ReviewSide Side { get; init; }
}

/// <summary>Sets the order in which places are offered.</summary>
[GenerateSerializer, Immutable, Alias("hub.RankApplications")]
[JsonTypeName("rank")]
public sealed record RankApplications : ProgrammeCommand
{
    /// <summary>The best first. Applications that are left out are not ranked.</summary>
    [Id(0)]
    public required ImmutableArray<PersonId> People { get; init; }

    /// <summary>The <see cref="CohortSelection.RankedAt"/> that the person saw. Null skips the check.</summary>
    [Id(1)]
    public long? ExpectedVersion { get; init; }
}

/// <summary>
/// Offers the places to the ranked applications. The others wait, and are offered places that become free, without another command.
/// </summary>
[GenerateSerializer, Immutable, Alias("hub.OfferPlaces")]
[JsonTypeName("offer")]
public sealed record OfferPlaces : ProgrammeCommand
{
    [Id(0)]
    public long? ExpectedVersion { get; init; }
}

/// <summary>The programme does not offer places to these people.</summary>
[GenerateSerializer, Immutable, Alias("hub.RejectApplications")]
[JsonTypeName("reject")]
public sealed record RejectApplications : ProgrammeCommand
{
    [Id(0)]
    public required ImmutableArray<PersonId> People { get; init; }
}

/// <summary>The person who gives the command accepts or declines the offered place.</summary>
[GenerateSerializer, Immutable, Alias("hub.AnswerOffer")]
[JsonTypeName("answer")]
public sealed record AnswerOffer : ProgrammeCommand
{
    [Id(0)]
    public required bool Accept { get; init; }
}
