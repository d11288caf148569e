using System.Collections.Immutable;
using ConsultHub.Journal;
using ConsultHub.Rostering;

namespace ConsultHub.Conferences;

/// <summary>The roster has booked a session as an engagement.</summary>
[GenerateSerializer, Immutable, Alias("hub.SessionBooked")]
public sealed record SessionBooked(
    [property: Id(0)] SessionId Session,
    [property: Id(1)] EngagementId Engagement,
    [property: Id(2)] Week Week
) : OutboxPayload;

/// <summary>The roster refused to book a session, or the week that a booked one was to move to refused it; the codes say why.</summary>
[GenerateSerializer, Immutable, Alias("hub.SessionBookingRefused")]
public sealed record SessionBookingRefused([property: Id(0)] SessionId Session, [property: Id(1)] ImmutableArray<string> Codes)
    : OutboxPayload;

/// <summary>A booked session's engagement as it is now: the roster owns its time, room and consultants.</summary>
[GenerateSerializer, Immutable, Alias("hub.SessionRescheduled")]
public sealed record SessionRescheduled(
    [property: Id(0)] SessionId Session,
    [property: Id(1)] Engagement Engagement,
    [property: Id(2)] Week Week
) : OutboxPayload;
