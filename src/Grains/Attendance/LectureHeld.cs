using ConsultHub.Conferences;
using ConsultHub.Lectures;

namespace ConsultHub.Attendance;

/// <summary>A session as credit sees it: when it was really held.</summary>
/// <param name="Day">The conference's day that it belongs to.</param>
/// <param name="Held">When it was live, breaks left out. Where nobody went live: as scheduled, so far as that has passed and unless it was
/// cancelled.</param>
/// <param name="Over">Credit is given for what is over.</param>
public sealed record LectureHeld(SessionId Session, string Title, DateOnly? Day, Stretches Held, bool Over, bool Cancelled)
{
    /// <summary>A stage that nobody ends is taken to have ended as scheduled when this has passed since.</summary>
    private static readonly TimeSpan Forgotten = TimeSpan.FromHours(12);

    /// <summary>Which it belongs to.</summary>
    public ConferenceId Conference { get; init; }

    /// <summary>When it began, UTC; for order only.</summary>
    public long Start => Held.IsEmpty ? Scheduled?.ToUnixTimeMilliseconds() ?? 0 : Held.Pieces[0].From;

    /// <summary>UTC.</summary>
    public DateTimeOffset? Scheduled { get; init; }

    /// <param name="timeline">Null where nobody has opened the room.</param>
    public static LectureHeld Of(Conference conference, ConferenceSession session, LectureTimeline? timeline, DateTimeOffset now)
    {
        var turns = timeline?.Stages ?? [];
        var scheduledEnd = session.Start + session.Duration;
        var ended = turns.Length > 0 && turns[^1].Stage == LectureStage.Ended;
        var forgotten = !ended && now > scheduledEnd + Forgotten;
        var until = forgotten && scheduledEnd < now ? scheduledEnd.Value : now;
        var live = Stretches.Of(
            turns.Select(
                (turn, i) => turn.Stage == LectureStage.Live ? Stretch.Of(turn.At, i + 1 < turns.Length ? turns[i + 1].At : until) : default
            )
        );
        if (live.IsEmpty && !session.Cancelled && session.Start is { } start)
            live = Stretches.Of(start, scheduledEnd < now ? scheduledEnd.Value : now);
        return new(
            session.Id,
            session.Title,
            session.Day ?? DayOf(live.IsEmpty ? session.Start : DateTimeOffset.FromUnixTimeMilliseconds(live.Pieces[0].From), conference),
            live,
            ended || forgotten || (!turns.Any(t => t.Stage == LectureStage.Live) && now >= scheduledEnd),
            session.Cancelled
        )
        {
            Conference = conference.Id,
            Scheduled = session.Start,
        };
    }

    private static DateOnly? DayOf(DateTimeOffset? began, Conference conference) =>
        began is not { } at
            ? null
            : DateOnly.FromDateTime(
                TimeZoneInfo.ConvertTime(at, TimeZoneInfo.FindSystemTimeZoneById(conference.TimeZone)).DateTime
                    - conference.DayChange.ToTimeSpan()
            );
}
