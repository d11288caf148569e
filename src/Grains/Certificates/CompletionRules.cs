using System.Collections.Immutable;
using System.Globalization;
using ConsultHub.Programmes;

namespace ConsultHub.Certificates;

/// <summary>Decides who gets a certificate of completion.</summary>
public static class CompletionRules
{
    /// <summary>The greatest number of lines of one certificate.</summary>
    public const int MostLines = 200;

    /// <summary>
    /// A person gets a certificate who had a place until the cohort's last day was over. If the programme names activities, the person has
    /// also done what it needs of them, and meets what is asked in the final assessment. If the programme asks for attendance, the person
    /// has attended this share of the sessions. Nobody issues a certificate for themselves.
    /// </summary>
    /// <param name="logbook">The person's logbook in the cohort.</param>
    /// <param name="sessions">How many sessions for the person are over, and how many the person attended.</param>
    /// <param name="by">Who issues the certificate.</param>
    /// <param name="today">The day in the network's time zone.</param>
    /// <returns>Null if the certificate may be issued.</returns>
    public static Refusal? Check(
        EducationProgramme programme,
        string cohort,
        PersonId person,
        Logbook logbook,
        (int Held, int Attended) sessions,
        PersonId by,
        DateOnly today
    ) =>
        programme.Find(cohort) is not { } of ? Of(ProgrammeCodes.UnknownCohort)
        : person == by ? Of(CertificateCodes.Own)
        : programme.Find(cohort, person) is not { } application ? Of(ProgrammeCodes.UnknownApplication)
        : application.Status != ApplicationStatus.Accepted ? Of(CertificateCodes.NoPlace)
        : today <= of.To ? Of(CertificateCodes.NotOver)
        : !programme.Activities.IsEmpty && !ProgrammeProgress.Of(programme, logbook).IsComplete ? Of(CertificateCodes.NotComplete)
        : programme.Profile.Attendance is { } percent && sessions.Attended * 100 < sessions.Held * percent
            ? Of(CertificateCodes.AttendanceTooLow)
        : null;

    /// <summary>
    /// What the holder has done: the rotations with their days, the sessions with how many of them the holder attended, and the activities
    /// with the number of signed cases (n) and the level of entrustment (EPA, 1 to 5).
    /// </summary>
    public static ImmutableArray<CompletionLine> LinesOf(
        EducationProgramme programme,
        string cohort,
        PersonId person,
        Logbook logbook,
        (int Held, int Attended) sessions
    )
    {
        CompletionLine[] attended =
            sessions.Held == 0
                ? []
                :
                [
                    new(
                        new("Sessions attended", "الجلسات التي حضرها", "참석한 세션"),
                        string.Create(CultureInfo.InvariantCulture, $"{sessions.Attended} / {sessions.Held}")
                    ),
                ];
        var rotations =
            from rotation in programme.Rotations
            where rotation.Cohort == cohort && rotation.Person == person
            orderby rotation.From
            let department = programme.Departments.FirstOrDefault(d => d.Id == rotation.Department)
            select new CompletionLine(
                department?.Name ?? new(rotation.Department),
                string.Create(CultureInfo.InvariantCulture, $"{rotation.From:yyyy-MM-dd} – {rotation.To:yyyy-MM-dd}")
            );
        var activities =
            from progress in ProgrammeProgress.Of(programme, logbook).Activities
            let level = progress.Level is { } judged ? string.Create(CultureInfo.InvariantCulture, $"EPA {(int)judged.Level + 1}/5") : null
            let cases = progress.SignedOff > 0 ? string.Create(CultureInfo.InvariantCulture, $"n = {progress.SignedOff}") : null
            select new CompletionLine(
                progress.Activity.Name,
                string.Join("; ", ((string?[])[cases, level]).OfType<string>()) is { Length: > 0 } text ? text : null
            );
        return [.. rotations.Concat(attended).Concat(activities).Take(MostLines)];
    }

    private static Refusal Of(Code code) => new(code, code.Message!);
}
