using System.Collections.Immutable;
using ConsultHub.Inboxes;
using ConsultHub.Journal;

namespace ConsultHub.Conferences.Audience;

public enum NoticeChange
{
    Moved,
    Cancelled,
    Speakers,
}

/// <summary>One session in a notice.</summary>
/// <param name="Start">The session's present start, UTC. Null if the session has no time.</param>
[GenerateSerializer, Immutable, Alias("hub.NoticeLine")]
public sealed record NoticeLine(
    [property: Id(0)] SessionId Session,
    [property: Id(1)] string Title,
    [property: Id(2)] NoticeChange Change,
    [property: Id(3)] DateTimeOffset? Start,
    [property: Id(4)] string Room
);

/// <summary>Asks an inbox to raise an alert about a conference.</summary>
/// <param name="Zone">IANA zone of the conference.</param>
/// <param name="Release">The number of the release if the notice is about a release, otherwise 0.</param>
/// <param name="More">The number of further changed sessions that the notice does not name.</param>
[GenerateSerializer, Immutable, Alias("hub.RaiseNotice")]
public sealed record RaiseNotice(
    [property: Id(0)] AlertKind Kind,
    [property: Id(1)] ConferenceId Conference,
    [property: Id(2)] string Title,
    [property: Id(3)] string Zone,
    [property: Id(4)] int Release,
    [property: Id(5)] ImmutableArray<NoticeLine> Lines,
    [property: Id(6)] int More,
    [property: Id(7)] PersonId By
) : OutboxPayload, IAlertMessage
{
    /// <summary>Whether the whole conference does not take place.</summary>
    [Id(8)]
    public bool Withdrawn { get; init; }

    /// <summary>The alert's id begins with "conference.", so that it differs from the ids of alerts that rosters send.</summary>
    public Alert ToAlert(string message, DateTimeOffset at) =>
        new()
        {
            Id = $"conference.{message}",
            Kind = Kind,
            At = at,
            Text = NoticeTexts.Of(this),
            Conference = Conference,
            Session = Lines is [var only] && More == 0 ? only.Session : null,
        };
}
