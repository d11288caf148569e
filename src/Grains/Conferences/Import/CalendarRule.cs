using Ical.Net.DataTypes;
using Ical.Net.Evaluation;

namespace ConsultHub.Conferences.Import;

/// <summary>
/// A recurrence rule (RFC 5545, 3.3.10), expanded by Ical.Net in the local time of its zone. Rules that cost much computing time and give
/// few useful times are limited. A rule is refused if its frequency is minutes or seconds, or if BYHOUR, BYMINUTE and BYSECOND give more
/// than 24 combinations. The search for dates stops after 500 periods without a date.
/// </summary>
internal sealed class CalendarRule
{
    private const int MostTimesADay = 24,
        MostUnmatched = 500;

    private readonly RecurrenceRule _rule;
    private readonly DateTime? _until;

    private CalendarRule(RecurrenceRule rule, DateTime? until) => (_rule, _until) = (rule, until);

    /// <summary>Whether the rule says when it ends.</summary>
    public bool Ends => _until is not null || _rule.Count is not null;

    /// <summary>Parses a rule.</summary>
    /// <returns>Null if the rule cannot be understood or would cost too much computing time.</returns>
    public static CalendarRule? Parse(string text)
    {
        if (text.Length > 2_000)
            return null;
        // UNTIL is handled here, because calendars write it in UTC, in local time or as a date.
        var parts = text.Trim().ToUpperInvariant().Split(';', StringSplitOptions.RemoveEmptyEntries);
        var until = parts.FirstOrDefault(p => p.StartsWith("UNTIL=", StringComparison.Ordinal))?[6..];
        try
        {
            var rule = new RecurrenceRule(string.Join(';', parts.Where(p => !p.StartsWith("UNTIL=", StringComparison.Ordinal))));
            if (rule.Frequency < Ical.Net.FrequencyType.Hourly || rule.Interval < 1)
                return null;
            if (Math.Max(1, rule.ByHour.Count) * (long)Math.Max(1, rule.ByMinute.Count) * Math.Max(1, rule.BySecond.Count) > MostTimesADay)
                return null;
            if (until is null)
                return new CalendarRule(rule, null);
            if (CalendarValues.Local(until) is not { } end)
                return null;
            return new CalendarRule(rule, until.Length == 8 ? end.AddDays(1).AddTicks(-1) : end);
        }
        catch (Exception malformed)
            when (malformed
                    is FormatException
                        or ArgumentException
                        or OverflowException
                        or InvalidOperationException
                        or IndexOutOfRangeException
            )
        {
            return null;
        }
    }

    /// <summary>
    /// Returns at most <paramref name="most"/> local times of the rule in order, none before <paramref name="first"/>. There are fewer if
    /// the rule ends or if the search stops.
    /// </summary>
    /// <param name="toLocal">Converts the rule's end to local time, if the rule gives its end in UTC.</param>
    public List<DateTime> From(DateTime first, Func<DateTime, DateTime> toLocal, int most)
    {
        var until = _until is { } end
            ? end.Kind == DateTimeKind.Utc
                ? toLocal(end)
                : end
            : DateTime.MaxValue;
        List<DateTime> dates = [];
        try
        {
            var start = new CalDateTime(DateTime.SpecifyKind(first, DateTimeKind.Unspecified));
            foreach (
                var period in new RecurrencePatternEvaluator(_rule).Evaluate(
                    start,
                    null,
                    new EvaluationOptions { MaxUnmatchedIncrementsLimit = MostUnmatched }
                )
            )
            {
                var date = period.StartTime.Value;
                if (dates.Count == most || date > until)
                    break;
                dates.Add(date);
            }
        }
        catch (Exception exhausted) when (exhausted is EvaluationException or ArgumentOutOfRangeException or OverflowException)
        {
            // The search has found no date in 500 periods, or the next date is outside the calendar's range.
        }
        return dates;
    }
}
