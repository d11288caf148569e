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
    /// <summary>The highest count. A higher one is a typing error, because an engagement lasts at most a day.</summary>
    public const int Most = 9_999;

    /// <summary>Whether no count is said.</summary>
    [JsonIgnore]
    public bool IsEmpty => this == new Work();

    /// <summary>Whether every count that is said is within its limits.</summary>
    [JsonIgnore]
    public bool IsValid => IsCount(Consultations) && IsCount(Evaluations) && IsCount(FollowUps) && IsCount(Operations) && IsCount(Taught);

    private static bool IsCount(int? count) => count is null or (>= 0 and <= Most);
}
