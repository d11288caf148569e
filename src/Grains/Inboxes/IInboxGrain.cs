using System.Collections.Immutable;
using System.Text.Json.Serialization;
using ConsultHub.Journal;
using ConsultHub.Live;
using ConsultHub.Rostering;
using Orleans.Runtime;

namespace ConsultHub.Inboxes;

/// <summary>
/// A stored message to one person. It is the only topic item with sentences that the hub writes, because only one person reads it.
/// </summary>
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

    /// <summary>The text in each language of the hub (keys en, ar and ko), written by the server.</summary>
    [Id(3)]
    public required ImmutableDictionary<string, string> Text { get; init; }

    [Id(4)]
    public NetworkId? Network { get; init; }

    [Id(5)]
    public Week? Week { get; init; }

    /// <summary>The engagement as it was when the alert was raised.</summary>
    [Id(6)]
    public Engagement? Engagement { get; init; }

    /// <summary>The proposal that the person should accept or decline before <see cref="Deadline"/>.</summary>
    [Id(7)]
    public Guid? Proposal { get; init; }

    [Id(8)]
    public DateTimeOffset? Deadline { get; init; }

    [Id(9)]
    public DateTimeOffset? AcknowledgedAt { get; init; }

    /// <summary>
    /// Whether the alert must be acknowledged. An urgent alert is repeated until it is acknowledged, at most
    /// <see cref="AlertRules.MostRepeats"/> times. An alert that replaces an urgent alert usually becomes urgent too.
    /// </summary>
    [Id(10)]
    public bool Urgent { get; init; }

    /// <summary>How many times the alert has been repeated.</summary>
    [Id(11)]
    public int Repeats { get; init; }

    /// <summary>The conference, if the alert is about a conference and not about an engagement.</summary>
    [Id(12)]
    public ConferenceId? Conference { get; init; }

    /// <summary>The session, if the alert is about a single session.</summary>
    [Id(13)]
    public SessionId? Session { get; init; }

    /// <summary>When the person marked the alert as seen. This neither acknowledges nor answers it.</summary>
    [Id(14)]
    public DateTimeOffset? SeenAt { get; init; }

    /// <summary>
    /// When an acknowledgement was first demanded, if this alert took over the demand from an older alert. Null if it took over no demand.
    /// An urgent alert then demands its acknowledgement from <see cref="At"/> on.
    /// </summary>
    [Id(15)]
    public DateTimeOffset? DemandedSince { get; init; }

    /// <summary>The person whom the alert is about, if it is about the account of somebody else.</summary>
    [Id(16)]
    public PersonId? About { get; init; }

    /// <summary>The education programme, if the alert is about one.</summary>
    [Id(17)]
    public ProgrammeId? Programme { get; init; }

    /// <summary>The research initiative, if the alert is about one.</summary>
    [Id(18)]
    public InitiativeId? Initiative { get; init; }

    /// <summary>The authority that is told when the person acknowledges the alert. Null if nobody needs to know.</summary>
    [Id(19), JsonIgnore]
    public GrainId? Asker { get; init; }

    /// <summary>
    /// Whether the alert still waits for its person. An urgent alert waits for an acknowledgement, an alert with a proposal waits for an
    /// answer, and any other alert waits until it is seen.
    /// </summary>
    public bool IsOpen => AcknowledgedAt is null && (SeenAt is null || Urgent || Proposal is not null);
}

/// <summary>
/// A message that an inbox turns into an alert without asking other grains. A feature's message about its own subject implements this.
/// </summary>
public interface IAlertMessage
{
    /// <summary>The person whose change led to the alert.</summary>
    PersonId By { get; }

    /// <param name="message">The id of the message: its sender and its number. The alert's id contains it, because an alert that is
    /// received twice must have the same id. An alert with the id of an older alert replaces the older alert.</param>
    /// <param name="at">When the inbox received the message.</param>
    Alert ToAlert(string message, DateTimeOffset at);
}

/// <summary>The person has acknowledged an alert. The inbox tells this to the alert's <see cref="Alert.Asker"/>.</summary>
[GenerateSerializer, Immutable, Alias("hub.AlertReported")]
public sealed record AlertReported([property: Id(0)] string Alert, [property: Id(1)] PersonId Person) : OutboxPayload;

/// <summary>What the alert asked for has happened. So the person need not acknowledge the alert any more.</summary>
[GenerateSerializer, Immutable, Alias("hub.EndAlert")]
public sealed record EndAlert([property: Id(0)] string Alert) : OutboxPayload;

/// <summary>
/// One person's alerts and their acknowledgements. Key: the person. At most 200 alerts are kept, and open alerts are kept longest. A new
/// alert about an engagement usually replaces the open alerts about the same engagement. If a replaced alert had to be acknowledged, the
/// new alert has to be acknowledged too. <see cref="AlertRules.Raise"/> has the exceptions.
/// </summary>
[Alias("hub.IInboxGrain")]
public interface IInboxGrain : ILiveAuthority
{
    /// <summary>Stores that the person has acknowledged an alert.</summary>
    /// <returns>False if there is no such alert.</returns>
    [Alias("Acknowledge")]
    Task<bool> AcknowledgeAsync(Actor actor, string alert);

    /// <summary>Stores that the person has seen an alert. An urgent alert and an alert with a proposal stay open.</summary>
    /// <returns>False if there is no such alert.</returns>
    [Alias("See")]
    Task<bool> SeeAsync(Actor actor, string alert);

    [Alias("List")]
    Task<ImmutableArray<Alert>> ListAsync();
}
