using System.Collections.Immutable;
using ConsultHub.Live;
using ConsultHub.Records;

namespace ConsultHub.Programmes;

/// <summary>How far the selection for one cohort is.</summary>
/// <param name="Offering">Whether offers are made. From then on, the ranked applications are the waiting list.</param>
/// <param name="RankedAt">The programme's version at the last change of the ranks. 0 if there are none.</param>
[GenerateSerializer, Immutable, Alias("hub.CohortSelection")]
public sealed record CohortSelection([property: Id(0)] bool Offering = false, [property: Id(1)] long RankedAt = 0);

/// <summary>
/// An education programme: an elective, a fellowship, a training or a leadership programme. It has records that people enter, and the
/// applications for its cohorts.
/// </summary>
[GenerateSerializer, Immutable, Alias("hub.EducationProgramme")]
public sealed record EducationProgramme : IProfile<EducationProgramme>, ILiveProfile
{
    private const int MostCohorts = 50,
        MostRequirements = 50;

    [Id(0)]
    public required ProgrammeProfile Profile { get; init; }

    [Id(1)]
    public ImmutableArray<Cohort> Cohorts { get; init; } = [];

    [Id(2)]
    public ImmutableArray<ProgrammeRequirement> Requirements { get; init; } = [];

    /// <summary>By their keys. At most <see cref="ApplicationRules.MostApplications"/>.</summary>
    [Id(3)]
    public ImmutableSortedDictionary<string, Application> Applications { get; init; } =
        ImmutableSortedDictionary.Create<string, Application>(StringComparer.Ordinal);

    /// <summary>By the ids of cohorts.</summary>
    [Id(4)]
    public ImmutableSortedDictionary<string, CohortSelection> Selections { get; init; } =
        ImmutableSortedDictionary.Create<string, CohortSelection>(StringComparer.Ordinal);

    [Id(5)]
    public ImmutableArray<Department> Departments { get; init; } = [];

    [Id(6)]
    public ImmutableArray<ProgrammeActivity> Activities { get; init; } = [];

    [Id(7)]
    public ImmutableArray<Rotation> Rotations { get; init; } = [];

    /// <summary>The papers of which people were told that they lapse.</summary>
    [Id(8)]
    public ImmutableArray<PaperLapse> Lapses
    {
        get => field.IsDefault ? [] : field;
        init;
    }

    IEnumerable<IRecord> IProfile.Records => [Profile, .. Cohorts, .. Requirements, .. Departments, .. Activities, .. Rotations];

    public Cohort? Find(string? cohort) => Cohorts.FirstOrDefault(c => c.Id == cohort);

    public Application? Find(string cohort, PersonId person) => Applications.GetValueOrDefault($"application/{cohort}/{person}");

    public IEnumerable<Application> ApplicationsFor(string cohort) => Applications.Values.Where(a => a.Cohort == cohort);

    /// <summary>The sides that review applications.</summary>
    public ImmutableArray<ReviewSide> Sides => Profile.Partner is null ? [ReviewSide.Network] : [ReviewSide.Network, ReviewSide.Partner];

    /// <summary>What the catalogue shows.</summary>
    public ProgrammeSummary Summary =>
        new()
        {
            Profile = Profile,
            Cohorts =
            [
                .. Cohorts
                    .OrderBy(c => c.From)
                    .Select(c => new CohortSummary(
                        c,
                        ApplicationsFor(c.Id).Count(a => a.TakesPlace),
                        ApplicationsFor(c.Id).Count(a => a.Status == ApplicationStatus.Waiting),
                        Selections.GetValueOrDefault(c.Id) ?? new()
                    )),
            ],
            Requirements = Requirements,
        };

    IEnumerable<TopicItem> ILiveProfile.ItemsSince(long version, long last, long recorded) =>
        [
            Summary with
            {
                Version = last,
            },
            .. recorded > version ? PlansAt(recorded) : [],
            .. Applications.Values.Where(a => a.Version > version).Select(a => a.WithoutVerdicts()),
        ];

    /// <summary>What people learn, and the rotations of each cohort.</summary>
    private IEnumerable<TopicItem> PlansAt(long version) =>
        [
            new Curriculum
            {
                Version = version,
                Departments = Departments,
                Activities = Activities,
            },
            .. Cohorts.Select(cohort => new RotationPlan
            {
                Version = version,
                Cohort = cohort.Id,
                Rotations =
                [
                    .. Rotations
                        .Where(r => r.Cohort == cohort.Id)
                        .OrderBy(r => r.From)
                        .ThenBy(r => r.Id, StringComparer.Ordinal)
                        .Select(r => new NamedRotation(r, Find(r.Cohort, r.Person)?.Name ?? new(r.Person.Value))),
                ],
            }),
        ];

    static EducationProgramme? IProfile<EducationProgramme>.With(EducationProgramme? programme, RecordId record, IRecord? value) =>
        (programme, record.Part, value) switch
        {
            (_, "profile", ProgrammeProfile own) => (programme ?? new() { Profile = own }) with { Profile = own },
            (null, _, _) or (_, "profile", _) => null,
            (_, Cohort.Part, _) => programme with { Cohorts = programme.Cohorts.With(record, value) },
            (_, ProgrammeRequirement.Part, _) => programme with { Requirements = programme.Requirements.With(record, value) },
            (_, Department.Part, _) => programme with { Departments = programme.Departments.With(record, value) },
            (_, ProgrammeActivity.Part, _) => programme with { Activities = programme.Activities.With(record, value) },
            (_, Rotation.Part, _) => programme with { Rotations = programme.Rotations.With(record, value) },
            _ => programme,
        };

    static RecordFault? IProfile<EducationProgramme>.Forbids(EducationProgramme programme, RecordEdit edit) =>
        RotationRules.Forbids(programme, edit) is { } needed ? needed
        : programme.Applications.IsEmpty || edit.Record != ProgrammeProfile.At ? null
        : edit.Value is not ProgrammeProfile after ? new(edit.Record, RecordCodes.InUse, RecordCodes.InUse.Message!)
        : after.Network != programme.Profile.Network ? Fixed("network")
        : after.Admission != programme.Profile.Admission ? Fixed("admission")
        : null;

    private static RecordFault Fixed(string field) =>
        new(ProgrammeProfile.At, ProgrammeCodes.HasApplications, ProgrammeCodes.HasApplications.Message!, field);

    static IEnumerable<RecordFault> IProfile<EducationProgramme>.FaultsOf(EducationProgramme programme) =>
        [
            .. RecordRules.TooMany(programme.Cohorts, MostCohorts),
            .. RecordRules.TooMany(programme.Requirements, MostRequirements),
            // A paper is found by its kind, so a programme asks for each kind once.
            .. programme
                .Requirements.GroupBy(r => r.Kind)
                .SelectMany(kind => kind.Skip(1))
                .Select(r => new RecordFault(
                    ((IRecord)r).Record,
                    RecordCodes.Twice,
                    "The programme asks for a paper of this kind already. Name everything that is needed there.",
                    "kind"
                )),
            .. programme
                .Cohorts.Where(c => programme.ApplicationsFor(c.Id).Count(a => a.TakesPlace) > c.Places)
                .Select(c => new RecordFault(
                    ((IRecord)c).Record,
                    ProgrammeCodes.PlacesTaken,
                    "More places than these are taken or offered already.",
                    "places"
                )),
            .. programme
                .Applications.Values.Select(a => a.Cohort)
                .Distinct()
                .Where(cohort => programme.Find(cohort) is null)
                .Select(cohort => new RecordFault(new(Cohort.Part, cohort), RecordCodes.InUse, RecordCodes.InUse.Message!)),
            .. RotationRules.FaultsOf(programme),
        ];
}

/// <summary>What the catalogue shows of a programme. People who may read the catalogue may read all of it.</summary>
[GenerateSerializer, Immutable, Alias("hub.ProgrammeSummary")]
[JsonTypeName("programme")]
public sealed record ProgrammeSummary : TopicItem
{
    public override string Key => $"programme/{Profile.Id}";

    [Id(0)]
    public required ProgrammeProfile Profile { get; init; }

    [Id(1)]
    public ImmutableArray<CohortSummary> Cohorts { get; init; } = [];

    [Id(2)]
    public ImmutableArray<ProgrammeRequirement> Requirements { get; init; } = [];
}

/// <param name="Taken">How many places are accepted or offered.</param>
/// <param name="Waiting">How many people wait.</param>
[GenerateSerializer, Immutable, Alias("hub.CohortSummary")]
public sealed record CohortSummary(
    [property: Id(0)] Cohort Cohort,
    [property: Id(1)] int Taken,
    [property: Id(2)] int Waiting,
    [property: Id(3)] CohortSelection Selection
);

/// <summary>Applications were made or changed.</summary>
/// <param name="Applications">Each as it is after the change.</param>
/// <param name="Selections">The selections that the change has set, by the ids of their cohorts.</param>
[GenerateSerializer, Immutable, Alias("hub.ApplicationsChanged")]
public sealed record ApplicationsChanged(
    [property: Id(0)] ImmutableArray<Application> Applications,
    [property: Id(1)] ImmutableSortedDictionary<string, CohortSelection> Selections
) : ProfileEvent<EducationProgramme>
{
    public override EducationProgramme? After(EducationProgramme? programme) =>
        programme is null
            ? null
            : programme with
            {
                Applications = programme.Applications.SetItems(Applications.Select(a => KeyValuePair.Create(a.Key, a))),
                Selections = programme.Selections.SetItems(Selections),
            };
}
