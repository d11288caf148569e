using System.Collections.Immutable;
using System.Text.Json.Serialization;
using ConsultHub.Records;

namespace ConsultHub.Programmes;

/// <summary>The kinds of education that the memorandum names.</summary>
public enum ProgrammeKind
{
    ResidencyElective,
    Fellowship,
    StaffTraining,
    Leadership,
    ClinicalTeaching,
    ComprehensiveHealthcare,
    SmartTechnology,
}

/// <summary>How a programme gives its places.</summary>
public enum Admission
{
    /// <summary>Both sides review the applications, and the director ranks them. Places are offered in this order.</summary>
    Selection,

    /// <summary>Places are given at once, in the order of the applications. The others wait in this order.</summary>
    FirstCome,
}

/// <summary>What people enter about an education programme as a whole: its entry in the catalogue.</summary>
/// <param name="Network">The network whose people are trained, or whose hospitals train others.</param>
/// <param name="Summary">What the programme is about, at most <see cref="MostSummary"/> characters in each language.</param>
/// <param name="Specialty">The code of a specialty. Null if the programme is about none.</param>
/// <param name="Partner">The partner institution that takes part. Then both sides review applications.</param>
/// <param name="Hospitals">The hospitals of the network that are hosts.</param>
/// <param name="AtPartner">Whether the partner institution is a host.</param>
/// <param name="Languages">BCP 47 codes in lower case.</param>
/// <param name="Director">The account of the person who is told of applications and answers.</param>
/// <param name="Contact">Whom people ask, with a telephone number or an e-mail address. The public page shows it.</param>
/// <param name="ReviewsPerSide">How many reviews an application needs from each side before it can be ranked, 1 to 5.</param>
/// <param name="Admission">How places are given.</param>
/// <param name="Public">Whether people who are not signed in can read the entry.</param>
/// <param name="Until">UTC. From then on, nobody can apply.</param>
/// <param name="Attendance">The share of their sessions, in percent, that people must attend for the certificate of completion, 1 to 100.
/// Null if none is needed.</param>
[GenerateSerializer, Immutable, Alias("hub.ProgrammeProfile")]
public sealed record ProgrammeProfile(
    [property: Id(0)] ProgrammeId Id,
    [property: Id(1)] NetworkId Network,
    [property: Id(2)] ProgrammeKind Kind,
    [property: Id(3)] LocalName Name,
    [property: Id(4)] LocalName Summary,
    [property: Id(5)] string? Specialty,
    [property: Id(6)] PartnerId? Partner,
    [property: Id(7)] ImmutableArray<HospitalId> Hospitals,
    [property: Id(8)] bool AtPartner,
    [property: Id(9)] ImmutableArray<string> Languages,
    [property: Id(10)] PersonId Director,
    [property: Id(11)] string? Contact,
    [property: Id(12)] int ReviewsPerSide,
    [property: Id(13)] Admission Admission,
    [property: Id(14)] bool Public,
    [property: Id(15)] DateTimeOffset? Until = null,
    [property: Id(16)] int? Attendance = null
) : ICheckedRecord
{
    public const int MostSummary = 500,
        MostReviewsPerSide = 5;

    private const int MostHosts = 50,
        MostLanguages = 20;

    internal static readonly RecordId At = new("profile");

    RecordId IRecord.Record => At;

    void ICheckedRecord.Check(RecordFaults faults)
    {
        faults.Id(Id.Value);
        faults.Id(Network.Value, "network");
        faults.Choice(Kind, "kind");
        faults.Choice(Admission, "admission");
        faults.Name(Name);
        faults.Text(Summary?.En, "summary.en", needed: true, MostSummary);
        faults.Text(Summary?.Ar, "summary.ar", most: MostSummary);
        faults.Text(Summary?.Ko, "summary.ko", most: MostSummary);
        faults.OptionalId(Specialty, "specialty");
        faults.OptionalId(Partner?.Value, "partner");
        faults.Ids(Hospitals.IsDefault ? default : [.. Hospitals.Select(h => h.Value)], "hospitals", MostHosts);
        if (AtPartner && Partner is null)
            faults.Add(RecordCodes.Required, "A programme at the partner institution names the partner.", "partner");
        if (!AtPartner && Hospitals is { IsDefault: false, Length: 0 })
            faults.Add(RecordCodes.Required, "A programme has at least one host: a hospital or the partner institution.", "hospitals");
        faults.Ids(Languages, "languages", MostLanguages);
        faults.Id(Director.Value, "director");
        faults.Text(Contact, "contact");
        faults.Range(ReviewsPerSide, 1, MostReviewsPerSide, "reviewsPerSide");
        faults.Instant(Until, "until");
        if (Attendance is { } attendance)
            faults.Range(attendance, 1, 100, "attendance");
    }
}

/// <summary>The people who go through a programme together in one period.</summary>
/// <param name="From">The first day, in the network's calendar.</param>
/// <param name="To">The last day.</param>
/// <param name="ApplyBy">UTC. From then on, nobody can apply.</param>
/// <param name="Places">1 to <see cref="MostPlaces"/>.</param>
/// <param name="AnswerDays">How many days a person has to answer an offer, 1 to 90. An offer ends at the latest when the cohort
/// begins.</param>
/// <param name="Place">Where the cohort meets, if that differs from the hosts.</param>
[GenerateSerializer, Immutable, Alias("hub.Cohort")]
public sealed record Cohort(
    [property: Id(0)] string Id,
    [property: Id(1)] LocalName Name,
    [property: Id(2)] DateOnly From,
    [property: Id(3)] DateOnly To,
    [property: Id(4)] DateTimeOffset ApplyBy,
    [property: Id(5)] int Places,
    [property: Id(6)] int AnswerDays,
    [property: Id(7)] string? Place = null
) : ICheckedRecord
{
    internal const string Part = "cohort";

    public const int MostPlaces = 500,
        MostAnswerDays = 90;

    /// <summary>The instant at which the first day begins in UTC. Nobody is offered a place from then on.</summary>
    [JsonIgnore]
    public DateTimeOffset Begins => new(From.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);

    RecordId IRecord.Record => new(Part, Id);

    void ICheckedRecord.Check(RecordFaults faults)
    {
        faults.Id(Id);
        faults.Name(Name);
        faults.Range(From, new(2000, 1, 1), new(2199, 12, 31), "from");
        if (To < From)
            faults.Add(RecordCodes.EndBeforeStart, "The last day is not before the first day.", "to");
        if (To > From.AddYears(6))
            faults.Add(RecordCodes.OutOfRange, "A cohort lasts at most six years.", "to");
        faults.Instant(ApplyBy, "applyBy");
        if (ApplyBy > Begins)
            faults.Add(RecordCodes.OutOfRange, "People apply before the first day.", "applyBy");
        faults.Range(Places, 1, MostPlaces, "places");
        faults.Range(AnswerDays, 1, MostAnswerDays, "answerDays");
        faults.Text(Place, "place");
    }
}

/// <summary>The kinds of papers that programmes ask for.</summary>
public enum DocumentKind
{
    Identity,
    Licence,
    Visa,
    Immunisation,
    Insurance,

    /// <summary>Korea's approval for limited medical practice by foreign doctors in training.</summary>
    LimitedPractice,
    Degree,
    Certificate,
    Language,
    Letter,
    CurriculumVitae,
    Other,
}

/// <summary>Who must see to a paper.</summary>
public enum Responsible
{
    /// <summary>The person who applies.</summary>
    Trainee,

    /// <summary>The institution where the programme takes place.</summary>
    Host,

    /// <summary>The institution that sends the person.</summary>
    Sender,
}

/// <summary>A paper that a programme asks of everybody who takes part.</summary>
/// <param name="Name">What exactly is asked for, such as "Immunisation against hepatitis B".</param>
/// <param name="Lasts">Whether the paper must be valid until the last day of the cohort, and not only on the first day.</param>
/// <param name="By">Who must see to it.</param>
/// <param name="MostMonths">For how many months such a paper is valid at most. Null if there is no such rule.</param>
/// <param name="Conditions">What the issuer asks for, such as three years of experience.</param>
/// <param name="Source">Where the rule is from.</param>
[GenerateSerializer, Immutable, Alias("hub.ProgrammeRequirement")]
public sealed record ProgrammeRequirement(
    [property: Id(0)] string Id,
    [property: Id(1)] DocumentKind Kind,
    [property: Id(2)] LocalName Name,
    [property: Id(3)] bool Lasts,
    [property: Id(4)] Responsible By,
    [property: Id(5)] int? MostMonths = null,
    [property: Id(6)] string? Conditions = null,
    [property: Id(7)] string? Source = null
) : ICheckedRecord
{
    internal const string Part = "requirement";

    public const int MostMonthsOfAll = 120;

    RecordId IRecord.Record => new(Part, Id);

    void ICheckedRecord.Check(RecordFaults faults)
    {
        faults.Id(Id);
        faults.Choice(Kind, "kind");
        faults.Name(Name);
        faults.Choice(By, "by");
        if (MostMonths is { } months)
            faults.Range(months, 1, MostMonthsOfAll, "mostMonths");
        faults.Text(Conditions, "conditions", most: 300);
        faults.Text(Source, "source", most: 200);
    }
}
