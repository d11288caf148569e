using System.Collections.Immutable;
using ConsultHub.Inboxes;
using ConsultHub.Journal;
using Orleans.Runtime;

namespace ConsultHub.Programmes;

/// <summary>Asks an inbox to raise an alert about an application.</summary>
/// <param name="Name">The name of the programme.</param>
/// <param name="Status">The status of the application.</param>
/// <param name="Until">UTC. Until when an offer can be answered.</param>
/// <param name="Applicant">The name of the person who applied, in an alert to the programme's director.</param>
[GenerateSerializer, Immutable, Alias("hub.RaiseProgrammeNotice")]
public sealed record RaiseProgrammeNotice(
    [property: Id(0)] AlertKind Kind,
    [property: Id(1)] ProgrammeId Programme,
    [property: Id(2)] string Cohort,
    [property: Id(3)] LocalName Name,
    [property: Id(4)] LocalName CohortName,
    [property: Id(5)] ApplicationStatus Status,
    [property: Id(6)] DateTimeOffset? Until,
    [property: Id(7)] LocalName Applicant,
    [property: Id(8)] PersonId By
) : OutboxPayload, IAlertMessage
{
    /// <summary>
    /// A newer alert about the same cohort replaces the older one, so a person sees how the application is now. A director sees one alert
    /// about new applications, and one for each person who answers.
    /// </summary>
    public Alert ToAlert(string message, DateTimeOffset at) =>
        new()
        {
            Id =
                $"programme.{Programme}.{Cohort}"
                + (
                    Kind == AlertKind.ApplicationReceived ? ".received"
                    : Kind == AlertKind.OfferAnswered ? $".{message}"
                    : ""
                ),
            Kind = Kind,
            At = at,
            Text = ProgrammeTexts.Of(this),
            Programme = Programme,
            Deadline = Until,
        };
}

/// <summary>Finds whom a change of applications concerns.</summary>
internal static class ProgrammeNotices
{
    public static IEnumerable<OutboxMessage> Of(
        EducationProgramme before,
        EducationProgramme after,
        ImmutableArray<Application> changed,
        PersonId by
    )
    {
        foreach (var application in changed)
        {
            var was = before.Find(application.Cohort, application.Person)?.Status;
            if (was == application.Status)
                continue;
            // An alert about one's own answer replaces the alert that asked for it.
            if (ToApplicant(application.Status) is { } kind)
                yield return Message(after, application, kind, application.Person, by);
            if (ToDirector(was, application.Status) is { } told && after.Profile.Director != by)
                yield return Message(after, application, told, after.Profile.Director, by);
        }
    }

    private static AlertKind? ToApplicant(ApplicationStatus status) =>
        status switch
        {
            ApplicationStatus.Offered => AlertKind.PlaceOffered,
            ApplicationStatus.Lapsed => AlertKind.OfferLapsed,
            ApplicationStatus.Submitted => null,
            _ => AlertKind.ApplicationDecided,
        };

    private static AlertKind? ToDirector(ApplicationStatus? was, ApplicationStatus status) =>
        was is null || status == ApplicationStatus.Submitted ? AlertKind.ApplicationReceived
        : was is ApplicationStatus.Offered or ApplicationStatus.Accepted
        && status is ApplicationStatus.Accepted or ApplicationStatus.Declined or ApplicationStatus.Lapsed or ApplicationStatus.Withdrawn
            ? AlertKind.OfferAnswered
        : null;

    private static OutboxMessage Message(EducationProgramme programme, Application application, AlertKind kind, PersonId to, PersonId by) =>
        new(
            0,
            GrainId.Create("inbox", to.Value),
            new RaiseProgrammeNotice(
                kind,
                programme.Profile.Id,
                application.Cohort,
                programme.Profile.Name,
                programme.Find(application.Cohort)?.Name ?? new(application.Cohort),
                application.Status,
                application.OfferedUntil,
                application.Name,
                by
            )
        );
}
