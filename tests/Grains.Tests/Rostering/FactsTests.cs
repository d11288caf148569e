using ConsultHub.Consultants;
using ConsultHub.Hospitals;
using ConsultHub.Networks;
using ConsultHub.Records;
using ConsultHub.Rostering;
using static ConsultHub.Tests.Rostering.RosterWorld;

namespace ConsultHub.Tests.Rostering;

/// <summary>
/// The roster bases its decisions on the facts of the network, hospital and consultant grains. These grains tell the roster when facts
/// change.
/// </summary>
public sealed class FactsTests : IAsyncLifetime
{
    private RosterHub _hub = null!;

    public async ValueTask InitializeAsync() => _hub = await RosterHub.StartAsync();

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    private Task AttentionAsync(string id, params AttentionReason[] reasons) =>
        RosterHub.UntilAsync(
            async () => (await _hub.GetAsync(id)).Attention.SequenceEqual(reasons),
            $"the reasons of {id} are {string.Join(", ", reasons)}"
        );

    [Fact]
    public async Task A_new_policy_takes_effect_and_commands_are_answered_while_it_changes()
    {
        var network = (await _hub.Network.GetAsync())!;
        using var stop = new CancellationTokenSource();
        var planning = Task.Run(async () =>
        {
            List<RosterReply> replies = [];
            for (var i = 0; !stop.IsCancellationRequested; i++)
                replies.Add(
                    await _hub.Roster.DecideAsync(
                        Coordinator,
                        i % 2 == 0
                            ? Plan($"e-{i}", i % 4 == 0 ? Kim : Lee)
                            : new Cancel
                            {
                                CommandId = Guid.NewGuid(),
                                Engagement = new($"e-{i - 1}"),
                                Reason = "Off.",
                            }
                    )
                );
            return replies;
        });
        for (var i = 0; i < 20; i++)
            await _hub.Network.PutAsync(Coordinator, network with { Policy = new() { HospitalsPerConsultant = 10 + i } });
        await _hub.Network.PutAsync(Coordinator, network with { Policy = new() { WorkingHours = Strictness.Refuse } });
        await RosterHub.UntilAsync(
            async () => !(await _hub.Roster.CheckAsync(Coordinator, Plan("night", Park, at: 15))).Allowed,
            "the new policy is known"
        );
        await stop.CancelAsync();
        Assert.All(await planning, r => Assert.IsType<Decided>(r));
    }

    [Fact]
    public async Task An_engagement_needs_attention_while_its_room_does_not_exist_or_its_consultant_has_no_visit()
    {
        await _hub.DoneAsync(Plan("a", Kim, room: One));
        await _hub.Hospital(North).PutAsync(Coordinator, NewHospital(North) with { Rooms = [new(Two, new("Two"), 100)] });
        await AttentionAsync("a", AttentionReason.RoomGone);
        await _hub.Hospital(North).PutAsync(Coordinator, NewHospital(North));
        await AttentionAsync("a");
        await _hub.Consultant(Kim).PutAsync(Coordinator, NewConsultant(Kim) with { Visits = [] });
        await AttentionAsync("a", AttentionReason.OutsideVisit);
        await _hub.DoneAsync(Assign("a", Lee));
        await AttentionAsync("a");
    }

    [Fact]
    public async Task Consultants_and_hospitals_and_networks_that_are_created_after_a_refused_command_are_found()
    {
        PersonId late = new("c-late");
        Assert.Equal(["roster.unknown-consultant"], await _hub.RefusedAsync(Plan("a", late)));
        await _hub.Consultant(late).PutAsync(Coordinator, NewConsultant(late));
        await _hub.DoneAsync(Plan("a", late));
        HospitalId west = new("h-west");
        Assert.Equal(["roster.unknown-hospital"], await _hub.RefusedAsync(Plan("b", hospital: west)));
        await _hub.Hospital(west).PutAsync(Coordinator, NewHospital(west));
        await _hub.DoneAsync(Plan("b", hospital: west));
        var other = _hub.Grains.GetGrain<IRosterGrain>($"other/{RosterWorld.Week}");
        Assert.Equal(["roster.unknown-network"], await _hub.RefusedAsync(Plan("c"), at: other));
        await _hub.Grains.GetGrain<INetworkGrain>("other").PutAsync(Coordinator, new RosterWorld().Network with { Id = new("other") });
        Assert.Equal(["roster.unknown-hospital"], await _hub.RefusedAsync(Plan("c"), at: other));
    }

    [Fact]
    public async Task After_a_restart_a_lapsed_credential_needs_attention_and_a_closure_of_another_room_does_not()
    {
        var folder = TestHub.NewFolder();
        await using (var before = await RosterHub.StartAsync(folder))
        {
            await before.DoneAsync(Plan("a", Kim, room: One));
            await before.DoneAsync(Propose("a", Lee, Kim));
        }
        await using (var after = await RosterHub.StartAsync(folder, seed: false))
        {
            await after
                .Hospital(North)
                .PutAsync(Coordinator, NewHospital(North) with { Closures = [new Closure(Two, Eight, Eight.AddHours(1))] });
            await after.Consultant(Kim).PutAsync(Coordinator, NewConsultant(Kim) with { Credentials = [] });
            await RosterHub.UntilAsync(async () => (await after.GetAsync("a")).Attention.Length > 0, "the change is seen");
            Assert.Equal([AttentionReason.CredentialLapsed], (await after.GetAsync("a")).Attention);
            Assert.Equal(Lee, (await after.GetAsync("a")).Proposal!.Candidate);
        }
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task After_a_restart_a_reassignment_can_be_undone()
    {
        var folder = TestHub.NewFolder();
        await using (var before = await RosterHub.StartAsync(folder))
        {
            await before.DoneAsync(Plan("a", Kim));
            await before.DoneAsync(Assign("a", Lee));
        }
        await using (var after = await RosterHub.StartAsync(folder, seed: false))
            Assert.Equal([Kim], (await after.DoneAsync(new Undo { CommandId = Guid.NewGuid(), Engagement = new("a") })).Consultants);
        Directory.Delete(folder, recursive: true);
    }
}
