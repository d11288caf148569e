using System.Collections.Immutable;
using System.Text.Json.Serialization;
using ConsultHub.Live;

namespace ConsultHub.Rostering;

/// <summary>The kind of work that an engagement is.</summary>
public enum EngagementKind
{
    ClinicalVisit,
    Consultation,
    ClinicalEvaluation,
    TreatmentPlanFollowUp,
    RemoteSecondOpinion,
    Lecture,
    ConferenceSession,
    ClinicalTeaching,
    Workshop,
    Training,
    Operation,

    /// <summary>A meeting of people of a joint initiative. It needs no credential, no visit and no consultant.</summary>
    ResearchMeeting,
}

/// <summary>
/// The status of an engagement. FHIR R4 Appointment.status has, in the same order: proposed/booked, booked, arrived, fulfilled, cancelled,
/// noshow.
/// </summary>
public enum EngagementStatus
{
    Planned,
    Confirmed,
    InProgress,
    Completed,
    Cancelled,
    NoShow,
}

/// <summary>A reason why a person should look at an engagement.</summary>
public enum AttentionReason
{
    NoConsultant,
    ProposalUnanswered,
    ProposalDeclined,
    CredentialLapsed,
    OutsideVisit,
    ConsultantAbsent,
    HospitalClosed,
    RoomGone,
    BookingRefused,
    OutsideHours,
    RoomTooSmall,
    RoomLacksEquipment,
}

/// <summary>
/// One timed engagement: consultants, a hospital and room, start and end. It belongs to the week in which it starts, in the network's time
/// zone.
/// </summary>
[GenerateSerializer, Immutable, Alias("hub.Engagement")]
[JsonTypeName("engagement")]
public sealed record Engagement : TopicItem
{
    public override string Key => $"engagement/{Id}";

    [Id(0)]
    public required EngagementId Id { get; init; }

    [Id(1)]
    public required EngagementKind Kind { get; init; }

    [Id(2)]
    public EngagementStatus Status { get; init; }

    /// <summary>
    /// The subject of the engagement, at most 120 characters. It must never contain a patient's name, number, birth date or diagnosis.
    /// </summary>
    [Id(3)]
    public required string Title { get; init; }

    [Id(4)]
    public required HospitalId Hospital { get; init; }

    /// <summary>Null for remote engagements.</summary>
    [Id(5)]
    public RoomId? Room { get; init; }

    [Id(6)]
    public ImmutableArray<PersonId> Consultants { get; init; } = [];

    /// <summary>A code from <c>Specialties</c>. The consultants need a credential for this specialty.</summary>
    [Id(7)]
    public required string Specialty { get; init; }

    /// <summary>UTC.</summary>
    [Id(8)]
    public required DateTimeOffset Start { get; init; }

    /// <summary>UTC. After <see cref="Start"/>, at most 24 hours later.</summary>
    [Id(9)]
    public required DateTimeOffset End { get; init; }

    /// <summary>
    /// An opaque reference of at most 40 characters that only the hospital can resolve. No frame or export contains it. Only the answer
    /// with the confidential details contains it. Coordinators and the people concerned get this answer when they open the engagement.
    /// </summary>
    [Id(10), JsonIgnore]
    public string? CaseReference { get; init; }

    /// <summary>The number of people expected. It is compared with the capacity of the room.</summary>
    [Id(11)]
    public int? Attendees { get; init; }

    /// <summary>
    /// The open proposal, or null if there is none. While a proposal is open, the engagement is shown as pending, because the candidate has
    /// not accepted yet.
    /// </summary>
    [Id(12)]
    public Proposal? Proposal { get; init; }

    [Id(13)]
    public ImmutableArray<AttentionReason> Attention { get; init; } = [];

    /// <summary>The conference session for which this engagement was booked. Null if it was booked for none.</summary>
    [Id(14)]
    public SessionReference? Session { get; init; }

    /// <summary>Whether consultants still have to acknowledge an emergency move of this engagement.</summary>
    [Id(15)]
    public bool Emergency { get; init; }

    /// <summary>
    /// Set while the engagement is being moved to another week's roster. Until the move is finished or refused, every command for the
    /// engagement is refused.
    /// </summary>
    [Id(16)]
    public MoveTarget? Moving { get; init; }

    /// <summary>
    /// The people who still have to acknowledge the emergency move. Null if nobody has to. Also null in engagements that earlier releases
    /// stored.
    /// </summary>
    [Id(17)]
    public Unacknowledged? Unacknowledged { get; init; }

    /// <summary>What the engagement needs in its room, such as a projector. It is compared with the equipment of the room.</summary>
    [Id(18)]
    public ImmutableArray<string> Needs { get; init; } = [];

    /// <summary>What was done, as far as it is recorded. Null if nothing is recorded, also in engagements of earlier releases.</summary>
    [Id(19)]
    public Work? Work { get; init; }

    /// <summary>The cohort or the initiative for which the engagement takes place. Null if it is for none.</summary>
    [Id(20)]
    public Purpose? Purpose { get; init; }

    /// <summary>Whether the engagement still takes the time of its consultants and its room.</summary>
    public bool TakesTime => Status is not (EngagementStatus.Cancelled or EngagementStatus.NoShow);

    /// <summary>Whether the person is one of the consultants or the candidate of the open proposal.</summary>
    public bool Concerns(PersonId person) => Consultants.Contains(person) || Proposal?.Candidate == person;

    /// <summary>The engagement without its case reference. Frames, alerts and messages to conferences contain only this form.</summary>
    public Engagement ForOthers() => CaseReference is null ? this : this with { CaseReference = null };
}

/// <summary>
/// What an engagement takes place for: a cohort of an education programme, or a joint initiative. Exactly one of the two is set.
/// </summary>
/// <param name="Cohort">The cohort of the programme. Null if the purpose is an initiative.</param>
[GenerateSerializer, Immutable, Alias("hub.Purpose")]
public sealed record Purpose(
    [property: Id(0)] ProgrammeId? Programme = null,
    [property: Id(1)] string? Cohort = null,
    [property: Id(2)] InitiativeId? Initiative = null
)
{
    /// <summary>Whether exactly one of the two is named, by valid ids.</summary>
    [JsonIgnore]
    public bool IsValid =>
        Initiative is { } initiative
            ? Programme is null && Cohort is null && TextId.IsValid(initiative.Value)
            : Programme is { } programme && TextId.IsValid(programme.Value) && TextId.IsValid(Cohort ?? "");
}

/// <summary>The week, times and room to which an engagement is moving. The times are UTC.</summary>
[GenerateSerializer, Immutable, Alias("hub.MoveTarget")]
public sealed record MoveTarget(
    [property: Id(0)] Week Week,
    [property: Id(1)] DateTimeOffset Start,
    [property: Id(2)] DateTimeOffset End,
    [property: Id(3)] RoomId? Room
);

/// <summary>An emergency move that at least one person still has to acknowledge.</summary>
/// <param name="Move">The id of the emergency move's command. Null if an earlier release stored the move.</param>
/// <param name="People">The people who still have to acknowledge it, at least one.</param>
[GenerateSerializer, Immutable, Alias("hub.Unacknowledged")]
public sealed record Unacknowledged([property: Id(0)] Guid? Move, [property: Id(1)] ImmutableArray<PersonId> People);

/// <summary>A session of a conference for which a roster has booked an engagement.</summary>
[GenerateSerializer, Immutable, Alias("hub.SessionReference")]
public sealed record SessionReference([property: Id(0)] ConferenceId Conference, [property: Id(1)] SessionId Session);

/// <summary>A proposal that asks a candidate to take an engagement. The candidate's time is reserved while the proposal is open.</summary>
[GenerateSerializer, Immutable, Alias("hub.Proposal")]
public sealed record Proposal
{
    [Id(0)]
    public required Guid Id { get; init; }

    [Id(1)]
    public required PersonId Candidate { get; init; }

    /// <summary>The consultant whose place the candidate would take, or null if the candidate would be added.</summary>
    [Id(2)]
    public PersonId? Replaces { get; init; }

    /// <summary>
    /// The time until which the candidate may answer, UTC. After this time, the next candidate of the ladder is asked. If no candidate is
    /// left, the person who made the proposal and the coordinator on call get an alert.
    /// </summary>
    [Id(3)]
    public required DateTimeOffset Deadline { get; init; }

    [Id(4)]
    public required PersonId ProposedBy { get; init; }

    /// <summary>The candidates who are asked next, in this order.</summary>
    [Id(5)]
    public ImmutableArray<PersonId> Ladder { get; init; } = [];

    /// <summary>How much time the candidate has for the answer. A later candidate has less if the engagement starts soon.</summary>
    [Id(6)]
    public required TimeSpan AnswerWithin { get; init; }
}

/// <summary>
/// A line of the board's activity feed. It contains codes and values but no sentences, because boards in all languages show the same frame.
/// </summary>
[GenerateSerializer, Immutable, Alias("hub.Activity")]
[JsonTypeName("activity")]
public sealed record Activity : TopicItem
{
    /// <summary>How many lines a board shows. These are the newest lines.</summary>
    public const int Kept = 200;

    /// <summary>Keys are reused after <see cref="Kept"/> lines, so that a new line replaces the oldest one.</summary>
    public override string Key => $"activity/{Number % Kept}";

    /// <summary>Rises by one with each line of the roster.</summary>
    [Id(0)]
    public required long Number { get; init; }

    [Id(1)]
    public required DateTimeOffset At { get; init; }

    [Id(2)]
    public required PersonId By { get; init; }

    [Id(3)]
    public required Change What { get; init; }

    [Id(4)]
    public required EngagementId Engagement { get; init; }

    [Id(5)]
    public required string Title { get; init; }

    [Id(6)]
    public required HospitalId Hospital { get; init; }

    [Id(7)]
    public DateTimeOffset? StartBefore { get; init; }

    [Id(8)]
    public DateTimeOffset? StartAfter { get; init; }

    [Id(9)]
    public RoomId? RoomBefore { get; init; }

    [Id(10)]
    public RoomId? RoomAfter { get; init; }

    [Id(11)]
    public ImmutableArray<PersonId> ConsultantsBefore { get; init; } = [];

    [Id(12)]
    public ImmutableArray<PersonId> ConsultantsAfter { get; init; } = [];

    /// <summary>The candidate who was asked, who answered, or who did not answer.</summary>
    [Id(13)]
    public PersonId? Candidate { get; init; }

    [Id(14)]
    public DateTimeOffset? EndBefore { get; init; }

    [Id(15)]
    public DateTimeOffset? EndAfter { get; init; }

    /// <summary>The candidate who is asked next after another declined or did not answer.</summary>
    [Id(16)]
    public PersonId? Next { get; init; }
}
