using System.Collections.Immutable;
using ConsultHub.Journal;
using Orleans.Runtime;

namespace ConsultHub.Rostering;

/// <summary>A conference asks for a room or consultants of the network for a session.</summary>
[GenerateSerializer, Immutable, Alias("hub.BookSession")]
public sealed record BookSession(
    [property: Id(0)] ConferenceId Conference,
    [property: Id(1)] SessionId Session,
    [property: Id(2)] EngagementKind Kind,
    [property: Id(3)] string Title,
    [property: Id(4)] HospitalId Hospital,
    [property: Id(5)] RoomId? Room,
    [property: Id(6)] ImmutableArray<PersonId> Consultants,
    [property: Id(7)] string Specialty,
    [property: Id(8)] DateTimeOffset Start,
    [property: Id(9)] DateTimeOffset End
) : OutboxPayload
{
    /// <summary>
    /// Returns a plan for the engagement that the conference asks for. Warnings do not stop the plan, because it gives the conference
    /// programme as its reason.
    /// </summary>
    /// <param name="attempt">Starts at 1. Each attempt has a different engagement id, because a cancelled engagement keeps its id.</param>
    internal Plan AsPlan(int attempt) =>
        new()
        {
            CommandId = Guid.Empty,
            Engagement = IdOf(attempt),
            Kind = Kind,
            Title = Title.Length > CommandLimits.LongestTitle ? Title[..CommandLimits.LongestTitle] : Title,
            Hospital = Hospital,
            Room = Room,
            Consultants = Consultants,
            Specialty = Specialty,
            Start = Start,
            End = End,
            Session = new SessionReference(Conference, Session),
            Confirmed = true,
            Reason = "Conference programme",
        };

    private EngagementId IdOf(int attempt)
    {
        var (name, ending) = ($"s-{Conference}-{Session}", attempt == 1 ? "" : $"-again-{attempt}");
        return new(name[..Math.Min(80 - ending.Length, name.Length)] + ending);
    }
}

/// <summary>An engagement of the week before reaches into this week. Its time in this week is now reserved without a time limit.</summary>
[GenerateSerializer, Immutable, Alias("hub.ConfirmHold")]
public sealed record ConfirmHold([property: Id(0)] Engagement Engagement) : OutboxPayload;

/// <summary>An engagement of another week no longer needs time in this week.</summary>
[GenerateSerializer, Immutable, Alias("hub.ReleaseHold")]
public sealed record ReleaseHold([property: Id(0)] EngagementId Engagement) : OutboxPayload;

/// <summary>
/// An engagement moves into this week. The receiver either reserves the engagement's time and answers with <see cref="MoveHeld"/>, or
/// answers with <see cref="MoveRefused"/>.
/// </summary>
/// <param name="Reason">The reason that the person gave for the move. <see cref="MoveHeld"/> and <see cref="CompleteMove"/> contain it too,
/// so that the histories of both weeks show the same reason.</param>
/// <param name="By">The person who moves the engagement. Null in messages of earlier releases.</param>
[GenerateSerializer, Immutable, Alias("hub.HoldForMove")]
public sealed record HoldForMove(
    [property: Id(0)] Engagement Engagement,
    [property: Id(1)] string? Reason,
    [property: Id(2)] Actor? By = null
) : OutboxPayload;

/// <summary>The new week of a moving engagement has reserved the engagement's time. The old week may now remove the engagement.</summary>
[GenerateSerializer, Immutable, Alias("hub.MoveHeld")]
public sealed record MoveHeld(
    [property: Id(0)] EngagementId Engagement,
    [property: Id(1)] Actor? By = null,
    [property: Id(2)] string? Reason = null
) : OutboxPayload;

/// <summary>The roster of the week to which an engagement should move has refused the move.</summary>
[GenerateSerializer, Immutable, Alias("hub.MoveRefused")]
public sealed record MoveRefused([property: Id(0)] EngagementId Engagement, [property: Id(1)] ImmutableArray<string> Codes) : OutboxPayload;

/// <summary>The engagement has left its old week. The new week adds the engagement and removes the hold that reserved its time.</summary>
[GenerateSerializer, Immutable, Alias("hub.CompleteMove")]
public sealed record CompleteMove(
    [property: Id(0)] Engagement Engagement,
    [property: Id(1)] Engagement Before,
    [property: Id(2)] PersonId By,
    [property: Id(3)] Actor? Mover = null,
    [property: Id(4)] string? Reason = null
) : OutboxPayload;

/// <summary>A consultant has acknowledged an alert about an emergency move.</summary>
/// <param name="Move">The command id of the move that the alert was about. Null if an earlier release stored the move.</param>
[GenerateSerializer, Immutable, Alias("hub.EmergencyAcknowledged")]
public sealed record EmergencyAcknowledged(
    [property: Id(0)] EngagementId Engagement,
    [property: Id(1)] PersonId Person,
    [property: Id(2)] Guid? Move
) : OutboxPayload;

/// <summary>The roster has booked a session as an engagement.</summary>
[GenerateSerializer, Immutable, Alias("hub.SessionBooked")]
public sealed record SessionBooked(
    [property: Id(0)] SessionId Session,
    [property: Id(1)] EngagementId Engagement,
    [property: Id(2)] Week Week
) : OutboxPayload;

/// <summary>
/// A roster refused to book a session, or the roster of another week refused the move of a booked session to that week. The codes give the
/// reasons.
/// </summary>
[GenerateSerializer, Immutable, Alias("hub.SessionBookingRefused")]
public sealed record SessionBookingRefused([property: Id(0)] SessionId Session, [property: Id(1)] ImmutableArray<string> Codes)
    : OutboxPayload;

/// <summary>
/// The engagement of a booked session has changed, or a conference has asked for a session that is already booked. The roster owns the
/// time, room and consultants.
/// </summary>
[GenerateSerializer, Immutable, Alias("hub.SessionRescheduled")]
public sealed record SessionRescheduled(
    [property: Id(0)] SessionId Session,
    [property: Id(1)] Engagement Engagement,
    [property: Id(2)] Week Week
) : OutboxPayload;

/// <summary>
/// An engagement takes place for a cohort or an initiative, or no longer does. The roster owns the time, the room and the consultants.
/// </summary>
/// <param name="Engagement">The engagement after the change.</param>
/// <param name="By">The person who made the change.</param>
/// <param name="IsGone">Whether the engagement has another purpose now.</param>
[GenerateSerializer, Immutable, Alias("hub.PurposeTold")]
public sealed record PurposeTold(
    [property: Id(0)] Engagement Engagement,
    [property: Id(1)] Week Week,
    [property: Id(2)] PersonId By,
    [property: Id(3)] bool IsGone = false
) : OutboxPayload;
