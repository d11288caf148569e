using Ical.Net.DataTypes;
using Ical.Net.Evaluation;

namespace ConsultHub.Conferences.Import;

/// <summary>
/// A recurrence rule (RFC 5545, 3.3.10), expanded by Ical.Net in the local time of its zone. Rules that would make work without making
/// sessions are
/// refused: finer than an hour, many times a day, or without a date in many years.
/// </summary>
internal sealed class CalendarRule
{
    private const int MostTimesADay = 24,
        MostUnmatched = 500;

    private readonly RecurrenceRule _rule;
    private readonly DateTime? _until;

    private CalendarRule(RecurrenceRule rule, DateTime? until) => (_rule, _until) = (rule, until);

    /// <summary>Whether the rule itself says when it ends.</summary>
    public bool Ends => _until is not null || _rule.Count is not null;

    /// <returns>Null where it is not understood, or asks for too much.</returns>
    public static CalendarRule? Parse(string text)
    {
        if (text.Length > 2_000)
            return null;
        // UNTIL is dealt with here, since producers write it in UTC, in local time and as a date.
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

    /// <summary>Local times from the first on, in order; fewer where the rule is exhausted or finds nothing for long.</summary>
    /// <param name="toLocal">The local time of an end that is written in UTC.</param>
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
            // No further date, or none that a calendar has.
        }
        return dates;
    }
}
