using ConsultHub.Live;
using ConsultHub.Load.Hosting;
using ConsultHub.Rostering;

namespace ConsultHub.Load.Records;

/// <summary>The faults of a run. Each list has one line for each fault.</summary>
internal sealed record Verdict(List<string> Lost, List<string> Doubled, List<string> Torn)
{
    public int Faults => Lost.Count + Doubled.Count + Torn.Count;
}

/// <summary>
/// Compares the answers that callers got with the roster's history, and the history with the state that every web node shows.
/// </summary>
internal static class HistoryCheck
{
    private const int Page = 200;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Reads all history entries above a version, oldest first.</summary>
    public static async Task<List<HistoryEntry>> ReadAsync(Node node, NetworkId network, Week week, long from)
    {
        List<HistoryEntry> all = [];
        while (all.Count == 0 || all[^1].Version > from)
        {
            var page = await node.GetAsync<List<HistoryEntry>>(
                $"api/rosters/{network}/{week}/history?take={Page}" + (all.Count > 0 ? $"&before={all[^1].Version}" : "")
            );
            if (page.Count == 0)
                break;
            all.AddRange(page);
        }
        all.RemoveAll(e => e.Version <= from);
        all.Reverse();
        return all;
    }

    /// <summary>
    /// Finds three kinds of faults. Lost: a command was acknowledged, but is not in the history, or is there with another version. Doubled:
    /// a command was done twice, or the history has two entries for the same version of an engagement. Torn: a change was stored
    /// differently from its command, a change does not build on the change before it, a refused command changed something, a web node's
    /// final state does not follow from the history, or a person or room has two engagements at the same time.
    /// </summary>
    public static async Task<Verdict> RunAsync(
        IReadOnlyList<Node> nodes,
        RunHeader header,
        IReadOnlyCollection<Operation> operations,
        List<HistoryEntry> history
    )
    {
        var verdict = new Verdict([], [], []);
        var done = history.Where(h => h.CommandId != Guid.Empty).ToLookup(h => h.CommandId);
        foreach (var operation in operations)
            Compare(operation, [.. done[operation.Command]], verdict);
        foreach (var twice in history.GroupBy(h => (h.Version, (h.After ?? h.Before)!.Id)).Where(g => g.Count() > 1))
            verdict.Doubled.Add($"Version {twice.Key.Version} of {twice.Key.Id} occurs {twice.Count()} times.");
        foreach (var engagement in history.GroupBy(h => (h.After ?? h.Before)!.Id))
            CheckChain([.. engagement], verdict);
        foreach (var node in nodes)
            verdict.Torn.AddRange(await FinalStateAsync(node, header, history));
        return verdict;
    }

    private static void Compare(Operation told, HistoryEntry[] entries, Verdict verdict)
    {
        var name = $"{told.Type} {told.Command} of {told.Engagement}";
        if (entries.Length > 1)
            verdict.Doubled.Add($"{name} was done at versions {string.Join(", ", entries.Select(e => e.Version))}.");
        if (told.Outcome == Outcome.Accepted && entries.Length == 0)
            verdict.Lost.Add($"{name} was acknowledged as version {told.Version} and is not in the history.");
        if (told.Outcome == Outcome.Refused && entries.Length > 0)
            verdict.Torn.Add($"{name} was refused ({told.Code}) and is in the history as version {entries[0].Version}.");
        if (entries.Length == 0 || told.Outcome == Outcome.Refused)
            return;
        var entry = entries[0];
        if (told.Outcome == Outcome.Accepted && entry.Version != told.Version)
            verdict.Lost.Add($"{name} was acknowledged as version {told.Version} and stored as {entry.Version}.");
        if (entry.After?.Id != told.Engagement || Arrangement.Of(entry.After) != told.After)
            verdict.Torn.Add($"{name} led to {(entry.After is { } after ? Arrangement.Of(after) : "nothing")} instead of {told.After}.");
    }

    private static void CheckChain(HistoryEntry[] entries, Verdict verdict)
    {
        foreach (var (earlier, later) in entries.Zip(entries.Skip(1)))
        {
            var (left, found) = (Text(earlier.After, earlier.Version), Text(later.Before, earlier.Version));
            if (left != found)
                verdict.Torn.Add($"Version {later.Version} builds on {found}, but version {earlier.Version} had left {left}.");
        }
    }

    /// <summary>Waits until a web node shows the state that follows from the history, and returns the faults that remain.</summary>
    private static async Task<List<string>> FinalStateAsync(Node node, RunHeader header, List<HistoryEntry> history)
    {
        var newest = history.GroupBy(h => (h.After ?? h.Before)!.Id).Select(g => g.Last()).ToList();
        for (var until = DateTime.UtcNow + Patience; ; await Task.Delay(200))
        {
            var shown = (await node.GetAsync<Frame>($"api/topics/board/{header.Network}/{header.Week}"))
                .Items.OfType<Engagement>()
                .ToDictionary(e => e.Id);
            List<string> faults =
            [
                .. newest
                    .Where(n => Text(n.After, n.Version) != Text(shown.GetValueOrDefault((n.After ?? n.Before)!.Id), null))
                    .Select(n => $"{node.Address} does not show {(n.After ?? n.Before)!.Id} as version {n.Version} left it."),
            ];
            faults.AddRange(TakenTwice(shown.Values.Where(e => e.TakesTime)));
            if (faults.Count == 0 || DateTime.UtcNow > until)
                return faults;
        }
    }

    private static IEnumerable<string> TakenTwice(IEnumerable<Engagement> engagements) =>
        engagements
            .SelectMany(e =>
                e.Consultants.Concat(e.Proposal is { } p ? [p.Candidate] : [])
                    .Distinct()
                    .Select(c => (Of: $"person {c}", ChangingEngagement: e))
                    .Concat(e.Room is { } room ? [($"room {e.Hospital}/{room}", e)] : [])
            )
            .GroupBy(s => s.Of, s => s.ChangingEngagement)
            .SelectMany(taken =>
                taken
                    .OrderBy(d => d.Start)
                    .Zip(taken.OrderBy(d => d.Start).Skip(1))
                    .Where(pair => pair.First.End > pair.Second.Start)
                    .Select(pair => $"{taken.Key} is taken by {pair.First.Id} and {pair.Second.Id} at once.")
            );

    /// <param name="version">The version to compare with, or null to use the engagement's own version.</param>
    private static string Text(Engagement? engagement, long? version) =>
        engagement is null
            ? "nothing"
            : System.Text.Json.JsonSerializer.Serialize(engagement with { Version = version ?? engagement.Version }, HubJson.Options);
}
