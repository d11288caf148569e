using System.Collections.Immutable;
using ConsultHub.Conferences;
using ConsultHub.Journal;
using Orleans.Runtime;

namespace ConsultHub.Rostering;

/// <summary>Facts that the roster decides on have changed; it reads them again and re-checks what is planned.</summary>
/// <param name="Owner">The network, hospital or consultant grain.</param>
[GenerateSerializer, Immutable, Alias("hub.RosterFactsChanged")]
public sealed record RosterFactsChanged([property: Id(0)] GrainId Owner, [property: Id(1)] long Version) : OutboxPayload;

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
    [property: Id(9)] DateTimeOffset End) : OutboxPayload
{
    /// <summary>The duty that is asked for. What is only warned of passes: the programme is the reason.</summary>
    internal Plan AsPlan() => new()
    {
        CommandId = Guid.Empty, Engagement = new($"s-{Conference}-{Session}"[..Math.Min(80, Conference.Value.Length + Session.Value.Length + 3)]), Kind = Kind,
        Title = Title.Length > RosterRules.LongestTitle ? Title[..RosterRules.LongestTitle] : Title, Hospital = Hospital, Room = Room, Consultants = Consultants, Specialty = Specialty, Start = Start, End = End,
        Session = new SessionReference(Conference, Session), Confirmed = true, Reason = "Conference programme",
    };
}

/// <summary>A duty of the week before reaches into this week: its time here is taken.</summary>
[GenerateSerializer, Immutable, Alias("hub.ConfirmHold")]
public sealed record ConfirmHold([property: Id(0)] Engagement Engagement) : OutboxPayload;

/// <summary>A duty of another week no longer needs time in this one.</summary>
[GenerateSerializer, Immutable, Alias("hub.ReleaseHold")]
public sealed record ReleaseHold([property: Id(0)] EngagementId Engagement) : OutboxPayload;

/// <summary>A duty moves into this week: hold its time and answer <see cref="MoveHeld"/> or <see cref="MoveRefused"/>.</summary>
[GenerateSerializer, Immutable, Alias("hub.HoldForMove")]
public sealed record HoldForMove([property: Id(0)] Engagement Engagement, [property: Id(1)] string? Reason) : OutboxPayload;

/// <summary>The week that a duty moves to holds its time: it may be let go here.</summary>
[GenerateSerializer, Immutable, Alias("hub.MoveHeld")]
public sealed record MoveHeld([property: Id(0)] EngagementId Engagement) : OutboxPayload;

/// <summary>The week that a duty should have moved to has no place for it.</summary>
[GenerateSerializer, Immutable, Alias("hub.MoveRefused")]
public sealed record MoveRefused([property: Id(0)] EngagementId Engagement, [property: Id(1)] ImmutableArray<string> Codes) : OutboxPayload;

/// <summary>The duty has left its old week; what was held for it is now the duty.</summary>
[GenerateSerializer, Immutable, Alias("hub.CompleteMove")]
public sealed record CompleteMove([property: Id(0)] Engagement Engagement, [property: Id(1)] Engagement Before, [property: Id(2)] PersonId By) : OutboxPayload;
