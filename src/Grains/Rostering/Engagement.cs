using System.Collections.Immutable;
using System.Text.Json.Serialization;
using ConsultHub.Live;

namespace ConsultHub.Rostering;

/// <summary>What an engagement is.</summary>
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
}

/// <summary>How far an engagement has come (FHIR R4 Appointment.status in brackets: proposed/booked, booked, arrived, fulfilled, cancelled,
/// noshow).</summary>
public enum EngagementStatus
{
    Planned,
    Confirmed,
    InProgress,
    Completed,
    Cancelled,
    NoShow,
}

/// <summary>Why an engagement needs a person to look at it.</summary>
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
}

/// <summary>One timed engagement: consultants, a hospital and room, start and end. It belongs to the week of its start in the network's
/// zone.</summary>
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

    /// <summary>What the engagement is about, at most 120 characters. Never a patient's name, number, birth date or diagnosis.</summary>
    [Id(3)]
    public required string Title { get; init; }

    [Id(4)]
    public required HospitalId Hospital { get; init; }

    /// <summary>Null for remote engagements.</summary>
    [Id(5)]
    public RoomId? Room { get; init; }

    [Id(6)]
    public ImmutableArray<PersonId> Consultants { get; init; } = [];

    /// <summary>A code of <c>Specialties</c>; the credential asked for.</summary>
    [Id(7)]
    public required string Specialty { get; init; }

    /// <summary>UTC.</summary>
    [Id(8)]
    public required DateTimeOffset Start { get; init; }

    /// <summary>UTC; after <see cref="Start"/>, at most 24 h later.</summary>
    [Id(9)]
    public required DateTimeOffset End { get; init; }

    /// <summary>
    /// An opaque reference that only the hospital can resolve, at most 40 characters. No frame, answer or export carries it:
    /// coordinators and the people concerned read it when they open the engagement.
    /// </summary>
    [Id(10), JsonIgnore]
    public string? CaseReference { get; init; }

    /// <summary>People expected, for room capacity.</summary>
    [Id(11)]
    public int? Attendees { get; init; }

    /// <summary>An unanswered reassignment. Until it is accepted the engagement is pending, never covered.</summary>
    [Id(12)]
    public Proposal? Proposal { get; init; }

    [Id(13)]
    public ImmutableArray<AttentionReason> Attention { get; init; } = [];

    /// <summary>The conference session that this engagement serves.</summary>
    [Id(14)]
    public SessionReference? Session { get; init; }

    /// <summary>An emergency move that its consultants have yet to acknowledge.</summary>
    [Id(15)]
    public bool Emergency { get; init; }

    /// <summary>Set while the engagement is being handed over to another week's roster: nothing else may change it meanwhile.</summary>
    [Id(16)]
    public MoveTarget? Moving { get; init; }

    /// <summary>Who has yet to acknowledge the emergency move. Null where nobody has to, and in what earlier releases stored.</summary>
    [Id(17)]
    public Unacknowledged? Unacknowledged { get; init; }

    /// <summary>Whether the engagement still takes its consultants' and room's time.</summary>
    public bool TakesTime => Status is not (EngagementStatus.Cancelled or EngagementStatus.NoShow);

    /// <summary>Whether a person does it or is asked to.</summary>
    public bool Concerns(PersonId person) => Consultants.Contains(person) || Proposal?.Candidate == person;

    /// <summary>The engagement as it may leave its roster: without the case reference.</summary>
    public Engagement ForOthers() => CaseReference is null ? this : this with { CaseReference = null };
}

/// <summary>Where an engagement is moving to. UTC.</summary>
[GenerateSerializer, Immutable, Alias("hub.MoveTarget")]
public sealed record MoveTarget(
    [property: Id(0)] Week Week,
    [property: Id(1)] DateTimeOffset Start,
    [property: Id(2)] DateTimeOffset End,
    [property: Id(3)] RoomId? Room
);

/// <summary>An emergency move that somebody has yet to acknowledge.</summary>
/// <param name="Move">The emergency move's command. Null where an earlier release stored the move.</param>
/// <param name="People">At least one.</param>
[GenerateSerializer, Immutable, Alias("hub.Unacknowledged")]
public sealed record Unacknowledged([property: Id(0)] Guid? Move, [property: Id(1)] ImmutableArray<PersonId> People);

/// <summary>A session of a conference that a roster has booked.</summary>
[GenerateSerializer, Immutable, Alias("hub.SessionReference")]
public sealed record SessionReference([property: Id(0)] ConferenceId Conference, [property: Id(1)] SessionId Session);

/// <summary>A reassignment that waits for its candidate. The candidate's time is held meanwhile.</summary>
[GenerateSerializer, Immutable, Alias("hub.Proposal")]
public sealed record Proposal
{
    [Id(0)]
    public required Guid Id { get; init; }

    [Id(1)]
    public required PersonId Candidate { get; init; }

    /// <summary>Who is relieved, where somebody is.</summary>
    [Id(2)]
    public PersonId? Replaces { get; init; }

    /// <summary>UTC. Silence past it goes to the next of the ladder, then to the coordinator on call.</summary>
    [Id(3)]
    public required DateTimeOffset Deadline { get; init; }

    [Id(4)]
    public required PersonId ProposedBy { get; init; }

    /// <summary>Who is asked next, in order.</summary>
    [Id(5)]
    public ImmutableArray<PersonId> Ladder { get; init; } = [];

    /// <summary>How long each on the ladder has.</summary>
    [Id(6)]
    public required TimeSpan AnswerWithin { get; init; }
}

/// <summary>A line of the board's activity feed: codes and values, never sentences, since every language shows the same frame.</summary>
[GenerateSerializer, Immutable, Alias("hub.Activity")]
[JsonTypeName("activity")]
public sealed record Activity : TopicItem
{
    /// <summary>How many of the newest a board shows.</summary>
    public const int Kept = 200;

    /// <summary>Keys go round, so that a new entry takes the place of the one that falls out.</summary>
    public override string Key => $"activity/{Number % Kept}";

    /// <summary>Rising by one within the roster.</summary>
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

    /// <summary>Who was asked, who answered, or who did not answer.</summary>
    [Id(13)]
    public PersonId? Candidate { get; init; }

    [Id(14)]
    public DateTimeOffset? EndBefore { get; init; }

    [Id(15)]
    public DateTimeOffset? EndAfter { get; init; }

    /// <summary>Who is asked next, where somebody declined or did not answer.</summary>
    [Id(16)]
    public PersonId? Next { get; init; }
}
