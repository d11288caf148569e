using System.Collections.Immutable;
using ConsultHub.Conferences;
using ConsultHub.Rostering;

namespace ConsultHub.Web.Conferences;

/// <summary>What people edit of a conference.</summary>
/// <param name="Title">1 to 300 characters, as are the titles in Arabic and Korean.</param>
/// <param name="TimeZone">IANA zone. If it changes, the sessions keep their local times.</param>
/// <param name="DayChange">Null keeps the time.</param>
/// <param name="Network">The network of a new conference. The default is the first in which the viewer may do this. A conference stays
/// in its network.</param>
/// <param name="Withdrawn">Whether the conference does not take place. Then all its sessions are cancelled.</param>
public sealed record ConferenceEdit(
    string? Title,
    string? TitleAr = null,
    string? TitleKo = null,
    string? Subtitle = null,
    string? TimeZone = null,
    DateOnly? FirstDay = null,
    DateOnly? LastDay = null,
    TimeOnly? DayChange = null,
    NetworkId? Network = null,
    ImmutableArray<ConferenceRoom>? Rooms = null,
    ImmutableArray<string>? Tracks = null,
    bool Withdrawn = false
);

/// <summary>What people edit of a session.</summary>
/// <param name="Start">UTC. Null if there is no time yet.</param>
/// <param name="Duration">Minutes.</param>
/// <param name="Room">A room of the conference. Empty or null if the session has no room.</param>
/// <param name="Cancelled">Whether the session is withdrawn. It stays visible.</param>
public sealed record SessionEdit(
    string? Title,
    string? TitleAr = null,
    string? TitleKo = null,
    string? Subtitle = null,
    string? Abstract = null,
    DateTimeOffset? Start = null,
    double Duration = 0,
    string? Room = null,
    string? Track = null,
    string? Kind = null,
    string? Language = null,
    ImmutableArray<Speaker>? Speakers = null,
    bool Cancelled = false
);

/// <summary>A session as it can be edited, with what the hub knows of it.</summary>
/// <param name="Start">UTC. Null if there is no time yet.</param>
/// <param name="Duration">Minutes.</param>
/// <param name="Day">The local conference day under which the session is listed.</param>
/// <param name="Draft">Whether this is the session of the draft.</param>
public sealed record SessionRecord(
    SessionId Id,
    string Title,
    string? TitleAr,
    string? TitleKo,
    string? Subtitle,
    string? Abstract,
    DateTimeOffset? Start,
    double Duration,
    string Room,
    string? Track,
    string? Kind,
    string? Language,
    ImmutableArray<Speaker> Speakers,
    bool Cancelled,
    DateOnly? Day,
    BookingState Booking,
    EngagementId? Engagement,
    Week? Week,
    bool Draft
)
{
    internal static SessionRecord Of(ConferenceSession session, bool draft) =>
        new(
            session.Id,
            session.Title,
            session.TitleAr,
            session.TitleKo,
            session.Subtitle,
            session.Abstract,
            session.Start,
            session.Duration.TotalMinutes,
            session.Room,
            session.Track,
            session.Kind,
            session.Language,
            session.Speakers,
            session.Cancelled,
            session.Day,
            session.Booking,
            session.Engagement,
            session.Week,
            draft
        );
}
