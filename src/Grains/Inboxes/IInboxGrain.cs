using System.Collections.Immutable;
using System.Text.Json.Serialization;
using ConsultHub.Live;
using ConsultHub.Rostering;

namespace ConsultHub.Inboxes;

/// <summary>What an alert is about. <c>NobodyAnswered</c>: no candidate took an engagement; <c>NotAcknowledged</c>: somebody has not
/// acknowledged
/// an urgent alert;
/// <c>Reinstated</c>: what was cancelled takes place after all; <c>ChangeUndone</c>: a change of its status was taken back.</summary>
public enum AlertKind
{
    Assigned,
    Released,
    TimeChanged,
    RoomChanged,
    Proposed,
    ProposalWithdrawn,
    EmergencyMoved,
    Cancelled,
    ProposalAccepted,
    ProposalDeclined,
    NobodyAnswered,
    NeedsAttention,
    SessionMoved,
    NotAcknowledged,
    ProgrammeChanged,
    PlaceFree,
    Reinstated,
    ChangeUndone,
    ProposalExpired,
}

/// <summary>A durable message to one person, delivered until acknowledged. The only topic item with sentences, since one person reads
/// it.</summary>
[GenerateSerializer, Immutable, Alias("hub.Alert")]
[JsonTypeName("alert")]
public sealed record Alert : TopicItem
{
    public override string Key => $"alert/{Id}";

    [Id(0)]
    public required string Id { get; init; }

    [Id(1)]
    public required AlertKind Kind { get; init; }

    [Id(2)]
    public required DateTimeOffset At { get; init; }

    /// <summary>A sentence in each language of the hub (keys en, ar, ko), written by the server.</summary>
    [Id(3)]
    public required ImmutableDictionary<string, string> Text { get; init; }

    [Id(4)]
    public NetworkId? Network { get; init; }

    [Id(5)]
    public Week? Week { get; init; }

    /// <summary>The engagement as it was when the alert was raised.</summary>
    [Id(6)]
    public Engagement? Engagement { get; init; }

    /// <summary>To answer with accept or decline, before <see cref="Deadline"/>.</summary>
    [Id(7)]
    public Guid? Proposal { get; init; }

    [Id(8)]
    public DateTimeOffset? Deadline { get; init; }

    [Id(9)]
    public DateTimeOffset? AcknowledgedAt { get; init; }

    /// <summary>Must be acknowledged, and is told again until it is. An alert that takes the place of one that demanded this demands it
    /// too.</summary>
    [Id(10)]
    public bool Urgent { get; init; }

    /// <summary>How many times it has been told again.</summary>
    [Id(11)]
    public int Repeats { get; init; }

    /// <summary>The conference it is about, where it is about no engagement.</summary>
    [Id(12)]
    public ConferenceId? Conference { get; init; }

    /// <summary>The session, where it is about one.</summary>
    [Id(13)]
    public SessionId? Session { get; init; }

    /// <summary>When the person said that they have seen it. That acknowledges nothing and answers nothing.</summary>
    [Id(14)]
    public DateTimeOffset? SeenAt { get; init; }

    /// <summary>Since when it demands an acknowledgement, where it took over the demand of an older alert; else <see cref="At"/>
    /// counts.</summary>
    [Id(15)]
    public DateTimeOffset? DemandedSince { get; init; }

    /// <summary>Whether it waits for its person: for an acknowledgement where it is urgent, for an answer where it asks, else for being
    /// seen.</summary>
    public bool IsOpen => AcknowledgedAt is null && (SeenAt is null || Urgent || Proposal is not null);
}

/// <summary>One person's alerts and their acknowledgement. Key: the person. Holds the newest 200; an open alert about an engagement gives
/// way to a
/// newer one about the same engagement, which takes over what it demanded.</summary>
[Alias("hub.IInboxGrain")]
public interface IInboxGrain : ILiveAuthority
{
    /// <returns>False where there is no such alert.</returns>
    [Alias("Acknowledge")]
    Task<bool> AcknowledgeAsync(Actor actor, string alert);

    /// <summary>The person has seen an alert. One that is urgent or asks stays open.</summary>
    /// <returns>False where there is no such alert.</returns>
    [Alias("See")]
    Task<bool> SeeAsync(Actor actor, string alert);

    [Alias("List")]
    Task<ImmutableArray<Alert>> ListAsync();
}
