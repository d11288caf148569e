using ConsultHub.Programmes;

namespace ConsultHub.Web.Certificates;

/// <summary>
/// The words of a certificate of completion in one language. <see cref="CertificateTexts"/> has the words of all certificates.
/// </summary>
/// <param name="With">A format: {0} is the partner institution.</param>
/// <param name="Kinds">In the order of <see cref="ProgrammeKind"/>.</param>
internal sealed record CompletionTexts(string Title, string Completed, string With, string ListTitle, string[] Kinds)
{
    private static readonly Dictionary<string, CompletionTexts> All = new()
    {
        ["en"] = new(
            "Certificate of Completion",
            "has completed",
            "in partnership with {0}",
            "What the holder has done",
            [
                "Residency elective",
                "Fellowship",
                "Staff training",
                "Leadership",
                "Clinical teaching",
                "Comprehensive healthcare programme",
                "Smart technology for clinical operations",
            ]
        ),
        ["ar"] = new(
            "شهادة إتمام",
            "قد أتمّ برنامج",
            "بالشراكة مع {0}",
            "ما أنجزه حامل الشهادة",
            [
                "دورة اختيارية للأطباء المقيمين",
                "زمالة",
                "تدريب الكوادر",
                "القيادة",
                "التعليم السريري",
                "برنامج رعاية صحية شامل",
                "التقنيات الذكية للعمليات السريرية",
            ]
        ),
        ["ko"] = new(
            "수료증",
            "다음 과정을 수료하였음을 증명합니다",
            "협력 기관: {0}",
            "이수 내역",
            ["전공의 선택 실습", "펠로십", "직원 교육", "리더십", "임상 교육", "종합 의료 프로그램", "임상 운영 스마트 기술"]
        ),
    };

    /// <param name="language">A language of <see cref="CertificateTexts.Languages"/>.</param>
    public static CompletionTexts For(string language) => All[language];

    public string Kind(ProgrammeKind kind) => Kinds[(int)kind];
}
