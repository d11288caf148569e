using System.Globalization;
using ConsultHub.Web.Certificates;

namespace ConsultHub.Web.Scorecards;

/// <summary>The words of a printed scorecard in one language.</summary>
/// <param name="Plain">How the language writes dates and pages, and in which direction it runs.</param>
/// <param name="More">A format: {0} is how many hospitals are left out.</param>
public sealed record ScorecardTexts(
    CertificateTexts Plain,
    string Title,
    string Period,
    string Hospital,
    string Specialty,
    string Partner,
    string Limited,
    string ReadAt,
    string StoredAt,
    string Report,
    string Planned,
    string Done,
    string NotRecorded,
    string ByHospital,
    string Empty,
    string More,
    string Rule
)
{
    private static readonly Dictionary<string, ScorecardTexts> All = new()
    {
        ["en"] = new(
            CertificateTexts.For("en")!,
            "Scorecard",
            "Period",
            "Hospital",
            "Specialty",
            "Partner",
            "Only of",
            "Figures read",
            "Report stored",
            "Report",
            "Planned",
            "Done",
            "Not recorded",
            "By hospital",
            "There is nothing in this period.",
            "Not shown here: {0} more hospitals. The CSV file has all of them.",
            "Not recorded counts what is done and has no number. Nothing is guessed for it."
        ),
        ["ar"] = new(
            CertificateTexts.For("ar")!,
            "بطاقة الأداء",
            "الفترة",
            "المستشفى",
            "التخصص",
            "الشريك",
            "تقتصر على",
            "وقت قراءة الأرقام",
            "وقت حفظ التقرير",
            "التقرير",
            "المخطط",
            "المنجز",
            "غير مسجّل",
            "حسب المستشفى",
            "لا شيء في هذه الفترة.",
            "عدد المستشفيات غير المعروضة هنا: {0}. وهي كلها في ملف CSV.",
            "خانة غير مسجّل تعدّ ما أُنجز من دون رقم، ولا يُخمَّن شيء عنه."
        ),
        ["ko"] = new(
            CertificateTexts.For("ko")!,
            "성과표",
            "기간",
            "병원",
            "전문 과목",
            "협력 기관",
            "다음에 한함",
            "조회 시각",
            "보고서 저장 시각",
            "보고서",
            "계획",
            "완료",
            "기록 없음",
            "병원별",
            "이 기간에는 내용이 없습니다.",
            "여기에 표시하지 않은 병원: {0}곳. CSV 파일에는 모두 있습니다.",
            "기록 없음은 완료되었지만 숫자가 없는 건수입니다. 이 숫자는 추정하지 않습니다."
        ),
    };

    /// <returns>Null for a language in which no scorecard is printed.</returns>
    public static ScorecardTexts? For(string language) => All.GetValueOrDefault(language);

    /// <summary>A day and a time in a zone, with the zone's name.</summary>
    public string Instant(DateTimeOffset at, TimeZoneInfo zone)
    {
        var local = TimeZoneInfo.ConvertTime(at, zone).DateTime;
        return $"{Plain.Day(DateOnly.FromDateTime(local))} · {local.ToString("HH:mm", CultureInfo.InvariantCulture)}";
    }
}
