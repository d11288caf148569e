using ConsultHub.Programmes;

namespace ConsultHub.Certificates;

/// <summary>Decides who gets a certificate of completion.</summary>
public static class CompletionRules
{
    /// <summary>The greatest number of lines of one certificate.</summary>
    public const int MostLines = 200;

    /// <summary>
    /// A person gets a certificate who had a place until the cohort's last day was over. Nobody issues a certificate for themselves.
    /// </summary>
    /// <param name="by">Who issues the certificate.</param>
    /// <param name="today">The day in the network's time zone.</param>
    /// <returns>Null if the certificate may be issued.</returns>
    public static Refusal? Check(EducationProgramme programme, string cohort, PersonId person, PersonId by, DateOnly today) =>
        programme.Find(cohort) is not { } of ? Of(ProgrammeCodes.UnknownCohort)
        : person == by ? Of(CertificateCodes.Own)
        : programme.Find(cohort, person) is not { } application ? Of(ProgrammeCodes.UnknownApplication)
        : application.Status != ApplicationStatus.Accepted ? Of(CertificateCodes.NoPlace)
        : today <= of.To ? Of(CertificateCodes.NotOver)
        : null;

    private static Refusal Of(Code code) => new(code, code.Message!);
}
