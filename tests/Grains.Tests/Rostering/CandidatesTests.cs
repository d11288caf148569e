using ConsultHub.Consultants;
using ConsultHub.Rostering;
using static ConsultHub.Tests.Rostering.RosterWorld;

namespace ConsultHub.Tests.Rostering;

/// <summary>Tests which people could take an engagement, in which order they are listed, and which reasons are given.</summary>
public sealed class CandidatesTests
{
    private readonly RosterWorld _world = new();

    private List<Candidate> Rank(string engagement) =>
        [.. Candidates.Rank(_world.Roster, _world[engagement], _world.Consultants.Values, _world.Facts())];

    private Candidate Of(PersonId person, string engagement = "a") => Rank(engagement).Single(c => c.Person == person);

    private static bool? Says(Candidate candidate, string code) => candidate.Reasons.FirstOrDefault(r => r.Code == code)?.Good;

    [Fact]
    public void A_consultant_of_the_engagement_is_not_a_candidate_for_it()
    {
        _world.Done(Plan("a", Kim, room: One));
        Assert.DoesNotContain(Rank("a"), c => c.Person == Kim);
        Assert.Equal(2, Rank("a").Count);
    }

    [Fact]
    public void A_busy_candidate_is_listed_after_the_free_ones_and_with_the_conflicting_engagement()
    {
        _world.Done(Plan("a", Kim, room: One));
        _world.Done(Plan("b", Lee, room: Two));
        Assert.Equal([Park, Lee], Rank("a").Select(c => c.Person));
        var busy = Of(Lee);
        Assert.False(busy.Available);
        Assert.Equal(new EngagementId("b"), busy.Reasons.Single(r => r.Code == "candidate.busy").Engagement);
        Assert.True(Of(Park).Available);
        Assert.True(Says(Of(Park), "candidate.free"));
    }

    [Fact]
    public void A_person_without_a_credential_or_a_visit_is_not_available()
    {
        _world.Done(Plan("a", Kim, room: One));
        _world.Consultants[Lee] = _world.Consultants[Lee] with { Credentials = [] };
        _world.Consultants[Park] = _world.Consultants[Park] with { Visits = [] };
        Assert.Equal((false, false), (Of(Lee).Available, Of(Park).Available));
        Assert.False(Says(Of(Lee), "candidate.no-credential"));
        Assert.False(Says(Of(Park), "candidate.away"));
        Assert.True(Says(Of(Park), "candidate.credentialed"));
    }

    [Fact]
    public void A_candidate_at_the_same_hospital_is_listed_before_one_who_must_travel()
    {
        _world.Done(Plan("a", Kim, at: 4, room: One));
        _world.Done(Plan("near", Lee, room: Two));
        _world.Done(Plan("far", Park, room: Two, hospital: South));
        Assert.Equal([Lee, Park], Rank("a").Select(c => c.Person));
        Assert.True(Says(Of(Lee), "candidate.same-hospital"));
        Assert.Equal(60, Of(Park).Reasons.Single(r => r.Code == "candidate.travel").Minutes);
    }

    [Fact]
    public void Too_little_time_to_travel_or_to_rest_counts_against_a_candidate()
    {
        _world.Done(Plan("a", Kim, at: 2, room: One));
        _world.Done(Plan("far", Park, room: Two, hospital: South));
        Assert.False(Says(Of(Park), "candidate.travel-too-long"));
        _world.Done(Plan("night-before", Lee, at: -11, hours: 2) with { Reason = "A transplant." });
        _world.Done(Plan("early", Kim, at: -1, room: One));
        Assert.False(Says(Of(Lee, "early"), "candidate.not-rested"));
    }

    [Fact]
    public void A_candidate_who_speaks_languages_of_the_patients_is_preferred_and_each_of_these_languages_is_listed()
    {
        _world.Done(Plan("a", Kim, room: One));
        _world.Consultants[Park] = _world.Consultants[Park] with { Languages = ["en", "ar"] };
        Assert.Equal("ar", Of(Park).Reasons.Single(r => r.Code == "candidate.language").Language);
        Assert.Null(Says(Of(Lee), "candidate.language"));
        Assert.Equal([Park, Lee], Rank("a").Select(c => c.Person));
        _world.Network = _world.Network with { Policy = new() { PatientLanguages = ["ur", "ko"] } };
        _world.Consultants[Lee] = _world.Consultants[Lee] with { Languages = ["ko", "ur"] };
        Assert.Equal(["ur", "ko"], Of(Lee).Reasons.Where(r => r.Code == "candidate.language").Select(r => r.Language!));
        Assert.Equal([Lee, Park], Rank("a").Select(c => c.Person));
    }
}
