using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace ConsultHub.Rostering;

/// <summary>
/// What was done in a completed engagement, as counts of cases and people. Each count is 0 to <see cref="Most"/>. Null means that nobody
/// has said it, which is not zero. There is nothing in it about a single patient.
/// </summary>
/// <param name="Consultations">How many patients were consulted.</param>
/// <param name="Evaluations">How many clinical evaluations were made.</param>
/// <param name="FollowUps">How many treatment plans were followed up.</param>
/// <param name="Operations">How many operations were done.</param>
/// <param name="Taught">How many people were taught.</param>
[GenerateSerializer, Immutable, Alias("hub.Work")]
public sealed record Work(
    [property: Id(0)] int? Consultations = null,
    [property: Id(1)] int? Evaluations = null,
    [property: Id(2)] int? FollowUps = null,
    [property: Id(3)] int? Operations = null,
    [property: Id(4)] int? Taught = null
)
{
    /// <summary>How many procedures an engagement can count cases of.</summary>
    public const int MostProcedures = 20;

    /// <summary>The highest count. A higher one is a typing error, because an engagement lasts at most a day.</summary>
    public const int Most = 9_999;

    /// <summary>Cases of the procedures that the hospital has agreed. At most <see cref="MostProcedures"/>, each once.</summary>
    [Id(5)]
    public ImmutableArray<ProcedureCases> Procedures
    {
        get => field.IsDefault ? [] : field; // earlier releases stored none
        init;
    } = [];

    /// <summary>Whether no count is said.</summary>
    [JsonIgnore]
    public bool IsEmpty => this == new Work();

    /// <summary>Whether every count that is said is within its limits.</summary>
    [JsonIgnore]
    public bool IsValid =>
        IsCount(Consultations)
        && IsCount(Evaluations)
        && IsCount(FollowUps)
        && IsCount(Operations)
        && IsCount(Taught)
        && Procedures.All(p => p is { IsValid: true })
        && Procedures.DistinctBy(p => p.Procedure).Count() == Procedures.Length;

    /// <summary>The order of the procedures says nothing.</summary>
    public bool Equals(Work? other) =>
        other is not null
        && Consultations == other.Consultations
        && Evaluations == other.Evaluations
        && FollowUps == other.FollowUps
        && Operations == other.Operations
        && Taught == other.Taught
        && Procedures.Length == other.Procedures.Length
        && Procedures.All(other.Procedures.Contains);

    public override int GetHashCode() =>
        HashCode.Combine(Consultations, Evaluations, FollowUps, Operations, Taught, Procedures.Sum(p => (long)p.GetHashCode()));

    private static bool IsCount(int? count) => count is null or (>= 0 and <= Most);
}

/// <summary>
/// How many cases of a procedure the local team took part in during one engagement, by what it did. Each case counts once.
/// </summary>
/// <param name="Procedure">A procedure that the hospital has agreed for the engagement's specialty.</param>
/// <param name="Assisted">The team watched or assisted.</param>
/// <param name="Supervised">The team acted under supervision.</param>
/// <param name="Alone">The team acted alone.</param>
[GenerateSerializer, Immutable, Alias("hub.ProcedureCases")]
public sealed record ProcedureCases(
    [property: Id(0)] ProcedureId Procedure,
    [property: Id(1)] int Assisted = 0,
    [property: Id(2)] int Supervised = 0,
    [property: Id(3)] int Alone = 0
)
{
    /// <summary>Whether no count is negative, and there are 1 to <see cref="Work.Most"/> cases. Who has nothing to count leaves the line
    /// out.</summary>
    [JsonIgnore]
    public bool IsValid =>
        TextId.IsValid(Procedure.Value)
        && Assisted >= 0
        && Supervised >= 0
        && Alone >= 0
        && (long)Assisted + Supervised + Alone is >= 1 and <= Work.Most;
}
