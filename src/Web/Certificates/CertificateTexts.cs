using System.Globalization;

namespace ConsultHub.Web.Certificates;

/// <summary>
/// The words of a certificate in one language, and how this language writes dates and numbers. Digits are Latin in all languages, as in the
/// client, so that certificates can be compared.
/// </summary>
/// <param name="Hours">A format: {0} is the hours, {1} the minutes.</param>
/// <param name="DayCap">A format: {0} is the most credit that a body counts for one day.</param>
public sealed record CertificateTexts(
    string Language,
    CultureInfo Culture,
    bool RightToLeft,
    string Title,
    string Certifies,
    string Attended,
    string CountedBy,
    string Lectures,
    string Hours,
    string Minutes,
    string Verify,
    string Number,
    string Issued,
    string IssuedBy,
    string Electronic,
    string ListTitle,
    string Date,
    string Lecture,
    string MinutesColumn,
    string CreditColumn,
    string Total,
    string Page,
    string DayCap,
    string Elsewhere
)
{
    private static readonly Dictionary<string, CertificateTexts> All = new()
    {
        ["en"] = new(
            "en",
            CultureOf("en-GB"),
            false,
            "Certificate of Attendance",
            "This is to certify that",
            "attended",
            "Counted by the policy of {0}",
            "Lectures: {0}",
            "{0} h {1} min",
            "{0} min",
            "Scan to verify",
            "Certificate no.",
            "Issued on",
            "Issued by",
            "Issued electronically; valid without a signature.",
            "Lectures attended",
            "Date",
            "Lecture",
            "Minutes",
            "Credit",
            "Total",
            "Page {0} of {1}",
            "At most {0} a day, over all conferences of the network",
            "Counted on these days at other conferences: {0}"
        ),
        ["ar"] = new(
            "ar",
            CultureOf("ar-AE"),
            true,
            "شهادة حضور",
            "نشهد بأنّ",
            "قد حضر فعاليات",
            "محتسبة وفق سياسة {0}",
            "عدد المحاضرات: {0}",
            "الساعات: {0}، الدقائق: {1}",
            "الدقائق: {0}",
            "امسح الرمز للتحقق",
            "رقم الشهادة",
            "تاريخ الإصدار",
            "صادرة عن",
            "صدرت إلكترونيًا وهي صالحة من دون توقيع.",
            "المحاضرات التي تم حضورها",
            "التاريخ",
            "المحاضرة",
            "الدقائق",
            "الرصيد",
            "المجموع",
            "صفحة {0} من {1}",
            "الحد الأقصى لليوم في جميع مؤتمرات الشبكة: {0}",
            "ما احتُسب في الأيام نفسها في مؤتمرات أخرى: {0}"
        ),
        ["ko"] = new(
            "ko",
            CultureOf("ko-KR"),
            false,
            "참석 확인서",
            "아래 사람은",
            "다음 학술 행사에 참석하였음을 확인합니다",
            "{0} 기준으로 산정",
            "강연 {0}건",
            "{0}시간 {1}분",
            "{0}분",
            "QR 코드로 진위 확인",
            "확인서 번호",
            "발급일",
            "발급 기관",
            "전자 발급 문서로, 서명 없이 유효합니다.",
            "참석한 강연",
            "날짜",
            "강연",
            "시간(분)",
            "학점",
            "합계",
            "{1}쪽 중 {0}쪽",
            "네트워크의 모든 학술 행사를 합하여 하루 최대 {0}",
            "같은 날 다른 행사에서 인정: {0}"
        ),
    };

    public static IReadOnlyCollection<string> Languages => All.Keys;

    /// <returns>Null for a language without certificates.</returns>
    public static CertificateTexts? For(string language) => All.GetValueOrDefault(language);

    public string Day(DateOnly day) => Language == "ko" ? day.ToString("yyyy년 M월 d일", Culture) : day.ToString("d MMMM yyyy", Culture);

    /// <summary>One day, or the first and the last day.</summary>
    public string Days(DateOnly first, DateOnly last)
    {
        if (first == last)
            return Day(first);
        if ((first.Year, first.Month) != (last.Year, last.Month))
            return $"{Day(first)} – {Day(last)}";
        return Language == "ko" ? $"{Day(first)} – {last.Day}일" : $"{first.Day}–{Day(last)}";
    }

    public string Time(double minutes)
    {
        var whole = (int)Math.Floor(minutes);
        return whole < 60 ? string.Format(Culture, Minutes, whole) : string.Format(Culture, Hours, whole / 60, whole % 60);
    }

    /// <summary>Writes credit with at most two decimals and without trailing zeros.</summary>
    public static string Credit(decimal credits) => credits.ToString("0.##", CultureInfo.InvariantCulture);

    private static CultureInfo CultureOf(string name)
    {
        var culture = (CultureInfo)CultureInfo.GetCultureInfo(name).Clone();
        culture.DateTimeFormat.Calendar = culture.OptionalCalendars.OfType<GregorianCalendar>().FirstOrDefault() ?? new GregorianCalendar();
        return culture;
    }
}
