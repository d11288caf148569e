using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using ConsultHub.Conferences;
using ConsultHub.Conferences.Export;
using ConsultHub.Hospitals;
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
                Room: session.Cancelled ? null : $"/conferences/{conference.Id}/sessions/{session.Id}/room"
            );

    /// <summary>Returns the entry of an engagement for one of its consultants, or for a person who is asked to take it.</summary>
    public static FeedEntry Of(NetworkId network, Week week, Engagement engagement, Hospital? hospital, PersonId person, string language)
    {
        var room = hospital?.Rooms.FirstOrDefault(r => r.Id == engagement.Room)?.Name.In(language);
        var place = string.Join(", ", new[] { room, hospital?.Name.In(language) ?? engagement.Hospital.Value }.OfType<string>());
        var status =
            !engagement.TakesTime ? FeedStatus.Cancelled
            : engagement.Status == EngagementStatus.Planned || engagement.Proposal is not null || !engagement.Consultants.Contains(person)
                ? FeedStatus.Tentative
            : FeedStatus.Confirmed;
        return new(
            $"{engagement.Id}.{network}@duty.consult-hub",
            engagement.Start,
            engagement.End,
            hospital?.TimeZone ?? "UTC",
            engagement.Title,
            place,
            null,
            status,
            Page: $"/board/{network}/{week}?show={engagement.Id}"
        );
    }

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
            if (mark?.Content != content)
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
                        entry.Uid.Contains("@session", StringComparison.Ordinal) ? entry.Place : ""
                    )
                )
            ),
            0,
            12
        );
}
