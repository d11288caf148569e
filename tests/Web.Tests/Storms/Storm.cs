using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using ConsultHub.Client;
using ConsultHub.Consultants;
using ConsultHub.Rostering;
using ConsultHub.Tests.Fixtures;

namespace ConsultHub.Tests.Storms;

/// <summary>
/// Many callers change the engagements of one week at the same time, all as one coordinator. About half of the candidates accept. A caller
/// without an answer sends the same command again until the hub answers, as every client does. An engagement is proposed at most once, or
/// moved in an emergency at most once, or changed again and again.
/// </summary>
internal sealed class Storm(
    Caller coordinator,
    Week week,
    IReadOnlyList<Engagement> engagements,
    IReadOnlyList<Consultant> people,
    IReadOnlyDictionary<PersonId, Caller> consultants
)
{
    private readonly ConcurrentQueue<Engagement> _toPropose = new(engagements.Where((_, i) => i % 5 == 0));
    private readonly ConcurrentQueue<Engagement> _toMove = new(engagements.Where((_, i) => i % 5 == 1));
    private readonly Engagement[] _rest = [.. engagements.Where((_, i) => i % 5 > 1)];
    private int _repeated;

    /// <summary>All commands that were answered with a version.</summary>
    public ConcurrentDictionary<Guid, (RosterCommand Command, Decided Answer)> Acknowledged { get; } = new();

    public ConcurrentBag<Guid> Refused { get; } = [];

    public ConcurrentQueue<string> Faults { get; } = new();

    /// <summary>How many commands were sent more than once.</summary>
    public int Repeated => _repeated;

    /// <summary>Prepares a storm over a week that the demo has planned, with all consultants signed in.</summary>
    public static async Task<(Storm Storm, Dictionary<PersonId, Caller> Consultants)> GatherAsync(Uri hub, Caller coordinator, Week week)
    {
        var people = await coordinator.ConsultantsAsync();
        var callers = await people
            .ToAsyncEnumerable()
            .ToDictionaryAsync(async (p, _) => p.Id, async (p, _) => await Caller.SignInAsync(hub, p.Id.Value));
        var engagements = (await coordinator.GetTopicAsync($"board/ehs/{week}"))
            .Items.OfType<Engagement>()
            .Where(e =>
                e
                    is {
                        Session: null,
                        Proposal: null,
                        Status: EngagementStatus.Planned or EngagementStatus.Confirmed,
                        Consultants.IsEmpty: false
                    }
            )
            .ToList();
        return (new(coordinator, week, engagements, people, callers), callers);
    }

    public Task BlowAsync(int callers, CancellationToken until) =>
        Task.WhenAll(
            Enumerable
                .Range(0, callers)
                .Select(i =>
                    Task.Run(async () =>
                    {
                        var random = new Random(i);
                        while (!until.IsCancellationRequested && Faults.IsEmpty)
                        {
                            var command = Next(random);
                            if (
                                await GiveAsync(coordinator, command) is not { } accepted
                                || command is not Propose proposed
                                || random.Next(2) == 0
                            )
                                continue;
                            await GiveAsync(
                                consultants[proposed.Candidate],
                                new Accept
                                {
                                    CommandId = Guid.NewGuid(),
                                    Engagement = accepted.Engagement.Id,
                                    Proposal = proposed.CommandId,
                                }
                            );
                        }
                    })
                )
        );

    private RosterCommand Next(Random random)
    {
        var id = Guid.NewGuid();
        var kind = random.Next(12);
        if (kind == 0 && _toPropose.TryDequeue(out var asked))
            return new Propose
            {
                CommandId = id,
                Engagement = asked.Id,
                Candidate = StandIn(asked, random),
                AnswerWithinSeconds = 3_600,
                Reason = "storm",
            };
        if (kind == 1 && _toMove.TryDequeue(out var urgent))
            return new EmergencyMove
            {
                CommandId = id,
                Engagement = urgent.Id,
                Consultants = [StandIn(urgent, random)],
                Reason = "storm",
            };
        var engagement = _rest[random.Next(_rest.Length)];
        var shift = TimeSpan.FromMinutes(15 * (random.Next(17) - 8));
        return kind switch
        {
            < 5 => new ChangeTime
            {
                CommandId = id,
                Engagement = engagement.Id,
                Start = engagement.Start + shift,
                End = engagement.End + shift,
                Reason = "storm",
            },
            < 8 => new ChangeRoom
            {
                CommandId = id,
                Engagement = engagement.Id,
                Room = new($"clinic-{1 + random.Next(4)}"),
                Reason = "storm",
            },
            _ => new Assign
            {
                CommandId = id,
                Engagement = engagement.Id,
                Consultants = [StandIn(engagement, random)],
                Reason = "storm",
            },
        };
    }

    private PersonId StandIn(Engagement engagement, Random random)
    {
        var able = people
            .Where(p =>
                !engagement.Consultants.Contains(p.Id)
                && p.Credentials.Any(c => c.Hospital == engagement.Hospital && c.Specialty == engagement.Specialty)
            )
            .ToList();
        return able.Count == 0 ? engagement.Consultants[0] : able[random.Next(able.Count)].Id;
    }

    private async Task<Decided?> GiveAsync(Caller caller, RosterCommand command)
    {
        for (var attempt = 1; ; attempt++)
        {
            if (attempt == 2)
                Interlocked.Increment(ref _repeated);
            try
            {
                using var response = await caller.SendAsync(week, command);
                if (response.IsSuccessStatusCode)
                {
                    var accepted = (await response.Content.ReadFromJsonAsync<Decided>(HubJson.Options))!;
                    Acknowledged[command.CommandId] = (command, accepted);
                    return accepted;
                }
                if (response.StatusCode is HttpStatusCode.Conflict)
                {
                    Refused.Add(command.CommandId);
                    return null;
                }
                if (response.StatusCode != HttpStatusCode.ServiceUnavailable)
                {
                    Faults.Enqueue($"{command}: {response.StatusCode} {await response.Content.ReadAsStringAsync()}");
                    return null;
                }
            }
            catch (Exception e) when (e is HttpRequestException or IOException)
            {
                // The hub is down and gives no answer. It may have carried out the command.
            }
            await Task.Delay(200);
        }
    }
}
