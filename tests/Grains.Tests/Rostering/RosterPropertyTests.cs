using System.Collections.Immutable;
using ConsultHub.Rostering;
using CsCheck;
using static ConsultHub.Tests.Rostering.RosterWorld;

namespace ConsultHub.Tests.Rostering;

/// <summary>Properties that hold after every sequence of commands.</summary>
public sealed class RosterPropertyTests
{
    private static readonly PersonId[] People = [Kim, Lee, Park];
    private static readonly HospitalId[] Places = [North, South];
    private static readonly RoomId[] Rooms = [One, Two];

    private static readonly Gen<string> Id = Gen.Int[0, 7].Select(n => $"e-{n}");
    private static readonly Gen<PersonId> Person = OneOf(People);
    private static readonly Gen<double> At = Gen.Int[0, 16].Select(quarters => quarters / 2.0);
    private static readonly Gen<string?> Reason = OneOf<string?>(null, "Because.");

    /// <summary>One step. It makes its command from the state before the step, so that an answer names the open proposal.</summary>
    private static readonly Gen<Action<RosterWorld>> Step = Gen.Frequency(
        (6, Gen.Select(Id, Person, At, OneOf(Rooms), OneOf(Places), Reason, DoPlan)),
        (
            6,
            Gen.Select(Id, At, Gen.Int[1, 4], OneOf(Rooms), Reason)
                .Select(v => Do(w => w.Decide(Move(v.Item1, v.Item2, v.Item3 / 2.0, v.Item4, v.Item5))))
        ),
        (4, Gen.Select(Id, Person, Reason).Select(v => Do(w => w.Decide(Assign(v.Item1, v.Item2) with { Reason = v.Item3 })))),
        (
            4,
            Gen.Select(Id, Person, Person, Person, Reason)
                .Select(v =>
                    Do(w =>
                        w.Decide(
                            Propose(
                                v.Item1,
                                v.Item2,
                                w.Roster.Engagements.GetValueOrDefault(new(v.Item1))?.Consultants.FirstOrDefault() is { Value: not null } r
                                    ? r
                                    : null,
                                v.Item3,
                                v.Item4
                            ) with
                            {
                                Reason = v.Item5,
                            }
                        )
                    )
                )
        ),
        (4, Gen.Select(Id, Gen.Int[0, 2]).Select(v => Do(w => Answer(w, v.Item1, v.Item2)))),
        (
            2,
            Gen.Select(Id, Person, At, Reason)
                .Select(v =>
                    Do(w =>
                        w.Decide(
                            new EmergencyMove
                            {
                                CommandId = Guid.NewGuid(),
                                Engagement = new(v.Item1),
                                Consultants = [v.Item2],
                                Start = Eight.AddHours(v.Item3),
                                End = Eight.AddHours(v.Item3 + 1),
                                Reason = v.Item4,
                            }
                        )
                    )
                )
        ),
        (
            2,
            Gen.Select(Id, Gen.Int[0, 4])
                .Select(v =>
                    Do(w =>
                        w.Decide(
                            v.Item2 switch
                            {
                                0 => new Cancel
                                {
                                    CommandId = Guid.NewGuid(),
                                    Engagement = new(v.Item1),
                                    Reason = "Off.",
                                },
                                1 => new Arrive { CommandId = Guid.NewGuid(), Engagement = new(v.Item1) },
                                2 => new Complete { CommandId = Guid.NewGuid(), Engagement = new(v.Item1) },
                                3 => new MarkNoShow { CommandId = Guid.NewGuid(), Engagement = new(v.Item1) },
                                _ => new Confirm { CommandId = Guid.NewGuid(), Engagement = new(v.Item1) },
                            }
                        )
                    )
                )
        ),
        (
            3,
            Id.Select(id =>
                Do(w =>
                    w.Decide(
                        new Undo
                        {
                            CommandId = Guid.NewGuid(),
                            Engagement = new(id),
                            Reason = "Back.",
                        }
                    )
                )
            )
        ),
        (1, Gen.Int[1, 700].Select(seconds => Do(w => w.Now = w.Now.AddSeconds(seconds))))
    );

    private static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static Action<RosterWorld> Do(Action<RosterWorld> step) => step;

    private static Action<RosterWorld> DoPlan(string id, PersonId person, double at, RoomId room, HospitalId hospital, string? reason) =>
        w => w.Decide(Plan(id, person, at, 1, room, hospital) with { Reason = reason });

    private static void Answer(RosterWorld world, string id, int how)
    {
        if (world.Roster.Engagements.GetValueOrDefault(new(id))?.Proposal is not { } proposal)
            return;
        world.Decide(
            how switch
            {
                0 => new Accept
                {
                    CommandId = Guid.NewGuid(),
                    Engagement = new(id),
                    Proposal = proposal.Id,
                },
                1 => new Decline
                {
                    CommandId = Guid.NewGuid(),
                    Engagement = new(id),
                    Proposal = proposal.Id,
                    Reason = "No.",
                },
                _ => new Expire
                {
                    CommandId = Guid.NewGuid(),
                    Engagement = new(id),
                    Proposal = proposal.Id,
                },
            },
            how == 2 ? Actor.System : As(proposal.Candidate)
        );
    }

    [Fact]
    public void No_sequence_of_commands_can_make_an_overlap_or_lose_an_engagement_or_lower_a_version() =>
        Step.Array[0, 60]
            .Sample(
                steps =>
                {
                    var world = new RosterWorld();
                    foreach (var step in steps)
                    {
                        var before = world.Roster;
                        step(world);
                        NobodyAndNoRoomIsTakenTwice(world.Roster);
                        foreach (var (id, engagement) in before.Engagements)
                        {
                            Assert.True(world.Roster.Engagements.TryGetValue(id, out var now), $"{id} is lost");
                            Assert.True(now.Version >= engagement.Version, $"{id} went back from {engagement.Version} to {now.Version}");
                            Assert.True(now == engagement || now.Version == world.Version, $"{id} changed without a new version");
                        }
                    }
                },
                iter: 2_000
            );

    [Fact]
    public void The_index_that_is_updated_with_each_change_equals_a_newly_built_index() =>
        Step.Array[0, 60]
            .Sample(
                steps =>
                {
                    var world = new RosterWorld();
                    foreach (var step in steps)
                        step(world);
                    var anew = RosterIndex.Of(world.Roster);
                    foreach (var person in People)
                        Assert.Equal(Sorted(anew.Of(person)), Sorted(world.Roster.Index.Of(person)));
                    foreach (var place in Places)
                    foreach (var room in Rooms)
                        Assert.Equal(Sorted(anew.Of(place, room)), Sorted(world.Roster.Index.Of(place, room)));
                },
                iter: 2_000
            );

    [Fact]
    public void Replaying_the_journal_gives_the_same_roster() =>
        Step.Array[0, 60]
            .Sample(
                steps =>
                {
                    var world = new RosterWorld();
                    foreach (var step in steps)
                        step(world);
                    var read = world.Journal.Aggregate(new Roster(), (roster, entry) => roster.Apply(entry));
                    Assert.Equal(world.Roster.Engagements.Count, read.Engagements.Count);
                    foreach (var (id, engagement) in world.Roster.Engagements)
                        Assert.Equal(Text(engagement), Text(read.Engagements[id]));
                    Assert.Equal(world.Roster.LastActivity, read.LastActivity);
                    Assert.Equal(
                        world.Roster.Proposed.Order(Comparer<EngagementId>.Create((a, b) => string.CompareOrdinal(a.Value, b.Value))),
                        read.Proposed.Order(Comparer<EngagementId>.Create((a, b) => string.CompareOrdinal(a.Value, b.Value)))
                    );
                },
                iter: 1_000
            );

    [Fact]
    public void A_check_gives_the_same_result_as_the_decision_after_it() =>
        Gen.Select(Step.Array[0, 30], Id, At, Reason)
            .Sample(
                (steps, id, at, reason) =>
                {
                    var world = new RosterWorld();
                    foreach (var step in steps)
                        step(world);
                    var command = Move(id, at, reason: reason);
                    var tried = RosterRules.Decide(world.Roster, Coordinator, command, world.Facts(), world.Now);
                    var done = world.Decide(command);
                    Assert.Equal(tried.Change is null, done.Change is null);
                    Assert.Equal(tried.Findings.Select(f => f.Code), done.Findings.Select(f => f.Code));
                },
                iter: 1_000
            );

    /// <summary>Checks for overlaps in the slow way, without the index.</summary>
    private static void NobodyAndNoRoomIsTakenTwice(Roster roster)
    {
        var engagements = roster.Engagements.Values.Where(d => d.TakesTime).ToList();
        for (var i = 0; i < engagements.Count; i++)
        {
            for (var j = i + 1; j < engagements.Count; j++)
            {
                var (a, b) = (engagements[i], engagements[j]);
                if (a.End <= b.Start || b.End <= a.Start)
                    continue;
                Assert.False(Held(a).Intersect(Held(b)).Any(), $"{a.Id} and {b.Id} share a consultant");
                Assert.False(a.Room is not null && a.Room == b.Room && a.Hospital == b.Hospital, $"{a.Id} and {b.Id} share a room");
            }
        }
    }

    private static ImmutableArray<PersonId> Held(Engagement engagement) =>
        engagement.Proposal is { } proposal ? [.. engagement.Consultants, proposal.Candidate] : engagement.Consultants;

    private static IEnumerable<string> Sorted(IEnumerable<Slot> slots) =>
        slots.Select(s => $"{s.Start:O} {s.End:O} {s.Engagement} {s.Hospital}").Order();

    private static string Text(Engagement engagement) => System.Text.Json.JsonSerializer.Serialize(engagement, HubJson.Options);
}
