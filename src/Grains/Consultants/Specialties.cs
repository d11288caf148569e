using System.Collections.Frozen;
using System.Collections.Immutable;

namespace ConsultHub.Consultants;

/// <param name="Code">The hub's stable code.</param>
/// <param name="Snomed">The SNOMED CT concept from FHIR R4's value set for practice settings (c80-practice-codes).</param>
[GenerateSerializer, Immutable, Alias("hub.Specialty")]
public sealed record Specialty([property: Id(0)] string Code, [property: Id(1)] string Snomed, [property: Id(2)] LocalName Name);

/// <summary>The specialties that credentials and engagements may name.</summary>
public static class Specialties
{
    public static ImmutableArray<Specialty> All { get; } =
    [
        new("cardiology", "394579002", new("Cardiology", "أمراض القلب", "심장내과")),
        new("cardiac-surgery", "408466002", new("Cardiac surgery", "جراحة القلب", "심장외과")),
        new("oncology", "394593009", new("Medical oncology", "طب الأورام", "종양내과")),
        new("neurology", "394591006", new("Neurology", "طب الأعصاب", "신경과")),
        new("neurosurgery", "394610002", new("Neurosurgery", "جراحة الأعصاب", "신경외과")),
        new("orthopaedics", "394801008", new("Orthopaedics", "جراحة العظام", "정형외과")),
        new("transplantation", "408477008", new("Transplantation surgery", "جراحة زراعة الأعضاء", "이식외과")),
        new("gastroenterology", "394584008", new("Gastroenterology", "أمراض الجهاز الهضمي", "소화기내과")),
        new("nephrology", "394589003", new("Nephrology", "أمراض الكلى", "신장내과")),
        new("paediatrics", "394537008", new("Paediatrics", "طب الأطفال", "소아청소년과")),
        new("pulmonology", "418112009", new("Pulmonary medicine", "أمراض الرئة", "호흡기내과")),
        new("radiology", "394914008", new("Radiology", "الأشعة", "영상의학과")),
        new("urology", "394612005", new("Urology", "المسالك البولية", "비뇨의학과")),
        new("endocrinology", "394583002", new("Endocrinology", "الغدد الصماء", "내분비내과")),
        new("emergency-medicine", "394576009", new("Emergency medicine", "طب الطوارئ", "응급의학과")),
    ];

    private static readonly FrozenSet<string> Codes = All.Select(s => s.Code).ToFrozenSet();

    public static bool IsKnown(string? code) => code is not null && Codes.Contains(code);
}
