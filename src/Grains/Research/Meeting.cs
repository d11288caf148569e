using System.Collections.Immutable;
using System.Text.Json.Serialization;
using ConsultHub.Records;
using ConsultHub.Rostering;

namespace ConsultHub.Research;

/// <summary>
/// A meeting of an initiative: an engagement whose purpose is the initiative. The roster owns its time, room, consultants and status, and
/// tells them.
/// </summary>
/// <param name="Week">The week of the roster to which the engagement belongs.</param>
/// <param name="Room">Null for a remote meeting.</param>
/// <param name="Start">UTC.</param>
/// <param name="End">UTC.</param>
/// <param name="IsGone">Whether the engagement is no longer for this initiative.</param>
/// <param name="ToldAt">UTC. When the roster decided what it told last. An older message that arrives later changes nothing.</param>
[GenerateSerializer, Immutable, Alias("hub.Meeting")]
public sealed record Meeting(
    [property: Id(0)] EngagementId Engagement,
    [property: Id(1)] Week Week,
    [property: Id(2)] string Title,
    [property: Id(3)] HospitalId Hospital,
    [property: Id(4)] RoomId? Room,
    [property: Id(5)] ImmutableArray<PersonId> Consultants,
    [property: Id(6)] DateTimeOffset Start,
    [property: Id(7)] DateTimeOffset End,
    [property: Id(8)] EngagementStatus Status,
    [property: Id(9)] bool IsGone,
    [property: Id(10), JsonIgnore] DateTimeOffset ToldAt
)
{
    /// <summary>Whether the meeting takes place or has taken place.</summary>
    [JsonIgnore]
    public bool TakesPlace => !IsGone && Status is not (EngagementStatus.Cancelled or EngagementStatus.NoShow);

    public static Meeting Of(PurposeTold told, DateTimeOffset at) =>
        new(
            told.Engagement.Id,
            told.Week,
            told.Engagement.Title,
            told.Engagement.Hospital,
            told.Engagement.Room,
            told.Engagement.Consultants,
            told.Engagement.Start,
            told.Engagement.End,
            told.Engagement.Status,
            told.IsGone,
            at
        );

    /// <summary>Whether the leads need to know of the change.</summary>
    /// <param name="before">Null if the meeting is new.</param>
    public static bool IsNews(Meeting? before, Meeting after) =>
        before is not { TakesPlace: true }
            ? after.TakesPlace
            : !after.TakesPlace
                || (before.Start, before.End, before.Hospital, before.Room) != (after.Start, after.End, after.Hospital, after.Room);
}

/// <summary>A roster has told of a meeting.</summary>
[GenerateSerializer, Immutable, Alias("hub.MeetingTold")]
internal sealed record MeetingTold([property: Id(0)] Meeting Meeting) : ProfileEvent<Initiative>
{
    public override Initiative? After(Initiative? profile) => profile?.With(Meeting);
}
