using System.Collections.Immutable;

namespace ConsultHub.Attendance;

/// <summary>The credit that one policy gives for one lecture.</summary>
/// <param name="Minutes">How many minutes of attendance count.</param>
/// <param name="Why">The reasons why there is no credit, or less than the attended time would give.</param>
[GenerateSerializer, Immutable, Alias("hub.LectureCredit")]
public sealed record LectureCredit(
    [property: Id(0)] SessionId Session,
    [property: Id(1)] double Minutes,
    [property: Id(2)] decimal Credits,
    [property: Id(3)] ImmutableArray<string> Why
);

/// <summary>The credit that a person has earned by one policy.</summary>
public sealed record CreditResult(CreditPolicy Policy, ImmutableArray<LectureCredit> Lectures, decimal Credits);

/// <summary>
/// The credit that a person has earned from a body on one day at another conference of the network. This credit uses up a part of the day's
/// cap.
/// </summary>
[GenerateSerializer, Immutable, Alias("hub.CreditElsewhere")]
public sealed record CreditElsewhere(
    [property: Id(0)] ConferenceId Conference,
    [property: Id(1)] string Title,
    [property: Id(2)] DateOnly Day,
    [property: Id(3)] decimal Credits
);

/// <summary>
/// Computes credit from attendance. The functions are pure, so credit can be computed again at any time. The order of the reports makes no
/// difference. Three limits apply. First, the counted time is never longer than the lecture, and never longer than the time that passed
/// while the person watched. Second, within a conference, a stretch of a person's time earns credit only once. Third, a day's cap is valid
/// for all conferences together. Lectures in valid certificates are counted first, and then the other lectures in order of time. Because
/// of this, several certificates together never exceed the cap.
/// </summary>
public static class CreditRules
{
    /// <summary>Computes the credit of one person by one policy.</summary>
    /// <param name="attended">The person's attendance. If the policy has a cap for a day, this includes the lectures of the network's other
    /// conferences on the same days.</param>
    /// <param name="certified">The lectures in the person's valid certificates from the policy's accrediting body. They count first towards
    /// the cap of a day.</param>
    /// <param name="rated">The lectures on which the person has given feedback. Null if there are none.</param>
    public static CreditResult Of(
        CreditPolicy policy,
        IEnumerable<(LectureHeld Lecture, Attended Attended)> attended,
        IReadOnlySet<SessionId>? certified = null,
        IReadOnlySet<SessionId>? rated = null
    )
    {
        Dictionary<ConferenceId, Stretches> spent = [];
        List<Counting> counted = [];
        foreach (var (lecture, mine) in attended.OrderBy(a => a.Lecture.Start).ThenBy(a => a.Lecture.Session.Value, StringComparer.Ordinal))
        {
            var (time, wall) = Counted(policy, lecture, mine);
            var before = spent.GetValueOrDefault(lecture.Conference, Stretches.None);
            var free = wall.Except(before).Length;
            List<string> why = [];
            if (time > wall.Length)
                why.Add(CreditReasonCodes.FasterThanTime);
            if (free < wall.Length && free < time)
                why.Add(CreditReasonCodes.Elsewhere);
            if (time > free)
                time = free;
            var earned = Earned(policy, lecture, mine, time, why);
            if (earned > 0 && policy.AfterFeedback && rated?.Contains(lecture.Session) != true)
            {
                earned = 0;
                why.Add(CreditReasonCodes.FeedbackMissing);
            }
            if (earned > 0)
                spent[lecture.Conference] = before.Union(wall);
            counted.Add(new(lecture, time, earned, why));
        }
        if (policy.DayCap is { } cap)
            foreach (var day in counted.Where(c => c.Earned > 0).GroupBy(c => c.Lecture.Day))
                Cap(policy, cap, day.OrderByDescending(c => certified?.Contains(c.Lecture.Session) ?? false));
        return new(
            policy,
            [.. counted.Select(c => new LectureCredit(c.Lecture.Session, Math.Round(c.Time.TotalMinutes, 2), c.Earned, [.. c.Why]))],
            counted.Sum(c => c.Earned)
        );
    }

    private sealed class Counting(LectureHeld lecture, TimeSpan time, decimal earned, List<string> why)
    {
        public LectureHeld Lecture => lecture;
        public TimeSpan Time => time;
        public decimal Earned { get; set; } = earned;
        public List<string> Why => why;
    }

    private static void Cap(CreditPolicy policy, decimal left, IEnumerable<Counting> day)
    {
        foreach (var lecture in day)
        {
            if (Rounded(policy with { Rounding = CreditRounding.Down }, left) is var most && lecture.Earned > most)
            {
                lecture.Earned = most;
                lecture.Why.Add(CreditReasonCodes.DayCap);
            }
            left -= lecture.Earned;
        }
    }

    /// <summary>
    /// Returns the times at which a person was in the room: the live times of the lecture after the person's check-in. Empty if the person
    /// did not check in.
    /// </summary>
    public static Stretches InRoom(LectureHeld lecture, Attended attended) =>
        attended.CheckedIn is not { } since
            ? Stretches.None
            : lecture.Held.Intersect(Stretches.Of(new Stretch(since.ToUnixTimeMilliseconds(), long.MaxValue)));

    /// <summary>
    /// Returns how much of the lecture the person attended in the ways that the policy counts. Also returns the real times at which the
    /// person did so.
    /// </summary>
    private static (TimeSpan Lecture, Stretches Wall) Counted(CreditPolicy policy, LectureHeld lecture, Attended attended)
    {
        var (time, wall) = (Stretches.None, Stretches.None);
        if (policy.Live)
            (time, wall) = (attended.Live, attended.LiveWall);
        if (policy.Recorded)
            (time, wall) = (time.Union(attended.Recorded), wall.Union(attended.RecordedWall));
        time = time.Intersect(lecture.Held);
        if (policy.InPerson && InRoom(lecture, attended) is { IsEmpty: false } room)
            (time, wall) = (time.Union(room), wall.Union(room));
        return (time.Length, wall);
    }

    /// <summary>Returns the credit for a lecture before the day's cap is applied.</summary>
    private static decimal Earned(CreditPolicy policy, LectureHeld lecture, Attended attended, TimeSpan time, List<string> why)
    {
        if (lecture.Cancelled)
            why.Add(CreditReasonCodes.Cancelled);
        else if (!lecture.Over)
            why.Add(CreditReasonCodes.NotOver);
        else if (time <= TimeSpan.Zero)
        {
            if (!why.Contains(CreditReasonCodes.Elsewhere.Name))
                why.Add(HasAny(lecture, attended) ? CreditReasonCodes.KindNotCounted : CreditReasonCodes.NotAttended);
        }
        else if (time.Ticks < lecture.Held.Length.Ticks * policy.MinimumShare)
            why.Add(CreditReasonCodes.BelowShare);
        else if (time < TimeSpan.FromMinutes(policy.MinimumMinutes))
            why.Add(CreditReasonCodes.BelowMinutes);
        else if (Rounded(policy, time.Ticks * policy.PerHour / TimeSpan.TicksPerHour) is var earned and > 0)
            return earned;
        else
            why.Add(CreditReasonCodes.TooLittle);
        return 0;
    }

    private static bool HasAny(LectureHeld lecture, Attended attended) =>
        !InRoom(lecture, attended).Union(attended.Live).Union(attended.Recorded).Intersect(lecture.Held).IsEmpty;

    private static decimal Rounded(CreditPolicy policy, decimal credits)
    {
        var steps = credits / policy.Step;
        return policy.Step
            * (policy.Rounding == CreditRounding.Down ? Math.Floor(steps) : Math.Round(steps, MidpointRounding.AwayFromZero));
    }
}
