using ConsultHub.Journal;
using ConsultHub.Rostering;

namespace ConsultHub.Inboxes;

/// <summary>Asks an inbox to tell its person something about an engagement. Names and zones for the sentence are looked up by the
/// inbox.</summary>
/// <param name="Engagement">The engagement as the change left it.</param>
/// <param name="Before">As it was, where the change is told by the difference.</param>
/// <param name="By">Who changed it.</param>
/// <param name="Urgent">Demands an acknowledgement.</param>
/// <param name="Reason">The words of who changed it.</param>
[GenerateSerializer, Immutable, Alias("hub.RaiseAlert")]
public sealed record RaiseAlert(
    [property: Id(0)] AlertKind Kind,
    [property: Id(1)] NetworkId Network,
    [property: Id(2)] Week Week,
    [property: Id(3)] Engagement Engagement,
    [property: Id(4)] Engagement? Before,
    [property: Id(5)] PersonId By,
    [property: Id(6)] bool Urgent = false,
    [property: Id(7)] string? Reason = null
) : OutboxPayload;

/// <summary>The person has answered a proposal: its alert has done its work.</summary>
[GenerateSerializer, Immutable, Alias("hub.SettleAlert")]
public sealed record SettleAlert([property: Id(0)] EngagementId Engagement, [property: Id(1)] Guid Proposal) : OutboxPayload;

/// <summary>What an urgent alert about an engagement demanded is no longer needed, such as once the person is there.</summary>
[GenerateSerializer, Immutable, Alias("hub.DemandEnded")]
public sealed record DemandEnded([property: Id(0)] EngagementId Engagement) : OutboxPayload;
