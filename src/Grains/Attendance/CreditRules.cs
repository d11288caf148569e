using System.Collections.Immutable;

namespace ConsultHub.Attendance;

/// <summary>One lecture in one body's eyes.</summary>
/// <param name="Minutes">That count.</param>
/// <param name="Why">Codes that explain why there is no credit, or less than the time attended would give: <c>not-over</c>, <c>cancelled</c>, <c>not-attended</c>, <c>kind-not-counted</c>, <c>below-share</c>, <c>below-minutes</c>, <c>too-little</c>, <c>elsewhere</c>, <c>faster-than-time</c>, <c>day-cap</c>.</param>
[GenerateSerializer, Immutable, Alias("hub.LectureCredit")]
public sealed record LectureCredit(
    [property: Id(0)] SessionId Session, [property: Id(1)] double Minutes, [property: Id(2)] decimal Credits, [property: Id(3)] ImmutableArray<string> Why);

/// <summary>What a person has earned by one policy.</summary>
public sealed record CreditResult(CreditPolicy Policy, ImmutableArray<LectureCredit> Lectures, decimal Credits);

/// <summary>
/// Credit from attendance: pure, so it can be computed anew at any time, and the same whatever order reports came in. Never more than
/// was held, never more than the time that passed while it was watched, and one stretch of a person's time earns credit once.
/// </summary>
public static class CreditRules
{
    public static CreditResult Of(CreditPolicy policy, IEnumerable<(LectureHeld Lecture, Attended Attended)> attended)
    {
        var (spent, total) = (Stretches.None, 0m);
        Dictionary<DateOnly, decimal> days = [];
        List<LectureCredit> credits = [];
        foreach (var (lecture, mine) in attended.OrderBy(a => a.Lecture.Start).ThenBy(a => a.Lecture.Session.Value, StringComparer.Ordinal))
        {
            var (time, wall) = Counted(policy, lecture, mine);
            var free = wall.Except(spent).Length;
            List<string> why = [];
            if (time > wall.Length) why.Add("faster-than-time");
            if (free < wall.Length && free < time) why.Add("elsewhere");
            if (time > free) time = free;
            var earned = Earned(policy, lecture, mine, time, why);
            if (earned > 0 && policy.DayCap is { } cap)
            {
                var before = days.GetValueOrDefault(lecture.Day ?? default);
                var left = Rounded(policy with { Rounding = CreditRounding.Down }, Math.Max(0, cap - before));
                if (earned > left) (earned, why) = (left, [.. why, "day-cap"]);
                days[lecture.Day ?? default] = before + earned;
            }
            if (earned > 0) spent = spent.Union(wall);
            total += earned;
            credits.Add(new(lecture.Session, Math.Round(time.TotalMinutes, 2), earned, [.. why]));
        }
        return new(policy, [.. credits], total);
    }

    /// <summary>When somebody who checked in was in the room: from then, or from the beginning, to the end.</summary>
    public static Stretches InRoom(LectureHeld lecture, Attended attended) => attended.CheckedIn is not { } since ? Stretches.None
        : lecture.Held.Intersect(Stretches.Of(new Stretch(since.ToUnixTimeMilliseconds(), long.MaxValue)));

    /// <summary>Time of the lecture that the body counts, and the person's own time in which it was attended.</summary>
    private static (TimeSpan Lecture, Stretches Wall) Counted(CreditPolicy policy, LectureHeld lecture, Attended attended)
    {
        var (time, wall) = (Stretches.None, Stretches.None);
        if (policy.Live) (time, wall) = (attended.Live, attended.LiveWall);
        if (policy.Recorded) (time, wall) = (time.Union(attended.Recorded), wall.Union(attended.RecordedWall));
        time = time.Intersect(lecture.Held);
        if (policy.InPerson && InRoom(lecture, attended) is { IsEmpty: false } room) (time, wall) = (time.Union(room), wall.Union(room));
        return (time.Length, wall);
    }

    /// <summary>For a lecture by itself, without the day's cap.</summary>
    private static decimal Earned(CreditPolicy policy, LectureHeld lecture, Attended attended, TimeSpan time, List<string> why)
    {
        if (lecture.Cancelled) why.Add("cancelled");
        else if (!lecture.Over) why.Add("not-over");
        else if (time <= TimeSpan.Zero)
        {
            if (!why.Contains("elsewhere")) why.Add(HasAny(lecture, attended) ? "kind-not-counted" : "not-attended");
        }
        else if (time.Ticks < lecture.Held.Length.Ticks * policy.MinimumShare) why.Add("below-share");
        else if (time < TimeSpan.FromMinutes(policy.MinimumMinutes)) why.Add("below-minutes");
        else if (Rounded(policy, time.Ticks * policy.PerHour / TimeSpan.TicksPerHour) is var earned and > 0) return earned;
        else why.Add("too-little");
        return 0;
    }

    private static bool HasAny(LectureHeld lecture, Attended attended) => !InRoom(lecture, attended).Union(attended.Live).Union(attended.Recorded).Intersect(lecture.Held).IsEmpty;

    private static decimal Rounded(CreditPolicy policy, decimal credits)
    {
        var steps = credits / policy.Step;
        return policy.Step * (policy.Rounding == CreditRounding.Down ? Math.Floor(steps) : Math.Round(steps, MidpointRounding.AwayFromZero));
    }
}
