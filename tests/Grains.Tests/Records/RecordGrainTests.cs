using System.Collections.Immutable;
using ConsultHub.Consultants;
using ConsultHub.Directories;
using ConsultHub.Hospitals;
using ConsultHub.Journal;
using ConsultHub.Networks;
using ConsultHub.Records;
using ConsultHub.Rostering;
using ConsultHub.Tests.Rostering;
using Orleans.Runtime;
using static ConsultHub.Tests.Records.Place;
using static ConsultHub.Tests.Rostering.RosterWorld;

namespace ConsultHub.Tests.Records;

/// <summary>Grains that own records: what they store, what their history says, and whom they tell of changes.</summary>
public sealed class RecordGrainTests(RecordHub hub) : IClassFixture<RecordHub>
{
    private static readonly Actor Somebody = new(new("p-somebody"), Role.Registrar);

    private static Room RoomOf(int capacity) => new(new("r-new"), new("A new room"), capacity);

    [Fact]
    public async Task A_repeated_command_is_answered_and_not_decided_again()
    {
        var place = await hub.PlaceAsync();
        var command = new EditRecords(Guid.NewGuid(), [RecordEdit.Put(RoomOf(5), RecordTag.None)]);
        var first = await place.NorthGrain.EditAsync(Coordinator, command);
        await PutAsync(place.NorthGrain, RoomOf(6));
        Assert.Equal(first, await place.NorthGrain.EditAsync(Coordinator, command));
        Assert.Equal(6, (await place.NorthGrain.GetAsync())!.Rooms.Single(r => r.Id == new RoomId("r-new")).Capacity);
        Assert.Equal(2, (await place.NorthGrain.HistoryAsync(((IRecord)RoomOf(1)).Record, null, 50)).Length);
    }

    [Fact]
    public async Task The_history_says_who_changed_a_record_and_when_and_why_with_the_record_before_and_after()
    {
        var place = await hub.PlaceAsync();
        await place.NorthGrain.EditAsync(Somebody, new(Guid.NewGuid(), [RecordEdit.Put(RoomOf(5))], "  بسبب التجديد "));
        await PutAsync(place.NorthGrain, RoomOf(6), (await place.NorthGrain.GetAsync())!.Profile with { City = "Ajman" });
        await RemoveAsync(place.NorthGrain, RoomOf(6));
        var id = ((IRecord)RoomOf(1)).Record;
        var history = await place.NorthGrain.HistoryAsync(id, null, 50);
        Assert.Equal(
            [(RoomOf(6), null), (RoomOf(5), RoomOf(6)), (null, RoomOf(5))],
            history.Select(h => ((Room?)h.Change.Before, (Room?)h.Change.After))
        );
        Assert.Equal(history.Select(h => h.Version).OrderDescending(), history.Select(h => h.Version));
        var first = history[^1];
        Assert.Equal((Somebody.Person, Somebody.Role, "بسبب التجديد"), (first.By, first.Role, first.Reason));
        Assert.Equal((Coordinator.Person, null), (history[0].By, history[0].Reason));
        Assert.InRange(first.At, Eight.AddDays(-2), Eight);
        Assert.Equal([first.Version], (await place.NorthGrain.HistoryAsync(id, history[1].Version, 50)).Select(h => h.Version));
        Assert.Equal(history[..1].Select(h => h.Version), (await place.NorthGrain.HistoryAsync(id, null, 1)).Select(h => h.Version));
        // The history of the hospital as a whole has the changes of all its records.
        Assert.Contains(await place.NorthGrain.HistoryAsync(null, null, 50), h => h.Change.After is HospitalProfile { City: "Ajman" });
    }

    [Fact]
    public async Task A_check_says_what_would_happen_and_stores_nothing()
    {
        var place = await hub.PlaceAsync();
        var version = (await place.NorthGrain.GetAsync())!.Version;
        var check = await place.NorthGrain.CheckAsync(new(Guid.NewGuid(), [RecordEdit.Put(RoomOf(5)), RecordEdit.Put(RoomOf(5))]));
        Assert.Equal("record.twice", Assert.Single(check.Faults).Code);
        check = await place.NorthGrain.CheckAsync(new(Guid.NewGuid(), [RecordEdit.Put(RoomOf(5))]));
        Assert.Empty(check.Faults);
        Assert.Equal((null, RoomOf(5)), (check.Changes[0].Before, (Room)check.Changes[0].After!));
        Assert.Contains(RoomOf(5), Assert.IsType<Hospital>(check.After).Rooms);
        Assert.Equal(version, (await place.NorthGrain.GetAsync())!.Version);
        Assert.DoesNotContain(RoomOf(5), await place.NorthGrain.RecordsAsync());
    }

    [Fact]
    public async Task A_refused_command_stores_nothing_and_an_unchanged_record_makes_no_version()
    {
        var place = await hub.PlaceAsync();
        var before = (await place.NorthGrain.GetAsync())!;
        var refused = await place.NorthGrain.EditAsync(
            Coordinator,
            new(Guid.NewGuid(), [RecordEdit.Put(RoomOf(5)), RecordEdit.Put(RoomOf(0) with { Id = new("r-zero") })])
        );
        Assert.IsType<RecordsRefused>(refused);
        Assert.Equal(before.Version, await PutAsync(place.NorthGrain, before.Rooms[0], before.Profile));
        Assert.Equal(before.Rooms, (await place.NorthGrain.GetAsync())!.Rooms);
    }

    [Fact]
    public async Task An_owner_exists_from_its_first_profile_on_until_its_profile_is_removed()
    {
        var place = await hub.PlaceAsync();
        var id = new HospitalId($"{place.Id}-west");
        var west = hub.Grains.GetGrain<IHospitalGrain>(id.Value);
        Assert.Empty(await west.RecordsAsync());
        var refused = Assert.IsType<RecordsRefused>(await west.EditAsync(Coordinator, new(Guid.NewGuid(), [RecordEdit.Put(RoomOf(5))])));
        Assert.Equal("record.unknown", refused.Faults[0].Code);
        var profile = place.NewHospital(id).Profile;
        await PutAsync(west, profile, RoomOf(5));
        Assert.Equal(profile, (await place.ListAsync("hospitals")).Of(id.Value)!.Record);
        await RemoveAsync(west, profile);
        Assert.Null(await west.GetAsync());
        Assert.Empty(await west.RecordsAsync());
        Assert.Null((await place.ListAsync("hospitals")).Of(id.Value));
        Assert.Equal(2, (await west.HistoryAsync(new("profile"), null, 50)).Length);
        await PutAsync(west, profile);
        Assert.Empty((await west.GetAsync())!.Rooms);
        Assert.NotNull((await place.ListAsync("hospitals")).Of(id.Value));
    }

    [Fact]
    public async Task A_network_is_listed_with_its_name_until_it_is_removed()
    {
        var place = await hub.PlaceAsync();
        await PutAsync(place.Network, (await place.Network.GetAsync())!.Profile with { Name = new("Another name") });
        Assert.Equal("Another name", (await ImmutableEntries.ReadAsync(hub.Grains, "hub/networks")).Of(place.Id.Value)!.Name.En);
        await RemoveAsync(place.Network, (await place.Network.GetAsync())!.Profile);
        Assert.Null((await ImmutableEntries.ReadAsync(hub.Grains, "hub/networks")).Of(place.Id.Value));
    }

    [Fact]
    public async Task A_consultant_is_listed_by_each_network_of_a_visit_or_the_affiliation_or_the_list_and_by_no_other()
    {
        var (place, other, third) = (await hub.PlaceAsync(), await hub.PlaceAsync(), await hub.PlaceAsync());
        async Task<NetworkId[]> ListedAsync()
        {
            List<NetworkId> found = [];
            foreach (var network in new[] { place, other, third })
                if ((await network.ListAsync("consultants")).Of(place.Kim.Value) is { } entry)
                {
                    Assert.Equal((await place.KimGrain.GetAsync())!.Profile, entry.Record);
                    found.Add(network.Id);
                }
            return [.. found];
        }
        var kim = (await place.KimGrain.GetAsync())!;
        Assert.Equal([place.Id], await ListedAsync());
        var visit = new Visit(new("v-other"), other.Id, Eight.AddDays(100), Eight.AddDays(110));
        await PutAsync(place.KimGrain, visit);
        Assert.Equal([place.Id, other.Id], await ListedAsync());
        await PutAsync(place.KimGrain, kim.Profile with { Affiliation = third.Id, Contact = "+971 4 000" });
        Assert.Equal([place.Id, other.Id, third.Id], await ListedAsync());
        await RemoveAsync(place.KimGrain, visit);
        await PutAsync(place.KimGrain, kim.Profile with { Networks = [] });
        Assert.Equal([place.Id], await ListedAsync()); // because of the visit
        await RemoveAsync(place.KimGrain, kim.Visits[0]);
        Assert.Empty(await ListedAsync());
    }

    [Fact]
    public async Task A_message_about_a_record_that_arrives_late_does_not_bring_back_an_older_name()
    {
        var place = await hub.PlaceAsync();
        var directory = hub.Grains.GetGrain<IDirectoryGrain>($"{place.Id}/hospitals");
        var older = (await place.ListAsync("hospitals")).Of(place.North.Value)!;
        await PutAsync(place.NorthGrain, (await place.NorthGrain.GetAsync())!.Profile with { City = "Ajman" });
        await directory.PutAsync([older]);
        Assert.Equal("Ajman", ((HospitalProfile)(await place.ListAsync("hospitals")).Of(place.North.Value)!.Record!).City);
    }

    [Fact]
    public async Task The_directory_says_which_owners_have_changed_last_the_newest_first_and_each_once()
    {
        var place = await hub.PlaceAsync();
        var directory = hub.Grains.GetGrain<IDirectoryGrain>($"{place.Id}/hospitals");
        var from = (await directory.ReadSinceAsync(null)).To;
        await PutAsync(place.NorthGrain, RoomOf(5));
        await PutAsync(hub.Grains.GetGrain<IHospitalGrain>(place.South.Value), RoomOf(5));
        await PutAsync(place.NorthGrain, RoomOf(6));
        var change = await directory.ReadSinceAsync(from);
        var changes = Assert.IsType<RecordChanges>(Assert.Single(change.Items));
        Assert.Equal(("hospitals", "changes/hospitals", change.To.Version), (changes.Kind, changes.Key, changes.Version));
        Assert.Equal([place.North.Value, place.South.Value], changes.Recent.Select(r => r.Id));
        Assert.True(changes.Recent[0].Version > changes.Recent[1].Version);
        // A change that changes nothing is no change.
        await PutAsync(place.NorthGrain, RoomOf(6));
        Assert.Equal(change.To, (await directory.ReadSinceAsync(null)).To);
    }

    [Fact]
    public async Task The_directory_names_at_most_the_last_100_changed_owners()
    {
        var directory = hub.Grains.GetGrain<IDirectoryGrain>($"n-{Guid.NewGuid():N}/hospitals");
        for (var i = 0; i < 2; i++)
            await Task.WhenAll(
                Enumerable.Range(0, 70).Select(n => directory.PutAsync([new($"h-{i}-{n}", new("Hospital"), 1) { Kind = "hospitals" }]))
            );
        var changes = Assert.IsType<RecordChanges>(Assert.Single((await directory.ReadSinceAsync(null)).Items));
        Assert.Equal(
            (RecordChanges.Kept, 70),
            (changes.Recent.Length, changes.Recent.Count(r => r.Id.StartsWith("h-1-", StringComparison.Ordinal)))
        );
    }

    [Fact]
    public async Task A_profile_that_an_earlier_release_stored_as_a_whole_is_read_and_can_be_changed_record_by_record()
    {
        var hospital = NewHospital(North) with { Closures = [new(One, Eight, Eight.AddHours(1))] };
        JournalEntry<ProfileEvent<Hospital>> Entry(long version, ProfileEvent<Hospital> happened) =>
            new(version, Eight, Coordinator, Guid.NewGuid(), [happened], [], null, [], null);
        var state = new ProfileState<Hospital>().Apply(Entry(1, new ProfileChanged<Hospital>(hospital)));
        Assert.Equal((hospital, 1), (state.Profile, state.Version));
        var changes = RecordRules.Decide(state.Profile, new(Guid.NewGuid(), [new(((IRecord)hospital.Closures[0]).Record, null)])).Changes;
        state = state.Apply(Entry(2, new RecordsChanged<Hospital>(changes)));
        Assert.Empty(state.Profile!.Closures);
        Assert.Equal((hospital.Rooms, 2), (state.Profile.Rooms, state.Version));
    }

    [Fact]
    public async Task After_a_restart_the_records_and_their_history_are_the_same()
    {
        var folder = TestHub.NewFolder();
        ImmutableArray<IRecord>[] records;
        ImmutableArray<RecordHistoryEntry> history;
        Place place;
        var command = new EditRecords(Guid.NewGuid(), [RecordEdit.Put(RoomOf(5))], "A reason");
        async Task<ImmutableArray<IRecord>[]> ReadAsync(Place of) =>
            [await of.Network.RecordsAsync(), await of.NorthGrain.RecordsAsync(), await of.KimGrain.RecordsAsync()];
        static string Text(IEnumerable<IRecord> all) => string.Join('\n', all.Select(r => $"{r.Record} {RecordTag.Of(r)}"));

        await using (var first = await TestHub.StartAsync(folder))
        {
            place = await NewAsync(first.Grains);
            await place.NorthGrain.EditAsync(Coordinator, command);
            for (var i = 0; i < 300; i++) // more than a snapshot has
                await PutAsync(place.NorthGrain, new Room(new($"r-{i % 7}"), new($"Room {i}"), 1 + i));
            await PutAsync(place.NorthGrain, new Holiday(new(2027, 12, 2), new(2027, 12, 3), "اليوم الوطني"));
            (records, history) = (await ReadAsync(place), await place.NorthGrain.HistoryAsync(null, null, 400));
        }
        await using (var second = await TestHub.StartAsync(folder))
        {
            place = new(second.Grains, place.Id.Value);
            Assert.Equal(records.Select(r => Text(r)), (await ReadAsync(place)).Select(r => Text(r)));
            Assert.Equal(history, await place.NorthGrain.HistoryAsync(null, null, 400));
            // The id of the first command has been remembered.
            Assert.IsType<RecordsEdited>(await place.NorthGrain.EditAsync(Coordinator, command with { Edits = [] }));
            Assert.Equal(place.North.Value, (await place.ListAsync("hospitals")).Of(place.North.Value)!.Id);
        }
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_record_says_which_rosters_use_it_and_every_one_of_them_is_told()
    {
        var place = await hub.PlaceAsync();
        await place.DoneAsync(place.Plan("a"));
        foreach (var owner in new IRecordOwner[] { place.Network, place.NorthGrain, place.KimGrain })
            Assert.Equal([place.Roster.GetGrainId()], await owner.RostersAsync());
        Assert.Contains(place.Roster.GetGrainId(), await hub.Grains.GetGrain<ISpecialtiesGrain>("hub").RostersAsync());
        Assert.Empty(await hub.Grains.GetGrain<IHospitalGrain>(place.South.Value).RostersAsync());
        var seen = (await RosterHub.VersionAsync(place.Roster));
        await PutAsync(place.NorthGrain, new Closure(null, Eight, Eight.AddHours(1), "c"));
        await RosterHub.UntilAsync(async () => await RosterHub.VersionAsync(place.Roster) > seen, "the roster is told");
        Assert.Equal([AttentionReason.HospitalClosed], (await place.Roster.GetAsync(new("a")))!.Attention);
    }
}
