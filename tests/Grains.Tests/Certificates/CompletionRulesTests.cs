using ConsultHub.Certificates;
using ConsultHub.Programmes;
using ConsultHub.Tests.Programmes;
using CsCheck;

namespace ConsultHub.Tests.Certificates;

/// <summary>Who gets a certificate of completion, and which register a number names.</summary>
public sealed class CompletionRulesTests
{
    private static readonly PersonId One = Sample.Person(1);

    private static EducationProgramme With(ApplicationStatus status) =>
        new ApplicationsChanged(
            [
                new Application
                {
                    Cohort = Sample.Cohort.Id,
                    Person = One,
                    Name = new("One"),
                    Status = status,
                    SubmittedAt = Sample.ApplyBy,
                    ChangedAt = Sample.ApplyBy,
                },
            ],
            Sample.Programme.Selections
        ).After(Sample.Programme)!;

    private static Code? Check(EducationProgramme programme, DateOnly today, string? cohort = null, PersonId? by = null) =>
        CompletionRules.Check(programme, cohort ?? Sample.Cohort.Id, One, new(), default, by ?? Sample.Director, today)?.Code;

    [Fact]
    public void A_certificate_is_issued_from_the_day_after_the_last_day_of_the_cohort()
    {
        var accepted = With(ApplicationStatus.Accepted);
        Assert.Equal(CertificateCodes.NotOver, Check(accepted, Sample.Cohort.From));
        Assert.Equal(CertificateCodes.NotOver, Check(accepted, Sample.Cohort.To));
        Assert.Null(Check(accepted, Sample.Cohort.To.AddDays(1)));
    }

    [Fact]
    public void Only_somebody_with_a_place_gets_a_certificate()
    {
        foreach (var status in Enum.GetValues<ApplicationStatus>().Where(s => s != ApplicationStatus.Accepted))
            Assert.Equal(CertificateCodes.NoPlace, Check(With(status), Sample.Cohort.To.AddDays(1)));
        Assert.Equal(ProgrammeCodes.UnknownApplication, Check(Sample.Programme, Sample.Cohort.To.AddDays(1)));
        Assert.Equal(ProgrammeCodes.UnknownCohort, Check(With(ApplicationStatus.Accepted), Sample.Cohort.To.AddDays(1), "none"));
    }

    [Fact]
    public void Whoever_must_keep_a_logbook_gets_a_certificate_when_it_is_complete_and_it_says_what_was_done()
    {
        var accepted = With(ApplicationStatus.Accepted);
        var programme = accepted with
        {
            Departments = RotationRulesTests.Programme.Departments,
            Activities = RotationRulesTests.Programme.Activities,
            Rotations = [RotationRulesTests.Stay("a", 1, "unit", "2027-03-01", "2027-03-31")],
        };
        Code? After(Logbook logbook) =>
            CompletionRules.Check(programme, Sample.Cohort.Id, One, logbook, default, Sample.Director, Sample.Cohort.To.AddDays(1))?.Code;
        Assert.Equal(CertificateCodes.NotComplete, After(new()));
        var supervisor = new PersonId("p-supervisor");
        var done = new LogbookChanged([
            new LoggedCases
            {
                Id = "e",
                Activity = "biopsy",
                Day = new(2027, 3, 2),
                Cases = 3,
                Role = CaseRole.Alone,
                Supervisor = supervisor,
                Status = LogStatus.SignedOff,
                ChangedAt = Sample.ApplyBy,
            },
            new Entrustment
            {
                Activity = "biopsy",
                Level = EntrustmentLevel.Unsupervised,
                By = supervisor,
                At = Sample.ApplyBy,
            },
        ]).After(null);
        Assert.Equal(CertificateCodes.NotComplete, After(done));
        var assessed = new LogbookChanged([
            new Assessment
            {
                Kind = AssessmentKind.Final,
                Result = AssessmentResult.Meets,
                By = supervisor,
                At = Sample.ApplyBy,
            },
        ]).After(done);
        Assert.Null(After(assessed));
        Assert.Equal(
            [("Liver unit", "2027-03-01 – 2027-03-31"), ("Sessions attended", "3 / 4"), ("Liver biopsy", "n = 3; EPA 4/5")],
            CompletionRules.LinesOf(programme, Sample.Cohort.Id, One, assessed, (4, 3)).Select(l => (l.Name.En, l.Result))
        );
    }

    [Theory]
    [InlineData(null, 4, 0, true)]
    [InlineData(80, 4, 3, false)]
    [InlineData(75, 4, 3, true)]
    [InlineData(100, 0, 0, true)]
    public void Who_attended_too_few_sessions_gets_no_certificate(int? percent, int held, int attended, bool gets)
    {
        var accepted = With(ApplicationStatus.Accepted);
        var programme = accepted with { Profile = accepted.Profile with { Attendance = percent } };
        var code = CompletionRules
            .Check(programme, Sample.Cohort.Id, One, new(), (held, attended), Sample.Director, Sample.Cohort.To.AddDays(1))
            ?.Code;
        Assert.Equal(gets ? null : CertificateCodes.AttendanceTooLow, code);
    }

    [Fact]
    public void Nobody_issues_an_own_certificate() =>
        Assert.Equal(CertificateCodes.Own, Check(With(ApplicationStatus.Accepted), Sample.Cohort.To.AddDays(1), by: One));

    [Fact]
    public void A_number_names_the_register_of_its_conference_or_of_its_programme_and_never_both() =>
        Gen.String[Gen.Char["abc019._-"], 1, 20]
            .Where(id => TextId.IsValid(id))
            .Sample(id =>
            {
                var (conference, programme) = (new ConferenceId(id), new ProgrammeId(id));
                Assert.Equal(CertificateRegisterId.Of(conference), CertificateNumber.RegisterOf(CertificateNumber.New(conference)));
                Assert.Equal(CertificateRegisterId.Of(programme), CertificateNumber.RegisterOf(CertificateNumber.New(programme)));
                Assert.NotEqual(CertificateRegisterId.Of(conference).Key, CertificateRegisterId.Of(programme).Key);
            });

    [Theory]
    [InlineData("congress.1234567"), InlineData("congress.123456789"), InlineData("congress.12345678901")]
    [InlineData("congress.1234567o"), InlineData(".12345678"), InlineData("Congress.12345678"), InlineData(null)]
    public void Another_text_names_no_register(string? number) => Assert.Null(CertificateNumber.RegisterOf(number));
}
