namespace ConsultHub.Tests.BusyHour;

/// <summary>
/// Finds a short list of steps that still shows the same contradiction as a long list. It leaves out halves, then quarters, eighths and so
/// on (delta debugging, Zeller and Hildebrandt).
/// </summary>
internal static class Shrinker
{
    /// <param name="shows">Whether a list still shows the contradiction.</param>
    /// <param name="tries">The largest number of lists to try. The result is the shortest list found by then.</param>
    public static async Task<IReadOnlyList<T>> ShrinkAsync<T>(IReadOnlyList<T> all, Func<IReadOnlyList<T>, Task<bool>> shows, int tries)
    {
        var (shortest, parts) = (all, 2);
        while (shortest.Count > 1 && tries > 0)
        {
            var (size, found) = ((shortest.Count + parts - 1) / parts, false);
            for (var from = 0; from < shortest.Count && tries > 0; from += size)
            {
                List<T> without = [.. shortest.Take(from), .. shortest.Skip(from + size)];
                if (without.Count == 0)
                    continue;
                tries--;
                if (!await shows(without))
                    continue;
                (shortest, parts, found) = (without, Math.Max(parts - 1, 2), true);
                break;
            }
            if (found)
                continue;
            if (size == 1)
                break;
            parts = Math.Min(parts * 2, shortest.Count);
        }
        return shortest;
    }
}
