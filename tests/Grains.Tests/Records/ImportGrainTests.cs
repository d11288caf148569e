using System.Collections.Immutable;
using ConsultHub.Hospitals;
using ConsultHub.Records;
using ConsultHub.Tests.Rostering;
using static ConsultHub.Tests.Records.Place;
using static ConsultHub.Tests.Rostering.RosterWorld;

namespace ConsultHub.Tests.Records;

/// <summary>
/// Imports. All rows are stored in the import first. Then each owner gets its rows exactly once, also if the hub stops meanwhile.
/// </summary>
public sealed class ImportGrainTests(RecordHub hub) : IClassFixture<RecordHub>
{
    private static IImportGrain NewImport(IGrainFactory grains) => grains.GetGrain<IImportGrain>($"i-{Guid.NewGuid():N}");

    private static Room RoomOf(int i, int capacity = 5) => new(new($"r-{i}"), new($"Room {i}"), capacity);

    private static ImportStep StepOf(IAddressable owner, int line, params Room[] rooms) =>
        new(
            owner.GetGrainId(),
            new(Guid.NewGuid(), [.. rooms.Select(r => RecordEdit.Put(r, RecordTag.None))], "Import"),
            [.. Enumerable.Range(line, rooms.Length)]
        );

    private static async Task<ImportProgress> DoneAsync(IImportGrain import)
    {
        ImportProgress? progress = null;
        await RosterHub.UntilAsync(async () => (progress = await import.ProgressAsync())?.IsDone == true, "the import is done");
        return progress!;
    }

    private static async Task<List<int>> CapacitiesAsync(IHospitalGrain hospital) =>
        [
            .. (await hospital.GetAsync())!
                .Rooms.Where(r => r.Id.Value.StartsWith("r-", StringComparison.Ordinal) && char.IsDigit(r.Id.Value[2]))
                .Select(r => r.Capacity),
        ];

    [Fact]
    public async Task All_rows_are_stored_under_the_name_of_the_person_and_with_the_reason()
    {
        var place = await hub.PlaceAsync();
        var south = hub.Grains.GetGrain<IHospitalGrain>(place.South.Value);
        var import = NewImport(hub.Grains);
        Assert.Null(await import.ProgressAsync());
        var by = new Actor(new("p-importer"), Role.Registrar);
        await import.BeginAsync(by, "rooms", [StepOf(place.NorthGrain, 2, RoomOf(1), RoomOf(2)), StepOf(south, 4, RoomOf(3))]);
        var progress = await DoneAsync(import);
        Assert.Equal((by.Person, "rooms", 3, 3), (progress.By, progress.Table, progress.Done, progress.Of));
        Assert.Empty(progress.Impossible);
        Assert.Equal([5, 5], await CapacitiesAsync(place.NorthGrain));
        Assert.Equal([5], await CapacitiesAsync(south));
        var entry = (await south.HistoryAsync(((IRecord)RoomOf(3)).Record, null, 1))[0];
        Assert.Equal((by.Person, Role.Registrar, "Import"), (entry.By, entry.Role, entry.Reason));
    }

    [Fact]
    public async Task Beginning_an_import_again_changes_nothing()
    {
        var place = await hub.PlaceAsync();
        var import = NewImport(hub.Grains);
        var step = StepOf(place.NorthGrain, 2, RoomOf(1));
        await import.BeginAsync(Coordinator, "rooms", [step]);
        await DoneAsync(import);
        await PutAsync(place.NorthGrain, RoomOf(1, 9));
        await import.BeginAsync(Coordinator, "rooms", [step]);
        await import.BeginAsync(Coordinator, "rooms", [StepOf(place.NorthGrain, 2, RoomOf(2), RoomOf(3))]);
        Assert.Equal((1, 1), ((await DoneAsync(import)).Done, (await DoneAsync(import)).Of));
        Assert.Equal([9], await CapacitiesAsync(place.NorthGrain));
    }

    [Fact]
    public async Task An_import_without_rows_is_done_at_once()
    {
        var import = NewImport(hub.Grains);
        await import.BeginAsync(Coordinator, "rooms", []);
        Assert.True((await import.ProgressAsync())!.IsDone);
    }

    [Fact]
    public async Task Rows_that_have_become_impossible_are_listed_with_their_lines_and_the_others_are_stored()
    {
        var place = await hub.PlaceAsync();
        var import = NewImport(hub.Grains);
        var step = StepOf(place.NorthGrain, 2, RoomOf(1), RoomOf(2), RoomOf(3), RoomOf(4));
        await PutAsync(place.NorthGrain, RoomOf(2, 99)); // somebody enters this room after the file was checked
        await import.BeginAsync(
            Coordinator,
            "rooms",
            [step, StepOf(hub.Grains.GetGrain<IHospitalGrain>($"{place.Id}-gone"), 6, RoomOf(1))]
        );
        var progress = await DoneAsync(import);
        Assert.Equal(
            [(3, "record.changed"), (6, "record.unknown")],
            progress.Impossible.Select(i => (i.Line, i.Fault.Code)).OrderBy(i => i.Line)
        );
        Assert.Equal((5, 5), (progress.Done, progress.Of));
        Assert.Equal([5, 5, 5, 99], (await CapacitiesAsync(place.NorthGrain)).Order());
    }

    [Fact]
    public async Task A_row_that_the_import_has_stored_before_a_crash_is_not_impossible_after_it()
    {
        // Row 3 was refused, so a second attempt stored rows 2 and 4. The hub stopped before it noted this.
        // So the first attempt is repeated.
        var place = await hub.PlaceAsync();
        var step = StepOf(place.NorthGrain, 2, RoomOf(1), RoomOf(2), RoomOf(3));
        await PutAsync(place.NorthGrain, RoomOf(2, 99), RoomOf(1), RoomOf(3));
        var import = NewImport(hub.Grains);
        await import.BeginAsync(Coordinator, "rooms", [step]);
        Assert.Equal([3], (await DoneAsync(import)).Impossible.Select(i => i.Line));
    }

    [Fact]
    public async Task A_step_that_is_refused_as_a_whole_ends_the_import_and_is_listed()
    {
        var place = await hub.PlaceAsync();
        var step = StepOf(place.NorthGrain, 2, RoomOf(1));
        var import = NewImport(hub.Grains);
        await import.BeginAsync(Coordinator, "rooms", [step with { Command = step.Command with { Reason = new('x', 501) } }]);
        Assert.Equal("record.too-long", Assert.Single((await DoneAsync(import)).Impossible).Fault.Code);
        Assert.Empty(await CapacitiesAsync(place.NorthGrain));
    }

    [Fact]
    public async Task After_the_hub_has_stopped_in_the_middle_the_import_goes_on_and_stores_each_row_once()
    {
        const int Hospitals = 200;
        var folder = TestHub.NewFolder();
        string name;
        int done;
        Place place;
        await using (var first = await TestHub.StartAsync(folder))
        {
            place = await NewAsync(first.Grains);
            var owners = Enumerable.Range(0, Hospitals).Select(i => new HospitalId($"{place.Id}-{i}")).ToList();
            await Task.WhenAll(
                owners.Select(id => PutAsync(first.Grains.GetGrain<IHospitalGrain>(id.Value), place.NewHospital(id).Profile))
            );
            var import = NewImport(first.Grains);
            name = import.GetPrimaryKeyString();
            await import.BeginAsync(
                Coordinator,
                "rooms",
                [.. owners.Select((id, i) => StepOf(first.Grains.GetGrain<IHospitalGrain>(id.Value), 2 + i, RoomOf(1, 1 + i)))]
            );
            done = (await import.ProgressAsync())!.Done;
        }
        Assert.True(done < Hospitals, "The import was done before the hub stopped.");
        await using (var second = await TestHub.StartAsync(folder))
        {
            var progress = await DoneAsync(second.Grains.GetGrain<IImportGrain>(name));
            Assert.Empty(progress.Impossible);
            Assert.Equal((Hospitals, Hospitals), (progress.Done, progress.Of));
            for (var i = 0; i < Hospitals; i++)
            {
                var hospital = second.Grains.GetGrain<IHospitalGrain>($"{place.Id}-{i}");
                Assert.Equal([1 + i], await CapacitiesAsync(hospital));
                Assert.Single(await hospital.HistoryAsync(((IRecord)RoomOf(1)).Record, null, 50));
            }
        }
        Directory.Delete(folder, recursive: true);
    }
}
