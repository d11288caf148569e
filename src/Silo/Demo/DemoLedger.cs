using System.Collections.Frozen;
using System.Collections.Immutable;
using ConsultHub.Consultants;
using ConsultHub.Hospitals;
using ConsultHub.Rostering;

namespace ConsultHub.Silo.Demo;

/// <summary>The procedures that two hospitals of the demo have agreed, and the cases that completed engagements count.</summary>
internal static class DemoLedger
{
    private static readonly FrozenDictionary<HospitalId, ImmutableArray<Procedure>> Agreed = new Dictionary<
        HospitalId,
        ImmutableArray<Procedure>
    >
    {
        [new("al-qassimi")] =
        [
            New("tavi", "cardiology", "Transcatheter aortic valve", "تبديل الصمام الأبهري بالقسطرة", "경피적 대동맥판막 치환", 60, 40),
            New("coronary-stent", "cardiology", "Coronary stent", "دعامة الشريان التاجي", "관상동맥 스텐트", 5, 15),
            New("echo-stress", "cardiology", "Stress echocardiography", "تخطيط صدى القلب بالإجهاد", "부하 심초음파", 1, 2),
        ],
        [new("al-qassimi-women")] =
        [
            New("valve-repair", "cardiac-surgery", "Mitral valve repair", "إصلاح الصمام التاجي", "승모판 성형술", 50, 20),
            New("bypass", "cardiac-surgery", "Coronary bypass", "مجازة الشريان التاجي", "관상동맥 우회술", 5, 15),
        ],
    }.ToFrozenDictionary();

    private static Procedure New(string id, string specialty, string en, string ar, string ko, int assisted, int supervised) =>
        new(new(id), specialty, new(en, ar, ko), assisted, supervised);

    /// <summary>
    /// The hospitals with their agreed procedures. The stress echocardiography is signed by a visiting consultant and a clinician of the
    /// network.
    /// </summary>
    public static ImmutableArray<Hospital> With(ImmutableArray<Hospital> hospitals, ImmutableArray<Consultant> consultants, DateOnly today)
    {
        var visiting = consultants.First(c => c.Affiliation is null && c.Specialties.Contains("cardiology")).Id;
        var local = consultants.First(c => c.Affiliation is not null && c.Specialties.Contains("cardiology")).Id;
        return
        [
            .. hospitals.Select(h =>
                h with
                {
                    Procedures =
                    [
                        .. Agreed
                            .GetValueOrDefault(h.Id, [])
                            .Select(p =>
                                p.Id.Value == "echo-stress"
                                    ? p with
                                    {
                                        SignedOn = today.AddDays(-7),
                                        SignedBy = visiting,
                                        CountersignedBy = local,
                                        Reference = "KT-2026-04",
                                    }
                                    : p
                            ),
                    ],
                }
            ),
        ];
    }

    /// <summary>The cases of a completed engagement. Kinds in which no patient is treated have none.</summary>
    public static ImmutableArray<ProcedureCases> CasesOf(Plan plan, int index) =>
        plan.Kind is EngagementKind.Operation or EngagementKind.ClinicalVisit or EngagementKind.ClinicalTeaching
            ?
            [
                .. Agreed
                    .GetValueOrDefault(plan.Hospital, [])
                    .Where(p => p.Specialty == plan.Specialty)
                    .Select((p, i) => new ProcedureCases(p.Id, 1 + ((index + i) % 2), (index + i) % 3 == 0 ? 1 : 0)),
            ]
            : [];
}
