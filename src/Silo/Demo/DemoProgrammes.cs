using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ConsultHub.Consultants;
using ConsultHub.Programmes;
using ConsultHub.Records;

namespace ConsultHub.Silo.Demo;

/// <summary>
/// Two education programmes of each kind at different stages, and the papers of a trainee. Everything is done by commands, as people would
/// do it. The commands have the same ids when they are repeated.
/// </summary>
internal static class DemoProgrammes
{
    private static readonly PersonId Director = new("p-director"),
        Reviewer = new("p-reviewer");

    /// <summary>How far the selection of a programme is.</summary>
    private enum Stage
    {
        Announced,
        Applied,
        Reviewed,
        Offered,
        Accepted,
    }

    /// <param name="Month">When the cohort begins, in months from now.</param>
    private sealed record Entry(
        string Id,
        ProgrammeKind Kind,
        Stage Stage,
        int Month,
        int Months,
        int Places,
        bool AtPartner,
        string? Specialty,
        LocalName Name,
        LocalName Summary
    );

    private static readonly ImmutableArray<Entry> Entries =
    [
        new(
            "elective-cardiology",
            ProgrammeKind.ResidencyElective,
            Stage.Offered,
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
            Stage.Announced,
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
            Stage.Reviewed,
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
            Stage.Accepted,
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
            Stage.Applied,
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
            Stage.Accepted,
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
            Stage.Applied,
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
            Stage.Offered,
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
            Stage.Applied,
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
            Stage.Announced,
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
            Stage.Applied,
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
            Stage.Accepted,
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
            Stage.Announced,
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
            Stage.Applied,
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

    public static async Task SeedAsync(IGrainFactory grains, DemoData data, DateTimeOffset now)
    {
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        await PapersAsync(grains, today);
        for (var i = 0; i < Entries.Length; i++)
            await EnterAsync(grains, data, Entries[i], i, today, now);
    }

    private static async Task EnterAsync(IGrainFactory grains, DemoData data, Entry entry, int index, DateOnly today, DateTimeOffset now)
    {
        var programme = grains.GetGrain<IProgrammeGrain>(entry.Id);
        var firstCome = entry is { AtPartner: false };
        var profile = new ProgrammeProfile(
            new(entry.Id),
            data.Network.Id,
            entry.Kind,
            entry.Name,
            entry.Summary,
            Specialties.All.Any(s => s.Code == entry.Specialty) ? entry.Specialty : null,
            entry.AtPartner ? data.Network.Partners[0].Id : null,
            entry.AtPartner ? [] : [data.Hospitals[index % data.Hospitals.Length].Id],
            entry.AtPartner,
            ["en"],
            Director,
            "education@ehs.example",
            1,
            firstCome ? Admission.FirstCome : Admission.Selection,
            Public: index % 2 == 0
        );
        var from = new DateOnly(today.Year, today.Month, 1).AddMonths(entry.Month);
        var cohort = new Cohort(
            $"{from:yyyy-MM}",
            new(Month("en-GB", from), Month("ar-AE", from), Month("ko-KR", from)),
            from,
            from.AddMonths(entry.Months).AddDays(-1),
            // Before the first day of a cohort that has begun. Until everybody has applied, it is later.
            entry.Stage
                is Stage.Offered
                    or Stage.Accepted
                ? Earlier(now.AddDays(-3), from)
                : now.AddDays(20),
            entry.Places,
            14
        );
        cohort = cohort with { ApplyBy = Earlier(cohort.ApplyBy, from) };
        var open = cohort with { From = today.AddMonths(2), To = today.AddMonths(14), ApplyBy = now.AddDays(30) };
        await EditAsync(programme, entry.Id, "enter", [profile, open, .. RequirementsOf(entry)]);
        var applicants = Enumerable.Range(0, entry.Stage == Stage.Announced ? 0 : Math.Min(entry.Places + 2, DemoPeople.Trainees.Length));
        foreach (var n in applicants)
        {
            var trainee = DemoPeople.Trainees[(index + n) % DemoPeople.Trainees.Length];
            await DecideAsync(
                programme,
                trainee.Id,
                new Apply
                {
                    CommandId = IdOf(entry.Id, $"apply/{n}"),
                    Cohort = cohort.Id,
                    Name = trainee.Name,
                    Reason = "I want to bring this back to my hospital.",
                }
            );
            foreach (var (by, side) in (firstCome || entry.Stage == Stage.Applied) ? [] : Reviewers)
                await DecideAsync(
                    programme,
                    by,
                    new ReviewApplication
                    {
                        CommandId = IdOf(entry.Id, $"review/{n}/{by}"),
                        Cohort = cohort.Id,
                        Person = trainee.Id,
                        Score = 3 + (n % 3),
                        Recommendation = Recommendation.Recommend,
                        Side = side,
                    }
                );
        }
        if (!firstCome && entry.Stage > Stage.Applied)
            await DecideAsync(
                programme,
                Director,
                new RankApplications
                {
                    CommandId = IdOf(entry.Id, "rank"),
                    Cohort = cohort.Id,
                    People = [.. applicants.Select(n => DemoPeople.Trainees[(index + n) % DemoPeople.Trainees.Length].Id)],
                }
            );
        if (!firstCome && entry.Stage is Stage.Offered or Stage.Accepted)
        {
            await EditAsync(programme, entry.Id, "close", [open with { ApplyBy = now.AddMinutes(-1) }]);
            await DecideAsync(programme, Director, new OfferPlaces { CommandId = IdOf(entry.Id, "offer"), Cohort = cohort.Id });
        }
        if (!firstCome && entry.Stage == Stage.Accepted)
            foreach (var n in applicants.Take(entry.Places))
                await DecideAsync(
                    programme,
                    DemoPeople.Trainees[(index + n) % DemoPeople.Trainees.Length].Id,
                    new AnswerOffer
                    {
                        CommandId = IdOf(entry.Id, $"answer/{n}"),
                        Cohort = cohort.Id,
                        Accept = true,
                    }
                );
        await EditAsync(programme, entry.Id, "dates", [cohort]);
    }

    private static readonly ImmutableArray<(PersonId By, ReviewSide Side)> Reviewers =
    [
        (Director, ReviewSide.Network),
        (Reviewer, ReviewSide.Partner),
    ];

    private static IEnumerable<IRecord> RequirementsOf(Entry entry)
    {
        yield return new ProgrammeRequirement(
            "licence",
            DocumentKind.Licence,
            new("Licence of the home country", "ترخيص بلد الموطن", "본국 면허"),
            Lasts: true,
            Responsible.Trainee
        );
        if (!entry.AtPartner)
            yield break;
        yield return new ProgrammeRequirement("visa", DocumentKind.Visa, new("Visa", "تأشيرة", "비자"), Lasts: true, Responsible.Sender);
        yield return new ProgrammeRequirement(
            "insurance",
            DocumentKind.Insurance,
            new("Liability insurance", "تأمين المسؤولية", "배상책임보험"),
            Lasts: true,
            Responsible.Host
        );
        yield return new ProgrammeRequirement(
            "hepatitis",
            DocumentKind.Immunisation,
            new("Immunisation against hepatitis B", "التطعيم ضد التهاب الكبد ب", "B형 간염 예방접종"),
            Lasts: false,
            Responsible.Trainee
        );
        if (entry.Kind == ProgrammeKind.Fellowship)
            yield return new ProgrammeRequirement(
                "limited-practice",
                DocumentKind.LimitedPractice,
                new("Approval for limited medical practice", "الموافقة على ممارسة طبية محدودة", "제한적 의료행위 승인"),
                Lasts: true,
                Responsible.Host,
                MostMonths: 12,
                Conditions: "At least 3 years' experience, at least 3 months of training before, a named training specialist.",
                Source: "Ministry of Health and Welfare (Korea), as reported by koreabiomed.com, 2019-12-06"
            );
    }

    /// <summary>The first trainee has some papers: one checked, one that lapses early, and others that are missing.</summary>
    private static async Task PapersAsync(IGrainFactory grains, DateOnly today)
    {
        var trainee = DemoPeople.Trainees[0];
        var dossier = grains.GetGrain<IDossierGrain>(trainee.Id.Value);
        var licence = new DossierDocument(
            "licence",
            DocumentKind.Licence,
            "MOHAP licence, internal medicine",
            "Ministry of Health and Prevention",
            "File 2231",
            today.AddYears(-2),
            today.AddYears(3)
        );
        await dossier.EditAsync(
            new(trainee.Id, Role.Trainee),
            new(
                IdOf("papers", "enter"),
                [
                    RecordEdit.Put(licence),
                    RecordEdit.Put(
                        new DossierDocument(
                            "insurance",
                            DocumentKind.Insurance,
                            "Liability insurance",
                            "Example Insurance",
                            "Policy 77-120",
                            today.AddMonths(-1),
                            today.AddMonths(4)
                        )
                    ),
                ]
            )
        );
        await dossier.CheckDocumentAsync(new(Director, Role.ProgrammeDirector), "licence", RecordTag.Of(licence));
    }

    internal static async Task EditAsync(
        IProgrammeGrain programme,
        string id,
        string what,
        IEnumerable<IRecord> records,
        string? reason = null
    )
    {
        var command = new EditRecords(IdOf(id, what), [.. records.Select(r => RecordEdit.Put(r))], reason);
        if (await programme.EditAsync(Actor.System, command) is RecordsRefused refused)
            throw new RecordsRefusedException(refused);
    }

    private static async Task DecideAsync(IProgrammeGrain programme, PersonId by, ProgrammeCommand command)
    {
        if ((await programme.DecideAsync(new(by, Role.Trainee), command)).Refusal is { } refusal)
            throw new InvalidOperationException($"{programme.GetPrimaryKeyString()}: {refusal.Message}");
    }

    private static string Month(string culture, DateOnly day) => day.ToString("Y", CultureInfo.GetCultureInfo(culture));

    private static DateTimeOffset Earlier(DateTimeOffset at, DateOnly day) =>
        new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero) is var begins && begins < at ? begins : at;

    internal static Guid IdOf(string programme, string what) =>
        new(SHA256.HashData(Encoding.UTF8.GetBytes($"demo/{programme}/{what}")).AsSpan(0, 16));
}
