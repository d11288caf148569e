namespace ConsultHub.Conferences.Import;

/// <summary>Finds sessions that overlap within a room or a speaker's day.</summary>
internal static class Overlaps
{
    /// <summary>For each session that begins before another of its group has ended, that other one: at most one pair a session, so the work
    /// does not grow with the square.</summary>
    /// <param name="groups">Sessions with a start, in any order. Those without a length overlap nothing.</param>
    public static IEnumerable<(string Group, int Earlier, int Later)> Find(
        IEnumerable<(string Group, int Session)> groups,
        Func<int, (DateTimeOffset Start, TimeSpan Duration)?> time
    )
    {
        foreach (var group in groups.GroupBy(g => g.Group, g => g.Session))
        {
            var (lastEnd, last) = (DateTimeOffset.MinValue, -1);
            foreach (
                var (session, at) in group
                    .Distinct()
                    .Select(s => (s, at: time(s)))
                    .Where(s => s.at is { } t && t.Duration > TimeSpan.Zero)
                    .OrderBy(s => s.at!.Value.Start)
            )
            {
                var (start, duration) = at!.Value;
                if (start < lastEnd)
                    yield return (group.Key, last, session);
                if (start + duration > lastEnd)
                    (lastEnd, last) = (start + duration, session);
            }
        }
    }
}
