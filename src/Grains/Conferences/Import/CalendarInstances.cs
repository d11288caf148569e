namespace ConsultHub.Conferences.Import;

/// <summary>One time at which an entry takes place.</summary>
/// <param name="Local">The local time in the entry's zone.</param>
/// <param name="Duration">The duration at this time. Null if it is the same as in the entry itself.</param>
internal sealed record CalendarInstance(DateTime Local, TimeSpan? Duration);

/// <summary>
/// Finds the times at which an entry takes place (RFC 5545, 3.8.5): its start, the times of its rules, and its additional dates and
/// periods, but not its excluded dates. The number of times is limited.
/// </summary>
internal sealed class CalendarInstances(WarningList warnings)
{
    /// <summary>The greatest number of times that are taken from one rule, or from one line of additional dates.</summary>
    public const int Most = 500;

    /// <summary>
    /// All entries of a file together may have at most this many rules. Every rule costs computing time, even if it gives no times.
    /// </summary>
    private const int MostRules = 1_000;

    /// <summary>A rule without an end gives times only in this period after the start.</summary>
    private static readonly TimeSpan Endless = TimeSpan.FromDays(366);

    private int _rules;

    /// <exception cref="ImportFaultException">There are too many rules.</exception>
    public List<CalendarInstance> Of(CalendarPart entry, DateTime start, bool isDate, CalendarZone? zone)
    {
        if (entry.First("RRULE") is null && entry.First("RDATE") is null)
            return [new CalendarInstance(start, null)];
        SortedDictionary<DateTime, CalendarInstance> found = new() { [start] = new CalendarInstance(start, null) };
        DateTime ToLocal(DateTime date) =>
            isDate ? date.Date
            : date.Kind != DateTimeKind.Utc ? date
            : zone is null ? DateTime.SpecifyKind(date, DateTimeKind.Unspecified)
            : zone.ToLocal(new DateTimeOffset(date));

        foreach (var written in entry.All("RRULE"))
        {
            if (++_rules > MostRules)
                throw new ImportFaultException(FaultSentences.TooManyRecurrences, written.Place, ("most", MostRules));
            if (CalendarRule.Parse(written.Value) is not { } rule)
            {
                warnings.Add(WarningSentences.BadRecurrence, written.Place);
                continue;
            }
            var dates = rule.From(start, ToLocal, Most + 1);
            var kept = dates.Where(d => rule.Ends || d - start <= Endless).Take(Most).ToList();
            if (kept.Count < dates.Count)
                warnings.Add(WarningSentences.RecurrenceCut, written.Place, ("count", kept.Count));
            foreach (var date in kept)
                found.TryAdd(date, new CalendarInstance(date, null));
        }
        foreach (var written in entry.All("RDATE"))
        foreach (var value in written.Value.Split(',').Take(Most))
        {
            var period = value.Split('/');
            if (CalendarValues.Local(period[0]) is not { } from || found.Count >= 2 * Most)
                continue;
            var date = ToLocal(from);
            var length = period is [_, var end]
                ? CalendarValues.Duration(end) ?? (CalendarValues.Local(end) is { } until ? ToLocal(until) - date : null)
                : null;
            found[date] = new CalendarInstance(date, length);
        }
        foreach (var written in entry.All("EXDATE"))
        foreach (var except in written.Value.Split(',').Select(CalendarValues.Local).OfType<DateTime>().Select(ToLocal))
            if (!found.Remove(except) && !isDate && CalendarValues.IsDate(written))
                foreach (var date in found.Keys.Where(d => d.Date == except).ToList())
                    found.Remove(date);
        if (entry.First("EXRULE") is { } old)
            warnings.Add(WarningSentences.BadRecurrenceExrule, old.Place);
        return [.. found.Values];
    }
}
