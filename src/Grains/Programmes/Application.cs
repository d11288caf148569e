using System.Collections.Immutable;
using System.Text.Json.Serialization;
using ConsultHub.Live;

namespace ConsultHub.Programmes;

/// <summary>
/// <c>Waiting</c>: on the waiting list, in the order of the ranks. <c>Lapsed</c>: the offer was not answered in time. <c>Declined</c>: the
/// person declined the offer. <c>Rejected</c>: the programme does not offer a place.
/// </summary>
public enum ApplicationStatus
{
    Submitted,
    Waiting,
    Offered,
    Accepted,
    Declined,
    Lapsed,
    Withdrawn,
    Rejected,
}

/// <summary>The institution for which a reviewer speaks.</summary>
public enum ReviewSide
{
    Network,
    Partner,
}

public enum Recommendation
{
    Recommend,
    Reserve,
    Reject,
}

/// <summary>What one reviewer says about an application. The comment is the reason of the history entry.</summary>
/// <param name="Conflict">Whether the reviewer has declared a conflict of interest. Such a review does not count.</param>
/// <param name="Score">1 to 5. Null with a conflict, and where verdicts are not shown.</param>
/// <param name="Recommendation">Null with a conflict, and where verdicts are not shown.</param>
[GenerateSerializer, Immutable, Alias("hub.Review")]
public sealed record Review(
    [property: Id(0)] PersonId By,
    [property: Id(1)] ReviewSide Side,
    [property: Id(2)] bool Conflict,
    [property: Id(3)] int? Score,
    [property: Id(4)] Recommendation? Recommendation,
    [property: Id(5)] DateTimeOffset At
);

/// <summary>The application of one person for one cohort. What the person writes is the reason of the history entry.</summary>
[GenerateSerializer, Immutable, Alias("hub.Application")]
[JsonTypeName("application")]
public sealed record Application : TopicItem
{
    public override string Key => $"application/{Cohort}/{Person}";

    [Id(0)]
    public required string Cohort { get; init; }

    [Id(1)]
    public required PersonId Person { get; init; }

    /// <summary>The name of the person's account when the person applied.</summary>
    [Id(2)]
    public required LocalName Name { get; init; }

    [Id(3)]
    public ApplicationStatus Status { get; init; }

    /// <summary>UTC.</summary>
    [Id(4)]
    public required DateTimeOffset SubmittedAt { get; init; }

    /// <summary>The place in the order in which offers are made, from 1. Null if the application is not ranked.</summary>
    [Id(5)]
    public int? Rank { get; init; }

    /// <summary>UTC. The offer lapses then. Null if there is no open offer.</summary>
    [Id(6)]
    public DateTimeOffset? OfferedUntil { get; init; }

    /// <summary>UTC. When the status last changed.</summary>
    [Id(7)]
    public required DateTimeOffset ChangedAt { get; init; }

    /// <summary>At most <see cref="ApplicationRules.MostReviews"/>.</summary>
    [Id(8)]
    public ImmutableArray<Review> Reviews { get; init; } = [];

    /// <summary>Whether the application takes a place of the cohort.</summary>
    [JsonIgnore]
    public bool TakesPlace => Status is ApplicationStatus.Offered or ApplicationStatus.Accepted;

    /// <summary>Whether the programme can still decide about it.</summary>
    [JsonIgnore]
    public bool IsOpen => Status is ApplicationStatus.Submitted or ApplicationStatus.Waiting || TakesPlace;

    /// <summary>How many reviews of one side count.</summary>
    public int ReviewsOf(ReviewSide side) => Reviews.Count(r => r.Side == side && !r.Conflict);

    /// <summary>
    /// The application without the verdicts of its reviewers. The live topic shows only this form, so nobody is influenced by a verdict.
    /// </summary>
    public Application WithoutVerdicts() =>
        this with
        {
            Reviews = [.. Reviews.Select(r => r with { Score = null, Recommendation = null })],
        };
}
