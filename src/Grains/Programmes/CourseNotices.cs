using System.Collections.Immutable;
using System.Globalization;
using ConsultHub.Inboxes;
using ConsultHub.Journal;
using Orleans.Runtime;

namespace ConsultHub.Programmes;

/// <summary>Asks an inbox to raise an alert about sessions of a cohort.</summary>
/// <param name="Name">The name of the programme.</param>
/// <param name="Engagement">The session. Null if the alert says that there are new sessions.</param>
/// <param name="Start">The start in the network's time zone. Null if the session does not take place, or if there are new sessions.</param>
/// <param name="Zone">The IANA name of this zone.</param>
[GenerateSerializer, Immutable, Alias("hub.RaiseCourseNotice")]
public sealed record RaiseCourseNotice(
    [property: Id(0)] ProgrammeId Programme,
    [property: Id(1)] LocalName Name,
    [property: Id(2)] string Cohort,
    [property: Id(3)] LocalName CohortName,
    [property: Id(4)] EngagementId? Engagement,
    [property: Id(5)] string? Title,
    [property: Id(6)] DateTimeOffset? Start,
    [property: Id(7)] string? Zone,
    [property: Id(8)] PersonId By
) : OutboxPayload, IAlertMessage
{
    /// <summary>Whether the session is no longer for the person who gets the alert.</summary>
    [Id(9)]
    public bool IsNotYours { get; init; }

    /// <summary>A newer alert about the same session, or about new sessions of the same cohort, replaces the older one.</summary>
    public Alert ToAlert(string message, DateTimeOffset at) =>
        new()
        {
            Id = Engagement is { } engagement ? $"course:{Programme}:{Cohort}:{engagement}" : $"course:{Programme}:{Cohort}",
            Kind = AlertKind.CourseChanged,
            At = at,
            Text = CourseTexts.Of(this),
            Programme = Programme,
        };
}

/// <summary>Finds what a change of a session means for its participants.</summary>
internal static class CourseNotices
{
    /// <param name="before">Null if the session is new.</param>
    /// <param name="zone">The network's time zone.</param>
    /// <returns>Null if nobody needs to know. Nobody is told of a session that is over.</returns>
    public static RaiseCourseNotice? Of(
        EducationProgramme programme,
        string cohort,
        CourseSession? before,
        CourseSession after,
        PersonId by,
        TimeZoneInfo zone,
        DateTimeOffset now
    )
    {
        if (after.End <= now && (before is null || before.End <= now))
            return null;
        var notice = NoticeOf(programme, cohort, by);
        if (before is null)
            return after.TakesPlace ? notice : null;
        var isSame =
            !after.TakesPlace
            || (before.Start, before.End, before.Hospital, before.Room) == (after.Start, after.End, after.Hospital, after.Room);
        return before.TakesPlace == after.TakesPlace && isSame ? null : About(notice, after, zone);
    }

    /// <summary>An alert to somebody for whom a session is now, or no longer is.</summary>
    public static RaiseCourseNotice OfParticipant(
        EducationProgramme programme,
        string cohort,
        CourseSession session,
        bool isYours,
        PersonId by,
        TimeZoneInfo zone
    ) => About(NoticeOf(programme, cohort, by), session, zone) with { IsNotYours = !isYours };

    private static RaiseCourseNotice About(RaiseCourseNotice notice, CourseSession after, TimeZoneInfo zone) =>
        notice with
        {
            Engagement = after.Engagement,
            Title = after.Title,
            Start = after.TakesPlace ? TimeZoneInfo.ConvertTime(after.Start, zone) : null,
            Zone = after.TakesPlace ? zone.Id : null,
        };

    private static RaiseCourseNotice NoticeOf(EducationProgramme programme, string cohort, PersonId by) =>
        new(programme.Profile.Id, programme.Profile.Name, cohort, programme.Find(cohort)?.Name ?? new(cohort), null, null, null, null, by);

    public static OutboxMessage To(PersonId person, RaiseCourseNotice notice) =>
        new(0, GrainId.Create("inbox", person.Value), notice, $"course/{notice.Programme}/{notice.Cohort}/{notice.Engagement}");
}

/// <summary>The sentences of an alert about sessions in the hub's languages.</summary>
public static class CourseTexts
{
    /// <returns>Keys <c>en</c>, <c>ar</c> and <c>ko</c>.</returns>
    public static ImmutableDictionary<string, string> Of(RaiseCourseNotice notice) =>
        ProgrammeTexts.InEach(language =>
        {
            var (name, cohort) = (ProgrammeTexts.Isolate(notice.Name.In(language)), ProgrammeTexts.Isolate(notice.CohortName.In(language)));
            if (notice.Title is not { } said)
                return new LocalName(
                    $"There are new sessions in {name}, {cohort}.",
                    $"أُضيفت جلسات جديدة في {name}، {cohort}.",
                    $"{name}, {cohort}에 새 세션이 있습니다."
                );
            var title = ProgrammeTexts.Isolate(said);
            if (notice.IsNotYours)
                return new(
                    $"The session {title} is no longer for you ({name}, {cohort}).",
                    $"لم تعد الجلسة {title} مخصصة لك ({name}، {cohort}).",
                    $"{title} 세션의 대상에서 제외되었습니다({name}, {cohort})."
                );
            if (notice.Start is not { } start)
                return new(
                    $"The session {title} does not take place ({name}, {cohort}).",
                    $"أُلغيت الجلسة {title} ({name}، {cohort}).",
                    $"{title} 세션이 취소되었습니다({name}, {cohort})."
                );
            var at = string.Create(CultureInfo.InvariantCulture, $"\u2066{start:yyyy-MM-dd HH:mm} {notice.Zone}\u2069");
            return new(
                $"The session {title} begins on {at}. Its time, its place or its participants have changed ({name}, {cohort}).",
                $"تبدأ الجلسة {title} في {at}. تغيّر موعدها أو مكانها أو المشاركون فيها ({name}، {cohort}).",
                $"{title} 세션은 {at}에 시작합니다. 시간, 장소 또는 참가자가 변경되었습니다({name}, {cohort})."
            );
        });
}
