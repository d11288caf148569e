using System.Collections.Immutable;

namespace ConsultHub.Rostering;

/// <summary>
/// Checks that a consultant has the rest that the network's policy asks for in every 24 hours (Directive 2003/88/EC, article 3). Pure.
/// </summary>
internal static class RestRules
{
    private static readonly TimeSpan Day = TimeSpan.FromHours(24);

    /// <summary>
    /// A gap at night of at least this length is treated as sleep, so it must be as long as the required rest. A shorter gap is treated as
    /// a break within a period of work.
    /// </summary>
    private static readonly TimeSpan Sleep = TimeSpan.FromHours(3);

    /// <summary>Night time includes the hours from midnight to this time (article 2 of the directive).</summary>
    private static readonly TimeSpan NightEnds = TimeSpan.FromHours(5);

    /// <summary>There is too little rest around an engagement.</summary>
    /// <param name="Rest">The longest rest that would be left.</param>
    /// <param name="Beside">The engagement before or after this one, if the time between the two is too short for a rest. Otherwise null,
    /// for example if this engagement alone is too long.</param>
    public readonly record struct Shortage(TimeSpan Rest, EngagementId? Beside);

    /// <param name="slots">The consultant's slots in the engagement's week. The slots of the engagement itself are ignored.</param>
    /// <param name="edges">The consultant's slots in the neighbouring weeks.</param>
    /// <param name="before">The last slot that ends before the engagement.</param>
    /// <param name="after">The first slot that starts after the engagement.</param>
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
        // A period of work contains everything between two rests. It must be short enough to leave one rest in the 24 hours from its start.
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
