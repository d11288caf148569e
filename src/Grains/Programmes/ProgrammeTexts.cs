using System.Collections.Immutable;
using System.Globalization;
using ConsultHub.Inboxes;

// Each named value of an enum has a case, and the compiler reports a missing case. CS8524 would also demand a case for numbers without a
// name.
#pragma warning disable CS8524

namespace ConsultHub.Programmes;

/// <summary>
/// The sentences of an alert about an application in the hub's languages. Names are isolated, so that their script does not change the
/// order of the sentence.
/// </summary>
public static class ProgrammeTexts
{
    private static readonly string[] Languages = ["en", "ar", "ko"];

    /// <returns>Keys <c>en</c>, <c>ar</c> and <c>ko</c>.</returns>
    public static ImmutableDictionary<string, string> Of(RaiseProgrammeNotice notice) => InEach(language => In(notice, language));

    internal static ImmutableDictionary<string, string> InEach(Func<string, LocalName> text) =>
        ImmutableDictionary.CreateRange(Languages.Select(language => KeyValuePair.Create(language, text(language).In(language))));

    private static LocalName In(RaiseProgrammeNotice n, string language)
    {
        var (name, cohort, person) = (Isolate(n.Name.In(language)), Isolate(n.CohortName.In(language)), Isolate(n.Applicant.In(language)));
        var until = n.Until?.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) is { } at ? $"\u2066{at} UTC\u2069" : "";
        return n.Kind switch
        {
            AlertKind.PlaceOffered => new(
                $"You are offered a place in {name}, {cohort}. Please answer by {until}.",
                $"عُرض عليك مقعد في {name}، {cohort}. يُرجى الرد قبل {until}.",
                $"{name}, {cohort}에 자리가 제안되었습니다. {until}까지 답변해 주십시오."
            ),
            AlertKind.OfferLapsed => new(
                $"The offer of a place in {name}, {cohort}, was not answered in time and has lapsed.",
                $"انتهت مهلة الرد على عرض المقعد في {name}، {cohort}، فسقط العرض.",
                $"{name}, {cohort}의 자리 제안이 기한 내에 답변되지 않아 만료되었습니다."
            ),
            AlertKind.ApplicationReceived => new(
                $"There are new applications for {name}, {cohort}. The last one is from {person}.",
                $"وردت طلبات جديدة للالتحاق ببرنامج {name}، {cohort}. آخرها من {person}.",
                $"{name}, {cohort}에 새 지원이 있습니다. 최근 지원자: {person}."
            ),
            AlertKind.OfferAnswered => Answered(n.Status, name, cohort, person),
            _ => Decided(n.Status, name, cohort),
        };
    }

    private static LocalName Decided(ApplicationStatus status, string name, string cohort) =>
        status switch
        {
            ApplicationStatus.Accepted => new(
                $"You have a place in {name}, {cohort}.",
                $"لك مقعد في {name}، {cohort}.",
                $"{name}, {cohort}에 자리가 확정되었습니다."
            ),
            ApplicationStatus.Waiting => new(
                $"All places in {name}, {cohort}, are taken. You are on the waiting list.",
                $"شُغلت جميع المقاعد في {name}، {cohort}. اسمك في قائمة الانتظار.",
                $"{name}, {cohort}의 자리가 모두 찼습니다. 대기자 명단에 있습니다."
            ),
            ApplicationStatus.Rejected => new(
                $"Your application for {name}, {cohort}, was not accepted.",
                $"لم يُقبل طلبك للالتحاق ببرنامج {name}، {cohort}.",
                $"{name}, {cohort} 지원이 받아들여지지 않았습니다."
            ),
            ApplicationStatus.Withdrawn => new(
                $"Your application for {name}, {cohort}, is withdrawn.",
                $"سُحب طلبك للالتحاق ببرنامج {name}، {cohort}.",
                $"{name}, {cohort} 지원이 철회되었습니다."
            ),
            ApplicationStatus.Declined => new(
                $"You have declined the place in {name}, {cohort}.",
                $"سُجّل اعتذارك عن المقعد في {name}، {cohort}.",
                $"{name}, {cohort}의 자리를 거절했습니다."
            ),
            ApplicationStatus.Submitted or ApplicationStatus.Offered or ApplicationStatus.Lapsed => throw new InvalidOperationException(
                $"No alert tells an applicant of the status {status}."
            ),
        };

    private static LocalName Answered(ApplicationStatus status, string name, string cohort, string person) =>
        status switch
        {
            ApplicationStatus.Accepted => new(
                $"{person} has accepted the place in {name}, {cohort}.",
                $"قَبِل {person} المقعد في {name}، {cohort}.",
                $"{person} 님이 {name}, {cohort}의 자리를 수락했습니다."
            ),
            ApplicationStatus.Declined => new(
                $"{person} has declined the place in {name}, {cohort}.",
                $"اعتذر {person} عن المقعد في {name}، {cohort}.",
                $"{person} 님이 {name}, {cohort}의 자리를 거절했습니다."
            ),
            ApplicationStatus.Lapsed => new(
                $"{person} did not answer the offer of a place in {name}, {cohort}.",
                $"لم يرد {person} على عرض المقعد في {name}، {cohort}.",
                $"{person} 님이 {name}, {cohort}의 자리 제안에 답변하지 않았습니다."
            ),
            ApplicationStatus.Withdrawn => new(
                $"{person} no longer takes part in {name}, {cohort}.",
                $"لم يعد {person} مشاركًا في {name}، {cohort}.",
                $"{person} 님이 더 이상 {name}, {cohort}에 참여하지 않습니다."
            ),
            ApplicationStatus.Submitted or ApplicationStatus.Waiting or ApplicationStatus.Offered or ApplicationStatus.Rejected =>
                throw new InvalidOperationException($"No alert tells a director of the status {status}."),
        };

    internal static string Isolate(string text) => $"\u2068{text}\u2069";
}
