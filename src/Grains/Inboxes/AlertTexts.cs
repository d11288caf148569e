using System.Collections.Immutable;
using System.Globalization;
using ConsultHub.Rostering;
using Humanizer;

// Each named value of an enum has a case, and the compiler reports a missing case. CS8524 would also demand a case for numbers
// without a name.
#pragma warning disable CS8524

namespace ConsultHub.Inboxes;

/// <summary>
/// The sentences of an alert about an engagement in the hub's languages. They name exact times in the hospital's zone and in the reader's
/// zone, so that a stored sentence stays correct. Humanizer writes the durations. Names and titles are isolated, so that their script does
/// not change the order of the sentence. The Arabic sentences avoid forms that depend on the reader's gender. The Korean sentences avoid
/// particles that depend on the last letter of a name.
/// </summary>
public static class AlertTexts
{
    private static readonly CultureInfo En = CultureInfo.GetCultureInfo("en-GB"),
        Ar = CultureInfo.GetCultureInfo("ar-AE"),
        Ko = CultureInfo.GetCultureInfo("ko-KR");

    /// <returns>Keys <c>en</c>, <c>ar</c> and <c>ko</c>.</returns>
    public static ImmutableDictionary<string, string> Of(RaiseAlert alert, AlertWords words) =>
        ImmutableDictionary.CreateRange([
            KeyValuePair.Create("en", English(alert, words)),
            KeyValuePair.Create("ar", Arabic(alert, words)),
            KeyValuePair.Create("ko", Korean(alert, words)),
        ]);

    private static string English(RaiseAlert a, AlertWords w)
    {
        var (title, at, when, by) = (Isolate(a.Engagement.Title), Isolate(w.Hospital.En), When("en", a.Engagement, w), Isolate(w.By.En));
        var place = w.Room is null ? at : $"{Isolate(w.Room.En)}, {at}";
        var reason = a.Reason is null ? "" : $" Reason: {Sentence(a.Reason)}";
        return a.Kind switch
        {
            AlertKind.Assigned => $"You are assigned to {title}: {place}, {when}.",
            AlertKind.Released => $"You are no longer assigned to {title} at {at}, {when}.{reason}",
            AlertKind.TimeChanged => $"{title} at {at} {Shift(a, En, "moved {0} later", "moved {0} earlier", "now lasts {0}")}: {when}"
                + $"{AlsoRoom(a, w, "en", "; new room: {0}", "; now remote")}.{reason}",
            AlertKind.RoomChanged => $"{title} has a new room: {place}, {when}.{reason}",
            AlertKind.Proposed =>
                $"{by} asks you to take {title}: {place}, {when}.{reason} Please answer within {Span(AnswerTime(a, w), En)}.",
            AlertKind.ProposalWithdrawn => $"You need no longer answer about {title} at {at}, {when}.",
            AlertKind.EmergencyMoved => $"Urgent: {title} is now in {place}, {when}. Please acknowledge.{reason}",
            AlertKind.Cancelled => $"{title} at {at}, {when}, is cancelled.{reason}",
            AlertKind.ProposalAccepted => $"{by} has accepted {title} at {at}, {when}.",
            AlertKind.ProposalDeclined => $"{by} has declined {title} at {at}, {when}.{reason}",
            AlertKind.ProposalExpired => $"{by} did not answer in time about {title} at {at}, {when}. Somebody else is asked now.",
            AlertKind.NobodyAnswered when Declined(a) =>
                $"Nobody has taken {title} at {at}, {when}. {by} has declined.{reason} It needs you.",
            AlertKind.NobodyAnswered => $"Nobody has taken {title} at {at}, {when}. {by} did not answer in time. It needs you.",
            AlertKind.NotAcknowledged => $"{by} has not yet acknowledged an urgent alert about {title} at {at}, {when}.",
            AlertKind.Reinstated =>
                $"Urgent: {title} was cancelled and takes place after all: {place}, {when}. Please acknowledge.{reason}",
            AlertKind.ChangeUndone =>
                $"The last change of {title} was taken back; it is {Status(a.Engagement.Status, "en")} now: {place}, {when}.{reason}",
            AlertKind.NeedsAttention => $"{title} at {at}, {when}, needs attention: {Reasons("en", a.Engagement)}.",
            AlertKind.SessionMoved
            or AlertKind.ProgrammeChanged
            or AlertKind.PlaceFree
            or AlertKind.FactorReset
            or AlertKind.GraveChange
            or AlertKind.PlaceOffered
            or AlertKind.OfferLapsed
            or AlertKind.ApplicationReceived
            or AlertKind.OfferAnswered
            or AlertKind.ApplicationDecided
            or AlertKind.MilestoneLate
            or AlertKind.TaskGiven
            or AlertKind.ProposalDecided
            or AlertKind.RotationChanged
            or AlertKind.CasesReturned
            or AlertKind.Assessed
            or AlertKind.CourseChanged
            or AlertKind.MeetingChanged
            or AlertKind.PaperLapses => throw NotOfEngagement(a.Kind),
        };
    }

    private static string Arabic(RaiseAlert a, AlertWords w)
    {
        var (title, at, when, by) = (
            $"«{Isolate(a.Engagement.Title)}»",
            Isolate(w.Hospital.In("ar")),
            When("ar", a.Engagement, w),
            Isolate(w.By.In("ar"))
        );
        var place = w.Room is null ? at : $"{Isolate(w.Room.In("ar"))}، {at}";
        var reason = a.Reason is null ? "" : $" السبب: {Sentence(a.Reason)}";
        return a.Kind switch
        {
            AlertKind.Assigned => $"أُسندت إليك مهمة {title}: {place}، {when}.",
            AlertKind.Released => $"أُلغي تكليفك بمهمة {title} في {at}، {when}.{reason}",
            AlertKind.TimeChanged => Shift(
                a,
                Ar,
                "تأخّر موعد مهمة {1} في {2} بمقدار {0}",
                "تقدّم موعد مهمة {1} في {2} بمقدار {0}",
                "تغيّرت مدة مهمة {1} في {2} لتصبح {0}",
                title,
                at
            ) + $": {when}{AlsoRoom(a, w, "ar", "؛ الغرفة الجديدة: {0}", "؛ أصبحت عن بُعد")}.{reason}",
            AlertKind.RoomChanged => $"تغيّر مكان مهمة {title}: {place}، {when}.{reason}",
            AlertKind.Proposed =>
                $"طلبٌ من {by} لتولّي مهمة {title}: {place}، {when}.{reason} يُرجى الرد خلال {Span(AnswerTime(a, w), Ar)}.",
            AlertKind.ProposalWithdrawn => $"لم يعد الرد مطلوبًا بشأن مهمة {title} في {at}، {when}.",
            AlertKind.EmergencyMoved => $"عاجل: أصبحت مهمة {title} في {place}، {when}. يُرجى تأكيد الاطلاع.{reason}",
            AlertKind.Cancelled => $"أُلغيت مهمة {title} في {at}، {when}.{reason}",
            AlertKind.ProposalAccepted => $"وردت موافقة {by} على تولّي مهمة {title} في {at}، {when}.",
            AlertKind.ProposalDeclined => $"ورد اعتذار {by} عن مهمة {title} في {at}، {when}.{reason}",
            AlertKind.ProposalExpired => $"لم يصل رد {by} في الوقت المحدد بشأن مهمة {title} في {at}، {when}. وُجّه الطلب الآن إلى شخص آخر.",
            AlertKind.NobodyAnswered when Declined(a) =>
                $"لم يقبل أحد تولّي مهمة {title} في {at}، {when}. ورد اعتذار {by}.{reason} الأمر بحاجة إلى تدخّلك.",
            AlertKind.NobodyAnswered =>
                $"لم يقبل أحد تولّي مهمة {title} في {at}، {when}. لم يصل رد {by} في الوقت المحدد. الأمر بحاجة إلى تدخّلك.",
            AlertKind.NotAcknowledged => $"لم يصل بعد تأكيد اطلاع {by} على تنبيه عاجل بشأن مهمة {title} في {at}، {when}.",
            AlertKind.Reinstated => $"عاجل: أُعيدت مهمة {title} بعد إلغائها: {place}، {when}. يُرجى تأكيد الاطلاع.{reason}",
            AlertKind.ChangeUndone =>
                $"تم التراجع عن آخر تغيير في مهمة {title}، وحالتها الآن: {Status(a.Engagement.Status, "ar")}. {place}، {when}.{reason}",
            AlertKind.NeedsAttention => $"مهمة {title} في {at}، {when}، بحاجة إلى انتباهك: {Reasons("ar", a.Engagement)}.",
            AlertKind.SessionMoved
            or AlertKind.ProgrammeChanged
            or AlertKind.PlaceFree
            or AlertKind.FactorReset
            or AlertKind.GraveChange
            or AlertKind.PlaceOffered
            or AlertKind.OfferLapsed
            or AlertKind.ApplicationReceived
            or AlertKind.OfferAnswered
            or AlertKind.ApplicationDecided
            or AlertKind.MilestoneLate
            or AlertKind.TaskGiven
            or AlertKind.ProposalDecided
            or AlertKind.RotationChanged
            or AlertKind.CasesReturned
            or AlertKind.Assessed
            or AlertKind.CourseChanged
            or AlertKind.MeetingChanged
            or AlertKind.PaperLapses => throw NotOfEngagement(a.Kind),
        };
    }

    private static string Korean(RaiseAlert a, AlertWords w)
    {
        var (title, at, when, by) = (
            $"‘{Isolate(a.Engagement.Title)}’",
            Isolate(w.Hospital.In("ko")),
            When("ko", a.Engagement, w),
            $"{Isolate(w.By.In("ko"))} 님"
        );
        var place = w.Room is null ? at : $"{at} {Isolate(w.Room.In("ko"))}";
        var reason = a.Reason is null ? "" : $" 사유: {Sentence(a.Reason)}";
        return a.Kind switch
        {
            AlertKind.Assigned => $"{title} 일정에 배정되셨습니다: {place}, {when}.",
            AlertKind.Released => $"{title} 일정 배정이 해제되었습니다: {at}, {when}.{reason}",
            AlertKind.TimeChanged =>
                $"{title} 일정{Shift(a, Ko, "이 {0} 늦춰졌습니다", "이 {0} 앞당겨졌습니다", "의 길이가 변경되었습니다(총 {0})")}: {at}, {when}"
                    + $"{AlsoRoom(a, w, "ko", "; 새 장소: {0}", "; 원격으로 변경")}.{reason}",
            AlertKind.RoomChanged => $"{title} 일정의 장소가 변경되었습니다: {place}, {when}.{reason}",
            AlertKind.Proposed =>
                $"{by}이 {title} 일정을 맡아 달라고 요청했습니다: {place}, {when}.{reason} {Span(AnswerTime(a, w), Ko)} 안에 답변해 주세요.",
            AlertKind.ProposalWithdrawn => $"{title} 요청에 더 이상 답변하지 않으셔도 됩니다: {at}, {when}.",
            AlertKind.EmergencyMoved => $"긴급: {title} 일정이 변경되었습니다: {place}, {when}. 확인해 주세요.{reason}",
            AlertKind.Cancelled => $"{title} 일정이 취소되었습니다: {at}, {when}.{reason}",
            AlertKind.ProposalAccepted => $"{by}이 {title} 일정을 맡겠다고 수락했습니다: {at}, {when}.",
            AlertKind.ProposalDeclined => $"{by}이 {title} 일정 요청을 거절했습니다: {at}, {when}.{reason}",
            AlertKind.ProposalExpired =>
                $"{by}이 {title} 일정 요청에 제시간에 답변하지 않았습니다: {at}, {when}. 이제 다른 분께 요청했습니다.",
            AlertKind.NobodyAnswered when Declined(a) =>
                $"{title} 일정을 맡겠다고 한 사람이 없습니다: {at}, {when}. {by}이 거절했습니다.{reason} 조치가 필요합니다.",
            AlertKind.NobodyAnswered =>
                $"{title} 일정을 맡겠다고 한 사람이 없습니다: {at}, {when}. {by}이 제시간에 답변하지 않았습니다. 조치가 필요합니다.",
            AlertKind.NotAcknowledged => $"{by}이 {title} 일정에 관한 긴급 알림을 아직 확인하지 않았습니다: {at}, {when}.",
            AlertKind.Reinstated => $"긴급: 취소되었던 {title} 일정이 다시 진행됩니다: {place}, {when}. 확인해 주세요.{reason}",
            AlertKind.ChangeUndone =>
                $"{title} 일정의 마지막 변경이 취소되었습니다. 현재 상태: {Status(a.Engagement.Status, "ko")}. {place}, {when}.{reason}",
            AlertKind.NeedsAttention => $"{title} 일정을 확인해 주세요: {at}, {when}. {Reasons("ko", a.Engagement)}.",
            AlertKind.SessionMoved
            or AlertKind.ProgrammeChanged
            or AlertKind.PlaceFree
            or AlertKind.FactorReset
            or AlertKind.GraveChange
            or AlertKind.PlaceOffered
            or AlertKind.OfferLapsed
            or AlertKind.ApplicationReceived
            or AlertKind.OfferAnswered
            or AlertKind.ApplicationDecided
            or AlertKind.MilestoneLate
            or AlertKind.TaskGiven
            or AlertKind.ProposalDecided
            or AlertKind.RotationChanged
            or AlertKind.CasesReturned
            or AlertKind.Assessed
            or AlertKind.CourseChanged
            or AlertKind.MeetingChanged
            or AlertKind.PaperLapses => throw NotOfEngagement(a.Kind),
        };
    }

    /// <summary>An alert that is not about an engagement is an <see cref="IAlertMessage"/>, which writes its own sentences.</summary>
    private static ArgumentOutOfRangeException NotOfEngagement(AlertKind kind) => new(nameof(kind), kind, null);

    /// <summary>
    /// Writes a time such as <c>Tuesday 24 November, 09:00–10:00 (Seoul 14:00)</c>. If the time is on another day in the reader's zone, the
    /// weekday there is named too.
    /// </summary>
    private static string When(string language, Engagement engagement, AlertWords words)
    {
        var (start, end) = (TimeZoneInfo.ConvertTime(engagement.Start, words.Zone), TimeZoneInfo.ConvertTime(engagement.End, words.Zone));
        var (day, separator) = language switch
        {
            "ar" => (start.ToString("dddd d MMMM", Ar), "، "),
            "ko" => (start.ToString("M'월' d'일' '('ddd')'", Ko), " "),
            _ => (start.ToString("dddd d MMMM", En), ", "),
        };
        var text = $"{day}{separator}{Range(start, end)}";
        var home = TimeZoneInfo.ConvertTime(engagement.Start, words.Home);
        if (home.Offset == start.Offset)
            return text;
        var culture = language switch
        {
            "ar" => Ar,
            "ko" => Ko,
            _ => En,
        };
        var homeDay = home.Date == start.Date ? "" : home.ToString("dddd", culture) + " ";
        return $"{text} ({City(words.Home).In(language)} {homeDay}{home:HH:mm})";
    }

    /// <summary>
    /// Writes the range as a left-to-right isolate (UAX #9). Without the isolate, an Arabic sentence would show the end before the start. A
    /// word joiner prevents a line break inside the range.
    /// </summary>
    private static string Range(DateTimeOffset start, DateTimeOffset end) =>
        string.Create(CultureInfo.InvariantCulture, $"\u2066{start:HH:mm}–\u2060{end:HH:mm}\u2069");

    private static LocalName City(TimeZoneInfo zone) =>
        zone.Id switch
        {
            "Asia/Seoul" => new("Seoul", "سيول", "서울"),
            "Asia/Dubai" => new("Dubai", "دبي", "두바이"),
            var id => new(id[(id.LastIndexOf('/') + 1)..].Replace('_', ' ')),
        };

    private static string Shift(RaiseAlert alert, CultureInfo culture, string later, string earlier, string lasts, params object[] names)
    {
        var shift = alert.Before is null ? TimeSpan.Zero : alert.Engagement.Start - alert.Before.Start;
        var pattern =
            shift > TimeSpan.Zero ? later
            : shift < TimeSpan.Zero ? earlier
            : lasts;
        var span = shift == TimeSpan.Zero ? alert.Engagement.End - alert.Engagement.Start : shift.Duration();
        return string.Format(culture, pattern, [Span(span, culture), .. names]);
    }

    /// <summary>Writes a duration in words, in at most two of the units day, hour and minute. The rest is left out.</summary>
    private static string Span(TimeSpan span, CultureInfo culture)
    {
        var words = span.Humanize(2, culture, TimeUnit.Day, TimeUnit.Minute, culture == Ar ? " و" : " ");
        // Humanizer has the forms for one, two and a few days. From 11 days on, Arabic puts the counted noun in the accusative.
        return culture == Ar && span.Days % 100 is >= 11 and <= 99
            ? words.Replace($"{span.Days} يوم", $"{span.Days} يومًا", StringComparison.Ordinal)
            : words;
    }

    /// <summary>Returns the time that is left to answer, rounded up to whole minutes, at least one minute.</summary>
    private static TimeSpan AnswerTime(RaiseAlert alert, AlertWords words) =>
        alert.Engagement.Proposal is not { } proposal
            ? TimeSpan.Zero
            : TimeSpan.FromMinutes(Math.Max(1, Math.Ceiling((proposal.Deadline - words.Now).TotalMinutes)));

    /// <summary>
    /// Returns an addition to the sentence about a new time: it names the new room or says that the engagement is now remote. Empty if the
    /// room stays the same.
    /// </summary>
    private static string AlsoRoom(RaiseAlert alert, AlertWords words, string language, string pattern, string remote) =>
        alert.Before is not { } before || before.Room == alert.Engagement.Room ? ""
        : words.Room is { } room ? string.Format(CultureInfo.InvariantCulture, pattern, Isolate(room.In(language)))
        : remote;

    private static string Status(EngagementStatus status, string language) =>
        (
            status switch
            {
                EngagementStatus.Planned => new LocalName("planned", "مخطط لها", "예정"),
                EngagementStatus.Confirmed => new("confirmed", "مؤكدة", "확정"),
                EngagementStatus.InProgress => new("in progress", "جارية", "진행 중"),
                EngagementStatus.Completed => new("completed", "مكتملة", "완료"),
                EngagementStatus.Cancelled => new("cancelled", "ملغاة", "취소"),
                EngagementStatus.NoShow => new("a no-show", "سُجّل عدم الحضور", "불참"),
            }
        ).In(language);

    private static bool Declined(RaiseAlert alert) => alert.Engagement.Attention.Contains(AttentionReason.ProposalDeclined);

    private static string Reasons(string language, Engagement engagement) =>
        string.Join(language == "ar" ? "، " : ", ", engagement.Attention.Select(reason => Reason(reason).In(language)));

    private static LocalName Reason(AttentionReason reason) =>
        reason switch
        {
            AttentionReason.NoConsultant => new("nobody is assigned", "لم تُسند إلى أحد", "담당자 없음"),
            AttentionReason.ProposalUnanswered => new("nobody answered the request", "لم يرد أحد على الطلب", "요청에 답변 없음"),
            AttentionReason.ProposalDeclined => new("the request was declined", "ورد اعتذار عن الطلب", "요청이 거절됨"),
            AttentionReason.CredentialLapsed => new("a credential has lapsed", "انتهت صلاحية الترخيص", "면허·권한 만료"),
            AttentionReason.OutsideVisit => new("outside the visit", "خارج فترة الزيارة", "방문 기간이 아님"),
            AttentionReason.ConsultantAbsent => new("the consultant is absent", "الاستشاري غائب", "자문의 부재"),
            AttentionReason.HospitalClosed => new("the hospital is closed", "المستشفى مغلق", "병원 휴무"),
            AttentionReason.RoomGone => new("the room no longer exists", "الغرفة لم تعد متاحة", "사용할 수 없는 장소"),
            AttentionReason.OutsideHours => new("outside working hours", "خارج ساعات العمل", "근무 시간이 아님"),
            AttentionReason.RoomTooSmall => new("the room is too small", "الغرفة صغيرة جدًا", "장소가 좁음"),
            AttentionReason.RoomLacksEquipment => new(
                "the room does not have what is needed",
                "لا يتوفر في الغرفة ما يلزم",
                "장소에 필요한 장비가 없음"
            ),
            AttentionReason.BookingRefused => new(
                "it could not move to the other week",
                "تعذّر نقلها إلى الأسبوع الآخر",
                "다른 주로 옮기지 못함"
            ),
        };

    /// <summary>
    /// Returns a person's words. Adds a full stop if they do not end with a full stop, an exclamation mark or a question mark, because
    /// another sentence can follow.
    /// </summary>
    private static string Sentence(string words) =>
        words.TrimEnd() is var text && text.EndsWith('.') || text.EndsWith('!') || text.EndsWith('?') || text.EndsWith('؟')
            ? Isolate(text)
            : Isolate(text) + ".";

    /// <summary>
    /// Puts a first-strong isolate (Unicode UAX #9) around a name, so that its script does not change the order of the sentence.
    /// </summary>
    private static string Isolate(string text) => $"\u2068{text}\u2069";
}
