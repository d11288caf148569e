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

/// <summary>
/// A roster refused to book a session, or the week to which a booked session was to move refused it. The codes give the reasons.
/// </summary>
[GenerateSerializer, Immutable, Alias("hub.SessionBookingRefused")]
public sealed record SessionBookingRefused([property: Id(0)] SessionId Session, [property: Id(1)] ImmutableArray<string> Codes)
    : OutboxPayload;

/// <summary>The engagement of a booked session has changed. The roster owns the time, room and consultants.</summary>
[GenerateSerializer, Immutable, Alias("hub.SessionRescheduled")]
public sealed record SessionRescheduled(
    [property: Id(0)] SessionId Session,
    [property: Id(1)] Engagement Engagement,
    [property: Id(2)] Week Week
) : OutboxPayload;
