using System.Collections.Immutable;
using System.Text.Json.Serialization;
using ConsultHub.Journal;
using ConsultHub.Records;
using Orleans.Concurrency;

namespace ConsultHub.Consultants;

/// <summary>A medical specialty that credentials and engagements may name.</summary>
/// <param name="Code">The hub's stable code.</param>
/// <param name="Snomed">
///     The SNOMED CT concept, such as those of FHIR R4's value set for practice settings (c80-practice-codes). It tells that a specialty of
///     another code list is the same one, so no two specialties have the same concept.
/// </param>
/// <param name="Until">UTC. From then on, nothing new can be planned in this specialty. Null if it has no end.</param>
[GenerateSerializer, Immutable, Alias("hub.Specialty")]
public sealed record Specialty(
    [property: Id(0)] string Code,
    [property: Id(1)] string? Snomed,
    [property: Id(2)] LocalName Name,
    [property: Id(3)] DateTimeOffset? Until = null
) : ICheckedRecord
{
    internal const string Part = "specialty";

    RecordId IRecord.Record => new(Part, Code);

    void ICheckedRecord.Check(RecordFaults faults)
    {
        faults.Id(Code, "code");
        faults.Text(Snomed, "snomed", most: 18);
        faults.Name(Name);
        faults.Instant(Until, "until");
    }
}

/// <summary>
/// The specialties of the hub: its own short list, with the changes and additions of the administrator. Key: <c>hub</c>.
/// </summary>
[Alias("hub.ISpecialtiesGrain")]
public interface ISpecialtiesGrain : IRecordOwner
{
    [Alias("List")]
    Task<ImmutableArray<Specialty>> ListAsync();
}

[GenerateSerializer, Immutable, Alias("hub.SpecialtyList")]
public sealed record SpecialtyList : IProfile<SpecialtyList>
{
    private const int Most = 2_000;

    /// <summary>What the administrator has changed or added.</summary>
    [Id(0)]
    public ImmutableArray<Specialty> Entered { get; init; } = [];

    /// <summary>The hub's own list, in which an entered specialty replaces the one with the same code, and then the added ones.</summary>
    [JsonIgnore]
    public ImmutableArray<Specialty> All =>
        [
            .. Specialties.All.Select(own => Entered.FirstOrDefault(s => s.Code == own.Code) ?? own),
            .. Entered.Where(s => Specialties.All.All(own => own.Code != s.Code)),
        ];

    IEnumerable<IRecord> IProfile.Records => All;

    static SpecialtyList? IProfile<SpecialtyList>.With(SpecialtyList? profile, RecordId record, IRecord? value)
    {
        var list = profile ?? new();
        return list with { Entered = list.Entered.With(record, value) };
    }

    static IEnumerable<RecordFault> IProfile<SpecialtyList>.FaultsOf(SpecialtyList profile) =>
        [
            .. RecordRules.TooMany(profile.All, Most),
            .. profile
                .All.Where(s => !string.IsNullOrEmpty(s.Snomed))
                .GroupBy(s => s.Snomed)
                .Where(same => same.Count() > 1)
                .SelectMany(same =>
                    same.Select(s => new RecordFault(
                        ((IRecord)s).Record,
                        ConsultantCodes.SameSnomed,
                        $"{string.Join(" and ", same.Select(each => each.Code))} have the same SNOMED code, so they are one specialty.",
                        "snomed"
                    ))
                ),
        ];
}

[Reentrant, GrainType("specialties")]
internal sealed class SpecialtiesGrain(AuthorityServices services) : RecordGrain<SpecialtyList>("specialties", services), ISpecialtiesGrain
{
    public Task<ImmutableArray<Specialty>> ListAsync() => Task.FromResult((Stored.Profile ?? new()).All);

    protected override SpecialtyList? Begins => new();

    protected override IEnumerable<IListing> ListingsOf(SpecialtyList? before, SpecialtyList? after, long version) => [];
}

/// <summary>The specialties with which the hub begins.</summary>
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
}
