using ConsultHub.Load.Watching;
using ConsultHub.Rostering;

namespace ConsultHub.Load.Records;

/// <summary>
/// Compares every frame that the watchers received with the history. A frame leads from one version to a later one. It must hold each
/// engagement that changed in between and still exists, exactly once and as it was at the later version.
/// </summary>
internal static class DeliveryCheck
{
    /// <returns>
    /// Times: how many received frames were wrong. In a wrong frame, an engagement is missing, has a wrong version, comes twice, or should
    /// not be there. Faults: one line for each step that had wrong frames.
    /// </returns>
    public static (long Times, List<string> Faults) Run(IEnumerable<Step> steps, List<HistoryEntry> history, long from)
    {
        List<string> faults = [];
        var times = 0L;
        foreach (var step in steps)
        {
            if (step.To <= from)
                continue;
            var sent = step
                .Items.Where(i => i.Key.StartsWith("engagement/", StringComparison.Ordinal))
                .GroupBy(i => i.Key)
                .ToDictionary(g => g.Key, g => g.Select(i => i.Version).ToArray());
            var due = Between(history, Math.Max(step.From, from), step.To);
            var wrong = due.Where(d => !(sent.TryGetValue(d.Key, out var versions) && versions is [var only] && only == d.Value))
                .Select(d => $"{d.Key} at {d.Value}")
                .Concat(
                    step.Snapshot || step.From < from ? [] : sent.Keys.Where(key => !due.ContainsKey(key)).Select(key => $"{key} extra")
                )
                .ToList();
            if (wrong.Count == 0)
                continue;
            times += step.Times;
            faults.Add($"From {step.From} to {step.To}, {step.Times} times: {string.Join(", ", wrong)}");
        }
        return (times, faults);
    }

    /// <summary>
    /// Returns the newest version of each engagement that changed after one version and not later than another one. Engagements that no
    /// longer exist are left out.
    /// </summary>
    private static Dictionary<string, long> Between(List<HistoryEntry> history, long above, long upTo)
    {
        Dictionary<string, long> newest = [];
        for (var i = FirstAbove(history, above); i < history.Count && history[i].Version <= upTo; i++)
        {
            if (history[i].After is { } after)
                newest[after.Key] = history[i].Version;
            else
                newest.Remove(history[i].Before!.Key);
        }
        return newest;
    }

    private static int FirstAbove(List<HistoryEntry> history, long version)
    {
        var (low, high) = (0, history.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (history[middle].Version > version)
                high = middle;
            else
                low = middle + 1;
        }
        return low;
    }
}
