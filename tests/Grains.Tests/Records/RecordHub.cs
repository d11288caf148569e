using ConsultHub.Consultants;
using ConsultHub.Directories;
using ConsultHub.Hospitals;
using ConsultHub.Networks;
using ConsultHub.Records;
using ConsultHub.Rostering;
using ConsultHub.Tests.Rostering;

namespace ConsultHub.Tests.Records;

/// <summary>
/// A hub that the tests of a class share. Each test has a place of its own: a network with hospitals, consultants and rosters whose ids
/// nobody else uses.
/// </summary>
public sealed class RecordHub : IAsyncLifetime
{
    private RosterHub _hub = null!;

    internal IGrainFactory Grains => _hub.Grains;

    public async ValueTask InitializeAsync() => _hub = await RosterHub.StartAsync(seed: false);

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    internal Task<Place> PlaceAsync() => Place.NewAsync(Grains);
}

/// <summary>A network with the hospitals and consultants of <see cref="RosterWorld"/> under new ids.</summary>
internal sealed class Place(IGrainFactory grains, string name)
{
    public NetworkId Id => new(name);
    public HospitalId North => new($"{name}-north");
    public HospitalId South => new($"{name}-south");
    public PersonId Kim => new($"{name}-kim");
    public PersonId Lee => new($"{name}-lee");

    public INetworkGrain Network => grains.GetGrain<INetworkGrain>(name);
    public IHospitalGrain NorthGrain => grains.GetGrain<IHospitalGrain>(North.Value);
    public IConsultantGrain KimGrain => grains.GetGrain<IConsultantGrain>(Kim.Value);
    public IRosterGrain Roster => RosterOf(RosterWorld.Week);

    public IRosterGrain RosterOf(Week week) => grains.GetGrain<IRosterGrain>($"{name}/{week}");

    public static async Task<Place> NewAsync(IGrainFactory grains)
    {
        var place = new Place(grains, $"n-{Guid.NewGuid():N}");
        await place.Network.PutAsync(RosterWorld.Coordinator, new RosterWorld().Network with { Id = place.Id, Travel = [] });
        foreach (var id in new[] { place.North, place.South })
            await grains.GetGrain<IHospitalGrain>(id.Value).PutAsync(RosterWorld.Coordinator, place.NewHospital(id));
        foreach (var id in new[] { place.Kim, place.Lee })
            await grains.GetGrain<IConsultantGrain>(id.Value).PutAsync(RosterWorld.Coordinator, place.NewConsultant(id));
        return place;
    }

    public Hospital NewHospital(HospitalId id) => RosterWorld.NewHospital(id) with { Network = Id };

    public Consultant NewConsultant(PersonId id)
    {
        var made = RosterWorld.NewConsultant(id);
        return made with
        {
            Credentials =
            [
                .. made.Credentials.Select(
                    (c, i) => c with { Hospital = i == 0 ? North : South, Id = $"at-{(i == 0 ? "north" : "south")}" }
                ),
            ],
            Visits = [made.Visits[0] with { Id = new("visit"), Network = Id }],
            Networks = [Id],
        };
    }

    public Plan Plan(string id, PersonId? who = null, double at = 0, RoomId? room = null, HospitalId? hospital = null) =>
        RosterWorld.Plan(id, who ?? Kim, at, room: room ?? RosterWorld.One, hospital: hospital ?? North);

    public async Task<Engagement> DoneAsync(RosterCommand command) =>
        Assert.IsType<Decided>(await Roster.DecideAsync(RosterWorld.Coordinator, command)).Engagement;

    public Task<ImmutableEntries> ListAsync(string kind) => ImmutableEntries.ReadAsync(grains, $"{name}/{kind}");

    /// <summary>Changes records, which must succeed.</summary>
    public static async Task<long> EditAsync(IRecordOwner owner, params RecordEdit[] edits) =>
        Assert.IsType<RecordsEdited>(await owner.EditAsync(RosterWorld.Coordinator, new(Guid.NewGuid(), [.. edits]))).Version;

    public static Task<long> PutAsync(IRecordOwner owner, params IRecord[] records) =>
        EditAsync(owner, [.. records.Select(r => RecordEdit.Put(r))]);

    public static Task<long> RemoveAsync(IRecordOwner owner, IRecord record) => EditAsync(owner, new RecordEdit(record.Record, null));
}

/// <summary>The entries of a directory.</summary>
internal sealed record ImmutableEntries(Dictionary<string, DirectoryEntry> Entries)
{
    public static async Task<ImmutableEntries> ReadAsync(IGrainFactory grains, string directory) =>
        new((await grains.GetGrain<IDirectoryGrain>(directory).ListAsync()).ToDictionary(e => e.Id));

    public DirectoryEntry? Of(string id) => Entries.GetValueOrDefault(id);
}
