namespace ConsultHub.Conferences.Import;

/// <summary>Finds sessions that overlap in the same room or with the same speaker.</summary>
internal static class Overlaps
{
    /// <summary>
    /// Finds each session that begins before an earlier session of its group has ended, together with that earlier session. A group has at
    /// most one such pair for each session, so the work does not grow with the square of the number of sessions.
    /// </summary>
    /// <param name="groups">
    ///     Sessions with their group (a room or a speaker), in any order. Sessions without a start or a duration overlap nothing.
    /// </param>
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
