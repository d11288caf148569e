using System.Collections.Immutable;
using ConsultHub.Consultants;
using ConsultHub.Live;
using ConsultHub.Load.Hosting;
using ConsultHub.Load.Records;
using ConsultHub.Rostering;

namespace ConsultHub.Load.Changes;

/// <summary>
/// An engagement that changes to and fro between two arrangements. It either passes from its consultant to a stand-in and back, or becomes
/// five minutes shorter and longer again. The stand-in's time is reserved for the engagement. All these changes are allowed as long as
/// nobody else plans in the week.
/// </summary>
internal sealed class ChangingEngagement
{
    private static readonly TimeSpan Shorter = TimeSpan.FromMinutes(5);

    private readonly Engagement _home;
    private readonly PersonId? _standIn;
    private Engagement _now;

    private ChangingEngagement(Engagement home, PersonId? standIn) => (_home, _now, _standIn) = (home, home, standIn);

    public EngagementId Id => _home.Id;

    /// <summary>The arrangement in the last answer.</summary>
    public string Before => Arrangement.Of(_now);

    /// <summary>The next change and the engagement that it should lead to.</summary>
    public (RosterCommand Command, Engagement After) Next()
    {
        if (_standIn is { } other)
        {
            ImmutableArray<PersonId> consultants = _now.Consultants is [var one] && one == other ? _home.Consultants : [other];
            return (
                new Assign
                {
                    CommandId = Guid.NewGuid(),
                    Engagement = Id,
                    Consultants = consultants,
                    Reason = "load",
                },
                _now with
                {
                    Consultants = consultants,
                }
            );
        }
        // A run that was cut short may have left the engagement with either length.
        var end = _now.End.Minute % 15 == 0 ? _now.End - Shorter : _now.End + Shorter;
        return (
            new ChangeTime
            {
                CommandId = Guid.NewGuid(),
                Engagement = Id,
                Start = _now.Start,
                End = end,
                Reason = "load",
            },
            _now with
            {
                End = end,
            }
        );
    }

    public void Became(Engagement now) => _now = now;

    /// <summary>Finds engagements of a week whose next change the hub would allow. At most every second one is to be reassigned.</summary>
    public static async Task<List<ChangingEngagement>> FindAsync(Node node, NetworkId network, Week week, int most)
    {
        var planned = (await node.GetAsync<Frame>($"api/topics/board/{network}/{week}"))
            .Items.OfType<Engagement>()
            .Where(e => e.TakesTime)
            .ToList();
        var free = planned
            .Where(e =>
                e
                    is {
                        Session: null,
                        Proposal: null,
                        Moving: null,
                        Status: EngagementStatus.Planned or EngagementStatus.Confirmed,
                        Consultants.Length: 1
                    }
                && e.End - e.Start >= TimeSpan.FromMinutes(20)
            )
            .OrderBy(e => e.Id.Value, StringComparer.Ordinal)
            .Take(most)
            .ToList();
        var people = await node.GetAsync<List<Consultant>>($"api/consultants?network={network}");
        var taken = planned
            .SelectMany(e => e.Consultants.Select(c => (Person: c, e.Start, e.End)))
            .ToLookup(t => t.Person, t => (t.Start, t.End))
            .ToDictionary(t => t.Key, t => t.ToList());
        List<ChangingEngagement> engagements =
        [
            .. free.Select((engagement, i) => new ChangingEngagement(engagement, i % 2 == 0 ? StandIn(engagement, people, taken) : null)),
        ];
        var allowed = await Task.WhenAll(
            engagements.Select(async engagement =>
                (ChangingEngagement: engagement, Check: await engagement.CheckAsync(node, network, week))
            )
        );
        return allowed.Where(d => d.Check).Select(d => d.ChangingEngagement).ToList() is { Count: > 0 } found
            ? found
            : throw new LoadException($"Week {week} of {network} has no engagement that could be changed.");
    }

    private async Task<bool> CheckAsync(Node node, NetworkId network, Week week) =>
        (await Commands.PostAsync<RosterCheck>(node, $"api/rosters/{network}/{week}/checks", Next().Command)).Answer?.Allowed ?? false;

    /// <summary>
    /// Finds a consultant with the credential who is free from an hour before the engagement to an hour after it, and reserves the time of
    /// the engagement for this consultant. Null if there is none.
    /// </summary>
    private static PersonId? StandIn(
        Engagement engagement,
        List<Consultant> people,
        Dictionary<PersonId, List<(DateTimeOffset Start, DateTimeOffset End)>> taken
    )
    {
        var (from, to) = (engagement.Start.AddHours(-1), engagement.End.AddHours(1));
        foreach (var person in people)
        {
            if (engagement.Consultants.Contains(person.Id) || !PlacementRules.HasCredential(person, engagement))
                continue;
            if (!taken.TryGetValue(person.Id, out var slots))
                taken[person.Id] = slots = [];
            if (slots.Exists(s => s.Start < to && from < s.End))
                continue;
            slots.Add((engagement.Start, engagement.End));
            return person.Id;
        }
        return null;
    }
}
