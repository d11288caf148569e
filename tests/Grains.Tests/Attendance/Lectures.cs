using ConsultHub.Attendance;

namespace ConsultHub.Tests.Attendance;

/// <summary>Makes lectures, and reports of what people played of them. Times are minutes after 10:00 in Dubai.</summary>
internal static class Lectures
{
    public static readonly DateTimeOffset Ten = new(2026, 11, 24, 6, 0, 0, TimeSpan.Zero);

    public static DateTimeOffset At(double minutes) => Ten.AddMinutes(minutes);

    public static LectureHeld Held(string session, double from, double to) =>
        new(new(session), session, new(2026, 11, 24), Stretches.Of(At(from), At(to)), Over: true, Cancelled: false);

    public static LectureHeld Hour() => Held("s-1", 0, 60);

    /// <param name="playedAt">When the playback began. Null if the lecture was played live.</param>
    public static Played Report(PlayedAs how, double from, double to, double? playedAt = null, string person = "p-1") =>
        new(new(person), how, Stretch.Of(At(from), At(to)), Stretch.Of(At(playedAt ?? from), At((playedAt ?? from) + to - from)));

    public static Attended Watched(double from, double to) => Attended.Nothing.With(Report(PlayedAs.Live, from, to));

    public static CreditPolicy NewPolicy(string id = "body-1") =>
        new()
        {
            Id = new(id),
            Name = new("Body"),
            Unit = new("credits"),
        };
}
