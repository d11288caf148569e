using System.Collections.Immutable;
using System.Globalization;

// Each named value of an enum has a case of its own, and the compiler reports a missing case. CS8524 would also demand a case for numbers
// without a name.
#pragma warning disable CS8524

namespace ConsultHub.Research;

/// <summary>
/// The sentences of alerts about initiatives in the hub's languages. Names are between Unicode isolates, so that their script does not
/// change the order of the sentence. The Arabic sentences avoid forms that depend on the reader's gender. The Korean sentences avoid
/// particles that depend on the last letter of a name.
/// </summary>
public static class ResearchTexts
{
    private static readonly CultureInfo En = CultureInfo.GetCultureInfo("en-GB"),
        Ar = CultureInfo.GetCultureInfo("ar-AE"),
        Ko = CultureInfo.GetCultureInfo("ko-KR");

    /// <returns>Keys <c>en</c>, <c>ar</c> and <c>ko</c>.</returns>
    public static ImmutableDictionary<string, string> Of(RaiseResearch raise) =>
        ImmutableDictionary.CreateRange([
            KeyValuePair.Create("en", English(raise)),
            KeyValuePair.Create("ar", Arabic(raise)),
            KeyValuePair.Create("ko", Korean(raise)),
        ]);

    private static string English(RaiseResearch r)
    {
        var (thing, title) = (Isolate(r.Thing.En), Isolate(r.Title.En));
        var day = r.Due?.ToString("dddd d MMMM yyyy", En);
        return r.Kind switch
        {
            AlertKind.MilestoneLate when r.Escalated =>
                $"The milestone {thing} of {title} was due on {day} and is not done. No lead has acknowledged this for two days.",
            AlertKind.MilestoneLate => $"The milestone {thing} of {title} was due on {day} and is not done. Please acknowledge.",
            AlertKind.TaskGiven => $"You have a new task in {title}: {thing}{(day is null ? "" : $", due on {day}")}.",
            AlertKind.MeetingChanged when r.IsCancelled => $"The meeting {thing} of {title} does not take place.",
            AlertKind.MeetingChanged => $"The meeting {thing} of {title} is planned or has moved. Please look at the time.",
            AlertKind.ProposalDecided => $"Your proposal {thing} for {title} was {Outcome(r).En}.",
            _ => throw new ArgumentOutOfRangeException(nameof(r), r.Kind, null),
        };
    }

    private static string Arabic(RaiseResearch r)
    {
        var (thing, title) = ($"«{Isolate(r.Thing.In("ar"))}»", $"«{Isolate(r.Title.In("ar"))}»");
        var day = r.Due?.ToString("dddd d MMMM yyyy", Ar);
        return r.Kind switch
        {
            AlertKind.MilestoneLate when r.Escalated =>
                $"المرحلة {thing} من {title} كان موعدها {day} ولم تُنجز بعد. لم يصل تأكيد اطلاع من قيادة المبادرة منذ يومين.",
            AlertKind.MilestoneLate => $"المرحلة {thing} من {title} كان موعدها {day} ولم تُنجز بعد. يُرجى تأكيد الاطلاع.",
            AlertKind.TaskGiven => $"أُسندت إليك مهمة جديدة في {title}: {thing}{(day is null ? "" : $"، الموعد {day}")}.",
            AlertKind.MeetingChanged when r.IsCancelled => $"أُلغي الاجتماع {thing} ضمن {title}.",
            AlertKind.MeetingChanged => $"حُدّد موعد الاجتماع {thing} ضمن {title} أو تغيّر. يُرجى مراجعة الموعد.",
            AlertKind.ProposalDecided => $"صدر القرار بشأن مقترحك {thing} ضمن {title}: {Outcome(r).In("ar")}.",
            _ => throw new ArgumentOutOfRangeException(nameof(r), r.Kind, null),
        };
    }

    private static string Korean(RaiseResearch r)
    {
        var (thing, title) = ($"‘{Isolate(r.Thing.In("ko"))}’", $"‘{Isolate(r.Title.In("ko"))}’");
        var day = r.Due?.ToString("yyyy'년' M'월' d'일' '('ddd')'", Ko);
        return r.Kind switch
        {
            AlertKind.MilestoneLate when r.Escalated =>
                $"{title} 과제의 {thing} 단계가 기한({day})까지 완료되지 않았습니다. 이틀 동안 책임자가 확인하지 않았습니다.",
            AlertKind.MilestoneLate => $"{title} 과제의 {thing} 단계가 기한({day})까지 완료되지 않았습니다. 확인해 주세요.",
            AlertKind.TaskGiven => $"{title} 과제에서 새 업무를 맡으셨습니다: {thing}{(day is null ? "" : $", 기한 {day}")}.",
            AlertKind.MeetingChanged when r.IsCancelled => $"{title} 과제의 {thing} 회의가 취소되었습니다.",
            AlertKind.MeetingChanged => $"{title} 과제의 {thing} 회의가 잡혔거나 변경되었습니다. 시간을 확인해 주세요.",
            AlertKind.ProposalDecided => $"{title} 과제에 내신 제안서 {thing}의 결과: {Outcome(r).In("ko")}.",
            _ => throw new ArgumentOutOfRangeException(nameof(r), r.Kind, null),
        };
    }

    private static LocalName Outcome(RaiseResearch r) =>
        r.Outcome!.Value switch
        {
            ProposalOutcome.Accepted => new("accepted", "مقبول", "채택"),
            ProposalOutcome.Declined => new("declined", "غير مقبول", "미채택"),
            ProposalOutcome.Reserved => new("put on the reserve list", "على قائمة الاحتياط", "예비 선정"),
        };

    private static string Isolate(string text) => $"\u2068{text}\u2069";
}
