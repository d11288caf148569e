using ConsultHub.Conferences;
using ConsultHub.Lectures;

namespace ConsultHub.Attendance;

/// <summary>The facts about a session that the credit rules need, such as the times at which it really took place.</summary>
/// <param name="Day">The conference day to which the session belongs.</param>
/// <param name="Held">
///     The times at which the session was live, without the breaks. For a session that never went live and was not cancelled, the part of
///     its scheduled time that has passed.
/// </param>
/// <param name="Over">Whether the session is over. A session that is not over gives no credit.</param>
public sealed record LectureHeld(SessionId Session, string Title, DateOnly? Day, Stretches Held, bool Over, bool Cancelled)
{
    /// <summary>
    /// If nobody ends a lecture within this time after its scheduled end, the lecture is treated as ended at its scheduled end.
    /// </summary>
    private static readonly TimeSpan Forgotten = TimeSpan.FromHours(12);

    /// <summary>The conference to which the session belongs.</summary>
    public ConferenceId Conference { get; init; }

    /// <summary>The instant at which the session began or will begin, in milliseconds since 1970 UTC. Used only to sort sessions.</summary>
    public long Start => Held.IsEmpty ? Scheduled?.ToUnixTimeMilliseconds() ?? 0 : Held.Pieces[0].From;

    /// <summary>The scheduled start, UTC.</summary>
    public DateTimeOffset? Scheduled { get; init; }

    /// <summary>Finds out when a session took place.</summary>
    /// <param name="timeline">Null or without stages if nobody has opened the lecture's room.</param>
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
