using ConsultHub.Journal;

namespace ConsultHub.Rostering;

/// <summary>Asks an inbox to raise an alert about an engagement. The inbox looks up the names and time zones for the sentences.</summary>
/// <param name="Engagement">The engagement after the change.</param>
/// <param name="Before">The engagement before the change. Null for a new engagement, or if the alert is not about a change.</param>
/// <param name="By">The person whom the alert names. This is usually the person who made the change. It can also be the person who made the
/// proposal, or who did not answer or acknowledge.</param>
/// <param name="Urgent">Whether the alert demands an acknowledgement.</param>
/// <param name="Reason">The reason that the person in <paramref name="By"/> gave, or null if there is none.</param>
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

/// <summary>Closes the alert of a proposal, because the person has answered the proposal.</summary>
[GenerateSerializer, Immutable, Alias("hub.SettleAlert")]
public sealed record SettleAlert([property: Id(0)] EngagementId Engagement, [property: Id(1)] Guid Proposal) : OutboxPayload;

/// <summary>
/// The person no longer has to acknowledge urgent alerts about an engagement, for example because the person has arrived.
/// </summary>
[GenerateSerializer, Immutable, Alias("hub.DemandEnded")]
public sealed record DemandEnded([property: Id(0)] EngagementId Engagement) : OutboxPayload;
