using System.Collections.Immutable;
using ConsultHub.Programmes;

namespace ConsultHub.Tests.Programmes;

/// <summary>A fellowship with one cohort, for tests.</summary>
internal static class Sample
{
    public static readonly DateTimeOffset ApplyBy = new(2027, 1, 31, 20, 0, 0, TimeSpan.Zero);

    public static readonly PersonId Director = new("p-director"),
        Reviewer = new("p-reviewer"),
        PartnerReviewer = new("p-partner-reviewer");

    public static ProgrammeProfile Profile { get; } =
        new(
            new("f-1"),
            new("ehs"),
            ProgrammeKind.Fellowship,
            new("Fellowship in liver transplantation"),
            new("A year in Seoul."),
            null,
            new("asan"),
            [],
            AtPartner: true,
            ["en"],
            Director,
            null,
            ReviewsPerSide: 1,
            Admission.Selection,
            Public: false
        );

    public static Cohort Cohort { get; } = new("2027", new("2027"), new(2027, 3, 1), new(2028, 2, 29), ApplyBy, Places: 1, AnswerDays: 7);

    public static EducationProgramme Programme { get; } = new() { Profile = Profile, Cohorts = [Cohort] };

    public static PersonId Person(int n) => new($"t-{n}");

    public static ProgrammeCommand Applying => new Apply { CommandId = Guid.NewGuid(), Cohort = "2027" };

    public static ReviewApplication Reviewing(PersonId person, ReviewSide side, int score = 4) =>
        new()
        {
            CommandId = Guid.NewGuid(),
            Cohort = "2027",
            Person = person,
            Score = score,
            Recommendation = Recommendation.Recommend,
            Side = side,
        };

    public static RankApplications Ranking(params ImmutableArray<PersonId> people) =>
        new()
        {
            CommandId = Guid.NewGuid(),
            Cohort = "2027",
            People = people,
        };

    public static OfferPlaces Offering => new() { CommandId = Guid.NewGuid(), Cohort = "2027" };

    public static AnswerOffer Answer(bool accept) =>
        new()
        {
            CommandId = Guid.NewGuid(),
            Cohort = "2027",
            Accept = accept,
        };

    public static Withdraw Withdrawing => new() { CommandId = Guid.NewGuid(), Cohort = "2027" };
}
