using System.Collections.Immutable;
using ConsultHub.Conferences.Releases;
using ConsultHub.Inboxes;
using ConsultHub.Journal;
using Orleans.Runtime;

namespace ConsultHub.Conferences.Audience;

/// <summary>Builds the messages that ask an inbox to raise an alert about a conference. Pure.</summary>
internal static class Notices
{
    /// <summary>A notice names at most this many sessions. For the other sessions, it gives only their number.</summary>
    private const int MostLines = 5;

    /// <summary>Returns one person's notice of a release, or of a change outside a release.</summary>
    public static OutboxMessage OfRelease(PersonId person, ReleaseTold release, ImmutableArray<SessionDifference> differences) =>
        new(
            0,
            GrainId.Create("inbox", person.Value),
            new RaiseNotice(
                release.Number == 0 && !release.Withdrawn ? AlertKind.SessionMoved : AlertKind.ProgrammeChanged,
                release.Conference,
                release.Title,
                release.Zone,
                release.Number,
                [.. differences.Take(MostLines).Select(Line)],
                Math.Max(0, differences.Length - MostLines),
                release.By
            )
            {
                Withdrawn = release.Withdrawn,
            }
        );

    public static OutboxMessage OfPlace(PersonId person, Conference conference, ConferenceSession session, PersonId by) =>
        new(
            0,
            GrainId.Create("inbox", person.Value),
            new RaiseNotice(
                AlertKind.PlaceFree,
                conference.Id,
                conference.Title,
                conference.TimeZone,
                0,
                [new(session.Id, session.Title, NoticeChange.Moved, session.Start, session.Room)],
                0,
                by
            )
        );

    private static NoticeLine Line(SessionDifference difference)
    {
        var facts = (difference.After ?? difference.Before)!;
        var change =
            difference.Changes.Contains(SessionChange.Removed) || difference.Changes.Contains(SessionChange.Cancelled)
                ? NoticeChange.Cancelled
            : difference.Concerns ? NoticeChange.Moved
            : NoticeChange.Speakers;
        return new(difference.Session, difference.Title, change, facts.Start, facts.Room);
    }
}
