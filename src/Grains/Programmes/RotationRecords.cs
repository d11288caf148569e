using System.Collections.Immutable;
using ConsultHub.Live;
using ConsultHub.Records;

namespace ConsultHub.Programmes;

/// <summary>A department of a host that takes people of a programme.</summary>
/// <param name="Hospital">The hospital of the network. Null if the department is at the partner institution.</param>
/// <param name="Capacity">How many people of the programme it takes at the same time, 1 to <see cref="MostCapacity"/>.</param>
/// <param name="Specialty">The code of a specialty. Null if it is about none.</param>
[GenerateSerializer, Immutable, Alias("hub.Department")]
public sealed record Department(
    [property: Id(0)] string Id,
    [property: Id(1)] LocalName Name,
    [property: Id(2)] HospitalId? Hospital,
    [property: Id(3)] int Capacity,
    [property: Id(4)] string? Specialty = null
) : ICheckedRecord
{
    internal const string Part = "department";

    public const int MostCapacity = 100;

    RecordId IRecord.Record => new(Part, Id);

    void ICheckedRecord.Check(RecordFaults faults)
    {
        faults.Id(Id);
        faults.Name(Name);
        faults.OptionalId(Hospital?.Value, "hospital");
        faults.Range(Capacity, 1, MostCapacity, "capacity");
        faults.OptionalId(Specialty, "specialty");
    }
}

/// <summary>
/// How far a person is entrusted with an activity. The five levels of supervision by O. ten Cate, "Nuts and bolts of entrustable
/// professional activities", J Grad Med Educ 2013;5(1):157-158.
/// </summary>
public enum EntrustmentLevel
{
    /// <summary>Level 1: may be present and observe.</summary>
    Observe,

    /// <summary>Level 2: may act under direct supervision in the room.</summary>
    DirectSupervision,

    /// <summary>Level 3: may act under supervision that is quickly available.</summary>
    IndirectSupervision,

    /// <summary>Level 4: may act without supervision.</summary>
    Unsupervised,

    /// <summary>Level 5: may supervise others.</summary>
    SuperviseOthers,
}

/// <summary>An activity that people of a programme learn, and what is needed of it for the completion.</summary>
/// <param name="Cases">How many cases must be logged and signed, 0 to <see cref="MostCases"/>.</param>
/// <param name="Level">The level of entrustment that is needed at the end. Null if none is needed.</param>
[GenerateSerializer, Immutable, Alias("hub.ProgrammeActivity")]
public sealed record ProgrammeActivity(
    [property: Id(0)] string Id,
    [property: Id(1)] LocalName Name,
    [property: Id(2)] int Cases,
    [property: Id(3)] EntrustmentLevel? Level
) : ICheckedRecord
{
    internal const string Part = "activity";

    public const int MostCases = 9_999;

    RecordId IRecord.Record => new(Part, Id);

    void ICheckedRecord.Check(RecordFaults faults)
    {
        faults.Id(Id);
        faults.Name(Name);
        faults.Range(Cases, 0, MostCases, "cases");
        if (Level is { } level)
            faults.Choice(level, "level");
    }
}

/// <summary>One stay of a person in a department. Its days are those of the host's calendar.</summary>
/// <param name="From">The first day.</param>
/// <param name="To">The last day.</param>
/// <param name="Supervisor">The person who judges the work in this department.</param>
[GenerateSerializer, Immutable, Alias("hub.Rotation")]
public sealed record Rotation(
    [property: Id(0)] string Id,
    [property: Id(1)] string Cohort,
    [property: Id(2)] PersonId Person,
    [property: Id(3)] string Department,
    [property: Id(4)] DateOnly From,
    [property: Id(5)] DateOnly To,
    [property: Id(6)] PersonId Supervisor
) : ICheckedRecord
{
    internal const string Part = "rotation";

    RecordId IRecord.Record => new(Part, Id);

    internal bool Has(DateOnly day) => From <= day && day <= To;

    internal bool Overlaps(Rotation other) => From <= other.To && other.From <= To;

    void ICheckedRecord.Check(RecordFaults faults)
    {
        faults.Id(Id);
        faults.Id(Cohort, "cohort");
        faults.Id(Person.Value, "person");
        faults.Id(Department, "department");
        faults.Range(From, new(2000, 1, 1), new(2199, 12, 31), "from");
        if (To < From)
            faults.Add(RecordCodes.EndBeforeStart, "The last day is not before the first day.", "to");
        faults.Id(Supervisor.Value, "supervisor");
        if (Supervisor == Person)
            faults.Add(ProgrammeCodes.OwnSupervisor, ProgrammeCodes.OwnSupervisor.Message!, "supervisor");
    }
}

/// <summary>A rotation with the name of the person, for boards.</summary>
[GenerateSerializer, Immutable, Alias("hub.NamedRotation")]
public sealed record NamedRotation([property: Id(0)] Rotation Rotation, [property: Id(1)] LocalName Name);

/// <summary>All rotations of one cohort, in the order of their first days.</summary>
[GenerateSerializer, Immutable, Alias("hub.RotationPlan")]
[JsonTypeName("rotationPlan")]
public sealed record RotationPlan : TopicItem
{
    public override string Key => $"rotations/{Cohort}";

    [Id(0)]
    public required string Cohort { get; init; }

    [Id(1)]
    public ImmutableArray<NamedRotation> Rotations { get; init; } = [];
}

/// <summary>What people of a programme learn, and in which departments. Everybody who may read the catalogue may read it.</summary>
[GenerateSerializer, Immutable, Alias("hub.Curriculum")]
[JsonTypeName("curriculum")]
public sealed record Curriculum : TopicItem
{
    public override string Key => "curriculum";

    [Id(0)]
    public ImmutableArray<Department> Departments { get; init; } = [];

    [Id(1)]
    public ImmutableArray<ProgrammeActivity> Activities { get; init; } = [];
}
