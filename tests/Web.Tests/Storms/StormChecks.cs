using ConsultHub.Client;
using ConsultHub.Inboxes;
using ConsultHub.Live;
using ConsultHub.Rostering;
using ConsultHub.Tests.Fixtures;

namespace ConsultHub.Tests.Storms;

/// <summary>Checks the rules that must hold after a storm, whichever processes were killed in it.</summary>
internal static class StormChecks
{
    /// <summary>
    /// Asserts that every acknowledged change is stored once, that nothing is booked twice, that every checker received one snapshot and
    /// shows the present board, and that the people of proposals and emergency moves were alerted.
    /// </summary>
    public static async Task AssertAsync(
        Storm storm,
        Caller coordinator,
        Week week,
        Dictionary<PersonId, Caller> callers,
        IEnumerable<TopicChecker> checkers
    )
    {
        var history = await HistoryAsync(coordinator, week);
        AssertAllThereOnce(storm, history);
        var roster = (await coordinator.GetTopicAsync($"board/ehs/{week}")).Items;
        AssertLastChangeStands(roster, history);
        AssertNoDoubleBooking(roster.OfType<Engagement>().Where(e => e.TakesTime).ToList());
        foreach (var checker in checkers)
            await AssertFollowedAsync(coordinator, checker);
        await AssertAlertedAsync(storm, callers);
    }

    public static async Task<List<HistoryEntry>> HistoryAsync(Caller coordinator, Week week)
    {
        List<HistoryEntry> all = [];
        while (true)
        {
            var page = await coordinator.GetAsync<List<HistoryEntry>>(
                $"api/rosters/ehs/{week}/history?take=200" + (all.Count > 0 ? $"&before={all[^1].Version}" : "")
            );
            if (page.Count == 0)
                return all;
            all.AddRange(page);
        }
    }

    private static void AssertAllThereOnce(Storm storm, List<HistoryEntry> history)
    {
        // History entries with the same version come from one command at one time, and each is about another engagement.
        Assert.All(history.GroupBy(h => h.Version), entry => Assert.Single(entry.Select(h => (h.At, h.CommandId)).Distinct()));
        Assert.Equal(history.Count, history.Select(h => (h.Version, (h.After ?? h.Before)!.Id)).Distinct().Count());
        var stored = history.Where(h => h.CommandId != Guid.Empty).ToLookup(h => h.CommandId);
        foreach (var (id, (command, answer)) in storm.Acknowledged)
        {
            var entry = Assert.Single(stored[id]);
            Assert.Equal((answer.Version, command.Engagement), (entry.Version, entry.After!.Id));
        }
        Assert.All(storm.Refused, id => Assert.Empty(stored[id]));
    }

    /// <summary>The roster shows each engagement as its newest history entry does.</summary>
    private static void AssertLastChangeStands(IReadOnlyList<TopicItem> roster, List<HistoryEntry> history)
    {
        var newest = history.GroupBy(h => (h.After ?? h.Before)!.Id).ToDictionary(g => g.Key, g => g.MaxBy(h => h.Version)!);
        foreach (var engagement in roster.OfType<Engagement>())
        {
            var entry = newest[engagement.Id];
            Assert.Equal(entry.Version, engagement.Version);
            Assert.Equal(
                ((TopicItem[])[entry.After! with { Version = 0 }]).ToText(),
                ((TopicItem[])[engagement with { Version = 0 }]).ToText()
            );
        }
    }

    private static void AssertNoDoubleBooking(List<Engagement> engagements)
    {
        var slots = engagements
            .SelectMany(e =>
                e.Consultants.Concat(e.Proposal is { } p ? [p.Candidate] : []).Distinct().Select(c => (Of: "person " + c, Engagement: e))
            )
            .Concat(engagements.Where(e => e.Room is not null).Select(e => (Of: $"room {e.Hospital}/{e.Room}", Engagement: e)));
        foreach (var taken in slots.GroupBy(s => s.Of))
        foreach (var (earlier, later) in taken.OrderBy(s => s.Engagement.Start).Zip(taken.OrderBy(s => s.Engagement.Start).Skip(1)))
            Assert.True(
                earlier.Engagement.End <= later.Engagement.Start,
                $"{taken.Key}: {earlier.Engagement.Id} and {later.Engagement.Id}."
            );
    }

    public static async Task AssertFollowedAsync(Caller coordinator, TopicChecker checker)
    {
        var expected = TopicPicture.Empty.With(await coordinator.GetTopicAsync(checker.Topic.Name));
        await checker.Topic.WhenAtAsync(expected.Items.Values.Max(i => i.Version));
        Assert.Equal(expected.ToText(), checker.Topic.Picture.ToText());
        Assert.Empty(checker.Faults);
        Assert.Equal(1, checker.Snapshots);
    }

    /// <summary>
    /// Each proposal has led to one alert for its candidate. Each emergency move has led to one alert for each consultant to whom it gave
    /// the engagement.
    /// </summary>
    private static async Task AssertAlertedAsync(Storm storm, Dictionary<PersonId, Caller> callers)
    {
        var expected = storm
            .Acknowledged.Values.SelectMany(a =>
                a.Command switch
                {
                    Propose p => [(Person: p.Candidate, p.Engagement, Kind: AlertKind.Proposed)],
                    EmergencyMove m => m.Consultants!.Value.Select(c => (Person: c, m.Engagement, Kind: AlertKind.EmergencyMoved)),
                    _ => [],
                }
            )
            .ToList();
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
