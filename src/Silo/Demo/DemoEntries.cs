using System.Collections.Immutable;
using ConsultHub.Programmes;

namespace ConsultHub.Silo.Demo;

/// <summary>How far the selection of a programme is.</summary>
internal enum DemoStage
{
    Announced,
    Applied,
    Reviewed,
    Offered,
    Accepted,
}

/// <summary>An education programme with one of its cohorts.</summary>
/// <param name="Month">When the cohort begins, in months from now.</param>
internal sealed record DemoEntry(
    string Id,
    ProgrammeKind Kind,
    DemoStage Stage,
    int Month,
    int Months,
    int Places,
    bool AtPartner,
    string? Specialty,
    LocalName Name,
    LocalName Summary
);

/// <summary>The education programmes of the demo, two of each kind at different stages.</summary>
internal static class DemoEntries
{
    public static ImmutableArray<DemoEntry> All { get; } =
    [
        new(
            "elective-cardiology",
            ProgrammeKind.ResidencyElective,
            DemoStage.Offered,
            3,
            2,
            2,
            true,
            "cardiology",
            new("Elective in interventional cardiology", "دورة اختيارية في القسطرة القلبية", "중재 심장학 선택 실습"),
            new(
                "Eight weeks in the catheter laboratory in Seoul, with supervised procedures.",
                "ثمانية أسابيع في مختبر القسطرة في سيول مع إجراءات تحت الإشراف.",
                "서울의 심도자실에서 지도 아래 시술에 참여하는 8주 과정입니다."
            )
        ),
        new(
            "elective-oncology",
            ProgrammeKind.ResidencyElective,
            DemoStage.Announced,
            6,
            3,
            3,
            true,
            "oncology",
            new("Elective in medical oncology", "دورة اختيارية في الأورام", "종양내과 선택 실습"),
            new(
                "Tumour boards, clinics and ward rounds with the oncology team.",
                "مجالس الأورام والعيادات والمرور على الأجنحة مع فريق الأورام.",
                "종양내과 팀과 함께하는 다학제 회의, 외래, 회진."
            )
        ),
        new(
            "fellowship-transplant",
            ProgrammeKind.Fellowship,
            DemoStage.Reviewed,
            5,
            12,
            1,
            true,
            null,
            new("Fellowship in liver transplantation", "زمالة زراعة الكبد", "간이식 펠로십"),
            new(
                "A year with the transplant team. Korea’s approval for limited medical practice is needed.",
                "سنة مع فريق زراعة الأعضاء. تلزم موافقة كوريا على ممارسة طبية محدودة.",
                "간이식 팀과 함께하는 1년 과정. 한국의 제한적 의료행위 승인이 필요합니다."
            )
        ),
        new(
            "fellowship-stroke",
            ProgrammeKind.Fellowship,
            DemoStage.Accepted,
            -1,
            12,
            2,
            true,
            "neurology",
            new("Fellowship in stroke care", "زمالة رعاية السكتة الدماغية", "뇌졸중 펠로십"),
            new(
                "Acute stroke care from the emergency room to rehabilitation.",
                "رعاية السكتة الحادة من الطوارئ إلى التأهيل.",
                "응급실부터 재활까지의 급성 뇌졸중 진료."
            )
        ),
        new(
            "training-icu-nurses",
            ProgrammeKind.StaffTraining,
            DemoStage.Applied,
            1,
            1,
            4,
            false,
            null,
            new("Intensive care for nurses", "العناية المركزة لكوادر التمريض", "간호사 중환자 간호 교육"),
            new(
                "Ventilation, sedation and family talks, in four half days.",
                "التنفس الاصطناعي والتهدئة والحوار مع الأسرة في أربعة أنصاف أيام.",
                "인공호흡, 진정, 가족 상담을 다루는 반나절 4회 과정."
            )
        ),
        new(
            "training-echo",
            ProgrammeKind.StaffTraining,
            DemoStage.Accepted,
            -1,
            2,
            3,
            false,
            "cardiology",
            new("Echocardiography for technicians", "تخطيط صدى القلب للفنيين", "심초음파 기사 교육"),
            new("Standard views, measurements and reports.", "المقاطع المعيارية والقياسات والتقارير.", "표준 단면, 측정, 판독 보고.")
        ),
        new(
            "leadership-heads",
            ProgrammeKind.Leadership,
            DemoStage.Applied,
            2,
            6,
            3,
            false,
            null,
            new("Leading a department", "قيادة الأقسام", "진료과 운영 리더십"),
            new(
                "For new heads of departments: people, budgets and quality.",
                "لرؤساء الأقسام الجدد: الأفراد والميزانيات والجودة.",
                "신임 과장을 위한 인사, 예산, 질 관리 과정."
            )
        ),
        new(
            "leadership-nursing",
            ProgrammeKind.Leadership,
            DemoStage.Offered,
            3,
            6,
            2,
            true,
            null,
            new("Leadership in nursing", "القيادة التمريضية", "간호 리더십"),
            new("Two weeks in Seoul and a project at home.", "أسبوعان في سيول ومشروع في المستشفى.", "서울 2주 연수와 소속 병원 프로젝트.")
        ),
        new(
            "teaching-bedside",
            ProgrammeKind.ClinicalTeaching,
            DemoStage.Applied,
            1,
            3,
            4,
            false,
            null,
            new("Teaching at the bedside", "التعليم بجانب سرير المريض", "병상 교육"),
            new(
                "Visiting consultants teach ward teams each week.",
                "يعلّم الاستشاريون الزائرون فرق الأجنحة كل أسبوع.",
                "방문 자문의가 매주 병동 팀을 교육합니다."
            )
        ),
        new(
            "teaching-simulation",
            ProgrammeKind.ClinicalTeaching,
            DemoStage.Announced,
            4,
            2,
            6,
            false,
            null,
            new("Simulation for emergency teams", "المحاكاة لفرق الطوارئ", "응급팀 시뮬레이션 교육"),
            new("Team training with debriefing.", "تدريب الفرق مع المراجعة.", "디브리핑을 포함한 팀 훈련.")
        ),
        new(
            "care-diabetes",
            ProgrammeKind.ComprehensiveHealthcare,
            DemoStage.Applied,
            2,
            12,
            5,
            false,
            "endocrinology",
            new("Comprehensive diabetes care", "الرعاية الشاملة للسكري", "당뇨병 종합 관리"),
            new(
                "One pathway from screening to rehabilitation, built with the partner.",
                "مسار واحد من الكشف المبكر إلى التأهيل بالتعاون مع الشريك.",
                "협력 기관과 함께 만드는 선별부터 재활까지의 진료 과정."
            )
        ),
        new(
            "care-heart",
            ProgrammeKind.ComprehensiveHealthcare,
            DemoStage.Accepted,
            -2,
            12,
            4,
            false,
            "cardiology",
            new("Heart failure clinics", "عيادات قصور القلب", "심부전 클리닉"),
            new(
                "Clinics, telemonitoring and shared protocols.",
                "عيادات ومراقبة عن بعد وبروتوكولات مشتركة.",
                "외래, 원격 모니터링, 공동 프로토콜."
            )
        ),
        new(
            "smart-beds",
            ProgrammeKind.SmartTechnology,
            DemoStage.Announced,
            3,
            4,
            6,
            false,
            null,
            new("Smart bed management", "الإدارة الذكية للأسرّة", "스마트 병상 관리"),
            new(
                "How Seoul plans beds and theatres with live data.",
                "كيف تُخطط الأسرّة وغرف العمليات في سيول ببيانات حية.",
                "실시간 데이터로 병상과 수술실을 운영하는 방법."
            )
        ),
        new(
            "smart-imaging",
            ProgrammeKind.SmartTechnology,
            DemoStage.Applied,
            2,
            3,
            3,
            false,
            "radiology",
            new("Smart tools in imaging", "الأدوات الذكية في التصوير الطبي", "영상의학 스마트 도구"),
            new(
                "Reading support, worklists and quality checks.",
                "دعم القراءة وقوائم العمل وفحوص الجودة.",
                "판독 지원, 작업 목록, 품질 점검."
            )
        ),
    ];
}
