using System.Collections.Immutable;

namespace ConsultHub.Rostering;

/// <summary>Whether a consultant has the rest of the network's policy in every 24 hours (Directive 2003/88/EC, article 3). Pure.</summary>
internal static class RestRules
{
    private static readonly TimeSpan Day = TimeSpan.FromHours(24);

    /// <summary>A gap at night that is this long is somebody's sleep. A shorter one is a break in a period of work.</summary>
    private static readonly TimeSpan Sleep = TimeSpan.FromHours(3);

    /// <summary>Night time includes the hours between midnight and this one (article 2).</summary>
    private static readonly TimeSpan NightEnds = TimeSpan.FromHours(5);

    /// <summary>Too little rest around an engagement.</summary>
    /// <param name="Rest">The longest that is left.</param>
    /// <param name="Beside">The engagement before or after it; null where the engagement alone is too long.</param>
    public readonly record struct Shortage(TimeSpan Rest, EngagementId? Beside);

    /// <param name="slots">What takes the consultant's time in the engagement's week; the engagement's own is passed over.</param>
    /// <param name="edges">The same of the weeks beside it.</param>
    /// <param name="before">The slot that ends last before the engagement.</param>
    /// <param name="after">The slot that starts first after the engagement.</param>
    public static Shortage? Check(
        Engagement engagement,
        ImmutableArray<Slot> slots,
        ImmutableArray<Slot> edges,
        Slot? before,
        Slot? after,
        TimeSpan rest,
        TimeZoneInfo zone
    )
    {
        if (before is { } last && IsShortNight(last.End, engagement.Start, rest, zone))
            return new(engagement.Start - last.End, last.Engagement);
        if (after is { } next && IsShortNight(engagement.End, next.Start, rest, zone))
            return new(next.Start - engagement.End, next.Engagement);
        // A period of work holds everything between two rests. It may last as long as leaves one rest in the 24 hours from its start.
        var (start, end) = (engagement.Start, engagement.End);
        while (
            end - start <= Day - rest
            && (Grow(engagement, slots, rest, ref start, ref end) || Grow(engagement, edges, rest, ref start, ref end))
        ) { }
        if (end - start <= Day - rest)
            return null;
        var beside =
            before is { } b && engagement.Start - b.End < rest ? before
            : after is { } a && a.Start - engagement.End < rest ? after
            : null;
        return new(end - start < Day ? Day - (end - start) : TimeSpan.Zero, beside?.Engagement);
    }

    private static bool Grow(
        Engagement engagement,
        ImmutableArray<Slot> slots,
        TimeSpan rest,
        ref DateTimeOffset start,
        ref DateTimeOffset end
    )
    {
        foreach (var slot in slots)
        {
            if (
                slot.Engagement == engagement.Id
                || (slot.Start >= start && slot.End <= end)
                || slot.Start - end >= rest
                || start - slot.End >= rest
            )
                continue;
            if (slot.Start < start)
                start = slot.Start;
            if (slot.End > end)
                end = slot.End;
            return true;
        }
        return false;
    }

    private static bool IsShortNight(DateTimeOffset free, DateTimeOffset due, TimeSpan rest, TimeZoneInfo zone)
    {
        if (due - free < Sleep || due - free >= rest)
            return false;
        var (from, to) = (TimeZoneInfo.ConvertTime(free, zone).DateTime, TimeZoneInfo.ConvertTime(due, zone).DateTime);
        return from.TimeOfDay < NightEnds || to.Date > from.Date && to > from.Date.AddDays(1);
    }
}
