using System.Diagnostics;
using ConsultHub.Client;
using ConsultHub.Inboxes;
using ConsultHub.Live;
using ConsultHub.Rostering;
using ConsultHub.Tests.Hosting;

namespace ConsultHub.Tests.Storms;

public sealed class StormTests(ITestOutputHelper output)
{
    private const int Kills = 10, Callers = 24, AnswersBetweenKills = 150;

    [Fact]
    public async Task Ten_kills_in_a_storm_of_reassignments_lose_nothing_double_nothing_and_every_board_follows()
    {
        var clock = Stopwatch.StartNew();
        await using var host = await HubHost.StartAsync();
        using var coordinator = await Caller.SignInAsync(host.Address, "p-coordinator");
        var week = DemoHub.ThisWeek.Next;
        var people = await coordinator.ConsultantsAsync();
        var callers = await people.ToAsyncEnumerable().ToDictionaryAsync(async (p, _) => p.Id, async (p, _) => await Caller.SignInAsync(host.Address, p.Id.Value));
        var duties = (await coordinator.GetTopicAsync($"board/ehs/{week}")).Items.OfType<Engagement>()
            .Where(e => e is { Session: null, Proposal: null, Status: EngagementStatus.Planned or EngagementStatus.Confirmed, Consultants.IsEmpty: false }).ToList();
        await using var client = coordinator.Watcher();
        List<Witness> witnesses = [new(client, $"board/ehs/{week}"), new(client, $"board/ehs/{week}/hospital/{Duties.Hospital}"), new(client, $"board/ehs/{week}/partner/asan")];
        foreach (var witness in witnesses) await witness.Topic.WhenLiveAsync();

        var storm = new Storm(coordinator, week, duties, people, callers);
        using var over = new CancellationTokenSource();
        var blowing = storm.BlowAsync(Callers, over.Token);
        for (var kill = 0; kill < Kills; kill++)
        {
            var before = storm.Acknowledged.Count;
            await Eventually.Async(() => storm.Acknowledged.Count >= before + AnswersBetweenKills || !storm.Faults.IsEmpty);
            host.Kill();
            await host.RestartAsync();
        }
        await over.CancelAsync();
        await blowing;
        Assert.Empty(storm.Faults);
        Assert.True(storm.Repeated >= Kills, "No kill hit anything.");

        var history = await HistoryAsync(coordinator, week);
        AssertAllThereOnce(storm, history);
        var roster = (await coordinator.GetTopicAsync($"board/ehs/{week}")).Items;
        AssertLastChangeStands(roster, history);
        AssertNoDoubleBooking(roster.OfType<Engagement>().Where(e => e.TakesTime).ToList());
        foreach (var witness in witnesses) await AssertFollowedAsync(coordinator, witness);
        await AssertAlertedAsync(storm, callers);
        output.WriteLine($"{storm.Acknowledged.Count} acknowledged, {storm.Refused.Count} refused, {storm.Repeated} given again, {clock.Elapsed.TotalSeconds:0} s");
        foreach (var caller in callers.Values) caller.Dispose();
    }

    private static async Task<List<HistoryEntry>> HistoryAsync(Caller coordinator, Week week)
    {
        List<HistoryEntry> all = [];
        while (true)
        {
            var page = await coordinator.GetAsync<List<HistoryEntry>>($"api/rosters/ehs/{week}/history?take=200" + (all.Count > 0 ? $"&before={all[^1].Version}" : ""));
            if (page.Count == 0) return all;
            all.AddRange(page);
        }
    }

    private static void AssertAllThereOnce(Storm storm, List<HistoryEntry> history)
    {
        Assert.Equal(history.Count, history.Select(h => h.Version).Distinct().Count());
        var stored = history.Where(h => h.CommandId != Guid.Empty).ToLookup(h => h.CommandId);
        foreach (var (id, (command, answer)) in storm.Acknowledged)
        {
            var entry = Assert.Single(stored[id]);
            Assert.Equal((answer.Version, command.Engagement), (entry.Version, entry.After!.Id));
        }
        Assert.All(storm.Refused, id => Assert.Empty(stored[id]));
    }

    /// <summary>What the newest entry says of a duty is what the roster shows.</summary>
    private static void AssertLastChangeStands(IReadOnlyList<TopicItem> roster, List<HistoryEntry> history)
    {
        var newest = history.GroupBy(h => (h.After ?? h.Before)!.Id).ToDictionary(g => g.Key, g => g.MaxBy(h => h.Version)!);
        foreach (var duty in roster.OfType<Engagement>())
        {
            var entry = newest[duty.Id];
            Assert.Equal(entry.Version, duty.Version);
            Assert.Equal(((TopicItem[])[entry.After! with { Version = 0 }]).ToText(), ((TopicItem[])[duty with { Version = 0 }]).ToText());
        }
    }

    private static void AssertNoDoubleBooking(List<Engagement> duties)
    {
        var slots = duties.SelectMany(e => e.Consultants.Concat(e.Proposal is { } p ? [p.Candidate] : []).Distinct().Select(c => (Of: "person " + c, Duty: e)))
            .Concat(duties.Where(e => e.Room is not null).Select(e => (Of: $"room {e.Hospital}/{e.Room}", Duty: e)));
        foreach (var taken in slots.GroupBy(s => s.Of))
            foreach (var (earlier, later) in taken.OrderBy(s => s.Duty.Start).Zip(taken.OrderBy(s => s.Duty.Start).Skip(1)))
                Assert.True(earlier.Duty.End <= later.Duty.Start, $"{taken.Key}: {earlier.Duty.Id} and {later.Duty.Id}.");
    }

    private static async Task AssertFollowedAsync(Caller coordinator, Witness witness)
    {
        var expected = TopicPicture.Empty.With(await coordinator.GetTopicAsync(witness.Topic.Name));
        await witness.Topic.WhenAtAsync(expected.Items.Values.Max(i => i.Version));
        Assert.Equal(expected.ToText(), witness.Topic.Picture.ToText());
        Assert.Empty(witness.Faults);
        Assert.Equal(1, witness.Snapshots);
    }

    /// <summary>Each proposal has reached its candidate, each emergency move those who have the duty now, once.</summary>
    private static async Task AssertAlertedAsync(Storm storm, Dictionary<PersonId, Caller> callers)
    {
        var expected = storm.Acknowledged.Values.SelectMany(a => a.Command switch
        {
            Propose p => [(Person: p.Candidate, p.Engagement, Kind: AlertKind.Proposed)],
            EmergencyMove m => m.Consultants!.Value.Select(c => (Person: c, m.Engagement, Kind: AlertKind.EmergencyMoved)),
            _ => [],
        }).ToList();
        Assert.NotEmpty(expected);
        foreach (var person in expected.GroupBy(e => e.Person))
        {
            List<Alert> alerts = [];
            await Eventually.Async(async () =>
            {
                alerts = await callers[person.Key].GetAsync<List<Alert>>($"api/inboxes/{person.Key}/alerts");
                return person.All(e => alerts.Exists(a => a.Kind == e.Kind && a.Engagement?.Id == e.Engagement));
            });
            Assert.All(person, e => Assert.Single(alerts, a => a.Kind == e.Kind && a.Engagement?.Id == e.Engagement));
        }
    }
}
