using System.Collections.Immutable;
using System.Globalization;
using ConsultHub.Inboxes;
using ConsultHub.Journal;
using Orleans.Runtime;

namespace ConsultHub.Programmes;

/// <summary>Asks an inbox to raise an alert about rotations.</summary>
/// <param name="Name">The name of the programme.</param>
/// <param name="Department">The department. Null in an alert to a supervisor, which is about all rotations of a cohort.</param>
/// <param name="From">The first day of the rotation. Null if it is gone, or to a supervisor.</param>
/// <param name="Rotation">The id of the rotation. Null to a supervisor.</param>
[GenerateSerializer, Immutable, Alias("hub.RaiseRotationNotice")]
public sealed record RaiseRotationNotice(
    [property: Id(0)] ProgrammeId Programme,
    [property: Id(1)] LocalName Name,
    [property: Id(2)] string Cohort,
    [property: Id(3)] LocalName CohortName,
    [property: Id(4)] string? Rotation,
    [property: Id(5)] LocalName? Department,
    [property: Id(6)] DateOnly? From,
    [property: Id(7)] DateOnly? To,
    [property: Id(8)] PersonId By
) : OutboxPayload, IAlertMessage
{
    /// <summary>A newer alert about the same rotation replaces the older one. A supervisor sees one alert for each cohort.</summary>
    public Alert ToAlert(string message, DateTimeOffset at) =>
        new()
        {
            Id = Rotation is null ? $"rotations:{Programme}:{Cohort}" : $"rotation:{Programme}:{Rotation}",
            Kind = AlertKind.RotationChanged,
            At = at,
            Text = RotationTexts.Of(this),
            Programme = Programme,
        };
}

/// <summary>Finds whom a change of a rotation concerns.</summary>
internal static class RotationNotices
{
    /// <param name="before">Null if the rotation is new.</param>
    /// <param name="after">Null if the rotation is gone.</param>
    /// <param name="today">Nobody is told of a rotation that is over.</param>
    public static IEnumerable<OutboxMessage> Of(
        EducationProgramme programme,
        Rotation? before,
        Rotation? after,
        PersonId by,
        DateOnly today
    )
    {
        if ((before is null || before.To < today) && (after is null || after.To < today))
            yield break;
        foreach (var person in People(before?.Person, after?.Person).Where(p => p != by))
            yield return To(person, ToTrainee(programme, before, after, person, by));
        foreach (var supervisor in People(before?.Supervisor, after?.Supervisor).Where(p => p != by))
            yield return To(supervisor, Told(programme, (after ?? before)!, by));
    }

    private static IEnumerable<PersonId> People(params PersonId?[] people) => people.OfType<PersonId>().Distinct();

    private static RaiseRotationNotice ToTrainee(
        EducationProgramme programme,
        Rotation? before,
        Rotation? after,
        PersonId person,
        PersonId by
    )
    {
        var now = after?.Person == person ? after : null;
        var told = now ?? before!;
        return Told(programme, told, by) with
        {
            Rotation = told.Id,
            Department = programme.Departments.FirstOrDefault(d => d.Id == told.Department)?.Name ?? new(told.Department),
            From = now?.From,
            To = now?.To,
        };
    }

    private static RaiseRotationNotice Told(EducationProgramme programme, Rotation rotation, PersonId by) =>
        new(
            programme.Profile.Id,
            programme.Profile.Name,
            rotation.Cohort,
            programme.Find(rotation.Cohort)?.Name ?? new(rotation.Cohort),
            null,
            null,
            null,
            null,
            by
        );

    private static OutboxMessage To(PersonId person, RaiseRotationNotice notice) =>
        new(0, GrainId.Create("inbox", person.Value), notice, $"rotations/{notice.Cohort}/{notice.Rotation}");
}

/// <summary>The sentences of an alert about rotations in the hub's languages.</summary>
public static class RotationTexts
{
    /// <returns>Keys <c>en</c>, <c>ar</c> and <c>ko</c>.</returns>
    public static ImmutableDictionary<string, string> Of(RaiseRotationNotice notice) =>
        ProgrammeTexts.InEach(language =>
        {
            var (name, cohort) = (Isolate(notice.Name.In(language)), Isolate(notice.CohortName.In(language)));
            if (notice.Department is not { } place)
                return new LocalName(
                    $"Rotations that you supervise in {name}, {cohort}, have changed.",
                    $"تغيّرت تناوبات تشرف عليها في {name}، {cohort}.",
                    $"{name}, {cohort}에서 지도하시는 순환 근무가 변경되었습니다."
                );
            var department = Isolate(place.In(language));
            if (notice.From is not { } from || notice.To is not { } to)
                return new(
                    $"Your rotation in {department} ({name}, {cohort}) no longer takes place.",
                    $"أُلغي تناوبك في {department} ({name}، {cohort}).",
                    $"{department} 순환 근무가 취소되었습니다({name}, {cohort})."
                );
            var (first, last) = (Day(from), Day(to));
            return new(
                $"You are in {department} from {first} to {last} ({name}, {cohort}).",
                $"تناوبك في {department} من {first} إلى {last} ({name}، {cohort}).",
                $"{first}부터 {last}까지 {department}에서 순환 근무합니다({name}, {cohort})."
            );
        });

    private static string Day(DateOnly day) => string.Create(CultureInfo.InvariantCulture, $"\u2066{day:yyyy-MM-dd}\u2069");

    private static string Isolate(string text) => ProgrammeTexts.Isolate(text);
}
