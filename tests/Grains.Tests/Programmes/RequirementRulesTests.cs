using ConsultHub.Programmes;

namespace ConsultHub.Tests.Programmes;

/// <summary>The matrix of papers that programmes ask for and a dossier has.</summary>
public sealed class RequirementRulesTests
{
    // The cohort of the sample lasts from 1 March 2027 to 29 February 2028.
    [Theory]
    [InlineData(null, null, false, RequirementState.Missing)]
    [InlineData(null, "2027-02-28", true, RequirementState.Lapsed)]
    [InlineData("2027-03-02", null, true, RequirementState.Later)]
    [InlineData("2027-01-01", "2028-02-28", true, RequirementState.LapsesBefore)]
    [InlineData("2027-01-01", "2028-02-29", false, RequirementState.Unchecked)]
    [InlineData("2027-01-01", "2028-02-29", true, RequirementState.Met)]
    [InlineData(null, null, true, RequirementState.Met)]
    public void A_paper_is_compared_with_the_days_of_the_cohort(string? from, string? to, bool isChecked, RequirementState expected)
    {
        var requirement = new ProgrammeRequirement("r", DocumentKind.Licence, new("A licence"), Lasts: true, Responsible.Trainee);
        var dossier = expected == RequirementState.Missing ? new Dossier() : With(Paper(from, to), isChecked);
        var cell = RequirementRules.Of(requirement, Sample.Cohort, dossier);
        Assert.Equal(expected, cell.State);
        Assert.Equal(
            expected switch
            {
                RequirementState.Met => null,
                RequirementState.Unchecked => Responsible.Host,
                _ => (Responsible?)Responsible.Trainee,
            },
            cell.Acts
        );
    }

    [Theory]
    [InlineData("2027-03-01", "2028-02-29", RequirementState.Unchecked)]
    [InlineData("2027-02-01", "2028-02-29", RequirementState.TooLong)]
    [InlineData("2027-03-01", null, RequirementState.TooLong)]
    public void An_approval_that_is_given_for_at_most_a_year_cannot_be_valid_for_longer(string from, string? to, RequirementState expected)
    {
        var requirement = new ProgrammeRequirement(
            "r",
            DocumentKind.Licence,
            new("Approval for limited practice"),
            Lasts: true,
            Responsible.Host,
            MostMonths: 12
        );
        Assert.Equal(expected, RequirementRules.Of(requirement, Sample.Cohort, With(Paper(from, to), false)).State);
    }

    [Fact]
    public void The_paper_that_fits_best_counts()
    {
        var requirement = new ProgrammeRequirement("r", DocumentKind.Licence, new("A licence"), Lasts: false, Responsible.Trainee);
        var dossier = new Dossier { Documents = [Paper(null, "2026-12-31"), Paper("2027-01-01", "2027-12-31") with { Title = "new" }] };
        var cell = RequirementRules.Of(requirement, Sample.Cohort, dossier);
        Assert.Equal(("new", RequirementState.Unchecked, new DateOnly(2027, 12, 31)), (cell.Document, cell.State, cell.To));
    }

    private static DossierDocument Paper(string? from, string? to) =>
        new("old", DocumentKind.Licence, "Licence", null, null, Day(from), Day(to));

    private static Dossier With(DossierDocument paper, bool isChecked) =>
        new() { Documents = [paper], Checks = isChecked ? [new(paper.Id, "tag", new("p"), DateTimeOffset.UnixEpoch)] : [] };

    private static DateOnly? Day(string? text) =>
        text is null ? null : DateOnly.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
