using ConsultHub.Inboxes;
using ConsultHub.Programmes;

namespace ConsultHub.Tests.Programmes;

/// <summary>Whom a change of an application concerns, and what the person reads.</summary>
public sealed class ProgrammeNoticeTests
{
    [Fact]
    public void Every_change_of_a_status_tells_the_people_concerned_in_every_language()
    {
        foreach (var before in Enum.GetValues<ApplicationStatus>())
        foreach (var after in Enum.GetValues<ApplicationStatus>().Where(s => s != before))
        {
            var (was, now) = (With(before), With(after));
            var told = ProgrammeNotices.Of(was, now, [.. now.Applications.Values], Sample.Reviewer).ToList();
            foreach (var message in told)
            {
                var alert = ((IAlertMessage)message.Payload).ToAlert("m", Sample.ApplyBy);
                Assert.Equal(3, alert.Text.Count);
                Assert.All(alert.Text.Values, text => Assert.Contains(Sample.Profile.Name.En, text, StringComparison.Ordinal));
                Assert.Equal(Sample.Profile.Id, alert.Programme);
            }
            // An applicant learns of every change but the own application.
            Assert.Equal(after != ApplicationStatus.Submitted, told.Any(m => m.To.Key.ToString() == Sample.Person(1).Value));
        }
    }

    [Fact]
    public void Nobody_is_told_if_the_status_stays_and_the_director_is_not_told_of_the_own_decision()
    {
        var was = With(ApplicationStatus.Offered);
        var now = With(ApplicationStatus.Withdrawn);
        Assert.Empty(ProgrammeNotices.Of(was, was, [.. was.Applications.Values], Sample.Reviewer));
        var told = ProgrammeNotices.Of(was, now, [.. now.Applications.Values], Sample.Director);
        Assert.Equal(Sample.Person(1).Value, Assert.Single(told).To.Key.ToString());
    }

    private static EducationProgramme With(ApplicationStatus status)
    {
        var application = new Application
        {
            Cohort = "2027",
            Person = Sample.Person(1),
            Name = new("Hessa"),
            Status = status,
            SubmittedAt = Sample.ApplyBy,
            ChangedAt = Sample.ApplyBy,
        };
        return Sample.Programme with { Applications = Sample.Programme.Applications.Add(application.Key, application) };
    }
}
