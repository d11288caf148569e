using System.Collections.Immutable;
using ConsultHub.Research;

namespace ConsultHub.Silo.Demo;

/// <summary>The demo's initiatives. All of them are invented. Their days are counted from today.</summary>
internal static class DemoInitiatives
{
    private static readonly HospitalId AlQassimi = new("al-qassimi"),
        Women = new("al-qassimi-women"),
        Fujairah = new("fujairah"),
        Kalba = new("kalba");

    private static readonly PartnerId Asan = new("asan");

    private static readonly LocalName ProtocolAgreed = new("Protocol agreed", "اعتماد البروتوكول", "연구계획서 확정"),
        EthicsGranted = new("Ethics granted at all sites", "موافقة لجان الأخلاقيات في جميع المواقع", "전 기관 윤리심의 승인"),
        FirstPerson = new("First participant", "أول مشارك", "첫 참여자 등록"),
        Results = new("Results sent to a journal", "إرسال النتائج إلى مجلة علمية", "결과 논문 투고"),
        TeamFormed = new("Team formed", "تشكيل الفريق", "연구팀 구성"),
        AgreementSigned = new("Agreement signed", "توقيع الاتفاقية", "협약 체결"),
        InUse = new("In use at the first site", "بدء الاستخدام في الموقع الأول", "첫 기관 운영 시작");

    public static IEnumerable<Initiative> Of(DateOnly today, DateTimeOffset now)
    {
        yield return Make(
            "transplant-outcomes",
            InitiativeKind.JointResearch,
            InitiativeStage.Recruiting,
            new("Outcomes after liver transplantation", "نتائج زراعة الكبد", "간이식 후 예후 연구"),
            new(
                "To compare care after transplantation at both institutions, and to agree on one pathway.",
                "مقارنة الرعاية بعد الزراعة في المؤسستين والاتفاق على مسار واحد.",
                "두 기관의 이식 후 진료를 비교하고 공동 진료지침을 마련합니다."
            ),
            [AlQassimi, Fujairah]
        ) with
        {
            Milestones =
            [
                new("protocol", ProtocolAgreed, today.AddDays(-150), [], today.AddDays(-155)),
                new("ethics", EthicsGranted, today.AddDays(-60), ["protocol"], today.AddDays(-58)),
                new("first-participant", FirstPerson, today.AddDays(-3), ["ethics"]),
                new("results", Results, today.AddDays(300), ["first-participant"]),
            ],
            Tasks =
            [
                new("t-leaflet", "Translate the information leaflet", DemoPeople.Lead, today.AddDays(7)),
                new("t-training", "Train the study nurses in Fujairah", DemoPeople.PartnerLead, today.AddDays(12)),
                new("t-registry", "Register the study", DemoPeople.Lead, today.AddDays(-70), today.AddDays(-71)),
            ],
            Approvals = [Granted("al-qassimi", AlQassimi, today), Granted("fujairah", Fujairah, today)],
            Papers =
            [
                new("protocol", "Study protocol, version 2", "https://documents.example.org/transplant/protocol-2"),
                new("agreement", "Agreement on the use of data", null, "EHS-2026-114"),
            ],
            Outputs =
            [
                new("protocol-paper", OutputKind.Publication, "Protocol of the study", null, today.AddDays(-40))
                {
                    Doi = "10.5555/demo.2026.114",
                },
            ],
        };
        yield return Make(
            "neonatal-screening",
            InitiativeKind.JointResearch,
            InitiativeStage.Ethics,
            new("Hearing screening of newborns", "فحص سمع المواليد", "신생아 청각 선별검사"),
            new("To find the shortest safe schedule.", "تحديد أقصر جدول آمن للفحص.", "가장 짧고 안전한 검사 일정을 찾습니다."),
            [Women, Kalba]
        ) with
        {
            Milestones =
            [
                new("protocol", ProtocolAgreed, today.AddDays(-20), [], today.AddDays(-22)),
                new("ethics", EthicsGranted, today.AddDays(25), ["protocol"]),
            ],
            Tasks = [new("t-answers", "Answer the committee's questions", DemoPeople.Lead, today.AddDays(5))],
            Approvals =
            [
                Granted("women", Women, today),
                new("kalba", Kalba, "Research ethics committee", "EHS-REC-061", ApprovalState.Asked),
            ],
        };
        yield return Make(
            "smart-ward",
            InitiativeKind.ResearchInnovation,
            InitiativeStage.Funding,
            new("Ideas for a smart ward", "أفكار لجناح ذكي", "스마트 병동 아이디어"),
            new(
                "To try out good ideas of the staff within a year.",
                "تجربة أفكار الموظفين الجيدة خلال عام.",
                "직원의 좋은 아이디어를 1년 안에 시험합니다."
            ),
            [AlQassimi]
        ) with
        {
            Milestones = [new("team", TeamFormed, today.AddDays(14), []), new("in-use", InUse, today.AddDays(200), ["team"])],
            Tasks = [new("t-jury", "Invite the jury", DemoPeople.Lead, today.AddDays(9))],
            Calls =
            [
                new(
                    "spring",
                    new("First call: quieter nights", "الدعوة الأولى: ليالٍ أهدأ", "1차 공모: 조용한 밤"),
                    now.AddDays(-20),
                    now.AddDays(20),
                    "Up to AED 60,000 for each of three proposals"
                ),
            ],
            Proposals =
            [
                new(
                    "p-lights",
                    "spring",
                    "Lights that follow the nurse",
                    "Floor lights are on only where somebody walks.",
                    DemoPeople.PartnerLead,
                    now.AddDays(-9)
                ),
                new(
                    "p-alarms",
                    "spring",
                    "One alarm at a time",
                    "Alarms of one bed are joined, so that one sound tells of all.",
                    DemoPeople.Lead,
                    now.AddDays(-4)
                ),
            ],
            Decisions = [new("p-lights", ProposalOutcome.Reserved, DemoPeople.Lead, now.AddDays(-2))],
        };
        yield return Make(
            "triage-assistant",
            InitiativeKind.ResearchInnovation,
            InitiativeStage.Idea,
            new("Assistant for triage", "مساعد للفرز الطبي", "중증도 분류 도우미"),
            null,
            [Fujairah]
        ) with
        {
            Milestones = [new("team", TeamFormed, today.AddDays(40), [])],
        };
        yield return Make(
            "shared-biobank",
            InitiativeKind.ResearchInfrastructure,
            InitiativeStage.Agreements,
            new("Shared biobank", "بنك حيوي مشترك", "공동 바이오뱅크"),
            new(
                "One way to ask for samples at both institutions.",
                "طريقة واحدة لطلب العينات في المؤسستين.",
                "두 기관의 검체를 한 가지 절차로 신청합니다."
            ),
            [AlQassimi, Women]
        ) with
        {
            Milestones =
            [
                new("agreement", AgreementSigned, today.AddDays(30), []),
                new("in-use", InUse, today.AddDays(120), ["agreement"]),
            ],
            Resources =
            [
                new(
                    "liver-samples",
                    ResourceKind.Biobank,
                    new("Liver samples", "عينات كبد", "간 검체"),
                    null,
                    Asan,
                    "biobank@partner.example.org",
                    "For joint studies with a granted ethics approval."
                ),
                new(
                    "sequencer",
                    ResourceKind.Equipment,
                    new("Sequencer", "جهاز تسلسل جيني", "염기서열 분석기"),
                    AlQassimi,
                    null,
                    "laboratory@network.example.org",
                    "Two days a week, booked a month before."
                ),
            ],
        };
        yield return Make(
            "cardiac-registry",
            InitiativeKind.ResearchInfrastructure,
            InitiativeStage.Published,
            new("Cardiac surgery registry", "سجل جراحة القلب", "심장수술 레지스트리"),
            new("To count the same things in the same way.", "عدّ الأشياء نفسها بالطريقة نفسها.", "같은 지표를 같은 방식으로 집계합니다."),
            [AlQassimi]
        ) with
        {
            Milestones =
            [
                new("agreement", AgreementSigned, today.AddDays(-200), [], today.AddDays(-205)),
                new("in-use", InUse, today.AddDays(-90), ["agreement"], today.AddDays(-95)),
            ],
            Approvals = [Granted("al-qassimi", AlQassimi, today)],
            Resources =
            [
                new(
                    "registry",
                    ResourceKind.Registry,
                    new("Registry of cardiac surgery", "سجل جراحة القلب", "심장수술 레지스트리"),
                    AlQassimi,
                    null,
                    "registry@network.example.org",
                    "Summaries only."
                ),
            ],
            Outputs =
            [
                new("data", OutputKind.Dataset, "Definitions of the registry", "EHS-REG-2026", today.AddDays(-60))
                {
                    Doi = "10.5555/demo.registry.1",
                },
                new("guide", OutputKind.Guideline, "How to enter an operation", "EHS-G-31", today.AddDays(-30)),
            ],
        };
    }

    private static Initiative Make(
        string id,
        InitiativeKind kind,
        InitiativeStage stage,
        LocalName title,
        LocalName? aims,
        ImmutableArray<HospitalId> sites
    ) =>
        new()
        {
            Profile = new(
                new(id),
                DemoPeople.Network,
                kind,
                title,
                aims,
                null,
                Asan,
                sites,
                DemoPeople.Lead,
                DemoPeople.PartnerLead,
                stage,
                Open: stage != InitiativeStage.Idea,
                Public: stage >= InitiativeStage.Analysis
            ),
        };

    private static EthicsApproval Granted(string id, HospitalId site, DateOnly today) =>
        new(id, site, "Research ethics committee", "EHS-REC-0" + id.Length, ApprovalState.Granted, today.AddDays(-80), today.AddDays(285));
}
