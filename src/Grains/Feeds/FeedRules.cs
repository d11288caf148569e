using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using ConsultHub.Conferences;
using ConsultHub.Conferences.Export;
using ConsultHub.Hospitals;
using ConsultHub.Programmes;
using ConsultHub.Research;
using ConsultHub.Rostering;

namespace ConsultHub.Feeds;

/// <summary>
/// Turns sessions and engagements into entries of a feed, and raises the sequence numbers of entries that have changed. Pure.
/// </summary>
internal static class FeedRules
{
    /// <summary>Returns the entry of a session. Null if the session has no time.</summary>
    public static FeedEntry? Of(Conference conference, ConferenceSession session) =>
        session.Start is not { } start
            ? null
            : new FeedEntry(
                $"{session.Id}.{conference.Id}@session.consult-hub",
                start,
                start + session.Duration,
                conference.TimeZone,
                session.Title,
                string.Join(", ", new[] { session.Room, conference.Title }.Where(t => t.Length > 0)),
                session.Abstract,
                session.Cancelled ? FeedStatus.Cancelled : FeedStatus.Confirmed,
                Page: ExportNames.PageOf(conference.Id, session.Id),
                Room: session.Cancelled ? null : RoomOf(conference.Id, session.Id)
            );

    /// <summary>Returns the entry of an engagement for one of its consultants, or for a person who is asked to take it.</summary>
    public static FeedEntry Of(NetworkId network, Week week, Engagement engagement, Hospital? hospital, PersonId person, string language)
    {
        var status =
            !engagement.TakesTime ? FeedStatus.Cancelled
            : engagement.Status == EngagementStatus.Planned || engagement.Proposal is not null || !engagement.Consultants.Contains(person)
                ? FeedStatus.Tentative
            : FeedStatus.Confirmed;
        return EntryOf(network, engagement.Id, engagement.Start, engagement.End, engagement.Title, status) with
        {
            Zone = ZoneOf(hospital),
            Place = PlaceOf(hospital, engagement.Hospital, engagement.Room, language),
            PlaceId = $"{engagement.Hospital}/{engagement.Room}",
            Page = $"/board/{network}/{week}?show={engagement.Id}",
        };
    }

    /// <summary>Returns the entry of a session of a cohort for one of its participants.</summary>
    public static FeedEntry Of(ApplicationTold member, CourseSession session, Hospital? hospital, string language) =>
        EntryOf(
            member.Network,
            session.Engagement,
            session.Start,
            session.End,
            session.Title,
            StatusOf(session.TakesPlace, session.Status)
        ) with
        {
            Zone = ZoneOf(hospital),
            Place = PlaceOf(hospital, session.Hospital, session.Room, language),
            PlaceId = $"{session.Hospital}/{session.Room}/{session.Lecture?.Session}",
            Page = $"/programme/{member.Programme}/course/{member.Cohort}",
            Room = session is { TakesPlace: true, Lecture: { } lecture } ? RoomOf(lecture.Conference, lecture.Session) : null,
        };

    /// <summary>Returns the entry of a meeting of an initiative for one of its leads.</summary>
    public static FeedEntry Of(InitiativeProfile initiative, Meeting meeting, Hospital? hospital, string language) =>
        EntryOf(
            initiative.Network,
            meeting.Engagement,
            meeting.Start,
            meeting.End,
            meeting.Title,
            StatusOf(meeting.TakesPlace, meeting.Status)
        ) with
        {
            Zone = ZoneOf(hospital),
            Place = PlaceOf(hospital, meeting.Hospital, meeting.Room, language),
            PlaceId = $"{meeting.Hospital}/{meeting.Room}",
            Page = $"/research/initiative/{initiative.Id}",
        };

    /// <summary>
    /// An engagement has one UID, whatever a person has to do with it. So somebody who is a trainer and leads the initiative has one entry.
    /// </summary>
    private static FeedEntry EntryOf(
        NetworkId network,
        EngagementId engagement,
        DateTimeOffset start,
        DateTimeOffset end,
        string title,
        FeedStatus status
    ) => new($"{engagement}.{network}@duty.consult-hub", start, end, "UTC", title, "", null, status);

    private static FeedStatus StatusOf(bool takesPlace, EngagementStatus status) =>
        !takesPlace ? FeedStatus.Cancelled
        : status == EngagementStatus.Planned ? FeedStatus.Tentative
        : FeedStatus.Confirmed;

    private static string ZoneOf(Hospital? hospital) => hospital?.TimeZone ?? "UTC";

    private static string PlaceOf(Hospital? hospital, HospitalId id, RoomId? room, string language) =>
        string.Join(
            ", ",
            new[]
            {
                hospital?.Rooms.FirstOrDefault(r => r.Id == room)?.Name.In(language),
                hospital?.Name.In(language) ?? id.Value,
            }.OfType<string>()
        );

    private static string RoomOf(ConferenceId conference, SessionId session) => $"/conferences/{conference}/sessions/{session}/room";

    /// <summary>
    /// Keeps one entry for each UID. The weeks are not read at the same instant, so an engagement that moves to another week may be read
    /// twice. An entry that is not cancelled is kept rather than a cancelled one.
    /// </summary>
    public static ImmutableArray<FeedEntry> Distinct(IEnumerable<FeedEntry> entries) =>
        [
            .. entries
                .GroupBy(e => e.Uid)
                .Select(g => g.MinBy(e => e.Status == FeedStatus.Cancelled)!)
                .OrderBy(e => e.Start)
                .ThenBy(e => e.Uid, StringComparer.Ordinal),
        ];

    /// <summary>
    /// Gives entries their sequence numbers. Also returns the change of the marks, which must be stored. The change is null if no mark
    /// has changed.
    /// </summary>
    public static (ImmutableArray<FeedEntry> Entries, FeedMarksChanged? Change) Number(
        ImmutableDictionary<string, FeedMark> marks,
        ImmutableArray<FeedEntry> entries,
        DateTimeOffset now
    )
    {
        List<FeedMark> set = [];
        var numbered = ImmutableArray.CreateBuilder<FeedEntry>(entries.Length);
        foreach (var entry in entries)
        {
            var content = ContentOf(entry);
            var mark = marks.GetValueOrDefault(entry.Uid);
            if (mark is not null && entry.PlaceId is not null && mark.Content == ContentOf(entry with { PlaceId = "" }))
                // An earlier release stored the mark. It did not look at the place.
                set.Add(mark = mark with { Content = content });
            else if (mark?.Content != content)
                set.Add(mark = new FeedMark(entry.Uid, content, mark is null ? 0 : mark.Sequence + 1, now));
            numbered.Add(entry with { Sequence = mark.Sequence, Changed = mark.Changed });
        }
        // An entry that has left the feed may come back. Its sequence number must then not be lower than the number that calendar programs
        // have stored. Therefore its mark is removed only a long time after its last change.
        ImmutableArray<string> old =
        [
            .. marks.Values.Where(m => m.Changed < now - Remembered).Select(m => m.Uid).Except(entries.Select(e => e.Uid)),
        ];
        return (numbered.MoveToImmutable(), set.Count == 0 && old.IsEmpty ? null : new FeedMarksChanged([.. set], old));
    }

    /// <summary>
    /// Returns the hash of a link's secret part. Only the hash is stored. The secret is long and random, so the hash needs no salt.
    /// </summary>
    public static string HashOf(string token) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    private static readonly TimeSpan Remembered = TimeSpan.FromDays(400);

    private static string ContentOf(FeedEntry entry) =>
        Convert.ToHexString(
            SHA256.HashData(
                Encoding.UTF8.GetBytes(
                    string.Join(
                        '\n',
                        entry.Start.UtcTicks,
                        entry.End.UtcTicks,
                        entry.Zone,
                        entry.Title,
                        entry.Text,
                        entry.Status,
                        // The names of a hospital and a room depend on the language, so a change of these names is no change of the entry.
                        entry.PlaceId
                            ?? entry.Place
                    )
                )
            ),
            0,
            12
        );
}
